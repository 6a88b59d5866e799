import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  adaptiveCalibrationError,
  brierScore,
  errorOfBins,
  expectedCalibrationError,
  RELIABILITY_BINS,
  reliability,
  reliabilityByMass,
} from "../../src/evaluation/calibration.ts";

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
      weight: 2,
      meanScore: 0.225,
      positiveRate: 0.5,
    });
    expect(bins[9]!.meanScore).toBeCloseTo(0.95, 15);
    expect(bins[9]!.positiveRate).toBeCloseTo(2 / 3, 15);
    expect(bins[0]).toEqual({
      start: 0,
      end: 0.1,
      n: 0,
      weight: 0,
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

const rowsWithWeights = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
    gold: fc.constantFrom(0, 1),
    weight: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 60 },
);

describe("weights of rows", () => {
  it("stand for as many rows", () => {
    fc.assert(
      fc.property(rowsWithWeights, (rows) => {
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const columns = (list: typeof rows) =>
          [Float64Array.from(list, (row) => row.score), Uint8Array.from(list, (row) => row.gold)] as const;
        const weight = Float64Array.from(rows, (row) => row.weight);
        for (const measure of [brierScore, expectedCalibrationError, adaptiveCalibrationError]) {
          const [got, expected] = [measure(...columns(rows), weight), measure(...columns(repeated))];
          if (Number.isNaN(expected)) expect(got).toBeNaN();
          else expect(got).toBeCloseTo(expected, 12);
        }
      }),
    );
  });
});

describe("bins of equal mass", () => {
  it("hold as many rows each where scores differ, as sorting and cutting gives", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 30, maxLength: 30 }),
        fc.infiniteStream(fc.boolean()),
        (points, coins) => {
          const rows = points.map((point) => ({ score: point / 1e6, gold: coins.next().value ? 1 : 0 }));
          const sorted = rows.toSorted((a, b) => a.score - b.score);
          const naive = Array.from({ length: 10 }, (_, bin) => sorted.slice(bin * 3, bin * 3 + 3)).map((bin) => ({
            start: bin[0]!.score,
            end: bin[2]!.score,
            n: 3,
            meanScore: bin.reduce((sum, row) => sum + row.score, 0) / 3,
            positiveRate: bin.reduce((sum, row) => sum + row.gold, 0) / 3,
          }));
          const bins = reliabilityByMass(
            Float64Array.from(rows, (row) => row.score),
            Uint8Array.from(rows, (row) => row.gold),
          );
          expect(bins).toHaveLength(10);
          for (const [bin, expected] of naive.entries()) {
            expect(bins[bin]).toMatchObject({ start: expected.start, end: expected.end, n: 3 });
            expect(bins[bin]!.meanScore).toBeCloseTo(expected.meanScore, 12);
            expect(bins[bin]!.positiveRate).toBeCloseTo(expected.positiveRate, 12);
          }
        },
      ),
    );
  });

  it("keep rows of one score together, and leave no bin empty", () => {
    const scores = Float64Array.of(0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.9, 0.95);
    const bins = reliabilityByMass(scores, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 1));
    expect(bins.map(({ start, end, n }) => [start, end, n])).toEqual([
      [0.01, 0.01, 8],
      [0.9, 0.9, 1],
      [0.95, 0.95, 1],
    ]);
    expect(errorOfBins(bins)).toBeCloseTo((8 * (1 / 8 - 0.01) + 0.1 + 0.05) / 10, 12);
  });

  it("do not depend on the order of rows", () => {
    fc.assert(
      fc.property(rowsWithWeights, (rows) => {
        const error = (list: typeof rows) =>
          adaptiveCalibrationError(
            Float64Array.from(list, (row) => row.score),
            Uint8Array.from(list, (row) => row.gold),
          );
        expect(error(rows.toReversed())).toBeCloseTo(error(rows), 12);
      }),
    );
  });
});
