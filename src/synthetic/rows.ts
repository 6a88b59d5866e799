/**
 * Labelled messages made of what the lexicons carry: examples of rules and entries with other names, acts and predicates, set in
 * everyday sentences and typed as people type. For training only: nothing that is measured may be made of them.
 *
 *     fires    other names, other acts of the class | agreed with | a clause of a predicate           label 1
 *     spares   other names, other acts of the class | fires disowned, clauses denied | harmless talk   label 0
 *
 * Both classes get the same names in turn, the same everyday sentences and the same slips, so that none of these is evidence.
 */
import type { Label } from "../core/label.ts";
import type { LexiconEntry, Rule } from "../lexicon/entry.ts";
import { languageOf, NAME_FORMS, NAMES, type Word, type WrittenLanguage } from "./forms.ts";
import { type Pattern, parsePattern, varyPattern, wholePattern } from "./pattern.ts";
import { type Clause, groupClauses } from "./predicates.ts";
import { createDeck, createRandom, type Random } from "./random.ts";
import { AGREED, CLAUSE_DENIED, CLAUSE_SAID, DISOWNED, FRIENDLY, HARMLESS, OPENERS } from "./sentences.ts";
import { fillTemplate, namesFor } from "./templates.ts";
import { typeAsPeopleDo } from "./typing.ts";

export interface SyntheticOptions {
  readonly languages: readonly WrittenLanguage[];
  readonly seed: number;
  /** Of each language. Fewer come where fewer that differ can be made. */
  readonly rowsAtMost: number;
  /** Harmless messages of real people, label 0: frames, and as they are where they name a group. */
  readonly sentences: readonly { readonly text: string; readonly language: string }[];
  readonly rules: readonly Rule[];
  readonly entries: readonly LexiconEntry[];
  /** Labels that lexicons and rules find in a message, to be reviewed or more. */
  readonly judge: (text: string) => ReadonlySet<Label>;
  /** Told of each message that was made and not used, and why. */
  readonly onDrop?: ((why: string, text: string) => void) | undefined;
}

export type SyntheticKind = "fires" | "spares";

export interface SyntheticRow {
  readonly id: string;
  readonly text: string;
  readonly lang: WrittenLanguage;
  /** null: the row says nothing of the label. */
  readonly labels: { readonly hate: 0 | 1 | null; readonly incitement: 0 | 1 | null };
  /** Group that it is about, null where none is known. */
  readonly target: string | null;
  /** Rule or entry, or "harmless-NUMBER" of a sentence, "corpus". */
  readonly origin: string;
  readonly kind: SyntheticKind;
  /** How it was made: names, reworded, agreed, disowned, clause, frame, and the habits of typing. */
  readonly ways: readonly string[];
  /** Whether lexicons and rules by themselves say the same of the text as it stands. */
  readonly agrees: boolean;
}

/** A message before it is framed and typed. */
interface Draft {
  readonly text: string;
  readonly labels: SyntheticRow["labels"];
  readonly target: string | null;
  readonly origin: string;
  readonly kind: SyntheticKind;
  readonly ways: readonly string[];
}

interface Example {
  readonly pattern: Pattern;
  readonly origin: string;
  readonly label: Label;
}

/** Shares of rows by how they are made. Clauses come both ways, as do examples. */
const SHARES: readonly (readonly [way: Way, share: number])[] = [
  ["fires", 0.33],
  ["agreed", 0.08],
  ["said", 0.09],
  ["spares", 0.18],
  ["disowned", 0.08],
  ["denied", 0.05],
  ["friendly", 0.05],
  ["harmless", 0.11],
  ["corpus", 0.03],
];
type Way = "fires" | "agreed" | "said" | "spares" | "disowned" | "denied" | "friendly" | "harmless" | "corpus";
/** Harmless sentences that someone agrees with: agreement is no evidence. */
const AGREED_WITH = 0.35;
const REWORD = 0.6;
const FRAMED = 0.3;
const OPENED = 0.08;
/** Sentences of corpora that name the same group. */
const MOST_OF_A_GROUP = 30;
const LONGEST_FRAME = 90;
const SHORTEST_FRAME = 12;
const LONGEST_CORPUS = 300;
/** Drafts tried for one row before the language is given up: too little differs. */
const TRIES = 40;

const NONE = { hate: 0, incitement: 0 } as const;

/** Rows language by language, in an order that mixes the classes. The same options give the same rows. */
export function* syntheticRows(options: SyntheticOptions): Generator<SyntheticRow> {
  for (const language of options.languages) {
    const maker = new RowMaker(language, options);
    for (let made = 0; made < options.rowsAtMost; made++) {
      const row = maker.make();
      if (row === null) break;
      yield row;
    }
  }
}

class RowMaker {
  readonly #language: WrittenLanguage;
  readonly #options: SyntheticOptions;
  readonly #random: Random;
  readonly #ways: () => Way;
  readonly #dealExample: Readonly<Record<SyntheticKind, () => Example>>;
  /** Entries in turn, whatever the number of their clauses. */
  readonly #dealClauses: Readonly<Record<"said" | "denied", () => readonly Clause[]>>;
  readonly #dealHarmless: () => number;
  /** By class: the names are dealt alike to both. */
  readonly #dealName: Readonly<Record<SyntheticKind, () => Word>>;
  readonly #frames: readonly string[];
  #corpus: string[];
  readonly #seen = new Set<string>();
  #made = 0;

  constructor(language: WrittenLanguage, options: SyntheticOptions) {
    this.#language = language;
    this.#options = options;
    this.#random = createRandom(options.seed ^ (language.charCodeAt(0) * 0x9e3779b1));
    const random = this.#random;
    const { fires, spares } = examplesOf(options, language);
    const clauses = groupClauses(options.entries)[language];
    this.#dealExample = { fires: createDeck(random, fires), spares: createDeck(random, spares) };
    this.#dealClauses = { said: createDeck(random, clauses), denied: createDeck(random, clauses) };
    this.#dealHarmless = createDeck(
      random,
      HARMLESS[language].map((_, at) => at),
    );
    this.#dealName = { fires: createDeck(random, NAMES[language]), spares: createDeck(random, NAMES[language]) };
    const own = options.sentences.filter((sentence) => sentence.language === language).map(({ text }) => text);
    this.#frames = own.filter((text) => mayFrame(text, language) && options.judge(text).size === 0);
    this.#corpus = own.filter((text) => text.length < LONGEST_CORPUS && namedIn(text, language) !== null && options.judge(text).size === 0);
    this.#corpus = fewOfEach(random, this.#corpus, (text) => namedIn(text, language)!);
    const empty: Partial<Record<Way, boolean>> = {
      fires: fires.length === 0,
      agreed: fires.length === 0,
      disowned: fires.length === 0,
      spares: spares.length === 0,
      said: clauses.length === 0,
      denied: clauses.length === 0,
    };
    this.#ways = createDeck(
      random,
      SHARES.flatMap(([way, share]) => (empty[way] ? [] : Array.from({ length: Math.round(100 * share) }, () => way))),
    );
  }

  /** @returns null where nothing new could be made */
  make(): SyntheticRow | null {
    for (let tries = 0; tries < TRIES; tries++) {
      const draft = this.#draft(this.#ways());
      if (draft === null) continue;
      const row = this.#finish(draft);
      const key = row.text.toLowerCase();
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      return row;
    }
    return null;
  }

  #draft(way: Way): Draft | null {
    switch (way) {
      case "fires":
      case "spares":
        return this.#example(way);
      case "agreed":
        return this.#quoted(AGREED, "fires");
      case "disowned":
        return this.#quoted(DISOWNED, "spares");
      case "said":
        return this.#clause(CLAUSE_SAID, "said", "fires");
      case "denied":
        return this.#clause(CLAUSE_DENIED, "denied", "spares");
      case "friendly":
        return this.#friendly();
      case "harmless":
        return this.#harmless();
      case "corpus":
        return this.#fromCorpus();
    }
  }

  /** @param names whose turn it is: of the class that the example will have */
  #example(kind: SyntheticKind, names: SyntheticKind = kind): Draft | null {
    const { pattern, origin, label } = this.#dealExample[kind]();
    const reword = this.#random.chance(REWORD);
    const variant = varyPattern(pattern, this.#dealName[names], reword, this.#random);
    if (variant === null) return null;
    const found = this.#options.judge(variant.text);
    // A changed act may have changed the sense. Where the rules, which know the sense, say otherwise of a clean text, it is left out.
    if (variant.reworded && (kind === "fires" ? !found.has(label) : found.size > 0)) {
      this.#options.onDrop?.(`${kind} reworded, rules disagree`, variant.text);
      return null;
    }
    const ways = [...(pattern.groups.length > 0 ? ["names"] : []), ...(variant.reworded ? ["reworded"] : [])];
    const labels = kind === "spares" ? sparedLabels(label) : firedLabels(label, found);
    if (labels === null) return null;
    return { text: variant.text, labels, target: variant.groups[0] ?? null, origin, kind, ways };
  }

  #quoted(frames: Readonly<Record<WrittenLanguage, readonly string[]>>, kind: SyntheticKind): Draft | null {
    const draft = this.#example("fires", kind);
    if (draft === null || /["«»“”]/.test(draft.text)) return null;
    const text = this.#random.pick(frames[this.#language]).replace("{}", draft.text.replace(/[.!?…]+$/, ""));
    const labels = kind === "fires" ? draft.labels : sparedLabels(draft.labels.incitement === 1 ? "incitement" : "hate");
    return { ...draft, text, kind, labels, ways: [...draft.ways, kind === "fires" ? "agreed" : "disowned"] };
  }

  #clause(frames: Readonly<Record<WrittenLanguage, readonly string[]>>, deck: "said" | "denied", kind: SyntheticKind): Draft {
    const clause = this.#random.pick(this.#dealClauses[deck]());
    const name = this.#dealName[kind]();
    const frame = this.#random.pick(frames[this.#language]).replace("{}", clause.text);
    const labels = kind === "fires" ? ({ hate: 1, incitement: null } as const) : sparedLabels("hate");
    const text = fillTemplate(frame, [name], this.#language);
    return { text, labels, target: name.group, origin: clause.entry, kind, ways: ["clause", deck] };
  }

  #friendly(): Draft {
    const name = this.#dealName.spares();
    const clause = this.#random.pick(FRIENDLY[this.#language]);
    const text = fillTemplate(this.#random.pick(CLAUSE_SAID[this.#language]).replace("{}", clause), [name], this.#language);
    return { text, labels: NONE, target: name.group, origin: "friendly", kind: "spares", ways: ["clause"] };
  }

  #harmless(): Draft {
    const at = this.#dealHarmless();
    const template = HARMLESS[this.#language][at]!;
    let name = this.#dealName.spares();
    const fitting = namesFor(template, 1, this.#language);
    if (!fitting.includes(name)) name = this.#random.pick(fitting);
    const others = NAMES[this.#language].filter((other) => other.group !== name.group && other.kind === name.kind);
    const second = this.#random.pick(others.length > 0 ? others : NAMES[this.#language]);
    const said = fillTemplate(template, [name, second], this.#language);
    const agreed = this.#random.chance(AGREED_WITH);
    const text = agreed ? this.#random.pick(AGREED[this.#language]).replace("{}", said) : said;
    const ways = agreed ? ["names", "agreed"] : ["names"];
    return { text, labels: NONE, target: name.group, origin: `harmless-${at}`, kind: "spares", ways };
  }

  /** Each sentence once. */
  #fromCorpus(): Draft | null {
    if (this.#corpus.length === 0) return null;
    const [text] = this.#corpus.splice(Math.floor(this.#random.next() * this.#corpus.length), 1);
    return { text: text!, labels: NONE, target: namedIn(text!, this.#language), origin: "corpus", kind: "spares", ways: ["corpus"] };
  }

  #finish(draft: Draft): SyntheticRow {
    const ways = [...draft.ways];
    let { text } = draft;
    if (draft.origin !== "corpus") {
      if (this.#random.chance(OPENED)) {
        ways.push("opened");
        text = `${this.#random.pick(OPENERS[this.#language])} ${withinSentence(text, this.#language)}`;
      }
      if (this.#frames.length > 0 && this.#random.chance(FRAMED)) {
        ways.push("frame");
        const frame = ended(this.#random.pick(this.#frames));
        text = this.#random.chance(0.5) ? `${frame} ${text}` : `${ended(text)} ${frame}`;
      }
      const typed = typeAsPeopleDo(text, this.#language, this.#random);
      text = typed.text;
      ways.push(...typed.habits);
    }
    const found = this.#options.judge(text);
    const { hate, incitement } = draft.labels;
    const agrees =
      draft.kind === "spares" ? found.size === 0 : (hate === 1 && found.has("hate")) || (incitement === 1 && found.has("incitement"));
    const { labels, target, origin, kind } = draft;
    return { id: `synthetic-${this.#language}-${this.#made++}`, text, lang: this.#language, labels, target, origin, kind, ways, agrees };
  }
}

/** Of a slur's example the rules say whether it is hate or a call; where they do not, it teaches nothing of either. */
function firedLabels(label: Label, found: ReadonlySet<Label>): SyntheticRow["labels"] | null {
  const hate = label === "hate" || found.has("hate") ? 1 : null;
  const incitement = label === "incitement" || found.has("incitement") ? 1 : null;
  return hate === null && incitement === null ? null : { hate, incitement };
}

/**
 * What is spared carries no label. Still the twin of a call is a row for calls alone, and that of an attack for hate alone: words of acts would
 * otherwise stand in rows without hate only, as calls say nothing of hate, and so speak against it.
 */
function sparedLabels(label: Label): SyntheticRow["labels"] {
  return label === "slur" ? NONE : { hate: label === "hate" ? 0 : null, incitement: label === "incitement" ? 0 : null };
}

/** Examples of a language by class. A slur's examples come from entries and rules alike. */
function examplesOf({ rules, entries }: SyntheticOptions, language: WrittenLanguage): Record<SyntheticKind, Example[]> {
  const examples: Record<SyntheticKind, Example[]> = { fires: [], spares: [] };
  const add = (kind: SyntheticKind, texts: readonly string[] | undefined, origin: string, label: Label): void => {
    for (const text of texts ?? [])
      if (languageOf(text) === language)
        examples[kind].push({ pattern: label === "slur" ? wholePattern(text) : parsePattern(text), origin, label });
  };
  for (const { id, label, fires, spares } of rules) {
    add("fires", fires, id, label);
    add("spares", spares, id, label);
  }
  for (const { id, fires, spares } of entries) {
    add("fires", fires, id, "slur");
    add("spares", spares, id, "slur");
  }
  return examples;
}

/** The first group that a message names. */
function namedIn(text: string, language: WrittenLanguage): string | null {
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const found = NAME_FORMS[language].get(word);
    if (found !== undefined) return found[0]!.word.group;
  }
  return null;
}

/** Short whole sentences without names, figures and signs. */
function mayFrame(text: string, language: WrittenLanguage): boolean {
  return (
    text.length >= SHORTEST_FRAME &&
    text.length <= LONGEST_FRAME &&
    /^\p{L}[\p{L} ,.!?-]*$/u.test(text) &&
    / \p{L}+ /u.test(text) &&
    namedIn(text, language) === null
  );
}

/** With a small first letter, unless it is an English name's, a quoted one or one of capitals. */
function withinSentence(text: string, language: WrittenLanguage): string {
  const [first] = text.match(/^\p{Lu}\p{Ll}*(?!\p{Lu})/u) ?? [""];
  const named = language === "en" && (first === "I" || NAME_FORMS.en.has(first.toLowerCase()));
  return first === "" || named ? text : first.toLowerCase() + text.slice(first.length);
}

/** In another order, no more of one group than MOST_OF_A_GROUP. */
function fewOfEach(random: Random, texts: readonly string[], groupOf: (text: string) => string): string[] {
  const deal = createDeck(random, texts);
  const counts = new Map<string, number>();
  return texts.map(deal).filter((text) => {
    const group = groupOf(text);
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    return count <= MOST_OF_A_GROUP;
  });
}

const ended = (text: string): string => (/[.!?…»"]$/.test(text) ? text : `${text}.`);
