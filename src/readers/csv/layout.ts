import { compileFieldNames, ROLE, roleOf } from "../field-names.ts";
import { HEAD_BYTES, type ReaderOptions } from "../reader.ts";
import { afterByteOrderMark } from "../utf8.ts";
import { type Columns, chooseColumns } from "./columns.ts";
import { chooseDialect } from "./dialect.ts";
import type { Dialect } from "./rows.ts";

/** What is known about a table after its first rows. */
export interface Layout extends Columns {
  readonly dialect: Dialect;
  /** Bytes and lines before the first row: byte order mark and `sep=`. */
  readonly skippedBytes: number;
  readonly skippedLines: number;
}

/** How much of a table's beginning is looked at: as much as is sniffed, so that both find the same. */
export const SAMPLE_BYTES: number = HEAD_BYTES;

/**
 * Decides how a table is written and where the text is.
 * @param sample is its beginning; the last row is not believed if the table goes on.
 * @param delimiters are the bytes to choose from.
 */
export function detectLayout(sample: Uint8Array, goesOn: boolean, delimiters: string, options: ReaderOptions): Layout {
  const start = afterByteOrderMark(sample, 0, sample.length);
  const named = /^sep=(.)\r?\n/iu.exec(Buffer.from(sample.subarray(start, start + 8)).toString("latin1"));
  const skippedBytes = start + (named?.[0].length ?? 0);
  const body = sample.subarray(skippedBytes);
  const codeOf = compileFieldNames(options).codeOf;
  const isText = (name: string): boolean => roleOf(codeOf(name)) === ROLE.text;
  const { dialect, rows, width } = chooseDialect(body, goesOn, named?.[1] ?? delimiters, isText);
  return { ...chooseColumns(rows, width, options), dialect, skippedBytes, skippedLines: named === null ? 0 : 1 };
}
