/** Everything about one entry: its fields, the words it matches, how they may be spelt, its part in rules, what it collides with. */
import { LexiconError } from "../core/error.ts";
import { lettersToString } from "../text/letters.ts";
import { coarsen, transliterate } from "../text/transliterate.ts";
import { type CompiledLexicon, foldTerm, moodNames, spellings } from "./compile.ts";
import type { LexiconEntry, MoodName } from "./entry.ts";
import { type EverydayWord, findCollisions } from "./everyday.ts";
import { expandStem, listedForms, looksWritten, stemsOf, type WordForms } from "./expand.ts";
import type { LexiconSource } from "./load.ts";
import { foldedText } from "./look.ts";
import { suggest } from "./nearest.ts";
import { type Role, rolesOf } from "./parts.ts";

export interface MatchedWord {
  readonly word: string;
  readonly moods: readonly MoodName[];
}

export interface DescribedStem {
  readonly stem: string;
  /** How many different words it makes. */
  readonly count: number;
  /** Some of them as people write them, shortest first. */
  readonly sample: readonly MatchedWord[];
}

export interface Spelling {
  readonly term: string;
  /** Folded: what is compared. Everything that folds alike reads alike. */
  readonly folded: string;
  /** Kazakh і typed as ы. */
  readonly alsoFolded: string | null;
  /** In Latin letters, of those that are read as this term; there are more. */
  readonly latin: readonly string[];
}

export interface DescribedEntry {
  readonly entry: LexiconEntry;
  readonly file: string;
  readonly forms: readonly MatchedWord[];
  readonly stems: readonly DescribedStem[];
  readonly spellings: readonly Spelling[];
  readonly roles: readonly Role[];
  /** Everyday words that it matches. */
  readonly collisions: readonly {
    readonly word: string;
    readonly count: number;
    readonly language: string;
    readonly moods: readonly MoodName[];
  }[];
}

const SAMPLE_WORDS = 24;
const LATIN_STEPS = 4000;

/** @throws LexiconError E_LEXICON_ID for an id that no entry has. */
export function findEntry(source: LexiconSource, id: string): number {
  const index = source.entries.findIndex((entry) => entry.id === id);
  if (index >= 0) return index;
  const near = suggest(
    id,
    source.entries.map((entry) => entry.id),
  );
  throw new LexiconError("E_LEXICON_ID", `${JSON.stringify(id)}: no entry has this id.${near} qalqan lexicon list shows all.`);
}

export function describeEntry(
  source: LexiconSource,
  lexicon: CompiledLexicon,
  words: readonly EverydayWord[],
  index: number,
): DescribedEntry {
  const entry = source.entries[index]!;
  return {
    entry,
    file: source.paths[index]!,
    forms: toWords(listedForms(entry)),
    stems: stemsOf(lexicon, index, source.paradigms).map(({ stem, paradigm }) =>
      describeStem(stem, paradigm.language, withoutExceptions(entry, expandStem(stem, paradigm))),
    ),
    spellings: [...new Set([...listedForms(entry).keys(), ...(entry.stems ?? [])])].map((term) => spell(term, entry.language)),
    roles: rolesOf(lexicon, index, source.paradigms),
    collisions: (findCollisions(lexicon, words).get(index) ?? []).map(({ moods, ...word }) => ({ ...word, moods: moodNames(moods) })),
  };
}

/** All words that an entry matches, stem by stem: a Kazakh noun makes some hundred thousand. */
export function* matchedWords(source: LexiconSource, lexicon: CompiledLexicon, index: number): Generator<MatchedWord> {
  const entry = source.entries[index]!;
  yield* toWords(withoutExceptions(entry, listedForms(entry)));
  for (const { stem, paradigm } of stemsOf(lexicon, index, source.paradigms))
    yield* toWords(withoutExceptions(entry, expandStem(stem, paradigm)));
}

function toWords(forms: WordForms): MatchedWord[] {
  return [...forms].map(([word, moods]) => ({ word, moods: moodNames(moods) }));
}

function withoutExceptions(entry: LexiconEntry, forms: WordForms): WordForms {
  const excepted = new Set((entry.except ?? []).map(foldedText));
  if (excepted.size > 0) for (const word of forms.keys()) if (excepted.has(foldedText(word))) forms.delete(word);
  return forms;
}

/** The sample has words of every mood; first those that people would write. */
function describeStem(stem: string, language: string, forms: WordForms): DescribedStem {
  const words = toWords(forms).sort((a, b) => a.word.length - b.word.length || (a.word < b.word ? -1 : 1));
  const written = words.filter(({ word }) => looksWritten(stem, word, language));
  const byMoods = new Map<string, MatchedWord[]>();
  for (const word of written.length > 0 ? written : words) {
    const key = word.moods.join();
    const group = byMoods.get(key);
    if (group === undefined) byMoods.set(key, [word]);
    else group.push(word);
  }
  const share = Math.max(2, Math.ceil(SAMPLE_WORDS / Math.max(1, byMoods.size)));
  return { stem, count: forms.size, sample: [...byMoods.values()].flatMap((group) => group.slice(0, share)).slice(0, SAMPLE_WORDS) };
}

/** Ways to write Cyrillic in Latin letters: as chats do, as in the Kazakh alphabet of 2021 without its marks, as in English. */
const LATIN_WAYS: readonly Readonly<Record<string, string>>[] = [
  latinWay(
    "а a ә a б b в v г g ғ g д d е e ё yo ж zh з z и i й y к k қ k л l м m н n ң n о o ө o п p р r с s т t у u ұ u ү u ф f х h һ h ц c ч ch ш sh щ sch ы y і i э e ю yu я ya",
  ),
  latinWay(
    "а a ә a б b в v г g ғ g д d е e ё io ж j з z и i й i к k қ q л l м m н n ң n о o ө o п p р r с s т t у u ұ u ү u ф f х h һ h ц ts ч ch ш sh щ sh ы y і i э e ю iu я ia",
  ),
  latinWay(
    "а a ә a б b в v г g ғ gh д d е e ё yo ж zh з z и i й y к k қ q л l м m н n ң ng о o ө o п p р r с s т t у u ұ u ү u ф f х kh һ kh ц ts ч ch ш sh щ shch ы i і i э e ю yu я ya",
  ),
];

function latinWay(pairs: string): Readonly<Record<string, string>> {
  const parts = pairs.split(" ");
  return Object.fromEntries(parts.flatMap((from, k) => (k % 2 === 0 ? [[from, parts[k + 1]!]] : [])));
}

/** What the term would be in Latin letters, as far as that is read as the term again. */
function latinSpellings(term: string): string[] {
  if (!/^[\u0400-\u04ff]{3,}$/.test(term)) return [];
  const target = coarsen(foldTerm(term)[0] ?? new Uint8Array());
  const wanted = lettersToString(target, 0, target.length);
  const isTerm = (letters: Uint8Array, length: number): boolean => lettersToString(letters, 0, length) === wanted;
  const mayBegin = (letters: Uint8Array, length: number): boolean => wanted.startsWith(lettersToString(letters, 0, Math.min(3, length)));
  const written = LATIN_WAYS.map((way) => [...term.toLowerCase()].map((letter) => way[letter] ?? "").join(""));
  return [...new Set(written)].filter((text) => transliterate([...text], "latin", mayBegin, isTerm, LATIN_STEPS) !== null);
}

function spell(term: string, language: string): Spelling {
  const [folded, other = null] = spellings(term, language).map(foldedText);
  return { term, folded: folded!, alsoFolded: other === folded ? null : other, latin: latinSpellings(term) };
}
