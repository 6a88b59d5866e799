import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classBit, compileLexicon, foldTerm, moodNames } from "../../src/lexicon/compile.ts";
import { CLASSES, type LexiconEntry, MOODS, type Paradigm } from "../../src/lexicon/entry.ts";
import { createHits, matchLexicon } from "../../src/lexicon/match.ts";
import { moodBit } from "../../src/lexicon/paradigm.ts";
import { lettersToString } from "../../src/text/letters.ts";
import { batchOf } from "../text/tokens.ts";
import { entry, type FoundHit, hitsOf, idsIn, lexicon } from "./invented.ts";
import { naiveMatcher } from "./naive.ts";

const PARADIGMS: Record<string, Paradigm> = {
  noun: {
    language: "kk",
    about: "",
    layers: [{ suffixes: { "": ["лар", "т"] } }, { suffixes: { "": ["ды", "а"] } }],
    source: "",
  },
  plural: {
    language: "kk",
    about: "",
    layers: [{ required: true, suffixes: { "": ["лар"] } }, { suffixes: { "": ["ды"] } }],
    bare: null,
    source: "",
  },
  "en-porter": {
    language: "en",
    about: "",
    layers: [{ suffixes: { "": ["s", "ed"] } }],
    source: "",
  },
  verb: {
    language: "kk",
    about: "",
    bare: "bare",
    layers: [
      { suffixes: { negated: ["ба"] } },
      {
        suffixes: {
          imperative: ["т", "аб"],
          infinitive: ["у"],
          converb: ["а"],
        },
      },
    ],
    source: "",
  },
};

function sorted(found: readonly FoundHit[]): FoundHit[] {
  return [...found].sort((a, b) => a.token - b.token || (a.entry < b.entry ? -1 : 1));
}

describe("a word", () => {
  const forms = lexicon([
    entry("one", { class: "target", forms: ["зорб"] }),
    entry("two", {
      class: "predicate",
      category: "derogation",
      forms: ["мыпа", "zorb"],
    }),
  ]);

  it("is found as it stands, in any spelling that folds alike", () => {
    expect(idsIn(forms, "анау зорб, ЗОРБ! зoрб")).toEqual(["one", "one", "one"]);
  });

  it("is not found inside another word or beside its letters", () => {
    expect(idsIn(forms, "зорба азорб зо рб зор")).toEqual([]);
  });

  it("is not found in links and mentions", () => {
    expect(idsIn(forms, "@zorb http://zorb www.zorb")).toEqual([]);
    expect(idsIn(forms, "#zorb zorb")).toEqual(["two", "two"]);
  });

  it("gives its class to the hits and to its token", () => {
    const { hits, classes } = hitsOf(compileLexicon(forms), "ол зорб мыпа");
    expect(hits.classes).toBe(classBit("target") | classBit("predicate"));
    expect(classes).toEqual([0, classBit("target"), classBit("predicate")]);
  });

  it("may be an emoji", () => {
    expect(
      idsIn(lexicon([entry("knife", { class: "weapon", forms: ["🥄"] }), entry("flag", { class: "target", forms: ["🇰🇿"] })]), "а🥄 🇰🇿 🇰🇷"),
    ).toEqual(["knife", "flag"]);
  });

  it("may be written in several entries, each found once", () => {
    const twice = lexicon(
      [
        entry("one", {
          class: "target",
          forms: ["зорб", "зорб"],
          stems: ["зорб"],
          inflect: "noun",
        }),
        entry("two", { class: "slur", forms: ["зорб"] }),
      ],
      PARADIGMS,
    );
    expect(idsIn(twice, "зорб").sort()).toEqual(["one", "two"]);
  });

  it("is looked for only in the tokens given, hits of an earlier message being dropped", () => {
    const compiled = compileLexicon(forms);
    const { tokens } = batchOf("зорб мыпа зорб");
    const hits = createHits();
    matchLexicon(compiled, tokens, 0, 1, hits);
    matchLexicon(compiled, tokens, 1, 2, hits);
    expect([hits.count, hits.token[0], hits.classes]).toEqual([1, 1, classBit("predicate")]);
  });

  it("that comes more often than the scratch holds makes it grow", () => {
    const { tokens } = batchOf("зорб ".repeat(10));
    const hits = createHits(3);
    matchLexicon(compileLexicon(forms), tokens, 0, tokens.count, hits);
    expect(hits.count).toBe(10);
  });
});

describe("a phrase", () => {
  const phrases = lexicon([
    entry("two-words", { class: "condone", forms: ["мыпа зорб"] }),
    entry("three-words", { class: "condone", forms: ["мыпа зорб дала"] }),
    entry("moods", {
      class: "act",
      category: "violence",
      moods: { slogan: ["зорб вон"] },
    }),
  ]);

  it("is found over signs and line breaks, with its first and last token", () => {
    const { found } = hitsOf(compileLexicon(phrases), "ол мыпа —\n зорб");
    expect(found).toEqual([{ entry: "two-words", token: 1, lastToken: 2, moods: [] }]);
  });

  it("is found beside a longer one that begins alike", () => {
    expect(idsIn(phrases, "мыпа зорб дала").sort()).toEqual(["three-words", "two-words"]);
  });

  it("is not found in part, in other order or cut off by the end of the message", () => {
    expect(idsIn(phrases, "мыпа ол зорб")).toEqual([]);
    expect(idsIn(phrases, "зорб мыпа")).toEqual([]);
    const { tokens } = batchOf("мыпа зорб");
    const hits = createHits();
    matchLexicon(compileLexicon(phrases), tokens, 0, 1, hits);
    expect(hits.count).toBe(0);
  });

  it("carries its mood", () => {
    expect(hitsOf(compileLexicon(phrases), "зорб вон").found).toEqual([{ entry: "moods", token: 0, lastToken: 1, moods: ["slogan"] }]);
  });

  it("of one entry covers its longest form", () => {
    const nested = lexicon([entry("nested", { class: "condone", forms: ["мыпа", "мыпа зорб"] })]);
    expect(hitsOf(compileLexicon(nested), "мыпа зорб").found).toEqual([{ entry: "nested", token: 0, lastToken: 1, moods: [] }]);
  });
});

describe("a phrase whose last word takes endings", () => {
  const phrases = lexicon(
    [
      entry("two", { class: "act", category: "violence", stems: ["мыпа зорб"], inflect: "verb" }),
      entry("short", { class: "act", category: "violence", stems: ["мыпа ал"], inflect: "verb" }),
      entry("three", { class: "act", category: "violence", stems: ["мыпа зорб дал"], inflect: "noun" }),
    ],
    PARADIGMS,
  );

  it("is found in all its forms, with their moods", () => {
    expect(hitsOf(compileLexicon(phrases), "мыпа зорббау").found).toEqual([
      { entry: "two", token: 0, lastToken: 1, moods: ["infinitive", "negated"] },
    ]);
    expect(idsIn(phrases, "ол мыпа алу еді")).toEqual(["short"]);
    expect(idsIn(phrases, "мыпа зорб далларды")).toContain("three");
  });

  it("is not found with another ending, alone, or with an ending on another word", () => {
    expect(idsIn(phrases, "мыпа зорбдалаб")).toEqual([]);
    expect(idsIn(phrases, "зорбу")).toEqual([]);
    expect(idsIn(phrases, "мыпау зорбу")).toEqual([]);
  });
});

describe("a phrase that is not the entry", () => {
  it("may begin before the entry's word", () => {
    const spared = lexicon([entry("e", { class: "condone", forms: ["зорб"], except: ["ақ зорб дала"] })]);
    expect(idsIn(spared, "ақ зорб дала")).toEqual([]);
    expect(idsIn(spared, "ақ зорб")).toEqual(["e"]);
    expect(idsIn(spared, "ақ зорб дала зорб")).toEqual(["e"]);
  });
});

describe("a stem", () => {
  const nouns = lexicon(
    [
      entry("people", {
        class: "target",
        stems: ["зорб"],
        inflect: "noun",
        except: ["зорбта", "зорб тау"],
      }),
      entry("plural-only", {
        class: "target",
        stems: ["мып"],
        inflect: "plural",
      }),
      entry("verb", {
        class: "act",
        category: "violence",
        stems: ["қуп"],
        inflect: "verb",
      }),
    ],
    PARADIGMS,
  );

  it("takes the endings of its paradigm in their order and no others", () => {
    expect(idsIn(nouns, "зорб зорблар зорбларды зорбтды зорбды")).toEqual(["people", "people", "people", "people", "people"]);
    expect(idsIn(nouns, "зорбдылар зорбларлар зорбл зорблард зорбка")).toEqual([]);
  });

  it("stands alone only where its paradigm lets it", () => {
    expect(idsIn(nouns, "мып мыпды мыплар мыпларды")).toEqual(["plural-only", "plural-only"]);
  });

  it("gives the moods of its ending, of all readings together", () => {
    const { found } = hitsOf(compileLexicon(nouns), "қуп қупу қупбау қупба қупбат");
    expect(found.map(({ moods }) => moods)).toEqual([
      ["bare"],
      ["infinitive"],
      ["infinitive", "negated"],
      ["negated"],
      ["imperative", "negated"],
    ]);
  });

  it("spares the exceptions of its own entry, words and phrases, and no other entry's", () => {
    expect(idsIn(nouns, "зорбта")).toEqual([]);
    expect(idsIn(nouns, "зорб тау")).toEqual([]);
    expect(idsIn(nouns, "зорб дала зорбтды")).toEqual(["people", "people"]);
    const shared = lexicon(
      [
        entry("spared", {
          class: "target",
          stems: ["зорб"],
          inflect: "noun",
          except: ["зорба"],
        }),
        entry("kept", { class: "slur", stems: ["зорб"], inflect: "noun" }),
      ],
      PARADIGMS,
    );
    expect(idsIn(shared, "зорба")).toEqual(["kept"]);
  });

  it.each(["а", "аб", "абв"])("of few letters is found with all endings: %s", (stem) => {
    const short = lexicon([entry("short", { class: "target", stems: [stem], inflect: "noun" })], PARADIGMS);
    for (const ending of ["", "лар", "т", "ды", "а", "ларды", "лара", "тды", "та"]) expect(idsIn(short, stem + ending)).toEqual(["short"]);
    expect(idsIn(short, `${stem}с`)).toEqual([]);
  });

  it("keeps a phrase that begins with a word which is an exception", () => {
    const source = lexicon(
      [
        entry("people", {
          class: "target",
          forms: ["зорбта тау"],
          stems: ["зорб"],
          inflect: "noun",
          except: ["зорбта"],
        }),
      ],
      PARADIGMS,
    );
    expect(idsIn(source, "зорбта тау")).toEqual(["people"]);
    expect(idsIn(source, "зорбта дала")).toEqual([]);
  });

  it("with і is found typed with ы when the entry is Kazakh and the stem has four letters", () => {
    const kazakh = lexicon(
      [
        entry("long", {
          class: "target",
          language: "kk",
          stems: ["зірбі"],
          inflect: "noun",
        }),
        entry("short", { class: "target", language: "kk", forms: ["зіб"] }),
        entry("other", { class: "target", forms: ["мірпі"] }),
      ],
      PARADIGMS,
    );
    expect(idsIn(kazakh, "зірбі зирби зырбы зырбылар")).toEqual(["long", "long", "long", "long"]);
    expect(idsIn(kazakh, "зіб зиб зыб")).toEqual(["short", "short"]);
    expect(idsIn(kazakh, "мірпі мырпы")).toEqual(["other"]);
  });
});

describe("a Porter stem", () => {
  const shipped = JSON.parse(readFileSync(new URL("../../lexicons/paradigms.json", import.meta.url), "utf8")) as Record<string, Paradigm>;
  const porter = (stem: string, fields: Partial<LexiconEntry> = {}) =>
    lexicon(
      [
        entry("found", {
          class: "act",
          category: "assembly",
          stems: [stem],
          inflect: "porter",
          ...fields,
        }),
      ],
      shipped,
    );

  it.each([
    ["walk", "walk walks walked walking walker"],
    ["carry", "carry carries carried carrying"],
    ["relate", "relate relates related relating"],
    ["стадион", "стадион стадиона стадионе стадионом стадионы стадионами стадионах"],
    ["полиция", "полиция полиции полицию полицией"],
    ["дружба", "дружба дружбы дружбе дружбу дружбой"],
    ["осудить", "осудить осудил осудила осудили осудят осудите"],
    ["теннисист", "теннисист теннисиста теннисистов теннисистами"],
    ["уголовный", "уголовный уголовная уголовного уголовному уголовными"],
  ])("finds the forms of %s", (stem, forms) => {
    expect(idsIn(porter(stem), forms)).toEqual(forms.split(" ").map(() => "found"));
  });

  it.each([
    ["walk", "walnut walkway sidewalk"],
    ["полиция", "поликлиника полис политика"],
    ["стадион", "стадия стадо"],
  ])("spares words that only begin like %s", (stem, others) => {
    expect(idsIn(porter(stem), others)).toEqual([]);
  });

  it("spares exceptions", () => {
    expect(idsIn(porter("carry", { except: ["carrying"] }), "carrying carries")).toEqual(["found"]);
  });
});

describe("the matcher", () => {
  const letters = (max: number) =>
    fc.string({
      unit: fc.constantFrom("а", "б", "т", "і", "ы", "л", "у"),
      minLength: 1,
      maxLength: max,
    });
  const phrase = fc.array(letters(3), { minLength: 2, maxLength: 3 }).map((words) => words.join(" "));
  const term = fc.oneof({ weight: 4, arbitrary: letters(6) }, { weight: 1, arbitrary: phrase });
  const entries = fc
    .array(
      fc.record({
        language: fc.constantFrom("kk" as const, "ru" as const),
        forms: fc.option(fc.array(term, { minLength: 1, maxLength: 3 }), {
          nil: undefined,
        }),
        moods: fc.option(
          fc.record({
            imperative: fc.array(term, { minLength: 1, maxLength: 2 }),
            slogan: fc.array(term, { minLength: 1, maxLength: 2 }),
          }),
          { nil: undefined },
        ),
        stems: fc.array(fc.oneof({ weight: 3, arbitrary: letters(5) }, { weight: 1, arbitrary: phrase }), { minLength: 1, maxLength: 3 }),
        inflect: fc.constantFrom("noun", "plural", "verb"),
        except: fc.option(fc.array(term, { minLength: 1, maxLength: 2 }), {
          nil: undefined,
        }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((rows) => rows.map((fields, k): LexiconEntry => entry(`e${k}`, { class: "act", category: "violence", ...fields })));

  it("finds what a matcher finds that tries every entry on every word", () => {
    const endings = ["", "лар", "ды", "ларды", "т", "у", "ба", "бат", "аб", "а"];
    let found = 0;
    fc.assert(
      fc.property(
        entries,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }),
        fc.array(letters(6), { maxLength: 6 }),
        (rows, choices, words) => {
          const source = lexicon(rows, PARADIGMS);
          const known = rows.flatMap((row) => [...(row.forms ?? []), ...(row.except ?? []), ...(row.stems ?? []), ...(row.stems ?? [])]);
          const chosen = choices.map(([term, ending]) => known[term % known.length]! + endings[ending % endings.length]!);
          const text = [...words, ...chosen].join(" ");
          const expected = sorted(naiveMatcher(source)(text));
          found += expected.length;
          const compiled = compileLexicon(source);
          expect(sorted(hitsOf(compiled, text).found)).toEqual(expected);
          expect(sorted(hitsOf(compiled, text).found), "from memory").toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
    expect(found).toBeGreaterThan(400);
  }, 30_000);
});

describe("compileLexicon", () => {
  it.each<[string, LexiconEntry, RegExp]>([
    [
      "an unknown paradigm",
      entry("some-entry", { class: "thing", stems: ["зорб"], inflect: "nuon" }),
      /some-entry.*"nuon" is no paradigm.*porter, noun, plural, en-porter, verb/,
    ],
    ["a form without letters", entry("some-entry", { class: "thing", forms: ["?!"] }), /some-entry.*"\?!" has no letters.*Write words/],
    [
      "a Porter stem without letters",
      entry("some-entry", {
        class: "thing",
        stems: ["..."],
        inflect: "porter",
      }),
      /some-entry.*has no letters/,
    ],
    [
      "a Porter stem of one letter",
      entry("some-entry", { class: "thing", stems: ["a"], inflect: "porter" }),
      /some-entry.*too short.*List its forms/,
    ],
    [
      "a Porter stem of two words",
      entry("some-entry", {
        class: "thing",
        stems: ["walk away"],
        inflect: "porter",
      }),
      /some-entry.*several words.*under forms/,
    ],
  ])("refuses %s by entry and remedy", (_, wrong, message) => {
    expect(() => compileLexicon(lexicon([wrong], PARADIGMS))).toThrow(
      expect.objectContaining({
        name: "LexiconError",
        code: "E_LEXICON_TERM",
        message: expect.stringMatching(message),
      }),
    );
  });

  it("refuses a guard that is not defined by rule and remedy", () => {
    const rules = {
      guards: [
        {
          id: "known",
          about: "",
          weight: -1,
          near: { class: "negation" as const },
        },
      ],
      rules: [
        {
          id: "some-rule",
          label: "hate" as const,
          about: "",
          weight: 1,
          anchor: { class: "slur" as const },
          guards: ["lost"],
        },
      ],
    };
    expect(() => compileLexicon(lexicon([], {}, rules))).toThrow(
      expect.objectContaining({
        code: "E_RULE_GUARD",
        message: expect.stringMatching(/some-rule.*"lost" is not defined.*known/),
      }),
    );
  });

  it("takes a lexicon without entries and finds nothing", () => {
    expect(idsIn(lexicon([]), "зорб мыпа")).toEqual([]);
  });

  it("reads terms as the tokenizer reads texts", () => {
    expect(foldTerm("Зөрб-Мыпа!").map((word) => lettersToString(word, 0, word.length))).toEqual(["зорб", "мыпа"]);
    expect(foldTerm("—")).toEqual([]);
  });

  it("has room for a term as long as the schema allows", () => {
    expect(foldTerm("🔥".repeat(80))).toHaveLength(80);
  });

  it("gives every class and mood a bit of its own", () => {
    expect(new Set(CLASSES.map(classBit)).size).toBe(CLASSES.length);
    expect(CLASSES.length).toBeLessThanOrEqual(32);
    for (const mood of MOODS) expect(moodNames(moodBit(mood))).toEqual([mood]);
  });
});
