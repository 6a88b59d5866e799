import { copyBytes, MAX_RECORD_BYTES } from "../batcher.ts";
import { decodeUtf8 } from "../utf8.ts";

/** How a table is written. */
export interface Dialect {
  /** Delimiter byte, -1 for a table of one column. */
  readonly delimiter: number;
  /** Whether quotes mean anything. */
  readonly quotes: boolean;
  /** Whether inside of quotes a backslash makes a quote or a backslash a part of the field, beside doubled quotes. */
  readonly backslashes: boolean;
}

/** Takes the rows of a table in order. Blank lines do not come. */
export interface RowTarget {
  /** A row that starts on a line. `row` is valid during the call. */
  row(row: Row, line: number): void;
  /** In the place of a row longer than MAX_RECORD_BYTES, and of one whose quote is not closed at the end of the file. */
  brokenRow(line: number, reason: "long" | "quote"): void;
}

/** Fields without their quotes, with one delimiter between them: field i is `bytes[i ? ends[i - 1] + 1 : 0, ends[i])`. */
export interface Row {
  bytes: Uint8Array;
  ends: Int32Array;
  count: number;
}

export function fieldStart(row: Row, field: number): number {
  return field === 0 ? 0 : row.ends[field - 1]! + 1;
}

export function fieldText(row: Row, field: number): string {
  return decodeUtf8(row.bytes, fieldStart(row, field), row.ends[field]!);
}

/**
 *     start ----- other byte ----> plain ---- , \n ----> start        a,b
 *     start ---------- " --------> quoted                             "a
 *     quoted --------- " --------> closed                             "a"
 *     quoted --------- \ --------> escaped -- any byte -> quoted      "a\"   only in a dialect with backslashes
 *     closed --------- " --------> quoted                             "a""
 *     closed ----- other byte ---> plain       as Python's csv does   "a"b
 *     any of them, row too long -> skipped --- \n ------> start
 */
const STATE = { start: 0, plain: 1, quoted: 2, closed: 3, skipped: 4, escaped: 5 } as const;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const BACKSLASH = 92;
const ONE_BACKSLASH = Uint8Array.of(BACKSLASH);
/** Delimiters after so many fields belong to the last one. */
const MAX_FIELDS = 1 << 16;

/** Cuts chunks into the rows of RFC 4180 and what is like it. */
export class RowSplitter {
  readonly #target: RowTarget;
  readonly #delimiter: number;
  readonly #quotes: boolean;
  /** The byte that takes away a quote's meaning, -1 for none. */
  readonly #escape: number;
  readonly #row: Row = {
    bytes: new Uint8Array(1 << 12),
    ends: new Int32Array(64),
    count: 0,
  };
  /** Quotes that close before the end of their field: a sign that quotes mean nothing in this table. */
  strayQuotes = 0;
  #state: number = STATE.start;
  #length = 0;
  #line = 1;
  #rowLine = 1;

  /** @param firstLine is the number of the line that comes first. */
  constructor(dialect: Dialect, target: RowTarget, firstLine = 1) {
    this.#delimiter = dialect.delimiter;
    this.#quotes = dialect.quotes;
    this.#escape = dialect.backslashes ? BACKSLASH : -1;
    this.#target = target;
    this.#line = firstLine;
    this.#rowLine = firstLine;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const byte = chunk[at]!;
      if (this.#state === STATE.skipped) at = this.#skip(chunk, at);
      else if (this.#state === STATE.quoted) at = this.#quoted(chunk, at);
      else if (this.#state === STATE.escaped) at = this.#escaped(chunk, at);
      else if (byte === QUOTE && this.#state === STATE.closed) {
        this.#append(chunk, at, at + 1);
        if (this.#state === STATE.closed) this.#state = STATE.quoted;
        at++;
      } else if (byte === QUOTE && this.#state === STATE.start && this.#quotes) {
        this.#state = STATE.quoted;
        at++;
      } else at = this.#plain(chunk, at);
    }
  }

  /** Ends a last row that has no line end. */
  finish(): void {
    if (this.#state === STATE.quoted || this.#state === STATE.escaped) this.#target.brokenRow(this.#rowLine, "quote");
    else if (this.#state === STATE.skipped) this.#target.brokenRow(this.#rowLine, "long");
    else if (this.#length > 0 || this.#row.count > 0 || this.#state === STATE.closed) this.#endRow();
  }

  /** Goes on outside of quotes up to the end of the field. */
  #plain(chunk: Uint8Array, start: number): number {
    const delimiter = this.#delimiter;
    let at = start;
    while (at < chunk.length && chunk[at] !== delimiter && chunk[at] !== NEWLINE) at++;
    if (at > start) {
      if (this.#state === STATE.closed && chunk[start] !== RETURN) this.strayQuotes++;
      this.#state = STATE.plain;
      const taken = this.#append(chunk, start, at);
      if (taken < at) return taken;
    }
    if (at === chunk.length) return at;
    if (chunk[at] === NEWLINE) {
      this.#line++;
      this.#endRow();
      return at + 1;
    }
    if (this.#row.count < MAX_FIELDS - 1) this.#endField();
    if (this.#append(chunk, at, at + 1) === at) return at;
    this.#state = STATE.start;
    return at + 1;
  }

  #quoted(chunk: Uint8Array, start: number): number {
    const escapeByte = this.#escape;
    let at = start;
    let lines = 0;
    while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== escapeByte) if (chunk[at++] === NEWLINE) lines++;
    const taken = this.#append(chunk, start, at);
    if (taken < at) {
      for (let i = start; i < taken; i++) if (chunk[i] === NEWLINE) this.#line++;
      return taken;
    }
    this.#line += lines;
    if (at === chunk.length) return at;
    this.#state = chunk[at] === QUOTE ? STATE.closed : STATE.escaped;
    return at + 1;
  }

  /** At the byte behind a backslash, which stays one before anything but a quote or a backslash. */
  #escaped(chunk: Uint8Array, at: number): number {
    this.#state = STATE.quoted;
    if (chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) {
      this.#append(ONE_BACKSLASH, 0, 1);
      return at;
    }
    return this.#append(chunk, at, at + 1);
  }

  /** Goes on to the end of the line, quotes or not: a quote that is never closed must not swallow the file. */
  #skip(chunk: Uint8Array, start: number): number {
    const newline = chunk.indexOf(NEWLINE, start);
    if (newline < 0) return chunk.length;
    this.#line++;
    this.#target.brokenRow(this.#rowLine, "long");
    this.#startRow();
    return newline + 1;
  }

  /** @returns `end`, or where the row becomes too long. */
  #append(chunk: Uint8Array, start: number, end: number): number {
    const row = this.#row;
    const length = this.#length + end - start;
    if (length > MAX_RECORD_BYTES) {
      const taken = start + MAX_RECORD_BYTES - this.#length;
      this.#state = STATE.skipped;
      this.#length = 0;
      row.bytes = new Uint8Array(1 << 12);
      return taken;
    }
    if (length > row.bytes.length) {
      const grown = new Uint8Array(Math.max(length, row.bytes.length * 2));
      grown.set(row.bytes.subarray(0, this.#length));
      row.bytes = grown;
    }
    this.#length = copyBytes(chunk, start, end, row.bytes, this.#length);
    return end;
  }

  #endField(): void {
    const row = this.#row;
    if (row.count === row.ends.length) {
      const grown = new Int32Array(row.ends.length * 2);
      grown.set(row.ends);
      row.ends = grown;
    }
    row.ends[row.count++] = this.#length;
  }

  #endRow(): void {
    const row = this.#row;
    if (this.#state === STATE.plain && row.bytes[this.#length - 1] === RETURN) this.#length--;
    const blank = row.count === 0 && this.#length === 0 && this.#state !== STATE.closed;
    this.#endField();
    if (!blank) this.#target.row(row, this.#rowLine);
    this.#startRow();
  }

  #startRow(): void {
    this.#state = STATE.start;
    this.#length = 0;
    this.#row.count = 0;
    this.#rowLine = this.#line;
  }
}
