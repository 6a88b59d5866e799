/** Ordinary words that hold a listed form somewhere inside: surnames, foods, places, inflections. None is matched by it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type CompiledLexicon, classBit, compileLexicon } from "../../src/lexicon/compile.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { createHits, matchLexicon } from "../../src/lexicon/match.ts";
import { batchOf } from "../text/tokens.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/innocent-words", import.meta.url));
const lexicon: CompiledLexicon = compileLexicon(loadLexicons());
const hits = createHits(64);
/** Classes that can bring a label; an innocent word may well be a food, a place or a negation. */
const ATTACKS = classBit("slur") | classBit("ambiguous-slur") | classBit("target") | classBit("predicate") | classBit("act");

function attacksIn(word: string): string[] {
  const { tokens } = batchOf(word);
  matchLexicon(lexicon, tokens, 0, tokens.count, hits);
  return Array.from({ length: hits.count }, (_, k) => hits.entry[k]!)
    .filter((entry) => (lexicon.classBits[entry]! & ATTACKS) !== 0)
    .map((entry) => lexicon.entries[entry]!.id);
}

describe.each(["kk", "ru", "en"])("innocent words of %s", (language) => {
  const rows = readFileSync(`${FOLDER}/${language}.txt`, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t") as [word: string, held: string, kind: string]);

  it("are two hundred, each with the form it holds", () => {
    expect(rows.length).toBeGreaterThanOrEqual(200);
    const fold = (text: string): string => text.toLowerCase().replaceAll("ё", "е");
    expect(rows.filter(([word, held]) => !fold(word).includes(fold(held))).map(([word]) => word)).toEqual([]);
  });

  it("are matched by none of the lexicons' names, slurs, predicates and acts", () => {
    const matched = rows.map(([word]) => [word, attacksIn(word)] as const).filter(([, entries]) => entries.length > 0);
    expect(matched).toEqual([]);
  });
});
