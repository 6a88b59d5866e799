import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeadRefiner, lossOf, type RefineOptions } from "../../src/bayes/refine.ts";

interface Row {
  readonly features: readonly number[];
  readonly set: number;
  readonly positive: boolean;
  readonly weight: number;
}

const PLAIN: RefineOptions = { rate: 0.2, ridge: 0 };
const FIRST_SQUARE = 1e-8;

function learnRow(refiner: HeadRefiner, { features, set, positive, weight }: Row): number {
  return refiner.learn(Int32Array.from(features), 0, features.length, set, positive, weight);
}

function logitOf(refiner: HeadRefiner, features: readonly number[], set = 0): number {
  return refiner.logit(Int32Array.from(features), 0, features.length, set);
}

/** Place 1 stands only in positives, 2 only in negatives, 3 in both, 4 in none. */
const SEPARABLE: readonly Row[] = Array.from({ length: 20 }, (_, k) => ({
  features: k % 2 === 0 ? [1, 3, 5 + (k % 3)] : [2, 3, 5 + (k % 3)],
  set: 0,
  positive: k % 2 === 0,
  weight: 1,
}));
const EVEN = new Float64Array(8).fill(1);

describe("a head refined on rows that it can tell apart", () => {
  const refiner = new HeadRefiner(EVEN, 1, PLAIN);
  const losses = Array.from({ length: 10 }, () => SEPARABLE.reduce((sum, row) => sum + learnRow(refiner, row), 0) / SEPARABLE.length);

  it("begins at the loss of knowing nothing and loses less in every pass", () => {
    const first = new HeadRefiner(EVEN, 1, PLAIN);
    expect(learnRow(first, SEPARABLE[0]!)).toBeCloseTo(Math.LN2, 12);
    for (let pass = 1; pass < losses.length; pass++) expect(losses[pass]).toBeLessThan(losses[pass - 1]!);
    expect(losses.at(-1)).toBeLessThan(0.2);
  });

  it("speaks for what stands in positives and against what stands in negatives", () => {
    const table = refiner.table();
    expect(table[1]).toBeGreaterThan(0.5);
    expect(table[2]).toBeLessThan(-0.5);
    expect(Math.abs(table[3]!)).toBeLessThan(Math.abs(table[1]!) / 4);
    for (const { features, positive } of SEPARABLE) expect(logitOf(refiner, features) > 0).toBe(positive);
  });

  it("leaves what no row has at nothing", () => {
    expect(refiner.table()[4]).toBe(0);
    expect(refiner.table()[0]).toBe(0);
  });

  it("is the same every time", () => {
    const again = new HeadRefiner(EVEN, 1, PLAIN);
    for (let pass = 0; pass < 10; pass++) for (const row of SEPARABLE) learnRow(again, row);
    expect(again.table()).toEqual(refiner.table());
  });

  it("says the evidence of its table, over the root of their number, and the bias", () => {
    const table = refiner.table();
    const bias = logitOf(refiner, []);
    expect(logitOf(refiner, [1, 3, 5])).toBeCloseTo(bias + (table[1]! + table[3]! + table[5]!) / Math.sqrt(3), 6);
    const numbers = Int32Array.of(9, 9, 1, 3, 5, 9);
    expect(refiner.logit(numbers, 2, 5, 0)).toBe(logitOf(refiner, [1, 3, 5]));
  });
});

describe("a head that goes on from a base", () => {
  const base = Float64Array.of(0, -1, 2, 0.5, 0, 0, 0, 0);

  it("is the base before the first row", () => {
    const refiner = new HeadRefiner(EVEN, 1, PLAIN, base);
    expect(refiner.table()).toEqual(base);
    expect(logitOf(refiner, [1, 2])).toBeCloseTo(1 / Math.SQRT2, 12);
  });

  it("moves by what the rows say, from where the base was, and not elsewhere", () => {
    const [fresh, gone] = [new HeadRefiner(EVEN, 1, PLAIN), new HeadRefiner(EVEN, 1, PLAIN, base)];
    for (const row of SEPARABLE) {
      learnRow(fresh, row);
      learnRow(gone, row);
    }
    const [before, after] = [base, gone.table()];
    expect(after[1]).toBeGreaterThan(before[1]!);
    expect(after[2]).toBeLessThan(before[2]!);
    expect([after[0], after[4]]).toEqual([0, 0]);
    expect(after).not.toEqual(fresh.table());
  });

  it("keeps what the base has at places without a ratio", () => {
    const refiner = new HeadRefiner(new Float64Array(8), 1, PLAIN, base);
    for (const row of SEPARABLE) learnRow(refiner, row);
    expect(refiner.table()).toEqual(base);
  });
});

describe("the bias of a set", () => {
  /** Nine of ten rows of one set are positive, one of ten of the other; words say nothing. */
  const LOPSIDED: readonly Row[] = Array.from({ length: 400 }, (_, k) => {
    const set = k % 2;
    return { features: [1 + (Math.imul(k, 0x9e3779b1) >>> 30)], set, positive: (k >> 1) % 10 === 0 ? set === 1 : set === 0, weight: 1 };
  });

  it("takes up its share of positives, so that words are not told by it", () => {
    const refiner = new HeadRefiner(EVEN, 2, PLAIN);
    for (let pass = 0; pass < 20; pass++) for (const row of LOPSIDED) learnRow(refiner, row);
    expect(logitOf(refiner, [], 0)).toBeGreaterThan(1.5);
    expect(logitOf(refiner, [], 1)).toBeLessThan(-1.5);
    for (const weight of refiner.table()) expect(Math.abs(weight)).toBeLessThan(0.7);
  });

  it("is its own: rows of another set do not move it", () => {
    const refiner = new HeadRefiner(EVEN, 3, PLAIN);
    for (const row of LOPSIDED) learnRow(refiner, row);
    expect(logitOf(refiner, [], 2)).toBe(0);
  });
});

/** The same in plain numbers, each slope a difference quotient of the loss; a row adds ridge / 2 x (weight squared) of its places. */
class NaiveRefiner {
  readonly weights: number[];
  readonly biases: number[];
  readonly #squares: number[];
  readonly #biasSquares: number[];
  readonly ratios: readonly number[];
  readonly base: readonly number[];
  readonly options: RefineOptions;

  constructor(ratios: readonly number[], biases: number, options: RefineOptions, base: readonly number[]) {
    [this.ratios, this.base, this.options] = [ratios, base, options];
    this.weights = ratios.map(() => 0);
    this.#squares = ratios.map(() => FIRST_SQUARE);
    this.biases = new Array<number>(biases).fill(0);
    this.#biasSquares = new Array<number>(biases).fill(FIRST_SQUARE);
  }

  loss({ features, set, positive, weight }: Row): number {
    const sum = features.reduce((total, place) => total + this.base[place]! + this.ratios[place]! * this.weights[place]!, 0);
    const logit = this.biases[set]! + sum / Math.sqrt(Math.max(1, features.length));
    const ridge = features.reduce((total, place) => total + (this.options.ridge / 2) * this.weights[place]! ** 2, 0);
    return ridge - weight * Math.log(1 / (1 + Math.exp(positive ? -logit : logit)));
  }

  learn(row: Row): void {
    const slopes = row.features.map((place) => this.#slope(row, this.weights, place));
    const slope = this.#slope(row, this.biases, row.set);
    this.#step(this.biases, this.#biasSquares, row.set, slope);
    row.features.forEach((place, k) => {
      this.#step(this.weights, this.#squares, place, slopes[k]!);
    });
  }

  #slope(row: Row, numbers: number[], at: number): number {
    const kept = numbers[at]!;
    const [above, below] = [1, -1].map((side) => {
      numbers[at] = kept + side * 1e-5;
      return this.loss(row);
    });
    numbers[at] = kept;
    return (above! - below!) / 2e-5;
  }

  #step(numbers: number[], squares: number[], at: number, slope: number): void {
    squares[at]! += slope ** 2;
    numbers[at]! -= (this.options.rate * slope) / Math.sqrt(squares[at]!);
  }

  table(): number[] {
    return this.weights.map((weight, place) => this.base[place]! + this.ratios[place]! * weight);
  }
}

describe("a step", () => {
  it("goes down the slope of the loss, as difference quotients have it", () => {
    const ratio = fc.double({ min: -3, max: 3, noNaN: true });
    const features = fc.uniqueArray(fc.nat(7), { maxLength: 8 });
    const rows = fc.array(
      fc.record({ features, set: fc.nat(1), positive: fc.boolean(), weight: fc.double({ min: 0.2, max: 3, noNaN: true }) }),
      { minLength: 1, maxLength: 12 },
    );
    const given = fc.array(ratio, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(given, given, rows, fc.constantFrom(0, 0.05), (ratios, base, some, ridge) => {
        // Ratios and weights are kept in 32 bits.
        const [near, from] = [ratios.map((x) => Math.fround(Math.round(x * 4) / 4)), base.map(Math.fround)];
        const options = { rate: 0.02, ridge };
        const refiner = new HeadRefiner(Float64Array.from(near), 2, options, Float64Array.from(from));
        const naive = new NaiveRefiner(near, 2, options, from);
        for (const row of some) {
          expect(learnRow(refiner, row)).toBeCloseTo(naive.loss({ ...row }) - ridgeOf(naive, row), 4);
          naive.learn(row);
          for (const [place, nats] of naive.table().entries()) expect(Math.abs(refiner.table()[place]! - nats)).toBeLessThan(1e-4);
        }
        for (const set of [0, 1]) expect(logitOf(refiner, [], set)).toBeCloseTo(naive.biases[set]!, 3);
      }),
      { numRuns: 200 },
    );
  });

  it("of a tiny rate and weight has the slope itself for its length", () => {
    const ratios = [1, -2, 0.5, 3];
    const base = [0.5, -1, 2, 0.25];
    const [rate, weight] = [1e-3, 1e-4];
    const row: Row = { features: [0, 1, 3], set: 0, positive: false, weight };
    const refiner = new HeadRefiner(Float64Array.from(ratios), 1, { rate, ridge: 0 }, Float64Array.from(base));
    learnRow(refiner, row);
    const loss = (moved: number, by: number) => {
      const shifted = Float64Array.from(base, (nats, place) => nats + (place === moved ? ratios[place]! * by : 0));
      return weight * lossOf(logitOf(new HeadRefiner(EVEN.subarray(0, 4), 1, PLAIN, shifted), row.features), row.positive);
    };
    for (const place of row.features) {
      const slope = (loss(place, 1e-2) - loss(place, -1e-2)) / 2e-2;
      // AdaGrad divides by the root of the squares so far: here the first square and this one.
      const wanted = base[place]! - (ratios[place]! * rate * slope) / Math.sqrt(FIRST_SQUARE + slope ** 2);
      expect(Math.abs(slope)).toBeGreaterThan(1e-5);
      expect(refiner.table()[place]! - base[place]!).toBeCloseTo(wanted - base[place]!, 6);
    }
    expect(refiner.table()[2]).toBe(base[2]);
  });

  it("with a ridge draws weights towards the base", () => {
    const [free, drawn] = [0, 0.1].map((ridge) => {
      const refiner = new HeadRefiner(EVEN, 1, { rate: 0.2, ridge });
      for (let pass = 0; pass < 20; pass++) for (const row of SEPARABLE) learnRow(refiner, row);
      return refiner.table();
    });
    expect(drawn![1]).toBeGreaterThan(0);
    expect(drawn![1]).toBeLessThan(free![1]! / 2);
  });
});

function ridgeOf({ weights, options }: NaiveRefiner, { features }: Row): number {
  return features.reduce((total, place) => total + (options.ridge / 2) * weights[place]! ** 2, 0);
}

describe("lossOf", () => {
  it("is the log of the probability of the class", () => {
    for (const logit of [-8, -1, 0, 0.3, 5]) {
      expect(lossOf(logit, true)).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-logit))), 10);
      expect(lossOf(logit, false)).toBeCloseTo(-Math.log(1 / (1 + Math.exp(logit))), 10);
    }
  });

  it("stays finite where a probability is nought", () => {
    expect(lossOf(-5000, true)).toBe(5000);
    expect(lossOf(5000, true)).toBe(0);
    expect(lossOf(5000, false)).toBe(5000);
  });
});
