/** Cuts a JSON array of any size into its elements without holding more than one of them. */
import { CarryOver } from "../readers/batcher.ts";

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Brackets outside of strings are counted, all else is left to whoever reads the elements. What follows the array counts as one
 * more element that is none.
 */
export class ElementSplitter {
  readonly #element: (bytes: Uint8Array | null, number: number) => void;
  readonly #carry = new CarryOver();
  #depth = 0;
  #inString = false;
  #escaped = false;
  #number = 0;
  #isFollowed = false;

  /** @param element takes an element's bytes, valid during the call; null for one that is longer than MAX_RECORD_BYTES or none. */
  constructor(element: (bytes: Uint8Array | null, number: number) => void) {
    this.#element = element;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.#depth < 0) {
        this.#isFollowed ||= byte > SPACE;
        continue;
      }
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

  /** Reports an array that is cut off, or followed by something, as a last element that is none. */
  finish(): void {
    if (this.#depth > 0 || this.#isFollowed) this.#element(null, ++this.#number);
  }

  #end(chunk: Uint8Array, start: number, end: number): void {
    this.#carry.append(chunk, start, end);
    const isBlank = !this.#carry.tooLong && this.#carry.bytes.subarray(0, this.#carry.length).every((byte) => byte <= SPACE);
    if (!isBlank) this.#element(this.#carry.tooLong ? null : this.#carry.bytes.subarray(0, this.#carry.length), ++this.#number);
    this.#carry.clear();
  }
}
