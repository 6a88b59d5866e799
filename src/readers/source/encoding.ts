/**
 * From text in any of the encodings that chats come in to UTF-8 without byte order mark. What a text is taken for is a
 * matter of its bytes alone, not of how they are cut into chunks, and what is UTF-8 is handed on line by line:
 *
 *     ASCII          passes, and settles nothing
 *     from the first byte above 127 on bytes are held, until
 *       a line ends  and all is UTF-8: the line passes; three characters of it settle the matter
 *       64 KiB came, or the end, and not all is UTF-8: what most of it is settles the matter
 *
 * Broken bytes in UTF-8 (an export that was cut, logs that were joined) are left to the readers.
 */
import { isAscii } from "node:buffer";
import { FormatError } from "../../core/error.ts";
import { type Charset, SingleByteDecoder } from "./charsets.ts";
import { DECLARATION_BYTES, declaredCharset } from "./declared.ts";
import { guessCharset } from "./guess.ts";
import { Utf8Census } from "./utf8-census.ts";
import { hasUtf32Mark, type Utf16, Utf16Decoder, utf16Mark, utf16WithoutMark } from "./utf16.ts";

export type Encoding = "UTF-8" | "UTF-8 with BOM" | Utf16 | Charset;

const HELD_BYTES = 64 << 10;
/** The longest byte order mark. */
const MARK_BYTES = 4;
const ENOUGH_CHARACTERS = 3;
/** How much ASCII is looked at in guessing what follows it. */
const CONTEXT_BYTES = 64;
const LINE_FEED = 0x0a;

type ByteSink = (bytes: Uint8Array) => void;

/** What becomes of bytes once the encoding is certain. */
interface Settled {
  push(bytes: Uint8Array): void;
  finish(): void;
}

export class TextDecoding {
  readonly #path: string;
  readonly #sink: ByteSink;
  readonly #onEncoding: (encoding: Encoding) => void;
  #settled: Settled | null = null;
  /** The beginning of the file, where a page may say what it is in. */
  readonly #head: Uint8Array = new Uint8Array(DECLARATION_BYTES);
  #headLength = 0;
  /** Bytes not handed on; made when first needed. */
  #held: Uint8Array = new Uint8Array(MARK_BYTES);
  #heldLength = 0;
  #isHolding = true;
  /** What is held is the beginning of the file, and there is more of it to see before anything is said. */
  #isBeginning = true;
  /** What is held is the beginning of the file and may be UTF-16: no byte of it ends a line. */
  #isStrange = false;
  /** The ASCII before what is held, on its line. */
  #before: Uint8Array = new Uint8Array(0);
  readonly #census: Utf8Census = new Utf8Census();

  /**
   * @param path for messages of errors
   * @param sink takes bytes for good; they may be part of a chunk that was pushed
   * @param onEncoding called once, as soon as the encoding is certain
   */
  constructor(path: string, sink: ByteSink, onEncoding: (encoding: Encoding) => void = () => {}) {
    this.#path = path;
    this.#sink = sink;
    this.#onEncoding = onEncoding;
  }

  /** @throws FormatError E_ENCODING for UTF-32 */
  push(chunk: Uint8Array): void {
    if (this.#headLength < DECLARATION_BYTES) {
      const piece = chunk.subarray(0, DECLARATION_BYTES - this.#headLength);
      this.#head.set(piece, this.#headLength);
      this.#headLength += piece.length;
    }
    // The usual beginning needs not be held.
    if (this.#isBeginning && this.#heldLength === 0 && chunk.length >= 2 && isPlain(chunk[0]!) && isPlain(chunk[1]!))
      this.#isBeginning = this.#isHolding = false;
    let at = 0;
    while (at < chunk.length) {
      if (this.#settled !== null) {
        this.#settled.push(at === 0 ? chunk : chunk.subarray(at));
        return;
      }
      at = this.#isHolding ? this.#hold(chunk, at) : this.#pass(chunk, at);
    }
  }

  finish(): void {
    if (this.#settled === null && this.#heldLength > 0) {
      this.#census.breakOff();
      if (this.#isBeginning) this.#begin();
      if (this.#settled === null) this.#decide();
    }
    if (this.#settled === null) this.#settle("UTF-8");
    this.#settled!.finish();
  }

  /** Hands on ASCII. @returns where it ends. */
  #pass(chunk: Uint8Array, start: number): number {
    const rest = start === 0 ? chunk : chunk.subarray(start);
    let length = rest.length;
    if (!isAscii(rest)) for (length = 0; rest[length]! < 0x80; ) length++;
    if (length > 0) {
      this.#sink(rest.subarray(0, length));
      this.#before = Buffer.concat([this.#before, rest.subarray(Math.max(0, length - CONTEXT_BYTES), length)]).subarray(-CONTEXT_BYTES);
      this.#census.breakOff();
    }
    this.#isHolding = length < rest.length;
    return start + length;
  }

  /** Takes bytes until something about them is certain. @returns where those end that it took. */
  #hold(chunk: Uint8Array, start: number): number {
    if (!this.#isBeginning && this.#held.length < HELD_BYTES) {
      const held = new Uint8Array(HELD_BYTES);
      held.set(this.#held);
      this.#held = held;
    }
    for (let at = start; at < chunk.length; ) {
      const byte = chunk[at++]!;
      this.#held[this.#heldLength++] = byte;
      this.#census.push(byte);
      if (this.#isBeginning) {
        if (!this.#isBegun()) continue;
        this.#begin();
        return at;
      }
      if (this.#heldLength === HELD_BYTES || (byte === LINE_FEED && this.#census.invalid === 0 && !this.#isStrange)) {
        this.#decide();
        return at;
      }
    }
    return chunk.length;
  }

  /** Looks at the first bytes. */
  #begin(): void {
    const head = this.#held.subarray(0, this.#heldLength);
    this.#isBeginning = false;
    if (hasUtf32Mark(head))
      throw new FormatError(
        "E_ENCODING",
        `${this.#path}: the text is in UTF-32, which nearly no program writes. Save it as UTF-8 (iconv -f UTF-32 -t UTF-8).`,
      );
    const utf16 = utf16Mark(head);
    if (utf16 !== null) this.#settle(utf16, 2);
    else if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) this.#settle("UTF-8 with BOM", 3);
    else if (head.every(isPlain)) this.#release(head.slice());
    else this.#isStrange = head.some((byte) => byte < 0x80 && !isPlain(byte));
  }

  /** Says what the held bytes are, as far as they tell. */
  #decide(): void {
    const held = this.#held.subarray(0, this.#heldLength);
    const { valid, invalid } = this.#census;
    const utf16 = this.#isStrange ? utf16WithoutMark(held) : null;
    if (utf16 !== null) this.#settle(utf16);
    else if (invalid === 0 && valid < ENOUGH_CHARACTERS) this.#release();
    else if (valid >= invalid) this.#settle("UTF-8");
    else
      this.#settle(
        declaredCharset(this.#head.subarray(0, this.#headLength)) ?? guessCharset(Buffer.concat([this.#before, held])) ?? "UTF-8",
      );
  }

  /** Whether there are bytes enough for a byte order mark, or there can be none. */
  #isBegun(): boolean {
    if (this.#heldLength === MARK_BYTES) return true;
    return this.#heldLength >= 2 && (this.#census.valid > 0 || this.#held.subarray(0, this.#heldLength).every(isPlain));
  }

  /** Hands on what is held, for it is UTF-8 so far. @param before what of it is ASCII on a line that goes on */
  #release(before: Uint8Array = new Uint8Array(0)): void {
    if (this.#heldLength > 0) this.#sink(this.#held.slice(0, this.#heldLength));
    this.#before = before;
    this.#heldLength = 0;
    this.#isHolding = false;
    this.#isStrange = false;
  }

  /** @param skipped bytes of what is held that are no text */
  #settle(encoding: Encoding, skipped = 0): void {
    this.#settled = decoderOf(encoding, this.#sink);
    this.#onEncoding(encoding);
    if (this.#heldLength > skipped) this.#settled.push(this.#held.slice(skipped, this.#heldLength));
    this.#heldLength = 0;
  }
}

/** Text, and not a control character. */
function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x80) || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
}

function decoderOf(encoding: Encoding, sink: ByteSink): Settled {
  if (encoding === "UTF-8" || encoding === "UTF-8 with BOM") return { push: sink, finish: () => {} };
  if (encoding === "UTF-16LE" || encoding === "UTF-16BE") {
    const decoder = new Utf16Decoder(encoding);
    return { push: (bytes) => sink(decoder.decode(bytes)), finish: () => sink(decoder.finish()) };
  }
  const decoder = new SingleByteDecoder(encoding);
  return { push: (bytes) => decoder.decode(bytes, sink), finish: () => {} };
}
