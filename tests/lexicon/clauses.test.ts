import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClauses, readClauses } from "../../src/lexicon/clauses.ts";
import { classBit } from "../../src/lexicon/compile.ts";
import type { ClassName } from "../../src/lexicon/entry.ts";
import { batchOf, describeTokens } from "../text/tokens.ts";

function clausesOf(text: string, from = 0) {
  const { bytes, tokens } = batchOf(text);
  const clauses = createClauses(4);
  readClauses(bytes, from === 0 ? 0 : tokens.start[from]!, bytes.length, tokens, from, tokens.count, clauses);
  const words = describeTokens(bytes, tokens)
    .slice(from)
    .map((token) => token.text);
  const having = (name: ClassName) => words.filter((_, k) => (clauses.classes[k]! & classBit(name)) !== 0);
  return {
    words,
    sentences: Array.from(clauses.sentence.subarray(0, words.length)),
    quoted: having("quoted"),
    asked: having("question"),
    openings: having("opening"),
  };
}

describe("sentences", () => {
  it.each<[about: string, text: string, sentences: readonly number[]]>([
    ["one without an end", "a b c", [1, 1, 1]],
    ["full stops", "a b. c", [1, 1, 2]],
    ["exclamation marks", "a! b!! c", [1, 2, 3]],
    ["question marks", "a? b", [1, 2]],
    ["semicolons", "a; b", [1, 2]],
    ["line breaks", "a\nb\r\nc", [1, 2, 3]],
    ["an ellipsis of one sign", "a… b", [1, 2]],
    ["an ellipsis of three", "a... b", [1, 2]],
    ["commas, colons and dashes end none", "a, b: c — d - e", [1, 1, 1, 1, 1]],
    ["emoji end none", "a 🔥 b", [1, 1, 1]],
    ["signs before the first word begin none", "... !? a b", [1, 1]],
    ["stops within a link end none", "a http://b.c/d?e b", [1, 1, 1]],
  ])("%s", (_, text, sentences) => {
    expect(clausesOf(text).sentences).toEqual(sentences);
  });

  it("open with their first words", () => {
    expect(clausesOf("a b. c d\ne! f").openings).toEqual(["a", "c", "e", "f"]);
    expect(clausesOf("— «a» b").openings).toEqual(["a"]);
  });
});

describe("questions", () => {
  it.each<[about: string, text: string, asked: readonly string[]]>([
    ["a whole sentence", "a b c?", ["a", "b", "c"]],
    ["only the sentence that ends so", "a b. c d? e f", ["c", "d"]],
    ["with an exclamation mark before or after", "a b?! c!? d", ["a", "b", "c"]],
    ["at the end of a quotation", "a «b c?» d", ["a", "b", "c"]],
    ["none without the mark", "a b. c!", []],
    ["a mark before the first word", "? a", []],
    ["a mark on a line of its own", "a b\n? c", ["a", "b"]],
  ])("%s", (_, text, asked) => {
    expect(clausesOf(text).asked).toEqual(asked);
  });
});

describe("quotations", () => {
  it.each<[about: string, text: string, quoted: readonly string[]]>([
    ["guillemets", "a «b c» d", ["b", "c"]],
    ["straight quotes", 'a "b c" d', ["b", "c"]],
    ["English quotes", "a “b c” d", ["b", "c"]],
    ["German quotes", "a „b c“ d", ["b", "c"]],
    ["low and high quotes", "a „b c” d", ["b", "c"]],
    ["turned quotes", "a ‟b c” d", ["b", "c"]],
    ["single guillemets", "a ‹b c› d", ["b", "c"]],
    ["two of them", '«a» b "c"', ["a", "c"]],
    ["over a line break", "a «b\nc» d", ["b", "c"]],
    ["one never closed quotes nothing", "a «b c", []],
    ["one never opened quotes nothing", "a b» c", []],
    ["one closed and one never closed", '«a» b "c d', ["a"]],
    ["an empty one", "a «» b", []],
    ["signs at the inner edges", "a «...b!» c", ["b"]],
    ["the whole message", "«a b»", ["a", "b"]],
    ["a quotation within a quotation", "a «b „c“ d» e", ["b", "c", "d"]],
    ["guillemets within guillemets", "a «b «c» d» e", ["b", "c", "d"]],
    ["a link before the closing quote", 'a «b http://c.kz» d "e"', ["b", "http://c.kz", "e"]],
    ["apostrophes are no quotes", "a don't b won't c", []],
  ])("%s", (_, text, quoted) => {
    expect(clausesOf(text).quoted.map((word) => word.replace("»", ""))).toEqual(quoted);
  });

  it.each<[about: string, text: string, quoted: readonly string[]]>([
    ["a reply line", "> a b\nc d", ["a", "b"]],
    ["a reply line at the end", "a\n> b c", ["b", "c"]],
    ["several", "> a\n> b\nc\n>d", ["a", "b", "d"]],
    ["with spaces before the mark", "a\n  > b", ["b"]],
    ["nested marks", ">> a\nb", ["a"]],
    ["a mark within a line is none", "a > b\nc -> d", []],
    ["an empty reply line", ">\na b", []],
  ])("%s", (_, text, quoted) => {
    expect(clausesOf(text).quoted).toEqual(quoted);
  });
});

describe("readClauses", () => {
  it("reads the message it is given, wherever its tokens lie in the batch", () => {
    const { words, sentences, openings } = clausesOf("z. z «a b. c", 2);
    expect([words, sentences, openings]).toEqual([
      ["a", "b", "c"],
      [1, 1, 2],
      ["a", "c"],
    ]);
  });

  it("forgets the message before and grows with the next", () => {
    const clauses = createClauses(1);
    for (const text of ["> a? b", "c d e f g h"]) {
      const { bytes, tokens } = batchOf(text);
      readClauses(bytes, 0, bytes.length, tokens, 0, tokens.count, clauses);
    }
    expect(Array.from(clauses.classes.subarray(0, 6))).toEqual([classBit("opening"), 0, 0, 0, 0, 0]);
    expect(Array.from(clauses.sentence.subarray(0, 6))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("takes any text, numbers its sentences from one without a gap, and opens each once", () => {
    const pieces = fc.array(
      fc.constantFrom("a", "б ", " ", ". ", "?", "!", "«", "»", '"', "“", "„", "\n", ">", "…", "🔥", "http://a ", "…»"),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const { words, sentences, openings } = clausesOf(parts.join(""));
        sentences.forEach((number, k) => {
          expect(number - (sentences[k - 1] ?? 0)).toBeGreaterThanOrEqual(k === 0 ? 1 : 0);
          expect(number - (sentences[k - 1] ?? 0)).toBeLessThanOrEqual(1);
        });
        expect(openings).toHaveLength(words.length === 0 ? 0 : sentences.at(-1)!);
      }),
      { numRuns: 2000 },
    );
  });
});
