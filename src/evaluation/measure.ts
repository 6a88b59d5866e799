/** Everything that is measured of one label on one group of rows. */
import { applyReading, type Reading } from "./base-rate.ts";
import { brierScore, errorOfBins, type ReliabilityBin, reliability, reliabilityByMass } from "./calibration.ts";
import {
  type OperatingPoint,
  precisionRecallCurve,
  sweepThresholds,
  type ThresholdPoint,
  thresholdForBestF1,
  thresholdForPrecision,
  thresholdForRecall,
} from "./curve.ts";
import { type Confusion, type Rates, rankingOf, ratesOf } from "./metrics.ts";

/** Rows that have both gold and score for a label, as parallel arrays. */
export interface LabelRows {
  /** 0..1, none NaN. */
  readonly scores: Float64Array;
  /** 0 or 1. */
  readonly gold: Uint8Array;
  /** What was decided, 0 or 1: mostly whether the score is at or above the threshold. */
  readonly called: Uint8Array;
  /** How many messages each row stands for in measures of calibration. */
  readonly weight: Float64Array;
}

/** Figures of a group of rows: shares in 0..1, NaN where undefined. */
export interface Figures extends Confusion, Rates {
  readonly n: number;
  readonly positives: number;
  readonly auc: number;
  /** Average precision. */
  readonly ap: number;
  /** These three at the base rate that the report states. */
  readonly brier: number;
  /** Expected calibration error over bins of equal width. */
  readonly ece: number;
  /** The same over bins of equal mass. */
  readonly ace: number;
}

/** Reliability tables at the base rate that the report states. */
export interface Bins {
  readonly reliability: readonly ReliabilityBin[];
  readonly reliabilityByMass: readonly ReliabilityBin[];
}

/** What takes a table or a curve to say, of the groups where it is worth one. */
export interface Detail extends Bins {
  readonly thresholds: readonly ThresholdPoint[];
  readonly bestF1: OperatingPoint & { readonly f1: number };
  /** The highest recall at a precision of 0.9 or more, the highest precision at a recall of 0.9 or more. */
  readonly atPrecision90: OperatingPoint;
  readonly atRecall90: OperatingPoint;
  /** Thinned for drawing. */
  readonly curve: readonly OperatingPoint[];
}

/** @param bins where they are known already: sorting is most of the work */
export function figuresOf(rows: LabelRows, reading: Reading, bins: Bins = binsOf(rows, reading)): Figures {
  const confusion = confusionOf(rows);
  const { auc, averagePrecision } = rankingOf(rows.scores, rows.gold);
  const { scores, weight } = applyReading(rows, reading);
  return {
    n: rows.gold.length,
    positives: confusion.tp + confusion.fn,
    ...confusion,
    ...ratesOf(confusion),
    auc,
    ap: averagePrecision,
    brier: brierScore(scores, rows.gold, weight),
    ece: errorOfBins(bins.reliability),
    ace: errorOfBins(bins.reliabilityByMass),
  };
}

export function detailOf(rows: LabelRows, reading: Reading): Detail {
  return {
    ...binsOf(rows, reading),
    thresholds: sweepThresholds(rows.scores, rows.gold),
    bestF1: thresholdForBestF1(rows.scores, rows.gold),
    atPrecision90: thresholdForPrecision(rows.scores, rows.gold, 0.9),
    atRecall90: thresholdForRecall(rows.scores, rows.gold, 0.9),
    curve: precisionRecallCurve(rows.scores, rows.gold),
  };
}

function binsOf(rows: LabelRows, reading: Reading): Bins {
  const { scores, weight } = applyReading(rows, reading);
  return { reliability: reliability(scores, rows.gold, weight), reliabilityByMass: reliabilityByMass(scores, rows.gold, weight) };
}

function confusionOf({ gold, called }: LabelRows): Confusion {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < gold.length; row++) counts[(gold[row]! << 1) | called[row]!]!++;
  return { tp: counts[3]!, fp: counts[1]!, fn: counts[2]!, tn: counts[0]! };
}
