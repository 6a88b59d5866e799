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
  readonly accuracy: number;
  /** Mean of recall and specificity. */
  readonly balancedAccuracy: number;
  readonly specificity: number;
}

/** Both are NaN where a class is empty, except that average precision needs positives only. */
export interface Ranking {
  readonly auc: number;
  readonly averagePrecision: number;
}

/** A place on the precision-recall curve; all NaN where the wish cannot be met. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
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
  const specificity = tn / (tn + fp);
  return {
    precision: tp / (tp + fp),
    recall,
    f1: (2 * tp) / (2 * tp + fp + fn),
    accuracy: (tp + tn) / (tp + fp + fn + tn),
    balancedAccuracy: (recall + specificity) / 2,
    specificity,
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

/**
 * The threshold of the highest recall among those whose precision is at least `wanted`; of several with that recall, the
 * most precise. A threshold is always one of the scores.
 */
export function thresholdForPrecision(scores: Float64Array, gold: Uint8Array, wanted: number): OperatingPoint {
  return bestPoint(scores, gold, (point, best) => point.precision >= wanted && !(point.recall <= best.recall));
}

/**
 * The threshold of the highest precision among those whose recall is at least `wanted`; of several with that precision, the
 * one of the highest recall.
 */
export function thresholdForRecall(scores: Float64Array, gold: Uint8Array, wanted: number): OperatingPoint {
  return bestPoint(scores, gold, (point, best) => {
    if (!(point.recall >= wanted) || point.precision < best.precision) return false;
    return point.precision !== best.precision || point.recall > best.recall;
  });
}

function bestPoint(
  scores: Float64Array,
  gold: Uint8Array,
  isBetter: (point: OperatingPoint, best: OperatingPoint) => boolean,
): OperatingPoint {
  const positives = countPositives(gold);
  let best: OperatingPoint = {
    threshold: Number.NaN,
    precision: Number.NaN,
    recall: Number.NaN,
  };
  if (positives === 0) return best;
  walkScores(scores, gold, (threshold, tp, fp) => {
    const point = {
      threshold,
      precision: tp / (tp + fp),
      recall: tp / positives,
    };
    if (isBetter(point, best)) best = point;
  });
  return best;
}

/** What has been called once the threshold has come down to `score`, and how much of it that last step added, in rows. */
type VisitStep = (score: number, tp: number, fp: number, tpStep: number, fpStep: number) => void;

/**
 * Visits every distinct score from the highest down. Positives and negatives are sorted apart and merged, because typed
 * arrays sort as plain numbers; sorting row numbers by a comparator took three times as long (a million rows).
 */
function walkScores(scores: Float64Array, gold: Uint8Array, visit: VisitStep): { positives: number; negatives: number } {
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

function countPositives(gold: Uint8Array): number {
  let positives = 0;
  for (let row = 0; row < gold.length; row++) positives += gold[row]!;
  return positives;
}
