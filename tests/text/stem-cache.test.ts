import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES, type Language } from "../../src/core/label.ts";
import type { TokenBatch } from "../../src/core/token.ts";
import { writeKazakhStem } from "../../src/text/kazakh-stem.ts";
import { letterOf, lettersToString } from "../../src/text/letters.ts";
import { porterStem } from "../../src/text/stem.ts";
import { createStemCache, type StemCache, stemKey, stemText } from "../../src/text/stem-cache.ts";
import { batchOf } from "./tokens.ts";

const place = (language: Language) => LANGUAGES.indexOf(language);

function stemsOf(text: string, language: Language, cache: StemCache = createStemCache(10)): string[] {
  const { tokens } = batchOf(text);
  return Array.from({ length: tokens.count }, (_, token) => stemText(cache, tokens, token, place(language)));
}

function keysOf(text: string, language: Language, cache: StemCache = createStemCache(10)): number[] {
  const { tokens } = batchOf(text);
  return Array.from({ length: tokens.count }, (_, token) => stemKey(cache, tokens, token, place(language)));
}

/** The stem with no cache, the slow way. */
function naiveStem(tokens: TokenBatch, token: number, language: number): string {
  const [start, end] = [tokens.letter[token]!, tokens.letter[token + 1]!];
  const word = lettersToString(tokens.letters, start, end);
  const flags = tokens.flags[token]!;
  if ((flags & 32) !== 0 || (flags & 3) === 0 || word.length < 4 || word.length > 31) return word;
  if ((flags & 1) === 0 || (language !== place("kk") && (flags & 4) === 0)) return porterStem(word, tokens.letters[start]!);
  const out = new Uint8Array(64);
  return lettersToString(out, 0, writeKazakhStem(tokens.letters, start, end, out));
}

describe("stems of tokens", () => {
  it("are Porter's for Russian and English, and ours for Kazakh", () => {
    expect(stemsOf("соседями", "ru")).toEqual([porterStem("соседями", letterOf("с"))]);
    expect(stemsOf("walking", "en")).toEqual(["walk"]);
    expect(stemsOf("балалардың", "kk")).toEqual(["бала"]);
  });

  it("are ours in any message for words with a Kazakh letter, else by the message's language", () => {
    expect(stemsOf("қазақтар", "ru")).toEqual(["казак"]);
    expect(stemsOf("балаларды", "kk")).toEqual(["бала"]);
    expect(stemsOf("балаларды", "mixed")).toEqual([porterStem("балаларды", letterOf("б"))]);
  });

  it("are the words themselves where these are short, very long, or no words", () => {
    const text = `мен the ${"сөз".repeat(12)} 汉字汉字 🔥 @someone https://a.kz/x 2020`;
    const { tokens } = batchOf(text);
    const cache = createStemCache(10);
    for (let token = 0; token < tokens.count; token++) expect(stemKey(cache, tokens, token, place("kk"))).toBe(tokens.key[token]);
    expect(cache).toMatchObject({ hits: 0, misses: 0 });
  });

  it("have the key of a token that is written like the stem", () => {
    expect(keysOf("балалардың", "kk")).toEqual([batchOf("бала").tokens.key[0]]);
    expect(keysOf("кітабымыздан аузы", "kk")).toEqual(["кітап", "ауыз"].map((word) => batchOf(word).tokens.key[0]));
    expect(keysOf("walked walking", "en")).toEqual(["walk", "walk"].map((word) => batchOf(word).tokens.key[0]));
  });

  it("differ by the language of the message for one word in one cache", () => {
    const cache = createStemCache(2);
    const both = () => [...stemsOf("барада", "kk", cache), ...stemsOf("барада", "ru", cache)];
    expect(both()).toEqual(both());
    expect(new Set(both()).size).toBe(2);
  });
});

describe("the cache", () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom("балалар", "қазақтар", "соседями", "walking", "walked", "барада", "жазушылар", "happiness"),
      fc.string({ unit: fc.constantFrom(...Array.from("абгдлнртусыaeginstдd9")), minLength: 1, maxLength: 34 }),
    ),
    { maxLength: 60 },
  );

  it("gives what the stemmers give, however few lines it has and whatever was asked before", () => {
    const small = createStemCache(2);
    fc.assert(
      fc.property(words, fc.constantFrom<Language>("kk", "ru", "en", "mixed"), (some, language) => {
        const { tokens } = batchOf(some.join(" "));
        const expected = Array.from({ length: tokens.count }, (_, token) => naiveStem(tokens, token, place(language)));
        expect(stemsOf(some.join(" "), language, small)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
    expect(small.hits).toBeGreaterThan(0);
    expect(small.misses).toBeGreaterThan(small.hits);
  });

  it("never takes a word for another with the same key", () => {
    const { tokens } = batchOf("walking talking");
    tokens.key[1] = tokens.key[0]!;
    const cache = createStemCache(4);
    expect([0, 1, 0, 1].map((token) => stemText(cache, tokens, token, place("en")))).toEqual(["walk", "talk", "walk", "talk"]);
    expect(cache).toMatchObject({ hits: 2, misses: 2 });
  });

  it("counts what it had and what it had not", () => {
    const cache = createStemCache(10);
    stemsOf("walking walking walked the walking", "en", cache);
    expect(cache).toMatchObject({ hits: 2, misses: 2 });
  });

  it("keeps a word that comes often when many come once", () => {
    const cache = createStemCache(4);
    for (let k = 0; k < 200; k++) stemsOf(`walking walking walking word${k}s`, "en", cache);
    expect(cache.misses).toBeLessThan(260);
  });

  it("takes any bytes", () => {
    const cache = createStemCache(6);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(LANGUAGES.length - 1), (bytes, language) => {
        const { tokens } = batchOf(bytes);
        for (let token = 0; token < tokens.count; token++) stemKey(cache, tokens, token, language);
      }),
      { numRuns: 2000 },
    );
  });
});
