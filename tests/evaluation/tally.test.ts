import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusionAt, rankingOf } from "../../src/evaluation/metrics.ts";
import { renderReport, reportToJson } from "../../src/evaluation/report.ts";
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

describe("report", () => {
  it("is an aligned table, with a dash for what is undefined", () => {
    const table = renderReport(reportOf(ROWS));
    expect(table.slice(0, table.indexOf("functionality"))).toMatchInlineSnapshot(`
      "5 rows

                     label    n  positive  threshold  tp  fp  fn  tn  precision  recall     F1  accuracy    AUC     AP
      all            hate     4         2      0.500   1   1   1   1      0.500   0.500  0.500     0.500  0.750  0.833
                     flagged  4         2      0.700   2   0   0   2      1.000   1.000  1.000     1.000  1.000  1.000

      language       label    n  positive  threshold  tp  fp  fn  tn  precision  recall     F1  accuracy    AUC     AP
      kk             hate     1         0      0.500   0   0   0   1          –       –      –     1.000      –      –
                     flagged  2         1      0.700   1   0   0   1      1.000   1.000  1.000     1.000  1.000  1.000
      ru             hate     2         1      0.500   1   1   0   0      0.500   1.000  0.667     0.500  1.000  1.000
                     flagged  2         1      0.700   1   0   0   1      1.000   1.000  1.000     1.000  1.000  1.000

      "
    `);
  });

  it("is the same in JSON, with null for what is undefined", () => {
    const { rows, measures } = reportToJson(reportOf(ROWS));
    expect(rows).toBe(5);
    expect(measures[0]).toMatchObject({
      label: "hate",
      facet: null,
      value: null,
      n: 4,
      precision: 0.5,
    });
    expect(measures[2]).toMatchObject({
      label: "hate",
      facet: "language",
      value: "kk",
      precision: null,
      recall: null,
      f1: null,
      auc: null,
      ap: null,
    });
    expect(JSON.parse(JSON.stringify(measures))).toEqual(measures);
  });

  it("keeps control characters from the terminal and cuts long values", () => {
    const row = { gold: { hate: 1 }, scores: { hate: 1 } } as const;
    const table = renderReport(
      reportOf(
        [
          { ...row, source: "\u001b[31m\nа" },
          { ...row, source: "ә".repeat(60) },
        ],
        { hate: 0.5 },
      ),
    );
    expect(table).toContain("�[31m�а ");
    expect(table).toContain(`${"ә".repeat(39)}… `);
    expect(table).not.toContain("ә".repeat(40));
  });

  it("does not stumble over no rows", () => {
    expect(renderReport(reportOf([], {}))).toBe("0 rows\n\n");
  });
});
