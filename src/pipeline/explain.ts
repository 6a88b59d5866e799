/** The whole account of one message: what was read, what was found, and how it adds up to each score. */
import { nameFeatures } from "../bayes/features.ts";
import { type Decision, LABEL_NAMES, LANGUAGES, type Label, type Language } from "../core/label.ts";
import { FLAG } from "../core/token.ts";
import type { Signal } from "../core/verdict.ts";
import { moodNames } from "../lexicon/compile.ts";
import { decide } from "../scoring/decide.ts";
import { lettersToString } from "../text/letters.ts";
import { createStemCache, stemKey, stemText } from "../text/stem-cache.ts";
import type { Judge } from "./judge.ts";

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
  /** The model's strongest features for and against, already scaled as they count in `model`; empty where it may not speak. */
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
    features: explainModel(judge, number),
    logOdds: prior + signalWeight * sum + judge.shares[number]!,
  };
}

function explainModel(judge: Judge, number: number): ExplainedFeature[] {
  const { model, heads, combinations } = judge.scorer;
  const head = heads[number]!;
  if (model === null || head < 0 || judge.shares[number] === 0) return [];
  const scale = (combinations[number]!.evidence * model.header.heads[head]!.scale) / Math.sqrt(judge.featureCount || 1);
  const byName = new Map<string, number>();
  nameFeatures(judge.tokens, 0, judge.tokens.count).forEach((name, k) => {
    byName.set(name, (byName.get(name) ?? 0) + scale * model.weights[judge.features[k]! * model.heads + head]!);
  });
  return [...byName]
    .map(([name, weight]) => ({ name, weight }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN_FEATURES);
}
