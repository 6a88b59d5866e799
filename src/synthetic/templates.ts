/** Sentences with slots for names: filled in the forms that they ask for. */
import { article } from "./english.ts";
import { NAMES, type Word, type WrittenLanguage } from "./forms.ts";
import { afterWord } from "./kazakh.ts";

export interface Slot {
  /** Which group: slots of one number name the same. 1 where the slot has none. */
  readonly group: number;
  readonly form: string;
}

const SLOT = /\{(?:(\d):)?([a-zа-я.]+)\}/g;

/** Slots in their order; `{}` is none. */
export function slotsOf(template: string): readonly Slot[] {
  return [...template.matchAll(SLOT)].map(([, group, form]) => ({ group: Number(group ?? 1), form: form! }));
}

/** Names that have the forms which the slots of one group ask for; adjectives only of peoples. */
export function namesFor(template: string, group: number, language: WrittenLanguage): readonly Word[] {
  const wanted = slotsOf(template).filter((slot) => slot.group === group);
  const people = wanted.some(({ form }) => form.startsWith("attr"));
  return NAMES[language].filter(({ kind, forms }) => (!people || kind === "ethnicity") && wanted.every(({ form }) => forms.has(form)));
}

/**
 * The template with these names in its slots, and the words beside them that follow their sound; the first letter large.
 * @param names by the number of the group, the first is 1
 * @throws RangeError where a name has not the form
 */
export function fillTemplate(template: string, names: readonly Word[], language: WrittenLanguage): string {
  const text = template.replace(SLOT, (slot, group: string | undefined, form: string) => {
    const found = names[Number(group ?? 1) - 1]?.forms.get(form);
    if (found === undefined) throw new RangeError(`no name with the form of ${slot}`);
    return found;
  });
  const agreed = language === "en" ? withArticles(text) : language === "kk" ? withParticles(text, names) : text;
  return agreed[0]!.toUpperCase() + agreed.slice(1);
}

const withArticles = (text: string): string =>
  text.replace(/\b(an?) (\p{L}+)/giu, (_, before: string, next: string) => `${article(before, next)} ${next}`);

/** Particles right after a name of the template. */
function withParticles(text: string, names: readonly Word[]): string {
  const written = new Map(names.flatMap((name) => [...name.forms.values()].map((form) => [form, name] as const)));
  return text.replace(/(\p{L}+) (да|де|та|те|ма|ме|ба|бе|па|пе)(?!\p{L})/gu, (all, before: string, particle: string) => {
    const name = written.get(before);
    return name === undefined ? all : `${before} ${afterWord(before, particle, name.front)}`;
  });
}
