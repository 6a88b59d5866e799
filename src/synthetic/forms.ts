/** All forms of the names and verbs of words.ts, and what a word of a message is a form of. */
import { englishNameForms, englishVerbForms } from "./english.ts";
import { isFront, kazakhNounForms, kazakhVerbForms } from "./kazakh.ts";
import { russianNameForms, russianVerbForms } from "./russian.ts";
import { ENGLISH_NAMES, ENGLISH_VERBS, KAZAKH_ALIASES, KAZAKH_NAMES, KAZAKH_VERBS, RUSSIAN_NAMES, RUSSIAN_VERBS } from "./words.ts";

export const WRITTEN_LANGUAGES = ["kk", "ru", "en"] as const;
export type WrittenLanguage = (typeof WRITTEN_LANGUAGES)[number];

/** A name of a group, or a verb: forms by case and number, or by mood and person. */
export interface Word {
  /** As a dictionary has it. */
  readonly lemma: string;
  /** Of names: the group as lexicons call it. Of verbs: their class. */
  readonly group: string;
  /** Of names: ethnicity, religion, migration. Of verbs: what must agree where one stands for another, as aspect. */
  readonly kind: string;
  readonly forms: ReadonlyMap<string, string>;
  /** Kazakh vowel harmony. */
  readonly front: boolean;
}

/** A word of a message as the form of a name or verb. */
export interface Found {
  readonly word: Word;
  readonly form: string;
}

const rows = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" "));

const word = (lemma: string, group: string, kind: string, forms: ReadonlyMap<string, string>, front = isFront(lemma)): Word => ({
  lemma,
  group,
  kind,
  forms,
  front,
});

function kazakhName([lemma, group, kind, ...marks]: string[]): Word {
  const front = marks.includes("front") || (!marks.includes("back") && isFront(lemma!));
  const forms = kazakhNounForms(lemma!, front);
  if (marks.includes("plural")) for (const form of [...forms.keys()]) if (form.endsWith(".sg")) forms.delete(form);
  return word(lemma!, group!, kind!, forms, front);
}

function russianName([stem, group, kind, declension, adjective]: string[]): Word {
  const forms = russianNameForms(stem!, declension!, adjective === "-" ? undefined : adjective);
  return word(forms.get("nom.sg")!, group!, kind!, forms);
}

function englishName([singular, plural, adjective, group, kind]: string[]): Word {
  const forms = englishNameForms([singular!, plural!, adjective!]);
  if (singular === "-") forms.delete("sg");
  return word(plural!, group!, kind!, forms);
}

/** By language, in the order of the tables. */
export const NAMES: Readonly<Record<WrittenLanguage, readonly Word[]>> = {
  kk: rows(KAZAKH_NAMES).map(kazakhName),
  ru: rows(RUSSIAN_NAMES).map(russianName),
  en: rows(ENGLISH_NAMES).map(englishName),
};

/** Verbs of harm by language; of Russian ones the kind is the aspect. */
export const VERBS: Readonly<Record<WrittenLanguage, readonly Word[]>> = {
  kk: rows(KAZAKH_VERBS).map(([stem, group]) => word(stem!, group!, "", kazakhVerbForms(stem!))),
  ru: rows(RUSSIAN_VERBS).map(([group, aspect, ...parts]) => word(parts[0]!, group!, aspect!, russianVerbForms(parts.join(" ")))),
  en: rows(ENGLISH_VERBS).map(([group, ...parts]) => word(parts[0]!, group!, "", englishVerbForms(parts.join(" ")))),
};

/** Words by each of their forms, lower-case, the first of equal forms first. */
function byForm(words: readonly Word[]): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found[]>();
  for (const one of words) {
    for (const [form, text] of one.forms) {
      const key = text.toLowerCase();
      const list = found.get(key) ?? [];
      found.set(key, list);
      list.push({ word: one, form });
    }
  }
  return found;
}

/** By language: lower-case form -> what it may be. */
export const NAME_FORMS: Readonly<Record<WrittenLanguage, ReadonlyMap<string, readonly Found[]>>> = {
  kk: byForm([...NAMES.kk, ...rows(KAZAKH_ALIASES).map(kazakhName)]),
  ru: byForm(NAMES.ru),
  en: byForm(NAMES.en),
};
export const VERB_FORMS: Readonly<Record<WrittenLanguage, ReadonlyMap<string, readonly Found[]>>> = {
  kk: byForm(VERBS.kk),
  ru: byForm(VERBS.ru),
  en: byForm(VERBS.en),
};

/** The language whose names the message has; by its letters where there are none. */
export function languageOf(text: string): WrittenLanguage {
  if (/[әғқңөұүһі]/i.test(text)) return "kk";
  if (!/[а-яё]/i.test(text)) return "en";
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const named = (language: WrittenLanguage): boolean => words.some((one) => NAME_FORMS[language].has(one));
  return !named("ru") && named("kk") ? "kk" : "ru";
}
