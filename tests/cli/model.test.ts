import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadLexicons } from "../../src/lexicon/load.ts";
import type { ModelDescription } from "../../src/pipeline/describe-model.ts";
import type { HeadFeatures } from "../../src/pipeline/strongest-features.ts";
import { createFolder, type TestFolder } from "../pipeline/collected.ts";
import { ROOT, run } from "./run.ts";

// Processes of their own, and several at once.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Shown {
  model: ModelDescription;
  names: { from: string | null; messages: Record<string, number>; phrases: number } | null;
  strongest: HeadFeatures[];
}

const ROWS = Array.from({ length: 400 }, (_, k) => ({
  text: `Dungans ${k % 2 ? "glomp" : "flerp"} at our ${["school", "market", "station"][k % 3]} ${k}`,
  label: k % 2,
  task: "hate",
  lang: "en",
}));

let folder: TestFolder;
let set: string;
let model: string;
beforeAll(async () => {
  folder = createFolder();
  set = folder.put("my-set.jsonl", ROWS.map((row) => JSON.stringify(row)).join("\n"));
  model = join(folder.path, "my.model");
  const { code, stderr } = await run(["train", set, "-o", model, "--bits", "14", "--weight", "my-set=0.5", "--limit", "hate.en=1.5"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("heads hate (en)")]);
});
afterAll(() => folder.remove());

async function shown(...args: string[]): Promise<Shown> {
  const { code, stdout, stderr } = await run(["model", "show", ...args, "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Shown;
}

const namesOf = (features: readonly { readonly name: string }[]): string[] => features.map(({ name }) => name);

describe.concurrent("model show", () => {
  it("says what the model is, how it speaks and what it was made of", async () => {
    const { code, stdout, stderr } = await run(["model", "show", model, "--top", "0"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(createHash("sha256").update(readFileSync(model)).digest("hex"));
    expect(stdout).toMatch(/method +nblr, naive Bayes refined by logistic regression/);
    expect(stdout).toMatch(/table +2\^14 = 16,384 places/);
    expect(stdout).toMatch(/hate +200 +200 +\d+ % .* en \(/);
    expect(stdout).toContain("limits in nats: hate.en 1.5");
    expect(stdout).toMatch(/^ {4}en +\+[\d.]+ x hate +[+-][\d.]+ +at most 1\.5 nats$/m);
    expect(stdout).toMatch(/^ {2}slur: prior -4\.60, signals x 1; the model says nothing of it$/m);
    expect(stdout).toMatch(/^ {2}balanced +0\.\d{4} +0\.\d{4}/m);
    expect(stdout).toMatch(/^ {2}my-set +400 +0\.5 +200 \/ 200 +licence not known$/m);
    expect(stdout).toContain("No sets.json lies beside the model");
    expect(stdout).not.toContain("Strongest features");
  });

  it("takes licences and sources from sets.json beside it, and passes over what is no card", async () => {
    const other = createFolder();
    const copy = other.put("my.model", readFileSync(model));
    other.put("sets.json", JSON.stringify({ "my-set": { source: "Me 2024", licence: "CC BY 4.0", open: true }, broken: 7 }));
    expect((await shown(copy, "--top", "0")).model.sets).toMatchObject([{ source: "Me 2024", licence: "CC BY 4.0", open: true }]);
    for (const text of ["[1, 2]", "{", '{"my-set": "hello"}']) {
      other.put("sets.json", text);
      expect((await shown(copy, "--top", "0")).model).toMatchObject({ card: null, sets: [{ source: null, licence: null }] });
    }
    other.remove();
  });

  it("names what decides by a file of labelled rows", async () => {
    const { names, strongest } = await shown(model, "--from", set);
    expect(names).toMatchObject({ from: set, messages: { en: 400 }, phrases: 0 });
    expect(strongest.map(({ head }) => head)).toEqual(["hate"]);
    const [english] = strongest[0]!.languages;
    expect([english!.language, english!.seen]).toEqual(["en", true]);
    expect(namesOf(english!.words.for)[0]).toBe("glomp");
    expect(namesOf(english!.words.against)[0]).toBe("flerp");
    expect(english!.words.for[0]).toMatchObject({ messages: 200 });
    expect([...namesOf(english!.pairs.for)].join()).toMatch(/glomp/);
  });

  it("names it by plain lines, from a file or standard input, and says so", async () => {
    const lines = ROWS.map(({ text }) => text).join("\n");
    const file = folder.put("lines.txt", lines);
    const [read, piped] = [
      await run(["model", "show", model, "--from", file, "--language", "en"]),
      await run(["model", "show", model, "--from", "-", "--language", "en"], { input: lines }),
    ];
    expect(read.stdout).toContain(`Names come from the messages of ${file}, 400 (`);
    expect(piped.stdout).toContain("Names come from the messages of standard input, 400 (");
    const features = (text: string): string => text.slice(text.indexOf("hate, any language"));
    expect(features(piped.stdout)).toBe(features(read.stdout));
    expect(read.stdout).toContain("places are shared");
    expect(read.stdout).toMatch(/^ +\+[\d.]+ {2}glomp .*-[\d.]+ {2}flerp/m);
  });

  it("says where it has no names", async () => {
    const { stdout } = await run(["model", "show", model, "--from", set, "--language", "kk"]);
    expect(stdout).toMatch(/^hate, kk \(it has not seen both classes here/m);
    expect(stdout).toContain("no names: no text was of this language");
  });

  it("shows as many as are asked for, the strongest first", async () => {
    const [all, few] = await Promise.all([shown(model, "--from", set), shown(model, "--from", set, "--top", "2")]);
    const sidesOf = ({ strongest }: Shown) =>
      strongest
        .flatMap(({ general, languages }) => [general, ...languages.flatMap(({ words, pairs, runs }) => [words, pairs, runs])])
        .flatMap((sides) => [namesOf(sides.for), namesOf(sides.against)]);
    expect(sidesOf(few)).toEqual(sidesOf(all).map((names) => names.slice(0, 2)));
    expect(sidesOf(all).some((names) => names.length > 2)).toBe(true);
  });

  it.each<[string[], RegExp]>([
    [["/nowhere/x.model"], /x\.model: the model cannot be read[\s\S]*E_MODEL_READ/],
    [["package.json"], /not a Qalqan model[\s\S]*E_MODEL_FORMAT/],
    [["--top", "-1"], /whole number from 0/],
    [["--head", "spam"], /Allowed choices are hate, incitement, abuse/],
    [["--language", "xx"], /Allowed choices are kk, ru, en/],
    [["--from", "/nowhere/x.txt"], /no such file/],
  ])("refuses %j with 2", async (args, message) => {
    const { code, stdout, stderr } = await run(["model", "show", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("refuses a head that the model has not", async () => {
    const { code, stderr } = await run(["model", "show", model, "--head", "abuse"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no head for abuse\. It has hate\. \(E_NO_HEADS\)/);
  });

  it.skipIf(existsSync(join(ROOT, "models/open.model")))("refuses the open model where it is not there", async () => {
    const { code, stderr } = await run(["model", "show", "open"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/the model "open" should come with the program[^\n]*E_MODEL_READ/)]);
  });
});

describe.concurrent("model show, of the built-in model", () => {
  const entries = loadLexicons().entries.filter(({ class: name, ambiguity }) => name === "slur" && ambiguity === "none");
  const slurs = new Set(entries.flatMap(({ forms = [] }) => forms.filter((form) => /^\p{L}{4,}$/u.test(form))));
  const wordsIn = (text: string): string[] => text.match(/\p{L}+/gu) ?? [];

  it("knows the licences of its sets, and has names in every written language without a corpus", async () => {
    const { model: described, names, strongest } = await shown();
    expect(described.path).toMatch(/qalqan\.model$/);
    expect(described.sets.find(({ name }) => name === "en-hatexplain")).toMatchObject({ licence: "MIT", open: true });
    expect(names!.phrases).toBeGreaterThan(10_000);
    expect(strongest.map(({ head }) => head)).toEqual(described.heads.map(({ name }) => name));
    for (const { general, languages } of strongest) {
      expect([general.for.length, general.against.length > 0]).toEqual([15, true]);
      for (const { language, words, pairs, runs } of languages.filter((row) => ["kk", "ru", "en"].includes(row.language)))
        expect([language, words, pairs, runs].map((sides) => (typeof sides === "string" ? sides : sides.for.length))).toEqual([
          language,
          15,
          15,
          15,
        ]);
    }
  });

  it("spells no slur out unless asked", async () => {
    const args = ["model", "show", "--head", "hate", "--top", "60"];
    const [hidden, open] = await Promise.all([run(args), run([...args, "--slurs"])]);
    expect(wordsIn(hidden.stdout).filter((word) => slurs.has(word))).toEqual([]);
    expect(hidden.stdout).toMatch(/<[a-z]+-slur-/);
    expect(wordsIn(open.stdout).some((word) => slurs.has(word))).toBe(true);
    expect(open.stdout).not.toMatch(/<[a-z]+-slur-/);
  });
});
