/** Words read through their disguise, with a lexicon of invented words; messages around them stay what they are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLAG } from "../../src/core/token.ts";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { Rereader } from "../../src/lexicon/reread.ts";
import { lettersToString } from "../../src/text/letters.ts";
import { batchOf, flagNames } from "../text/tokens.ts";
import { entry, lexicon } from "./invented.ts";

const SOURCE = lexicon(
  [
    entry("people", { class: "target", group: "shieldian", forms: ["қалқандар", "калканы", "карета", "shieldians"] }),
    entry("sing", { class: "act", forms: ["әндетіңдер", "напевайте", "singing", "kissing"] }),
    entry("wake", { class: "act", forms: ["wake up now", "встаньте все разом"] }),
  ],
  {},
);
const fine = compileLexicon(SOURCE);
const coarse = compileLexicon(SOURCE, true);

/** Words of the second reading that differ from what stands there, with their disguises; null where there is none. */
function reread(text: string, latinIsForeign = false, namesGroup = true): Record<string, string[]> | null {
  const { bytes, tokens } = batchOf(text);
  const found = new Rereader(fine, () => coarse).reread(bytes, 0, bytes.length, tokens, latinIsForeign, namesGroup);
  if (found === null) return null;
  const batch = found.tokens;
  const words: Record<string, string[]> = {};
  for (let token = 0; token < batch.count; token++) {
    const read = lettersToString(batch.letters, batch.letter[token]!, batch.letter[token + 1]!);
    const seen = flagNames(batch.flags[token]! & ~(FLAG.lower | FLAG.upper | FLAG.cyrillic | FLAG.latin | FLAG.kazakh | FLAG.russian));
    if (seen.some((flag) => flag !== "digit" && flag !== "figured")) words[read] = seen.sort();
  }
  return words;
}

const DISGUISED: readonly (readonly [about: string, text: string, read: string, flag: string])[] = [
  ["digits for letters, Cyrillic", "нaп3вайт3 c нами", "напевайте", "leet"],
  ["a digit and a sign for letters", "н@пев4йте с нами", "напевайте", "leet"],
  ["digits for letters, Latin", "5ing1ng again", "singing", "leet"],
  ["apart by dots", "н.а.п.е.в.а.й.т.е с нами", "напевайте", "apart"],
  ["apart by dashes", "s-i-n-g-i-n-g again", "singing", "apart"],
  ["apart by underscores", "s_i_n_g_i_n_g again", "singing", "apart"],
  ["apart by spaces", "н а п е в а й т е   с нами", "напевайте", "apart"],
  ["cut once", "напе.вайте с нами", "напевайте", "apart"],
  ["an asterisk for a letter", "напев*йте с нами", "напевайте", "wildcard"],
  ["cut by a line end", "напе-\nвайте с нами", "напевайте", "split"],
  ["stretched letters that are two", "kissssing again", "kissing", "repeated"],
  ["a word all of look-alikes", "привет kapeta", "карета", "mixedScript"],
  ["regional indicators", "🇸🇮🇳🇬🇮🇳🇬 again", "singing", "styled"],
  ["mathematical letters with a dot", "𝐬𝐢𝐧.𝐠𝐢𝐧𝐠 again", "singing", "styled"],
];

describe("reading again", () => {
  it.each(DISGUISED)("sees through %s", (_, text, read, flag) => {
    expect(reread(text)?.[read]).toContain(flag);
  });

  it.each([
    ["chat letters", "qalqandar keldi", "калкандар"],
    ["the alphabet of 2017", "a'ndetin'der", "андетиндер"],
    ["sh and y", "vstante vse, kalkany", "калкани"],
  ])("reads Latin letters as Cyrillic where they may be: %s", (_, text, read) => {
    expect(reread(text, true)?.[read]).toContain("transliterated");
    expect(reread(text, false)?.[read]).toBeUndefined();
  });

  it("reads Kazakh in Arabic letters", () => {
    expect(reread("قالقاندار كەلدى")?.["калкандар"]).toContain("arabic");
  });

  it("knows the words of phrases", () => {
    expect(reread("w4ke up n0w")).toMatchObject({ wake: ["leet"], now: ["leet"] });
  });

  it("joins letters apart up to where the gaps widen", () => {
    expect(Object.keys(reread("s i n g i n g   s h i e l d i a n s") ?? {})).toEqual(["singing", "shieldians"]);
  });

  it.each([
    "кто-то пришёл в 10:30, т.е. вовремя",
    "купил 2кг и iPhone 15 за 500тг",
    "a.b.c. and e-mail, 4ever gr8",
    "wi-fi, b2b и К. Ж. Темирова",
    "ааааа круто!!!",
  ])("leaves ordinary talk alone: %s", (text) => {
    expect(reread(text, true)).toBeNull();
  });

  it("looks for a disguised name first where no group is named", () => {
    expect(reread("5ing1ng again", false, false)).toBeNull();
    expect(reread("5ing1ng, shi3ldians", false, false)).toMatchObject({ singing: ["leet"], shieldians: ["leet"] });
  });

  it("spans the bytes as they are written", () => {
    const text = "ну н.а.п.е.в.а.й.т.е же";
    const { bytes, tokens } = batchOf(text);
    const batch = new Rereader(fine, () => coarse).reread(bytes, 0, bytes.length, tokens, false, true)!.tokens;
    const slices = Array.from({ length: batch.count }, (_, k) => Buffer.from(bytes.subarray(batch.start[k], batch.end[k])).toString());
    expect(slices).toEqual(["ну", "н.а.п.е.в.а.й.т.е", "же"]);
  });

  it("says the same whatever it read before", () => {
    const pieces = fc.constantFrom(
      "s",
      "1",
      "н",
      "а",
      "*",
      ".",
      " ",
      "  ",
      "-\n",
      "singing",
      "н4певайте",
      "shieldians",
      "qalqandar",
      "🇸",
      "ε",
      "@",
      "ааа",
    );
    const messages = fc.array(
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join("")),
      { maxLength: 6 },
    );
    const worn = new Rereader(fine, () => coarse);
    const read = (rereader: Rereader, text: string): unknown => {
      const { bytes, tokens } = batchOf(text);
      const found = rereader.reread(bytes, 0, bytes.length, tokens, true, true);
      return found && { ...found, tokens: { ...found.tokens } };
    };
    fc.assert(
      fc.property(messages, (texts) => {
        for (const text of texts) expect(read(worn, text)).toEqual(read(new Rereader(fine, () => coarse), text));
      }),
      { numRuns: 100, seed: 20200207 },
    );
  });

  it("takes any bytes and gives spans in order", () => {
    const rereader = new Rereader(fine, () => coarse);
    const odd = fc.array(fc.constantFrom("a", "1", "а", "*", ".", " ", "\n", "$", "@", "é", "ع", "🇰", "𝐤", "\u200b", "\u0336", "ё", "_"), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          odd.map((parts) => new TextEncoder().encode(parts.join(""))),
          fc.uint8Array({ maxLength: 80 }),
        ),
        (bytes) => {
          const { tokens } = batchOf(bytes);
          const batch = rereader.reread(bytes, 0, bytes.length, tokens, true, true)?.tokens;
          let before = 0;
          for (let token = 0; token < (batch?.count ?? 0); token++) {
            expect(batch!.start[token]).toBeGreaterThanOrEqual(before);
            expect(batch!.end[token]).toBeGreaterThan(batch!.start[token]!);
            before = batch!.end[token]!;
          }
          expect(before).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 100_000, seed: 20200207 },
    );
  });
});
