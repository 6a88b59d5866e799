import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { LexiconEntry } from "../../src/lexicon/entry.ts";
import type { Difference } from "../../src/pipeline/diff.ts";
import type { Tried } from "../../src/pipeline/try.ts";
import { createFolder, recordsOf, type TestFolder } from "../pipeline/collected.ts";
import { CALLS, SMALL_TALK } from "../pipeline/messages.ts";
import { run } from "./run.ts";

// Processes of their own, and several at once.
vi.setConfig({ testTimeout: 60_000 });

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

const ENTRY = {
  id: "my-entry",
  language: "en",
  class: "target",
  sense: "an invented group",
  forms: ["blorf"],
  group: "blorf",
  kind: "ethnicity",
  source: "invented",
  reviewed: true,
};

describe.concurrent("lexicon check", () => {
  it("finds no error in the lexicons that come with the program", async () => {
    const { code, stdout, stderr } = await run(["lexicon", "check"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^\d+ entries, \d+ stems and forms, \d+ rules/m);
    expect(stdout).toMatch(/^0 errors, \d+ warnings/m);
  });

  it("counts a file of one's own with them, and says only what concerns it", async () => {
    const own = folder.put("own.json", JSON.stringify([ENTRY]));
    const [built, more] = await Promise.all([run(["lexicon", "check", "--to", "json"]), run(["lexicon", "check", own, "--to", "json"])]);
    const [all, mine] = [built, more].map(({ stdout }) => JSON.parse(stdout) as { entries: number; errors: []; warnings: [] });
    expect(mine!.entries).toBe(all!.entries + 1);
    expect(mine).toMatchObject({ errors: [], warnings: [] });
  });

  it.each<[string, string, RegExp]>([
    [
      "bad-class.json",
      JSON.stringify([ENTRY, { ...ENTRY, id: "second", class: "foo" }]),
      /E_LEXICON_SCHEMA: .*bad-class\.json: entry 2 \(id "second"\), field class: .*Correct the file/,
    ],
    [
      "no-forms.json",
      JSON.stringify([{ ...ENTRY, forms: undefined }]),
      /no-forms\.json: entry 1 \(id "my-entry"\), field forms: needs forms, moods or stems/,
    ],
    ["no-json.json", "[{", /no-json\.json: not JSON.*Correct the file/],
    ["twice.json", JSON.stringify([ENTRY, ENTRY]), /twice\.json: entry "my-entry" is already in .*another id/],
    [
      "paradigm.json",
      JSON.stringify([{ ...ENTRY, forms: undefined, stems: ["blorf"], inflect: "no-such" }]),
      /paradigm\.json.*my-entry.*no-such/,
    ],
    ["letters.json", JSON.stringify([{ ...ENTRY, forms: ["..."] }]), /letters\.json.*my-entry.*no letters/],
    [
      "bad.csv",
      "id,language,class,forms\na-b-c,ru,wrod,x\n",
      /bad\.csv: row 2, column class: got "wrod", expected: one of target, slur.*Correct the cell/,
    ],
    ["off.csv", "id,off\nen-target-dungam,yes\n", /off\.csv: row 2: "en-target-dungam".*Did you mean en-target-dungan/],
  ])("names file, place and remedy of %s, with 2", async (name, content, message) => {
    const { code, stdout, stderr } = await run(["lexicon", "check", folder.put(name, content)]);
    expect(stdout).toMatch(message);
    expect(stdout).toMatch(/^1 error, /m);
    expect([code, stderr]).toEqual([2, ""]);
  });

  it("names all faults of all files at once", async () => {
    const files = [
      folder.put("one.csv", "language,class,forms\nxx,thing,зорб\nru,thing,\n"),
      folder.put("other.json", JSON.stringify([{ ...ENTRY, severity: 9 }])),
    ];
    const { code, stdout } = await run(["lexicon", "check", ...files]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/row 2, column language: got "xx"/);
    expect(stdout).toMatch(/row 3, column forms: got nothing/);
    expect(stdout).toMatch(/entry 1 \(id "my-entry"\), field severity/);
  });

  it("warns of a word that everyday talk is full of, and fails for it only with --strict", async () => {
    const own = folder.put("everyday.csv", "language,class,forms,group,kind\nkk,target,жақсы,zorb,ethnicity\n");
    const { code, stdout } = await run(["lexicon", "check", own]);
    expect(stdout).toMatch(/^warning everyday-word .*everyday-target-2: жаксы \(kk, \d+ times\)/m);
    expect(code).toBe(0);
    expect((await run(["lexicon", "check", own, "--strict"])).code).toBe(1);
  });

  it("refuses a file that is not there", async () => {
    const { code, stderr } = await run(["lexicon", "check", "/nowhere/terms.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("/nowhere/terms.json: cannot be read");
  });
});

describe.concurrent("lexicon list", () => {
  it("lists the entries that fit all that was asked", async () => {
    const { stdout } = await run([
      "lexicon",
      "list",
      "--language",
      "ru",
      "--class",
      "act",
      "--severity",
      "4..",
      "--reviewed",
      "no",
      "--to",
      "json",
    ]);
    const entries = JSON.parse(stdout) as LexiconEntry[];
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries)
      expect([entry.language, entry.class, (entry.severity ?? 3) >= 4, entry.reviewed]).toEqual(["ru", "act", true, false]);
  });

  it("is a table on its own, with a count", async () => {
    const { stdout } = await run(["lexicon", "list", "--group", "dungan"]);
    expect(stdout).toMatch(/^id +class +of +severity/);
    expect(stdout).toMatch(/^kk-target-dungan .*dungan, ethnicity/m);
    expect(stdout).toMatch(/\d+ entries\n$/);
  });

  it("knows the entries that a label's rules begin with", async () => {
    const { stdout } = await run(["lexicon", "list", "--label", "slur", "--to", "json"]);
    for (const { class: name } of JSON.parse(stdout) as LexiconEntry[]) expect(name).toMatch(/slur/);
  });

  it("writes CSV that reads as the same entries", async () => {
    const args = ["--language", "kk", "--class", "act", "--severity", "5"];
    const { stdout: csv } = await run(["lexicon", "list", ...args, "--to", "csv"]);
    const [direct, read] = await Promise.all([
      run(["lexicon", "list", ...args, "--to", "json"]),
      run(["lexicon", "list", "--no-builtin-lexicons", "--lexicon", folder.put("acts.csv", csv), "--to", "json"]),
    ]);
    expect(JSON.parse(read.stdout)).toEqual(JSON.parse(direct.stdout));
  });

  it("disarms what a spreadsheet would run, and what would act on a terminal", async () => {
    const own = folder.put("armed.json", JSON.stringify([{ ...ENTRY, sense: "=1+1\u001b[2J" }]));
    const args = ["lexicon", "list", "--no-builtin-lexicons", "--lexicon", own];
    expect((await run([...args, "--to", "csv"])).stdout).toContain("'=1+1");
    expect((await run(args)).stdout).not.toContain("\u001b");
  });

  it("refuses a severity that is none", async () => {
    const { code, stderr } = await run(["lexicon", "list", "--severity", "7"]);
    expect(code).toBe(2);
    expect(stderr).toContain("2..4");
  });
});

describe.concurrent("lexicon show", () => {
  it("shows fields, words, spellings, rules and collisions of an entry", async () => {
    const { code, stdout, stderr } = await run(["lexicon", "show", "kk-target-dungan"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const expected of [
      /group +dungan/,
      /from the stem дүнген: [\d,]+ words/,
      /дүнгенді/,
      /дүнген: дунген, dungen/,
      /stands beside in .*call-/,
      /Everyday words/,
    ])
      expect(stdout).toMatch(expected);
  });

  it("prints every word with --all, none twice", async () => {
    const own = folder.put(
      "shown.csv",
      "id,language,class,stems,inflect,except,group,kind\nmy-zorb,ru,target,зорб,ru-noun-m,зорбом,zorb,ethnicity\n",
    );
    const { stdout } = await run(["lexicon", "show", "my-zorb", "--all", "--no-builtin-lexicons", "--lexicon", own]);
    const words = stdout.trimEnd().split("\n");
    expect(words).toEqual(expect.arrayContaining(["зорб", "зорба", "зорбов"]));
    expect(words).not.toContain("зорбом");
    expect(new Set(words).size).toBe(words.length);
  });

  it("suggests the nearest ids for one that is unknown", async () => {
    const { code, stdout, stderr } = await run(["lexicon", "show", "kk-target-dungn"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/Did you mean kk-target-dungan.*E_LEXICON_ID/);
  });
});

describe.concurrent("lexicon try", () => {
  it("shows entries by their place, the rules that fire, and those that lack one part", async () => {
    const { code, stdout } = await run(["lexicon", "try", CALLS[2]!]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^flag {2}language en/m);
    expect(stdout).toMatch(/\d+\.\.\d+ .*target en-target/);
    expect(stdout).toMatch(/\+\d\.\d {2}incitement call-/);
  });

  it("says which guard weakens a rule, and by how much", async () => {
    const { stdout } = await run(["lexicon", "try", `"${CALLS[2]}"`, "--to", "json"]);
    const tried = JSON.parse(stdout) as Tried;
    const [rule] = tried.rules;
    expect(rule!.guards).toContainEqual(expect.objectContaining({ guard: "quoted" }));
    expect(rule!.net).toBeCloseTo(rule!.weight + rule!.guards.reduce((sum, { weight }) => sum + weight, 0), 9);
    for (const { start, end, text } of tried.hits) expect(tried.text.slice(start, end)).toBe(text);
  });

  it("names the part that is missing where a call names no group", async () => {
    const { stdout } = await run(["lexicon", "try", "They must be expelled", "--to", "json"]);
    const tried = JSON.parse(stdout) as Tried;
    expect(tried.nearly).toContainEqual(expect.objectContaining({ label: "incitement", missing: expect.stringContaining("target") }));
  });

  it("reads a message a line from standard input", async () => {
    const { stdout } = await run(["lexicon", "try", "--to", "json"], { input: `${SMALL_TALK.join("\n")}\n` });
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as Tried).text),
    ).toEqual([...SMALL_TALK]);
  });
});

describe.concurrent("lexicon diff", () => {
  it("finds no difference between a lexicon and itself", async () => {
    const { code, stdout } = await run(["lexicon", "diff", "builtin", "builtin"], { input: CALLS.join("\n") });
    expect(code).toBe(0);
    expect(stdout).toBe(`${CALLS.length} messages, 0 judged differently; flagged by both ${CALLS.length}, only by A 0, only by B 0\n`);
  });

  it("shows what an entry that is switched off changes, and names it", async () => {
    const off = folder.put("off.json", JSON.stringify([{ id: "en-target-dungan", off: true }]));
    const { stdout } = await run(["lexicon", "diff", "builtin", `builtin+${off}`, "--to", "json"], {
      input: `Dungans must be expelled\n${SMALL_TALK[2]}\n`,
    });
    const [difference, { counts }] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)) as [Difference, { counts: object }];
    expect(difference).toMatchObject({
      line: 1,
      a: { decision: "flag", labels: ["incitement"], entries: ["en-target-dungan"] },
      b: { decision: "pass", entries: [] },
    });
    expect(counts).toEqual({ messages: 2, different: 1, both: 0, onlyA: 1, onlyB: 0 });
  });

  it("takes the rules of a folder that has its own", async () => {
    const put = (name: string, content: unknown) => folder.put(`lone/${name}`, JSON.stringify(content));
    put("terms.json", [ENTRY]);
    put("rules.json", {
      guards: [],
      rules: [{ id: "named", label: "hate", category: "derogation", about: "a test", weight: 9, anchor: { class: "target" }, guards: [] }],
    });
    const { stdout } = await run(["lexicon", "diff", "builtin", join(folder.path, "lone"), "--no-model"], { input: "blorf\n" });
    expect(stdout).toMatch(/A {2}pass/);
    expect(stdout).toMatch(/B {2}flag hate[\s\S]*sees my-entry/);
  });
});

describe.concurrent("--lexicon", () => {
  it("takes a table of one's own in scan and explain, under ids of its rows", async () => {
    const own = folder.put(
      "own terms.csv",
      "\ufefflanguage;class;forms;group;kind;severity\nen;slur;blorfish|blorfishes;blorf;ethnicity;5\n",
    );
    const [record] = recordsOf((await run(["scan", "--quiet", "--lexicon", own], { input: "you blorfish" })).stdout);
    expect(record).toMatchObject({
      decision: "flag",
      labels: ["slur"],
      signals: expect.arrayContaining([expect.objectContaining({ entry: "own-terms-slur-2" })]),
    });
    expect((await run(["explain", "--lexicon", own, "you blorfish"])).stdout).toContain("own-terms-slur-2");
  });

  it("changes nothing where it adds nothing to a message", async () => {
    const own = folder.put("idle.csv", "language,class,forms\nen,thing,blorfstew\n");
    const input = [...CALLS, ...SMALL_TALK].join("\n");
    const [plain, more] = await Promise.all([run(["scan", "--quiet"], { input }), run(["scan", "--quiet", "--lexicon", own], { input })]);
    expect(more.stdout).toBe(plain.stdout);
  });

  it("ends with 2 and says row, column, what was got and what was expected", async () => {
    const own = folder.put("wrong.csv", "language,class,forms,severity\nen,thing,blorf,high\n");
    const { code, stdout, stderr } = await run(["scan", "--lexicon", own], { input: "hello" });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/wrong\.csv: row 2, column severity: got "high", expected: .*number.*Correct the cell.*E_LEXICON_CSV/);
  });
});

it("the counts of everyday words are in order of frequency, by language", () => {
  const rows = readFileSync(new URL("../../lexicons/ordinary/counts.tsv", import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  for (const [word, count, language] of rows)
    expect([/^[a-zа-я]{2,16}$/.test(word!), Number(count) >= 4, ["kk", "ru", "en"].includes(language!)]).toEqual([true, true, true]);
  for (let k = 1; k < rows.length; k++)
    if (rows[k]![2] === rows[k - 1]![2]) expect(Number(rows[k]![1])).toBeLessThanOrEqual(Number(rows[k - 1]![1]));
});
