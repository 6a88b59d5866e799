/**
 * Whether scores mean probabilities, from parallel arrays of one length: `scores` in 0..1, `gold` (0 or 1) and, where rows
 * stand for more or fewer messages than one, `weight` (0 or more; default: 1 each). Without rows, or where no row weighs
 * anything, the answers are NaN; a NaN score makes them NaN. Nothing here throws.
 */

export const RELIABILITY_BINS = 10;

/** Rows of neighbouring scores. Means are weighted, NaN where the bin is empty. */
export interface ReliabilityBin {
  /** Equal width: scores in [start, end), the last bin with its end. Equal mass: its lowest and highest score. */
  readonly start: number;
  readonly end: number;
  readonly n: number;
  /** Sum of the rows' weights. */
  readonly weight: number;
  readonly meanScore: number;
  /** Share of positives: what `meanScore` should be. */
  readonly positiveRate: number;
}

/** Mean squared distance of score and gold, 0 (best) .. 1 (Brier 1950, for two classes). */
export function brierScore(scores: Float64Array, gold: Uint8Array, weight?: Float64Array): number {
  let sum = 0;
  let mass = 0;
  for (let row = 0; row < gold.length; row++) {
    const own = weight === undefined ? 1 : weight[row]!;
    sum += own * (scores[row]! - gold[row]!) ** 2;
    mass += own;
  }
  return sum / mass;
}

/** The reliability table: RELIABILITY_BINS bins of equal width. Scores outside 0..1 go to the nearest bin. */
export function reliability(scores: Float64Array, gold: Uint8Array, weight?: Float64Array): ReliabilityBin[] {
  const sums = new BinSums();
  for (let row = 0; row < gold.length; row++) {
    const bin = Math.min(RELIABILITY_BINS - 1, Math.max(0, Math.floor(scores[row]! * RELIABILITY_BINS) || 0));
    sums.add(bin, scores[row]!, gold[row]!, weight === undefined ? 1 : weight[row]!);
  }
  return sums.bins((bin) => [bin / RELIABILITY_BINS, (bin + 1) / RELIABILITY_BINS]);
}

/**
 * The reliability table by bins of equal weight (Nguyen and O'Connor 2015). Rows of one score stay together, in the bin that
 * the middle of their weight falls into, so the order of rows does not matter and a score that most rows have is one bin:
 * bins that are left empty are left out.
 */
export function reliabilityByMass(scores: Float64Array, gold: Uint8Array, weight?: Float64Array): ReliabilityBin[] {
  const sorted = scores.slice().sort();
  const distinct = sorted.filter((score, at) => at === 0 || score !== sorted[at - 1]);
  const mass = new Float64Array(distinct.length);
  const places = new Uint32Array(gold.length);
  for (let row = 0; row < gold.length; row++) {
    places[row] = placeIn(distinct, scores[row]!);
    mass[places[row]!]! += weight === undefined ? 1 : weight[row]!;
  }
  const total = mass.reduce((sum, own) => sum + own, 0);
  const binOf = new Uint8Array(distinct.length);
  const ends: [number, number][] = [];
  let before = 0;
  for (const [place, own] of mass.entries()) {
    const bin = Math.min(RELIABILITY_BINS - 1, Math.floor(((before + own / 2) / total) * RELIABILITY_BINS) || 0);
    binOf[place] = bin;
    ends[bin] = [ends[bin]?.[0] ?? distinct[place]!, distinct[place]!];
    before += own;
  }
  const sums = new BinSums();
  for (let row = 0; row < gold.length; row++)
    sums.add(binOf[places[row]!]!, scores[row]!, gold[row]!, weight === undefined ? 1 : weight[row]!);
  return sums.bins((bin) => ends[bin] ?? [Number.NaN, Number.NaN]).filter((bin) => bin.n > 0);
}

/** Where a value stands in a sorted list that has it; NaN stands first. Sorting row numbers instead took three times as long. */
function placeIn(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean distance of a bin's mean score and its share of positives, weighted by rows (Naeini et al. 2015; Guo et al. 2017). */
export function expectedCalibrationError(scores: Float64Array, gold: Uint8Array, weight?: Float64Array): number {
  return errorOfBins(reliability(scores, gold, weight));
}

/** The same over bins of equal weight, which do not leave crowded scores in one bin (Nixon et al. 2019). */
export function adaptiveCalibrationError(scores: Float64Array, gold: Uint8Array, weight?: Float64Array): number {
  return errorOfBins(reliabilityByMass(scores, gold, weight));
}

/** The calibration error of a table that is there already. */
export function errorOfBins(bins: readonly ReliabilityBin[]): number {
  let sum = 0;
  let mass = 0;
  for (const bin of bins) {
    if (bin.weight === 0) continue;
    sum += bin.weight * Math.abs(bin.meanScore - bin.positiveRate);
    mass += bin.weight;
  }
  return sum / mass;
}

class BinSums {
  readonly #count = new Float64Array(RELIABILITY_BINS);
  readonly #weight = new Float64Array(RELIABILITY_BINS);
  readonly #score = new Float64Array(RELIABILITY_BINS);
  readonly #positive = new Float64Array(RELIABILITY_BINS);

  add(bin: number, score: number, gold: number, weight: number): void {
    this.#count[bin]!++;
    this.#weight[bin]! += weight;
    this.#score[bin]! += weight * score;
    this.#positive[bin]! += weight * gold;
  }

  bins(ends: (bin: number) => readonly [number, number]): ReliabilityBin[] {
    return Array.from(this.#count, (n, bin) => {
      const weight = this.#weight[bin]!;
      const [start, end] = ends(bin);
      return { start, end, n, weight, meanScore: this.#score[bin]! / weight, positiveRate: this.#positive[bin]! / weight };
    });
  }
}
