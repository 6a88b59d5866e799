/**
 * How well scores agree with gold, from parallel arrays: `scores` (higher is more likely positive) and `gold` (0 or 1), of
 * one length. A row is called positive when its score is at or above the threshold; a NaN score never is, and ranks lowest.
 * What is undefined (a precision where nothing was called, a recall without positives) is NaN. Nothing here throws.
 */

/** Rows by what was called and what is true, in rows. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** Shares in 0..1, or NaN. */
export interface Rates {
  readonly precision: number;
  readonly recall: number;
  /** 2tp / (2tp + fp + fn): NaN only where there is neither a positive nor a call. */
  readonly f1: number;
  /** The same three of the negative class: of rows that were not called, of rows that should not be. */
  readonly negativePrecision: number;
  readonly negativeRecall: number;
  readonly negativeF1: number;
  /** Mean of the two classes' F1. */
  readonly macroF1: number;
  readonly accuracy: number;
  /** Mean of the two classes' recall. */
  readonly balancedAccuracy: number;
  /** Share of negatives that were called. */
  readonly falsePositiveRate: number;
}

/** Both are NaN where a class is empty, except that average precision needs positives only. */
export interface Ranking {
  readonly auc: number;
  readonly averagePrecision: number;
}

export function confusionAt(scores: Float64Array, gold: Uint8Array, threshold: number): Confusion {
  let tp = 0;
  let called = 0;
  let positives = 0;
  for (let row = 0; row < gold.length; row++) {
    const positive = gold[row]!;
    positives += positive;
    if (scores[row]! >= threshold) {
      called++;
      tp += positive;
    }
  }
  const fp = called - tp;
  return { tp, fp, fn: positives - tp, tn: gold.length - positives - fp };
}

export function ratesOf({ tp, fp, fn, tn }: Confusion): Rates {
  const recall = tp / (tp + fn);
  const negativeRecall = tn / (tn + fp);
  const f1 = (2 * tp) / (2 * tp + fp + fn);
  const negativeF1 = (2 * tn) / (2 * tn + fp + fn);
  return {
    precision: tp / (tp + fp),
    recall,
    f1,
    negativePrecision: tn / (tn + fn),
    negativeRecall,
    negativeF1,
    macroF1: (f1 + negativeF1) / 2,
    accuracy: (tp + tn) / (tp + fp + fn + tn),
    balancedAccuracy: (recall + negativeRecall) / 2,
    falsePositiveRate: fp / (tn + fp),
  };
}

/**
 * Area under the ROC curve and average precision in one walk, in O(n log n).
 *
 * AUC is the share of pairs of a positive and a negative that the scores put in order, equal scores counting one half:
 * the Mann-Whitney U statistic over midranks, divided by the number of pairs (Hanley and McNeil 1982). Average precision
 * is the sum of precision times the step in recall at every distinct score, from the highest down, without interpolation
 * (scikit-learn's `average_precision_score`); rows of equal score make one step, so their order does not matter.
 */
export function rankingOf(scores: Float64Array, gold: Uint8Array): Ranking {
  let ordered = 0;
  let precisions = 0;
  const { positives, negatives } = walkScores(scores, gold, (_, tp, fp, tpStep, fpStep) => {
    ordered += fpStep * (tp - tpStep / 2);
    precisions += tpStep * (tp / (tp + fp));
  });
  return {
    auc: ordered / (positives * negatives),
    averagePrecision: precisions / positives,
  };
}

export function auc(scores: Float64Array, gold: Uint8Array): number {
  return rankingOf(scores, gold).auc;
}

export function averagePrecision(scores: Float64Array, gold: Uint8Array): number {
  return rankingOf(scores, gold).averagePrecision;
}

/** What has been called once the threshold has come down to `score`, and how much of it that last step added, in rows. */
export type VisitStep = (score: number, tp: number, fp: number, tpStep: number, fpStep: number) => void;

/**
 * Visits every distinct score from the highest down. Positives and negatives are sorted apart and merged, because typed
 * arrays sort as plain numbers; sorting row numbers by a comparator took three times as long (a million rows).
 */
export function walkScores(scores: Float64Array, gold: Uint8Array, visit: VisitStep): { positives: number; negatives: number } {
  const positives = new Float64Array(countPositives(gold));
  const negatives = new Float64Array(gold.length - positives.length);
  let tp = 0;
  let fp = 0;
  for (let row = 0; row < gold.length; row++) {
    const given = scores[row]!;
    const score = Number.isNaN(given) ? Number.NEGATIVE_INFINITY : given;
    if (gold[row] === 1) positives[tp++] = score;
    else negatives[fp++] = score;
  }
  positives.sort();
  negatives.sort();
  let positive = positives.length;
  let negative = negatives.length;
  while (positive > 0 || negative > 0) {
    const score = Math.max(positives[positive - 1] ?? Number.NEGATIVE_INFINITY, negatives[negative - 1] ?? Number.NEGATIVE_INFINITY);
    const positiveBefore = positive;
    const negativeBefore = negative;
    while (positive > 0 && positives[positive - 1] === score) positive--;
    while (negative > 0 && negatives[negative - 1] === score) negative--;
    visit(score, positives.length - positive, negatives.length - negative, positiveBefore - positive, negativeBefore - negative);
  }
  return { positives: positives.length, negatives: negatives.length };
}

export function countPositives(gold: Uint8Array): number {
  let positives = 0;
  for (let row = 0; row < gold.length; row++) positives += gold[row]!;
  return positives;
}
