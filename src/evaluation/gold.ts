/** What a labelled JSON row says is true of its message, label by label. */
import { LABEL_NAMES, type Label } from "../core/label.ts";

/** A label, or the decision over all of them. */
export type GoldName = Label | "flagged";

/** 1 carries it, 0 does not, null the row does not say. */
export type GoldValue = 0 | 1 | null;

export type Gold = Readonly<Record<GoldName, GoldValue>>;

export const GOLD_NAMES: readonly GoldName[] = [...LABEL_NAMES, "flagged"];

/** A parsed line of a labelled file. Every field may be missing or of any type; what cannot be read says nothing. */
export type LabelledRow = Readonly<Record<string, unknown>>;

/**
 * The gold of a row of any of three shapes, tried in this order:
 *
 *   {gold: {hate: 1, ...}}                  taken as it is. `flagged`, where not given, follows: 1 if a label is 1, 0 if all are 0
 *   {task: "hate", label: 1}                a row of a corpus: `task` says which label the set's 0 and 1 speak of
 *   {label: 1, labels: ["incitement"]}      a row of a functional suite
 *
 * A message of a suite that carries one label may carry the others too, so they are null; one that carries none carries
 * none of them. `flagged` is known for rows of suites and harmless text only: other corpora judge a part of what is flagged.
 */
export function goldOf(row: LabelledRow): Gold {
  const given = row["gold"];
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return givenGold(given as LabelledRow);
  const task = row["task"];
  const label = asGold(row["label"]);
  return typeof task === "string" ? corpusGold(task, label) : suiteGold(label, row["labels"]);
}

const UNKNOWN: Gold = everyLabel(null);
const HARMLESS: Gold = everyLabel(0);

function everyLabel(value: GoldValue): Gold {
  return Object.fromEntries(GOLD_NAMES.map((name) => [name, value])) as Gold;
}

function givenGold(given: LabelledRow): Gold {
  const gold = Object.fromEntries(GOLD_NAMES.map((name) => [name, asGold(given[name])])) as Record<GoldName, GoldValue>;
  if (given["flagged"] === undefined) {
    if (LABEL_NAMES.some((name) => gold[name] === 1)) gold.flagged = 1;
    else if (LABEL_NAMES.every((name) => gold[name] === 0)) gold.flagged = 0;
  }
  return gold;
}

function corpusGold(task: string, label: GoldValue): Gold {
  switch (task) {
    case "hate":
      return { ...UNKNOWN, hate: label };
    case "threat":
      return { ...UNKNOWN, incitement: label };
    // Reviews are rated for sentiment, which is no concern here: they are benign text whatever the rating.
    case "benign":
    case "sentiment":
      return HARMLESS;
    // What is not even rude carries no label; what is rude may or may not.
    case "toxicity":
      return label === 0 ? HARMLESS : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function suiteGold(label: GoldValue, labels: unknown): Gold {
  if (label === null) return UNKNOWN;
  if (label === 0) return HARMLESS;
  const named = Array.isArray(labels) ? labels : [];
  return {
    ...UNKNOWN,
    ...Object.fromEntries(LABEL_NAMES.filter((name) => named.includes(name)).map((name) => [name, 1])),
    flagged: 1,
  };
}

function asGold(value: unknown): GoldValue {
  if (value === 1 || value === true) return 1;
  return value === 0 || value === false ? 0 : null;
}
