/** Zstandard in JavaScript, for a Node that has no decoder of its own (before 22.15). */
import { FormatError } from "../../core/error.ts";

/** Above this fzstd reads distances wrongly, and memory is asked for before there is anything to put into it. */
const MAX_WINDOW_BYTES = 32 << 20;
/** A block of four bytes may become 128 KiB, so that little may be pushed at once: this much becomes 32 MiB at most. */
const PIECE_BYTES = 1024;
const CHUNK_BYTES = 256 << 10;

/** @throws Error for damaged data, FormatError E_ZSTD for a window that is too large; checksums are not checked. */
export async function* unpackZstd(path: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import("fzstd"); // only such files pay for it
  let blocks: Uint8Array[] = [];
  let length = 0;
  const decoder = new Decompress((block) => {
    blocks.push(block);
    length += block.length;
  });
  const take = (): Uint8Array => {
    const chunk = new Uint8Array(length);
    let at = 0;
    for (const block of blocks) {
      chunk.set(block, at);
      at += block.length;
    }
    [blocks, length] = [[], 0];
    return chunk;
  };
  const frames = new FrameScanner(path);
  for await (const chunk of packed) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      const piece = chunk.subarray(start, start + PIECE_BYTES);
      frames.push(piece);
      decoder.push(piece);
      if (length >= CHUNK_BYTES) yield take();
    }
    if (length > 0) yield take(); // a slow pipe is not waited for
  }
  decoder.push(new Uint8Array(0), true);
  if (length > 0) yield take();
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const RUN_BLOCK = 1;

/** Follows frames and blocks (RFC 8878, section 3.1) only to see how large a window each frame asks for. */
class FrameScanner {
  readonly #path: string;
  readonly #header: Buffer = Buffer.alloc(18);
  #headerLength = 0;
  #isInFrame = false;
  #hasChecksum = false;
  /** Bytes until the next header. */
  #skip = 0;

  constructor(path: string) {
    this.#path = path;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const passed = Math.min(this.#skip, bytes.length - at);
      this.#skip -= passed;
      at += passed;
      if (at === bytes.length) return;
      this.#header[this.#headerLength++] = bytes[at++]!;
      if (this.#isInFrame ? this.#readBlockHeader() : this.#readFrameHeader()) this.#headerLength = 0;
    }
  }

  /** @returns whether the header is complete. */
  #readBlockHeader(): boolean {
    if (this.#headerLength < 3) return false;
    const header = this.#header.readUIntLE(0, 3);
    this.#skip = ((header >> 1) & 3) === RUN_BLOCK ? 1 : header >> 3;
    if ((header & 1) === 1) {
      this.#isInFrame = false;
      if (this.#hasChecksum) this.#skip += 4;
    }
    return true;
  }

  #readFrameHeader(): boolean {
    if (this.#headerLength < 5) return false;
    const magic = this.#header.readUInt32LE(0);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      if (this.#headerLength < 8) return false;
      this.#skip = this.#header.readUInt32LE(4);
      return true;
    }
    if (magic !== MAGIC) throw new Error("something else follows it");
    const flags = this.#header[4]!;
    const isSingle = (flags & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
    const sizeBytes = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
    const start = isSingle ? 5 : 6;
    if (this.#headerLength < start + dictionaryBytes + sizeBytes) return false;
    const window = isSingle ? this.#contentSize(start + dictionaryBytes, sizeBytes) : windowSize(this.#header[5]!);
    if (window > MAX_WINDOW_BYTES)
      throw new FormatError(
        "E_ZSTD",
        `${this.#path}: the Zstandard data was packed with a window of ${window} bytes, more than the ${MAX_WINDOW_BYTES} that are unpacked here. Unpack it (zstd -d --long=31) and give the file itself.`,
      );
    this.#isInFrame = true;
    this.#hasChecksum = (flags & 4) !== 0;
    return true;
  }

  #contentSize(at: number, byteLength: number): number {
    if (byteLength === 8) return this.#header.readUInt32LE(at) + this.#header.readUInt32LE(at + 4) * 2 ** 32;
    return this.#header.readUIntLE(at, byteLength) + (byteLength === 2 ? 256 : 0);
  }
}

function windowSize(descriptor: number): number {
  return 2 ** (10 + (descriptor >> 3)) * (1 + (descriptor & 7) / 8);
}
