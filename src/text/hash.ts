/** Hashes of folded letters, one at a time. The keys of whole words are the tokenizer's own (text/kernel/tokens.ts). */

export const HASH_START: number = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;

/** Adds one folded letter to a running hash that began as `HASH_START`. */
export function hashLetter(state: number, letter: number): number {
  return Math.imul(state ^ letter, HASH_PRIME);
}

/** Ends a running hash: spreads its bits so that any of them can index a table. */
export function finishHash(state: number): number {
  let key = state ^ (state >>> 15);
  key = Math.imul(key, 0x2c1b3c6d);
  key ^= key >>> 12;
  key = Math.imul(key, 0x297a2d39);
  return key ^ (key >>> 15);
}

/** Hash of `letters[start, end)`. */
export function hashLetters(letters: ArrayLike<number>, start: number, end: number): number {
  let state = HASH_START;
  for (let at = start; at < end; at++) state = hashLetter(state, letters[at]!);
  return finishHash(state);
}

/** Letters that a token's `prefix` covers. */
export const PREFIX_LETTERS = 4;

/** What the tokenizer gives as `prefix` of a word that begins with the first `length` of `letters`, at most PREFIX_LETTERS. */
export function prefixOf(letters: ArrayLike<number>, length: number): number {
  let packed = 0;
  for (let k = 0; k < length; k++) packed |= letters[k]! << (8 * k);
  return Math.imul(packed, 0x2c1b3c6d);
}

const LOW_FACTOR = 0x9e3779b97f4a7c15n;
const HIGH_FACTOR = 0x2545f4914f6cdd1dn;
const LAST_FACTOR = 0x58476d1ce4e5b9b1n;

/**
 * What the tokenizer gives as `key` of a word of these letters: blocks of sixteen as two numbers of 64 bits, each times a
 * factor. For tables that are built once; the kernel has 64 bits at hand, here they cost a microsecond.
 */
export function wordKey(letters: Uint8Array): number {
  const padded = new Uint8Array(Math.ceil(letters.length / 16) * 16);
  padded.set(letters);
  const halves = new BigUint64Array(padded.buffer);
  let state = 0n;
  for (let at = 0; at < halves.length; at += 2) {
    state = BigInt.asUintN(64, (state << 29n) | (state >> 35n));
    state = BigInt.asUintN(64, state + halves[at]! * LOW_FACTOR + halves[at + 1]! * HIGH_FACTOR);
  }
  return Number(BigInt.asIntN(32, BigInt.asUintN(64, (state ^ (state >> 32n)) * LAST_FACTOR) >> 32n));
}
