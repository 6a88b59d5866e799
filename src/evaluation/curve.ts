/**
 * What other thresholds would do, from parallel arrays as metrics.ts takes them: a ladder of thresholds, the best of them for
 * a wish, and the precision-recall curve.
 */
import { confusionAt, countPositives, ratesOf, walkScores } from "./metrics.ts";

/** A place on the precision-recall curve; all NaN where the wish cannot be met. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

export interface ThresholdPoint extends OperatingPoint {
  /** Rows at or above the threshold. */
  readonly called: number;
  readonly f1: number;
  readonly falsePositiveRate: number;
}

/** Dense at the ends, where a filter's thresholds lie. */
export const THRESHOLD_LADDER: readonly number[] = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

/** One point a threshold, in the order given. */
export function sweepThresholds(
  scores: Float64Array,
  gold: Uint8Array,
  thresholds: readonly number[] = THRESHOLD_LADDER,
): ThresholdPoint[] {
  return thresholds.map((threshold) => {
    const confusion = confusionAt(scores, gold, threshold);
    const { precision, recall, f1, falsePositiveRate } = ratesOf(confusion);
    return { threshold, called: confusion.tp + confusion.fp, precision, recall, f1, falsePositiveRate };
  });
}

/** The threshold of the highest F1, itself one of the scores; the highest of several. All NaN without positives. */
export function thresholdForBestF1(scores: Float64Array, gold: Uint8Array): OperatingPoint & { readonly f1: number } {
  const positives = countPositives(gold);
  let best = { ...NOWHERE, f1: Number.NaN };
  if (positives === 0) return best;
  walkScores(scores, gold, (threshold, tp, fp) => {
    const f1 = (2 * tp) / (tp + fp + positives);
    if (!(f1 <= best.f1)) best = { threshold, precision: tp / (tp + fp), recall: tp / positives, f1 };
  });
  return best;
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

/**
 * The precision-recall curve from the highest threshold down, a point where recall rises, thinned for drawing: at most one in
 * every `step` of recall, the last. Empty without positives.
 */
export function precisionRecallCurve(scores: Float64Array, gold: Uint8Array, step: number = 1 / 256): OperatingPoint[] {
  const positives = countPositives(gold);
  const points: OperatingPoint[] = [];
  if (positives === 0) return points;
  let slot = -1;
  walkScores(scores, gold, (threshold, tp, fp, tpStep) => {
    if (tpStep === 0) return;
    const point = { threshold, precision: tp / (tp + fp), recall: tp / positives };
    const own = Math.floor(point.recall / step);
    if (own === slot) points[points.length - 1] = point;
    else points.push(point);
    slot = own;
  });
  return points;
}

const NOWHERE: OperatingPoint = { threshold: Number.NaN, precision: Number.NaN, recall: Number.NaN };

function bestPoint(
  scores: Float64Array,
  gold: Uint8Array,
  isBetter: (point: OperatingPoint, best: OperatingPoint) => boolean,
): OperatingPoint {
  const positives = countPositives(gold);
  let best = NOWHERE;
  if (positives === 0) return best;
  walkScores(scores, gold, (threshold, tp, fp) => {
    const point = { threshold, precision: tp / (tp + fp), recall: tp / positives };
    if (isBetter(point, best)) best = point;
  });
  return best;
}
