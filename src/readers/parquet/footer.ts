import type { FileHandle } from "node:fs/promises";
import { type FileMetaData, parquetMetadata } from "hyparquet";
import { readBytes } from "./file.ts";
import { findStructEnd } from "./thrift.ts";

/** A table of a hundred columns and a thousand row groups has ten. */
const MAX_FOOTER_BYTES: number = 32 << 20;
/** The footer's length and "PAR1". */
const TAIL_BYTES = 8;

/**
 * Reads what a Parquet file says of itself at its end: the schema, and where the columns of its row groups lie.
 * @throws Error that says what is wrong
 */
export async function readFooter(handle: FileHandle, fileBytes: number): Promise<FileMetaData> {
  const tail = await readBytes(handle, Math.max(0, fileBytes - TAIL_BYTES), TAIL_BYTES);
  const magic = Buffer.from(tail.subarray(-4)).toString("latin1");
  if (magic === "PARE") throw new Error("its footer is encrypted");
  if (tail.length < TAIL_BYTES || magic !== "PAR1")
    throw new Error('it does not end with "PAR1", so its end is missing or it is no Parquet');
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (length > fileBytes - TAIL_BYTES) throw new Error(`its footer would be ${length} bytes long, which is more than the file has`);
  if (length > MAX_FOOTER_BYTES) throw new Error(`its footer is ${length} bytes long; up to ${MAX_FOOTER_BYTES} are read`);
  const footer = await readBytes(handle, fileBytes - TAIL_BYTES - length, length + TAIL_BYTES);
  if (findStructEnd(footer, 0, length) < 0) throw new Error("its footer breaks off");
  return parquetMetadata(footer, { geoparquet: false, parsers: { stringFromBytes: (bytes) => bytes } });
}
