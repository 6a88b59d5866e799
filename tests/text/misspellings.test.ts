import { describe, expect, it } from "vitest";
import { letterOf, lettersToString } from "../../src/text/letters.ts";
import { mendWord } from "../../src/text/misspellings.ts";

const fold = (word: string) => Uint8Array.from(word, letterOf);

function mend(word: string, ...known: string[]): string | null {
  const openings = known.map((one) => one.slice(0, 3));
  const found = mendWord(
    fold(word),
    (letters) => openings.includes(lettersToString(letters, 0, 3)),
    (letters, length) => known.includes(lettersToString(letters, 0, length)),
  );
  return found && lettersToString(found, 0, found.length);
}

describe("a word one slip away", () => {
  it.each([
    ["a letter written twice", "доммой", "домой"],
    ["two letters exchanged", "дмоой", "домой"],
    ["a vowel left out", "дмой", "домой"],
    ["a vowel left out at the end", "мам", "мама"],
    ["a sound for a sound", "дамой", "домой"],
    ["the key beside", "дрмой", "домой"],
    ["a letter too many", "домпой", "домой"],
    ["a vowel left out of a Latin word", "hose", "house"],
    ["a key beside on a Latin keyboard", "houae", "house"],
  ])("is found: %s", (_, written, meant) => expect(mend(written, meant)).toBe(meant));

  it.each([
    ["the first letter is another", "томой", "домой"],
    ["it is two slips away", "даммой", "домой"],
    ["it is far longer than words are", "д".repeat(40), "д".repeat(39)],
  ])("is not found where %s", (_, written, meant) => expect(mend(written, meant)).toBeNull());

  it("is the commonest slip where there are several", () => {
    expect(mend("доммой", "домой", "доммо")).toBe("домой");
  });
});
