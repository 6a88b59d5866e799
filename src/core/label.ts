/**
 * What a message can be labelled as. One row a label: types, thresholds and columns follow from this table.
 * A label's place in the table is its number wherever labels are counted in arrays.
 */
export const LABELS = [
  { name: "slur", says: "uses a slur for an ethnic or religious group" },
  {
    name: "incitement",
    says: "calls for, threatens or organises harm to a group or its expulsion",
  },
  { name: "hate", says: "attacks a group otherwise" },
] as const;

export type Label = (typeof LABELS)[number]["name"];

export const LABEL_NAMES: readonly Label[] = LABELS.map((row) => row.name);

/**
 * What the model has a head for, in the order of its table. Abuse is insult or profanity aimed at no group: no label, so it is
 * never reported, but the model must know it apart from hate.
 */
export const HEAD_NAMES = ["hate", "incitement", "abuse"] as const;

export type Head = (typeof HEAD_NAMES)[number];

/** Finer than labels; carried by signals and lexicon entries. */
export const CATEGORIES = [
  "slur",
  "violence",
  "expulsion",
  "assembly",
  "threat",
  "revenge",
  "glorification",
  "derogation",
  "dehumanisation",
  "denial-of-rights",
  "collective-blame",
  "mirror",
  "curse",
] as const;

export type Category = (typeof CATEGORIES)[number];

/** What makes people a group. The first four are the core; `--targets` narrows a scan to some of these. */
export const TARGET_KINDS = ["ethnicity", "nationality", "religion", "migration", "sex", "gender", "sexuality", "disability"] as const;

export type TargetKind = (typeof TARGET_KINDS)[number];

/** Language of a message, in the order of the numbers that the language tagger writes. */
export const LANGUAGES = ["kk", "ru", "en", "mixed", "other"] as const;

export type Language = (typeof LANGUAGES)[number];

/** Where the thresholds lie: rather miss than accuse, as the model was fitted, rather accuse than miss. */
export const PRESETS = ["precision", "balanced", "recall"] as const;

export type Preset = (typeof PRESETS)[number];

/** From harmless to urgent; a decision's place in this list orders it. */
export const DECISIONS = ["pass", "review", "flag"] as const;

export type Decision = (typeof DECISIONS)[number];
