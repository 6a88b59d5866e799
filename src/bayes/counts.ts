/**
 * Counts features and turns the counts into weights: multinomial naive Bayes (McCallum and Nigam 1998), a feature's weight
 * being the log of the ratio of its smoothed shares in the two classes, and its complement form (Rennie et al. 2003).
 *
 * Sets differ in subject and register more than hate differs from talk, so every set that has both classes counts both
 * with the same mass: then the weights say what hate adds within a set, not which set a message is from. Sets of benign
 * text alone fill up the negative class of their language, to `benignShare` of its positive mass.
 */
/** Features counted of one set, for one head, by class: what the balance needs before the second pass. */
export interface SetMass {
  readonly language: string;
  readonly positive: number;
  readonly negative: number;
}

/** Mass that every language's positive class is brought to; only ratios matter. */
const LANGUAGE_MASS = 1e6;

/**
 * Weight of one count of a set's rows.
 * @returns 0 for a language that has no positive rows at all: nothing can be learnt about it.
 */
export function balanceWeight(
  sets: ReadonlyMap<string, SetMass>,
  name: string,
  positive: boolean,
  benignShare: number,
  factors: Readonly<Record<string, number>>,
): number {
  const set = sets.get(name);
  if (set === undefined) return 0;
  let positives = 0;
  let benign = 0;
  for (const other of sets.values()) {
    if (other.language !== set.language) continue;
    positives += other.positive;
    if (other.positive === 0) benign += other.negative;
  }
  if (positives === 0) return 0;
  const scale = (LANGUAGE_MASS / positives) * setWeight(factors, name, positive);
  if (set.positive === 0) return (scale * benignShare * positives) / benign;
  return positive ? scale : scale * (set.negative > 0 ? set.positive / set.negative : 1);
}

/** What a row of a set counts for: the weight of its class ("set:1", "set:0") where one is given, else the set's, else 1. */
export function setWeight(weights: Readonly<Record<string, number>>, name: string, positive: boolean): number {
  return weights[`${name}:${positive ? 1 : 0}`] ?? weights[name] ?? 1;
}

/** Weighted counts of one head, by class and place. Memory: 20 bytes a place. */
export class HeadCounts {
  readonly #counts: readonly [Float64Array, Float64Array];
  readonly #rows: Uint32Array;
  readonly #totals: [number, number] = [0, 0];

  constructor(bits: number) {
    this.#counts = [new Float64Array(1 << bits), new Float64Array(1 << bits)];
    this.#rows = new Uint32Array(1 << bits);
  }

  /** Counts the first `count` of `features`, places of one row. */
  add(features: Int32Array, count: number, positive: boolean, weight: number): void {
    const counts = this.#counts[positive ? 1 : 0];
    for (let k = 0; k < count; k++) {
      counts[features[k]!]! += weight;
      this.#rows[features[k]!]!++;
    }
    this.#totals[positive ? 1 : 0] += weight * count;
  }

  /**
   * Log ratio of smoothed shares, by place, in nats: what multinomial naive Bayes adds for a feature.
   * @param smoothing in units of the average count of a place
   * @param minimum places that fewer rows have are 0
   */
  logRatios(smoothing: number, minimum = 1): Float64Array {
    const [negative, positive] = this.#logShares(smoothing);
    return Float64Array.from(negative, (share, place) => (this.#rows[place]! < minimum ? 0 : positive[place]! - share));
  }

  /**
   * The same of complement naive Bayes: each class is told by the shares of the other one, and its weights are divided by the
   * sum of their sizes, so that neither class gains by being spread over more places. Scaled back to nats.
   */
  complementRatios(smoothing: number, minimum = 1): Float64Array {
    const [negative, positive] = this.#logShares(smoothing);
    const size = (shares: Float64Array) =>
      shares.reduce((sum, share, place) => sum + (this.#rows[place]! < minimum ? 0 : Math.abs(share)), 0);
    const [ofNegative, ofPositive] = [size(negative), size(positive)];
    const scale = (ofNegative + ofPositive) / 2;
    return Float64Array.from(negative, (share, place) =>
      this.#rows[place]! < minimum ? 0 : scale * (positive[place]! / ofPositive - share / ofNegative),
    );
  }

  /** Logs of the smoothed shares of each class. A class without rows has the same share everywhere. */
  #logShares(smoothing: number): [Float64Array, Float64Array] {
    const of = (counts: Float64Array, total: number) => {
      const unit = (smoothing * (total || 1)) / counts.length;
      return Float64Array.from(counts, (count) => Math.log((count + unit) / (total + unit * counts.length)));
    };
    return [of(this.#counts[0], this.#totals[0]), of(this.#counts[1], this.#totals[1])];
  }
}
