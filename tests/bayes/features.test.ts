import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectFeatures, createFeatureScratch, FEATURE_LIMIT, listFeatures, nameFeatures } from "../../src/bayes/features.ts";
import type { TokenBatch } from "../../src/core/token.ts";
import { batchOf, describeTokens } from "../text/tokens.ts";
import { naiveFeatures } from "./naive-features.ts";

const BITS = 20;
const CLASSES = ["group", "slur", "act", "need"];
const MASK = { any: 1, none: 2, shown: 9 };
/** Invented words of groups, one of them no neutral one, and two classes of other words. */
const CLASS_OF: Readonly<Record<string, number>> = { зорблар: 1, quindles: 1, флепайлар: 1, драззы: 3, қуу: 4, керек: 8, құл: 5 };
const scratch = createFeatureScratch(BITS, MASK);
const SCRATCHES = [createFeatureScratch(8, MASK), createFeatureScratch(13, MASK), scratch, createFeatureScratch(24, MASK)];

function tokensOf(text: string): TokenBatch {
  const { bytes, tokens } = batchOf(text);
  describeTokens(bytes, tokens).forEach((token, k) => {
    tokens.classes[k] = CLASS_OF[token.text.toLowerCase()] ?? 0;
  });
  return tokens;
}

function listed(text: string, from = 0, to?: number): { places: number[]; names: string[] } {
  const tokens = tokensOf(text);
  const end = to ?? tokens.count;
  const count = listFeatures(tokens, from, end, scratch);
  return { places: [...scratch.features.subarray(0, count)], names: nameFeatures(tokens, from, end, MASK, CLASSES) };
}

function collected(text: string, own = scratch): number[] {
  const tokens = tokensOf(text);
  return [...own.features.subarray(0, collectFeatures(tokens, 0, tokens.count, own))];
}

const namesOf = (text: string): string[] => listed(text).names;
/** Names that are no single word and no run. */
const tellingNames = (text: string): string[] => namesOf(text).filter((name) => /[ [(]|^<group>$/.test(name));

const texts = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...Object.keys(CLASS_OF)) },
      fc.constantFrom(
        "ой",
        "а",
        "she",
        "WALKS",
        "ҚУУ",
        "2020",
        "🔥",
        "@who",
        "http://a.kz",
        "жо\u200bқ",
        "коооп",
        "汉字汉字",
        "сөз".repeat(12),
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(" "));

describe("features", () => {
  it("are words, pairs of neighbours, runs of two to five letters with the edges of the word, and the shape", () => {
    expect(namesOf("Ой, мен")).toEqual([
      ...["ой", "^о", "^ой", "^ой$", "ой", "ой$", "й$"],
      ...["мен", "ой мен", "^м", "^ме", "^мен", "^мен$", "ме", "мен", "мен$", "ен", "ен$", "н$"],
      "(2 to 3 words)",
    ]);
  });

  it("are classes, pairs of classes, and what stands within two words of a word of a class", () => {
    expect(tellingNames("ой ай қуу мен сен керек бар")).toEqual([
      ...["ой ай", "ай қуу"].map(folded),
      ...["ой < [act]", "ай < [act]", "[act] > мен", "[act] > сен"],
      ...["қуу мен", "мен сен", "сен керек"].map(folded),
      ...["[act] [need]", "мен < [need]", "сен < [need]", "[need] > бар"],
      "керек бар",
      ...["[act]", "[need]"],
      "(4 to 7 words)",
    ]);
  });

  it("show all classes of a word of several", () => {
    expect(tellingNames("керек драззы құл")).toEqual(
      expect.arrayContaining(["[need] [group+slur]", "керек < [group+slur]", "[group+slur] [group]", "драззы < [group]"]),
    );
    expect(tellingNames("драззы").slice(0, 2)).toEqual(["[group]", "[slur]"]);
  });

  it("show of a masked word only the classes that the mask lets it show", () => {
    // Its class of acts would tell this name from others.
    expect(listed("ой құл ой").places).toEqual(listed("ой зорблар ой").places);
    const all = createFeatureScratch(BITS, { ...MASK, shown: 5 });
    expect(collected("құл", all)).not.toEqual(collected("зорблар", all));
  });

  it("are at the places that a naive count of them gives, in its order and number", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...SCRATCHES), (text, own) => {
        const tokens = tokensOf(text);
        const places = [...own.features.subarray(0, listFeatures(tokens, 0, tokens.count, own))];
        expect(places).toEqual(naiveFeatures(tokens, MASK, own.bits).map(({ place }) => place));
      }),
      { numRuns: 200 },
    );
  });

  it("have names in the same order and number", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { places, names } = listed(text);
        expect(names).toHaveLength(places.length);
      }),
      { numRuns: 500 },
    );
  });

  it("of the same meaning have one place and one name, and of different meanings nearly always different ones", () => {
    const text = "қуу керек she walks in зорблар beauty like the драззы night мен бүгін келемін ұлт 2020 жылы she walks қуу керек quindles";
    const tokens = tokensOf(text);
    const names = nameFeatures(tokens, 0, tokens.count, MASK, CLASSES);
    const byMeaning = new Map<string, { place: number; name: string }>();
    naiveFeatures(tokens, MASK, BITS).forEach(({ name, place }, k) => {
      const known = byMeaning.get(name) ?? { place, name: names[k]! };
      byMeaning.set(name, known);
      expect(known).toEqual({ place, name: names[k] });
    });
    expect(byMeaning.size).toBeGreaterThan(250);
    expect(new Set([...byMeaning.values()].map(({ place }) => place)).size).toBeGreaterThan(byMeaning.size * 0.99);
    // Only a word and the run of its letters share a name.
    const shown = [...byMeaning].filter(([meaning]) => !meaning.startsWith("word")).map(([, { name }]) => name);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it("are collected each place once, in the order of the list", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(collected(text)).toEqual([...new Set(listed(text).places)]);
      }),
      { numRuns: 300 },
    );
  });

  it("are collected alike when the count of messages runs over", () => {
    const own = createFeatureScratch(BITS, MASK);
    const first = collected("қуу керек", own);
    own.message = 0xffffffff;
    expect(collected("қуу керек", own)).toEqual(first);
    expect(collected("қуу керек", own)).toEqual(first);
  });

  it("are the same for spellings that fold alike", () => {
    expect(listed("Мен Жоқ, бар!").places).toEqual(listed("мен жок бар").places);
  });

  it("stay below two to the power of bits", () => {
    for (const own of SCRATCHES) {
      const places = collected("бұл сөйлемде бірнеше сөз бар and some more words", own);
      expect(places.length).toBeGreaterThan(50);
      expect(places.every((place) => place >= 0 && place < 2 ** own.bits)).toBe(true);
    }
  });

  it("leave links and mentions out, also between the words of a pair", () => {
    expect(listed("ой @who http://a.kz ай")).toEqual(listed("ой ай"));
    expect(tellingNames("қуу @who мен")).toContain("[act] > мен");
    expect(tellingNames("қуу @who http://a.kz мен")).not.toContain("[act] > мен");
    expect(namesOf("қуу @қуу http://quindles.kz").filter((name) => /who|http|quin|group/.test(name))).toEqual([]);
    expect(listed("@who http://a.kz")).toEqual({ places: [], names: [] });
  });

  it("come from the tokens given, the first of which has no neighbour before it", () => {
    expect(listed("қуу ай ей", 1, 3)).toEqual(listed("ай ей"));
    expect(listed("ай қуу керек ей", 0, 2)).toEqual(listed("ай қуу"));
    expect(listed("ой ай ей", 1, 1)).toEqual({ places: [], names: [] });
  });

  it("take only the beginning of a very long word", () => {
    const long = "абвгдежзийклмнопрстуфхцчшщ".repeat(40);
    expect(listed(long).places.length).toBeLessThan(100);
    expect(listed(`${long}а`).places.slice(1)).toEqual(listed(long).places.slice(1));
    expect(listed(`а${long}`).places.slice(1)).not.toEqual(listed(long).places.slice(1));
  });

  it.each([
    ["ordinary words", "сөйлем "],
    ["words of a class", "қуу керек "],
    ["names of groups", "зорблар quindles "],
    ["one letter", "а "],
    ["very long words", `${"абвгдежзийклмнопрстуфхцчшщ".repeat(2)} `],
  ])("of an endless message of %s stop near the limit, names with them", (_, unit) => {
    const { places, names } = listed(unit.repeat(Math.min(20_000, 2 ** 19 / unit.length)));
    expect(places.length).toBeLessThanOrEqual(FEATURE_LIMIT);
    expect(places.length).toBeGreaterThan(FEATURE_LIMIT - 400);
    expect(names).toHaveLength(places.length);
    // What is true of the message is said at the end, however long it is.
    expect(names.at(-1)).toBe("(64 words and more)");
  });
});

/** A name shows words by their folded letters. */
function folded(name: string): string {
  const { bytes, tokens } = batchOf(name);
  return describeTokens(bytes, tokens)
    .map((token) => token.folded)
    .join(" ");
}

describe("the name of a group", () => {
  const around = (name: string) => `ой ${name} қуу керек мен`;

  it("gives the same features as any other's, in any script and case", () => {
    const wanted = listed(around("зорблар"));
    for (const name of ["quindles", "Quindles", "флепайлар", "Зорблар"]) expect(listed(around(name)), name).toEqual(wanted);
    expect(listed(around("қуаныштар"))).not.toEqual(wanted);
  });

  it("leaves none of its letters, and is one word in pairs and beside words of a class", () => {
    const names = namesOf(around("quindles"));
    expect(names.filter((name) => /[a-z]/.test(name.replace(/<group>|\[[^\]]*\]|\(.*\)/g, "")))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(["<group>", "ой <group>", `<group> ${folded("қуу")}`, "[group] [act]", "<group> < [act]", "<group> < [need]"]),
    );
    expect(namesOf("quindles")).toEqual(["<group>", "[group]", "(1 word)"]);
  });

  it("keeps its letters where it is a slur", () => {
    const names = namesOf(around("драззы"));
    expect(names).toEqual(expect.arrayContaining([folded("драззы"), `ой ${folded("драззы")}`, "^др", "дра"]));
    expect(names).not.toContain("<group>");
    expect(listed(around("драззы")).places).not.toEqual(listed(around("зорблар")).places);
  });

  it("is masked by the mask given", () => {
    const all = createFeatureScratch(BITS, { any: 2, none: 0, shown: 3 });
    expect(collected("драззы", all)).toHaveLength(4);
    expect(collected("зорблар", all).length).toBeGreaterThan(20);
  });
});

describe("the shape", () => {
  const shapes = (text: string): string[] => namesOf(text).filter((name) => name.startsWith("("));

  it.each([
    [1, "(1 word)"],
    [3, "(2 to 3 words)"],
    [4, "(4 to 7 words)"],
    [31, "(16 to 31 words)"],
    [63, "(32 to 63 words)"],
    [64, "(64 words and more)"],
    [300, "(64 words and more)"],
  ])("of %i words is %s", (count, shape) => {
    expect(shapes("ой ".repeat(count))).toEqual([shape]);
  });

  it("says when more than half of the words are in capitals", () => {
    expect(shapes("ОЙ АЙ ей")).toEqual(["(2 to 3 words)", "(in capitals)"]);
    expect(shapes("ОЙ ай")).toEqual(["(2 to 3 words)"]);
    expect(shapes("Ой Ай Ей")).toEqual(["(2 to 3 words)"]);
  });

  it("says how words are disguised", () => {
    expect(shapes("жо\u200bк")).toContain("(invisible)");
    expect(shapes("кооооп")).toContain("(repeated)");
    expect(shapes("жoк")).toContain("(mixedScript)");
    expect(shapes("ой 🔥")).toContain("(emoji)");
    expect(shapes("ой ай")).toEqual(["(2 to 3 words)"]);
  });
});
