import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auc, averagePrecision, confusionAt, rankingOf, ratesOf } from "../../src/evaluation/metrics.ts";

const rowsOf = (rows: readonly (readonly [number, number])[]): [Float64Array, Uint8Array] => [
  Float64Array.from(rows, ([score]) => score),
  Uint8Array.from(rows, ([, gold]) => gold),
];

/** By hand: from the highest score down the gold is 1 1 0 1 0 0. */
const SIX = rowsOf([
  [0.2, 0],
  [0.9, 1],
  [0.7, 0],
  [0.8, 1],
  [0.6, 1],
  [0.4, 0],
]);

/** Every pair looked at: what the AUC means. */
function naiveAuc(scores: Float64Array, gold: Uint8Array): number {
  let ordered = 0;
  let pairs = 0;
  for (const [positive, high] of scores.entries()) {
    for (const [negative, low] of scores.entries()) {
      if (gold[positive] !== 1 || gold[negative] !== 0) continue;
      pairs++;
      ordered += high > low ? 1 : high === low ? 0.5 : 0;
    }
  }
  return ordered / pairs;
}

/** Precision at each distinct score as a threshold, times the recall it adds. */
function naiveAveragePrecision(scores: Float64Array, gold: Uint8Array): number {
  let sum = 0;
  let recallBefore = 0;
  for (const threshold of [...new Set(scores)].sort((left, right) => right - left)) {
    const { precision, recall } = ratesOf(confusionAt(scores, gold, threshold));
    sum += (recall - recallBefore) * precision;
    recallBefore = recall;
  }
  return gold.includes(1) ? sum : Number.NaN;
}

/** But for rounding; undefined is the same as undefined. */
function expectSame(got: number, expected: number): void {
  if (Number.isNaN(expected)) expect(got).toBeNaN();
  else expect(got).toBeCloseTo(expected, 12);
}

/** Few distinct scores, so that ties are common. */
const judgedRows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 8 }).map((eighth) => eighth / 8),
    fc.integer({ min: 0, max: 1 }),
  ),
  { maxLength: 60 },
);

describe("rates at a threshold", () => {
  it("counts a score at the threshold as called", () => {
    expect(confusionAt(...SIX, 0.7)).toEqual({ tp: 2, fp: 1, fn: 1, tn: 2 });
    expect(confusionAt(...SIX, 0.71)).toEqual({ tp: 2, fp: 0, fn: 1, tn: 3 });
  });

  it("follows the definitions", () => {
    expect(ratesOf({ tp: 6, fp: 2, fn: 4, tn: 8 })).toEqual({
      precision: 0.75,
      recall: 0.6,
      f1: 12 / 18,
      negativePrecision: 8 / 12,
      negativeRecall: 0.8,
      negativeF1: 16 / 22,
      macroF1: (12 / 18 + 16 / 22) / 2,
      accuracy: 0.7,
      balancedAccuracy: 0.7,
      falsePositiveRate: 0.2,
    });
  });

  it("gives the negative class what the positive one has where gold and calls are turned round", () => {
    const count = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(count, count, count, count, (tp, fp, fn, tn) => {
        const [rates, turned] = [ratesOf({ tp, fp, fn, tn }), ratesOf({ tp: tn, fp: fn, fn: fp, tn: tp })];
        expect([rates.negativePrecision, rates.negativeRecall, rates.negativeF1]).toEqual([turned.precision, turned.recall, turned.f1]);
        expectSame(rates.macroF1, turned.macroF1);
        expectSame(rates.balancedAccuracy, (rates.recall + 1 - rates.falsePositiveRate) / 2);
      }),
    );
  });

  it.each([
    {
      case: "no rows",
      counts: [0, 0, 0, 0],
      undefined: [
        "precision",
        "recall",
        "f1",
        "negativePrecision",
        "negativeRecall",
        "negativeF1",
        "macroF1",
        "accuracy",
        "balancedAccuracy",
        "falsePositiveRate",
      ],
    },
    {
      case: "no positives",
      counts: [0, 2, 0, 3],
      undefined: ["recall", "balancedAccuracy"],
    },
    {
      case: "no negatives",
      counts: [2, 0, 1, 0],
      undefined: ["negativeRecall", "balancedAccuracy", "falsePositiveRate"],
    },
    { case: "nothing called", counts: [0, 0, 2, 3], undefined: ["precision"] },
    {
      case: "neither positives nor calls",
      counts: [0, 0, 0, 3],
      undefined: ["precision", "recall", "f1", "macroF1", "balancedAccuracy"],
    },
  ])("leaves what is undefined as NaN: $case", ({ counts, undefined: names }) => {
    const [tp, fp, fn, tn] = counts as [number, number, number, number];
    const rates = ratesOf({ tp, fp, fn, tn });
    expect(
      Object.entries(rates)
        .filter(([, value]) => Number.isNaN(value))
        .map(([name]) => name),
    ).toEqual(names);
  });

  it("never calls a row without a score", () => {
    expect(confusionAt(...rowsOf([[Number.NaN, 1]]), 0)).toEqual({
      tp: 0,
      fp: 0,
      fn: 1,
      tn: 0,
    });
  });
});

describe("ranking", () => {
  it("agrees with a calculation by hand", () => {
    expect(auc(...SIX)).toBeCloseTo(8 / 9, 15);
    expect(averagePrecision(...SIX)).toBeCloseTo((1 + 1 + 3 / 4) / 3, 15);
  });

  it("agrees with the example of scikit-learn's manual", () => {
    const example = rowsOf([
      [0.1, 0],
      [0.4, 0],
      [0.35, 1],
      [0.8, 1],
    ]);
    expect(auc(...example)).toBe(0.75);
    expect(averagePrecision(...example)).toBeCloseTo(0.8333333333333333, 15);
  });

  it("takes rows of one score together", () => {
    const tied = rowsOf([
      [0.5, 1],
      [0.5, 0],
      [0.5, 0],
      [0.5, 1],
    ]);
    expect(auc(...tied)).toBe(0.5);
    expect(averagePrecision(...tied)).toBe(0.5);
  });

  it("ranks -0 with 0 and NaN lowest", () => {
    expect(
      auc(
        ...rowsOf([
          [-0, 1],
          [0, 0],
        ]),
      ),
    ).toBe(0.5);
    expect(
      auc(
        ...rowsOf([
          [Number.NaN, 1],
          [0.1, 0],
        ]),
      ),
    ).toBe(0);
  });

  it.each([
    { case: "no rows", rows: [], averagePrecision: Number.NaN },
    { case: "no positives", rows: [[0.3, 0]], averagePrecision: Number.NaN },
    {
      case: "no negatives",
      rows: [
        [0.3, 1],
        [0.2, 1],
      ],
      averagePrecision: 1,
    },
  ] as const)("has no AUC with an empty class: $case", ({ rows, averagePrecision: expected }) => {
    expect(rankingOf(...rowsOf(rows))).toEqual({
      auc: Number.NaN,
      averagePrecision: expected,
    });
  });

  it("equals the naive twins, ties and all", () => {
    fc.assert(
      fc.property(judgedRows, (rows) => {
        const [scores, gold] = rowsOf(rows);
        expectSame(auc(scores, gold), naiveAuc(scores, gold));
        expectSame(averagePrecision(scores, gold), naiveAveragePrecision(scores, gold));
      }),
    );
  });

  it("does not depend on the order of rows and leaves them as they are", () => {
    fc.assert(
      fc.property(judgedRows, (rows) => {
        const [scores, gold] = rowsOf(rows);
        expect(rankingOf(...rowsOf(rows.toReversed()))).toEqual(rankingOf(scores, gold));
        expect([scores, gold]).toEqual(rowsOf(rows));
      }),
    );
  });
});
