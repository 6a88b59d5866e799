/**
 * The words that an entry matches, written out: its forms, and its stems with every ending of their paradigm, in the
 * orthography of the entry and of paradigms.json. The matcher never builds these; it reads endings (paradigm.ts).
 */
import { lettersToString } from "../text/letters.ts";
import type { CompiledLexicon } from "./compile.ts";
import type { LexiconEntry, MoodName, Paradigm } from "./entry.ts";
import { moodBit } from "./paradigm.ts";
import { stemRecords } from "./stem-records.ts";

/** Words, each with the bits of the moods that its readings give together. */
export type WordForms = Map<string, number>;

function addForm(forms: WordForms, word: string, moods: number): void {
  forms.set(word, (forms.get(word) ?? 0) | moods);
}

/** Every word that a stem makes; as many as 200,000 for a Kazakh noun. Vowel harmony is not checked: the matcher takes all, too. */
export function expandStem(stem: string, paradigm: Paradigm, forms: WordForms = new Map()): WordForms {
  if (paradigm.bare !== null) addForm(forms, stem, paradigm.bare ? moodBit(paradigm.bare) : 0);
  const steps = paradigm.layers.map((layer) =>
    Object.entries(layer.suffixes).flatMap(([mood, suffixes]) =>
      suffixes.map((suffix) => ({ suffix, moods: mood === "" ? 0 : moodBit(mood as MoodName) })),
    ),
  );
  const walk = (depth: number, word: string, moods: number): void => {
    const layer = paradigm.layers[depth];
    if (layer === undefined) {
      if (word !== stem) addForm(forms, word, moods);
      return;
    }
    if (!layer.required) walk(depth + 1, word, moods);
    for (const step of steps[depth]!) walk(depth + 1, word + step.suffix, moods | step.moods);
  };
  walk(0, stem, 0);
  return forms;
}

/** The stems of an entry as they are matched, with what may follow; those that a Porter stemmer gave in folded letters. */
export function stemsOf(
  lexicon: CompiledLexicon,
  entry: number,
  paradigms: Readonly<Record<string, Paradigm>>,
): { stem: string; paradigm: Paradigm }[] {
  const { inflect, stems } = lexicon.entries[entry]!;
  if (stems === undefined || inflect === undefined) return [];
  if (inflect !== "porter") return stems.map((stem) => ({ stem, paradigm: paradigms[inflect]! }));
  return stemRecords(lexicon, entry).map(({ letters, paradigm }) => ({
    stem: lettersToString(letters, 0, letters.length),
    paradigm: paradigms[lexicon.paradigms[paradigm]!.name]!,
  }));
}

/** Whole words and phrases that an entry lists, with their moods. */
export function listedForms(entry: LexiconEntry): WordForms {
  const forms: WordForms = new Map();
  for (const form of entry.forms ?? []) addForm(forms, form, 0);
  for (const [mood, list] of Object.entries(entry.moods ?? {}))
    for (const form of list ?? []) addForm(forms, form, moodBit(mood as MoodName));
  return forms;
}

/** The different sets of moods, as bits, in which an entry may be found. */
export function moodSetsOf(entry: LexiconEntry, paradigms: Readonly<Record<string, Paradigm>>): ReadonlySet<number> {
  const sets = new Set(listedForms(entry).values());
  if (entry.stems === undefined || entry.inflect === "porter") {
    if (entry.stems !== undefined) sets.add(0);
    return sets;
  }
  const paradigm = paradigms[entry.inflect!]!;
  if (paradigm.bare !== null) sets.add(paradigm.bare ? moodBit(paradigm.bare) : 0);
  let sofar = new Set([0]);
  for (const layer of paradigm.layers) {
    const next = new Set(layer.required ? [] : sofar);
    for (const mood of Object.keys(layer.suffixes))
      for (const moods of sofar) next.add(moods | (mood === "" ? 0 : moodBit(mood as MoodName)));
    sofar = next;
  }
  for (const moods of sofar) sets.add(moods);
  return sets;
}

const BACK = /[аоұыуёюя]/;
const FRONT = /[әөүіеэ]/;
const VOWEL = /[аәеёиіоөуүұыэюя]/;
/** Endings that are the same after every stem. */
const ALWAYS_FRONT = /(?:[мбп]ен|менен|бенен|пенен|[ндт]ікі)$/;
/** By a stem's last letter: the consonants that its ending may begin with. */
const OPENINGS: readonly (readonly [last: RegExp, first: RegExp])[] = [
  [/[пткқсшщчцхһфбвгғд]$/, /^[ткқпсшм]/],
  [/[мнң]$/, /^[дгғбсм]/],
  [/[лзж]$/, /^[дгғмбс]/],
  [/[рйу]$/, /^[лдгғмбс]/],
  [/[аәеиіоөүұыэюя]$/, /^[лндгғмсңт]/],
];

/** The commonest endings: a stemmer takes off many that hardly any stem has. */
const RUSSIAN =
  /^(?:[ауеыияь]|[оеё]м|[ое]в|[оеиыа]й|[ая]ми?|[ая]х|[ая]я|[оы]е|[оеы][гм][оу]|[ыи][мх]|[ыи]ми|[аиея]ть|[аеяи]ет|[аяую]т|[иея]т|[аия]ли?)?$/;

/**
 * Whether people would write the word, of those that would be read: a Kazakh ending that sounds as its stem asks for, by
 * vowels and by the letters that meet; a common Russian one. Rules of thumb, for samples.
 */
export function looksWritten(stem: string, word: string, language: string): boolean {
  const ending = word.slice(stem.length);
  if (language === "ru") return RUSSIAN.test(ending);
  if (ending === "" || language !== "kk") return true;
  const last = [...stem].reverse().find((letter) => BACK.test(letter) || FRONT.test(letter));
  if (last !== undefined && (BACK.test(last) ? FRONT : BACK).test(ending.replace(ALWAYS_FRONT, ""))) return false;
  const afterVowel = VOWEL.test(stem.at(-1)!);
  if (VOWEL.test(ending[0]!)) return !afterVowel;
  if (!afterVowel && !VOWEL.test(ending)) return false;
  return OPENINGS.find(([end]) => end.test(stem))?.[1].test(ending) ?? true;
}
