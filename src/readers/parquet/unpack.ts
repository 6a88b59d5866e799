/**
 * From a Parquet file to JSON Lines, a row a line, by hyparquet. A row group is decoded at a time, a large one in slices of
 * rows, so what is held is some of its columns and not the file.
 */
import { type FileHandle, open } from "node:fs/promises";
import { type AsyncBuffer, type Compressors, type FileMetaData, parquetMetadataAsync, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { FormatError } from "../../core/error.ts";
import { columnKinds, rowToJson } from "./row-json.ts";

/** What a slice of rows unpacks to, roughly. */
const SLICE_BYTES = 64 << 20;
/** Row groups that unpack to more are not read: their columns are decoded whole. Writers make them of 128 MiB and less. */
const MAX_GROUP_BYTES: number = 2 ** 30;
const MAX_GROUP_ROWS = 20_000_000;
const MAX_PAGE_BYTES: number = 256 << 20;
const CHUNK_BYTES: number = 256 << 10;

/**
 * Objects with the columns' names as keys, in their order.
 * @throws FormatError E_PARQUET while iterating
 */
export async function* unpackParquet(file: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const buffer = asyncBuffer(handle, (await handle.stat()).size);
    yield* readRows(buffer, await parquetMetadataAsync(buffer));
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(
      "E_PARQUET",
      `${file}: the Parquet table cannot be read any further (${what}). Download or write it again, or convert it to CSV or JSONL.`,
      { cause },
    );
  } finally {
    await handle?.close();
  }
}

async function* readRows(file: AsyncBuffer, metadata: FileMetaData): AsyncGenerator<Uint8Array> {
  const kinds = columnKinds(metadata.schema);
  const names = kinds.map(({ name }) => `${JSON.stringify(name)}:`);
  let groupStart = 0;
  for (const { num_rows: rows, columns } of metadata.row_groups) {
    const groupRows = Number(rows);
    const groupBytes = columns.reduce((total, { meta_data: column }) => total + Number(column?.total_uncompressed_size ?? 0), 0);
    if (groupBytes > MAX_GROUP_BYTES || groupRows > MAX_GROUP_ROWS || !(groupRows >= 0))
      throw new Error(`a row group of ${groupRows} rows and ${groupBytes} bytes; write it in smaller ones`);
    const sliceRows = Math.max(1024, Math.floor((groupRows * SLICE_BYTES) / Math.max(groupBytes, 1)));
    for (let start = 0; start < groupRows; start += sliceRows) {
      const count = Math.min(sliceRows, groupRows - start);
      const slice = await readSlice(file, metadata, groupStart + start, groupStart + start + count);
      if (slice.length !== count) throw new Error(`${slice.length} rows where there should be ${count}`);
      let lines: string[] = [];
      let length = 0;
      for (const row of slice) {
        const line = rowToJson(row, kinds, names);
        lines.push(line);
        length += line.length;
        if (length < CHUNK_BYTES) continue;
        yield encoder.encode(lines.join(""));
        lines = [];
        length = 0;
      }
      if (length > 0) yield encoder.encode(lines.join(""));
    }
    groupStart += groupRows;
  }
}

const encoder = new TextEncoder();

async function readSlice(file: AsyncBuffer, metadata: FileMetaData, rowStart: number, rowEnd: number): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors: CAREFUL,
    geoparquet: false,
    useOffsetIndex: true,
    // Instants as numbers, so that those beyond what a Date can be stay what they are.
    parsers: {
      timestampFromMilliseconds: (value) => value,
      timestampFromMicroseconds: (value) => value,
      timestampFromNanoseconds: (value) => value,
      dateFromDays: (value) => value,
    },
    onComplete: (found) => {
      rows = found;
    },
  });
  return rows;
}

/** The size of a page is what the file says; past some size it is a lie or a bomb. */
const CAREFUL: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([name, unpack]) => [
    name,
    (input: Uint8Array, byteLength: number): Uint8Array => {
      if (!(byteLength >= 0 && byteLength <= MAX_PAGE_BYTES))
        throw new Error(`a page of ${byteLength} bytes; up to ${MAX_PAGE_BYTES} are read`);
      // Where a column has nothing but nulls there is nothing to unpack, over which LZ4 stumbles.
      if (byteLength === 0) return new Uint8Array(0);
      return unpack(input, byteLength) as Uint8Array;
    },
  ]),
);

function asyncBuffer(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const length = Math.min(end, byteLength) - start;
      if (!(start >= 0 && length >= 0)) throw new Error("it points outside of itself");
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, start);
      if (bytesRead < length) throw new Error("it ends early");
      return bytes.buffer;
    },
  };
}
