import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evaluation } from "../../src/evaluation/evaluation.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { type EvaluateOptions, evaluateFiles, type Miss } from "../../src/pipeline/evaluate.ts";
import { openSystems } from "../../src/pipeline/open-systems.ts";
import { Predictions, readPredictions } from "../../src/pipeline/predictions.ts";
import { judgeSystem, predictionSystem, type System } from "../../src/pipeline/system.ts";
import { createFolder, type TestFolder } from "./collected.ts";
import { CALLS, SMALL_TALK } from "./messages.ts";

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

const lines = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
const OPTIONS: EvaluateOptions = {
  split: null,
  map: null,
  labels: null,
  baseRate: "as-is",
  resampling: { resamples: 0, seed: 1 },
  mistakes: 0,
};

async function evaluated(
  gold: readonly string[],
  systems: readonly System[],
  options: Partial<EvaluateOptions> = {},
): Promise<{ evaluation: Evaluation; remarks: string[]; misses: Miss[] }> {
  const remarks: string[] = [];
  const misses: Miss[] = [];
  const evaluation = await evaluateFiles(
    gold,
    systems,
    { ...OPTIONS, ...options },
    (line) => remarks.push(line),
    (miss) => misses.push(miss),
  );
  return { evaluation, remarks, misses };
}

async function predicted(
  file: string,
  gold: readonly string[],
  thresholds: Record<string, number> = {},
  keepReasons = false,
): Promise<System> {
  return predictionSystem(file, await readPredictions(file, gold, keepReasons, () => {}), thresholds);
}

const measureOf = ({ systems }: Evaluation, label: string, system = 0) =>
  systems[system]!.measures.find((measure) => measure.facet === null && measure.label === label)!;

const record = (hate: number) => ({ scores: { hate }, labels: null, decision: null, reasons: [] });

describe("predictions", () => {
  it("go to the gold row of their id and file", () => {
    const predictions = new Predictions(new Set(["one", "two"]));
    predictions.add("1", "data/two.jsonl.gz", record(0.2));
    predictions.add("1", "data/one.jsonl", record(0.1));
    expect(predictions.take("1", "one")?.scores).toEqual({ hate: 0.1 });
    expect(predictions.take("1", "two")?.scores).toEqual({ hate: 0.2 });
    expect(predictions.unused).toBe(0);
  });

  it("are not taken from the file of another gold row", () => {
    const predictions = new Predictions(new Set(["one", "two"]));
    predictions.add("1", "two.jsonl", record(0.2));
    expect(predictions.take("1", "one")).toBeNull();
    expect(predictions.take("1", "two")).not.toBeNull();
  });

  it("go by id alone where their file is none of the gold files", () => {
    const predictions = new Predictions(new Set(["gold"]));
    predictions.add("a", "elsewhere.txt", record(0.2));
    predictions.add("b", null, record(0.3));
    expect(predictions.take("a", "gold")?.scores).toEqual({ hate: 0.2 });
    expect(predictions.take("b", "gold")?.scores).toEqual({ hate: 0.3 });
  });

  it("are taken once, those of one id in their order", () => {
    const predictions = new Predictions(new Set(["gold"]));
    predictions.add("a", "gold.jsonl", record(0.2));
    predictions.add("a", "gold.jsonl", record(0.3));
    expect([1, 2, 3].map(() => predictions.take("a", "gold")?.scores["hate"])).toEqual([0.2, 0.3, undefined]);
  });
});

describe("a file of predictions", () => {
  const goldRows = [
    { id: "a", text: "a", gold: { hate: 1 } },
    { id: "b", text: "b", gold: { hate: 0 } },
    { id: "c", text: "c", gold: { hate: 1 } },
  ];

  it("is measured by its scores at a threshold where it says nothing of decisions", async () => {
    const gold = folder.put("plain.jsonl", lines(goldRows));
    const file = folder.put(
      "scores.jsonl",
      lines([
        { id: "c", scores: { hate: 0.4 } },
        { id: "a", scores: { hate: 0.9 } },
        { id: "b", scores: { hate: 0.6 } },
      ]),
    );
    const half = (await evaluated([gold], [await predicted(file, [gold])])).evaluation;
    expect(measureOf(half, "hate")).toMatchObject({ n: 3, tp: 1, fp: 1, fn: 1, tn: 0, threshold: 0.5, auc: 0.5 });
    const third = (await evaluated([gold], [await predicted(file, [gold], { hate: 0.3 })])).evaluation;
    expect(measureOf(third, "hate")).toMatchObject({ tp: 2, fp: 1, fn: 0, threshold: 0.3 });
  });

  it("is measured by its own decisions where it has them, unless a threshold is given", async () => {
    const gold = folder.put("decided.jsonl", lines([{ id: "a", text: "a", gold: { hate: 1, flagged: 1 } }]));
    const file = folder.put("decisions.jsonl", lines([{ id: "a", scores: { hate: 0.4 }, labels: ["hate"], decision: "flag" }]));
    const { evaluation: recorded } = await evaluated([gold], [await predicted(file, [gold])]);
    for (const label of ["hate", "flagged"]) expect(measureOf(recorded, label)).toMatchObject({ tp: 1, fn: 0, threshold: Number.NaN });
    const given = (await evaluated([gold], [await predicted(file, [gold], { hate: 0.5 })])).evaluation;
    for (const label of ["hate", "flagged"]) expect(measureOf(given, label)).toMatchObject({ tp: 0, fn: 1 });
  });

  it("tells the decision of a record that was wrong", async () => {
    const gold = folder.put("reviewed.jsonl", lines([{ id: "a", text: "a", gold: { hate: 1 } }]));
    const file = folder.put("review.jsonl", lines([{ id: "a", scores: { hate: 0.4 }, labels: [], decision: "review" }]));
    const { misses } = await evaluated([gold], [await predicted(file, [gold])]);
    expect(misses).toMatchObject([{ id: "a", decision: "review", wrong: ["hate", "flagged"] }]);
  });

  it("may have records of very many scores", async () => {
    const gold = folder.put("wide-gold.jsonl", lines(goldRows));
    const scores = Object.fromEntries(Array.from({ length: 200_000 }, (_, k) => [`l${k}`, 0.1]));
    const file = folder.put("wide.jsonl", lines([{ id: "a", scores: { ...scores, hate: 0.9 } }]));
    expect((await readPredictions(file, [gold], false, () => {})).take("a", "wide-gold")?.scores["flagged"]).toBe(0.9);
  });

  it("leaves rows out that it does not have, and says so, as it says what it has besides", async () => {
    const gold = folder.put("most.jsonl", lines(goldRows));
    const file = folder.put(
      "few.jsonl",
      lines([
        { id: "a", scores: { hate: 0.9 } },
        { id: "x", scores: { hate: 0.1 } },
        { id: "y", scores: {} },
      ]),
    );
    const { evaluation, remarks } = await evaluated([gold], [await predicted(file, [gold])]);
    expect(evaluation).toMatchObject({ rows: 1, missing: 2 });
    expect(remarks).toEqual([
      "2 of 3 gold rows have no prediction; they were left out",
      `${file}: 1 of 2 predictions have no gold row; they do not count`,
    ]);
  });

  it("is refused where no line is a prediction, or none is of a gold row", async () => {
    const gold = folder.put("some.jsonl", lines(goldRows));
    const junk = folder.put("junk.jsonl", '{"id": "a"}\nnot json\n{"scores": [1]}\n{"id":"b","scores":{"hate":7}}\n');
    await expect(readPredictions(junk, [gold], false, () => {})).rejects.toMatchObject({ code: "E_PREDICTIONS" });
    const other = folder.put("other.jsonl", lines([{ id: "z", scores: { hate: 0.1 } }]));
    await expect(evaluated([gold], [await predicted(other, [gold])])).rejects.toMatchObject({ code: "E_PREDICTIONS" });
    await expect(readPredictions(folder.put("nothing.jsonl", ""), [gold], false, () => {})).rejects.toMatchObject({
      code: "E_PREDICTIONS",
    });
  });

  it("counts lines that it could not read", async () => {
    const gold = folder.put("read.jsonl", lines(goldRows));
    const remarks: string[] = [];
    const file = folder.put("torn.jsonl", `${lines([{ id: "a", scores: { hate: 0.9 } }])}{"id": "b", "sco\n`);
    await readPredictions(file, [gold], false, (line) => remarks.push(line));
    expect(remarks).toEqual([`${file}: 1 lines are no JSON objects with "scores" from 0 to 1; they were left out`]);
  });

  it("may hold a label that only gold and it know of", async () => {
    const gold = folder.put("unknown.jsonl", lines(goldRows));
    const file = folder.put("more.jsonl", lines([{ id: "a", scores: { hate: 0.9, unheard: 0.8 }, labels: ["hate"] }]));
    expect(measureOf((await evaluated([gold], [await predicted(file, [gold])])).evaluation, "hate")).toMatchObject({ n: 1, tp: 1 });
  });
});

describe("evaluation", () => {
  const rows = [
    ...CALLS.map((text, k) => ({ id: `call-${k}`, text, label: 1, labels: ["incitement"] })),
    ...SMALL_TALK.map((text, k) => ({ id: `talk-${k}`, text, label: 0 })),
  ];

  it("of two systems counts rows and labels that both have, and compares them", async () => {
    const gold = folder.put("two.jsonl", lines(rows));
    const file = folder.put("one-label.jsonl", lines(rows.slice(1).map(({ id }) => ({ id, scores: { incitement: 0 } }))));
    const { evaluation } = await evaluated([gold], [judgeSystem("judge", await openJudge({ model: null })), await predicted(file, [gold])]);
    expect(evaluation).toMatchObject({ rows: rows.length - 1, missing: 1 });
    for (const system of [0, 1]) {
      expect(measureOf(evaluation, "incitement", system).n).toBe(rows.length - 1);
      expect(measureOf(evaluation, "hate", system).n).toBe(0);
    }
    const difference = evaluation.differences.find(({ label, facet }) => label === "incitement" && facet === null)!;
    expect(difference.mcnemar).toMatchObject({ onlyA: CALLS.length - 1, onlyB: 0 });
    expect(difference.difference.recall).toBe(-1);
  });

  it("keeps the worst mistakes with what led to them", async () => {
    const gold = folder.put("wrong.jsonl", lines([{ id: "w", text: CALLS[0], label: 0 }]));
    const { evaluation, misses } = await evaluated([gold], [judgeSystem("judge", await openJudge())], {
      mistakes: 3,
      labels: ["incitement"],
    });
    const { mistakes } = evaluation.systems[0]!;
    expect(mistakes).toMatchObject([{ label: "incitement", kind: "false positive", row: { id: "w", source: "wrong" } }]);
    expect(mistakes[0]!.row.reasons.length).toBeGreaterThan(0);
    for (const { label, entry } of mistakes[0]!.row.reasons) expect([label, entry]).toEqual(["incitement", expect.stringMatching(/./)]);
    expect(misses).toMatchObject([{ id: "w", wrong: ["incitement"], decision: "flag" }]);
  });

  it("tells reasons that a file of predictions gives", async () => {
    const gold = folder.put("reasoned.jsonl", lines([{ id: "a", text: "a", gold: { hate: 0 } }]));
    const signals = [{ label: "hate", source: "rule", entry: "r1", weight: 2, text: "words" }, 7];
    const file = folder.put("reasons.jsonl", lines([{ id: "a", scores: { hate: 0.9 }, labels: ["hate"], signals }]));
    const { evaluation } = await evaluated([gold], [await predicted(file, [gold], {}, true)], { mistakes: 1 });
    expect(evaluation.systems[0]!.mistakes[0]!.row.reasons).toEqual([
      { label: "hate", source: "rule", entry: "r1", weight: 2, text: "words" },
    ]);
  });

  it("refuses labels that gold does not have, and files without gold", async () => {
    const systems = [judgeSystem("judge", await openJudge({ model: null }))];
    const gold = folder.put("none.jsonl", lines([{ text: "a" }]));
    await expect(evaluated([gold], systems, { labels: ["spam"] })).rejects.toMatchObject({
      code: "E_NO_LABEL",
      message: expect.stringContaining("hate"),
    });
    await expect(evaluated([gold], systems)).rejects.toMatchObject({ code: "E_NO_GOLD" });
    await expect(evaluated([folder.put("empty.jsonl", "")], systems)).rejects.toMatchObject({ code: "E_NO_GOLD" });
  });
});

describe("systems", () => {
  it("are told apart by name and by a file's first bytes", async () => {
    const gold = folder.put("names.jsonl", lines([{ id: "a", text: "a", gold: { hate: 1 } }]));
    const file = folder.put("builtin.jsonl", lines([{ id: "a", scores: { hate: 1 } }]));
    const choose = (...compared: string[]) => ({ compared, predictions: undefined, heads: false, keepReasons: false });
    const systems = await openSystems(choose("none", file), [gold], {}, () => {});
    expect(systems.map(({ name }) => name)).toEqual(["lexicons and rules alone", file]);
    const copy = folder.put("copy.model", "QALQAN\0but no model");
    await expect(openSystems(choose("none", copy), [gold], {}, () => {})).rejects.toMatchObject({ code: /E_MODEL/ });
    await expect(openSystems(choose("none", "nowhere"), [gold], {}, () => {})).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});
