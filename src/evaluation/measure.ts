/** Everything that is measured of one label on one group of rows. */
import { applyReading, type Reading } from "./base-rate.ts";
import {
  adaptiveCalibrationError,
  brierScore,
  expectedCalibrationError,
  type ReliabilityBin,
  reliability,
  reliabilityByMass,
} from "./calibration.ts";
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

/** What takes a table or a curve to say, of the groups where it is worth one. */
export interface Detail {
  readonly thresholds: readonly ThresholdPoint[];
  readonly bestF1: OperatingPoint & { readonly f1: number };
  /** The highest recall at a precision of 0.9 or more, the highest precision at a recall of 0.9 or more. */
  readonly atPrecision90: OperatingPoint;
  readonly atRecall90: OperatingPoint;
  /** At the base rate that the report states. */
  readonly reliability: readonly ReliabilityBin[];
  readonly reliabilityByMass: readonly ReliabilityBin[];
  /** Thinned for drawing. */
  readonly curve: readonly OperatingPoint[];
}

export function figuresOf(rows: LabelRows, reading: Reading): Figures {
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
    ece: expectedCalibrationError(scores, rows.gold, weight),
    ace: adaptiveCalibrationError(scores, rows.gold, weight),
  };
}

export function detailOf(rows: LabelRows, reading: Reading): Detail {
  const read = applyReading(rows, reading);
  return {
    thresholds: sweepThresholds(rows.scores, rows.gold),
    bestF1: thresholdForBestF1(rows.scores, rows.gold),
    atPrecision90: thresholdForPrecision(rows.scores, rows.gold, 0.9),
    atRecall90: thresholdForRecall(rows.scores, rows.gold, 0.9),
    reliability: reliability(read.scores, rows.gold, read.weight),
    reliabilityByMass: reliabilityByMass(read.scores, rows.gold, read.weight),
    curve: precisionRecallCurve(rows.scores, rows.gold),
  };
}

function confusionOf({ gold, called }: LabelRows): Confusion {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < gold.length; row++) counts[(gold[row]! << 1) | called[row]!]!++;
  return { tp: counts[3]!, fp: counts[1]!, fn: counts[2]!, tn: counts[0]! };
}
