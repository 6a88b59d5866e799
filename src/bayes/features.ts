/**
 * Features of a message as numbers in a hashed table: words, pairs of neighbouring words, and runs of three to five
 * letters inside words, with the word's edges as letters. HOT.
 *
 *     ^қуу$ керек     words  қуу керек      pair  қуу+керек      runs  ^ку кууe.. ^куу куу$ ^куу$ ...
 *
 * Two features that hash alike share a weight. On held-back rows 2^18 places did as well as 2^20, and stay in the cache.
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { finishHash, HASH_START, hashLetter } from "../text/hash.ts";
import { lettersToString } from "../text/letters.ts";

/** Shortest and longest run of letters. */
const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;
/** Letters of a word beyond this give no runs. */
const WORD_LETTERS = 24;
const EDGE = 255;
/** Features a message can have; what is longer is judged by its beginning. */
export const FEATURE_LIMIT: number = 1 << 15;

const PAIR = 0x51ed270b;
const RUN = 0x2545f491;

const NOT_WORDS = FLAG.link | FLAG.mention;

/**
 * Writes the features of tokens [from, to) to `out` as indices below 2^bits, repeats included.
 * @param out at least FEATURE_LIMIT long
 * @returns how many.
 */
export function collectFeatures(tokens: TokenBatch, from: number, to: number, bits: number, out: Int32Array): number {
  const shift = 32 - bits;
  const { letters } = tokens;
  let count = 0;
  let previous = 0;
  for (let token = from; token < to; token++) {
    if ((tokens.flags[token]! & NOT_WORDS) !== 0) continue;
    const start = tokens.letter[token]!;
    const end = Math.min(tokens.letter[token + 1]!, start + WORD_LETTERS);
    if (count + (end - start + 2) * 3 + 2 > FEATURE_LIMIT) return count;
    const key = tokens.key[token]!;
    out[count++] = Math.imul(key, 0x9e3779b1) >>> shift;
    if (previous !== 0) out[count++] = Math.imul(finishHash(Math.imul(previous, PAIR) ^ key), 0x9e3779b1) >>> shift;
    previous = key;
    if (end - start < SHORTEST_RUN) continue;
    // Runs that begin at the edge before the word, then at each letter; a run may end with the edge after it.
    for (let first = start - 1; first + SHORTEST_RUN - 1 <= end; first++) {
      let state = hashLetter(HASH_START, first < start ? EDGE : letters[first]!);
      state = hashLetter(state, letters[first + 1]!);
      const stop = Math.min(first + LONGEST_RUN, end + 1);
      for (let at = first + 2; at < stop; at++) {
        state = hashLetter(state, at === end ? EDGE : letters[at]!);
        out[count++] = Math.imul(state ^ (state >>> 15), RUN) >>> shift;
      }
    }
  }
  return count;
}

/**
 * The same features by name, in the same order; for explanations, so it may allocate. A run shows the word's edges as ^ and $.
 */
export function nameFeatures(tokens: TokenBatch, from: number, to: number): string[] {
  const names: string[] = [];
  let previous = "";
  for (let token = from; token < to; token++) {
    if ((tokens.flags[token]! & NOT_WORDS) !== 0) continue;
    const start = tokens.letter[token]!;
    const end = Math.min(tokens.letter[token + 1]!, start + WORD_LETTERS);
    if (names.length + (end - start + 2) * 3 + 2 > FEATURE_LIMIT) return names;
    const word = lettersToString(tokens.letters, start, tokens.letter[token + 1]!);
    names.push(word);
    if (previous !== "") names.push(`${previous} ${word}`);
    previous = word;
    if (end - start < SHORTEST_RUN) continue;
    const framed = `^${word.slice(0, end - start)}$`;
    for (let first = 0; first + SHORTEST_RUN <= framed.length; first++) {
      for (let length = SHORTEST_RUN; length <= LONGEST_RUN && first + length <= framed.length; length++)
        names.push(framed.slice(first, first + length));
    }
  }
  return names;
}
