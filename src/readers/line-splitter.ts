import { CarryOver, MAX_RECORD_BYTES } from "./batcher.ts";
import { afterByteOrderMark } from "./utf8.ts";

const NEWLINE = 10;
const RETURN = 13;

/** Takes the lines of a file in order. Line numbers start at 1. */
export interface LineTarget {
  /** A line without its line end, in `bytes[start, end)`, valid during the call. Empty lines come too. */
  line(bytes: Uint8Array, start: number, end: number, number: number): void;
  /** In the place of a line longer than MAX_RECORD_BYTES, which is not kept. */
  longLine(number: number): void;
}

/**
 * Cuts chunks into lines at LF or CRLF. A line that lies wholly in a chunk is passed on where it lies; only the pieces of
 * one that goes on in the next chunk are copied together.
 */
export class LineSplitter {
  readonly #target: LineTarget;
  readonly #carry = new CarryOver();
  #number = 1;

  constructor(target: LineTarget) {
    this.#target = target;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      if (newline < 0) {
        this.#carry.append(chunk, start, chunk.length);
        return;
      }
      if (this.#carry.begun) {
        this.#carry.append(chunk, start, newline);
        this.#endCarried();
      } else this.#pass(chunk, start, newline);
      start = newline + 1;
    }
  }

  /** Passes on a last line that has no line end. */
  finish(): void {
    if (this.#carry.begun) this.#endCarried();
  }

  #endCarried(): void {
    if (this.#carry.tooLong) this.#target.longLine(this.#number++);
    else this.#pass(this.#carry.bytes, 0, this.#carry.length);
    this.#carry.clear();
  }

  #pass(bytes: Uint8Array, start: number, end: number): void {
    const number = this.#number++;
    if (end - start > MAX_RECORD_BYTES) {
      this.#target.longLine(number);
      return;
    }
    const from = number === 1 ? afterByteOrderMark(bytes, start, end) : start;
    this.#target.line(bytes, from, end > from && bytes[end - 1] === RETURN ? end - 1 : end, number);
  }
}
