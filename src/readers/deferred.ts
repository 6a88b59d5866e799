import { CarryOver } from "./batcher.ts";
import { HEAD_BYTES, NOTHING_TO_REPORT, type Reader, type ReaderReport } from "./reader.ts";

/**
 * Opens a reader by what a file begins with, where one format is written in several ways.
 * @param beginning is what has come, up to HEAD_BYTES; `isAll` that no more of it is to be waited for.
 * @returns null to wait for more; must not depend on how the bytes are cut, so it decides by the first byte that tells.
 */
export type ReaderChoice = (beginning: Uint8Array, isAll: boolean) => Reader | null;

/** Waits for the bytes that tell and leaves all of them to the reader that is chosen. */
export class DeferredReader implements Reader {
  readonly #choose: ReaderChoice;
  readonly #beginning = new CarryOver();
  #reader: Reader | null = null;

  constructor(choose: ReaderChoice) {
    this.#choose = choose;
  }

  push(chunk: Uint8Array): void {
    if (this.#reader !== null) {
      this.#reader.push(chunk);
      return;
    }
    const taken = Math.min(chunk.length, HEAD_BYTES - this.#beginning.length);
    this.#beginning.append(chunk, 0, taken);
    if (this.#start(this.#beginning.length === HEAD_BYTES)) this.push(chunk.subarray(taken));
  }

  flush(): void {
    this.#reader?.flush();
  }

  finish(): void {
    this.#start(true);
    this.#reader!.finish();
  }

  report(): ReaderReport {
    return this.#reader?.report() ?? NOTHING_TO_REPORT;
  }

  /** @returns whether there is a reader. */
  #start(isAll: boolean): boolean {
    if (this.#reader !== null) return true;
    const beginning = this.#beginning.bytes.subarray(0, this.#beginning.length);
    this.#reader = this.#choose(beginning, isAll);
    if (this.#reader === null) return false;
    this.#reader.push(beginning);
    this.#beginning.clear();
    return true;
  }
}
