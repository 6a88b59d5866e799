/** UTF-16, with and without a byte order mark. */
import { TextDecoder, TextEncoder } from "node:util";

export type Utf16 = "UTF-16LE" | "UTF-16BE";

/** Of the units, as many must be characters of the first 256 or Cyrillic ones for a text without mark to be taken for UTF-16. */
const LEAST_SHARE = 0.7;

/** @returns null where the mark is none of UTF-16; that of UTF-32 begins with the same bytes. */
export function utf16Mark(head: Uint8Array): Utf16 | null {
  if (head[0] === 0xfe && head[1] === 0xff) return "UTF-16BE";
  return head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0) ? "UTF-16LE" : null;
}

export function hasUtf32Mark(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

/** Judges by the upper halves of the units: in Latin and Cyrillic text nearly all of them are 0 or 4, and the lower ones never 0. */
export function utf16WithoutMark(sample: Uint8Array): Utf16 | null {
  const units = sample.length >> 1;
  if (units < 2) return null;
  let [evenZeros, oddZeros, evenUpper, oddUpper] = [0, 0, 0, 0];
  for (let at = 0; at < 2 * units; at += 2) {
    const [even, odd] = [sample[at]!, sample[at + 1]!];
    if (even === 0) evenZeros++;
    if (odd === 0) oddZeros++;
    if (even === 0 || even === 4) evenUpper++;
    if (odd === 0 || odd === 4) oddUpper++;
  }
  if (evenZeros === 0 && oddUpper >= LEAST_SHARE * units) return "UTF-16LE";
  return oddZeros === 0 && evenUpper >= LEAST_SHARE * units ? "UTF-16BE" : null;
}

/** Turns UTF-16 into UTF-8; half a pair becomes U+FFFD. */
export class Utf16Decoder {
  readonly #decoder: TextDecoder;
  readonly #encoder: TextEncoder = new TextEncoder();

  /** The mark must have been taken off. */
  constructor(encoding: Utf16) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  decode(bytes: Uint8Array): Uint8Array {
    return this.#encoder.encode(this.#decoder.decode(bytes, { stream: true }));
  }

  finish(): Uint8Array {
    return this.#encoder.encode(this.#decoder.decode());
  }
}
