import type { Encoding, SchemaElement } from "hyparquet";
import { readByteArrays, readIntegers, readLengths, sumLengths } from "./delta.ts";
import { readHybrid, unpackBits } from "./hybrid.ts";

/** Values of a page or dictionary where they lie: value i is `bytes[start(i), end(i))`. Truth values take a byte each. */
export interface Values {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly count: number;
  /** Bytes of each value, where `starts` is null. */
  readonly width: number;
  /** One more than there are values; each ends `gap` bytes before the next starts. */
  readonly starts: Int32Array | null;
  readonly gap: number;
}

/**
 * Finds the values of a page in its bytes.
 * @param start is where they begin
 * @throws Error if there are fewer than `count`, or the encoding is unknown
 */
export function readValues(bytes: Uint8Array, start: number, count: number, encoding: Encoding, element: SchemaElement): Values {
  const { type } = element;
  const end = bytes.length;
  switch (encoding) {
    case "PLAIN":
      if (type === "BOOLEAN") {
        const flags = new Uint8Array(count);
        unpackBits(bytes, start, end, 1, flags, 0, count);
        return fixed(flags, 1, count);
      }
      return type === "BYTE_ARRAY" ? readPlainArrays(bytes, start, count) : fixed(bytes.subarray(start), widthOf(element), count);
    case "RLE": {
      if (type !== "BOOLEAN") break;
      const flags = new Uint8Array(count);
      readHybrid(bytes, start + 4, end, 1, flags);
      return fixed(flags, 1, count);
    }
    case "DELTA_BINARY_PACKED": {
      if (type !== "INT32" && type !== "INT64") break;
      return fixed(readIntegers(bytes, start, count, widthOf(element)), widthOf(element), count);
    }
    case "DELTA_LENGTH_BYTE_ARRAY": {
      const { lengths, at } = readLengths(bytes, start, count);
      return arrays(bytes, sumLengths(lengths, at, end), 0);
    }
    case "DELTA_BYTE_ARRAY": {
      const { joined, starts } = readByteArrays(bytes, start, count);
      return arrays(joined, starts, 0);
    }
    case "BYTE_STREAM_SPLIT":
      return fixed(joinStreams(bytes.subarray(start), widthOf(element), count), widthOf(element), count);
  }
  throw new Error(`it has ${type} values in the encoding ${encoding}, which is not supported`);
}

/** Values of no bytes at all, for pages of nothing but nulls. */
export function noValues(): Values {
  return fixed(new Uint8Array(0), 0, 0);
}

/** Bytes that the values take in memory. */
export function sizeOf(values: Values): number {
  return values.bytes.length + (values.starts?.byteLength ?? 0);
}

function fixed(bytes: Uint8Array, width: number, count: number): Values {
  if (count * width > bytes.length) throw new Error("a page breaks off");
  return { bytes, view: viewOf(bytes), count, width, starts: null, gap: 0 };
}

function arrays(bytes: Uint8Array, starts: Int32Array, gap: number): Values {
  return { bytes, view: viewOf(bytes), count: starts.length - 1, width: 0, starts, gap };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Each array follows its length. */
function readPlainArrays(bytes: Uint8Array, start: number, count: number): Values {
  const view = viewOf(bytes);
  const starts = new Int32Array(count + 1);
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) throw new Error("a page breaks off");
    starts[i] = at + 4;
    at += 4 + view.getUint32(at, true);
  }
  if (at > bytes.length) throw new Error("a page breaks off");
  starts[count] = at + 4;
  return arrays(bytes, starts, 4);
}

/** The first bytes of all values, then the second ones, and so on. */
function joinStreams(bytes: Uint8Array, width: number, count: number): Uint8Array {
  if (count * width > bytes.length) throw new Error("a page breaks off");
  const joined = new Uint8Array(count * width);
  for (let at = 0, stream = 0; stream < width; stream++) {
    for (let to = stream; to < joined.length; to += width) joined[to] = bytes[at++]!;
  }
  return joined;
}

function widthOf({ type, type_length: length }: SchemaElement): number {
  switch (type) {
    case "INT32":
    case "FLOAT":
      return 4;
    case "INT64":
    case "DOUBLE":
      return 8;
    case "INT96":
      return 12;
    case "FIXED_LEN_BYTE_ARRAY":
      if (length !== undefined && length > 0) return length;
      throw new Error("it has a column of fixed length that does not say which");
    default:
      throw new Error(`it has values of a type that is not supported (${type})`);
  }
}
