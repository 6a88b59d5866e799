/**
 * From a Parquet file to JSON Lines, a row a line. What is held is a page of each column and the dictionaries, whatever the
 * size of the file and of its row groups.
 *
 *     footer -> schema, row groups -> column: page, page ... -> entries -\
 *                                     column: page, page ... -> entries --+-> row -> line
 */
import { type FileHandle, open } from "node:fs/promises";
import type { FileMetaData, RowGroup } from "hyparquet";
import { FormatError } from "../../core/error.ts";
import { Column } from "./column.ts";
import { readFooter } from "./footer.ts";
import { JsonLines } from "./json-lines.ts";
import { Budget } from "./limits.ts";
import { RowWriter } from "./row-writer.ts";
import { readSchema, type SchemaNode } from "./schema.ts";

const CHUNK_BYTES: number = 256 << 10;
/** What all columns together read ahead. */
const WINDOW_BYTES: number = 4 << 20;
const MIN_WINDOW_BYTES: number = 4 << 10;
/** A file may grow without end from runs of one value; past this it is no table that anybody wrote. */
const MAX_GROWTH = 10_000;
const SUSPECT_BYTES: number = 2 ** 30;

/**
 * Objects with the columns' names as keys, in their order.
 * @throws FormatError E_PARQUET while iterating
 */
export async function* unpackParquet(file: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    let written = 0;
    for await (const chunk of readTable(handle, await readFooter(handle, size))) {
      written += chunk.length;
      if (written > SUSPECT_BYTES && written / size > MAX_GROWTH) throw new Error(`${size} bytes have grown to ${written} so far`);
      yield chunk;
    }
  } catch (cause) {
    // What decodes the footer and the pages stumbles over bytes that cannot be, and says so in words of its own.
    const isStumble = cause instanceof TypeError || cause instanceof RangeError;
    const what = isStumble ? "it is damaged" : cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(
      "E_PARQUET",
      `${file}: the Parquet table cannot be read any further (${what}). Download or write it again, or give it as CSV or JSON Lines.`,
      { cause },
    );
  } finally {
    await handle?.close();
  }
}

async function* readTable(handle: FileHandle, footer: FileMetaData): AsyncGenerator<Uint8Array> {
  const top = readSchema(footer.schema);
  const leaves = top.flatMap(leavesOf);
  if (leaves.length === 0) return;
  const out = new JsonLines(CHUNK_BYTES * 1.25);
  const writer = new RowWriter(top, leaves, out);
  const windowBytes = Math.max(MIN_WINDOW_BYTES, Math.min(CHUNK_BYTES, Math.floor(WINDOW_BYTES / leaves.length)));
  try {
    for (const group of footer.row_groups) {
      const budget = new Budget();
      const columns = columnsOf(group, leaves).map((chunk, i) => new Column(handle, windowBytes, chunk, leaves[i]!, budget));
      writer.start(columns);
      for (let left = Number(group.num_rows); left > 0; ) {
        for (const column of columns) while (column.ready === 0) await column.load();
        const ready = columns.reduce((least, column) => Math.min(least, column.ready), left);
        let written = 0;
        while (written < ready && out.length < CHUNK_BYTES) {
          writer.write();
          written++;
        }
        for (const column of columns) column.endRows(written);
        left -= written;
        if (out.length >= CHUNK_BYTES) yield out.take();
      }
    }
  } catch (cause) {
    // What could be read is owed all the same.
    yield out.take();
    throw cause;
  }
  yield out.take();
}

function leavesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.shape === "value" ? [node] : node.children.flatMap(leavesOf);
}

/** The pieces of a row group, one for each column of values in the schema's order. */
function columnsOf(group: RowGroup, leaves: readonly SchemaNode[]) {
  return leaves.map((leaf, i) => {
    const chunk = group.columns[i];
    if (chunk?.file_path !== undefined && chunk.file_path !== "") throw new Error(`a part of it lies in another file, ${chunk.file_path}`);
    const data = chunk?.meta_data;
    if (data === undefined) throw new Error(`its column "${leaf.name}" is missing or encrypted`);
    return data;
  });
}
