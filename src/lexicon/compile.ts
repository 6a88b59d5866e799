/**
 * Lexicon entries compiled into tables that the matcher probes.
 *
 *   wordBits     2^18 bits, one for the key of each whole word that an entry lists
 *   phraseBits   the same for the key of each first word of a phrase, pairBits for those of its first two
 *   prefixBits   the same for the first four letters of words that stems could become; most tokens are in neither
 *   slots        open-addressed table over the key of a stem's letters -> chain of records
 *   records      one a (stem, entry): its letters in `pool`, what may follow, moods, the rest of a phrase
 *   phraseSlots  open-addressed table over the keys of a phrase's first two words -> chain of records
 *
 * Hash tables, not an automaton: a dense automaton of this size leaves the cache and ran at a sixth of the speed.
 */
import { createTokenBatch } from "../core/token.ts";
import { LexiconError } from "../core/error.ts";
import { CATEGORIES } from "../core/label.ts";
import { isLatinLetter, letterOf, lettersToString } from "../text/letters.ts";
import { porterStem } from "../text/stem.ts";
import { finishKey, HASH_START, hashLetter, PREFIX_LETTERS, tokenize } from "../text/tokenize.ts";
import { CLASSES, type ClassName, ENTRY_LANGUAGES, type LexiconEntry, MOODS, type MoodName } from "./entry.ts";
import type { LexiconSource } from "./load.ts";
import { type CompiledParadigm, compileParadigm, endingOpenings, moodBit } from "./paradigm.ts";
import { type CompiledRules, compileRules } from "./rule-plan.ts";

/** Paradigm numbers of records: a whole word, a word that is not the entry, or an index into `paradigms`. */
export const WHOLE_WORD = -1;
export const EXCEPTION = -2;

/** Stems of three letters begin too many other words. */
const SHORTEST_PORTER_STEM = 4;
const FILTER_BITS = 18;

export interface CompiledLexicon {
  readonly entries: readonly LexiconEntry[];
  /** By entry: 1 << its class; 1 << its category or 0; severity 1..5. */
  readonly classBits: Int32Array;
  readonly categoryBits: Int32Array;
  readonly severity: Uint8Array;
  /** 1 << its place in ENTRY_LANGUAGES. */
  readonly languageBits: Uint8Array;
  readonly paradigms: readonly CompiledParadigm[];
  readonly wordBits: Uint32Array;
  readonly pairBits: Uint32Array;
  readonly prefixBits: Uint32Array;
  /** Bits of the keys of stems and whole words. */
  readonly stemBits: Uint32Array;
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
  readonly rules: CompiledRules;
  readonly fingerprint: string;
}

export function classBit(name: ClassName): number {
  return 1 << CLASSES.indexOf(name);
}

/** Whether the bit of a hash (a word's key or its prefix) is set in one of the filters. */
export function hasBit(bits: Uint32Array, hash: number): boolean {
  const index = Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
  return (bits[index >>> 5]! & (1 << (index & 31))) !== 0;
}

interface Draft {
  letters: Uint8Array;
  paradigm: number;
  entry: number;
  moods: number;
  phrase: number;
}

const scratch = createTokenBatch(400, 1);
const encoder = new TextEncoder();

/** Folded letters of each word of a term, by the tokenizer itself, so that terms and text can only agree. */
export function foldTerm(term: string): Uint8Array[] {
  const bytes = encoder.encode(term);
  scratch.count = 0;
  scratch.letterCount = 0;
  tokenize(bytes, 0, bytes.length, scratch);
  return Array.from({ length: scratch.count }, (_, token) => scratch.letters.slice(scratch.letter[token], scratch.letter[token + 1]!));
}

/** Kazakh і is typed ы one time in five: the second reading of a term that has it. */
function spellings(term: string, language: string): string[] {
  return language === "kk" && term.includes("і") && term.length >= 4 ? [term, term.replaceAll("і", "ы")] : [term];
}

/**
 * As much of a word as its stem takes. The stemmers write some letters anew: a last y as i (army, armi), which is left off,
 * and Russian нн as н anywhere, where the word's own spelling counts.
 */
function stemOf(word: string, stem: string): string {
  let shared = 0;
  while (shared < stem.length && word[shared] === stem[shared]) shared++;
  return shared >= stem.length - 1 ? stem.slice(0, shared) : word.slice(0, stem.length);
}

function setBit(bits: Uint32Array, hash: number): void {
  const index = Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
  bits[index >>> 5]! |= 1 << (index & 31);
}

function hashLetters(letters: Uint8Array, length: number): number {
  let state = HASH_START;
  for (let k = 0; k < length; k++) state = hashLetter(state, letters[k]!);
  return state;
}

/** @throws LexiconError E_LEXICON_TERM for a term without letters, an unknown paradigm or a Porter stem that is too short. */
export function compileLexicon(source: LexiconSource): CompiledLexicon {
  const { entries } = source;
  const paradigms = Object.entries(source.paradigms).map(([name, paradigm]) => compileParadigm(name, paradigm, (term) => foldTerm(term)[0] ?? new Uint8Array()));
  const drafts: Draft[] = [];
  const phrases: Uint8Array[][] = [];

  const fault = (entry: LexiconEntry, what: string): never => {
    throw new LexiconError("E_LEXICON_TERM", `${source.paths[entries.indexOf(entry)]}: entry ${JSON.stringify(entry.id)}: ${what}`);
  };
  const add = (index: number, term: string, moods: number, paradigm: number): void => {
    const entry = entries[index]!;
    for (const spelling of spellings(term, entry.language)) {
      const [letters, ...rest] = foldTerm(spelling);
      if (letters === undefined || letters.length === 0) return fault(entry, `${JSON.stringify(term)} has no letters. Write words.`);
      if (rest.length > 0 && paradigm >= 0) return fault(entry, `stem ${JSON.stringify(term)} is several words. Put phrases under forms.`);
      const phrase = rest.length > 0 ? phrases.push(rest) - 1 : -1;
      drafts.push({ letters, paradigm, entry: index, moods, phrase });
    }
  };
  const addPorter = (index: number, term: string): void => {
    const entry = entries[index]!;
    const [letters, ...rest] = foldTerm(term);
    if (letters === undefined || letters.length === 0) return fault(entry, `${JSON.stringify(term)} has no letters. Write words.`);
    if (rest.length > 0) return fault(entry, `stem ${JSON.stringify(term)} is several words. Put phrases under forms.`);
    const name = isLatinLetter(letters[0]!) ? "en-porter" : "ru-porter";
    const paradigm = paradigms.findIndex((row) => row.name === name);
    if (paradigm < 0) return fault(entry, `paradigms.json lacks ${name}, which says what the stemmer takes off.`);
    const word = lettersToString(letters, 0, letters.length);
    const stem = stemOf(word, porterStem(word, letters[0]!));
    if (stem.length < SHORTEST_PORTER_STEM) return fault(entry, `${JSON.stringify(term)} has the Porter stem ${JSON.stringify(stem)}, too short to match by. List its forms.`);
    drafts.push({ letters: Uint8Array.from(stem, letterOf), paradigm, entry: index, moods: 0, phrase: -1 });
  };
  entries.forEach((entry, index) => {
    for (const form of entry.forms ?? []) add(index, form, 0, WHOLE_WORD);
    for (const [mood, forms] of Object.entries(entry.moods ?? {})) for (const form of forms ?? []) add(index, form, moodBit(mood as MoodName), WHOLE_WORD);
    for (const form of entry.except ?? []) add(index, form, 0, EXCEPTION);
    if (entry.stems === undefined) return;
    const paradigm = paradigms.findIndex((row) => row.name === entry.inflect);
    if (entry.inflect !== "porter" && paradigm < 0) fault(entry, `inflect ${JSON.stringify(entry.inflect)} is no paradigm. Known: porter, ${paradigms.map((row) => row.name).join(", ")}.`);
    for (const stem of entry.stems) {
      if (entry.inflect === "porter") addPorter(index, stem);
      else add(index, stem, 0, paradigm);
    }
  });
  return { ...buildTables(drafts, phrases, paradigms), ...flattenPhrases(phrases), entries, paradigms, ...describeEntries(entries), rules: compileRules(source.rules), fingerprint: source.fingerprint };
}

function describeEntries(entries: readonly LexiconEntry[]): Pick<CompiledLexicon, "classBits" | "categoryBits" | "severity" | "languageBits"> {
  return {
    classBits: Int32Array.from(entries, (entry) => classBit(entry.class)),
    categoryBits: Int32Array.from(entries, (entry) => (entry.category ? 1 << CATEGORIES.indexOf(entry.category) : 0)),
    severity: Uint8Array.from(entries, (entry) => entry.severity ?? 3),
    languageBits: Uint8Array.from(entries, (entry) => 1 << ENTRY_LANGUAGES.indexOf(entry.language)),
  };
}

type Tables = Omit<CompiledLexicon, "entries" | "paradigms" | "phraseWord" | "wordLetter" | "wordPool" | "classBits" | "categoryBits" | "severity" | "languageBits" | "rules" | "fingerprint">;

function flattenPhrases(phrases: readonly (readonly Uint8Array[])[]): Pick<CompiledLexicon, "phraseWord" | "wordLetter" | "wordPool"> {
  const words = phrases.flat();
  const fence = (lengths: readonly number[]): Int32Array => {
    const starts = new Int32Array(lengths.length + 1);
    lengths.forEach((length, k) => {
      starts[k + 1] = starts[k]! + length;
    });
    return starts;
  };
  return { phraseWord: fence(phrases.map((phrase) => phrase.length)), wordLetter: fence(words.map((word) => word.length)), wordPool: Uint8Array.from(words.flatMap((word) => [...word])) };
}

function buildTables(drafts: readonly Draft[], phrases: readonly (readonly Uint8Array[])[], paradigms: readonly CompiledParadigm[]): Tables {
  const size = 1 << Math.max(8, 33 - Math.clz32(drafts.length * 2));
  const slots = new Int32Array(size);
  const phraseSlots = new Int32Array(size);
  const prefixBits = new Uint32Array(1 << (FILTER_BITS - 5));
  const wordBits = new Uint32Array(prefixBits.length);
  const pairBits = new Uint32Array(prefixBits.length);
  const stemBits = new Uint32Array(prefixBits.length);
  const pool = new Uint8Array(drafts.reduce((sum, draft) => sum + draft.letters.length, 0));
  const recordStart = new Int32Array(drafts.length);
  const recordNext = new Int32Array(drafts.length).fill(-1);
  const openings = openingsByLength(paradigms);
  let used = 0;
  drafts.forEach((draft, record) => {
    pool.set(draft.letters, used);
    recordStart[record] = used;
    used += draft.letters.length;
    const key = finishKey(hashLetters(draft.letters, draft.letters.length));
    const second = draft.phrase < 0 ? undefined : phrases[draft.phrase]![0]!;
    const table = second ? phraseSlots : slots;
    const lookup = second ? phraseKey(key, finishKey(hashLetters(second, second.length))) : key;
    let slot = lookup & (size - 1);
    while (table[slot] !== 0 && !sameStart(drafts[table[slot]! - 1]!, draft, phrases)) slot = (slot + 1) & (size - 1);
    recordNext[record] = table[slot]! - 1;
    table[slot] = record + 1;
    if (second) {
      setBit(wordBits, key);
      setBit(pairBits, lookup);
    } else {
      setBit(stemBits, key);
      if (draft.paradigm < 0) setBit(wordBits, key);
      else markPrefixes(prefixBits, draft, openings);
    }
  });
  return {
    wordBits,
    pairBits,
    prefixBits,
    stemBits,
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
function sameStart(a: Draft, b: Draft, phrases: readonly (readonly Uint8Array[])[]): boolean {
  return sameLetters(a.letters, b.letters) && (a.phrase < 0 || sameLetters(phrases[a.phrase]![0]!, phrases[b.phrase]![0]!));
}

/** Where a phrase with these keys of its first two words is looked for. */
export function phraseKey(first: number, second: number): number {
  return finishKey(Math.imul(first, 0x27d4eb2f) ^ second);
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

function markPrefixes(bits: Uint32Array, draft: Draft, openings: (paradigm: number, length: number) => Uint8Array[]): void {
  const length = Math.min(draft.letters.length, PREFIX_LETTERS);
  const state = hashLetters(draft.letters, length);
  setBit(bits, state);
  if (length === PREFIX_LETTERS) return;
  for (const opening of openings(draft.paradigm, PREFIX_LETTERS - length)) {
    let open = state;
    for (const letter of opening) open = hashLetter(open, letter);
    setBit(bits, open);
  }
}

/** The moods of a bit set, by name; for explanations. */
export function moodNames(bits: number): MoodName[] {
  return MOODS.filter((_, place) => (bits & (1 << place)) !== 0);
}
