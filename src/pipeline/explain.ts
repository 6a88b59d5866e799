/** The whole account of one message: what was read, what was found, and how it adds up to each score. */
import { createFeatureScratch, listFeatures, nameFeatures } from "../bayes/features.ts";
import type { Voice } from "../bayes/model.ts";
import { weightOf } from "../bayes/pack.ts";
import { type Decision, type Head, LABEL_NAMES, LANGUAGES, type Label, type Language } from "../core/label.ts";
import { FLAG } from "../core/token.ts";
import type { Signal } from "../core/verdict.ts";
import { moodNames } from "../lexicon/compile.ts";
import { CLASSES } from "../lexicon/entry.ts";
import { decide } from "../scoring/decide.ts";
import { lettersToString } from "../text/letters.ts";
import { createStemCache, stemKey, stemText } from "../text/stem-cache.ts";
import { GROUP_MASK, type Judge } from "./judge.ts";

export interface ExplainedToken {
  readonly text: string;
  /** Folded letters: what the lexicons saw. */
  readonly readAs: string;
  /** Its stem, in folded letters; null where the word is its own. For the reader: lexicons and model have their own ways with endings. */
  readonly stem: string | null;
  /** What the tokenizer saw: scripts, repeats, invisible characters. */
  readonly flags: readonly string[];
  readonly entries: readonly {
    readonly id: string;
    readonly class: string;
    readonly moods: readonly string[];
  }[];
}

export interface ExplainedFeature {
  readonly name: string;
  /** In nats, as it counts in the label's log-odds. */
  readonly weight: number;
}

/** What one head of the model says, and what that counts for the label. */
export interface ExplainedHead {
  readonly name: Head;
  /** Its evidence, in nats. */
  readonly evidence: number;
  readonly weight: number;
}

export interface ExplainedLabel {
  readonly label: Label;
  readonly score: number;
  readonly flag: number;
  readonly review: number;
  /** prior + signalWeight x (sum of signals) + model = logOdds, in nats. */
  readonly prior: number;
  readonly signalWeight: number;
  readonly signals: readonly {
    readonly entry: string;
    readonly category: string | null;
    readonly source: string;
    readonly weight: number;
    readonly text: string;
  }[];
  readonly model: number;
  /** model = sum of evidence x weight of the heads + modelOffset, cut to 0..modelLimit, x modelKept; empty and 0 where it is silent. */
  readonly heads: readonly ExplainedHead[];
  readonly modelOffset: number;
  readonly modelLimit: number;
  /** Share of this that context leaves standing, 0..1: `model` is what is left. */
  readonly modelKept: number;
  /** The model's strongest features for and against, of all heads together, as they count before the cut. */
  readonly features: readonly ExplainedFeature[];
  readonly logOdds: number;
}

export interface Explanation {
  readonly text: string;
  readonly language: Language;
  readonly decision: Decision;
  readonly tokens: readonly ExplainedToken[];
  readonly labels: readonly ExplainedLabel[];
}

const SHOWN_FEATURES = 8;
/** A long message says its words again and again. */
const STEM_CACHE_BITS = 8;

export function explain(judge: Judge, text: string): Explanation {
  const bytes = new TextEncoder().encode(text);
  const slice = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString("utf8");
  const signals = judge.judge(bytes, 0, bytes.length);
  return {
    text,
    language: LANGUAGES[judge.language]!,
    decision: decide(judge.scorer, judge.scores),
    tokens: explainTokens(judge, slice),
    labels: LABEL_NAMES.map((label, k) => explainLabel(judge, label, k, signals, slice)),
  };
}

function explainTokens(judge: Judge, slice: (start: number, end: number) => string): ExplainedToken[] {
  const { tokens, hits, lexicon, language } = judge;
  const stems = createStemCache(STEM_CACHE_BITS);
  return Array.from({ length: tokens.count }, (_, token): ExplainedToken => {
    const entries = [];
    for (let hit = 0; hit < hits.count; hit++) {
      if (hits.token[hit]! > token || hits.lastToken[hit]! < token) continue;
      const entry = lexicon.entries[hits.entry[hit]!]!;
      entries.push({
        id: entry.id,
        class: entry.class,
        moods: moodNames(hits.moods[hit]!),
      });
    }
    return {
      text: slice(tokens.start[token]!, tokens.end[token]!),
      readAs: lettersToString(tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!),
      stem: stemKey(stems, tokens, token, language) === tokens.key[token] ? null : stemText(stems, tokens, token, language),
      flags: Object.entries(FLAG).flatMap(([name, bit]) => ((tokens.flags[token]! & bit) !== 0 ? [name] : [])),
      entries,
    };
  });
}

function explainLabel(
  judge: Judge,
  label: Label,
  number: number,
  signals: readonly Signal[],
  slice: (start: number, end: number) => string,
): ExplainedLabel {
  const { scorer } = judge;
  const { prior, signals: signalWeight } = scorer.combinations[number]!;
  const own = signals.filter((signal) => signal.label === label);
  const sum = own.reduce((total, signal) => total + signal.weight, 0);
  return {
    label,
    score: judge.scores[number]!,
    ...scorer.thresholds[label],
    prior,
    signalWeight,
    signals: own.map((signal) => ({
      entry: signal.entry,
      category: signal.category,
      source: signal.source,
      weight: signal.weight,
      text: slice(signal.start, signal.end),
    })),
    model: judge.shares[number]!,
    ...explainModel(judge, number),
    logOdds: prior + signalWeight * sum + judge.shares[number]!,
  };
}

type ModelAccount = Pick<ExplainedLabel, "heads" | "modelOffset" | "modelLimit" | "modelKept" | "features">;

function explainModel(judge: Judge, number: number): ModelAccount {
  const { model, voices } = judge.scorer;
  const voice = judge.named ? voices[number * LANGUAGES.length + judge.language]! : null;
  if (model === null || voice === null) return { heads: [], modelOffset: 0, modelLimit: 0, modelKept: 1, features: [] };
  return {
    heads: model.header.heads
      .map(({ name }, head) => ({ name, evidence: judge.evidence[head]!, weight: voice.evidence[head]! }))
      .filter(({ weight }) => weight !== 0),
    modelOffset: voice.offset,
    modelLimit: voice.limit,
    modelKept: judge.kept[number]!,
    features: explainFeatures(judge, voice),
  };
}

/** A place counts once, under the first name that leads to it. */
function explainFeatures(judge: Judge, voice: Voice): ExplainedFeature[] {
  const model = judge.scorer.model!;
  const { tokens } = judge;
  const scratch = createFeatureScratch(model.bits, GROUP_MASK);
  const listed = listFeatures(tokens, 0, tokens.count, scratch);
  const names = nameFeatures(tokens, 0, tokens.count, GROUP_MASK, CLASSES);
  const byPlace = new Map<number, string>();
  for (let k = 0; k < listed; k++) if (!byPlace.has(scratch.features[k]!)) byPlace.set(scratch.features[k]!, names[k]!);
  const root = Math.sqrt(byPlace.size || 1);
  const nats = (place: number) =>
    model.header.heads.reduce((sum, _, head) => sum + voice.evidence[head]! * weightOf(model, place, head), 0);
  return [...byPlace]
    .map(([place, name]) => ({ name, weight: nats(place) / root }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN_FEATURES);
}
