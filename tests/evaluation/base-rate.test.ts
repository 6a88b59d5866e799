import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyReading, readingOf, shiftScore } from "../../src/evaluation/base-rate.ts";
import { expectedCalibrationError } from "../../src/evaluation/calibration.ts";

const logit = (p: number) => Math.log(p / (1 - p));
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

/** Rows of a message that says "+" in 8 of 10 positives and 1 of 10 negatives, and its honest probability at a base rate. */
function honestRows(positives: number, negatives: number, baseRate: number) {
  const scoreOf = (positive: number, negative: number) => (baseRate * positive) / (baseRate * positive + (1 - baseRate) * negative);
  const rows = [
    { score: scoreOf(0.8, 0.1), gold: 1, count: positives * 0.8 },
    { score: scoreOf(0.2, 0.9), gold: 1, count: positives * 0.2 },
    { score: scoreOf(0.8, 0.1), gold: 0, count: negatives * 0.1 },
    { score: scoreOf(0.2, 0.9), gold: 0, count: negatives * 0.9 },
  ].flatMap(({ count, ...row }) => Array.from({ length: count }, () => row));
  return {
    scores: Float64Array.from(rows, (row) => row.score),
    gold: Uint8Array.from(rows, (row) => row.gold),
    weight: new Float64Array(rows.length).fill(1),
  };
}

describe("a score read at another base rate", () => {
  it("moves by the difference of the two log-odds", () => {
    fc.assert(
      fc.property(share, share, share, (score, from, to) => {
        const { oddsFactor } = readingOf("gold", from, to);
        expect(logit(shiftScore(score, oddsFactor))).toBeCloseTo(logit(score) + logit(to) - logit(from), 6);
      }),
    );
  });

  it("stays where it is certain", () => {
    expect([shiftScore(0, 99), shiftScore(1, 99)]).toEqual([0, 1]);
  });
});

describe("calibration at a base rate", () => {
  const rows = honestRows(100, 100, 0.01);
  const errorAt = (baseRate: "gold" | "as-is" | number) => {
    const { scores, weight } = applyReading(rows, readingOf(baseRate, 0.01, 0.5));
    return expectedCalibrationError(scores, rows.gold, weight);
  };

  it("finds honest scores honest, at the share of the gold rows and at any other that rows are weighed to", () => {
    expect(errorAt("gold")).toBeCloseTo(0, 12);
    expect(errorAt(0.01)).toBeCloseTo(0, 12);
    expect(errorAt(0.2)).toBeCloseTo(0, 12);
  });

  it("would find them far off as they are", () => {
    expect(errorAt("as-is")).toBeGreaterThan(0.4);
  });

  it("weighs rows so that the stated share of them is positive, and their sum stays", () => {
    const { weight } = applyReading(rows, readingOf(0.2, 0.01, 0.5));
    const sum = weight.reduce((total, own) => total + own, 0);
    expect(sum).toBeCloseTo(200, 9);
    expect(weight.reduce((total, own, row) => total + own * rows.gold[row]!, 0) / sum).toBeCloseTo(0.2, 12);
  });

  it("has no answer where a class is missing, except as they are", () => {
    for (const goldShare of [0, 1, Number.NaN]) {
      expect(readingOf("gold", 0.01, goldShare).oddsFactor).toBeNaN();
      expect(readingOf(0.1, 0.01, goldShare).positiveWeight).toBeNaN();
      expect(readingOf("as-is", 0.01, goldShare)).toMatchObject({ oddsFactor: 1, positiveWeight: 1, negativeWeight: 1 });
    }
  });
});
