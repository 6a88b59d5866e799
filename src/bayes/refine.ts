/**
 * Naive-Bayes log-count ratios refined by logistic regression (Wang and Manning 2012): a row's features, each once, are
 * multiplied by their log ratios r and divided by the square root of their number; logistic regression learns a weight w
 * of each; the table that a scan reads is r x w, plus the table that training goes on from.
 *
 *     logit = bias of the row's set + sum of (base + r x w) / sqrt(n)
 *
 * A bias of each set keeps the table from learning which set a row is from: sets have shares of positives between 6 and 80
 * in a hundred. It is dropped afterwards, and what stands in its place is fitted on rows held back. Steps are AdaGrad's
 * (Duchi et al. 2011): rare features move as far as frequent ones.
 */

export interface RefineOptions {
  /** Length of a step. */
  readonly rate: number;
  /** Weight of half the squared weights in the loss of a row. */
  readonly ridge: number;
}

/** One head while it is learnt. Memory: 16 bytes a place. */
export class HeadRefiner {
  /** By place, side by side so that they share a cache line: ratio, weight, sum of squared slopes, base. */
  readonly #state: Float32Array;
  readonly #biases: Float64Array;
  readonly #biasSquares: Float64Array;
  readonly #options: RefineOptions;

  /**
   * @param biases how many sets have a bias of their own
   * @param base weights in nats that learning goes on from, null for none
   */
  constructor(ratios: Float64Array, biases: number, options: RefineOptions, base: Float64Array | null = null) {
    this.#state = new Float32Array(ratios.length * 4);
    ratios.forEach((ratio, place) => {
      this.#state[place * 4] = ratio;
      this.#state[place * 4 + 2] = FIRST_SQUARE;
      this.#state[place * 4 + 3] = base?.[place] ?? 0;
    });
    this.#biases = new Float64Array(biases);
    this.#biasSquares = new Float64Array(biases).fill(FIRST_SQUARE);
    this.#options = options;
  }

  /** Log-odds of the row `features[from, to)`, each place once, whose set has the bias of this number. */
  logit(features: Int32Array, from: number, to: number, bias: number): number {
    const state = this.#state;
    let sum = 0;
    for (let k = from; k < to; k++) {
      const at = features[k]! << 2;
      sum += state[at]! * state[at + 1]! + state[at + 3]!;
    }
    return this.#biases[bias]! + sum / Math.sqrt(to - from || 1);
  }

  /** One step by a row. @returns its loss before the step, in nats. */
  learn(features: Int32Array, from: number, to: number, bias: number, positive: boolean, weight: number): number {
    const logit = this.logit(features, from, to, bias);
    const error = weight * (1 / (1 + Math.exp(-logit)) - (positive ? 1 : 0));
    const { rate, ridge } = this.#options;
    this.#biasSquares[bias]! += error * error;
    this.#biases[bias]! -= (rate * error) / Math.sqrt(this.#biasSquares[bias]!);
    const scaled = error / Math.sqrt(to - from || 1);
    const state = this.#state;
    for (let k = from; k < to; k++) {
      const at = features[k]! << 2;
      const slope = scaled * state[at]! + ridge * state[at + 1]!;
      const square = state[at + 2]! + slope * slope;
      state[at + 2] = square;
      state[at + 1]! -= (rate * slope) / Math.sqrt(square);
    }
    return weight * lossOf(logit, positive);
  }

  /** What a scan reads, in nats. */
  table(): Float64Array {
    const state = this.#state;
    return Float64Array.from({ length: state.length / 4 }, (_, place) => state[place * 4]! * state[place * 4 + 1]! + state[place * 4 + 3]!);
  }
}

/** Keeps the first step finite. */
const FIRST_SQUARE = 1e-8;

/** Logistic loss of a row: -log of the probability of its class, in nats, without overflow. */
export function lossOf(logit: number, positive: boolean): number {
  const against = positive ? -logit : logit;
  return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
}
