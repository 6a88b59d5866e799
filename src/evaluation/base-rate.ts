/**
 * Scores are probabilities at a base rate: the share of messages that carry a label. Gold sets are made to hold many, so scores
 * held against them as they are look wrong wherever the two shares differ, however good they are. Here scores are read at
 * another base rate: their odds are multiplied by the ratio of the two base rates' odds, which is what Bayes' rule says as long
 * as messages of each class stay what they are (Elkan 2001; Saerens et al. 2002).
 */

/**
 * The base rate at which calibration is measured. "gold": the share of positives of a label's gold rows. A number: that share,
 * scores are read at it and gold rows weighed so that positives make up as much. "as-is": neither is touched.
 */
export type BaseRate = "gold" | "as-is" | number;

/** How the scores and rows of a label are read. NaN throughout where a class has no rows, so that no share can be made of them. */
export interface Reading {
  /** Share of positives that the scores then stand for; NaN for scores as they are, which may stand for anything. */
  readonly at: number;
  /** Multiplies the odds of a score. */
  readonly oddsFactor: number;
  /** Multiply the weights of rows, by class. */
  readonly positiveWeight: number;
  readonly negativeWeight: number;
}

/**
 * @param scoresAt the base rate that the scores stand for, above 0 and below 1
 * @param goldShare weighted share of positives of the gold rows
 */
export function readingOf(baseRate: BaseRate, scoresAt: number, goldShare: number): Reading {
  if (baseRate === "as-is") return { at: Number.NaN, oddsFactor: 1, positiveWeight: 1, negativeWeight: 1 };
  if (!(goldShare > 0 && goldShare < 1))
    return { at: Number.NaN, oddsFactor: Number.NaN, positiveWeight: Number.NaN, negativeWeight: Number.NaN };
  const at = baseRate === "gold" ? goldShare : baseRate;
  return {
    at,
    oddsFactor: oddsOf(at) / oddsOf(scoresAt),
    positiveWeight: at / goldShare,
    negativeWeight: (1 - at) / (1 - goldShare),
  };
}

/** A score read at another base rate; 0 and 1 stay what they are. */
export function shiftScore(score: number, oddsFactor: number): number {
  const odds = score * oddsFactor;
  return odds / (odds + 1 - score);
}

/** Scores and weights of rows as they are read. New arrays. */
export function applyReading(
  rows: { readonly scores: Float64Array; readonly gold: Uint8Array; readonly weight: Float64Array },
  { oddsFactor, positiveWeight, negativeWeight }: Reading,
): { scores: Float64Array; weight: Float64Array } {
  return {
    scores: rows.scores.map((score) => shiftScore(score, oddsFactor)),
    weight: rows.weight.map((own, row) => own * (rows.gold[row] === 1 ? positiveWeight : negativeWeight)),
  };
}

function oddsOf(share: number): number {
  return share / (1 - share);
}
