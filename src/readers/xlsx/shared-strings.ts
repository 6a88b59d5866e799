import { spaceMarks } from "./grid.ts";
import { TextRuns } from "./text-runs.ts";
import type { XmlTarget } from "./xml.ts";

const MAX_BYTES: number = 256 << 20;
const MAX_STRINGS: number = 1 << 26;

/** The texts that a workbook's cells share, by number: string i is `bytes[ends[i - 1], ends[i])`. */
export class SharedStrings implements XmlTarget {
  readonly #encoder = new TextEncoder();
  readonly #runs = new TextRuns();
  bytes: Uint8Array = new Uint8Array(1 << 16);
  #ends: Uint32Array = new Uint32Array(1 << 10);
  #count = 0;

  /** Whether there is a string of this number; whatever it is. */
  has(index: number): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.#count;
  }

  start(index: number): number {
    return index === 0 ? 0 : this.#ends[index - 1]!;
  }

  end(index: number): number {
    return this.#ends[index]!;
  }

  open(name: string): void {
    if (name === "si") this.#runs.start();
    else this.#runs.open(name);
  }

  text(data: string): void {
    this.#runs.text(data);
  }

  /** @throws Error if it is more than can be held */
  close(name: string): void {
    if (name === "si") this.#add(this.#runs.finish());
    else this.#runs.close(name);
  }

  #add(text: string): void {
    const start = this.#count === 0 ? 0 : this.#ends[this.#count - 1]!;
    const needed = start + text.length * 3;
    if (start > MAX_BYTES || this.#count === MAX_STRINGS) {
      throw new Error(`the texts that its cells share are more than ${MAX_BYTES >> 20} MiB, which is more than is held in memory`);
    }
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, start));
      this.bytes = grown;
    }
    if (this.#count === this.#ends.length) {
      const grown = new Uint32Array(this.#count * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    const end = start + this.#encoder.encodeInto(text, this.bytes.subarray(start)).written;
    spaceMarks(this.bytes, start, end);
    this.#ends[this.#count++] = end;
  }
}
