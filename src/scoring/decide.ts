/**
 * From signals and model evidence to scores and a decision. One logistic layer a label:
 *
 *     log-odds = prior + signals x (sum of the signals' weights) + (evidence x the model head's evidence + offset)
 *
 * The model is asked only where a group is named, and speaks only in languages its head has seen both classes of: an insult or
 * a threat without a group is neither hate nor incitement here, whatever its words.
 */

import type { Combination, Model } from "../bayes/model.ts";
import { DECISIONS, type Decision, LABEL_NAMES, LABELS, LANGUAGES, type Label } from "../core/label.ts";

/** A threshold for flagging and a lower one for review, by label. */
export type Thresholds = { [label in Label]: { flag: number; review: number } };

export interface Scorer {
  readonly model: Model | null;
  readonly thresholds: Thresholds;
  /** By label number. */
  readonly combinations: readonly Combination[];
  /** By label number: its probability where nothing speaks, its two thresholds. */
  readonly priors: Float64Array;
  readonly flags: Float64Array;
  readonly reviews: Float64Array;
  /** By label number: the model's head, -1 for none. */
  readonly heads: Int8Array;
  /** By label number: bit of each place in LANGUAGES in which the head may speak for the label. */
  readonly languages: Int32Array;
}

/** What holds without a model: weights of rules are log-likelihood ratios, and one message in a hundred carries a label. */
const WITHOUT_MODEL: Combination = {
  prior: -4.6,
  signals: 1,
  evidence: 0,
  offset: 0,
  limit: 0,
  review: 0.2,
  flag: 0.5,
};

/** How far presets move the flag threshold from the balanced one, in log-odds; review stays below it. */
export const PRESETS = { precision: 1.2, balanced: 0, recall: -1.2 } as const;
export type Preset = keyof typeof PRESETS;

/** @param changes thresholds that the user gave, by label; they set `flag`, and `review` where that would lie above it. */
export function createScorer(model: Model | null, preset: Preset = "balanced", changes: Partial<Record<Label, number>> = {}): Scorer {
  const combinations = LABEL_NAMES.map((label) => model?.header.combinations[label] ?? WITHOUT_MODEL);
  const thresholds = Object.fromEntries(
    LABEL_NAMES.map((label, k) => {
      const moved = (p: number) => sigmoid(Math.log(p / (1 - p)) + PRESETS[preset]);
      const flag = changes[label] ?? moved(combinations[k]!.flag);
      return [label, { flag, review: Math.min(flag, moved(combinations[k]!.review)) }];
    }),
  ) as Thresholds;
  const heads = Int8Array.from(LABEL_NAMES, (label) => model?.header.heads.findIndex((head) => head.label === label) ?? -1);
  const bits = (names: readonly string[]) => names.reduce((sum, name) => sum | (1 << (LANGUAGES as readonly string[]).indexOf(name)), 0);
  const languages = Int32Array.from(heads, (head) => {
    const names = model?.header.heads[head]?.languages ?? [];
    return bits(names) | (names.length > 1 ? bits(["mixed"]) : 0);
  });
  return {
    model,
    thresholds,
    combinations,
    priors: Float64Array.from(combinations, ({ prior }) => sigmoid(prior)),
    flags: Float64Array.from(LABEL_NAMES, (label) => thresholds[label].flag),
    reviews: Float64Array.from(LABEL_NAMES, (label) => thresholds[label].review),
    heads,
    languages,
  };
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/**
 * What the model adds to a label's log-odds in a message that names a group.
 * @param evidence of the heads, as scoreFeatures left it
 */
export function modelShare(scorer: Scorer, label: number, evidence: Float64Array, language: number): number {
  const head = scorer.heads[label]!;
  if (head < 0 || (scorer.languages[label]! & (1 << language)) === 0) return 0;
  const { evidence: weight, offset, limit } = scorer.combinations[label]!;
  return Math.max(-limit, Math.min(limit, weight * evidence[head]! + offset));
}

/** Probability of a label. `signalSum` is in nats. */
export function scoreLabel(scorer: Scorer, label: number, signalSum: number, share: number): number {
  const combination = scorer.combinations[label]!;
  if (signalSum === 0 && share === 0) return scorer.priors[label]!;
  return sigmoid(combination.prior + combination.signals * signalSum + share);
}

/** @param scores by label number, 0..1 */
export function decide(scorer: Scorer, scores: Float64Array): Decision {
  let best = 0;
  for (let label = 0; label < LABELS.length; label++) {
    const score = scores[label]!;
    if (score >= scorer.flags[label]!) return "flag";
    if (score >= scorer.reviews[label]!) best = 1;
  }
  return DECISIONS[best]!;
}
