import { beginMessage, failMessage, KIND, type MessageBatch, PART, setRange } from "../../core/message.ts";
import { appendNumberPart, appendPart, type Batcher, copyBytes, MAX_DIGITS, writeDigits } from "../batcher.ts";
import { ROLE } from "../field-names.ts";
import { InstantReader } from "../instant.ts";
import { encodeString, MAX_JSON_GROWTH } from "../json/text.ts";
import type { Columns } from "./columns.ts";
import { fieldStart, fieldText, type Row } from "./rows.ts";

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;

/** Turns the rows of a table, without its header, into messages. */
export class RowMessages {
  readonly #columns: Columns;
  readonly #batcher: Batcher;
  readonly #place: Uint8Array | null;
  readonly #instant = new InstantReader();
  /** A day and a time of day that stand in two columns. */
  readonly #instantBytes = new Uint8Array(64);
  /** `"name":` of each kept column. */
  readonly #keptNames: readonly Uint8Array[];
  /** Bytes that these and the punctuation around their values take in a message, and its locator. */
  readonly #extraSize: number;
  /** Rows so far, those that failed among them: the ids of rows that have none. */
  rowNumber: number;
  /** Rows that had more fields than there are columns. */
  wideRows = 0;
  /** Rows of nothing but empty fields. */
  skipped = 0;
  repaired = 0;

  /**
   * @param place is what comes before the line in a message's locator; null for no locator.
   * @param rowNumber counts the rows that came before.
   */
  constructor(columns: Columns, batcher: Batcher, place: Uint8Array | null = null, rowNumber = 0) {
    this.#columns = columns;
    this.#batcher = batcher;
    this.#place = place;
    this.rowNumber = rowNumber;
    this.#keptNames = columns.kept.map((column) => new TextEncoder().encode(`${JSON.stringify(columns.names[column])}:`));
    this.#extraSize = this.#keptNames.reduce((total, name) => total + name.length + 3, (place?.length ?? 0) + MAX_DIGITS);
  }

  /** @param isMended whether mistakes of the program that wrote the row were undone in it. */
  add(row: Row, line: number, isMended = false): void {
    const { columns, kept, names, attachments } = this.#columns;
    this.rowNumber++;
    if (row.count > 1 && row.ends[row.count - 1] === row.count - 1) {
      this.skipped++;
      return;
    }
    if (row.count > names.length) this.wideRows++;
    const size = row.ends[row.count - 1]!;
    this.#batcher.reserve(size * 2 + MAX_DIGITS + this.#extraSize + (kept.length > 0 ? size * MAX_JSON_GROWTH : 0));
    const batch = this.#batcher.batch;
    const index = beginMessage(batch, line);
    if (!appendField(batch, index, PART.id, row, columns[ROLE.id]!)) appendNumberPart(batch, index, PART.id, this.rowNumber);
    appendField(batch, index, PART.author, row, columns[ROLE.author]!);
    appendField(batch, index, PART.authorId, row, columns[ROLE.authorId]!);
    appendField(batch, index, PART.replyTo, row, columns[ROLE.replyTo]!);
    this.#setInstant(batch, index, row);
    this.#setConversation(batch, index, row, columns[ROLE.conversation]!);
    if (this.#place !== null) appendLocator(batch, index, this.#place, line);
    if (kept.length > 0) this.#keepFields(batch, index, row);
    const text = columns[ROLE.text]!;
    if (text < 0 || text >= row.count) {
      failMessage(batch, index, "E_NO_TEXT", describeMissing(row, text, names));
      return;
    }
    const start = fieldStart(row, text);
    const end = textEnd(row, text, names.length);
    appendPart(batch, index, PART.text, row.bytes, start, end);
    if (isMended || end > row.ends[text]!) this.repaired++;
    if (start === end && hasField(row, attachments)) batch.kind[index] = KIND.placeholder;
  }

  /** Puts an error record in the place of a row. */
  fail(line: number, code: string, message: string): void {
    this.rowNumber++;
    this.#batcher.reserve(this.#extraSize);
    this.#batcher.fail(line, code, message);
    const { batch } = this.#batcher;
    if (this.#place !== null) appendLocator(batch, batch.count - 1, this.#place, line);
  }

  #setInstant(batch: MessageBatch, index: number, row: Row): void {
    const { columns, clock } = this.#columns;
    const day = columns[ROLE.time]!;
    if (!hasField(row, day)) return;
    const start = fieldStart(row, day);
    const end = row.ends[day]!;
    this.#instant.set(batch, index, row.bytes, start, end);
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
    for (const [order, field] of this.#columns.kept.entries()) {
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

/** @returns whether the row has the field and something is in it. */
function appendField(batch: MessageBatch, index: number, part: number, row: Row, field: number): boolean {
  if (!hasField(row, field)) return false;
  appendPart(batch, index, part, row.bytes, fieldStart(row, field), row.ends[field]!);
  return true;
}

function appendLocator(batch: MessageBatch, index: number, place: Uint8Array, line: number): void {
  const from = batch.used;
  const to = copyBytes(place, 0, place.length, batch.bytes, from);
  batch.used = writeDigits(batch.bytes, to, line);
  setRange(batch, index, PART.locator, from, batch.used);
}

/** Whether the row has the field and something is in it. */
function hasField(row: Row, field: number): boolean {
  return field >= 0 && field < row.count && row.ends[field]! > fieldStart(row, field);
}

/** Where the text is the last column, further fields come from delimiters in the text and belong to it. */
function textEnd(row: Row, text: number, width: number): number {
  if (row.count <= width || text !== width - 1) return row.ends[text]!;
  let last = row.count - 1;
  while (last > text && row.ends[last] === fieldStart(row, last)) last--;
  return row.ends[last]!;
}

function describeMissing(row: Row, text: number, names: readonly string[]): string {
  if (text < 0) return "No column holds the text. Name one with --text-field.";
  const fields = row.count === 1 ? "1 field" : `${row.count} fields`;
  return `The row has ${fields}, but the text ("${names[text]!}") is field ${text + 1}.`;
}
