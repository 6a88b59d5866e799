/** UTF-16, with and without a byte order mark. */
import { TextDecoder, TextEncoder } from "node:util";

export type Utf16 = "UTF-16LE" | "UTF-16BE";

/** For a text without mark to be taken for UTF-16, as many of its units must be of the first 256 characters or Cyrillic ones, */
const LEAST_LETTERS = 0.7;
/** and no more may be control characters, as numbers are, or have 0 where text has its letters, as some emoji do. */
const MOST_ODD = 0.02;
/** Units of which one may be odd all the same. */
const SHORT_UNITS = 8;

/** @returns null where the mark is none of UTF-16; that of UTF-32 begins with the same bytes. */
export function utf16Mark(head: Uint8Array): Utf16 | null {
  if (head[0] === 0xfe && head[1] === 0xff) return "UTF-16BE";
  return head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0) ? "UTF-16LE" : null;
}

export function hasUtf32Mark(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

/** Judges by the halves of the units: in Latin and Cyrillic text nearly all upper ones are 0 or 4, and hardly a lower one is 0. */
export function utf16WithoutMark(sample: Uint8Array): Utf16 | null {
  if (isUtf16(sample, 1)) return "UTF-16LE";
  return isUtf16(sample, 0) ? "UTF-16BE" : null;
}

/** @param upperAt where in a unit its upper half is, 0 or 1 */
function isUtf16(sample: Uint8Array, upperAt: number): boolean {
  const units = sample.length >> 1;
  let [letters, odd] = [0, 0];
  for (let at = 0; at < 2 * units; at += 2) {
    const [upper, lower] = [sample[at + upperAt]!, sample[at + 1 - upperAt]!];
    if (upper === 0 || upper === 4) letters++;
    if (lower === 0 || (upper === 0 && lower < 0x20 && (lower < 0x09 || lower > 0x0d))) odd++;
  }
  return units >= 2 && letters >= LEAST_LETTERS * units && odd <= Math.max(MOST_ODD * units, units >= SHORT_UNITS ? 1 : 0);
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
