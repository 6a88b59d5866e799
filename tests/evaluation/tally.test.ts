import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusionAt, rankingOf } from "../../src/evaluation/metrics.ts";
import { type JudgedRow, Tally } from "../../src/evaluation/tally.ts";

const ROWS: readonly JudgedRow[] = [
  {
    language: "kk",
    functionality: "call-expel",
    gold: { hate: null, flagged: 1 },
    scores: { hate: 0.1, flagged: 0.9 },
  },
  {
    language: "ru",
    functionality: "call-expel",
    gold: { hate: 1, flagged: 1 },
    scores: { hate: 0.8, flagged: 0.8 },
  },
  {
    language: "ru",
    functionality: "quotation",
    gold: { hate: 0, flagged: 0 },
    scores: { hate: 0.6, flagged: 0.6 },
  },
  {
    language: "kk",
    functionality: "quotation",
    gold: { hate: 0, flagged: 0 },
    scores: { hate: 0.2, flagged: 0.2 },
  },
  { gold: { hate: 1 }, scores: { hate: 0.3 } },
];

function reportOf(rows: readonly JudgedRow[], thresholds: Record<string, number> = { hate: 0.5, flagged: 0.7 }) {
  const tally = new Tally(thresholds);
  for (const row of rows) tally.add(row);
  return tally.report();
}

describe("tally", () => {
  it("measures every label over all rows, then by facet and value", () => {
    const { rows, measures } = reportOf(ROWS);
    expect(rows).toBe(5);
    expect(
      measures.map(({ facet, value, label, n, positives, tp, fp, fn, tn }) => [facet, value, label, n, positives, tp, fp, fn, tn]),
    ).toEqual([
      [null, null, "hate", 4, 2, 1, 1, 1, 1],
      [null, null, "flagged", 4, 2, 2, 0, 0, 2],
      ["language", "kk", "hate", 1, 0, 0, 0, 0, 1],
      ["language", "kk", "flagged", 2, 1, 1, 0, 0, 1],
      ["language", "ru", "hate", 2, 1, 1, 1, 0, 0],
      ["language", "ru", "flagged", 2, 1, 1, 0, 0, 1],
      ["functionality", "call-expel", "hate", 1, 1, 1, 0, 0, 0],
      ["functionality", "call-expel", "flagged", 2, 2, 2, 0, 0, 0],
      ["functionality", "quotation", "hate", 2, 0, 0, 1, 0, 1],
      ["functionality", "quotation", "flagged", 2, 0, 0, 0, 0, 2],
    ]);
  });

  it("carries the threshold and the figures that come from it", () => {
    const [hate] = reportOf(ROWS).measures;
    expect(hate).toMatchObject({
      threshold: 0.5,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      accuracy: 0.5,
      auc: 0.75,
    });
    expect(hate!.ap).toBeCloseTo((1 + 2 / 3) / 2, 15);
    expect(hate!.brier).toBeCloseTo((0.04 + 0.36 + 0.04 + 0.49) / 4, 15);
    expect(hate!.ece).toBeCloseTo((0.2 + 0.6 + 0.2 + 0.7) / 4, 15);
  });

  it("takes what was decided from rows that say it, and the threshold for the others", () => {
    const [hate] = reportOf(
      [
        { gold: { hate: 1 }, scores: { hate: 0.2 }, called: { hate: true } },
        { gold: { hate: 1 }, scores: { hate: 0.9 }, called: { hate: false } },
        { gold: { hate: 0 }, scores: { hate: 0.9 } },
      ],
      { hate: 0.5 },
    ).measures;
    expect(hate).toMatchObject({ tp: 1, fn: 1, fp: 1, tn: 0 });
    const [undecided] = reportOf([{ gold: { hate: 1 }, scores: { hate: 0.9 } }], { hate: Number.NaN }).measures;
    expect(undecided).toMatchObject({ fn: 1, threshold: Number.NaN });
  });

  it("lets rows stand for as many messages as they weigh, in calibration alone", () => {
    const rows = (weight: number): JudgedRow[] => [
      { gold: { hate: 1 }, scores: { hate: 0.7 }, weight },
      { gold: { hate: 0 }, scores: { hate: 0.1 } },
    ];
    const [hate] = reportOf(rows(3), { hate: 0.5 }).measures;
    expect(hate!.brier).toBeCloseTo((3 * 0.09 + 0.01) / 4, 12);
    expect(hate!.ece).toBeCloseTo((3 * 0.3 + 0.1) / 4, 12);
    expect(hate).toMatchObject({ n: 2, tp: 1, tn: 1 });
  });

  it("reads scores at the share of positives of a label's rows, in every facet", () => {
    const tally = new Tally({ hate: 0.5 }, { baseRate: "gold", scoresAt: 0.01 });
    for (const [language, gold] of [
      ["kk", 1],
      ["ru", 0],
    ] as const)
      tally.add({ language, gold: { hate: gold }, scores: { hate: 0.01 } });
    const { measures, readAt } = tally.report();
    expect(readAt).toEqual({ hate: 0.5 });
    for (const { brier } of measures) expect(brier).toBeCloseTo(0.25, 12);
  });

  it("gives intervals for all rows, and details where they are worth it", () => {
    const tally = new Tally({ hate: 0.5, flagged: 0.7 });
    for (const row of ROWS) tally.add(row);
    const { measures, details } = tally.report({ resamples: 20, seed: 1 });
    expect(measures.filter(({ intervals }) => intervals !== null).map(({ facet, label }) => [facet, label])).toEqual([
      [null, "hate"],
      [null, "flagged"],
    ]);
    expect([...new Set(details.map(({ facet }) => facet))]).toEqual([null, "language"]);
    expect(details[0]!.bestF1.f1).toBeCloseTo(0.8, 12);
  });

  it("does not count a row without gold or without a score", () => {
    const { rows, measures } = reportOf([
      { target: "a", gold: { hate: null }, scores: { hate: 0.9 } },
      { target: "a", gold: {}, scores: { hate: 0.9 } },
      { target: "a", gold: { hate: 1 }, scores: {} },
      { target: null, gold: { hate: 1 }, scores: { hate: Number.NaN } },
    ]);
    expect(rows).toBe(4);
    expect(measures.map(({ label, n }) => [label, n])).toEqual([
      ["hate", 0],
      ["flagged", 0],
    ]);
  });

  it("reports nothing but undefined figures for no rows", () => {
    const [hate] = reportOf([], { hate: 0.5 }).measures;
    expect(hate).toMatchObject({
      n: 0,
      positives: 0,
      precision: Number.NaN,
      recall: Number.NaN,
      f1: Number.NaN,
      auc: Number.NaN,
      ap: Number.NaN,
    });
  });

  it("is not confused by values that are names of object members", () => {
    const { measures } = reportOf(
      [
        {
          source: "__proto__",
          target: "constructor",
          gold: { hate: 1 },
          scores: { hate: 1 },
        },
      ],
      { hate: 0.5 },
    );
    expect(measures.map(({ facet, value }) => [facet, value])).toEqual([
      [null, null],
      ["source", "__proto__"],
      ["target", "constructor"],
    ]);
  });

  it("gives each value what its rows alone would give", () => {
    const row = fc.record({
      language: fc.constantFrom("kk", "ru", "en", null),
      gold: fc.record({ hate: fc.constantFrom(0 as const, 1 as const, null) }),
      scores: fc.record({
        hate: fc.integer({ min: 0, max: 10 }).map((tenth) => tenth / 10),
      }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
        for (const { value, n, tp, fp, fn, tn, auc, ap } of reportOf(rows, {
          hate: 0.5,
        }).measures) {
          const own = rows.filter((each) => each.gold.hate !== null && (value === null || each.language === value));
          const scores = Float64Array.from(own, (each) => each.scores.hate);
          const gold = Uint8Array.from(own, (each) => each.gold.hate!);
          expect(n).toBe(own.length);
          expect({ tp, fp, fn, tn }).toEqual(confusionAt(scores, gold, 0.5));
          expect({ auc, averagePrecision: ap }).toEqual(rankingOf(scores, gold));
        }
      }),
    );
  });

  it("goes on over the edges of its chunks", () => {
    const tally = new Tally({ hate: 0.5 });
    const count = 2 * 65536 + 3;
    for (let row = 0; row < count; row++)
      tally.add({
        language: row < 65536 ? "kk" : "ru",
        gold: { hate: row % 2 === 0 ? 1 : 0 },
        scores: { hate: row % 2 },
      });
    expect(tally.report().measures.map(({ value, n, positives, auc }) => [value, n, positives, auc])).toEqual([
      [null, count, 65538, 0],
      ["kk", 65536, 32768, 0],
      ["ru", 65539, 32770, 0],
    ]);
  });
});
