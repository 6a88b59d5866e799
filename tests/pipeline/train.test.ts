import { createHash } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { METHODS, type Model, parseModel, type TrainingOptions } from "../../src/bayes/model.ts";
import { checkHeader } from "../../src/bayes/model-schema.ts";
import { unpackHead } from "../../src/bayes/pack.ts";
import { LABEL_NAMES } from "../../src/core/label.ts";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { Judge } from "../../src/pipeline/judge.ts";
import { type TrainRequest, trainModel } from "../../src/pipeline/train.ts";
import { createScorer, decide } from "../../src/scoring/decide.ts";
import { entry, lexicon as sourceOf } from "../lexicon/invented.ts";
import { createFolder, type TestFolder } from "./collected.ts";

const OPTIONS: TrainingOptions = {
  method: "nblr",
  bits: 12,
  smoothing: 0.3,
  minimumCount: 1,
  benignShare: 0.3,
  baseRate: 0.01,
  weights: {},
  limits: {},
  rate: 0.2,
  ridge: 0,
  epochs: 4,
  seed: 1,
};
let folder: TestFolder;
/** Knows two names of groups, and no rules: what is found is the model's. */
const lexicon = compileLexicon(sourceOf([entry("named", { class: "target", forms: ["dungans", "дүнгендер"] })]));
let trained: Trained;
beforeAll(async () => {
  folder = createFolder();
  mkdirSync(join(folder.path, "tmp"));
  vi.stubEnv("TMPDIR", join(folder.path, "tmp"));
  trained = await train(SMALL);
});
afterAll(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

/** Invented words stand for what a set holds: the model learns them as it would any other. */
const WORDS = ["blorf", "snarp", "quindle", "drazz", "meffle", "trobb", "winkup", "yalder"];
const row = (k: number, label: 0 | 1, [bad, good] = ["glomp", "flerp"]) => ({
  text: `all of the Dungans in this town ${label === 1 ? bad : good} ${WORDS[k % 8]} ${WORDS[(k * 5 + 3) % 8]} ${k}`,
  label,
  task: "hate",
  lang: "en",
});
const rows = (count: number, words?: [string, string]) => Array.from({ length: count }, (_, k) => row(k, k % 2 === 0 ? 1 : 0, words));
const lines = (some: readonly object[]): string => `${some.map((one) => JSON.stringify(one)).join("\n")}\n`;
const SMALL = lines(rows(400));
/** Rude rows about no group, and harmless ones. */
const RUDE = lines(
  Array.from({ length: 300 }, (_, k) => ({
    text: `this soup is ${k % 2 === 0 ? "grumsh" : "pellow"} ${WORDS[k % 8]} ${WORDS[(k * 5 + 3) % 8]} ${k}`,
    label: k % 2 === 0 ? 1 : 0,
    task: "toxicity",
    lang: "en",
  })),
);
const BAD = "all of the Dungans in this town glomp winkup";
const GOOD = "all of the Dungans in this town flerp winkup";

interface Trained {
  readonly file: Buffer;
  readonly model: Model;
  readonly remarks: readonly string[];
}

/** @param content of the set "set", or of several by name */
async function train(
  content: string | Readonly<Record<string, string>>,
  options: Partial<TrainingOptions> = {},
  request: Partial<TrainRequest> = {},
): Promise<Trained> {
  const remarks: string[] = [];
  const sets = Object.entries(typeof content === "string" ? { set: content } : content);
  const { file } = await trainModel(
    sets.map(([name, text]) => folder.put(`${name}.jsonl`, text)),
    lexicon,
    { ...request, options: { ...OPTIONS, ...options } },
    { remark: (line) => remarks.push(line), progress: () => {} },
  );
  return { file, model: parseModel("set.model", file, checkHeader), remarks };
}

const judges = new WeakMap<Model, Judge>();

/** A judge by the model that has just judged the text. */
function judgeOf(model: Model, text: string): Judge {
  const judge = judges.get(model) ?? new Judge(lexicon, createScorer(model));
  judges.set(model, judge);
  const bytes = new TextEncoder().encode(text);
  judge.judge(bytes, 0, bytes.length);
  return judge;
}

const scoresOf = (model: Model, text: string): number[] => [...judgeOf(model, text).scores];
const hateOf = (model: Model, text: string): number => scoresOf(model, text)[LABEL_NAMES.indexOf("hate")]!;
function evidenceOf(model: Model, head: string, text: string): number {
  const judge = judgeOf(model, text);
  judge.readEvidence();
  return judge.evidence[model.header.heads.findIndex(({ name }) => name === head)]!;
}

describe("trainModel", () => {
  it("gives the same bytes twice", async () => {
    expect((await train(SMALL)).file.equals(trained.file)).toBe(true);
  });

  it("is told by its seed", async () => {
    expect((await train(SMALL, { seed: 2 })).file.equals(trained.file)).toBe(false);
  });

  it("says in the header what the model was trained on, and how", () => {
    expect(trained.model.header).toMatchObject({
      bits: 12,
      heads: [{ name: "hate", languages: { en: { slope: expect.any(Number), offset: expect.any(Number) } } }],
      sets: [{ name: "set", rows: 400, positive: { hate: 200 }, negative: { hate: 200 } }],
      base: null,
      options: OPTIONS,
    });
  });

  it.each(METHODS)("learns what tells the classes apart by %s", async (method) => {
    const { model } = await train(SMALL, { method });
    expect(model.header.options.method).toBe(method);
    expect(evidenceOf(model, "hate", BAD)).toBeGreaterThan(evidenceOf(model, "hate", GOOD) + 0.5);
    expect(hateOf(model, BAD)).toBeGreaterThan(hateOf(model, GOOD) * 2);
    expect(hateOf(model, GOOD)).toBeLessThan(0.1);
    // Without a group nothing is said.
    expect(Math.max(...scoresOf(model, "they glomp glomp glomp"))).toBeLessThan(0.02);
  });

  it("has other weights by each method", async () => {
    const tables = await Promise.all(METHODS.map(async (method) => unpackHead((await train(SMALL, { method })).model, 0).join()));
    expect(new Set(tables).size).toBe(METHODS.length);
  });

  it("speaks only in the languages that it has seen", () => {
    expect(Object.keys(trained.model.header.combinations.hate.voices).sort()).toEqual(["en", "mixed"]);
    expect(trained.model.header.combinations.slur.voices).toEqual({});
    expect(trained.model.header.combinations.incitement.voices).toEqual({});
  });

  it.each(METHODS)("makes a model by %s that loads and is careful where rows are too few for probabilities", async (method) => {
    for (const count of [5, 20]) {
      const { model, remarks } = await train(lines(rows(count)), { method });
      expect(remarks.join("\n")).toContain("hate: too few rows");
      for (const { prior, signals, voices } of Object.values(model.header.combinations)) {
        expect([prior, signals].every(Number.isFinite)).toBe(true);
        expect(voices).toEqual({});
      }
      expect(Math.max(...scoresOf(model, "nice weather today"))).toBeLessThan(0.2);
    }
  });

  it.each(METHODS)("takes rows of one class by %s without making everything that class", async (method) => {
    const { model } = await train(lines(Array.from({ length: 100 }, (_, k) => row(k, 1))), { method });
    expect(Math.max(...scoresOf(model, GOOD))).toBeLessThan(0.2);
  });

  it("leaves out rows of other splits", async () => {
    const { model } = await train(
      SMALL +
        lines([
          { ...row(1, 1), split: "dev" },
          { ...row(2, 1), split: "test" },
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
    const listener = { remark: () => {}, progress: () => {} };
    await expect(trainModel(["/nowhere.jsonl"], lexicon, { options: OPTIONS }, listener)).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });

  it("leaves nothing on the disk, also where it fails", async () => {
    const left = () => readdirSync(join(folder.path, "tmp"));
    expect(left()).toEqual([]);
    await expect(train("")).rejects.toThrow();
    expect(left()).toEqual([]);
    const listener = {
      remark: () => {},
      progress: () => {
        // Elsewhere than on Windows the open files have no name even now.
        if (process.platform !== "win32") expect(left()).toEqual([]);
        throw new Error("stopped");
      },
    };
    const path = folder.put("long.jsonl", lines(rows(1200)));
    await expect(trainModel([path], lexicon, { options: OPTIONS }, listener)).rejects.toThrow("stopped");
    expect(left()).toEqual([]);
  });

  it("tells of the rows read and of every pass", async () => {
    const read: number[] = [];
    const remarks: string[] = [];
    const path = folder.put("told.jsonl", lines(rows(2100)));
    const listener = { remark: (line: string) => remarks.push(line), progress: (count: number) => read.push(count) };
    await trainModel([path], lexicon, { options: { ...OPTIONS, epochs: 2 } }, listener);
    expect(read).toEqual([1000, 2000]);
    expect(remarks[0]).toBe("2100 labelled rows of 1 sets, one in ten kept back");
    expect(remarks.filter((line) => /^pass \d, hate: loss [\d.]+ on rows held back$/.test(line))).toHaveLength(2);
  });
});

describe("the options of training", () => {
  it("--limit: how far the model may raise a label, the closest one counting", async () => {
    const limits = { all: 9, hate: 3, "hate.en": 0.75, "hate.kk": 2 };
    const limited = (await train(SMALL, { limits })).model;
    const { voices } = limited.header.combinations.hate;
    expect([voices["en"]!.limit, voices["mixed"]!.limit]).toEqual([0.75, 3]);
    expect(limited.header.options.limits).toEqual(limits);
    const share = judgeOf(limited, BAD).shares[LABEL_NAMES.indexOf("hate")]!;
    expect(share).toBeCloseTo(0.75, 10);
    expect(judgeOf(trained.model, BAD).shares[LABEL_NAMES.indexOf("hate")]).toBeGreaterThan(2);
    expect((await train(SMALL, { limits: { all: 1.5 } })).model.header.combinations.hate.voices["en"]!.limit).toBe(1.5);
    expect(trained.model.header.combinations.hate.voices["en"]!.limit).toBeGreaterThan(10);
  });

  it("--limit: where the model may not decide, thresholds are those of the rules; where it may, they are higher", async () => {
    const { model } = await train(SMALL, { limits: { all: 1 } });
    expect(model.header.combinations.hate.thresholds).toEqual(model.header.combinations.slur.thresholds);
    expect(model.header.combinations.hate.thresholds.balanced).toEqual({ flag: 0.5, review: 0.2 });
    const { precision, balanced, recall } = trained.model.header.combinations.hate.thresholds;
    expect(balanced.flag).toBeGreaterThanOrEqual(0.7);
    expect(precision.flag).toBeGreaterThanOrEqual(balanced.flag);
    expect(balanced.flag).toBeGreaterThanOrEqual(recall.flag);
  });

  it("leave thresholds that a score can reach, where nothing else is near", () => {
    expect(hateOf(trained.model, BAD)).toBeGreaterThan(0.99);
    for (const { flag, review } of Object.values(trained.model.header.combinations.hate.thresholds)) {
      expect(flag).toBeLessThan(1);
      expect(review).toBeLessThanOrEqual(flag);
    }
    const judge = judgeOf(trained.model, BAD);
    expect(decide(judge.scorer, judge.scores)).toBe("flag");
  });

  it.each(METHODS)("--minimum-count: places of fewer rows say nothing, by %s", async (method) => {
    const nonzero = async (minimumCount: number) =>
      unpackHead((await train(SMALL, { method, minimumCount, bits: 16 })).model, 0).filter((weight) => weight !== 0).length;
    const [all, some, none] = [await nonzero(1), await nonzero(20), await nonzero(500)];
    expect(some).toBeGreaterThan(10);
    expect(some).toBeLessThan(all / 2);
    expect(none).toBe(0);
  });

  it("--bits: the size of the table", async () => {
    const { model } = await train(SMALL, { bits: 8 });
    expect([model.header.bits, model.weights.length]).toEqual([8, 256]);
  });

  it("--base-rate: what is likely before anything is known", async () => {
    const { model } = await train(SMALL, { baseRate: 0.2 });
    expect(scoresOf(model, "nice weather today")).toEqual([0.2, 0.2, 0.2].map((rate) => expect.closeTo(rate, 4)));
  });

  it.each(METHODS)("--weight: a set that counts nothing teaches nothing, by %s", async (method) => {
    const sets = { good: SMALL, noisy: lines(rows(400, ["flerp", "glomp"])) };
    const { model } = await train(sets, { method, weights: { noisy: 0 } });
    expect(model.header.sets.map(({ name }) => name)).toEqual(["good", "noisy"]);
    expect(evidenceOf(model, "hate", BAD)).toBeGreaterThan(evidenceOf(model, "hate", GOOD) + 0.5);
    const turned = (await train(sets, { method, weights: { good: 0 } })).model;
    expect(evidenceOf(turned, "hate", GOOD)).toBeGreaterThan(evidenceOf(turned, "hate", BAD) + 0.5);
  });

  it.each(METHODS)("--weight: no name of a set is anything but a name, by %s", async (method) => {
    const { model } = await train({ constructor: SMALL }, { method });
    expect(evidenceOf(model, "hate", BAD)).toBeGreaterThan(evidenceOf(model, "hate", GOOD) + 0.5);
    expect(Object.keys(model.header.combinations.hate.voices)).toContain("en");
  });
});

describe("the head for abuse", () => {
  it("is learnt from rows that say what is rude, and is no label", async () => {
    const { model } = await train({ hate: SMALL, rude: RUDE });
    expect(model.header.heads.map(({ name }) => name)).toEqual(["hate", "abuse"]);
    expect(model.header.sets).toMatchObject([
      { name: "hate", positive: { hate: 200 }, negative: { hate: 200 } },
      { name: "rude", positive: { abuse: 150 }, negative: { hate: 150, incitement: 150, abuse: 150 } },
    ]);
    expect(evidenceOf(model, "abuse", "this soup is grumsh winkup")).toBeGreaterThan(
      evidenceOf(model, "abuse", "this soup is pellow winkup") + 0.5,
    );
    expect(evidenceOf(model, "hate", BAD)).toBeGreaterThan(evidenceOf(model, "hate", GOOD) + 0.5);
    expect(model.header.combinations.hate.voices["en"]!.evidence).toHaveLength(2);
    expect(Math.max(...scoresOf(model, "this soup is grumsh winkup"))).toBeLessThan(0.02);
  });

  it("may be all that there is to learn", async () => {
    const { model } = await train(RUDE);
    expect(model.header.heads.map(({ name }) => name)).toEqual(["abuse"]);
    for (const { voices } of Object.values(model.header.combinations)) expect(voices).toEqual({});
  });
});

describe("training that goes on from a base", () => {
  const NEW = lines(rows(300, ["skrell", "flerp"]));
  const NEW_BAD = BAD.replace("glomp", "skrell");
  const base = () => ({ base: { model: trained.model, file: trained.file } });

  it("learns what is new and keeps what the base knew", async () => {
    const { model } = await train({ new: NEW }, {}, base());
    expect(evidenceOf(model, "hate", NEW_BAD)).toBeGreaterThan(evidenceOf(trained.model, "hate", NEW_BAD) + 0.2);
    expect(evidenceOf(model, "hate", BAD)).toBeGreaterThan(evidenceOf(model, "hate", GOOD) + 0.5);
    const alone = (await train({ new: NEW })).model;
    expect(evidenceOf(alone, "hate", BAD)).toBeLessThan(evidenceOf(model, "hate", BAD));
  });

  it("says which base it was, and gives the same bytes twice", async () => {
    const [one, two] = [await train({ new: NEW }, {}, base()), await train({ new: NEW }, {}, base())];
    expect(one.file.equals(two.file)).toBe(true);
    expect(one.model.header.base).toBe(createHash("sha256").update(trained.file).digest("hex"));
    expect(one.model.header.sets.map(({ name }) => name)).toEqual(["new"]);
  });

  it("keeps how the base speaks where rows are too few to fit it anew", async () => {
    const { model } = await train({ few: lines(rows(20)) }, {}, base());
    expect(model.header.combinations.hate).toEqual(trained.model.header.combinations.hate);
    expect(model.header.heads[0]!.languages).toEqual(trained.model.header.heads[0]!.languages);
    expect(hateOf(model, BAD)).toBeGreaterThan(hateOf(model, GOOD) * 2);
  });

  it("keeps a head that the new rows say nothing of, and how it speaks", async () => {
    const { model } = await train({ rude: RUDE }, {}, base());
    expect(model.header.heads.map(({ name }) => name)).toEqual(["hate", "abuse"]);
    expect(evidenceOf(model, "hate", BAD)).toBeCloseTo(evidenceOf(trained.model, "hate", BAD), 2);
    expect(hateOf(model, BAD)).toBeCloseTo(hateOf(trained.model, BAD), 2);
    expect(model.header.combinations.hate.thresholds).toEqual(trained.model.header.combinations.hate.thresholds);
  });

  it("keeps how the base speaks, head by head, beside a head that it had not", async () => {
    const { model } = await train({ few: lines(rows(20)), rude: RUDE }, {}, base());
    expect(model.header.heads.map(({ name }) => name)).toEqual(["hate", "abuse"]);
    const before = trained.model.header.combinations.hate.voices["en"]!;
    expect(model.header.combinations.hate.voices["en"]).toEqual({ ...before, evidence: [before.evidence[0], 0] });
  });

  it("keeps the voices of languages that the new rows are not in", async () => {
    const kazakh = Array.from({ length: 400 }, (_, k) => ({
      text: `осы ауылдағы дүнгендер ${k % 2 === 0 ? "глөмп" : "флөрп"} ${["бала", "үлкен", "қала", "жақсы"][k % 4]} ${k}`,
      label: k % 2 === 0 ? 1 : 0,
      task: "hate",
      lang: "kk",
    }));
    const { model } = await train({ kazakh: lines(kazakh) }, {}, base());
    const { voices } = model.header.combinations.hate;
    expect(Object.keys(voices).sort()).toEqual(["en", "kk", "mixed"]);
    expect(voices["en"]).toEqual(trained.model.header.combinations.hate.voices["en"]);
    expect(Object.keys(model.header.heads[0]!.languages).sort()).toEqual(["en", "kk"]);
  });

  it.each([
    ["of another size", { bits: 10 }, /--base: the model has 2\^12 places; give --bits 12/],
    ["by nb", { method: "nb" as const }, /--base: only --method nblr/],
    ["by complement", { method: "complement" as const }, /--base: only --method nblr/],
  ])("is refused %s", async (_, options, message) => {
    await expect(train({ new: NEW }, options, base())).rejects.toMatchObject({
      code: "E_TRAIN_BASE",
      message: expect.stringMatching(message),
    });
  });
});
