import { Batcher, CarryOver, MAX_RECORD_BYTES, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { chooseColumns } from "../csv/columns.ts";
import { RowMessages } from "../csv/row-messages.ts";
import type { Row } from "../csv/rows.ts";
import { ROLE } from "../field-names.ts";
import {
  type BatchSink,
  type Format,
  HEAD_BYTES,
  NOTHING_TO_REPORT,
  type Reader,
  type ReaderOptions,
  type ReaderReport,
} from "../reader.ts";
import { decodeUtf8 } from "../utf8.ts";
import { CELL_MARK, ROW_END, SHEET_MARK } from "./grid.ts";
import { looksLikeWorkbook } from "./sniff.ts";

/** Excel workbooks. Every sheet, hidden ones too, is a table with a header of its own, if it has one; a message's line is its row. */
export const XLSX: Format = {
  name: "xlsx",
  about: "Excel workbooks, every sheet a table",
  extensions: [".xlsx"],
  sniff: looksLikeWorkbook,
  open: (options, sink) => new XlsxReader(options, sink),
  async *unpack(file) {
    const { unpackXlsx } = await import("./unpack.ts"); // only workbooks pay for it
    yield* unpackXlsx(file);
  },
};

/** Rows of a sheet that are looked at to find out what its columns hold. */
const SAMPLE_ROWS = 200;
/** Sheets whose notes are told. */
const MAX_NOTES = 20;

interface SampleRow {
  readonly line: number;
  /** The cells with the marks between them, null where they are longer than a record may be. */
  readonly cells: Uint8Array | null;
}

/** Reads what `unpack` gives. */
class XlsxReader implements Reader {
  readonly #options: ReaderOptions;
  readonly #batcher: Batcher;
  readonly #carry = new CarryOver();
  readonly #notes: string[] = [];
  #sheetName = "";
  /** Number of the last row of the sheet, and of the rows of all sheets. */
  #line = 0;
  #rowNumber = 0;
  /** The sheet's first rows, until it is known what its columns hold. */
  #sample: SampleRow[] = [];
  #sampleBytes = 0;
  #messages: RowMessages | null = null;
  #width = 0;
  readonly #row: Row = { bytes: new Uint8Array(0), ends: new Int32Array(64), count: 0 };

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#options = options;
    this.#batcher = new Batcher(options.source, sink);
  }

  push(chunk: Uint8Array): void {
    for (let start = 0; start < chunk.length; ) {
      const end = chunk.indexOf(ROW_END, start);
      if (end < 0) {
        this.#carry.append(chunk, start, chunk.length);
        return;
      }
      if (this.#carry.begun) {
        this.#carry.append(chunk, start, end);
        this.#endCarried();
      } else this.#record(chunk, start, end);
      start = end + 1;
    }
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    if (this.#carry.begun) this.#endCarried();
    this.#endSheet();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    return { ...NOTHING_TO_REPORT, notes: this.#notes };
  }

  #endCarried(): void {
    if (this.#carry.tooLong) this.#take(this.#line + 1, null);
    else this.#record(this.#carry.bytes, 0, this.#carry.length);
    this.#carry.clear();
  }

  #record(bytes: Uint8Array, start: number, end: number): void {
    if (bytes[start] === SHEET_MARK) {
      this.#endSheet();
      this.#sheetName = decodeUtf8(bytes, start + 1, end);
      this.#line = 0;
      return;
    }
    const mark = bytes.indexOf(CELL_MARK, start);
    if (mark < 0 || mark >= end) return;
    const number = Number(decodeUtf8(bytes, start, mark));
    const line = number > this.#line ? number : this.#line + 1;
    this.#take(line, end - start > MAX_RECORD_BYTES ? null : bytes.subarray(mark + 1, end));
  }

  /** @param cells is null for a row that is too long. */
  #take(line: number, cells: Uint8Array | null): void {
    this.#line = line;
    if (this.#messages !== null) {
      this.#add(this.#messages, line, cells);
      return;
    }
    this.#sample.push({ line, cells: cells?.slice() ?? null });
    this.#sampleBytes += cells?.length ?? 0;
    if (this.#sample.length === SAMPLE_ROWS || this.#sampleBytes >= HEAD_BYTES) this.#start();
  }

  #start(): void {
    const rows = this.#sample.flatMap(({ cells }) => (cells === null ? [] : [cellsOf(cells)]));
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    for (const row of rows) while (row.length < width) row.push("");
    const columns = chooseColumns(rows, width, this.#options);
    if (this.#notes.length < MAX_NOTES) {
      for (const note of columns.notes) this.#notes.push(`Sheet "${this.#sheetName}": ${note}`);
    }
    const place = `${quoteName(this.#sheetName)}!${columnLetters(Math.max(0, columns.columns[ROLE.text]!))}`;
    const messages = new RowMessages(columns, this.#batcher, new TextEncoder().encode(place), this.#rowNumber);
    this.#messages = messages;
    this.#width = columns.names.length;
    const header = columns.hasHeader ? this.#sample.findIndex(({ cells }) => cells !== null) : -1;
    for (const [index, { line, cells }] of this.#sample.entries()) if (index !== header) this.#add(messages, line, cells);
    this.#sample = [];
    this.#sampleBytes = 0;
  }

  #endSheet(): void {
    if (this.#sample.length > 0) this.#start();
    if (this.#messages !== null) this.#rowNumber = this.#messages.rowNumber;
    this.#messages = null;
  }

  #add(messages: RowMessages, line: number, cells: Uint8Array | null): void {
    if (cells === null) messages.fail(line, TOO_LONG, `The row is longer than ${MAX_RECORD_SIZE}.`);
    else messages.add(this.#rowOf(cells), line);
  }

  /** The cells as a row of as many as there are columns: cells at its end that are empty do not come, others have no name. */
  #rowOf(cells: Uint8Array): Row {
    const row = this.#row;
    if (row.ends.length < this.#width) row.ends = new Int32Array(this.#width);
    row.bytes = cells;
    row.count = this.#width;
    let start = 0;
    for (let column = 0; column < row.count; column++) {
      const mark = start > cells.length ? -1 : cells.indexOf(CELL_MARK, start);
      row.ends[column] = mark >= 0 ? mark : Math.max(start, cells.length);
      start = row.ends[column]! + 1;
    }
    return row;
  }
}

function cellsOf(cells: Uint8Array): string[] {
  return decodeUtf8(cells, 0, cells.length).split(String.fromCharCode(CELL_MARK));
}

/** As formulas write it: `Sheet1`, `'My sheet'`. */
function quoteName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
}

/** A, B ... Z, AA ... */
function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}
