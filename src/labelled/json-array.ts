/** Cuts a JSON array of any size into its elements without holding more than one of them. */
import { CarryOver } from "../readers/batcher.ts";

const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Brackets outside of strings are counted, all else is left to whoever reads the elements. Behind the end of the array nothing
 * is read.
 */
export class ElementSplitter {
  readonly #element: (bytes: Uint8Array | null, number: number) => void;
  readonly #carry = new CarryOver();
  #depth = 0;
  #inString = false;
  #escaped = false;
  #number = 0;

  /** @param element takes an element's bytes, valid during the call; null for one longer than MAX_RECORD_BYTES or cut off. */
  constructor(element: (bytes: Uint8Array | null, number: number) => void) {
    this.#element = element;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length && this.#depth >= 0; at++) {
      const byte = chunk[at]!;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        if (this.#depth++ === 0) start = at + 1;
      } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
        if (--this.#depth > 0) continue;
        this.#end(chunk, start, at);
        this.#depth = -1;
      } else if (byte === COMMA && this.#depth === 1) {
        this.#end(chunk, start, at);
        start = at + 1;
      }
    }
    if (this.#depth > 0) this.#carry.append(chunk, start, chunk.length);
  }

  /** Reports an array that is cut off as a last element that is none. */
  finish(): void {
    if (this.#depth > 0) this.#element(null, ++this.#number);
  }

  #end(chunk: Uint8Array, start: number, end: number): void {
    this.#carry.append(chunk, start, end);
    const isBlank = !this.#carry.tooLong && this.#carry.bytes.subarray(0, this.#carry.length).every((byte) => byte <= 32);
    if (!isBlank) this.#element(this.#carry.tooLong ? null : this.#carry.bytes.subarray(0, this.#carry.length), ++this.#number);
    this.#carry.clear();
  }
}
