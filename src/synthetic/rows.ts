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
import { ended, mayFrame, namedIn, sentencesOfGroups, withinSentence } from "./everyday.ts";
import { dealLabels, type Example, examplesOf, type SyntheticKind } from "./examples.ts";
import { NAMES, type Word, type WrittenLanguage } from "./forms.ts";
import { varyPattern } from "./pattern.ts";
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
  /** Whether a spared message says that it carries neither label; default: only that it does not carry its twin's. */
  readonly sparesSayBoth?: boolean | undefined;
  /** Labels that lexicons and rules find in a message, to be reviewed or more. */
  readonly judge: (text: string) => ReadonlySet<Label>;
  /** Whether the message is one of those that the classifier is measured by; such a message is not made. Default: none is. */
  readonly isMeasured?: ((text: string) => boolean) | undefined;
  /** Told of each message that was made and not used, and why. */
  readonly onDrop?: ((why: string, text: string) => void) | undefined;
}

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
  /** What it was made of, as it stands in the lexicons or in the list of sentences. */
  readonly example: string;
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
  readonly example: string;
  readonly kind: SyntheticKind;
  readonly ways: readonly string[];
}

/** Shares of rows by how they are made. Clauses come both ways, as do examples. */
const SHARES: readonly (readonly [way: Way, share: number])[] = [
  ["fires", 0.3],
  ["agreed", 0.08],
  ["said", 0.09],
  ["spares", 0.18],
  ["disowned", 0.12],
  ["denied", 0.05],
  ["friendly", 0.05],
  ["harmless", 0.1],
  ["corpus", 0.03],
];
type Way = "fires" | "agreed" | "said" | "spares" | "disowned" | "denied" | "friendly" | "harmless" | "corpus";
/** Harmless sentences that someone agrees with: agreement is no evidence. */
const AGREED_WITH = 0.35;
const REWORD = 0.6;
const FRAMED = 0.3;
const OPENED = 0.08;
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
    const { fires, spares } = examplesOf(options.rules, options.entries, language);
    const clauses = groupClauses(options.entries)[language];
    this.#dealExample = { fires: dealLabels(random, fires), spares: dealLabels(random, spares) };
    this.#dealClauses = { said: createDeck(random, clauses), denied: createDeck(random, clauses) };
    this.#dealHarmless = createDeck(
      random,
      HARMLESS[language].map((_, at) => at),
    );
    this.#dealName = { fires: createDeck(random, NAMES[language]), spares: createDeck(random, NAMES[language]) };
    const own = options.sentences.filter((sentence) => sentence.language === language).map(({ text }) => text);
    const harmless = (text: string): boolean => options.judge(text).size === 0;
    this.#frames = own.filter((text) => mayFrame(text, language) && harmless(text));
    this.#corpus = sentencesOfGroups(own, language, random).filter(harmless);
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
      if (draft === null || this.#isMeasured(draft.text)) continue;
      const row = this.#finish(draft);
      const key = row.text.toLowerCase();
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      return row;
    }
    return null;
  }

  /** Drafts of which nothing comes are dropped: the next way has its turn. */
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
    if (variant === null || this.#isMeasured(variant.text)) return null;
    const found = this.#options.judge(variant.text);
    // A changed act may have changed the sense. Where the rules, which know the sense, say otherwise of a clean text, it is left out.
    if (variant.reworded && (kind === "fires" ? !found.has(label) : found.size > 0)) {
      this.#options.onDrop?.(`${kind} reworded, rules disagree`, variant.text);
      return null;
    }
    const ways = [...(pattern.groups.length > 0 ? ["names"] : []), ...(variant.reworded ? ["reworded"] : [])];
    const labels = kind === "spares" ? this.#spared(label) : firedLabels(label, found);
    if (labels === null) return null;
    return { text: variant.text, labels, target: variant.groups[0] ?? null, origin, example: pattern.text, kind, ways };
  }

  #isMeasured(text: string): boolean {
    const measured = this.#options.isMeasured?.(text) ?? false;
    if (measured) this.#options.onDrop?.("said of a group by a message that is measured", text);
    return measured;
  }

  /**
   * What is spared carries no label. Still the twin of a call is a row for calls alone, and that of an attack for hate alone: words of
   * acts would otherwise stand in rows without hate only, as calls say nothing of hate, and so speak against it.
   */
  #spared(label: Label): SyntheticRow["labels"] {
    if (label === "slur" || this.#options.sparesSayBoth) return NONE;
    return { hate: label === "hate" ? 0 : null, incitement: label === "incitement" ? 0 : null };
  }

  #quoted(frames: Readonly<Record<WrittenLanguage, readonly string[]>>, kind: SyntheticKind): Draft | null {
    const draft = this.#example("fires", kind);
    if (draft === null || /["«»“”]/.test(draft.text)) return null;
    const text = this.#random.pick(frames[this.#language]).replace("{}", draft.text.replace(/[.!?…]+$/, ""));
    const labels = kind === "fires" ? draft.labels : this.#spared(draft.labels.incitement === 1 ? "incitement" : "hate");
    return { ...draft, text, kind, labels, ways: [...draft.ways, kind === "fires" ? "agreed" : "disowned"] };
  }

  #clause(frames: Readonly<Record<WrittenLanguage, readonly string[]>>, deck: "said" | "denied", kind: SyntheticKind): Draft {
    const clause = this.#random.pick(this.#dealClauses[deck]());
    const name = this.#dealName[kind]();
    const frame = this.#random.pick(frames[this.#language]).replace("{}", clause.text);
    const labels = kind === "fires" ? ({ hate: 1, incitement: null } as const) : this.#spared("hate");
    const text = fillTemplate(frame, [name], this.#language);
    return { text, labels, target: name.group, origin: clause.entry, example: clause.text, kind, ways: ["clause", deck] };
  }

  #friendly(): Draft {
    const name = this.#dealName.spares();
    const clause = this.#random.pick(FRIENDLY[this.#language]);
    const text = fillTemplate(this.#random.pick(CLAUSE_SAID[this.#language]).replace("{}", clause), [name], this.#language);
    return { text, labels: NONE, target: name.group, origin: "friendly", example: clause, kind: "spares", ways: ["clause"] };
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
    return { text, labels: NONE, target: name.group, origin: `harmless-${at}`, example: template, kind: "spares", ways };
  }

  /** Each sentence once. */
  #fromCorpus(): Draft | null {
    if (this.#corpus.length === 0) return null;
    const [text] = this.#corpus.splice(Math.floor(this.#random.next() * this.#corpus.length), 1);
    return {
      text: text!,
      labels: NONE,
      target: namedIn(text!, this.#language),
      origin: "corpus",
      example: text!,
      kind: "spares",
      ways: ["corpus"],
    };
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
    const { labels, target, origin, example, kind } = draft;
    return {
      id: `synthetic-${this.#language}-${this.#made++}`,
      text,
      lang: this.#language,
      labels,
      target,
      origin,
      example,
      kind,
      ways,
      agrees,
    };
  }
}

/** Of a slur's example the rules say whether it is hate or a call; where they do not, it teaches nothing of either. */
function firedLabels(label: Label, found: ReadonlySet<Label>): SyntheticRow["labels"] | null {
  const hate = label === "hate" || found.has("hate") ? 1 : null;
  const incitement = label === "incitement" || found.has("incitement") ? 1 : null;
  return hate === null && incitement === null ? null : { hate, incitement };
}
