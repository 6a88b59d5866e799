/** The identity sentences: each can be filled with thirty names, and none is one that training rows are made of. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { WRITTEN_LANGUAGES } from "../../src/synthetic/forms.ts";
import { FRIENDLY, HARMLESS } from "../../src/synthetic/sentences.ts";
import { fillTemplate, namesFor, slotsOf } from "../../src/synthetic/templates.ts";

interface Sentence {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
}

describe.each(WRITTEN_LANGUAGES)("Identity sentences, %s", (language) => {
  const sentences = readFileSync(`fixtures/identity/${language}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Sentence);

  test("are forty and more, of the four kinds, each with an id of its own and one group", () => {
    expect(sentences.length).toBeGreaterThanOrEqual(40);
    expect(new Set(sentences.map(({ id }) => id)).size).toBe(sentences.length);
    expect([...new Set(sentences.map(({ kind }) => kind))].sort()).toEqual(["friendly", "negated", "neutral", "rude"]);
    expect(sentences.filter(({ text }) => slotsOf(text).length !== 1)).toEqual([]);
  });

  test("are filled with twenty-five names at least, thirty where the name stands for people", () => {
    for (const { text } of sentences) {
      const names = namesFor(text, 1, language);
      expect(names.length).toBeGreaterThanOrEqual(text.includes("attr") ? 25 : 30);
      for (const name of names) expect(fillTemplate(text, [name], language)).not.toMatch(/[{}]/);
    }
  });

  test("are none of the sentences that training rows are made of", () => {
    const bare = (text: string): string =>
      text
        .replace(/\{[^}]*\}/g, "")
        .replace(/\P{L}+/gu, " ")
        .trim()
        .toLowerCase();
    const trained = new Set([...HARMLESS[language], ...FRIENDLY[language]].map(bare));
    expect(sentences.filter(({ text }) => trained.has(bare(text)))).toEqual([]);
  });
});
