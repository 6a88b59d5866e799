import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Tally } from "../../src/evaluation/tally.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { type LabelledMessage, readLabelled } from "../../src/pipeline/labelled.ts";
import { createFolder, type TestFolder } from "./collected.ts";
import { CALLS, SMALL_TALK, SUITE, SUITE_FILES } from "./messages.ts";

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

async function rowsOf(paths: string[], split: string | null = null): Promise<{ rows: LabelledMessage[]; remarks: string[] }> {
  const rows: LabelledMessage[] = [];
  const remarks: string[] = [];
  for await (const row of readLabelled(paths, split, (line) => remarks.push(line))) rows.push(row);
  return { rows, remarks };
}

const lines = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;

describe("readLabelled", () => {
  it("gives the rows of every file in order, with the file's name as their set", async () => {
    const paths = [
      folder.put(
        "one.jsonl",
        lines([
          { text: "a", task: "hate", label: 1, lang: "ru" },
          { text: "b", id: "x", gold: { hate: 0 }, language: "kk" },
        ]),
      ),
      folder.put("two.jsonl.gz", gzipSync(lines([{ text: "c", label: 0, functionality: "f", target: "t" }]))),
    ];
    const { rows, remarks } = await rowsOf(paths);
    expect(rows).toMatchObject([
      {
        text: "a",
        set: "one",
        id: "1",
        language: "ru",
        split: null,
        functionality: null,
        gold: { hate: 1, slur: null },
      },
      { text: "b", set: "one", id: "x", language: "kk", gold: { hate: 0 } },
      {
        text: "c",
        set: "two",
        id: "1",
        language: null,
        functionality: "f",
        target: "t",
        gold: { slur: 0, incitement: 0, hate: 0, flagged: 0 },
      },
    ]);
    expect(remarks).toEqual([]);
  });

  it("reads every row of the functional suites", async () => {
    expect((await rowsOf([...SUITE_FILES])).rows.map((row) => row.text)).toEqual(SUITE.map((row) => row.text));
  });

  it("takes the split asked for, and rows that name none", async () => {
    const path = folder.put("split.jsonl", lines([{ text: "a", split: "train" }, { text: "b", split: "dev" }, { text: "c" }]));
    expect((await rowsOf([path], "train")).rows.map((row) => row.text)).toEqual(["a", "c"]);
    expect((await rowsOf([path])).rows.map((row) => row.text)).toEqual(["a", "b", "c"]);
  });

  it("leaves out what is no row, and says how many", async () => {
    const path = folder.put("odd.jsonl", '{"text":"a"}\r\n\n{"text":""}\n[1]\nnull\n{broken\n"text"\n{"text":5}\n{"text":"b"}');
    const { rows, remarks } = await rowsOf([path]);
    expect(rows.map((row) => row.text)).toEqual(["a", "b"]);
    expect(rows[1]!.id).toBe("9");
    expect(remarks).toEqual([expect.stringMatching(/odd\.jsonl: 6 of 9 lines/)]);
  });

  it("joins rows that lie in two chunks", async () => {
    const long = "қ".repeat(200_000);
    const { rows } = await rowsOf([folder.put("long.jsonl", lines([{ text: long }, { text: "x" }, { text: long }]))]);
    expect(rows.map((row) => row.text.length)).toEqual([200_000, 1, 200_000]);
  });

  it("refuses a file that is not there", async () => {
    await expect(rowsOf([SUITE_FILES[0]!, "/nowhere/x.jsonl"])).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});

describe("measuring a tiny gold", () => {
  it("gives the figures that one counts by hand", async () => {
    const judge = await openJudge();
    // Two calls that are found, one that is not a call but said to be one, and three harmless ones.
    const gold = [
      ...[CALLS[0], CALLS[1], SMALL_TALK[0]].map((text) => ({
        text,
        label: 1,
        labels: ["incitement"],
      })),
      ...[SMALL_TALK[1], SMALL_TALK[2], "хлеб"].map((text) => ({
        text,
        label: 0,
      })),
    ];
    const { rows } = await rowsOf([folder.put("gold.jsonl", lines(gold))]);
    const tally = new Tally({
      incitement: judge.scorer.thresholds.incitement.flag,
    });
    for (const row of rows) {
      const bytes = new TextEncoder().encode(row.text);
      judge.judge(bytes, 0, bytes.length);
      tally.add({
        gold: row.gold,
        scores: { incitement: judge.scores[1]! },
        source: row.set,
      });
    }
    expect(tally.report().measures[0]).toMatchObject({
      label: "incitement",
      n: 6,
      positives: 3,
      tp: 2,
      fn: 1,
      fp: 0,
      tn: 3,
      precision: 1,
      recall: 2 / 3,
      f1: 0.8,
      accuracy: 5 / 6,
    });
  });
});
