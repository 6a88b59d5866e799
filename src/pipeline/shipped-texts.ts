/** The texts that come with the program, counted to name features by: no corpus is needed, and none is shipped. */
import { LANGUAGES } from "../core/label.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { readEverydayWords } from "../lexicon/everyday.ts";
import type { LexiconSource } from "../lexicon/load.ts";
import type { FeatureCensus } from "./feature-census.ts";

/** Of each list of forms; those that follow are mostly the same word again. */
const MOST_FORMS = 6;

/**
 * Everyday words as often as harmless messages have them, the first forms that entries list, and the examples of rules and entries as
 * messages. What a stem and its endings make is only there where an example or everyday talk has it.
 */
export function countShippedTexts(census: FeatureCensus, { entries, rules }: LexiconSource): void {
  for (const { word, count, language } of readEverydayWords()) {
    const known = LANGUAGES.find((name) => name === language);
    if (known !== undefined) census.addPhrase(word, known, count);
  }
  for (const entry of entries) {
    if (entry.language === "any") continue;
    for (const form of firstForms(entry)) census.addPhrase(form, entry.language, 1);
  }
  const examples = [...rules.rules, ...entries].flatMap(({ fires = [], spares = [] }) => [...fires, ...spares]);
  for (const text of new Set(examples)) census.addMessage(text, null);
}

function firstForms({ forms = [], moods = {} }: LexiconEntry): Set<string> {
  return new Set([forms, ...Object.values(moods)].flatMap((list) => list?.slice(0, MOST_FORMS) ?? []));
}
