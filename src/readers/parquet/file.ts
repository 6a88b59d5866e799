import type { FileHandle } from "node:fs/promises";

/** Reads pieces of a file; small ones that follow each other are read together. What it gives is the caller's for good. */
export class FileWindow {
  readonly #handle: FileHandle;
  readonly #windowBytes: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(handle: FileHandle, windowBytes: number) {
    this.#handle = handle;
    this.#windowBytes = windowBytes;
  }

  /** @returns up to `length` bytes; fewer where the file ends before. */
  async read(start: number, length: number): Promise<Uint8Array> {
    const from = start - this.#start;
    if (from >= 0 && from + length <= this.#bytes.length) return this.#bytes.subarray(from, from + length);
    const bytes = await readBytes(this.#handle, start, Math.max(length, this.#windowBytes));
    if (length < this.#windowBytes) {
      this.#bytes = bytes;
      this.#start = start;
    }
    return bytes.subarray(0, length);
  }
}

/** @returns up to `length` bytes; fewer where the file ends before. */
export async function readBytes(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
