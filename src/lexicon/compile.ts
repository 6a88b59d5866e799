/**
 * Lexicon entries compiled: terms through the tokenizer, stems through the stemmers, names to bits. tables.ts lays them out.
 */
import { LexiconError } from "../core/error.ts";
import { CATEGORIES } from "../core/label.ts";
import { wordKey } from "../text/hash.ts";
import { isLatinLetter, letterOf, lettersToString } from "../text/letters.ts";
import { porterStem } from "../text/stem.ts";
import { tokensOf } from "../text/tokenize.ts";
import { coarsen } from "../text/transliterate.ts";
import { CLASSES, type ClassName, ENTRY_LANGUAGES, type LexiconEntry, MOODS, type MoodName } from "./entry.ts";
import type { LexiconSource } from "./load.ts";
import { type CompiledParadigm, compileParadigm, moodBit } from "./paradigm.ts";
import { type CompiledRules, compileRules, tagsOf } from "./rule-plan.ts";
import { buildTables, type Draft, EXCEPTION, type LexiconTables, WHOLE_WORD, type Word } from "./tables.ts";

/** Stems of three letters begin too many other words. */
const SHORTEST_PORTER_STEM = 4;

export interface CompiledLexicon extends LexiconTables {
  readonly entries: readonly LexiconEntry[];
  /** By entry: 1 << its class; 1 << its category or 0; severity 1..5. */
  readonly classBits: Int32Array;
  readonly categoryBits: Int32Array;
  readonly severity: Uint8Array;
  /** 1 << its place in ENTRY_LANGUAGES. */
  readonly languageBits: Uint8Array;
  /** 1 << its tag's place among those that the rules ask for, or 0. */
  readonly tagBits: Int32Array;
  readonly paradigms: readonly CompiledParadigm[];
  readonly rules: CompiledRules;
  readonly fingerprint: string;
}

export function classBit(name: ClassName): number {
  return 1 << CLASSES.indexOf(name);
}

/** The words of a term, folded by the tokenizer itself, so that terms and text can only agree. */
function wordsOf(term: string): Word[] {
  const { count, letter, letters, key } = tokensOf(term);
  return Array.from({ length: count }, (_, token) => ({ letters: letters.slice(letter[token], letter[token + 1]!), key: key[token]! }));
}

/** Folded letters of each word of a term. */
export function foldTerm(term: string): Uint8Array[] {
  return wordsOf(term).map((word) => word.letters);
}

function coarsenWord({ letters }: Word): Word {
  const coarse = coarsen(letters);
  return { letters: coarse, key: wordKey(coarse) };
}

/** Kazakh і is typed ы one time in five: the second reading of a term that has it. */
export function spellings(term: string, language: string): string[] {
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

/**
 * @param coarse in the letters of text/transliterate.ts, for words that came from another alphabet
 * @throws LexiconError E_LEXICON_TERM for a term without letters, an unknown paradigm or a Porter stem that is too short.
 */
export function compileLexicon(source: LexiconSource, coarse = false): CompiledLexicon {
  const { entries } = source;
  const fold = (term: string): Word[] => (coarse ? wordsOf(term).map(coarsenWord) : wordsOf(term));
  const paradigms = Object.entries(source.paradigms).map(([name, paradigm]) =>
    compileParadigm(name, paradigm, (term) => fold(term)[0]?.letters ?? new Uint8Array()),
  );
  const drafts: Draft[] = [];
  const phrases: Word[][] = [];

  const wrong = (entry: LexiconEntry, what: string): LexiconError =>
    new LexiconError("E_LEXICON_TERM", `${source.paths[entries.indexOf(entry)]}: entry ${JSON.stringify(entry.id)}: ${what}`);
  const firstWord = (entry: LexiconEntry, term: string, words: readonly Word[]): Word => {
    const word = words[0];
    if (word === undefined || word.letters.length === 0) throw wrong(entry, `${JSON.stringify(term)} has no letters. Write words.`);
    return word;
  };
  const add = (index: number, term: string, moods: number, paradigm: number): void => {
    const entry = entries[index]!;
    for (const spelling of spellings(term, entry.language)) {
      const words = fold(spelling);
      const { letters, key } = firstWord(entry, term, words);
      const phrase = words.length > 1 ? phrases.push(words.slice(1)) - 1 : -1;
      drafts.push({ letters, key, paradigm, entry: index, moods, phrase });
    }
  };
  const addPorter = (index: number, term: string): void => {
    const entry = entries[index]!;
    const words = wordsOf(term);
    const { letters } = firstWord(entry, term, words);
    if (words.length > 1) throw wrong(entry, `Porter stem ${JSON.stringify(term)} is several words. Put phrases under forms.`);
    const name = isLatinLetter(letters[0]!) ? "en-porter" : "ru-porter";
    const paradigm = paradigms.findIndex((row) => row.name === name);
    if (paradigm < 0) throw wrong(entry, `paradigms.json lacks ${name}, which says what the stemmer takes off.`);
    const word = lettersToString(letters, 0, letters.length);
    const stem = stemOf(word, porterStem(word, letters[0]!));
    if (stem.length < SHORTEST_PORTER_STEM)
      throw wrong(entry, `${JSON.stringify(term)} has the Porter stem ${JSON.stringify(stem)}, too short to match by. List its forms.`);
    const stemLetters = Uint8Array.from(stem, letterOf);
    drafts.push({
      letters: coarse ? coarsen(stemLetters) : stemLetters,
      key: 0, // looked up by its letters, as all that takes endings
      paradigm,
      entry: index,
      moods: 0,
      phrase: -1,
    });
  };
  entries.forEach((entry, index) => {
    for (const form of entry.forms ?? []) add(index, form, 0, WHOLE_WORD);
    for (const [mood, forms] of Object.entries(entry.moods ?? {}))
      for (const form of forms ?? []) add(index, form, moodBit(mood as MoodName), WHOLE_WORD);
    for (const form of entry.except ?? []) add(index, form, 0, EXCEPTION);
    if (entry.stems === undefined) return;
    const paradigm = paradigms.findIndex((row) => row.name === entry.inflect);
    if (entry.inflect !== "porter" && paradigm < 0)
      throw wrong(
        entry,
        `inflect ${JSON.stringify(entry.inflect)} is no paradigm. Known: porter, ${paradigms.map((row) => row.name).join(", ")}.`,
      );
    for (const stem of entry.stems) {
      if (entry.inflect === "porter") addPorter(index, stem);
      else add(index, stem, 0, paradigm);
    }
  });
  const tags = tagsOf(source.rules);
  return {
    ...buildTables(drafts, phrases, paradigms),
    entries,
    paradigms,
    ...describeEntries(entries, tags),
    rules: compileRules(source.rules, tags),
    fingerprint: source.fingerprint,
  };
}

function describeEntries(
  entries: readonly LexiconEntry[],
  tags: readonly string[],
): Pick<CompiledLexicon, "classBits" | "categoryBits" | "severity" | "languageBits" | "tagBits"> {
  return {
    classBits: Int32Array.from(entries, (entry) => classBit(entry.class)),
    categoryBits: Int32Array.from(entries, (entry) => (entry.category ? 1 << CATEGORIES.indexOf(entry.category) : 0)),
    severity: Uint8Array.from(entries, (entry) => entry.severity ?? 3),
    tagBits: Int32Array.from(entries, ({ tag }) => (tag !== undefined && tags.includes(tag) ? 1 << tags.indexOf(tag) : 0)),
    languageBits: Uint8Array.from(entries, (entry) => 1 << ENTRY_LANGUAGES.indexOf(entry.language)),
  };
}

/** The moods of a bit set, by name; for explanations. */
export function moodNames(bits: number): MoodName[] {
  return MOODS.filter((_, place) => (bits & (1 << place)) !== 0);
}
