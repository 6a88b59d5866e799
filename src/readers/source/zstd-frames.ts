import { FormatError } from "../../core/error.ts";

const MAGIC = 0xfd2fb528;
/** Of frames to be skipped, without the four bits that say of which kind. */
const SKIPPED_MAGIC = 0x184d2a50;
const RUN_BLOCK = 1;
const LONGEST_HEADER = 18;

export interface ZstdPiece {
  readonly bytes: Uint8Array;
  readonly endsFrame: boolean;
}

/**
 * Follows frames and blocks of Zstandard (RFC 8878, section 3.1) without decoding them: lets no frame pass that asks for too
 * much memory, takes out those that are to be skipped, tells frames apart, for Node's decoder stops after one, and knows
 * whether all is there.
 */
export class ZstdFrames {
  readonly #path: string;
  readonly #maxWindowBytes: number;
  readonly #header: Buffer = Buffer.alloc(LONGEST_HEADER);
  #headerLength = 0;
  /** Another block is to come. */
  #isInFrame = false;
  /** The last byte of a frame is to come. */
  #isOpen = false;
  #hasChecksum = false;
  /** Bytes until the next header, and whether they are taken out. */
  #content = 0;
  #isSkipped = false;
  /** What is wrong, if anything: nothing passes from there on. */
  #error: Error | null = null;

  constructor(path: string, maxWindowBytes: number) {
    this.#path = path;
    this.#maxWindowBytes = maxWindowBytes;
  }

  /** @returns what of the bytes, and of headers that began before, is to be decoded, cut where frames end. */
  pass(bytes: Uint8Array): ZstdPiece[] {
    const passed = Buffer.alloc(bytes.length + LONGEST_HEADER);
    const pieces: ZstdPiece[] = [];
    let [start, length] = [0, 0];
    const take = (content: Uint8Array): void => {
      if (this.#isSkipped) return;
      passed.set(content, length);
      length += content.length;
    };
    for (let at = 0; at < bytes.length && this.#error === null; ) {
      if (this.#content > 0) {
        const end = Math.min(bytes.length, at + this.#content);
        take(bytes.subarray(at, end));
        this.#content -= end - at;
        at = end;
      } else {
        this.#header[this.#headerLength++] = bytes[at++]!;
        if (!(this.#isInFrame ? this.#readBlockHeader() : this.#readFrameHeader())) continue;
        take(this.#header.subarray(0, this.#headerLength));
        this.#headerLength = 0;
      }
      if (this.#isOpen && !this.#isInFrame && this.#content === 0) {
        this.#isOpen = false;
        pieces.push({ bytes: passed.subarray(start, length), endsFrame: true });
        start = length;
      }
    }
    if (length > start) pieces.push({ bytes: passed.subarray(start, length), endsFrame: false });
    return pieces;
  }

  /** @throws FormatError E_ZSTD for a window that is too large, else an Error saying what is wrong */
  finish(): void {
    if (this.#error !== null) throw this.#error;
    if (this.#isOpen || this.#content > 0 || this.#headerLength > 0) throw new Error("unexpected end");
  }

  /** @returns whether the header is complete. */
  #readBlockHeader(): boolean {
    if (this.#headerLength < 3) return false;
    const header = this.#header.readUIntLE(0, 3);
    this.#content = ((header >> 1) & 3) === RUN_BLOCK ? 1 : header >> 3;
    if ((header & 1) === 1) {
      this.#isInFrame = false;
      if (this.#hasChecksum) this.#content += 4;
    }
    return true;
  }

  /** @returns whether the header is complete and sound. */
  #readFrameHeader(): boolean {
    if (this.#headerLength < 5) return false;
    const magic = this.#header.readUInt32LE(0);
    this.#isSkipped = (magic & 0xfffffff0) >>> 0 === SKIPPED_MAGIC;
    if (this.#isSkipped) {
      if (this.#headerLength < 8) return false;
      this.#content = this.#header.readUInt32LE(4);
      return true;
    }
    if (magic !== MAGIC) {
      this.#error = new Error("something else follows it");
      return false;
    }
    const flags = this.#header[4]!;
    const isSingle = (flags & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
    const sizeBytes = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
    const start = isSingle ? 5 : 6;
    if (this.#headerLength < start + dictionaryBytes + sizeBytes) return false;
    const window = isSingle ? this.#contentSize(start + dictionaryBytes, sizeBytes) : windowSize(this.#header[5]!);
    if (window > this.#maxWindowBytes) {
      this.#error = new FormatError(
        "E_ZSTD",
        `${this.#path}: the Zstandard data was packed with a window of ${window} bytes, more than the ${this.#maxWindowBytes} that are unpacked here. Unpack it (zstd -d --long=31) and give the file itself.`,
      );
      return false;
    }
    this.#isInFrame = true;
    this.#isOpen = true;
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
