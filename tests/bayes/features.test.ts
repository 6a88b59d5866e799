import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectFeatures, FEATURE_LIMIT, nameFeatures } from "../../src/bayes/features.ts";
import { batchOf } from "../text/tokens.ts";

const BITS = 20;
const scratch = new Int32Array(FEATURE_LIMIT);

function featuresOf(text: string, from = 0, to?: number): { numbers: number[]; names: string[] } {
  const { tokens } = batchOf(text);
  const end = to ?? tokens.count;
  const count = collectFeatures(tokens, from, end, BITS, scratch);
  return {
    numbers: Array.from(scratch.subarray(0, count)),
    names: nameFeatures(tokens, from, end),
  };
}

const texts = fc
  .array(
    fc.constantFrom(
      "қуу",
      "керек",
      "ой",
      "а",
      "she",
      "walks",
      "2020",
      "🔥",
      "@who",
      "http://a.kz",
      "жо\u200bқ",
      "сөзсөзсөзсөзсөзсөзсөзсөзсөзсөз",
      "汉字汉字",
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(" "));

describe("features", () => {
  it("are words, pairs of neighbours, and runs of three to five letters with the edges of the word", () => {
    expect(featuresOf("Ой, мен").names).toEqual(["ой", "мен", "ой мен", "^ме", "^мен", "^мен$", "мен", "мен$", "ен$"]);
  });

  it("have names in the same order and number", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { numbers, names } = featuresOf(text);
        expect(names).toHaveLength(numbers.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("of the same name have the same number, and of different names nearly always different ones", () => {
    const byName = new Map<string, number>();
    const text = "қуу керек she walks in beauty like the night мен бүгін келемін ұлт 2020 жылы she walks қуу керек";
    const { numbers, names } = featuresOf(text);
    names.forEach((name, k) => {
      // A word and the run of its letters without edges share a name, never a meaning: told apart by their length in place.
      const key =
        name.includes(" ") || /[\^$]/.test(name)
          ? name
          : `${name}/${k === 0 || names[k - 1]!.includes("$") || names[k - 1] === "2020" ? "word" : "run"}`;
      const known = byName.get(key);
      if (known === undefined) byName.set(key, numbers[k]!);
      else if (/[\^$ ]/.test(name)) expect(numbers[k], name).toBe(known);
    });
    const framed = [...byName].filter(([name]) => /[\^$ ]/.test(name));
    expect(new Set(framed.map(([, number]) => number)).size).toBeGreaterThan(framed.length * 0.99);
  });

  it("are the same for spellings that fold alike", () => {
    expect(featuresOf("ҚУУ Керек!").numbers).toEqual(featuresOf("куу керек").numbers);
  });

  it("stay below two to the power of bits", () => {
    const { tokens } = batchOf("бұл сөйлемде бірнеше сөз бар and some more words");
    for (const bits of [8, 12, 18, 24]) {
      const count = collectFeatures(tokens, 0, tokens.count, bits, scratch);
      expect(count).toBeGreaterThan(50);
      for (const feature of scratch.subarray(0, count)) {
        expect(feature).toBeGreaterThanOrEqual(0);
        expect(feature).toBeLessThan(2 ** bits);
      }
    }
  });

  it("leave links and mentions out, also between the words of a pair", () => {
    expect(featuresOf("ой @who http://a.kz ай").names).toEqual(["ой", "ай", "ой ай"]);
    expect(featuresOf("@who http://a.kz").numbers).toEqual([]);
  });

  it("come from the tokens given, the first of which has no neighbour before it", () => {
    expect(featuresOf("ой ай ей", 1, 3)).toEqual(featuresOf("ай ей"));
    expect(featuresOf("ой ай ей", 1, 1).numbers).toEqual([]);
  });

  it("take only the beginning of a very long word", () => {
    const long = "абвгдежзийклмнопрстуфхцчшщ".repeat(40);
    expect(featuresOf(long).numbers.length).toBeLessThan(80);
    expect(featuresOf(`${long}а`).numbers.slice(1)).toEqual(featuresOf(long).numbers.slice(1));
  });

  it("of an endless message stop at the limit, names with them", () => {
    const { numbers, names } = featuresOf("сөйлем ".repeat(5000));
    expect(numbers.length).toBeLessThanOrEqual(FEATURE_LIMIT);
    expect(numbers.length).toBeGreaterThan(FEATURE_LIMIT - 200);
    expect(names).toHaveLength(numbers.length);
  });
});
