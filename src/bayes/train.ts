/**
 * Counts features and turns the counts into weights. Multinomial naive Bayes (McCallum & Nigam 1998): a feature's weight
 * is the log of the ratio of its smoothed shares in the two classes.
 *
 * Sets differ in subject and register more than hate differs from talk, so every set that has both classes counts both
 * with the same mass: then the weights say what hate adds within a set, not which set a message is from. Sets of benign
 * text alone fill up the negative class of their language, to `benignShare` of its positive mass.
 */
import type { Label } from "../core/label.ts";

/** Letters counted of one set, for one head, by class: what the balance needs before the second pass. */
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
  const scale = (LANGUAGE_MASS / positives) * (factors[name] ?? 1);
  if (set.positive === 0) return (scale * benignShare * positives) / benign;
  return positive ? scale : scale * (set.negative > 0 ? set.positive / set.negative : 1);
}

/** Weighted counts of one head: Float64 [2^bits] for each class. Memory: 16 bytes a place. */
export class HeadCounts {
  readonly label: Label;
  readonly #counts: readonly [Float64Array, Float64Array];
  readonly #totals: [number, number] = [0, 0];

  constructor(label: Label, bits: number) {
    this.label = label;
    this.#counts = [new Float64Array(1 << bits), new Float64Array(1 << bits)];
  }

  add(features: Int32Array, count: number, positive: boolean, weight: number): void {
    const counts = this.#counts[positive ? 1 : 0];
    for (let k = 0; k < count; k++) counts[features[k]!]! += weight;
    this.#totals[positive ? 1 : 0] += weight * count;
  }

  /** Log ratio of smoothed shares, by feature, in nats. `smoothing` is in units of the average count of a place. */
  logRatios(smoothing: number): Float64Array {
    const [negative, positive] = this.#counts;
    const places = negative.length;
    const unit = [(smoothing * this.#totals[0]) / places, (smoothing * this.#totals[1]) / places] as const;
    const total = [this.#totals[0] * (1 + smoothing), this.#totals[1] * (1 + smoothing)] as const;
    return Float64Array.from(
      negative,
      (count, place) => Math.log((positive[place]! + unit[1]) / total[1]) - Math.log((count + unit[0]) / total[0]),
    );
  }
}

/** Packs the heads' ratios into bytes, heads side by side. @returns the weights and each head's scale. */
export function packWeights(ratios: readonly Float64Array[]): {
  weights: Int8Array;
  scales: number[];
} {
  const places = ratios[0]?.length ?? 0;
  const scales = ratios.map((head) => {
    // The largest ratios are few and carry no more than the next: cut at the 99.9th percentile.
    const sizes = Float64Array.from(head, Math.abs).sort();
    return (sizes[Math.floor(sizes.length * 0.999)] ?? 1) / 127 || 1;
  });
  const weights = new Int8Array(places * ratios.length);
  ratios.forEach((head, h) => {
    head.forEach((ratio, place) => {
      weights[place * ratios.length + h] = Math.max(-127, Math.min(127, Math.round(ratio / scales[h]!)));
    });
  });
  return { weights, scales };
}
