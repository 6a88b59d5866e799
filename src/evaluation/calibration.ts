/**
 * Whether scores mean probabilities, from parallel arrays of one length: `scores` in 0..1 and `gold` (0 or 1). Without rows
 * the answers are NaN; a NaN score makes them NaN. Nothing here throws.
 */

export const RELIABILITY_BINS = 10;

/** Rows whose score lies in [start, end), the last bin with its end. Means are NaN where the bin is empty. */
export interface ReliabilityBin {
  readonly start: number;
  readonly end: number;
  readonly n: number;
  readonly meanScore: number;
  /** Share of positives: what `meanScore` should be. */
  readonly positiveRate: number;
}

/** Mean squared distance of score and gold, 0 (best) .. 1 (Brier 1950, for two classes). */
export function brierScore(scores: Float64Array, gold: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < gold.length; row++) sum += (scores[row]! - gold[row]!) ** 2;
  return sum / gold.length;
}

/** The reliability table: RELIABILITY_BINS bins of equal width. Scores outside 0..1 go to the nearest bin. */
export function reliability(scores: Float64Array, gold: Uint8Array): ReliabilityBin[] {
  const count = new Float64Array(RELIABILITY_BINS);
  const score = new Float64Array(RELIABILITY_BINS);
  const positive = new Float64Array(RELIABILITY_BINS);
  for (let row = 0; row < gold.length; row++) {
    const bin = Math.min(RELIABILITY_BINS - 1, Math.max(0, Math.floor(scores[row]! * RELIABILITY_BINS) || 0));
    count[bin]!++;
    score[bin]! += scores[row]!;
    positive[bin]! += gold[row]!;
  }
  return Array.from(count, (n, bin) => ({
    start: bin / RELIABILITY_BINS,
    end: (bin + 1) / RELIABILITY_BINS,
    n,
    meanScore: score[bin]! / n,
    positiveRate: positive[bin]! / n,
  }));
}

/** Mean distance of a bin's mean score and its share of positives, weighted by rows (Naeini et al. 2015; Guo et al. 2017). */
export function expectedCalibrationError(scores: Float64Array, gold: Uint8Array): number {
  let sum = 0;
  for (const bin of reliability(scores, gold)) if (bin.n > 0) sum += bin.n * Math.abs(bin.meanScore - bin.positiveRate);
  return sum / gold.length;
}
