import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LexiconError } from "../../src/core/error.ts";
import { readCsv } from "../../src/lexicon/csv.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { nearestNames } from "../../src/lexicon/nearest.ts";

const folder = mkdtempSync(join(tmpdir(), "qalqan-own-"));
afterAll(() => rmSync(folder, { recursive: true }));

let folders = 0;
function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, String(folders++));
  mkdirSync(path);
  writeFileSync(join(path, name), content);
  return join(path, name);
}

function errorOf(paths: readonly string[], builtin = false): LexiconError {
  try {
    loadLexicons(paths, builtin);
  } catch (error) {
    expect(error).toBeInstanceOf(LexiconError);
    return error as LexiconError;
  }
  throw new Error("nothing was wrong");
}

const TARGET = { language: "kk", class: "target", forms: ["зорблар"], group: "zorb", kind: "ethnicity" };

describe("a strict table", () => {
  const cells = (text: string) => readCsv("t.csv", text).map((row) => row.cells);

  it.each([",", ";", "\t"])("is cut at %j", (mark) => {
    expect(cells(`${["a", "b"].join(mark)}\n${["1", "2"].join(mark)}`)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it("keeps delimiters, quotes and line breaks inside quotation marks", () => {
    expect(cells('a,b\r\n"x, ""y""","1\n2"\r\n')).toEqual([
      ["a", "b"],
      ['x, "y"', "1\n2"],
    ]);
  });

  it("passes over rows in which nothing stands, and goes on counting", () => {
    expect(readCsv("t.csv", "a,b\n,\n\n1,2")).toEqual([
      { row: 1, cells: ["a", "b"] },
      { row: 4, cells: ["1", "2"] },
    ]);
  });

  it("has an empty cell after a delimiter at the end", () => {
    expect(cells("a,b\n1,")).toEqual([
      ["a", "b"],
      ["1", ""],
    ]);
  });

  it.each([
    ['a,b\n1,"2', /t\.csv: row 2, column 2: .*none closes/],
    ['a,b\n"1"x,2', /row 2, column 1: got "x,2" after the closing/],
    ['a,b\n1,x"y', /row 2, column 2: got "x\\"y".*Quote the cell/],
  ])("is refused where quotation marks do not pair: %j", (text, says) => {
    expect(() => readCsv("t.csv", text)).toThrow(expect.objectContaining({ code: "E_LEXICON_CSV", message: expect.stringMatching(says) }));
  });
});

describe("a lexicon of one's own", () => {
  it("may leave out id, sense, source and review", () => {
    const { entries } = loadLexicons([put("My Terms.json", JSON.stringify([TARGET]))], false);
    expect(entries).toMatchObject([{ id: "my-terms-target-1", source: "file My Terms.json", reviewed: false }]);
  });

  it("names rows of a table as a spreadsheet counts them, whatever letters its name has", () => {
    const { entries } = loadLexicons([put("сөздер.csv", "language,class,forms,group,kind\nkk,target,зорблар,zorb,ethnicity\n")], false);
    expect(entries[0]!.id).toBe("own-target-2");
  });

  it("gives lists, numbers, answers and forms by mood from cells", () => {
    const path = put(
      "acts.csv",
      "id;language;class;imperative;infinitive;stems;inflect;except;category;severity;reviewed\nmy-act;ru;act;зорби | зорбите;зорбить;;;;violence;4;yes\n",
    );
    expect(loadLexicons([path], false).entries[0]).toMatchObject({
      moods: { imperative: ["зорби", "зорбите"], infinitive: ["зорбить"] },
      severity: 4,
      reviewed: true,
    });
  });

  it("refuses a column that no entry has, with the nearest", () => {
    expect(errorOf([put("x.csv", "id,langage,class\n")])).toMatchObject({
      code: "E_LEXICON_CSV",
      message: expect.stringMatching(/row 1, column 2: got "langage", no column of a lexicon; Did you mean language\?/),
    });
  });

  it("refuses a row with more cells than the header", () => {
    expect(errorOf([put("x.csv", "language,class,forms\nru,thing,a,b\n")]).message).toMatch(
      /row 2, column 4: got 4 cells, expected 3.*separate the items of a list by \|/,
    );
  });

  it("refuses another encoding than UTF-8, and says how to change it", () => {
    const error = errorOf([put("x.csv", Uint8Array.of(0xff, 0xfe, 0x69, 0))]);
    expect(error.code).toBe("E_LEXICON_ENCODING");
    expect(error.message).toContain("CSV UTF-8");
  });

  it("refuses a table without a header", () => {
    expect(errorOf([put("x.csv", "\n")]).message).toMatch(/row 1: got nothing; expected the names of the columns/);
  });

  it("has a fingerprint of its own, and another one under another name where names make ids", () => {
    const builtin = loadLexicons().fingerprint;
    const text = JSON.stringify([TARGET]);
    const [one, same, other] = [put("a.json", text), put("a.json", text), put("b.json", text)].map(
      (path) => loadLexicons([path]).fingerprint,
    );
    expect(one).not.toBe(builtin);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe("what is switched off", () => {
  const OFF = JSON.stringify([{ id: "en-target-dungan", off: true }]);

  it("is gone, and nothing else", () => {
    const all = loadLexicons().entries.map(({ id }) => id);
    const left = loadLexicons([put("off.json", OFF)]).entries.map(({ id }) => id);
    expect(left).toEqual(all.filter((id) => id !== "en-target-dungan"));
    expect(loadLexicons([put("off.csv", "id,off\nen-target-dungan,да\n")]).entries.map(({ id }) => id)).toEqual(left);
  });

  it("may come again under the same id in the same file", () => {
    const path = put(
      "mine.json",
      JSON.stringify([
        { id: "en-target-dungan", off: true },
        { ...TARGET, id: "en-target-dungan" },
      ]),
    );
    expect(loadLexicons([path]).entries.filter(({ id }) => id === "en-target-dungan")).toMatchObject([{ forms: ["зорблар"] }]);
  });

  it("must exist, even where the built-in entries are left out", () => {
    const path = put("off.json", JSON.stringify([{ id: "en-target-dungaan", off: true }]));
    expect(errorOf([path], true)).toMatchObject({
      code: "E_LEXICON_OFF",
      message: expect.stringMatching(/entry 1 .*Did you mean en-target-dungan/),
    });
    const both = [put("off.json", OFF), put("own.json", JSON.stringify([TARGET]))];
    expect(loadLexicons(both, false).entries).toHaveLength(1);
  });

  it("is said by yes or no", () => {
    expect(errorOf([put("off.csv", "id,off\nen-target-dungan,maybe\n")], true).message).toMatch(
      /row 2, off: got "maybe", expected yes or no/,
    );
    expect(errorOf([put("off.json", JSON.stringify([{ id: "en-target-dungan", off: "yes" }]))], true).message).toMatch(
      /expected true or false/,
    );
  });
});

describe("rules of one's own", () => {
  const RULE = { id: "my-rule", label: "hate", about: "a test", weight: 3, anchor: { class: "slur" }, guards: ["quoted"] };
  const withRules = (rules: unknown): string => {
    const path = put("rules.json", JSON.stringify(rules));
    return join(path, "..");
  };
  const builtin = loadLexicons().rules;

  it("are added to the built-in ones and may use their guards", () => {
    const { rules } = loadLexicons([withRules({ rules: [RULE] })]);
    expect(rules.rules.map(({ id }) => id)).toEqual([...builtin.rules.map(({ id }) => id), "my-rule"]);
    expect(rules.guards).toEqual(builtin.guards);
  });

  it("take the place of one with the same id, or switch it off", () => {
    const [first, second] = builtin.rules;
    const { rules } = loadLexicons([
      withRules({
        rules: [
          { ...RULE, id: first!.id },
          { id: second!.id, off: true },
        ],
      }),
    ]);
    expect(rules.rules[0]).toMatchObject({ id: first!.id, weight: 3 });
    expect(rules.rules.map(({ id }) => id)).not.toContain(second!.id);
    expect(rules.rules).toHaveLength(builtin.rules.length - 1);
  });

  it("take a guard that is off out of every rule", () => {
    const { rules } = loadLexicons([withRules({ guards: [{ id: "quoted", off: true }] })]);
    expect(rules.guards.map(({ id }) => id)).not.toContain("quoted");
    expect(rules.rules.filter(({ guards }) => guards.includes("quoted"))).toEqual([]);
  });

  it("are refused where they switch off what is not there", () => {
    expect(errorOf([withRules({ rules: [{ id: "call-imperativ", off: true }] })], true)).toMatchObject({
      code: "E_LEXICON_OFF",
      message: expect.stringContaining("Did you mean call-imperative"),
    });
  });

  it("stand alone where that is asked", () => {
    const path = withRules({ rules: [RULE], guards: builtin.guards });
    expect(loadLexicons([path, put("own.json", JSON.stringify([TARGET]))], false, { alone: true }).rules.rules).toHaveLength(1);
  });
});

describe("the nearest names", () => {
  it("are a few letters away, or hold what was said", () => {
    expect(nearestNames("dungn", ["kk-dungan", "dungan", "uyghur"])).toEqual(["dungan"]);
    expect(nearestNames("dungan", ["kk-dungan", "uyghur"])).toEqual(["kk-dungan"]);
    expect(nearestNames("qqqqq", ["kk-dungan", "uyghur"])).toEqual([]);
  });
});
