/** Largest page, packed or unpacked. Writers cut pages at 1 MiB or some thousand rows, unless single values are huge. */
export const MAX_PAGE_BYTES: number = 256 << 20;
/** Most entries of a page: what repeats packs to nothing, so a row group of few different values may be one page. */
export const MAX_PAGE_ENTRIES: number = 1 << 24;
/** Pages and dictionaries of all columns that are held at once. */
const MAX_HELD_BYTES: number = 768 << 20;

/** Counts what all columns hold together. */
export class Budget {
  #held = 0;

  /** @throws Error if it becomes too much */
  take(bytes: number): void {
    this.#held += bytes;
    if (this.#held > MAX_HELD_BYTES) throw new Error(`its columns would take more than ${MAX_HELD_BYTES >> 20} MiB of memory at once`);
  }

  giveBack(bytes: number): void {
    this.#held -= bytes;
  }
}
