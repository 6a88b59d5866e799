import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellFlags,
  cellLetter,
  cellOf,
  characterOf,
  EMOJI_CELL,
  IGNORED_CELL,
  isCyrillicLetter,
  isDigitLetter,
  isLatinLetter,
  letterOf,
  lettersToString,
  OTHER_BASE,
  SEPARATOR_CELL,
} from "../../src/text/letters.ts";
import { porterStem } from "../../src/text/stem.ts";

const ALL = "0123456789abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя";

describe("letters", () => {
  it("numbers each letter apart and gives its character back", () => {
    const letters = Uint8Array.from(ALL, letterOf);
    expect(new Set(letters).size).toBe(ALL.length);
    expect(lettersToString(letters, 0, letters.length)).toBe(ALL);
    expect(lettersToString(letters, 2, 5)).toBe(ALL.slice(2, 5));
  });

  it("sorts each letter into one script", () => {
    for (const character of ALL) {
      const letter = letterOf(character);
      expect([isDigitLetter(letter), isLatinLetter(letter), isCyrillicLetter(letter)]).toEqual([
        /[0-9]/.test(character),
        /[a-z]/.test(character),
        /[а-я]/.test(character),
      ]);
    }
  });

  it.each([" ", ".", "A", "ё", "қ", "é", ""])("has no letter for %j: tables are built from folded text", (character) => {
    expect(letterOf(character)).toBe(0);
  });

  it("shows letters of other scripts as dots", () => {
    expect(characterOf(OTHER_BASE)).toBe("·");
    expect(characterOf(255)).toBe("·");
  });

  it("has one cell for every code point, the same each time it is asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x1fffff }), (point) => {
        const cell = cellOf(point);
        expect(cellOf(point)).toBe(cell);
        if (cell < EMOJI_CELL) expect(cell === SEPARATOR_CELL || cellLetter(cell) > 0).toBe(true);
        if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) expect(cell).toBe(SEPARATOR_CELL);
      }),
      { numRuns: 5000 },
    );
  });

  it("gives the letters of both cases one letter and different flags", () => {
    for (const character of "abzабяәғқңөұүһі") {
      const [lower, upper] = [cellOf(character.codePointAt(0)!), cellOf(character.toUpperCase().codePointAt(0)!)];
      expect(cellLetter(upper)).toBe(cellLetter(lower));
      expect(cellFlags(upper)).not.toBe(cellFlags(lower));
    }
  });

  it.each([
    ["zero-width space", 0x200b],
    ["variation selector", 0xfe0f],
    ["skin colour", 0x1f3fd],
    ["combining acute", 0x301],
    ["tag letter", 0xe0061],
    ["selector of the last plane", 0xe0101],
  ])("skips the %s inside words", (_, point) => {
    expect(cellOf(point) & IGNORED_CELL).not.toBe(0);
  });
});

describe("porterStem", () => {
  it.each([
    ["walking", "walk"],
    ["walked", "walk"],
    ["ponies", "poni"],
    ["прогулками", "прогулк"],
    ["домами", "дом"],
    ["2020", "2020"],
  ])("stems %s to %s", (word, stem) => {
    expect(porterStem(word, letterOf(word[0]!))).toBe(stem);
  });
});
