/** Readings of a disguised word that a lexicon knows. */
import { ANY_LETTER, MOST_OPTIONS, MOST_POSITIONS, NOTHING, type Positions } from "../text/spellings.ts";
import { CYRILLIC_BASE, LATIN_BASE, lettersToString } from "../text/letters.ts";
import type { Script } from "../text/spellings.ts";
import type { Accept } from "../text/transliterate.ts";
import type { CompiledLexicon } from "./compile.ts";
import { isListed } from "./match.ts";

/** Of fewer letters every word is near some entry. */
const SHORTEST_WORD = 3;
const SHORTEST_WITH_ANY = 4;

const letters = new Uint8Array(MOST_POSITIONS);

/**
 * The first reading of `positions`, in the order of their options, that is accepted.
 * @param budget steps left, counted down: what a message can cost is bounded
 * @returns its letters, null if there is none
 */
export function readPositions(accept: Accept, positions: Positions, script: Script, budget: { steps: number }): Uint8Array | null {
  const [first, count] = script === "cyrillic" ? [CYRILLIC_BASE, 32] : [LATIN_BASE, 26];
  const step = (place: number, length: number, anyLetters: number): number => {
    if (budget.steps-- <= 0) return 0;
    if (place === positions.count)
      return length >= (anyLetters > 0 ? SHORTEST_WITH_ANY : SHORTEST_WORD) && accept(letters, length) ? length : 0;
    for (let k = 0; k < positions.counts[place]!; k++) {
      const option = positions.options[place * MOST_OPTIONS + k]!;
      let found = 0;
      if (option === NOTHING) found = step(place + 1, length, anyLetters);
      else if (option === ANY_LETTER) {
        for (let letter = first; found === 0 && letter < first + count; letter++) {
          letters[length] = letter;
          found = step(place + 1, length + 1, anyLetters + 1);
        }
      } else {
        letters[length] = option;
        found = step(place + 1, length + 1, anyLetters);
      }
      if (found > 0) return found;
    }
    return 0;
  };
  const length = step(0, 0, 0);
  return length > 0 ? letters.slice(0, length) : null;
}

/**
 * All that a lexicon knows of words: its entries, and the words of its phrases. Made at the first message that is read
 * again, so it costs others nothing.
 */
export class Vocabulary {
  readonly #lexicon: CompiledLexicon;
  readonly #phraseWords = new Set<string>();
  readonly #beginnings = new Set<number>();
  readonly #ordinary: ReadonlySet<string>;

  /** @param ordinary words that mean nothing to the lexicon, as readOrdinaryWords gives them */
  constructor(lexicon: CompiledLexicon, ordinary: readonly string[] = []) {
    this.#lexicon = lexicon;
    this.#ordinary = new Set(ordinary);
    const { recordStart, recordEnd, recordPhrase, pool, wordLetter, wordPool } = lexicon;
    for (let record = 0; record < recordStart.length; record++) {
      const [start, end] = [recordStart[record]!, recordEnd[record]!];
      this.#begins(pool, start, end);
      if (recordPhrase[record]! >= 0) this.#phraseWords.add(String.fromCharCode(...pool.subarray(start, end)));
    }
    for (let word = 0; word + 1 < wordLetter.length; word++) {
      const [start, end] = [wordLetter[word]!, wordLetter[word + 1]!];
      this.#begins(wordPool, start, end);
      this.#phraseWords.add(String.fromCharCode(...wordPool.subarray(start, end)));
    }
  }

  #begins(from: Uint8Array, start: number, end: number): void {
    this.#beginnings.add(pack(from, start, Math.min(3, end - start)));
  }

  /** Whether `letters[0, length)` is a word of it. */
  readonly has = (letters: Uint8Array, length: number): boolean =>
    isListed(this.#lexicon, letters, length) || this.#phraseWords.has(String.fromCharCode(...letters.subarray(0, length)));

  /** Whether `letters[0, length)` is a word of everyday talk. */
  readonly isOrdinary = (letters: Uint8Array, length: number): boolean => this.#ordinary.has(lettersToString(letters, 0, length));

  /** Whether a word of it may begin with the first three of `letters`. */
  readonly mayBegin = (letters: Uint8Array, length: number): boolean =>
    length < 3 || this.#beginnings.has(pack(letters, 0, 3)) || this.#beginnings.has(pack(letters, 0, 2));
}

function pack(from: Uint8Array, at: number, length: number): number {
  let packed = 0;
  for (let k = 0; k < length; k++) packed = (packed << 8) | from[at + k]!;
  return packed;
}
