import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CalibrationRows, fitLogistic, trafficWeights } from "../../src/bayes/calibrate.ts";

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Rows in pairs, one of either gold, weighted by the chance of each: the likelihood is highest at the truth itself. */
function rowsOf(truth: readonly number[], points: readonly (readonly number[])[]): CalibrationRows {
  const chances = points.map((point) => sigmoid(point.reduce((sum, value, k) => sum + value * truth[k]!, truth.at(-1)!)));
  const mass = 1000;
  return {
    inputs: truth.slice(0, -1).map((_, k) => Float64Array.from(points.flatMap((point) => [point[k]!, point[k]!]))),
    gold: Uint8Array.from(points.flatMap(() => [1, 0])),
    weight: Float64Array.from(chances.flatMap((chance) => [chance * mass, (1 - chance) * mass])),
  };
}

const GRID = [-2, -1, 0, 1, 2].flatMap((x) => [-1, 0, 3].map((y) => [x, y] as const));

describe("fitLogistic", () => {
  it("does not overshoot where positives are rare and the intercept is given", () => {
    const truth = [1, 2.2, -4.6];
    const fitted = fitLogistic(
      rowsOf(
        truth,
        [-6, -4, -2, 0, 2, 4].flatMap((x) => [0, 1].map((y) => [x * y, y] as const)),
      ),
      [Number.NaN, Number.NaN, -4.6],
    );
    truth.forEach((value, k) => {
      expect(fitted[k]).toBeCloseTo(value, 2);
    });
  });

  it.each([[[0.8, -1.5, 0.3]], [[2, 0.1, -4]], [[0, 0, 0]], [[-1, 1, 1]]])("recovers the logistic that made the rows: %j", (truth) => {
    const fitted = fitLogistic(rowsOf(truth, GRID), [Number.NaN, Number.NaN]);
    truth.forEach((value, k) => {
      expect(fitted[k]).toBeCloseTo(value, 2);
    });
  });

  it("leaves given weights as they are and fits the rest around them", () => {
    const truth = [0.8, -1.5, 0.3];
    const fitted = fitLogistic(rowsOf(truth, GRID), [0.8, Number.NaN]);
    expect(fitted[0]).toBe(0.8);
    expect(fitted[1]).toBeCloseTo(-1.5, 2);
    expect(fitted[2]).toBeCloseTo(0.3, 2);
    const only = fitLogistic(rowsOf(truth, GRID), [0.8, -1.5]);
    expect(only.slice(0, 2)).toEqual([0.8, -1.5]);
    expect(only[2]).toBeCloseTo(0.3, 2);
  });

  it("has the log-odds of the weighted share as intercept when nothing is known", () => {
    const rows = {
      inputs: [],
      gold: Uint8Array.of(1, 0, 0),
      weight: Float64Array.of(100, 400, 500),
    };
    expect(fitLogistic(rows, [])[0]).toBeCloseTo(Math.log(1 / 9), 2);
  });

  it("finds a positive weight for what tells the classes apart without a slip", () => {
    const rows = {
      inputs: [Float64Array.of(-2, -1, 1, 2)],
      gold: Uint8Array.of(0, 0, 1, 1),
      weight: new Float64Array(4).fill(1),
    };
    const [weight, intercept] = fitLogistic(rows, [Number.NaN]);
    expect(weight).toBeGreaterThan(2);
    expect(weight).toBeLessThan(100);
    expect(intercept).toBeCloseTo(0, 3);
  });

  it.each([[0], [1]])("stays finite when every row is %i", (gold) => {
    const rows = {
      inputs: [Float64Array.of(0, 1, 2, 3)],
      gold: new Uint8Array(4).fill(gold),
      weight: new Float64Array(4).fill(1),
    };
    const [weight, intercept] = fitLogistic(rows, [Number.NaN]);
    expect(Number.isFinite(weight!) && Number.isFinite(intercept!)).toBe(true);
    expect(sigmoid(intercept! + 3 * weight!)).toBeCloseTo(gold, 1);
  });

  it("fits no worse than knowing nothing but the share, whatever the rows", () => {
    const values = fc.float({ min: -20, max: 20, noNaN: true });
    const some = fc.array(fc.record({ x: values, y: values, gold: fc.constantFrom(0, 1) }), { minLength: 1, maxLength: 40 });
    const loss = (rows: CalibrationRows, weights: readonly number[]) =>
      Array.from(rows.gold).reduce((sum, gold, row) => {
        const logit = weights[0]! * rows.inputs[0]![row]! + weights[1]! * rows.inputs[1]![row]! + weights[2]!;
        return sum + rows.weight[row]! * (Math.max(logit, 0) - logit * gold + Math.log1p(Math.exp(-Math.abs(logit))));
      }, 0);
    fc.assert(
      fc.property(some, (points) => {
        const rows = {
          inputs: [Float64Array.from(points, (point) => point.x), Float64Array.from(points, (point) => point.y)],
          gold: Uint8Array.from(points, (point) => point.gold),
          weight: new Float64Array(points.length).fill(1),
        };
        const fitted = fitLogistic(rows, [Number.NaN, Number.NaN]);
        expect(fitted.every(Number.isFinite), String(fitted)).toBe(true);
        expect(loss(rows, fitted)).toBeLessThanOrEqual(loss(rows, fitLogistic(rows, [0, 0])) + 0.1);
      }),
      { numRuns: 300 },
    );
  });
});

describe("trafficWeights", () => {
  const POSITIVE = 0;
  const CONTESTED = 1;
  const BENIGN = 2;
  /** Mass of each kind of row, and of all. */
  function massesOf(
    kinds: readonly number[],
    baseRate: number,
    contestedShare: number,
  ): [positive: number, contested: number, benign: number, all: number] {
    const weights = trafficWeights(
      Uint8Array.from(kinds, (kind) => (kind === POSITIVE ? 1 : 0)),
      Uint8Array.from(kinds, (kind) => (kind === BENIGN ? 0 : 1)),
      baseRate,
      contestedShare,
    );
    const mass = (kind: number) => weights.reduce((sum, weight, row) => sum + (kinds[row] === kind ? weight : 0), 0);
    return [mass(POSITIVE), mass(CONTESTED), mass(BENIGN), weights.reduce((sum, weight) => sum + weight, 0)];
  }
  const shares = fc.double({ min: 0.001, max: 0.9, noNaN: true });

  it("shares the whole among positives, contested and benign negatives as stated", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(POSITIVE, CONTESTED, BENIGN), {
          maxLength: 60,
        }),
        shares,
        shares,
        (tail, baseRate, contestedShare) => {
          const [positive, contested, benign, all] = massesOf([POSITIVE, CONTESTED, BENIGN, BENIGN, ...tail], baseRate, contestedShare);
          expect(all).toBeCloseTo(tail.length + 4, 8);
          expect(positive / all).toBeCloseTo(baseRate, 8);
          expect(contested / (contested + benign)).toBeCloseTo(contestedShare, 8);
        },
      ),
    );
  });

  it("takes a single benign row for what it is", () => {
    const [positive, contested, benign, all] = massesOf([POSITIVE, CONTESTED, CONTESTED, BENIGN], 0.1, 0.3);
    expect(positive / all).toBeCloseTo(0.1, 8);
    expect(contested / (contested + benign)).toBeCloseTo(0.3, 8);
  });

  it.each([
    ["no benign rows", [POSITIVE, CONTESTED, CONTESTED]],
    ["no contested rows", [POSITIVE, BENIGN, BENIGN]],
    ["a single negative", [POSITIVE, BENIGN]],
  ])("keeps the base rate with %s", (_, kinds) => {
    const [positive, , , all] = massesOf(kinds, 0.1, 0.3);
    expect(all).toBeCloseTo(kinds.length, 8);
    expect(positive / all).toBeCloseTo(0.1, 8);
  });

  it("stays finite for rows of one kind or none", () => {
    for (const kinds of [[], [POSITIVE, POSITIVE], [CONTESTED], [BENIGN]])
      expect(massesOf(kinds, 0.1, 0.3).every(Number.isFinite)).toBe(true);
  });

  describe("of rows that count for more or less", () => {
    const own = fc.double({ min: 0.01, max: 5, noNaN: true });
    const rows = fc.array(fc.record({ kind: fc.constantFrom(POSITIVE, CONTESTED, BENIGN), own }), { maxLength: 40 });
    const ONE_OF_EACH = [POSITIVE, CONTESTED, BENIGN].map((kind) => ({ kind, own: 1 }));
    const weigh = (some: readonly { kind: number; own: number }[], baseRate: number, contestedShare: number) =>
      trafficWeights(
        Uint8Array.from(some, ({ kind }) => (kind === POSITIVE ? 1 : 0)),
        Uint8Array.from(some, ({ kind }) => (kind === CONTESTED ? 1 : 0)),
        baseRate,
        contestedShare,
        Float64Array.from(some, (row) => row.own),
      );

    it("share the mass of their kind by what they count, whatever that is", () => {
      fc.assert(
        fc.property(rows, shares, shares, (tail, baseRate, contestedShare) => {
          const some = [...ONE_OF_EACH, ...tail];
          const weights = weigh(some, baseRate, contestedShare);
          some.forEach((row, k) => {
            expect(weights[k]! / weights[row.kind]!).toBeCloseTo(row.own, 8);
          });
          const mass = (kind: number) => weights.reduce((sum, weight, k) => sum + (some[k]!.kind === kind ? weight : 0), 0);
          const [positive, contested, benign] = [mass(POSITIVE), mass(CONTESTED), mass(BENIGN)];
          expect(positive / (positive + contested + benign)).toBeCloseTo(baseRate, 8);
          expect(contested / (contested + benign)).toBeCloseTo(contestedShare, 8);
        }),
      );
    });

    it("are left out where they count nothing, also where all of a kind do", () => {
      const one = weigh([...ONE_OF_EACH, { kind: BENIGN, own: 0 }], 0.1, 0.3);
      expect(one[3]).toBe(0);
      expect(one[0]! / one.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0.1, 10);
      for (const kind of [POSITIVE, CONTESTED, BENIGN]) {
        const weights = weigh(
          ONE_OF_EACH.map((row) => (row.kind === kind ? { ...row, own: 0 } : row)),
          0.1,
          0.3,
        );
        expect(weights[kind]).toBe(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 10);
        if (kind !== POSITIVE) expect(weights[POSITIVE]! / 3).toBeCloseTo(0.1, 10);
      }
    });

    it("are as without when each counts one", () => {
      const kinds = [POSITIVE, CONTESTED, BENIGN, BENIGN, CONTESTED, POSITIVE];
      const plain = trafficWeights(
        Uint8Array.from(kinds, (kind) => (kind === POSITIVE ? 1 : 0)),
        Uint8Array.from(kinds, (kind) => (kind === CONTESTED ? 1 : 0)),
        0.2,
        0.4,
      );
      expect(
        weigh(
          kinds.map((kind) => ({ kind, own: 1 })),
          0.2,
          0.4,
        ),
      ).toEqual(plain);
    });
  });
});
