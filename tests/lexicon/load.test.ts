import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LexiconError } from "../../src/core/error.ts";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { hitsOf } from "./invented.ts";

const folder = mkdtempSync(join(tmpdir(), "qalqan-lexicon-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(content: unknown, name = `file-${files++}.json`): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const TARGET = {
  id: "zorb-people",
  language: "kk",
  class: "target",
  sense: "an invented people",
  forms: ["зорблар"],
  group: "zorb",
  kind: "ethnicity",
  source: "invented",
  reviewed: true,
};
const THING = {
  id: "zorb-stew",
  language: "any",
  class: "thing",
  sense: "an invented dish",
  stems: ["лагмо"],
  inflect: "kk-noun",
  source: "invented",
  reviewed: true,
};

function errorOf(paths: readonly string[]): LexiconError {
  try {
    loadLexicons(paths, false);
  } catch (error) {
    expect(error).toBeInstanceOf(LexiconError);
    return error as LexiconError;
  }
  throw new Error("nothing was wrong");
}

describe("loadLexicons", () => {
  it("reads files and folders of entries", () => {
    mkdirSync(join(folder, "good", "deep"), { recursive: true });
    write([TARGET], "good/one.json");
    write([THING], "good/deep/two.json");
    write("not a lexicon", "good/notes.txt");
    const source = loadLexicons([join(folder, "good")], false);
    expect(source.entries.map(({ id }) => id).sort()).toEqual(["zorb-people", "zorb-stew"]);
    expect(hitsOf(compileLexicon(source), "зорблар лагмоны").found.map((hit) => hit.entry)).toEqual(["zorb-people", "zorb-stew"]);
  });

  it("brings paradigms and rules along", () => {
    const source = loadLexicons([write([TARGET])], false);
    expect(Object.keys(source.paradigms)).toContain("kk-verb");
    expect(source.rules.rules.length).toBeGreaterThan(0);
  });

  it("takes a byte order mark for nothing", () => {
    expect(loadLexicons([write(`\ufeff${JSON.stringify([TARGET])}`)], false).entries).toHaveLength(1);
  });

  it("has one fingerprint for one content", () => {
    const [one, same, other] = [write([TARGET]), write([TARGET]), write([{ ...TARGET, forms: ["зорблер"] }])];
    const print = (path: string) => loadLexicons([path], false).fingerprint;
    expect(print(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(print(same)).toBe(print(one));
    expect(print(other)).not.toBe(print(one));
  });

  it.each<[about: string, entry: unknown, says: RegExp]>([
    ["a field that does not exist", { ...TARGET, word: "x" }, /entry 2 \(id "zorb-people"\).*word/],
    ["a field that is missing", { ...TARGET, language: undefined }, /entry 2 \(id "zorb-people"\), field language/],
    ["a class that does not exist", { ...TARGET, class: "people" }, /entry 2 \(id "zorb-people"\), field class/],
    ["an id with capitals", { ...TARGET, id: "Zorb" }, /entry 2 \(id "Zorb"\), field id: an id is lower-case letters, digits and hyphens/],
    ["an entry without terms", { ...TARGET, forms: undefined }, /entry 2 .*field forms: needs forms, moods or stems/],
    ["stems without a paradigm", { ...TARGET, stems: ["зорб"] }, /entry 2 .*field inflect: stems need a paradigm/],
    ["a paradigm without stems", { ...TARGET, inflect: "kk-noun" }, /entry 2 .*field stems: a paradigm needs the stems/],
    ["a target without a group", { ...TARGET, group: undefined }, /entry 2 .*field group: targets and slurs need group and kind/],
    ["an act without a category", { ...TARGET, class: "act" }, /entry 2 .*field category: act needs a category/],
    [
      "moods of what has none",
      { ...TARGET, moods: { imperative: ["зорб"] } },
      /entry 2 .*field moods: only acts and auxiliaries have moods/,
    ],
    [
      "a mood that does not exist",
      {
        ...TARGET,
        class: "act",
        category: "violence",
        moods: { optative: ["зорб"] },
      },
      /entry 2 .*field moods/,
    ],
    ["a severity out of range", { ...TARGET, severity: 6 }, /entry 2 .*field severity/],
    ["an empty form", { ...TARGET, forms: ["  "] }, /entry 2 .*field forms\.0/],
    ["a form that is a list no longer", { ...TARGET, forms: "зорб" }, /entry 2 .*field forms/],
    ["an entry that is no object", "зорб", /entry 2/],
    ["a class that only the rules set", { ...TARGET, class: "quoted" }, /entry 2 .*field class/],
  ])("refuses %s by file, entry and remedy", (_, wrong, says) => {
    const path = write([THING, wrong]);
    const error = errorOf([path]);
    expect(error.code).toBe("E_LEXICON_SCHEMA");
    expect(error.message).toContain(path);
    expect(error.message).toMatch(says);
    expect(error.message).toContain("Correct the file; lexicons/README.md");
  });

  it("names the first few faults and counts the rest", () => {
    const error = errorOf([
      write(
        Array.from({ length: 5 }, (_, k) => ({
          ...TARGET,
          id: `zorb-${k}`,
          severity: 9,
        })),
      ),
    ]);
    expect(error.message.match(/field severity/g)).toHaveLength(3);
    expect(error.message).toContain("and 2 more");
  });

  it("refuses a file that is no list", () => {
    const path = write({ entries: [] });
    expect(errorOf([path])).toMatchObject({
      code: "E_LEXICON_SCHEMA",
      message: expect.stringContaining(`${path}: the file`),
    });
  });

  it("refuses what is no JSON by file, place and remedy", () => {
    const path = write('[{"id": ]');
    const error = errorOf([path]);
    expect(error).toMatchObject({
      code: "E_LEXICON_JSON",
      message: expect.stringMatching(/not JSON: .*Correct the file/),
    });
    expect(error.message).toContain(path);
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  it("refuses a path that does not exist", () => {
    const path = join(folder, "nowhere.json");
    expect(errorOf([path])).toMatchObject({
      code: "E_LEXICON_READ",
      message: expect.stringMatching(/nowhere\.json: cannot be read.*Check the path given to --lexicon/),
    });
  });

  it("refuses an id that comes twice, in one file or in two, naming both", () => {
    const [first, second] = [write([TARGET]), write([THING, TARGET])];
    const error = errorOf([first, second]);
    expect(error.code).toBe("E_LEXICON_DUPLICATE");
    expect(error.message).toMatch(/file-\d+\.json: entry "zorb-people" is already in .*file-\d+\.json\. Give one of them another id/);
    expect(error.message).toContain(second);
    expect(errorOf([write([TARGET, TARGET])]).code).toBe("E_LEXICON_DUPLICATE");
  });

  it("refuses to begin without entries", () => {
    expect(errorOf([])).toMatchObject({
      code: "E_LEXICON_EMPTY",
      message: expect.stringContaining("--lexicon PATH"),
    });
    expect(errorOf([write([])]).code).toBe("E_LEXICON_EMPTY");
  });

  it("names the file, too, of an entry with an unknown paradigm", () => {
    const path = write([{ ...THING, inflect: "kk-nuon" }]);
    expect(() => compileLexicon(loadLexicons([path], false))).toThrow(
      expect.objectContaining({
        name: "LexiconError",
        message: expect.stringMatching(/zorb-stew.*kk-nuon.*Known: .*kk-noun/),
      }),
    );
    expect(() => compileLexicon(loadLexicons([path], false))).toThrow(path);
  });
});
