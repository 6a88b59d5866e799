import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  precisionRecallCurve,
  sweepThresholds,
  THRESHOLD_LADDER,
  thresholdForBestF1,
  thresholdForPrecision,
  thresholdForRecall,
} from "../../src/evaluation/curve.ts";
import { averagePrecision, confusionAt, ratesOf } from "../../src/evaluation/metrics.ts";

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

/** Few distinct scores, so that ties are common. */
const judgedRows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 8 }).map((eighth) => eighth / 8),
    fc.integer({ min: 0, max: 1 }),
  ),
  { maxLength: 60 },
);

describe("a ladder of thresholds", () => {
  it("agrees with a calculation by hand", () => {
    expect(sweepThresholds(...SIX, [0.5, 0.75])).toEqual([
      { threshold: 0.5, called: 4, precision: 0.75, recall: 1, f1: 6 / 7, falsePositiveRate: 1 / 3 },
      { threshold: 0.75, called: 2, precision: 1, recall: 2 / 3, f1: 0.8, falsePositiveRate: 0 },
    ]);
  });

  it("rises from near nought to near one", () => {
    expect(THRESHOLD_LADDER).toEqual([...THRESHOLD_LADDER].sort((a, b) => a - b));
    expect(sweepThresholds(...SIX)).toHaveLength(THRESHOLD_LADDER.length);
  });
});

describe("the threshold of the best F1", () => {
  it("is the best of all scores tried one by one, the highest of several", () => {
    fc.assert(
      fc.property(judgedRows, (rows) => {
        const [scores, gold] = rowsOf(rows);
        const best = thresholdForBestF1(scores, gold);
        if (!gold.includes(1)) {
          expect(best).toEqual({ threshold: Number.NaN, precision: Number.NaN, recall: Number.NaN, f1: Number.NaN });
          return;
        }
        const tried = [...new Set(scores)].map((threshold) => ({ threshold, f1: ratesOf(confusionAt(scores, gold, threshold)).f1 }));
        const highest = Math.max(...tried.map(({ f1 }) => f1));
        expect(best.f1).toBeCloseTo(highest, 12);
        expect(best.threshold).toBe(Math.max(...tried.filter(({ f1 }) => f1 > highest - 1e-12).map(({ threshold }) => threshold)));
      }),
    );
  });
});

describe("the precision-recall curve", () => {
  it("has a point wherever recall rises if it is not thinned, and their steps make the average precision", () => {
    fc.assert(
      fc.property(judgedRows, (rows) => {
        const [scores, gold] = rowsOf(rows);
        const curve = precisionRecallCurve(scores, gold, 1e-9);
        let [sum, before] = [0, 0];
        for (const { threshold, precision, recall } of curve) {
          expect(ratesOf(confusionAt(scores, gold, threshold))).toMatchObject({ precision, recall });
          sum += (recall - before) * precision;
          before = recall;
        }
        if (gold.includes(1)) expect(sum).toBeCloseTo(averagePrecision(scores, gold), 12);
        else expect(curve).toEqual([]);
      }),
    );
  });

  it("is thinned to one point a step, and still ends at the highest recall", () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => [row / 10_000, (row * 7) % 3 === 0 ? 1 : 0] as const);
    const curve = precisionRecallCurve(...rowsOf(rows), 1 / 50);
    expect(curve.length).toBeLessThanOrEqual(51);
    expect(curve.at(-1)!.recall).toBe(1);
  });
});

describe("a threshold for a wish", () => {
  it("gives the highest recall for a precision", () => {
    expect(thresholdForPrecision(...SIX, 0.75)).toEqual({
      threshold: 0.6,
      precision: 0.75,
      recall: 1,
    });
    expect(thresholdForPrecision(...SIX, 0.9)).toEqual({
      threshold: 0.8,
      precision: 1,
      recall: 2 / 3,
    });
  });

  it("gives the highest precision for a recall", () => {
    expect(thresholdForRecall(...SIX, 0.5)).toEqual({
      threshold: 0.8,
      precision: 1,
      recall: 2 / 3,
    });
    expect(thresholdForRecall(...SIX, 0.9)).toEqual({
      threshold: 0.6,
      precision: 0.75,
      recall: 1,
    });
  });

  it("is NaN throughout where the wish cannot be met", () => {
    const nowhere = {
      threshold: Number.NaN,
      precision: Number.NaN,
      recall: Number.NaN,
    };
    expect(
      thresholdForPrecision(
        ...rowsOf([
          [0.9, 0],
          [0.8, 1],
        ]),
        0.6,
      ),
    ).toEqual(nowhere);
    expect(thresholdForPrecision(...rowsOf([[0.9, 0]]), 0)).toEqual(nowhere);
    expect(thresholdForRecall(...rowsOf([]), 0)).toEqual(nowhere);
  });

  it("is the best of all scores tried one by one", () => {
    fc.assert(
      fc.property(judgedRows, fc.integer({ min: 0, max: 20 }), (rows, twentieth) => {
        const [scores, gold] = rowsOf(rows);
        const wanted = twentieth / 20;
        const points = gold.includes(1) ? [...scores].map((threshold) => ratesOf(confusionAt(scores, gold, threshold))) : [];
        const recalls = points.filter((point) => point.precision >= wanted).map((point) => point.recall);
        const precisions = points.filter((point) => point.recall >= wanted).map((point) => point.precision);
        const forPrecision = thresholdForPrecision(scores, gold, wanted);
        const forRecall = thresholdForRecall(scores, gold, wanted);
        expect(forPrecision.recall).toBe(recalls.length > 0 ? Math.max(...recalls) : Number.NaN);
        expect(forRecall.precision).toBe(precisions.length > 0 ? Math.max(...precisions) : Number.NaN);
        for (const { threshold, precision, recall } of [forPrecision, forRecall]) {
          if (!Number.isNaN(threshold)) expect(ratesOf(confusionAt(scores, gold, threshold))).toMatchObject({ precision, recall });
        }
      }),
    );
  });
});
