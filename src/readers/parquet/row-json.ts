/** What hyparquet makes of a row, as JSON. */
import type { SchemaElement } from "hyparquet";
import { DAY_MS } from "../calendar.ts";

/** A column at the top of the schema, and how its instants are to be written. */
export interface ColumnKind {
  readonly name: string;
  /** How many of a column's units a second has; 0 where it holds no instants. */
  readonly unitsASecond: number;
  readonly isUtc: boolean;
  readonly isDate: boolean;
}

const UNITS: Readonly<Record<string, number>> = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 };

/** The columns that rows have, in their order. */
export function columnKinds(schema: readonly SchemaElement[]): ColumnKind[] {
  const kinds: ColumnKind[] = [];
  for (let at = 1; at < schema.length; at = afterElement(schema, at)) {
    const element = schema[at]!;
    const logical = element.logical_type;
    const isInstant = logical?.type === "TIMESTAMP";
    const converted = /^TIMESTAMP_(MILLIS|MICROS)$/u.exec(element.converted_type ?? "")?.[1];
    kinds.push({
      name: element.name,
      unitsASecond: isInstant
        ? (UNITS[logical.unit] ?? 0)
        : converted !== undefined
          ? UNITS[converted]!
          : element.type === "INT96"
            ? 1e9
            : 0,
      // Of INT96 nothing says whether it is UTC: Spark means that, Impala does not.
      isUtc: isInstant ? logical.isAdjustedToUTC : converted !== undefined,
      isDate: element.converted_type === "DATE" || logical?.type === "DATE",
    });
  }
  return kinds;
}

/** The place behind an element and all that is in it. Bounded, whatever the counts say. */
function afterElement(schema: readonly SchemaElement[], start: number): number {
  let open = 1;
  let at = start;
  while (open > 0 && at < schema.length) open += (schema[at++]!.num_children ?? 0) - 1;
  return at;
}

/** A line of JSON. @param names are the columns' names as JSON, each with its colon. */
export function rowToJson(row: readonly unknown[], kinds: readonly ColumnKind[], names: readonly string[]): string {
  const members = kinds.map((kind, column) => names[column]! + cellToJson(row[column], kind));
  return `{${members.join(",")}}\n`;
}

function cellToJson(value: unknown, kind: ColumnKind): string {
  if (kind.unitsASecond > 0 && (typeof value === "bigint" || typeof value === "number")) return instantToJson(BigInt(value), kind);
  if (kind.isDate && typeof value === "number") return JSON.stringify(new Date(value * DAY_MS).toISOString().slice(0, 10));
  return valueToJson(value);
}

/** In ISO 8601 with as many digits as the unit has, as a number where no calendar reaches. */
function instantToJson(value: bigint, { unitsASecond, isUtc }: ColumnKind): string {
  const units = BigInt(unitsASecond);
  const fraction = ((value % units) + units) % units;
  const seconds = Number((value - fraction) / units);
  if (Math.abs(seconds) > 8.64e12) return String(value);
  const digits = fraction === 0n ? "" : `.${String(fraction).padStart(String(unitsASecond).length - 1, "0")}`;
  return `"${new Date(seconds * 1000).toISOString().slice(0, -5)}${digits}${isUtc ? "Z" : ""}"`;
}

/** Integers with all their digits, what is no number as null, bytes as text. */
function valueToJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return String(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? "null" : JSON.stringify(value);
      if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("utf8"));
      if (Array.isArray(value)) return `[${value.map(valueToJson).join(",")}]`;
      return `{${Object.entries(value)
        .map(([key, inner]) => `${JSON.stringify(key)}:${valueToJson(inner)}`)
        .join(",")}}`;
    default:
      return "null";
  }
}
