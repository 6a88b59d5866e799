import { copyBytes, MAX_RECORD_BYTES } from "../batcher.ts";
import { encodeString, MAX_JSON_GROWTH } from "../json/text.ts";

const QUOTE = 34;
const NEWLINE = 10;

/** Where lines are written to. A line that is longer than a record may be breaks off: whoever reads it will not keep it. */
export class JsonLines {
  #bytes: Uint8Array;
  readonly #size: number;
  #lineStart = 0;
  length = 0;

  /** @param size of the memory that `take` gives away, roughly. */
  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(size);
  }

  /** The lines so far, for good. One that is not ended is dropped. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#lineStart);
    this.#bytes = new Uint8Array(this.#size);
    this.length = 0;
    this.#lineStart = 0;
    return taken;
  }

  endLine(): void {
    this.#reserve(1);
    this.#bytes[this.length++] = NEWLINE;
    this.#lineStart = this.length;
  }

  /** Appends ASCII. */
  ascii(text: string): void {
    if (this.#isTooLong()) return;
    this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.length++] = text.charCodeAt(i);
  }

  /** Appends bytes as they are. */
  raw(bytes: Uint8Array): void {
    if (this.#isTooLong()) return;
    this.#reserve(bytes.length);
    this.length = copyBytes(bytes, 0, bytes.length, this.#bytes, this.length);
  }

  /** Appends `bytes[start, end)` as a string. */
  string(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isTooLong()) return;
    const kept = Math.min(end, start + MAX_RECORD_BYTES + 1);
    this.#reserve((kept - start) * MAX_JSON_GROWTH + 2);
    this.#bytes[this.length++] = QUOTE;
    this.length = encodeString(bytes, start, kept, this.#bytes, this.length);
    this.#bytes[this.length++] = QUOTE;
  }

  /** Makes what was appended from `start` on a string, if it is none. */
  quoteFrom(start: number): void {
    if (this.#isTooLong() || this.#bytes[start] === QUOTE) return;
    this.#reserve(2);
    this.#bytes.copyWithin(start + 1, start, this.length);
    this.#bytes[start] = QUOTE;
    this.#bytes[this.length + 1] = QUOTE;
    this.length += 2;
  }

  #isTooLong(): boolean {
    return this.length - this.#lineStart > MAX_RECORD_BYTES;
  }

  #reserve(byteLength: number): void {
    const needed = this.length + byteLength;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
