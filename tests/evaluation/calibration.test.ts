import { describe, expect, it } from "vitest";
import { brierScore, expectedCalibrationError, RELIABILITY_BINS, reliability } from "../../src/evaluation/calibration.ts";

/** Two rows in [0.2, 0.3), three in [0.9, 1]. */
const SCORES = Float64Array.of(0.2, 0.25, 0.9, 1, 0.95);
const GOLD = Uint8Array.of(0, 1, 1, 1, 0);

describe("calibration", () => {
  it("gives the Brier score of a calculation by hand", () => {
    expect(brierScore(SCORES, GOLD)).toBeCloseTo((0.04 + 0.5625 + 0.01 + 0 + 0.9025) / 5, 15);
  });

  it("sorts rows into bins, the last of which holds 1", () => {
    const bins = reliability(SCORES, GOLD);
    expect(bins.map((bin) => bin.n)).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 0, 3]);
    expect(bins[2]).toEqual({
      start: 0.2,
      end: 0.3,
      n: 2,
      meanScore: 0.225,
      positiveRate: 0.5,
    });
    expect(bins[9]!.meanScore).toBeCloseTo(0.95, 15);
    expect(bins[9]!.positiveRate).toBeCloseTo(2 / 3, 15);
    expect(bins[0]).toEqual({
      start: 0,
      end: 0.1,
      n: 0,
      meanScore: Number.NaN,
      positiveRate: Number.NaN,
    });
  });

  it("weighs the distance of each bin by its rows", () => {
    expect(expectedCalibrationError(SCORES, GOLD)).toBeCloseTo((2 * 0.275 + 3 * (0.95 - 2 / 3)) / 5, 15);
  });

  it("is nought for scores that mean what they say", () => {
    expect(expectedCalibrationError(Float64Array.of(0.5, 0.5, 0, 1), Uint8Array.of(0, 1, 0, 1))).toBe(0);
  });

  it("has no answer without rows", () => {
    const none = [new Float64Array(0), new Uint8Array(0)] as const;
    expect(brierScore(...none)).toBeNaN();
    expect(expectedCalibrationError(...none)).toBeNaN();
    expect(reliability(...none)).toHaveLength(RELIABILITY_BINS);
  });

  it("keeps scores out of range in the nearest bin", () => {
    const bins = reliability(Float64Array.of(-1, 7), Uint8Array.of(0, 1));
    expect([bins[0]!.n, bins[9]!.n]).toEqual([1, 1]);
  });
});
