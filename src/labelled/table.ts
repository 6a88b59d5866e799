/** Rows of a table with a header that names a column of texts and one of labels. */
import { chooseDialect } from "../readers/csv/dialect.ts";
import { type Dialect, fieldText, type Row, RowSplitter, type RowTarget } from "../readers/csv/rows.ts";
import { columnOf } from "./columns.ts";
import type { RecordReader, TakeRecord } from "./format.ts";
import { meaningOf } from "./label-names.ts";

interface Table {
  readonly dialect: Dialect;
  /** Of a line that names the delimiter. */
  readonly skippedBytes: number;
  readonly header: readonly string[];
  /** Its first rows, without the header. */
  readonly sample: readonly (readonly string[])[];
}

/** What a table's beginning says of it. @param extension of the file, which breaks ties between delimiters. */
export function readTableHead(head: Uint8Array, goesOn: boolean, extension: string): Table {
  const named = /^sep=(.)\r?\n/iu.exec(Buffer.from(head.subarray(0, 8)).toString("latin1"));
  const skippedBytes = named?.[0].length ?? 0;
  const delimiters = named?.[1] ?? (extension === ".tsv" || extension === ".tab" ? "\t,;|" : ",;\t|");
  const { dialect, rows } = chooseDialect(head.subarray(skippedBytes), goesOn, delimiters, isText);
  return { dialect, skippedBytes, header: (rows[0] ?? []).map((name) => name.trim()), sample: rows.slice(1) };
}

/**
 * Whether there is something to learn from: a text and a column that holds labels by its name, or by its values.
 * @param isMapped any second column will do
 */
export function isLabelledTable({ header, sample }: Table, isMapped: boolean): boolean {
  if (header.length < 2 || !header.some(isText)) return false;
  return isMapped || header.some((name, column) => LABELLED.has(columnOf(name)?.role ?? "") || holdsLabels(sample, column));
}

function holdsLabels(sample: readonly (readonly string[])[], column: number): boolean {
  const values = sample.map((row) => row[column] ?? "").filter((value) => value !== "");
  return values.length > 0 && values.every((value) => meaningOf(value) !== null);
}

const LABELLED: ReadonlySet<string> = new Set(["label", "value", "votes", "gold", "task", "annotator"]);

function isText(name: string): boolean {
  const column = columnOf(name.trim());
  return column !== null && column.role === "text";
}

export function openTable(table: Table, take: TakeRecord): RecordReader {
  let skip = table.skippedBytes;
  let isHeader = true;
  let number = 0;
  const target: RowTarget = {
    row(row) {
      if (isHeader) isHeader = false;
      else take(recordOf(row, table.header), ++number);
    },
    brokenRow() {
      take(null, ++number);
    },
  };
  const splitter = new RowSplitter(table.dialect, target);
  return {
    push(chunk) {
      const skipped = Math.min(skip, chunk.length);
      skip -= skipped;
      splitter.push(chunk.subarray(skipped));
    },
    finish: () => splitter.finish(),
  };
}

/** A row with more fields than there are columns has its labels in the wrong place, so it is none. Of columns of one name the first counts. */
function recordOf(row: Row, header: readonly string[]): Readonly<Record<string, unknown>> | null {
  for (let field = header.length; field < row.count; field++) if (fieldText(row, field).trim() !== "") return null;
  const record: Record<string, unknown> = Object.create(null);
  for (let field = Math.min(row.count, header.length) - 1; field >= 0; field--) record[header[field]!] = fieldText(row, field);
  return record;
}
