/** What is true of a labelled message, label by label, and what the shapes of this project's own rows say of it. */
import { HEAD_NAMES, type Head, LABEL_NAMES, type Label } from "../core/label.ts";

/** A label, a head of the model, or the decision over all labels. */
export type GoldName = Label | Head | "flagged";

/** 1 carries it, 0 does not, null the row does not say. */
export type GoldValue = 0 | 1 | null;

export type Gold = Readonly<Record<GoldName, GoldValue>>;

export const GOLD_NAMES: readonly GoldName[] = [...new Set<GoldName>([...LABEL_NAMES, ...HEAD_NAMES, "flagged"])];

/** Nothing is said. */
export const UNKNOWN: Gold = everyName(null);
/** Carries no label, and is not rude either. */
export const HARMLESS: Gold = everyName(0);
/** Carries no label, but may be rude. */
const UNLABELLED: Gold = { ...HARMLESS, abuse: null };

/** What a row of a labelled file says in this project's own words. Every field may be of any type; what cannot be read says nothing. */
export interface GoldRow {
  readonly gold?: unknown;
  readonly task?: unknown;
  readonly label?: unknown;
  readonly labels?: unknown;
}

/**
 * The gold of a row of any of three shapes, tried in this order:
 *
 *   {gold: {hate: 1, ...}}                  taken as it is. `flagged`, where not given, follows: 1 if a label is 1, 0 if all are 0
 *   {task: "hate", label: 1}                a row of a corpus: `task` says what the set's 0 and 1 speak of
 *   {label: 1, labels: ["incitement"]}      a row of a functional suite
 *
 * A message of a suite that carries one label may carry the others too, so they are null; one that carries none carries
 * none of them, but may be rude. `flagged` is known for rows of suites and harmless text only: other corpora judge a part of
 * what is flagged.
 */
export function goldOf(row: GoldRow): Gold {
  const given = row.gold;
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return givenGold(given as Record<string, unknown>);
  const label = asGold(row.label);
  return typeof row.task === "string" ? corpusGold(row.task, label) : suiteGold(label, row.labels);
}

/** What most of those say who say anything, name by name; null where they are as many on both sides. */
export function majorityOf(golds: readonly Gold[]): Gold {
  return eachName((name) => {
    let balance = 0;
    for (const gold of golds) if (gold[name] !== null) balance += gold[name] === 1 ? 1 : -1;
    return balance === 0 ? null : balance > 0 ? 1 : 0;
  });
}

/** A gold made name by name. */
export function eachName(say: (name: GoldName) => GoldValue): Gold {
  return Object.fromEntries(GOLD_NAMES.map((name) => [name, say(name)])) as Gold;
}

export function saysAnything(gold: Gold): boolean {
  return GOLD_NAMES.some((name) => gold[name] !== null);
}

function everyName(value: GoldValue): Gold {
  return eachName(() => value);
}

function givenGold(given: Readonly<Record<string, unknown>>): Gold {
  const gold = eachName((name) => (Object.hasOwn(given, name) ? asGold(given[name]) : null));
  if (given["flagged"] !== undefined) return gold;
  if (LABEL_NAMES.some((name) => gold[name] === 1)) return { ...gold, flagged: 1 };
  return LABEL_NAMES.every((name) => gold[name] === 0) ? { ...gold, flagged: 0 } : gold;
}

function corpusGold(task: string, label: GoldValue): Gold {
  switch (task) {
    case "hate":
      return { ...UNKNOWN, hate: label };
    case "threat":
    case "incitement":
      return { ...UNKNOWN, incitement: label };
    case "abuse":
      return { ...UNKNOWN, abuse: label };
    // Reviews are rated for sentiment, which is no concern here: they are benign text whatever the rating.
    case "benign":
    case "sentiment":
      return HARMLESS;
    // What is not even rude carries no label; what is rude may or may not.
    case "toxicity":
      return label === 0 ? HARMLESS : { ...UNKNOWN, abuse: label };
    default:
      return UNKNOWN;
  }
}

function suiteGold(label: GoldValue, labels: unknown): Gold {
  if (label === null) return UNKNOWN;
  if (label === 0) return UNLABELLED;
  const named = new Set<unknown>(Array.isArray(labels) ? labels : []);
  return eachName((name) => (name === "flagged" || named.has(name) ? 1 : null));
}

function asGold(value: unknown): GoldValue {
  if (value === 1 || value === true) return 1;
  return value === 0 || value === false ? 0 : null;
}
