/**
 * An example with its names, verbs and predicates laid open, so that others may stand in their places.
 *
 *     "Ұйғырларды қуыңдар!"  ->  [name acc.pl] " " [verb imperative.2pl] "!"
 */
import { article } from "./english.ts";
import { type Found, languageOf, NAME_FORMS, NAMES, VERB_FORMS, VERBS, type Word, type WrittenLanguage } from "./forms.ts";
import { afterWord } from "./kazakh.ts";
import { PREDICATE_FORMS } from "./predicates.ts";
import type { Random } from "./random.ts";
import { beforeWord } from "./russian.ts";

interface Piece {
  readonly text: string;
  readonly name: Found | null;
  readonly verb: Found | null;
  /** Words that may stand for this one. */
  readonly words: readonly string[] | null;
}

export interface Pattern {
  readonly language: WrittenLanguage;
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Groups that it names, each once. */
  readonly groups: readonly string[];
}

/** What a pattern becomes. */
export interface Variant {
  readonly text: string;
  /** Groups that it names; the first is the target. */
  readonly groups: readonly string[];
  /** Whether a verb or predicate was changed too, and so perhaps the sense. */
  readonly reworded: boolean;
}

/** English words that a name stands before as an adjective. */
const AFTER_ADJECTIVE =
  /^(?:shops?|food|team|coach|writer|salad|restaurant|dancers?|music|book|singer|cook|doctor|guests?|game|wedding|village|people|families|family|film|player|trumpet|soup|tea|actor|market|goods)$/;
const SINGULAR_BEFORE = /^(?:an?|every|any|each|one|single|decent|honest|this|hardworking|last|said)$/i;

/** Which of a word's readings its neighbours speak for. */
function readName(found: readonly Found[], language: WrittenLanguage, before: string, gap: string, after: string): Found {
  const as = (form: string): Found | undefined => found.find((one) => one.form === form);
  if (language === "kk") return (as("attr") && (gap !== " " || after === "") ? as("nom.sg") : undefined) ?? found[0]!;
  if (language === "ru") return (/л$/.test(after) && gap === " " ? as("nom.sg") : undefined) ?? as("gen.pl") ?? found[0]!;
  const singular = as("sg");
  if (as("attr") && gap === " " && AFTER_ADJECTIVE.test(after)) return as("attr")!;
  return (singular && SINGULAR_BEFORE.test(before) ? singular : undefined) ?? as("pl") ?? singular ?? found[0]!;
}

export function parsePattern(text: string): Pattern {
  const language = languageOf(text);
  const parts = text.match(/[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*|[^\p{L}\p{M}]+/gu) ?? [];
  const isWord = (part: string | undefined): boolean => part !== undefined && /^\p{L}/u.test(part);
  const names: Found[] = [];
  const pieces = parts.map((part, at): Piece => {
    const plain = { text: part, name: null, verb: null, words: null };
    if (!isWord(part)) return plain;
    const key = part.toLowerCase();
    const found = NAME_FORMS[language].get(key);
    if (found !== undefined) {
      const name = readName(found, language, parts[at - 2] ?? "", parts[at + 1] ?? "", (parts[at + 2] ?? "").toLowerCase());
      names.push(name);
      return { ...plain, name };
    }
    const verb = readVerb(VERB_FORMS[language].get(key), parts, at, language);
    return { ...plain, verb, words: verb === null ? (PREDICATE_FORMS.get(key) ?? null) : null };
  });
  return { language, text, pieces, groups: [...new Set(names.map(({ word }) => word.group))] };
}

/** An example that stays as it is: what a slur is said of, or what else the word means, goes with one group alone. */
export function wholePattern(text: string): Pattern {
  return { language: languageOf(text), text, pieces: [{ text, name: null, verb: null, words: null }], groups: [] };
}

/**
 * A verb is exchanged only where a group, or all of them, or their houses are what it is done to: within a few words of the same
 * sentence, in the accusative. Kazakh and Russian orders may have named them in the sentence before.
 */
const OBJECT: Readonly<Record<WrittenLanguage, RegExp>> = { kk: /^acc\./, ru: /^(?:acc|gen)\./, en: /^(?:pl|sg)$/ };
const ALSO_OBJECT: Readonly<Record<WrittenLanguage, RegExp>> = {
  kk: /^(?:бәрін|барлығын|оларды|үйлерін)$/,
  ru: /^(?:всех|их|дома)$/,
  en: /^them$/,
};
const ORDER: Readonly<Record<WrittenLanguage, RegExp>> = { kk: /^imperative/, ru: /^(?:imperative|infinitive)/, en: /^$/ };
const REACH = 8;

function readVerb(found: readonly Found[] | undefined, parts: readonly string[], at: number, language: WrittenLanguage): Found | null {
  if (found === undefined || (language === "kk" && /^шы[ғқ]/.test(parts[at + 2] ?? ""))) return null;
  for (const step of [-1, 1]) {
    let named = true;
    for (let k = at + step; k >= 0 && k < parts.length && Math.abs(k - at) <= REACH; k += step) {
      const part = parts[k]!.toLowerCase();
      if (/[.!?]/.test(part)) {
        if (step > 0 || !found.some(({ form }) => ORDER[language].test(form))) break;
        named = false;
      }
      const names = NAME_FORMS[language].get(part);
      if (names?.some(({ form }) => !named || OBJECT[language].test(form))) return found[0]!;
      if (named && ALSO_OBJECT[language].test(part)) return found[0]!;
    }
  }
  return null;
}

/** Groups of faith and migrants have no homeland, language or kitchen. */
const OF_PEOPLES =
  /родин|язык|истори|19\d\d|геноцид|отан|тіл|тағам|language|home|history|genocid|where|откуда|чемодан|атажұрт|ауылы|посольств/i;
const OF_KAZAKHS = /қазақ|казах|kazakh|нас\b|бізді?/i;
/** Forms of Kazakh and Russian orders that may stand for each other. */
const ORDERS = [
  ["imperative.2pl", "imperative.2polite", "hortative"],
  ["not.imperative.2pl", "not.imperative.2polite", "not.hortative"],
  ["imperative.2pl", "imperative.2sg"],
];
/** Acts against people may stand for each other; buildings are not beaten. */
const THINGS = /дом|магазин|лавк|үй|дүкен|shop|house|window|мечет/i;

/** Names that have all forms which `wanted` lists, none of `taken`. */
function fittingNames(pattern: Pattern, wanted: readonly string[], taken: readonly string[]): readonly Word[] {
  const people = OF_PEOPLES.test(pattern.text) || wanted.some((form) => form.startsWith("attr"));
  return NAMES[pattern.language].filter(
    ({ group, kind, forms }) =>
      wanted.every((form) => forms.has(form)) &&
      !taken.includes(group) &&
      (!people || kind === "ethnicity") &&
      (group !== "kazakh" || pattern.groups.includes("kazakh") || !OF_KAZAKHS.test(pattern.text)),
  );
}

function anotherVerb(verb: Found, language: WrittenLanguage, text: string, random: Random): string {
  const { word } = verb;
  const alike = (other: Word): boolean =>
    other.group === word.group || (!THINGS.test(text) && [word.group, other.group].every((group) => group === "kill" || group === "beat"));
  const orders = language === "kk" ? ORDERS.slice(0, 2) : language === "ru" ? ORDERS.slice(2) : [];
  const form = random.pick(orders.find((list) => list.includes(verb.form)) ?? [verb.form]);
  const words = VERBS[language].filter((other) => other.kind === word.kind && alike(other) && other.forms.has(form));
  return random.pick(words).forms.get(form)!;
}

/** With the first letter of `model` large where it was and the word may be written so. */
function inCaseOf(model: string, text: string): string {
  return /^\p{Lu}/u.test(model) ? text[0]!.toUpperCase() + text.slice(1) : text;
}

/**
 * The pattern with other names, and where `reword` other verbs and predicates, in the same forms.
 * @param first proposes the target; another group is taken where it has not the forms
 * @returns null where no other name fits
 */
export function varyPattern(pattern: Pattern, first: () => Word, reword: boolean, random: Random): Variant | null {
  const names = new Map<string, Word>();
  for (const group of pattern.groups) {
    const wanted = pattern.pieces.flatMap(({ name }) => (name?.word.group === group ? [name.form] : []));
    const fitting = fittingNames(
      pattern,
      wanted,
      [...names.values()].map((name) => name.group),
    );
    if (fitting.length === 0) return null;
    let name = first();
    for (let tries = 0; !fitting.includes(name); tries++) name = tries < 3 ? first() : random.pick(fitting);
    names.set(group, name);
  }
  let reworded = false;
  const texts = pattern.pieces.map(({ text, name, verb, words }, at) => {
    if (name !== null) return writeName(pattern, at, names.get(name.word.group)!.forms.get(name.form)!);
    if (!reword || (verb === null && words === null)) return text;
    const other = verb === null ? random.pick(words!) : anotherVerb(verb, pattern.language, pattern.text, random);
    reworded ||= other !== text.toLowerCase();
    return inCaseOf(text, other);
  });
  pattern.pieces.forEach(({ name }, at) => {
    if (name !== null) agree(texts, at, names.get(name.word.group)!, pattern.language);
  });
  return { text: texts.join(""), groups: [...names.values()].map(({ group }) => group), reworded };
}

/** English names of peoples have a capital anywhere, all others only where the sentence begins or the whole example shouts. */
function writeName(pattern: Pattern, at: number, form: string): string {
  const { text } = pattern.pieces[at]!;
  if (text.length > 1 && text === text.toUpperCase()) return form.toUpperCase();
  if (pattern.language !== "en") return inCaseOf(text, form);
  const begins = at === 0 || /[.!?"«“]\s*$/.test(pattern.pieces[at - 1]!.text) || (at === 1 && /^["«“]/.test(pattern.pieces[0]!.text));
  if (begins) return inCaseOf(text, form);
  return /^\p{Lu}/u.test(text) ? form : form.toLowerCase();
}

/** Words beside a name that follow its sound. */
function agree(texts: string[], at: number, name: Word, language: WrittenLanguage): void {
  const spaced = (k: number): boolean => texts[k] === " ";
  if (language === "kk" && spaced(at + 1) && texts[at + 2] !== undefined) texts[at + 2] = afterWord(texts[at]!, texts[at + 2]!, name.front);
  if (language === "ru" && spaced(at - 1)) texts[at - 2] = beforeWord(texts[at - 2] ?? "", texts[at]!);
  if (language === "en" && spaced(at - 1)) texts[at - 2] = article(texts[at - 2] ?? "", texts[at]!);
}
