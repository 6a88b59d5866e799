import type { LogicalType, SchemaElement } from "hyparquet";
import { MAX_RECORD_BYTES } from "../batcher.ts";
import { DAY_MS } from "../calendar.ts";
import { asBuffer } from "../utf8.ts";
import type { JsonLines } from "./json-lines.ts";
import type { Values } from "./values.ts";

/** Writes the value at `values.bytes[start, end)` as JSON. */
export type ValueWriter = (out: JsonLines, values: Values, start: number, end: number) => void;

/** How many of its units a second has. */
const UNITS = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;
/** Days from noon of 1 January 4713 before our era, where INT96 counts from, to 1970. */
const JULIAN_1970 = 2440588n;
const NANOS_A_DAY: bigint = 86_400_000_000_000n;
/** Decimals have up to 76 digits. */
const MAX_SCALE = 1000;
const MAX_DECIMAL_BYTES = 64;

/**
 * Chooses how the values of a column are written: integers and decimals with all their digits, what is no number as null,
 * instants and dates in ISO 8601, bytes as text.
 */
export function valueWriter(element: SchemaElement): ValueWriter {
  const { type } = element;
  const logical = logicalType(element);
  switch (type) {
    case "BOOLEAN":
      return (out, { bytes }, start) => out.ascii(bytes[start] === 0 ? "false" : "true");
    case "INT32":
    case "INT64":
      return integerWriter(element, logical, type === "INT32");
    case "INT96":
      // Nothing says whether it is UTC: Spark means that, Impala does not.
      return instantWriter(
        ({ view }, start) => (BigInt(view.getInt32(start + 8, true)) - JULIAN_1970) * NANOS_A_DAY + view.getBigUint64(start, true),
        UNITS.NANOS,
        "",
      );
    case "FLOAT":
      return (out, { view }, start) => out.ascii(numberText(shortest(view.getFloat32(start, true))));
    case "DOUBLE":
      return (out, { view }, start) => out.ascii(numberText(view.getFloat64(start, true)));
    default:
      return bytesWriter(element, logical);
  }
}

function integerWriter(element: SchemaElement, logical: LogicalType | undefined, is32: boolean): ValueWriter {
  const unsigned = logical?.type === "INTEGER" && !logical.isSigned;
  const read = ({ view }: Values, start: number): bigint => {
    if (is32) return BigInt(unsigned ? view.getUint32(start, true) : view.getInt32(start, true));
    return unsigned ? view.getBigUint64(start, true) : view.getBigInt64(start, true);
  };
  switch (logical?.type) {
    case "DECIMAL": {
      const scale = scaleOf(element, logical.scale);
      return (out, values, start) => out.ascii(decimalText(read(values, start), scale));
    }
    case "DATE":
      return (out, values, start) => out.ascii(`"${dayText(Number(read(values, start)))}"`);
    case "TIME": {
      const unit = Number(UNITS[logical.unit]);
      return (out, values, start) => out.ascii(`"${clockText(Number(read(values, start)), unit)}"`);
    }
    case "TIMESTAMP":
      return instantWriter(read, UNITS[logical.unit], logical.isAdjustedToUTC ? "Z" : "");
    default:
      if (is32 && !unsigned) return (out, { view }, start) => out.ascii(String(view.getInt32(start, true)));
      return (out, values, start) => out.ascii(String(read(values, start)));
  }
}

function bytesWriter(element: SchemaElement, logical: LogicalType | undefined): ValueWriter {
  switch (logical?.type) {
    case "DECIMAL": {
      const scale = scaleOf(element, logical.scale);
      return (out, values, start, end) => out.ascii(decimalText(bigEndian(values.bytes, start, end), scale));
    }
    case "FLOAT16":
      return (out, { view }, start) => out.ascii(numberText(halfFloat(view.getUint16(start, true))));
    case "UUID":
      return (out, { bytes }, start, end) =>
        out.ascii(
          `"${asBuffer(bytes, start, end)
            .toString("hex")
            .replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-")}"`,
        );
    case "STRING":
    case "ENUM":
    case "JSON":
      return (out, { bytes }, start, end) => out.string(bytes, start, end);
    default:
      // Old writers do not mark text, so only what text never holds tells other things from it.
      return (out, { bytes }, start, end) => {
        const value = asBuffer(bytes, start, Math.min(end, start + MAX_RECORD_BYTES + 1));
        if (value.includes(0)) out.ascii(`"${value.toString("base64")}"`);
        else out.string(bytes, start, end);
      };
  }
}

/** What the values mean; old writers said it in other words. */
function logicalType(element: SchemaElement): LogicalType | undefined {
  const { logical_type: logical, converted_type: converted } = element;
  if (logical?.type !== undefined) return logical;
  switch (converted) {
    case "UTF8":
      return { type: "STRING" };
    case "ENUM":
    case "JSON":
    case "DATE":
      return { type: converted };
    case "DECIMAL":
      return { type: "DECIMAL", scale: element.scale ?? 0, precision: element.precision ?? 0 };
    case "TIME_MILLIS":
    case "TIME_MICROS":
      return { type: "TIME", isAdjustedToUTC: true, unit: converted === "TIME_MILLIS" ? "MILLIS" : "MICROS" };
    case "TIMESTAMP_MILLIS":
    case "TIMESTAMP_MICROS":
      return { type: "TIMESTAMP", isAdjustedToUTC: true, unit: converted === "TIMESTAMP_MILLIS" ? "MILLIS" : "MICROS" };
    case "UINT_8":
    case "UINT_16":
    case "UINT_32":
    case "UINT_64":
      return { type: "INTEGER", isSigned: false, bitWidth: 64 };
    default:
      return undefined;
  }
}

/** Writes `2020-02-07T13:05:00`, with as many digits of a fraction as the unit has if there is one. */
function instantWriter(read: (values: Values, start: number) => bigint, perSecond: bigint, zone: string): ValueWriter {
  const perDay = perSecond * 86_400n;
  const second = Number(perSecond);
  // Rows are mostly of the same day as the one before, and making a date takes longer than all else.
  let dayStart = 0n;
  let date = dayText(0);
  return (out, values, start) => {
    const value = read(values, start);
    if (value < dayStart || value >= dayStart + perDay) {
      dayStart = value - (((value % perDay) + perDay) % perDay);
      date = dayText(Number(dayStart / perDay));
    }
    out.ascii(`"${date}T${clockText(Number(value - dayStart), second)}${zone}"`);
  };
}

/** The date, or where there is none so far away, the number of days since 1970. */
function dayText(days: number): string {
  const date = new Date(days * DAY_MS);
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, -14);
}

function clockText(units: number, perSecond: number): string {
  const seconds = Math.floor(units / perSecond);
  const fraction = units % perSecond;
  const clock = `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(String(perSecond).length - 1, "0")}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : "null";
}

/** The number of fewest digits that is this one in 32 bits: 1.1, not 1.100000023841858. */
function shortest(value: number): number {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : value;
}

function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return (bits >> 15 === 1 ? -1 : 1) * (exponent === 31 ? Number.NaN : size);
}

function scaleOf(element: SchemaElement, logical: number): number {
  const scale = element.scale ?? logical;
  if (scale >= 0 && scale <= MAX_SCALE) return scale;
  throw new Error(`its column "${element.name}" has decimals with ${scale} digits after the point`);
}

function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function bigEndian(bytes: Uint8Array, start: number, end: number): bigint {
  if (end - start > MAX_DECIMAL_BYTES) throw new Error(`it has a decimal of ${end - start} bytes`);
  let value = 0n;
  for (let at = start; at < end; at++) value = (value << 8n) | BigInt(bytes[at]!);
  return BigInt.asIntN((end - start) * 8, value);
}
