/**
 * The tables that the matcher probes.
 *
 *   wordBits     2^18 bits, one for the key of each whole word that an entry lists
 *   openBits     the same for the first words of phrases          pairBits   2^20 bits, for the first two words of phrases,
 *                or the first and four letters of an inflected second
 *   prefixBits   2^18 bits, for the first four letters of words that stems could become
 *   stemLengths  by the first four letters of a word: which beginnings of it, by length, may be stems; bit 0 is length 1
 *   slots        open-addressed table over the key of a stem's letters -> chain of records
 *   records      one a (stem, entry): its letters in `pool`, what may follow, moods, the rest of a phrase
 *   phraseSlots  open-addressed table over the keys of a phrase's first two words, or of the first where the second is inflected -> chain of records
 *
 * Hash tables and not an automaton: a dense one of this size would not stay in the cache.
 */

import { finishHash, hashLetters, PREFIX_LETTERS, prefixOf } from "../text/hash.ts";
import { type CompiledParadigm, endingOpenings } from "./paradigm.ts";

/** Paradigm numbers of records: a whole word, a word that is not the entry, or an index into `paradigms`. */
export const WHOLE_WORD = -1;
export const EXCEPTION = -2;

const LENGTH_BITS = 15;
const MOST_LENGTH = 32;

export interface LexiconTables {
  readonly wordBits: Uint32Array;
  readonly openBits: Uint32Array;
  readonly pairBits: Uint32Array;
  readonly prefixBits: Uint32Array;
  readonly stemLengths: Uint32Array;
  readonly pool: Uint8Array;
  readonly recordStart: Int32Array;
  readonly recordEnd: Int32Array;
  readonly recordParadigm: Int32Array;
  readonly recordEntry: Int32Array;
  readonly recordMoods: Int32Array;
  /** Number of a phrase, -1 for single words. */
  readonly recordPhrase: Int32Array;
  readonly recordNext: Int32Array;
  /** The words of phrase p after its first are phraseWord[p] .. phraseWord[p + 1], the letters of word w wordLetter[w] .. wordLetter[w + 1] of wordPool. */
  readonly phraseWord: Int32Array;
  readonly wordLetter: Int32Array;
  readonly wordPool: Uint8Array;
  /** Record number + 1, 0 for empty; a power of two long. */
  readonly slots: Int32Array;
  readonly phraseSlots: Int32Array;
  readonly longestStem: number;
}

/** A folded word, and its key. */
export interface Word {
  readonly letters: Uint8Array;
  readonly key: number;
}

/** One term as it goes into the tables: its first word, and the number of what follows. */
export interface Draft extends Word {
  paradigm: number;
  entry: number;
  moods: number;
  phrase: number;
}

/** Whether the bit of a hash is set in a filter of 2^k bits: its upper k bits say which. */
export function hasBit(bits: Uint32Array, hash: number): boolean {
  const index = hash >>> (Math.clz32(bits.length) - 4);
  return (bits[index >>> 5]! & (1 << (index & 31))) !== 0;
}

function setBit(bits: Uint32Array, hash: number): void {
  const index = hash >>> (Math.clz32(bits.length) - 4);
  bits[index >>> 5]! |= 1 << (index & 31);
}

/** Which beginnings of a word with this prefix may be stems: bit k stands for k + 1 letters, the last bit for all longer. */
export function stemLengthsOf(stemLengths: Uint32Array, prefix: number): number {
  return stemLengths[lengthsPlace(prefix)]!;
}

function lengthsPlace(prefix: number): number {
  return Math.imul(prefix, 0x9e3779b1) >>> (32 - LENGTH_BITS);
}

/** The bit of a stem's length. */
export function lengthBit(length: number): number {
  return 1 << (Math.min(length, MOST_LENGTH) - 1);
}

function flattenPhrases(phrases: readonly (readonly Word[])[]): Pick<LexiconTables, "phraseWord" | "wordLetter" | "wordPool"> {
  const words = phrases.flat();
  const fence = (lengths: readonly number[]): Int32Array => {
    const starts = new Int32Array(lengths.length + 1);
    lengths.forEach((length, k) => {
      starts[k + 1] = starts[k]! + length;
    });
    return starts;
  };
  const wordLetter = fence(words.map((word) => word.letters.length));
  const wordPool = new Uint8Array(wordLetter.at(-1)!);
  words.forEach((word, k) => {
    wordPool.set(word.letters, wordLetter[k]);
  });
  return { phraseWord: fence(phrases.map((phrase) => phrase.length)), wordLetter, wordPool };
}

export function buildTables(
  drafts: readonly Draft[],
  phrases: readonly (readonly Word[])[],
  paradigms: readonly CompiledParadigm[],
): LexiconTables {
  const size = 1 << Math.max(8, 33 - Math.clz32(drafts.length * 2));
  const slots = new Int32Array(size);
  const phraseSlots = new Int32Array(size);
  const stemLengths = new Uint32Array(1 << LENGTH_BITS);
  const wordBits = new Uint32Array(1 << 13);
  const openBits = new Uint32Array(1 << 13);
  const prefixBits = new Uint32Array(1 << 13);
  const pairBits = new Uint32Array(1 << 15);
  const pool = new Uint8Array(drafts.reduce((sum, draft) => sum + draft.letters.length, 0));
  const recordStart = new Int32Array(drafts.length);
  const recordNext = new Int32Array(drafts.length).fill(-1);
  const openings = openingsByLength(paradigms);
  let used = 0;
  drafts.forEach((draft, record) => {
    pool.set(draft.letters, used);
    recordStart[record] = used;
    used += draft.letters.length;
    const stemKey = hashLetters(draft.letters, 0, draft.letters.length);
    const second = draft.phrase < 0 ? undefined : phrases[draft.phrase]![0]!;
    const table = second ? phraseSlots : slots;
    const inflected = isInflectedPair(draft, phrases);
    const lookup = second ? phraseKey(draft.key, inflected ? ANY_SECOND : second.key) : stemKey;
    let slot = lookup & (size - 1);
    while (table[slot] !== 0 && !sameStart(drafts[table[slot]! - 1]!, draft, phrases)) slot = (slot + 1) & (size - 1);
    recordNext[record] = table[slot]! - 1;
    table[slot] = record + 1;
    if (second) {
      setBit(openBits, draft.key);
      if (inflected)
        for (const prefix of prefixesOf(second.letters, draft.paradigm, openings)) setBit(pairBits, phraseKey(draft.key, prefix));
      else setBit(pairBits, lookup);
    } else if (draft.paradigm < 0) setBit(wordBits, draft.key);
    else markPrefixes(prefixBits, stemLengths, draft, openings);
  });
  return {
    ...flattenPhrases(phrases),
    wordBits,
    openBits,
    pairBits,
    prefixBits,
    stemLengths,
    pool,
    recordStart,
    recordEnd: Int32Array.from(drafts, (draft, record) => recordStart[record]! + draft.letters.length),
    recordParadigm: Int32Array.from(drafts, (draft) => draft.paradigm),
    recordEntry: Int32Array.from(drafts, (draft) => draft.entry),
    recordMoods: Int32Array.from(drafts, (draft) => draft.moods),
    recordPhrase: Int32Array.from(drafts, (draft) => draft.phrase),
    recordNext,
    slots,
    phraseSlots,
    longestStem: drafts.reduce((most, draft) => Math.max(most, draft.letters.length), 0),
  };
}

function sameLetters(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Whether two records belong to one chain: the same stem, and the same second word for phrases. */
function sameStart(a: Draft, b: Draft, phrases: readonly (readonly Word[])[]): boolean {
  if (!sameLetters(a.letters, b.letters)) return false;
  if (a.phrase < 0) return true;
  const inflected = isInflectedPair(a, phrases);
  return (
    inflected === isInflectedPair(b, phrases) && (inflected || sameLetters(phrases[a.phrase]![0]!.letters, phrases[b.phrase]![0]!.letters))
  );
}

/** Whether a phrase is of two words, the second of which takes endings: it is looked for by its first alone. */
function isInflectedPair({ phrase, paradigm }: Draft, phrases: readonly (readonly Word[])[]): boolean {
  return phrase >= 0 && paradigm >= 0 && phrases[phrase]!.length === 1;
}

/** In place of the key of a second word that takes endings. */
export const ANY_SECOND = 0;

/** Where a phrase with these keys of its first two words is looked for. */
export function phraseKey(first: number, second: number): number {
  return finishHash(Math.imul(first, 0x27d4eb2f) ^ second);
}

/** Openings of each paradigm by how many letters are missing to PREFIX_LETTERS. */
function openingsByLength(paradigms: readonly CompiledParadigm[]): (paradigm: number, length: number) => Uint8Array[] {
  const known = new Map<number, Uint8Array[]>();
  return (paradigm, length) => {
    const key = paradigm * PREFIX_LETTERS + length;
    const found = known.get(key) ?? endingOpenings(paradigms[paradigm]!, length);
    known.set(key, found);
    return found;
  };
}

function markPrefixes(
  bits: Uint32Array,
  lengths: Uint32Array,
  draft: Draft,
  openings: (paradigm: number, length: number) => Uint8Array[],
): void {
  const bit = lengthBit(draft.letters.length);
  for (const prefix of prefixesOf(draft.letters, draft.paradigm, openings)) {
    setBit(bits, prefix);
    lengths[lengthsPlace(prefix)]! |= bit;
  }
}

/** The prefixes of words that a stem may become. */
function prefixesOf(stem: Uint8Array, paradigm: number, openings: (paradigm: number, length: number) => Uint8Array[]): number[] {
  const length = Math.min(stem.length, PREFIX_LETTERS);
  const alone = prefixOf(stem, length);
  if (length === PREFIX_LETTERS) return [alone];
  return [
    alone,
    ...openings(paradigm, PREFIX_LETTERS - length).map((opening) => prefixOf([...stem, ...opening], stem.length + opening.length)),
  ];
}
