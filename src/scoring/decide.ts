/**
 * From signals and model evidence to scores and a decision. One logistic layer a label:
 *
 *     log-odds = prior + signals x (sum of the signals' weights) + kept x (sum of weight x evidence of each head, + offset, within a limit)
 *
 * The model is asked only where a group is named, and speaks only in languages that its header has a voice for: an insult or
 * a threat without a group is neither hate nor incitement here, whatever its words.
 */

import type { Combination, Model, Voice } from "../bayes/model.ts";
import { DECISIONS, type Decision, LABEL_NAMES, LABELS, LANGUAGES, type Label, PRESETS, type Preset } from "../core/label.ts";

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
  /** By label number times LANGUAGES.length plus the language's: how the model speaks, null where it is silent. */
  readonly voices: readonly (Voice | null)[];
}

/** How far the other presets lie from the balanced one where nothing was fitted, in log-odds. */
const PRESET_STEP = 1.2;

/** What holds without a model: weights of rules are log-likelihood ratios, and one message in a hundred carries a label. */
const WITHOUT_MODEL: Combination = {
  prior: -4.6,
  signals: 1,
  voices: {},
  thresholds: presetThresholds(0.5, 0.2),
};

/** Thresholds of all presets, from those of the balanced one. */
export function presetThresholds(flag: number, review: number): Combination["thresholds"] {
  return Object.fromEntries(
    PRESETS.map((name, k) => {
      const moved = (p: number) => Math.round(sigmoid(Math.log(p / (1 - p)) + (1 - k) * PRESET_STEP) * 1e4) / 1e4;
      return [name, k === 1 ? { flag, review } : { flag: moved(flag), review: moved(review) }];
    }),
  ) as Combination["thresholds"];
}

/** @param changes thresholds that the user gave, by label; they set `flag`, and `review` where that would lie above it. */
export function createScorer(model: Model | null, preset: Preset = "balanced", changes: Partial<Record<Label, number>> = {}): Scorer {
  const combinations = LABEL_NAMES.map((label) => model?.header.combinations[label] ?? WITHOUT_MODEL);
  const thresholds = Object.fromEntries(
    LABEL_NAMES.map((label, k) => {
      const fitted = combinations[k]!.thresholds[preset];
      const flag = changes[label] ?? fitted.flag;
      return [label, { flag, review: Math.min(flag, fitted.review) }];
    }),
  ) as Thresholds;
  return {
    model,
    thresholds,
    combinations,
    priors: Float64Array.from(combinations, ({ prior }) => sigmoid(prior)),
    flags: Float64Array.from(LABEL_NAMES, (label) => thresholds[label].flag),
    reviews: Float64Array.from(LABEL_NAMES, (label) => thresholds[label].review),
    voices: combinations.flatMap(({ voices }) => LANGUAGES.map((language) => voices[language] ?? null)),
  };
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/**
 * How much of what speaks for each label context leaves standing, 0..1: a quotation that is condemned holds the same hateful words
 * as the one who said them, and the model sees the words. What guards take from the rules is taken from the model too; a
 * label that no rule claims follows the one that they took most from.
 * @param sums of the signals' weights, by label number; @param claims of those above zero; @param kept is written
 */
export function keepShares(sums: Float64Array, claims: Float64Array, kept: Float64Array): void {
  let least = 1;
  for (let label = 0; label < kept.length; label++) {
    kept[label] = claims[label]! > 0 ? Math.max(0, Math.min(1, sums[label]! / claims[label]!)) : 1;
    least = Math.min(least, kept[label]!);
  }
  for (let label = 0; label < kept.length; label++) if (claims[label] === 0) kept[label] = least;
}

/**
 * What the model adds to a label's log-odds in a message that names a group, before context takes from it. It never takes
 * away: what the rules find, a person sees.
 * @param evidence of the heads, as scoreFeatures left it
 */
export function modelShare(scorer: Scorer, label: number, evidence: Float64Array, language: number): number {
  const voice = scorer.voices[label * LANGUAGES.length + language]!;
  if (voice === null) return 0;
  const { evidence: weights, offset, limit } = voice;
  let sum = offset;
  for (let head = 0; head < weights.length; head++) sum += weights[head]! * evidence[head]!;
  return Math.max(0, Math.min(limit, sum));
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
