import { describe, expect, it } from "vitest";
import { compareTallies } from "../../src/evaluation/compare.ts";
import type { Evaluation, SystemResult } from "../../src/evaluation/evaluation.ts";
import { renderFigure } from "../../src/evaluation/figure.ts";
import { evaluationToJson, renderMarkdownReport, renderReport } from "../../src/evaluation/report.ts";
import { type JudgedRow, Tally } from "../../src/evaluation/tally.ts";
import { showOnOneLine } from "../../src/writers/terminal.ts";

const ROWS: readonly JudgedRow[] = [
  { language: "kk", functionality: "call-expel", gold: { hate: null, flagged: 1 }, scores: { hate: 0.1, flagged: 0.9 } },
  { language: "ru", functionality: "call-expel", gold: { hate: 1, flagged: 1 }, scores: { hate: 0.8, flagged: 0.8 } },
  { language: "ru", functionality: "quotation", gold: { hate: 0, flagged: 0 }, scores: { hate: 0.6, flagged: 0.6 } },
  { language: "kk", functionality: "quotation", gold: { hate: 0, flagged: 0 }, scores: { hate: 0.2, flagged: 0.2 } },
  { gold: { hate: 1 }, scores: { hate: 0.3 } },
];
const THRESHOLDS = { hate: 0.5, flagged: 0.7 };
const RESAMPLING = { resamples: 0, seed: 1 };
const OPTIONS = { show: showOnOneLine, details: false };

function tallyOf(rows: readonly JudgedRow[], thresholds: Record<string, number>): Tally {
  const tally = new Tally(thresholds);
  for (const row of rows) tally.add(row);
  return tally;
}

function evaluationOf(
  rows: readonly JudgedRow[],
  changes: Partial<Evaluation> = {},
  thresholds: Record<string, number> = THRESHOLDS,
): Evaluation {
  const system: SystemResult = {
    name: "a judge",
    scoresAt: 0.01,
    labels: Object.keys(thresholds),
    ...tallyOf(rows, thresholds).report(changes.resampling ?? RESAMPLING),
    mistakes: [],
  };
  return {
    rows: rows.length,
    missing: 0,
    baseRate: "as-is",
    resampling: RESAMPLING,
    systems: [system],
    differences: [],
    agreement: [],
    ...changes,
  };
}

/** Two systems, the second the first with other scores. */
function comparisonOf(scoreOf: (score: number) => number, resamples: number): Evaluation {
  const changed = ROWS.map((row) => ({
    ...row,
    scores: Object.fromEntries(Object.entries(row.scores).map(([name, score]) => [name, scoreOf(score)])),
  }));
  const [a, b] = [tallyOf(ROWS, THRESHOLDS), tallyOf(changed, THRESHOLDS)];
  const system = (name: string, tally: Tally): SystemResult => ({
    name,
    scoresAt: 0.01,
    labels: tally.labels,
    ...tally.report(),
    mistakes: [],
  });
  const resampling = { resamples, seed: 1 };
  return evaluationOf(ROWS, {
    resampling,
    systems: [system("before", a), system("after", b)],
    differences: compareTallies(a, b, resampling),
  });
}

describe("report as text", () => {
  it("has a column a label and then a row a value, with a dash for what is undefined", () => {
    expect(renderReport(evaluationOf(ROWS), OPTIONS)).toMatchInlineSnapshot(`
      "5 rows judged by a judge
      Brier score and calibration errors take scores and rows as they are (--base-rate as-is).
                          hate           flagged
      rows                4              4
      positive            2 (50.0 %)     2 (50.0 %)
      called at           0.50           0.70
      called: tp, fp      1, 1           2, 0
      not: fn, tn         1, 1           0, 2
      precision           0.500          1.000
      recall              0.500          1.000
      F1                  0.500          1.000
      negative precision  0.500          1.000
      negative recall     0.500          1.000
      negative F1         0.500          1.000
      macro-F1            0.500          1.000
      accuracy            0.500          1.000
      AUC                 0.750          1.000
      average precision   0.833          1.000
      Brier               0.232          0.112
      ECE                 0.425          0.275
      ECE, equal mass     0.425          0.275
      best F1             0.800 at 0.30  1.000 at 0.80
      recall at prec. .9  0.500 at 0.80  1.000 at 0.80
      prec. at recall .9  0.667 at 0.30  1.000 at 0.80

      By language
      language  label    rows  positive  prec.  recall     F1    AUC     AP  fp  fn
      kk        hate        1         0      –       –      –      –      –   0   0
                flagged     2         1  1.000   1.000  1.000  1.000  1.000   0   0
      ru        hate        2         1  0.500   1.000  0.667  1.000  1.000   1   0
                flagged     2         1  1.000   1.000  1.000  1.000  1.000   0   0

      By functionality
      functionality  label    rows  positive  accuracy  fp  fn
      call-expel     hate        1         1     1.000   0   0
                     flagged     2         2     1.000   0   0
      quotation      hate        2         0     0.500   1   0
                     flagged     2         0     1.000   0   0
      "
    `);
  });

  it("puts intervals beside the figures where they were asked for", () => {
    const text = renderReport(evaluationOf(ROWS, { resampling: { resamples: 100, seed: 1 } }), OPTIONS);
    expect(text).toContain("95 % intervals, from 100 resamples");
    expect(text).toMatch(/^AUC +0\.750 \(\.\d{3}–1\.000\)/m);
  });

  it("fits into 100 columns however many labels there are", () => {
    const labels = ["slur", "incitement", "hate", "abuse", "flagged", "yet-another"];
    const rows = Array.from({ length: 3000 }, (_, row) => ({
      language: `a language of a rather long name ${row % 3}`,
      gold: Object.fromEntries(labels.map((label) => [label, row % 7 === 0 ? (1 as const) : (0 as const)])),
      scores: Object.fromEntries(labels.map((label, k) => [label, ((row * (k + 3)) % 101) / 101])),
    }));
    const thresholds = Object.fromEntries(labels.map((label) => [label, 0.5]));
    const text = renderReport(evaluationOf(rows, { resampling: { resamples: 20, seed: 1 } }, thresholds), { ...OPTIONS, details: true });
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(100);
    for (const label of labels) expect(text).toContain(label);
  });

  it("shows of many values those with the most mistakes, and all with the details", () => {
    const rows = Array.from(
      { length: 60 },
      (_, row): JudgedRow => ({ target: `group ${row}`, gold: { hate: row < 3 ? 1 : 0 }, scores: { hate: 0 } }),
    );
    const evaluation = evaluationOf(rows, {}, { hate: 0.5 });
    const [brief, full] = [renderReport(evaluation, OPTIONS), renderReport(evaluation, { ...OPTIONS, details: true })];
    expect(brief.match(/^group \d+/gm)).toEqual(["group 0", "group 1", "group 2"]);
    expect(brief).toContain("Of 60 values");
    expect(full.match(/^group \d+/gm)).toHaveLength(60);
    for (const title of ["other thresholds", "what scores say and what is so"]) {
      expect(full).toContain(title);
      expect(brief).not.toContain(title);
    }
  });

  it("names labels that no row speaks of in a sentence, not in a column", () => {
    const text = renderReport(evaluationOf([{ gold: { hate: 1 }, scores: { hate: 1 } }]), OPTIONS);
    expect(text).toContain("No row has gold and score for: flagged.");
    expect(text).not.toMatch(/^ +hate +flagged/m);
  });

  it("keeps control characters from the terminal and cuts long values", () => {
    const row = { gold: { hate: 1 }, scores: { hate: 1 } } as const;
    const rows = [
      { ...row, source: "\u001b[31m\nа" },
      { ...row, source: "ә".repeat(60) },
    ];
    const text = renderReport(evaluationOf(rows, {}, { hate: 0.5 }), OPTIONS);
    expect(text).toContain("␛[31m␊а ");
    expect(text).toMatch(/ә{30,39}… /);
    expect(text).not.toContain("ә".repeat(40));
  });

  it("tells mistakes with what led to them", () => {
    const [system] = evaluationOf(ROWS).systems;
    const row = {
      id: "q1",
      source: "set",
      language: "ru",
      text: "words\u001b[2J of a message",
      scores: { hate: 0.6 },
      reasons: [{ label: "hate", source: "rule", entry: "some-rule", weight: 3.21, text: "words" }],
    };
    const mistakes = [
      { label: "hate", kind: "false positive" as const, score: 0.6, row },
      { label: "hate", kind: "false negative" as const, score: 0.3, row: { ...row, reasons: [] } },
    ];
    const text = renderReport(evaluationOf(ROWS, { systems: [{ ...system!, mistakes }] }), OPTIONS);
    expect(text).toContain(
      "hate: called, and gold says no; highest scores first\n0.600  set q1 (ru)  hate 0.60\n  words␛[2J of a message\n  +3.21 some-rule: words\n",
    );
    expect(text).toContain("  nothing spoke for or against it\n");
  });

  it("shows how annotators agree", () => {
    const agreement = [{ label: "hate", rows: 50, annotators: 2, judgments: 100, percent: 0.7, kappa: 0.4, pairs: 1, alpha: 0.402 }];
    expect(renderReport(evaluationOf(ROWS, { agreement }), OPTIONS)).toMatch(/^hate +50 +2 +100 +70\.0 % +0\.400 +1 +0\.402$/m);
  });

  it("says at which base rate calibration was measured", () => {
    expect(renderReport(evaluationOf(ROWS, { baseRate: "gold" }), OPTIONS)).toContain("--base-rate gold");
    expect(renderReport(evaluationOf(ROWS, { baseRate: 0.05 }), OPTIONS)).toContain("read at 5.0 %");
    expect(renderReport(evaluationOf(ROWS), OPTIONS)).toContain("--base-rate as-is");
  });
});

describe("report on two systems", () => {
  it("shows both, what differs and whether by chance", () => {
    const text = renderReport(
      comparisonOf((score) => 1 - score, 50),
      OPTIONS,
    );
    expect(text).toContain("A is before, B is after.");
    expect(text).toMatch(
      /^hate: 4 rows, 2 positive\nDecisions: only A is right on 2 rows, only B on 2; McNemar's test: exact binomial, p 1\.000\.$/m,
    );
    expect(text).toMatch(/^AUC +0\.750 +0\.250 +−0\.500 +[−+]\d\.\d{3} … /m);
    expect(text).toMatch(/^language +label/m);
  });

  it("finds nothing between a system and itself", () => {
    for (const { difference, mcnemar } of comparisonOf((score) => score, 0).differences) {
      for (const value of Object.values(difference)) if (!Number.isNaN(value)) expect(value).toBe(0);
      expect(mcnemar).toMatchObject({ onlyA: 0, onlyB: 0, p: 1 });
    }
  });
});

describe("report as Markdown", () => {
  it("is made of tables, and lets no text of the input be read as markup", () => {
    const row = { gold: { hate: 1 }, scores: { hate: 1 } } as const;
    const rows = [
      { ...row, source: "a|b <img src=x> *x*" },
      { ...row, source: "c" },
    ];
    const text = renderMarkdownReport(evaluationOf(rows, {}, { hate: 0.5 }), OPTIONS);
    expect(text).toContain("### 2 rows judged by a judge\n");
    expect(text).toContain("|  | hate |\n| --- | --- |\n| rows | 2 |");
    expect(text).toContain("| a\\|b \\<img src=x\\> \\*x\\* | hate |");
  });
});

describe("report as JSON", () => {
  it("has the measures on top, with null for what is undefined, and no curves", () => {
    const json = evaluationToJson(evaluationOf(ROWS)) as { rows: number; measures: Record<string, unknown>[]; details: object[] };
    expect(json.rows).toBe(5);
    expect(json.measures[0]).toMatchObject({ label: "hate", facet: null, value: null, n: 4, positives: 2, fp: 1, precision: 0.5 });
    expect(json.measures[2]).toMatchObject({
      label: "hate",
      facet: "language",
      value: "kk",
      precision: null,
      recall: null,
      f1: null,
      auc: null,
      ap: null,
    });
    expect(json.details[0]).toMatchObject({ label: "hate", facet: null });
    expect(json.details[0]).not.toHaveProperty("curve");
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it("has two systems and their differences side by side", () => {
    const json = evaluationToJson(comparisonOf((score) => 1 - score, 10)) as {
      systems: { name: string }[];
      differences: { intervals: object | null }[];
    };
    expect(json.systems.map(({ name }) => name)).toEqual(["before", "after"]);
    expect(json.differences[0]).toMatchObject({
      label: "hate",
      difference: { auc: -0.5 },
      mcnemar: { onlyA: 2, onlyB: 2, statistic: null },
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

describe("figure", () => {
  const tagsOf = (svg: string) => [...svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)].map(([, close, name, self]) => ({ close, name, self }));

  it("is one balanced SVG that loads and runs nothing", () => {
    const svg = renderFigure(comparisonOf((score) => score / 2, 0));
    const open: string[] = [];
    for (const { close, name, self } of tagsOf(svg)) {
      if (self === "/") continue;
      if (close === "/") expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/<script|href|url\(|@import|NaN|Infinity|undefined/);
    expect(svg.startsWith("<svg ")).toBe(true);
  });

  it("escapes names", () => {
    const evaluation = evaluationOf(ROWS);
    const svg = renderFigure({ ...evaluation, systems: [{ ...evaluation.systems[0]!, name: 'a<script>"&\u0000\ud800' }] });
    expect(svg).toContain("a&lt;script&gt;&quot;&amp;");
    expect(svg).not.toContain("\u0000");
    expect(svg).not.toContain("\ud800");
  });

  it("says the average precision of every label that has positives", () => {
    const svg = renderFigure(evaluationOf([...ROWS, { gold: { other: 0 }, scores: { other: 0.5 } }], {}, { ...THRESHOLDS, other: 0.5 }));
    expect(svg).toContain("hate: AP 0.833");
    expect(svg).not.toContain("other: AP");
  });

  it("is drawn of nothing at all", () => {
    expect(renderFigure(evaluationOf([]))).toContain("</svg>");
  });
});
