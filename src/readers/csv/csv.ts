import { beginMessage, failMessage, KIND, type MessageBatch, PART, setRange } from "../../core/message.ts";
import { appendNumberPart, appendPart, Batcher, CarryOver, copyBytes, MAX_DIGITS, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { ROLE } from "../field-names.ts";
import { InstantReader } from "../instant.ts";
import { encodeString, MAX_JSON_GROWTH } from "../json/text.ts";
import type { BatchSink, Format, Reader, ReaderOptions, ReaderReport } from "../reader.ts";
import { detectLayout, type Layout, SAMPLE_BYTES } from "./layout.ts";
import { fieldStart, fieldText, type Row, RowSplitter, type RowTarget } from "./rows.ts";

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
  readonly #instant = new InstantReader();
  /** The file's beginning, until the layout is known. */
  #sample: CarryOver | null = new CarryOver();
  #layout: Layout | null = null;
  #splitter: RowSplitter | null = null;
  /** `"name":` of each kept column. */
  #keptNames: Uint8Array[] = [];
  /** Bytes that these and the punctuation around their values take in a message. */
  #keptSize = 0;
  #inHeader = false;
  #rowNumber = 0;
  #wideRows = 0;
  /** A NUL byte has come; rows are searched for such from then on. */
  #seenNul = false;
  #skipped = 0;
  #repaired = 0;
  /** A day and a time of day that stand in two columns. */
  #instantBytes = new Uint8Array(64);

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
    if (this.#wideRows > 0) {
      const rows = this.#wideRows === 1 ? "1 row has" : `${this.#wideRows} rows have`;
      notes.push(`${rows} more fields than there are columns; they were read, but check the delimiter and the quotes.`);
    }
    return { notes, skipped: this.#skipped, repaired: this.#repaired, dateOrder: null };
  }

  #start(goesOn: boolean): RowSplitter {
    const sample = this.#sample!.bytes.subarray(0, this.#sample!.length);
    const layout = detectLayout(sample.subarray(0, SAMPLE_BYTES), goesOn, this.#delimiters, this.#options);
    this.#layout = layout;
    this.#keptNames = layout.kept.map((column) => new TextEncoder().encode(`${JSON.stringify(layout.names[column])}:`));
    this.#keptSize = this.#keptNames.reduce((total, name) => total + name.length + 3, 0);
    this.#inHeader = layout.hasHeader;
    this.#sample = null;
    this.#splitter = new RowSplitter(layout.dialect, this, layout.skippedLines + 1);
    this.#splitter.push(sample.subarray(layout.skippedBytes));
    return this.#splitter;
  }

  row(row: Row, line: number): void {
    if (this.#inHeader) {
      this.#inHeader = false;
      return;
    }
    const layout = this.#layout!;
    this.#rowNumber++;
    const hadNul = this.#seenNul && removeNul(row);
    if (row.count > 1 && row.ends[row.count - 1] === row.count - 1) {
      this.#skipped++;
      return;
    }
    if (row.count > layout.names.length) this.#wideRows++;
    const size = row.ends[row.count - 1]!;
    this.#batcher.reserve(size * 2 + MAX_DIGITS + (this.#keptSize > 0 ? this.#keptSize + size * MAX_JSON_GROWTH : 0));
    const batch = this.#batcher.batch;
    const index = beginMessage(batch, line);
    if (!this.#appendField(batch, index, PART.id, row, layout.columns[ROLE.id]!)) {
      appendNumberPart(batch, index, PART.id, this.#rowNumber);
    }
    this.#appendField(batch, index, PART.author, row, layout.columns[ROLE.author]!);
    this.#appendField(batch, index, PART.authorId, row, layout.columns[ROLE.authorId]!);
    this.#appendField(batch, index, PART.replyTo, row, layout.columns[ROLE.replyTo]!);
    this.#setInstant(batch, index, row, layout);
    this.#setConversation(batch, index, row, layout.columns[ROLE.conversation]!);
    if (layout.kept.length > 0) this.#keepFields(batch, index, row);
    const text = layout.columns[ROLE.text]!;
    if (text < 0 || text >= row.count) {
      failMessage(batch, index, "E_NO_TEXT", describeMissing(row, text, layout));
      return;
    }
    const start = fieldStart(row, text);
    const end = textEnd(row, text, layout);
    appendPart(batch, index, PART.text, row.bytes, start, end);
    if (hadNul || end > row.ends[text]!) this.#repaired++;
    if (start === end && hasField(row, layout.attachments)) batch.kind[index] = KIND.placeholder;
  }

  brokenRow(line: number, reason: "long" | "quote"): void {
    this.#rowNumber++;
    const message =
      reason === "long"
        ? `The row is longer than ${MAX_RECORD_SIZE}. Look for a quote that is not closed.`
        : "A quote opens in this row and is not closed before the end of the file. Close it, or double it if it belongs to the text.";
    this.#batcher.fail(line, reason === "long" ? TOO_LONG : "E_CSV_QUOTE", message);
  }

  /** @returns whether the row has the field and something is in it. */
  #appendField(batch: MessageBatch, index: number, part: number, row: Row, field: number): boolean {
    if (!hasField(row, field)) return false;
    appendPart(batch, index, part, row.bytes, fieldStart(row, field), row.ends[field]!);
    return true;
  }

  #setInstant(batch: MessageBatch, index: number, row: Row, layout: Layout): void {
    const day = layout.columns[ROLE.time]!;
    if (!hasField(row, day)) return;
    const start = fieldStart(row, day);
    const end = row.ends[day]!;
    this.#instant.set(batch, index, row.bytes, start, end);
    const { clock } = layout;
    if (!hasField(row, clock)) return;
    const clockStart = fieldStart(row, clock);
    const length = end - start + 1 + row.ends[clock]! - clockStart;
    if (length > this.#instantBytes.length) return;
    const spaceAt = copyBytes(row.bytes, start, end, this.#instantBytes, 0);
    this.#instantBytes[spaceAt] = SPACE;
    copyBytes(row.bytes, clockStart, row.ends[clock]!, this.#instantBytes, spaceAt + 1);
    this.#instant.set(batch, index, this.#instantBytes, 0, length);
  }

  #setConversation(batch: MessageBatch, index: number, row: Row, field: number): void {
    if (field < 0 || field >= row.count) return;
    const name = fieldText(row, field);
    if (name !== "") batch.conversation[index] = this.#batcher.conversationIndex(name);
  }

  #keepFields(batch: MessageBatch, index: number, row: Row): void {
    const from = batch.used;
    let to = from;
    for (const [order, field] of this.#layout!.kept.entries()) {
      if (field >= row.count) continue;
      if (to > from) batch.bytes[to++] = COMMA;
      const name = this.#keptNames[order]!;
      to = copyBytes(name, 0, name.length, batch.bytes, to);
      batch.bytes[to++] = QUOTE;
      to = encodeString(row.bytes, fieldStart(row, field), row.ends[field]!, batch.bytes, to);
      batch.bytes[to++] = QUOTE;
    }
    batch.used = to;
    if (to > from) setRange(batch, index, PART.fields, from, to);
  }
}

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;

/** Whether the row has the field and something is in it. */
function hasField(row: Row, field: number): boolean {
  return field >= 0 && field < row.count && row.ends[field]! > fieldStart(row, field);
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

/** Where the text is the last column, further fields come from delimiters in the text and belong to it. */
function textEnd(row: Row, text: number, layout: Layout): number {
  if (row.count <= layout.names.length || text !== layout.names.length - 1) return row.ends[text]!;
  let last = row.count - 1;
  while (last > text && row.ends[last] === fieldStart(row, last)) last--;
  return row.ends[last]!;
}

function describeMissing(row: Row, text: number, layout: Layout): string {
  if (text < 0) return "No column holds the text. Name one with --text-field.";
  const fields = row.count === 1 ? "1 field" : `${row.count} fields`;
  return `The row has ${fields}, but the text ("${layout.names[text]!}") is field ${text + 1}.`;
}
