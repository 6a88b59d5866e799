import { Batcher, CarryOver, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import type { BatchSink, Format, Reader, ReaderOptions, ReaderReport } from "../reader.ts";
import { detectLayout, type Layout, SAMPLE_BYTES } from "./layout.ts";
import { RowMessages } from "./row-messages.ts";
import { type Row, RowSplitter, type RowTarget } from "./rows.ts";

export const CSV: Format = tableFormat("csv", "table with commas, semicolons or bars between columns", [".csv"], ",;|");
export const TSV: Format = tableFormat("tsv", "table with tabs between columns", [".tsv", ".tab"], "\t");

function tableFormat(name: string, about: string, extensions: readonly string[], delimiters: string): Format {
  return {
    name,
    about,
    extensions,
    sniff: (head) => sniff(head, delimiters),
    open: (options, sink) => new TableReader(options, sink, delimiters),
  };
}

/** Any text could be a table of one column; as sure as plain lines, so that the extension decides. */
const ANY_TEXT = 0.1;

function sniff(head: Uint8Array, delimiters: string): number {
  if (head.length === 0) return ANY_TEXT;
  const layout = detectLayout(head, head.length >= SAMPLE_BYTES, delimiters, {
    source: "",
  });
  return layout.textNamed && layout.names.length > 1 ? 0.8 : ANY_TEXT;
}

class TableReader implements Reader, RowTarget {
  readonly #options: ReaderOptions;
  readonly #delimiters: string;
  readonly #batcher: Batcher;
  /** The file's beginning, until the layout is known. */
  #sample: CarryOver | null = new CarryOver();
  #layout: Layout | null = null;
  #splitter: RowSplitter | null = null;
  #messages: RowMessages | null = null;
  #inHeader = false;
  /** A NUL byte has come; rows are searched for such from then on. */
  #seenNul = false;

  constructor(options: ReaderOptions, sink: BatchSink, delimiters: string) {
    this.#options = options;
    this.#delimiters = delimiters;
    this.#batcher = new Batcher(options.source, sink);
  }

  push(chunk: Uint8Array): void {
    this.#seenNul ||= chunk.indexOf(0) >= 0;
    if (this.#splitter !== null) {
      this.#splitter.push(chunk);
      return;
    }
    // One byte more than is looked at, to know whether the table goes on.
    const taken = Math.min(chunk.length, SAMPLE_BYTES + 1 - this.#sample!.length);
    this.#sample!.append(chunk, 0, taken);
    if (this.#sample!.length > SAMPLE_BYTES) this.#start(true).push(chunk.subarray(taken));
  }

  /** Nothing until the sample is full: how a table is read must not depend on when its bytes arrive. */
  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    const splitter = this.#splitter ?? this.#start(false);
    splitter.finish();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    const notes = [...(this.#layout?.notes ?? [])];
    const { wideRows, skipped, repaired } = this.#messages ?? { wideRows: 0, skipped: 0, repaired: 0 };
    if (wideRows > 0) {
      const rows = wideRows === 1 ? "1 row has" : `${wideRows} rows have`;
      notes.push(`${rows} more fields than there are columns; they were read, but check the delimiter and the quotes.`);
    }
    return { notes, skipped, repaired, dateOrder: null };
  }

  #start(goesOn: boolean): RowSplitter {
    const sample = this.#sample!.bytes.subarray(0, this.#sample!.length);
    const layout = detectLayout(sample.subarray(0, SAMPLE_BYTES), goesOn, this.#delimiters, this.#options);
    this.#layout = layout;
    this.#messages = new RowMessages(layout, this.#batcher);
    this.#inHeader = layout.hasHeader;
    this.#sample = null;
    this.#splitter = new RowSplitter(layout.dialect, this, layout.skippedLines + 1);
    this.#splitter.push(sample.subarray(layout.skippedBytes));
    return this.#splitter;
  }

  row(row: Row, line: number): void {
    if (this.#inHeader) this.#inHeader = false;
    else this.#messages!.add(row, line, this.#seenNul && removeNul(row));
  }

  brokenRow(line: number, reason: "long" | "quote"): void {
    const message =
      reason === "long"
        ? `The row is longer than ${MAX_RECORD_SIZE}. Look for a quote that is not closed.`
        : "A quote opens in this row and is not closed before the end of the file. Close it, or double it if it belongs to the text.";
    this.#messages!.fail(line, reason === "long" ? TOO_LONG : "E_CSV_QUOTE", message);
  }
}

/** Takes out NUL bytes, which some collectors leave in texts. @returns whether there were any. */
function removeNul(row: Row): boolean {
  const size = row.ends[row.count - 1]!;
  const first = row.bytes.subarray(0, size).indexOf(0);
  if (first < 0) return false;
  let to = first;
  let field = 0;
  while (row.ends[field]! < first) field++;
  for (let from = first; from <= size; from++) {
    while (field < row.count && row.ends[field] === from) row.ends[field++] = to;
    if (from < size && row.bytes[from] !== 0) row.bytes[to++] = row.bytes[from]!;
  }
  return true;
}
