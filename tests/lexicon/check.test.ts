import { describe, expect, it } from "vitest";
import { checkLexicon } from "../../src/lexicon/check.ts";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { describeEntry } from "../../src/lexicon/describe-entry.ts";
import type { LexiconEntry, Paradigm, RuleSet } from "../../src/lexicon/entry.ts";
import { expandStem } from "../../src/lexicon/expand.ts";
import { entry, hitsOf, lexicon } from "./invented.ts";

const NOUN: Paradigm = {
  language: "kk",
  about: "",
  source: "",
  layers: [{ suffixes: { "": ["лар", "лер"] } }, { suffixes: { "": ["ды", "ға"] } }],
};
const VERB: Paradigm = {
  language: "kk",
  about: "",
  source: "",
  bare: "bare",
  layers: [{ required: true, suffixes: { imperative: ["ыңдар"], indicative: ["ды"] } }],
};
const PARADIGMS = { noun: NOUN, verb: VERB };

function findings(entries: readonly LexiconEntry[], words: readonly (readonly [string, number, string])[] = [], rules?: RuleSet) {
  const source = lexicon(entries, PARADIGMS, rules);
  const counts = words.map(([word, count, language]) => ({ word, count, language }));
  return checkLexicon(source, compileLexicon(source), counts).map(({ level, code, entry: id }) => `${level} ${code} ${id}`);
}

const thing = (id: string, fields: Partial<LexiconEntry>): LexiconEntry => entry(id, { class: "thing", language: "kk", ...fields });

describe("a check", () => {
  it("says nothing of sound entries", () => {
    expect(findings([thing("one", { forms: ["зорб"] }), thing("two", { stems: ["мыпа"], inflect: "noun" })])).toEqual([]);
  });

  it("finds the same form in two entries of a class and language, however it is written", () => {
    expect(findings([thing("one", { forms: ["зорб қыз"] }), thing("two", { forms: ["Зорб  кыз"] })])).toEqual(["warning same-form two"]);
    expect(findings([thing("one", { forms: ["зорб"] }), thing("two", { forms: ["зорб"], language: "ru" })])).toEqual([]);
  });

  it("tells emoji apart", () => {
    expect(findings([thing("one", { forms: ["🐀"] }), thing("two", { forms: ["🐍"] })])).toEqual([]);
  });

  it("finds a form that its own exception hides", () => {
    expect(findings([thing("one", { forms: ["зорб", "мыпа"], except: ["мыпа"] })])).toEqual(["warning hidden-form one"]);
  });

  it("calls an entry wrong of which nothing can match", () => {
    expect(findings([thing("one", { forms: ["мыпа"], except: ["мыпа"] })])).toEqual([
      "warning hidden-form one",
      "error impossible-entry one",
    ]);
  });

  it("notes a form that the entry's own stem makes, unless it has a mood that the stem does not give", () => {
    expect(findings([thing("one", { forms: ["мыпалар"], stems: ["мыпа"], inflect: "noun" })])).toEqual(["note form-of-own-stem one"]);
    const act = (moods: LexiconEntry["moods"]) =>
      entry("act", { class: "act", category: "violence", language: "kk", stems: ["флеп"], inflect: "verb", moods });
    expect(findings([act({ indicative: ["флепды"] })])).toEqual(["note form-of-own-stem act"]);
    expect(findings([act({ slogan: ["флепды"] })])).toEqual([]);
  });

  it("notes an exception from what would not match anyway", () => {
    expect(findings([thing("one", { stems: ["мыпа"], inflect: "noun", except: ["мыпаш", "мыпалар"] })])).toEqual([
      "note idle-exception one",
    ]);
  });

  it("finds a stem that another entry of the same class and group covers", () => {
    const [short, long] = [thing("short", { stems: ["мыпа"], inflect: "noun" }), thing("long", { stems: ["мыпа"], inflect: "noun" })];
    expect(findings([short, long])).toEqual(["warning covered-stem long"]);
    expect(findings([short, { ...long, stems: ["мыпалар"] }])).toEqual([]);
    expect(findings([short, { ...long, group: "other" }])).toEqual([]);
  });

  it("finds a slur that everyday talk has, and a name that it is full of", () => {
    const slur = entry("slur", { class: "slur", language: "kk", group: "zorb", kind: "ethnicity", forms: ["зорб"] });
    expect(findings([slur], [["зорб", 5, "kk"]])).toEqual(["warning everyday-word slur"]);
    const target = entry("target", { class: "target", language: "kk", group: "zorb", kind: "ethnicity", forms: ["мыпа"] });
    expect(findings([target], [["мыпа", 5, "kk"]])).toEqual([]);
    expect(findings([target], [["мыпа", 500, "kk"]])).toEqual(["warning everyday-word target"]);
  });

  it("finds a word of another language, unless an entry of that language means the same", () => {
    const mine = thing("mine", { forms: ["зорб"] });
    expect(findings([mine], [["зорб", 50, "ru"]])).toEqual(["warning foreign-word mine"]);
    expect(findings([mine, thing("theirs", { forms: ["зорб"], language: "ru" })], [["зорб", 50, "ru"]])).toEqual([]);
    expect(
      findings(
        [mine],
        [
          ["зорб", 50, "ru"],
          ["зорб", 9, "kk"],
        ],
      ),
    ).toEqual([]);
  });

  it("finds rules that no entry can fire and guards that no rule names", () => {
    const rule = { id: "rule", label: "hate", about: "", weight: 3, guards: [] } as const;
    const rules = (anchor: RuleSet["rules"][number]["anchor"]): RuleSet => ({
      guards: [{ id: "idle", about: "", weight: -1, near: { class: "quoted", at: true } }],
      rules: [{ ...rule, anchor, with: [{ class: "question", at: true }], guards: [] }],
    });
    const act = entry("act", { class: "act", category: "violence", language: "kk", stems: ["флеп"], inflect: "verb" });
    expect(findings([act], [], rules({ class: "act", mood: ["imperative"] }))).toEqual(["warning idle-guard null"]);
    expect(findings([act], [], rules({ class: "act", mood: ["slogan"] }))).toEqual(["warning idle-rule null", "warning idle-guard null"]);
    expect(findings([act], [], rules({ class: "act", minSeverity: 4 }))).toEqual(["warning idle-rule null", "warning idle-guard null"]);
  });
});

describe("the words of a stem", () => {
  it("are those that the matcher finds, with their moods", () => {
    const source = lexicon(
      [entry("act", { class: "act", category: "violence", language: "kk", stems: ["флеп"], inflect: "verb" })],
      PARADIGMS,
    );
    const compiled = compileLexicon(source);
    const words = expandStem("флеп", VERB);
    expect([...words.keys()].sort()).toEqual(["флеп", "флепды", "флепыңдар"]);
    for (const word of words.keys()) expect(hitsOf(compiled, word).found).toHaveLength(1);
  });

  it("take one suffix of each step, or none", () => {
    expect([...expandStem("мыпа", NOUN).keys()].sort()).toEqual(
      ["мыпа", "мыпаға", "мыпады", "мыпалар", "мыпаларға", "мыпаларды", "мыпалер", "мыпалерға", "мыпалерды"].sort(),
    );
  });
});

describe("the description of an entry", () => {
  const described = (fields: Partial<LexiconEntry>) => {
    const source = lexicon([thing("one", fields)], PARADIGMS);
    return describeEntry(source, compileLexicon(source), [{ word: "мыпалар", count: 7, language: "ru" }], 0);
  };

  it("shows words that agree with their stem, and counts all", () => {
    const [stem] = described({ stems: ["мыпа"], inflect: "noun" }).stems;
    expect(stem!.count).toBe(9);
    expect(stem!.sample.map(({ word }) => word)).not.toContain("мыпалерға");
  });

  it("shows how a term may be spelt, in Latin letters only as it is read again", () => {
    const [spelling] = described({ forms: ["зөріб"] }).spellings;
    expect(spelling).toMatchObject({ folded: "зориб", alsoFolded: "зорыб" });
    expect(spelling!.latin).toContain("zorib");
  });

  it("counts the everyday words that it matches", () => {
    expect(described({ stems: ["мыпа"], inflect: "noun" }).collisions).toEqual([{ word: "мыпалар", count: 7, language: "ru", moods: [] }]);
  });
});
