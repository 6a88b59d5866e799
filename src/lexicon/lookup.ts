/** Readings of a disguised word that a lexicon knows. */

import { hashLetters } from "../text/hash.ts";
import { CYRILLIC_BASE, LATIN_BASE, letterOf } from "../text/letters.ts";
import { ANY_LETTER, MOST_OPTIONS, MOST_POSITIONS, NOTHING, type Positions, type Script } from "../text/spellings.ts";
import type { Accept, MayBegin } from "../text/transliterate.ts";
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
export function readPositions(
  mayBegin: MayBegin,
  accept: Accept,
  positions: Positions,
  script: Script,
  budget: { steps: number },
): Uint8Array | null {
  const [first, count] = script === "cyrillic" ? [CYRILLIC_BASE, 32] : [LATIN_BASE, 26];
  const step = (place: number, length: number, anyLetters: number): number => {
    if (budget.steps-- <= 0 || (length === 3 && !mayBegin(letters, length))) return 0;
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

/** A set of words as hashes of their letters. Two that hash alike are taken for one another: what is read is confirmed when it is matched. */
class WordSet {
  #slots = new Int32Array(1 << 10);
  #size = 0;

  add(hash: number): void {
    if (this.#size * 2 > this.#slots.length) {
      const old = this.#slots;
      this.#slots = new Int32Array(old.length * 4);
      for (const kept of old) if (kept !== 0) this.#place(kept);
    }
    if (this.#place(hash || 1)) this.#size++;
  }

  has(hash: number): boolean {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) if (this.#slots[slot] === (hash || 1)) return true;
    return false;
  }

  #place(hash: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== hash) slot = (slot + 1) & mask;
    const isNew = this.#slots[slot] === 0;
    this.#slots[slot] = hash;
    return isNew;
  }
}

/**
 * All that a lexicon knows of words: its entries, and the words of its phrases. Made at the first message that is read
 * again, in some milliseconds.
 */
export class Vocabulary {
  readonly #lexicon: CompiledLexicon;
  readonly #classes: number;
  readonly #phraseWords = new WordSet();
  readonly #beginnings = new WordSet();
  readonly #readOrdinary: () => readonly string[];
  #ordinary: WordSet | null = null;

  /**
   * @param classes bits of the classes whose entries count
   * @param readOrdinary gives words that mean nothing to the lexicon, as readOrdinaryWords does; asked when they matter
   */
  constructor(lexicon: CompiledLexicon, classes: number, readOrdinary: () => readonly string[]) {
    this.#lexicon = lexicon;
    this.#classes = classes;
    this.#readOrdinary = readOrdinary;
    const { recordStart, recordEnd, recordEntry, recordParadigm, recordPhrase, pool, phraseWord, wordLetter, wordPool } = lexicon;
    for (let record = 0; record < recordStart.length; record++) {
      if ((lexicon.classBits[recordEntry[record]!]! & classes) === 0) continue;
      const phrase = recordPhrase[record]!;
      this.#add(pool, recordStart[record]!, recordEnd[record]!, phrase >= 0);
      if (phrase < 0) continue;
      // The last word of a phrase may take endings: which, only the matcher knows.
      const last = phraseWord[phrase + 1]! - (recordParadigm[record]! >= 0 ? 1 : 0);
      for (let word = phraseWord[phrase]!; word < last; word++) this.#add(wordPool, wordLetter[word]!, wordLetter[word + 1]!, true);
    }
  }

  #add(from: Uint8Array, start: number, end: number, ofPhrase: boolean): void {
    this.#beginnings.add(pack(from, start, Math.min(3, end - start)));
    if (ofPhrase) this.#phraseWords.add(hashLetters(from, start, end));
  }

  /** Whether `letters[0, length)` is a word of it. */
  readonly has = (letters: Uint8Array, length: number): boolean =>
    this.mayBegin(letters, length) &&
    (this.#phraseWords.has(hashLetters(letters, 0, length)) || isListed(this.#lexicon, letters, length, this.#classes));

  /** Whether `letters[0, length)` is a word of everyday talk. */
  readonly isOrdinary = (letters: Uint8Array, length: number): boolean => {
    this.#ordinary ??= this.#foldOrdinary();
    return this.#ordinary.has(hashLetters(letters, 0, length));
  };

  /** Whether a word of it may begin with the first three of `letters`. */
  readonly mayBegin = (letters: Uint8Array, length: number): boolean =>
    length < 3 || this.#beginnings.has(pack(letters, 0, 3)) || this.#beginnings.has(pack(letters, 0, 2));

  #foldOrdinary(): WordSet {
    const set = new WordSet();
    const letters = new Uint8Array(MOST_POSITIONS);
    for (const word of this.#readOrdinary()) {
      const length = Math.min(word.length, letters.length);
      for (let k = 0; k < length; k++) letters[k] = letterOf(word[k]!);
      if (length > 0) set.add(hashLetters(letters, 0, length));
    }
    return set;
  }
}

function pack(from: Uint8Array, at: number, length: number): number {
  let packed = 0;
  for (let k = 0; k < length; k++) packed = (packed << 8) | from[at + k]!;
  return packed;
}
