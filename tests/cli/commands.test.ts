import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LABEL_NAMES } from "../../src/core/label.ts";
import type { Explanation } from "../../src/pipeline/explain.ts";
import { createFolder, recordsOf, type TestFolder } from "../pipeline/collected.ts";
import { CALLS, SMALL_TALK, SUITE, SUITE_FILES } from "../pipeline/messages.ts";
import { ROOT, run } from "./run.ts";

// Processes of their own, and several at once.
vi.setConfig({ testTimeout: 30_000 });

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

describe.concurrent("help", () => {
  it.each([
    [[]],
    [["scan"]],
    [["explain"]],
    [["train"]],
    [["evaluate"]],
    [["lexicon"]],
    [["lexicon", "check"]],
    [["lexicon", "list"]],
    [["lexicon", "show"]],
    [["lexicon", "try"]],
    [["lexicon", "diff"]],
  ])("of %j shows how it is used, by examples", async (command) => {
    const { code, stdout, stderr } = await run([...command, "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Usage: qalqan ${command.join(" ")}`.trimEnd());
    expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}\\$ .*qalqan ${command.join(" ")}`));
  });

  it("names every command", async () => {
    const { stdout } = await run(["--help"]);
    for (const name of ["scan", "explain", "train", "evaluate", "lexicon"]) expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  });

  it("is given on stderr, with 2, where no command is", async () => {
    const { code, stdout, stderr } = await run([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: qalqan");
  });

  it("is pointed to where a command is unknown", async () => {
    const { code, stdout, stderr } = await run(["scna"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/unknown command 'scna'[\s\S]*scan[\s\S]*--help/);
  });
});

it("--version says the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  expect(await run(["--version"])).toEqual({
    code: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});

describe.concurrent("explain", () => {
  it("gives the account of a text", async () => {
    const { code, stdout, stderr } = await run(["explain", CALLS[2]!]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^flag {2}language en/);
    for (const label of LABEL_NAMES) expect(stdout).toMatch(new RegExp(`^${label} {2}\\d\\.\\d{4} `, "m"));
    expect(stdout).not.toContain("\u001b");
  });

  it("shows figures that add up", async () => {
    const { stdout } = await run(["explain", CALLS[1]!]);
    const accounts = stdout.split(/^(?=(?:slur|incitement|hate) {2})/m).slice(1);
    expect(accounts).toHaveLength(3);
    for (const account of accounts) {
      const figures = [...account.matchAll(/^ +([+-]\d+\.\d\d) {2}/gm)].map((found) => Number(found[1]));
      const total = figures.pop()!;
      expect(figures.reduce((sum, figure) => sum + figure, 0)).toBeCloseTo(total, 1);
    }
  });

  it("reads standard input, without its last line end", async () => {
    const given = await run(["explain", CALLS[0]!]);
    for (const [args, end] of [
      [["explain"], "\n"],
      [["explain", "-"], "\r\n"],
    ] as const)
      expect((await run(args, { input: CALLS[0] + end })).stdout).toBe(given.stdout);
  });

  it("gives JSON that adds up and agrees with a scan", async () => {
    const { code, stdout } = await run(["explain", "--json", CALLS[0]!]);
    const explanation = JSON.parse(stdout) as Explanation;
    expect(code).toBe(0);
    for (const { prior, signalWeight, signals, model, logOdds, score } of explanation.labels) {
      expect(prior + signalWeight * signals.reduce((sum, signal) => sum + signal.weight, 0) + model).toBeCloseTo(logOdds, 9);
      expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(score, 9);
    }
    const [record] = recordsOf((await run(["scan"], { input: CALLS[0]! })).stdout);
    expect(explanation).toMatchObject({
      text: CALLS[0],
      decision: record!.decision,
    });
    for (const { label, score } of explanation.labels) expect(score).toBeCloseTo(record!.scores[label]!, 3);
  });

  it("takes a text of very many words", async () => {
    const { code, stderr } = await run(["explain"], {
      input: "a ".repeat(131_000),
    });
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("lets no control character of a text reach the terminal", async () => {
    const { stdout } = await run(["explain"], {
      input: "a\u001b[2Jb \u202ec \u0007",
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("refuses words that are not one text", async () => {
    const { code, stderr } = await run(["explain", "two", "words"]);
    expect(code).toBe(2);
    expect(stderr).toContain("too many arguments");
  });
});

/** Two calls and small talk, labelled. @returns the file's path. */
function fewRows(name: string): string {
  const rows = [
    ...CALLS.slice(0, 2).map((text) => ({ text, label: 1, labels: ["incitement"] })),
    ...SMALL_TALK.map((text) => ({ text, label: 0 })),
  ];
  return folder.put(name, rows.map((row) => JSON.stringify(row)).join("\n"));
}

describe.concurrent("evaluate", () => {
  it("gives a table for people", async () => {
    const { code, stdout, stderr } = await run(["evaluate", ...SUITE_FILES]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.replaceAll(",", "")).toMatch(new RegExp(`^${SUITE.length} rows judged by the built-in model\n`));
    for (const name of [...LABEL_NAMES, "flagged", "language", "functionality"]) expect(stdout).toContain(name);
  });

  it("gives JSON for programs, that counts right", async () => {
    const gold = folder.put(
      "gold.jsonl",
      [
        ...CALLS.map((text) => ({
          text,
          label: 1,
          labels: ["incitement"],
          lang: "xx",
        })),
        ...SMALL_TALK.map((text) => ({ text, label: 0 })),
        { text: SMALL_TALK[2], label: 1, labels: ["incitement"] },
      ]
        .map((row) => JSON.stringify(row))
        .join("\n"),
    );
    const { code, stdout } = await run(["evaluate", gold, "--json"]);
    const report = JSON.parse(stdout) as {
      rows: number;
      measures: Record<string, unknown>[];
    };
    expect(code).toBe(0);
    expect(report.rows).toBe(7);
    for (const label of ["incitement", "flagged"])
      expect(report.measures.find((row) => row["label"] === label && row["facet"] === null)).toMatchObject({
        n: 7,
        positives: 4,
        tp: 3,
        fn: 1,
        fp: 0,
        tn: 3,
        precision: 1,
        recall: 0.75,
      });
    expect(report.measures.find((row) => row["label"] === "incitement" && row["value"] === "xx")).toMatchObject({ n: 3, tp: 3 });
    expect(report.measures.find((row) => row["label"] === "slur" && row["facet"] === null)).toMatchObject({ positives: 0, recall: null });
  });

  it("lists what was judged wrongly, a JSON object a line", async () => {
    const gold = folder.put(
      "wrong.jsonl",
      `${JSON.stringify({ id: "w", text: CALLS[0], label: 0 })}\n${JSON.stringify({ text: CALLS[1], label: 1, labels: ["incitement"] })}\n`,
    );
    const { stdout } = await run(["evaluate", gold, "--misses"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([{ id: "w", decision: "flag", text: CALLS[0] }]);
  });

  it("measures what scan wrote as it measures what it judges itself", async () => {
    const [judged, scanned] = [await run(["evaluate", SUITE_FILES[2]!, "--json"]), join(folder.path, "scanned.jsonl")];
    await run(["scan", SUITE_FILES[2]!, "--to", "jsonl", "-o", scanned]);
    const read = await run(["evaluate", SUITE_FILES[2]!, "--predictions", scanned, "--json"]);
    expect([read.code, read.stderr]).toEqual([0, ""]);
    const counts = (stdout: string) =>
      (JSON.parse(stdout) as { measures: Record<string, unknown>[] }).measures.map(({ facet, value, label, n, tp, fp, fn, tn }) =>
        [facet, value, label, n, tp, fp, fn, tn].join(),
      );
    expect(counts(read.stdout)).toEqual(counts(judged.stdout));
  });

  it("compares two systems, wherever they are named", async () => {
    const gold = fewRows("compared.jsonl");
    const [first, last] = [
      await run(["evaluate", gold, "--compare", "none", "builtin", "--bootstrap", "50"]),
      await run(["evaluate", "--bootstrap", "50", "--compare", "none", "builtin", gold]),
    ];
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain("A is lexicons and rules alone, B is the built-in model.");
    expect(first.stdout).toContain("McNemar's test");
    expect(last).toEqual(first);
  });

  it("writes Markdown and a figure to files", async () => {
    const gold = fewRows("card.jsonl");
    const [card, figure] = [join(folder.path, "card.md"), join(folder.path, "card.svg")];
    const { code, stdout } = await run(["evaluate", gold, "--bootstrap", "0", "--markdown", "-o", card, "--figure", figure]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(readFileSync(card, "utf8")).toMatch(/^### [\d,]+ rows judged by the built-in model\n/);
    expect(readFileSync(figure, "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it.each([
    [["--compare", "builtin"], "takes two systems"],
    [["--base-rate", "2"], "above 0 and below 1"],
    [["--bootstrap", "-1"], "whole number"],
    [["--label", "spam"], "incitement, hate, "],
    [["--json", "--markdown"], "cannot be used with"],
    [["--figure", "refused.jsonl"], "is an input"],
  ])("refuses %j", async (flags, why) => {
    fewRows("refused.jsonl");
    const { code, stdout, stderr } = await run(["evaluate", "refused.jsonl", ...flags], { cwd: folder.path });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(why);
  });

  it("asks for gold files", async () => {
    const { code, stderr } = await run(["evaluate"]);
    expect(code).toBe(2);
    expect(stderr).toContain("missing required argument 'gold'");
  });

  it("ends with 2 where a file is missing", async () => {
    const { code, stdout, stderr } = await run(["evaluate", "nowhere.jsonl"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("nowhere.jsonl");
  });
});

describe("train", () => {
  const rows = Array.from({ length: 300 }, (_, k) =>
    JSON.stringify({
      text: `Dungans ${k % 2 ? "glomp" : "flerp"} ${k}`,
      label: k % 2,
      task: "hate",
      lang: "en",
    }),
  ).join("\n");

  it("makes a model that scan takes, the same one twice", async () => {
    const set = folder.put("set.jsonl", rows);
    const [one, two] = [join(folder.path, "one.model"), join(folder.path, "two.model")];
    const { code, stdout, stderr } = await run(["train", set, "-o", one, "--bits", "10"]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("300 labelled rows of 1 sets");
    expect(stderr).toMatch(/one\.model: [\d,]+ bytes, heads hate \(en\)/);
    expect(await run(["--quiet", "train", set, "-o", two, "--bits", "10"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
    expect(recordsOf((await run(["scan", "--model", one], { input: CALLS[0]! })).stdout)).toMatchObject([{ decision: "flag" }]);
  });

  it("takes method and limits, measures when asked, and goes on from a model of as many places", async () => {
    const dev = rows.replaceAll('"label"', '"split":"dev","label"');
    const set = folder.put("based.jsonl", `${rows}\n${dev}`);
    const [base, next] = [join(folder.path, "base.model"), join(folder.path, "next.model")];
    const limits = ["--limit", "all=3", "--limit", "hate.en=1.5", "--minimum-count", "2"];
    const { code, stdout } = await run(["train", set, "-o", base, "--bits", "10", "--method", "complement", ...limits, "--eval"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\bhate\b/)]);
    const file = readFileSync(base);
    const header = JSON.parse(file.toString("utf8", 12, 12 + file.readUInt32LE(8)));
    expect(header.options).toMatchObject({ method: "complement", limits: { all: 3, "hate.en": 1.5 }, minimumCount: 2 });
    expect(header.combinations.hate.voices).toMatchObject({ en: { limit: 1.5 }, mixed: { limit: 3 } });
    expect(await run(["--quiet", "train", set, "-o", next, "--bits", "10", "--base", base])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(next).equals(file)).toBe(false);
    const refused = await run(["train", set, "-o", next, "--bits", "11", "--base", base]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/give --bits 10[\s\S]*E_TRAIN_BASE/)]);
  });

  it.each<[string[], RegExp]>([
    [[], /required option '-o, --output <model>'/],
    [["-o", "x", "--bits", "10.5"], /whole number from 8 to 24/],
    [["-o", "x", "--base-rate", "0.9"], /number from/],
    [["-o", "x", "--weight", "set"], /SET=NUMBER/],
    [["-o", "x", "--limit", "hate.xx=1"], /LABEL\.LANGUAGE=NATS/],
    [["-o", "x", "--limit", "hate=-1"], /LABEL\.LANGUAGE=NATS/],
    [["-o", "x", "--method", "guess"], /nb, complement, nblr/],
    [["-o", "x", "--minimum-count", "0"], /whole number from 1/],
    [["-o", "x", "--base", "/nowhere/x.model"], /E_MODEL_READ/],
    [["-o", "/nowhere/x.model"], /\/nowhere\/x\.model: cannot be written/],
  ])("refuses %j with 2", async (args, message) => {
    const { code, stderr } = await run(["train", folder.put("refused.jsonl", rows), ...args]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  it("says what rows need where none can be learnt from", async () => {
    const { code, stderr } = await run(["train", folder.put("nothing.jsonl", '{"text":"a"}\n'), "-o", join(folder.path, "x.model")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/qalqan train --help[\s\S]*--map[\s\S]*E_TRAIN_EMPTY/);
  });
});
