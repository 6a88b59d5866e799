import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Model, parseModel } from "../../src/bayes/model.ts";
import { checkHeader } from "../../src/bayes/model-schema.ts";
import { type CompiledLexicon, compileLexicon } from "../../src/lexicon/compile.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { Judge } from "../../src/pipeline/judge.ts";
import { type TrainOptions, trainModel } from "../../src/pipeline/train.ts";
import { createScorer } from "../../src/scoring/decide.ts";
import { createFolder, type TestFolder } from "./collected.ts";

const OPTIONS: TrainOptions = {
  bits: 12,
  smoothing: 0.3,
  benignShare: 0.3,
  baseRate: 0.01,
  weights: {},
};
let folder: TestFolder;
let lexicon: CompiledLexicon;
beforeAll(() => {
  folder = createFolder();
  lexicon = compileLexicon(loadLexicons());
});
afterAll(() => folder.remove());

/** Invented words stand for what a set holds: the model learns them as it would any other. */
const WORDS = ["blorf", "snarp", "quindle", "drazz", "meffle", "trobb", "winkup", "yalder"];
const row = (k: number, label: 0 | 1) => ({
  text: `all of the Dungans in this town ${label === 1 ? "glomp" : "flerp"} ${WORDS[k % 8]} ${WORDS[(k * 5 + 3) % 8]} ${k}`,
  label,
  task: "hate",
  lang: "en",
});
const lines = (rows: readonly object[]): string => `${rows.map((one) => JSON.stringify(one)).join("\n")}\n`;
const SMALL = lines(Array.from({ length: 400 }, (_, k) => row(k, k % 2 === 0 ? 1 : 0)));

async function train(content: string, options: Partial<TrainOptions> = {}): Promise<{ file: Buffer; model: Model; remarks: string[] }> {
  const remarks: string[] = [];
  const { file } = await trainModel([folder.put("set.jsonl", content)], lexicon, { ...OPTIONS, ...options }, (line) => remarks.push(line));
  return { file, model: parseModel("set.model", file, checkHeader), remarks };
}

function scoresOf(model: Model | null, text: string): number[] {
  const judge = new Judge(lexicon, createScorer(model));
  const bytes = new TextEncoder().encode(text);
  judge.judge(bytes, 0, bytes.length);
  return [...judge.scores];
}

describe("trainModel", () => {
  it("gives the same bytes twice", async () => {
    expect((await train(SMALL)).file.equals((await train(SMALL)).file)).toBe(true);
  });

  it("says in the header what the model was trained on", async () => {
    const { model } = await train(SMALL);
    expect(model.header).toMatchObject({
      bits: 12,
      heads: [{ label: "hate", languages: ["en"] }],
      sets: [
        {
          name: "set",
          rows: 400,
          positive: { hate: 200 },
          negative: { hate: 200 },
        },
      ],
    });
  });

  it("learns what tells the classes apart", async () => {
    const { model } = await train(SMALL);
    const hate = (text: string) => scoresOf(model, text)[2]!;
    expect(hate("all of the Dungans in this town glomp winkup")).toBeGreaterThan(hate("all of the Dungans in this town flerp winkup") * 2);
  });

  it("makes a model that loads and is careful where rows are too few for probabilities", async () => {
    for (const count of [1, 2, 5, 20]) {
      const { model, remarks } = await train(lines(Array.from({ length: count }, (_, k) => row(k, k % 2 === 0 ? 1 : 0))));
      expect(remarks.join("\n")).toContain("too few");
      expect(
        Object.values(model.header.combinations)
          .flatMap((combination) => Object.values(combination))
          .every(Number.isFinite),
      ).toBe(true);
      expect(Math.max(...scoresOf(model, "nice weather today"))).toBeLessThan(0.2);
    }
  });

  it("takes rows of one class without making everything that class", async () => {
    const { model } = await train(lines(Array.from({ length: 200 }, (_, k) => row(k, 1))));
    expect(Math.max(...scoresOf(model, "nice weather today"))).toBeLessThan(0.2);
  });

  it("leaves out rows of other splits", async () => {
    const { model } = await train(
      SMALL +
        lines([
          { ...row(1, 1), split: "dev" },
          { ...row(2, 1), split: "train" },
        ]),
    );
    expect(model.header.sets[0]!.rows).toBe(401);
  });

  it("takes rows of any length", async () => {
    const { model } = await train(
      SMALL +
        lines([
          { ...row(0, 1), text: "glomp ".repeat(50_000) },
          { ...row(1, 0), text: "😀" },
        ]),
    );
    expect(model.header.sets[0]!.rows).toBe(402);
  });

  it("refuses files without a label to learn", async () => {
    await expect(train(lines([{ text: "a" }, { text: "b", task: "benign", label: 0 }]))).rejects.toMatchObject({ code: "E_TRAIN_EMPTY" });
    await expect(train("")).rejects.toMatchObject({ code: "E_TRAIN_EMPTY" });
  });

  it("refuses a file that is not there", async () => {
    await expect(trainModel(["/nowhere.jsonl"], lexicon, OPTIONS, () => {})).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});
