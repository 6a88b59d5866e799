import { crc32 } from "node:zlib";
import type { CompressionCodec, PageHeader } from "hyparquet";
import { unpackPage } from "./codecs.ts";
import { type Integers, integersOf, readHybrid } from "./hybrid.ts";
import { MAX_PAGE_BYTES, MAX_PAGE_ENTRIES } from "./limits.ts";
import type { SchemaNode } from "./schema.ts";
import { noValues, readValues, sizeOf, type Values } from "./values.ts";

/**
 * Entries of a column: its values in their order, and where there is none, nothing but levels.
 *
 *     definitions   2 2 0 2 1     null where all are the highest, so that each entry has a value
 *     repetitions   0 1 0 0 0     null where all are 0, so that each entry is a row
 *     places        5 0 . 5 .     value in the dictionary; null where values lie in the page itself
 */
export interface Page {
  readonly count: number;
  readonly definitions: Integers | null;
  readonly repetitions: Integers | null;
  readonly values: Values;
  readonly places: Integers | null;
  /** Bytes it takes in memory, without a dictionary. */
  readonly size: number;
}

/** @throws Error if a page is of a size or with a count that none has */
export function checkHeader(header: PageHeader): void {
  const sizes = [header.compressed_page_size, header.uncompressed_page_size];
  for (const size of sizes) {
    if (typeof size !== "number") throw new Error("it has a page that does not say how long it is");
    if (size < 0 || size > MAX_PAGE_BYTES) throw new Error(`it has a page of ${size} bytes; up to ${MAX_PAGE_BYTES} are read`);
  }
  const count = (header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header)?.num_values ?? 0;
  if (!(count >= 0 && count <= MAX_PAGE_ENTRIES)) throw new Error(`it has a page of ${count} values; up to ${MAX_PAGE_ENTRIES} are read`);
}

/** @throws Error if the bytes are not those that were written */
export function checkSum(header: PageHeader, packed: Uint8Array): void {
  if (packed.length < header.compressed_page_size) throw new Error("a page breaks off");
  if (header.crc !== undefined && crc32(packed) !== header.crc >>> 0) throw new Error("the checksum of a page is wrong");
}

export function readDictionary(header: PageHeader, packed: Uint8Array, codec: CompressionCodec, column: SchemaNode): Values {
  const bytes = unpackPage(codec, packed, header.uncompressed_page_size);
  return readValues(bytes, 0, header.dictionary_page_header?.num_values ?? 0, "PLAIN", column.element);
}

/**
 * Reads a page of data, of either version.
 * @throws Error if it is damaged, or written in a way that is not supported
 */
export function readPage(
  header: PageHeader,
  packed: Uint8Array,
  codec: CompressionCodec,
  column: SchemaNode,
  dictionary: Values | null,
): Page {
  const data = header.data_page_header_v2 ?? header.data_page_header;
  if (data === undefined) throw new Error("a page says nothing of its values");
  const { num_values: count, encoding } = data;
  const { repetitions, definitions, bytes, start } = readLevels(header, packed, codec, column, count);
  const valueCount = definitions === null ? count : countOf(definitions, column.definitionLevel);
  let values = noValues();
  let places: Integers | null = null;
  if (valueCount > 0 && (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY")) {
    if (dictionary === null) throw new Error("it has a column without its dictionary");
    values = dictionary;
    const bits = bytes[start] ?? 0;
    places = integersOf(bits, valueCount);
    readHybrid(bytes, start + 1, bytes.length, bits, places);
  } else if (valueCount > 0) values = readValues(bytes, start, valueCount, encoding, column.element);
  const arrays = [definitions, repetitions, places].reduce((total, array) => total + (array?.byteLength ?? 0), 0);
  return {
    count,
    definitions: valueCount === count ? null : definitions,
    repetitions,
    values,
    places,
    size: arrays + (places === null ? sizeOf(values) : 0),
  };
}

/** The levels, and where in which bytes the values start behind them. */
interface PageParts {
  readonly repetitions: Integers | null;
  readonly definitions: Integers | null;
  readonly bytes: Uint8Array;
  readonly start: number;
}

function readLevels(header: PageHeader, packed: Uint8Array, codec: CompressionCodec, column: SchemaNode, count: number): PageParts {
  const second = header.data_page_header_v2;
  if (second === undefined) {
    // The levels are packed with the values, each behind their length.
    const bytes = unpackPage(codec, packed, header.uncompressed_page_size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let start = 0;
    const next = (level: number): Integers | null => {
      if (level === 0) return null;
      if (start + 4 > bytes.length) throw new Error("a page breaks off");
      const from = start + 4;
      start = from + view.getUint32(start, true);
      return levelsIn(bytes, from, start, level, count);
    };
    const repetitions = next(column.repetitionLevel);
    return { repetitions, definitions: next(column.definitionLevel), bytes, start };
  }
  const middle = second.repetition_levels_byte_length;
  const end = middle + second.definition_levels_byte_length;
  if (!(middle >= 0 && end >= middle && end <= header.uncompressed_page_size)) throw new Error("a page breaks off");
  const behind = packed.subarray(end);
  return {
    repetitions: levelsIn(packed, 0, middle, column.repetitionLevel, count),
    definitions: levelsIn(packed, middle, end, column.definitionLevel, count),
    bytes: second.is_compressed === false ? behind : unpackPage(codec, behind, header.uncompressed_page_size - end),
    start: 0,
  };
}

function levelsIn(bytes: Uint8Array, start: number, end: number, highest: number, count: number): Integers | null {
  if (highest === 0) return null;
  const bits = 32 - Math.clz32(highest);
  const levels = integersOf(bits, count);
  readHybrid(bytes, start, Math.min(end, bytes.length), bits, levels);
  return levels;
}

function countOf(levels: Integers, level: number): number {
  let count = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === level) count++;
  return count;
}
