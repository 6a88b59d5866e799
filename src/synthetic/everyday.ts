/** Messages of real people: which may stand beside a row, which are rows themselves because they name a group. */
import { NAME_FORMS, type WrittenLanguage } from "./forms.ts";
import { createDeck, type Random } from "./random.ts";

const LONGEST_FRAME = 90;
const SHORTEST_FRAME = 12;
const LONGEST_CORPUS = 300;
/** Sentences of corpora that name the same group. */
const MOST_OF_A_GROUP = 30;

/** The first group that a message names, not by a singular that is mostly another word. */
export function namedIn(text: string, language: WrittenLanguage): string | null {
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const found = NAME_FORMS[language].get(word);
    const name = found?.find(({ word: { forms }, form }) => form.endsWith("pl") || forms.has("nom.sg") || forms.has("sg"));
    if (name !== undefined) return name.word.group;
  }
  return null;
}

/** Short whole sentences without names, figures and signs. */
export function mayFrame(text: string, language: WrittenLanguage): boolean {
  return (
    text.length >= SHORTEST_FRAME &&
    text.length <= LONGEST_FRAME &&
    /^\p{L}[\p{L} ,.!?-]*$/u.test(text) &&
    / \p{L}+ /u.test(text) &&
    namedIn(text, language) === null
  );
}

/** Short messages that name a group, in another order, no more of one group than MOST_OF_A_GROUP. */
export function sentencesOfGroups(texts: readonly string[], language: WrittenLanguage, random: Random): string[] {
  const counts = new Map<string, number>();
  return texts.map(createDeck(random, texts)).filter((text) => {
    const group = text.length < LONGEST_CORPUS ? namedIn(text, language) : null;
    if (group === null) return false;
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    return count <= MOST_OF_A_GROUP;
  });
}

/** With a small first letter, unless it is an English name's, a quoted one or one of capitals. */
export function withinSentence(text: string, language: WrittenLanguage): string {
  const [first] = text.match(/^\p{Lu}\p{Ll}*(?!\p{Lu})/u) ?? [""];
  const named = language === "en" && (first === "I" || NAME_FORMS.en.has(first.toLowerCase()));
  return first === "" || named ? text : first.toLowerCase() + text.slice(first.length);
}

/** With a full stop, where it has no end. */
export const ended = (text: string): string => (/[.!?…»"]$/.test(text) ? text : `${text}.`);
