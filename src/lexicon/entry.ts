/**
 * What lexicons and rules are made of: the plain data that schema.ts validates, compile.ts compiles and rules.ts composes.
 */
import type { Category, Label, TargetKind } from "../core/label.ts";

/**
 * Parts of speech acts that rules compose. The place in this list is the bit in TokenBatch.classes.
 * The first five are what a message can be about; the others are context.
 */
export const CLASSES = [
  "target", // a neutral word for a group
  "slur",
  "ambiguous-slur", // has an innocent homonym; needs company
  "act", // kill, beat, burn, expel, gather, arm
  "predicate", // what is said of a group: nouns, adjectives, verbs of contempt
  "necessity", // must, have to, time to
  "appeal", // let us, come on, go and
  "auxiliary", // Kazakh auxiliary verb that carries the mood of a converb
  "negation", // not, never: before what it negates (Russian, English)
  "prohibition", // must not, no need, nobody: on either side
  "why", // why, how long: turns "we do not" into a call
  "reporting", // says, reported, court, police, arrested
  "counter", // condemns, stop, shame, we are one people
  "quantifier", // all, every, them all
  "thing", // after a group's name: its language, food, music, goods; then the name is no target
  "object", // what is not a group: officials, teams, animals, food, machines, abstract things
  "gathering", // when, where, with what people meet: tonight, at eight, on the square, everyone come
  "weapon",
  "property", // houses, shops, villages, mosques of a group
  "pronoun", // they, them, these: stands for a group named before
  "we", // we, our people
  "condone", // well done, serves them right
  "frame", // game, match, film, book, history, recipe: not about real people now
  "outward", // out, away, from our land, back where they came from: the way out, for acts that are mild by themselves; on fire, a lesson: the second half of a split act
  "wish", // may they, let them, wish
  "quoted", // no entries: set where the token stands between quotation marks
  "question", // no entries: set where the sentence ends with a question mark
  "opening", // no entries: set on the first word of a sentence
  "link", // and, then, just: an order may follow
  "clause", // no entries: set on the first word after a comma, colon, dash or bracket
  "named", // no entries: set on a pronoun where a group was named before it
  "company", // with, together with: right before or after a group's name
] as const;
export type ClassName = (typeof CLASSES)[number];

/** Classes whose entries name a group of people. */
export const GROUP_CLASSES: readonly ClassName[] = ["target", "slur", "ambiguous-slur"];

/** Moods of acts and auxiliaries; the place is the bit in a hit's `moods`. */
export const MOODS = [
  "bare", // Kazakh bare stem, English base form: imperative only by its place
  "imperative",
  "hortative", // let us
  "jussive", // let them
  "infinitive", // with a necessity word, or as a command
  "converb", // Kazakh -ып: the mood follows in an auxiliary
  "intent", // we shall
  "conditional",
  "prospective", // Kazakh -атын: that is to be done; a call with "the time has come"
  "indicative", // past, present, participles: talk about what happens
  "nominal", // the act as a noun: killing, deportation, pogrom
  "slogan", // death to, out with: calls by itself
  "negated",
  "with", // no mood: the case of company, of names: with them
] as const;
export type MoodName = (typeof MOODS)[number];

/** Languages that entries are written in; the place is the bit in CompiledLexicon.languageBits. */
export const ENTRY_LANGUAGES = ["kk", "ru", "en", "any"] as const;

/**
 * How often a slur means something else: "none" never; "context" names the group, and contempt depends on who speaks and
 * where; "homonym" has another sense altogether.
 */
export const AMBIGUITIES = ["none", "context", "homonym"] as const;

/** Another sense of a slur, or a use of it without contempt. */
export interface Homonym {
  /** In English. */
  sense: string;
  /** Words or circumstances that tell it apart. */
  context: string;
}

export interface LexiconEntry {
  id: string;
  language: (typeof ENTRY_LANGUAGES)[number];
  class: ClassName;
  /** What it means, in English; never the term itself. */
  sense: string;
  /** Whole words or phrases, matched as they stand (after folding). */
  forms?: string[] | undefined;
  /** Acts and auxiliaries: forms by mood. */
  moods?: { [mood in MoodName]?: string[] | undefined } | undefined;
  /** Beginnings of words; what may follow is said by `inflect`. */
  stems?: string[] | undefined;
  /** A paradigm of paradigms.json, or "porter": any word with the same Porter stem (Russian and English). */
  inflect?: string | undefined;
  /** Words that `stems` would match and that mean something else. */
  except?: string[] | undefined;
  group?: string | undefined;
  kind?: TargetKind | undefined;
  category?: Category | undefined;
  /** 1 mild .. 5 most severe; 3 where absent. */
  severity?: number | undefined;
  /** Slurs only, which must have it. */
  ambiguity?: (typeof AMBIGUITIES)[number] | undefined;
  /** Slurs only; what is not "none" must have one at least. */
  homonyms?: Homonym[] | undefined;
  /** Slurs only: use by the group of itself, or without contempt. */
  reclaimed?: string | undefined;
  /** Short messages in which the entry is found, and of which a slur's are labelled so. */
  fires?: string[] | undefined;
  /** Short messages that lexicons and rules, without a model, must not flag. */
  spares?: string[] | undefined;
  /** A small class of its own, for the rules that ask for it by this name. */
  tag?: string | undefined;
  note?: string | undefined;
  source: string;
  /** Whether a native speaker has reviewed the entry. */
  reviewed: boolean;
}

/** One step of a word's ending: at most one of these suffixes, by the mood it gives ("" for none). */
export interface ParadigmLayer {
  required?: boolean | undefined;
  suffixes: { [mood: string]: string[] };
}

export interface Paradigm {
  language: LexiconEntry["language"];
  about: string;
  layers: ParadigmLayer[];
  /** Mood of the stem alone; null where it may not stand alone. */
  bare?: MoodName | null | undefined;
  source: string;
}

export type PartClass = ClassName | "group";

/** A word that a rule looks for, by its classes and moods, and where. */
export interface RulePart {
  /** "group" stands for every way of speaking of a group: its name, a slur, a pronoun after either. */
  class: PartClass | PartClass[];
  /** Has one of these moods. */
  mood?: MoodName[] | undefined;
  /** Has none of these moods. */
  not?: MoodName[] | undefined;
  category?: Category[] | undefined;
  /** Entries of these languages only. */
  language?: LexiconEntry["language"][] | undefined;
  /** Only entries of the anchor's language: "не" is not in Russian and what in Kazakh. */
  sameLanguage?: boolean | undefined;
  /** Entries of at least, or at most, this severity. */
  minSeverity?: number | undefined;
  maxSeverity?: number | undefined;
  /** Entries with one of these tags. */
  tag?: string[] | undefined;
  /** How many words before and after the anchor it may stand; absent: not on that side. */
  before?: number | undefined;
  after?: number | undefined;
  /** Its distance is counted from the word that this one of `with` found, 0 for the first; absent: from the anchor. */
  of?: number | undefined;
  /** It may be the anchor's own word. */
  at?: boolean | undefined;
  /** Words that must not stand near the word itself. */
  unless?: RulePart[] | undefined;
  /** "clause": no comma, colon, dash or bracket between; "sentence" (default): in the anchor's sentence; "message": anywhere within reach. */
  scope?: "clause" | "sentence" | "message" | undefined;
}

export interface Rule {
  id: string;
  label: Label;
  /** Absent: the anchor entry's. */
  category?: Category | undefined;
  about: string;
  /** Log-odds in nats of a firing whose anchor has severity 3; half a nat more or less for each step. */
  weight: number;
  anchor: RulePart;
  with?: RulePart[] | undefined;
  /** Whether it comes in the grades of the rule set, as `weight` alone or weakened or completed by each. */
  graded?: boolean | undefined;
  /** Ids of the guards, or names of sets of guards, that weaken a firing. */
  guards: string[];
  /** Messages that must fire it, and messages close by that must not. */
  fires?: string[] | undefined;
  spares?: string[] | undefined;
}

/** What weakens a firing: negation, quotation, reporting and the like near its anchor. */
export interface Guard {
  id: string;
  about: string;
  /** Nats added to the firing; negative. */
  weight: number;
  near: RulePart;
  and?: RulePart[] | undefined;
}

/**
 * A way in which graded rules weigh an act: grave acts speak by themselves, mild ones need the way out, homes or weapons beside
 * them. A graded rule is as many rules as there are grades that share a category with it, `id` of the first and `id-grade` of the others.
 */
export interface Grade {
  id: string;
  about: string;
  /** What it asks of the anchor besides the rule; categories are those of both. */
  anchor: Pick<RulePart, "category" | "minSeverity" | "maxSeverity">;
  with?: RulePart[] | undefined;
  /** In place of the rule's weight, or added to it. */
  weight?: number | undefined;
  plus?: number | undefined;
}

export interface RuleSet {
  guards: Guard[];
  guardSets?: { [name: string]: string[] } | undefined;
  grades?: Grade[] | undefined;
  rules: Rule[];
}
