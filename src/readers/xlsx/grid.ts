/**
 * The form between a workbook and its reader. All that a cell may hold is text, so the characters that ASCII has for it
 * part the cells:
 *
 *     \x1d Sheet1 \x1e   1 \x1f id \x1f text \x1e   2 \x1f 17 \x1f Hello \x1e   ...
 *     sheet              row number, cells          row number, cells
 */
import { copyBytes, MAX_RECORD_BYTES } from "../batcher.ts";

export const SHEET_MARK = 0x1d;
export const ROW_END = 0x1e;
export const CELL_MARK = 0x1f;
const SPACE = 32;

/** Columns of a sheet, the last of which is XFD. */
export const MAX_COLUMNS: number = 1 << 14;

/** Where sheets are written to. A row longer than a record may be breaks off: whoever reads it will not keep it. */
export class GridWriter {
  readonly #size: number;
  readonly #encoder = new TextEncoder();
  #bytes: Uint8Array;
  #length = 0;
  /** Where the row begins, and how many cells of it there are; -1 where none has begun. */
  #rowStart = 0;
  #cells = -1;
  #rowNumber = 0;

  /** @param size of the memory that `take` gives away, roughly. */
  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(size);
  }

  get isFull(): boolean {
    return this.#cells < 0 && this.#length >= this.#size;
  }

  /** The rows so far, for good. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#cells < 0 ? this.#length : this.#rowStart);
    this.#bytes = new Uint8Array(this.#size);
    this.#length = 0;
    this.#cells = -1;
    return taken;
  }

  sheet(name: string): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = SHEET_MARK;
    this.#text(name);
    this.#endRecord();
  }

  startRow(rowNumber: number): void {
    this.#rowStart = this.#length;
    this.#rowNumber = rowNumber;
    this.#cells = 0;
  }

  /** Ends the row. One without a cell leaves nothing. */
  endRow(): void {
    if (this.#cells > 0) this.#endRecord();
    this.#cells = -1;
  }

  /** Appends the text of a cell; cells between it and the one before are empty. @param column counts from 0. */
  cell(column: number, text: string): void {
    if (text !== "" && this.#goTo(column)) this.#text(text);
  }

  /** Appends a cell that is `bytes[start, end)`, which no mark may be among. */
  cellBytes(column: number, bytes: Uint8Array, start: number, end: number): void {
    if (start === end || !this.#goTo(column)) return;
    this.#reserve(end - start);
    this.#length = copyBytes(bytes, start, end, this.#bytes, this.#length);
  }

  /** @returns whether the row is short enough to go on. */
  #goTo(column: number): boolean {
    if (column < this.#cells || column >= MAX_COLUMNS) return false;
    if (this.#cells === 0) this.#text(String(this.#rowNumber));
    if (this.#length - this.#rowStart > MAX_RECORD_BYTES) return false;
    this.#reserve(column + 1 - this.#cells);
    while (this.#cells <= column) {
      this.#bytes[this.#length++] = CELL_MARK;
      this.#cells++;
    }
    return true;
  }

  #text(text: string): void {
    this.#reserve(text.length * 3);
    const from = this.#length;
    this.#length += this.#encoder.encodeInto(text, this.#bytes.subarray(from)).written;
    spaceMarks(this.#bytes, from, this.#length);
  }

  #endRecord(): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = ROW_END;
  }

  #reserve(byteLength: number): void {
    const needed = this.#length + byteLength;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Makes spaces of the marks in a text: XML may not hold them, but escapes and broken files do. */
export function spaceMarks(bytes: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) if (bytes[at]! >= SHEET_MARK && bytes[at]! <= CELL_MARK) bytes[at] = SPACE;
}
