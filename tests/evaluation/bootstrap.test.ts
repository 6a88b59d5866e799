import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readingOf } from "../../src/evaluation/base-rate.ts";
import {
  bootstrapIntervals,
  createCells,
  INTERVAL_MEASURES,
  type IntervalMeasure,
  measureCells,
  pairedIntervals,
} from "../../src/evaluation/bootstrap.ts";
import { figuresOf, type LabelRows } from "../../src/evaluation/measure.ts";
import { createRandom } from "../../src/evaluation/random.ts";

const AS_IS = readingOf("as-is", 0.01, 0.5);

interface Row {
  readonly score: number;
  readonly gold: number;
  readonly called: number;
  readonly weight: number;
}

const rowsOf = (rows: readonly Row[]): LabelRows => ({
  scores: Float64Array.from(rows, (row) => row.score),
  gold: Uint8Array.from(rows, (row) => row.gold),
  called: Uint8Array.from(rows, (row) => row.called),
  weight: Float64Array.from(rows, (row) => row.weight),
});

const bit = fc.constantFrom(0, 1);
const someRows = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 8 }).map((eighth) => eighth / 8),
    gold: bit,
    called: bit,
    weight: fc.constantFrom(1, 1, 2.5),
  }),
  { minLength: 1, maxLength: 40 },
);

function expectClose(got: number, expected: number): void {
  if (Number.isNaN(expected)) expect(got).toBeNaN();
  else expect(got).toBeCloseTo(expected, 10);
}

/** Draws the same rows, and measures each resample as a set of rows of its own. */
function naiveIntervals(rows: LabelRows, resamples: number, seed: number): Record<IntervalMeasure, readonly [number, number]> {
  const random = createRandom(seed);
  const n = rows.gold.length;
  const drawn = Array.from({ length: resamples }, () => {
    const picked = Array.from({ length: n }, () => Math.floor((random() / 2 ** 32) * n));
    return figuresOf(
      rowsOf(
        picked.map((row) => ({ score: rows.scores[row]!, gold: rows.gold[row]!, called: rows.called[row]!, weight: rows.weight[row]! })),
      ),
      AS_IS,
    );
  });
  const ends = (name: IntervalMeasure): readonly [number, number] => {
    const values = drawn
      .map((figures) => figures[name])
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    if (values.length * 2 < resamples) return [Number.NaN, Number.NaN];
    const at = (share: number) => {
      const place = (values.length - 1) * share;
      const [low, high] = [values[Math.floor(place)]!, values[Math.ceil(place)]!];
      return low + (place - Math.floor(place)) * (high - low);
    };
    return [at(0.025), at(0.975)];
  };
  return Object.fromEntries(INTERVAL_MEASURES.map((name) => [name, ends(name)])) as Record<IntervalMeasure, readonly [number, number]>;
}

describe("cells", () => {
  it("give for any counts what rows repeated so often give", () => {
    fc.assert(
      fc.property(someRows, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), (rows, times) => {
        const repeats = rows.map(() => times.next().value as number);
        const cells = createCells(rowsOf(rows), AS_IS);
        const counts = new Uint32Array(cells.gold.length);
        for (const [row, count] of repeats.entries()) counts[cells.cellOf[row]!]! += count;
        const figures = figuresOf(rowsOf(rows.flatMap((row, k) => Array.from({ length: repeats[k]! }, () => row))), AS_IS);
        const got = measureCells(cells, counts);
        for (const [k, name] of INTERVAL_MEASURES.entries()) expectClose(got[k]!, figures[name]);
      }),
    );
  });

  it("are few where scores are", () => {
    const rows = rowsOf(Array.from({ length: 1000 }, (_, row) => ({ score: row % 3, gold: row % 2, called: 0, weight: 1 })));
    expect(createCells(rows, AS_IS).gold).toHaveLength(6);
  });
});

describe("bootstrap intervals", () => {
  it("equal those of a naive twin that sorts every resample anew", () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 0, max: 1000 }), (rows, seed) => {
        const labelRows = rowsOf(rows);
        const got = bootstrapIntervals(labelRows, AS_IS, { resamples: 40, seed })!;
        const expected = naiveIntervals(labelRows, 40, seed);
        for (const name of INTERVAL_MEASURES) for (const end of [0, 1] as const) expectClose(got[name][end], expected[name][end]);
      }),
      { numRuns: 40 },
    );
  });

  it("are as wide as theory says of a share", () => {
    const rows = rowsOf(Array.from({ length: 400 }, (_, row) => ({ score: 0.5, gold: 1, called: row % 5 === 0 ? 0 : 1, weight: 1 })));
    const [low, high] = bootstrapIntervals(rows, AS_IS, { resamples: 4000, seed: 1 })!.recall;
    const half = 1.96 * Math.sqrt((0.8 * 0.2) / 400);
    expect(low).toBeCloseTo(0.8 - half, 2);
    expect(high).toBeCloseTo(0.8 + half, 2);
  });

  it("are the same for the same seed and differ for another", () => {
    const rows = rowsOf(
      Array.from({ length: 200 }, (_, row) => ({ score: (row * 37) % 200, gold: row % 3 === 0 ? 1 : 0, called: row % 2, weight: 1 })),
    );
    const at = (seed: number) => bootstrapIntervals(rows, AS_IS, { resamples: 100, seed })!;
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
  });

  it("are NaN where the measure is undefined in most resamples, and absent where none are drawn", () => {
    const rows = rowsOf([{ score: 0.2, gold: 0, called: 0, weight: 1 }]);
    expect(bootstrapIntervals(rows, AS_IS, { resamples: 20, seed: 1 })).toMatchObject({ auc: [Number.NaN, Number.NaN], accuracy: [1, 1] });
    expect(bootstrapIntervals(rows, AS_IS, { resamples: 0, seed: 1 })).toBeNull();
    expect(bootstrapIntervals(rowsOf([]), AS_IS, { resamples: 20, seed: 1 })).toBeNull();
  });

  it("take a second or two for 20,000 rows 1000 times", () => {
    const random = createRandom(3);
    const rows = rowsOf(
      Array.from({ length: 20_000 }, () => ({ score: random() / 2 ** 32, gold: random() & 1, called: random() & 1, weight: 1 })),
    );
    const start = performance.now();
    bootstrapIntervals(rows, AS_IS, { resamples: 1000, seed: 1 });
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe("paired intervals", () => {
  it("are nought for two systems that are the same", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const labelRows = rowsOf(rows);
        const intervals = pairedIntervals(labelRows, labelRows, [AS_IS, AS_IS], { resamples: 20, seed: 1 })!;
        for (const name of INTERVAL_MEASURES) for (const end of intervals[name]) if (!Number.isNaN(end)) expect(end).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("are narrower than two intervals apart where both are wrong on the same rows", () => {
    const row = (called: number): Row => ({ score: called, gold: 1, called, weight: 1 });
    const a = rowsOf(Array.from({ length: 500 }, (_, k) => row(k % 4 === 0 ? 0 : 1)));
    const b = rowsOf(Array.from({ length: 500 }, (_, k) => row(k % 4 === 0 && k % 40 !== 0 ? 0 : 1)));
    const [low, high] = pairedIntervals(a, b, [AS_IS, AS_IS], { resamples: 1000, seed: 1 })!.recall;
    expect(low).toBeGreaterThan(0);
    expect(high - low).toBeLessThan(0.04);
    const [alone, other] = bootstrapIntervals(a, AS_IS, { resamples: 1000, seed: 1 })!.recall;
    expect(other - alone).toBeGreaterThan(0.06);
  });
});

describe("random numbers", () => {
  it("are spread evenly over 32 bits", () => {
    const random = createRandom(7);
    const bins = new Uint32Array(16);
    for (let k = 0; k < 160_000; k++) bins[random() >>> 28]!++;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(500);
  });
});
