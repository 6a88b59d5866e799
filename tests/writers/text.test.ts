import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KIND, TIME } from "../../src/core/message.ts";
import { painter, showOnOneLine, showSafely } from "../../src/writers/terminal.ts";
import { TEXT } from "../../src/writers/text.ts";
import { hostileText, markedText, write } from "./judged.ts";

/** Everything that moves a cursor, rings, hides or turns text round; a line feed is the writer's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come
const ACTS_ON_A_TERMINAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
/** The colours of the writer itself. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for
const COLOURS = /\u001b\[(?:1|2|7|22|27|31|32|33|39)m/g;

describe("the text writer", () => {
  it("lets no control, escape or direction character of a message reach the terminal", () => {
    fc.assert(
      fc.property(markedText, hostileText, hostileText, fc.boolean(), ({ text, start, end }, name, reason, color) => {
        const shown = write(
          TEXT,
          [
            {
              text,
              id: name,
              author: name,
              conversation: name,
              signals: [{ start, end }],
            },
            { text: null, kind: KIND.error, id: name },
          ],
          { color, source: name, reason },
        );
        expect(color ? shown.replace(COLOURS, "") : shown).not.toMatch(ACTS_ON_A_TERMINAL);
      }),
      { numRuns: 300 },
    );
  });

  it("lets no line of a message look like a line of its own", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, name) => {
        const lines = write(
          TEXT,
          [
            { text, id: name, author: name, decision: "review" },
            { text: null, kind: KIND.error },
          ],
          { source: name, reason: name },
        ).split("\n");
        const own = lines.filter((line) => line !== "" && !line.startsWith("  "));
        expect(own.map((line) => line.split("  ")[0])).toEqual(["review", "error"]);
      }),
    );
  });

  it("says decision, scores, place, time and author, then the text, then why", () => {
    const shown = write(TEXT, [
      {
        text: "some words here",
        id: "812",
        author: "user5",
        sentAtMs: Date.UTC(2020, 1, 7, 13, 5),
        timeKind: TIME.local,
        scores: [0.01, 0.97, 0.36],
        signals: [
          {
            start: 5,
            end: 10,
            weight: 3.14,
            entry: "a-rule",
            category: "threat",
          },
          { start: 0, end: 4, weight: -1, entry: "a-guard" },
        ],
      },
    ]);
    expect(shown).toBe(
      "flag  incitement 0.97, hate 0.36  chat.txt:1 #812  2020-02-07 13:05:00  user5\n  some [words] here\n  why: a-rule (threat) +3.1, a-guard -1.0\n\n",
    );
  });

  it("names standard input, and the id only where it is not the line", () => {
    expect(write(TEXT, [{ text: "a", id: "1" }], { source: "-" })).toMatch(/ stdin:1\n/);
  });

  it("indents every line of a text", () => {
    expect(write(TEXT, [{ text: "one\ntwo\nthree" }])).toContain("\n  one\n  two\n  three\n");
  });

  it("marks what speaks for a label, each word once, and not what the model says of the whole", () => {
    const signals = [
      { start: 0, end: 3 },
      { start: 2, end: 6 },
      { start: 8, end: 9 },
      { start: 4, end: 9, weight: -2 },
      { start: 0, end: 11, source: "bayes" as const },
    ];
    expect(write(TEXT, [{ text: "abcdef ghij", signals }])).toContain("  [abcdef] g[h]ij\n");
    expect(write(TEXT, [{ text: "abcdef ghij", signals }], { color: true })).toContain("\u001b[7mabcdef\u001b[27m");
  });

  it("keeps the text as it is around its marks", () => {
    fc.assert(
      fc.property(markedText, ({ text, start, end }) => {
        const whole = showSafely(text).replaceAll("\n", "\n  ");
        const [before, middle, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map((part) =>
          showSafely(part).replaceAll("\n", "\n  "),
        );
        expect(before! + middle! + after!).toBe(whole);
        expect(write(TEXT, [{ text, signals: [{ start, end }] }])).toContain(`\n  ${before}[${middle}]${after}\n`);
      }),
    );
  });

  it("shows a long text around its first marked words", () => {
    const filler = "ауа райы жақсы ";
    const text = `${filler.repeat(2000)}WORDS ${filler.repeat(2000)}`;
    const start = text.indexOf("WORDS");
    const shown = write(TEXT, [{ text, signals: [{ start, end: start + 5 }] }]);
    expect(shown).toContain("[WORDS]");
    expect(shown).toContain("… ");
    expect(shown).toContain(" …");
    expect(shown).not.toContain("\ufffd");
    expect(Buffer.byteLength(shown)).toBeLessThan(2000);
  });

  it("shortens a long text without marks, or with a mark as long as itself", () => {
    const text = "😀 сөз ".repeat(20_000);
    for (const signals of [[], [{ start: 0, end: text.length }], [{ start: 6, end: text.length }]]) {
      const shown = write(TEXT, [{ text, signals }]);
      expect(shown).not.toContain("\ufffd");
      expect(Buffer.byteLength(shown)).toBeLessThan(4000);
    }
  });

  it("shows a placeholder without a text", () => {
    expect(write(TEXT, [{ text: null, kind: KIND.placeholder, decision: "pass" }])).toBe("pass  slur 0.00  chat.txt:1\n  \n\n");
  });

  it("says an error in its place", () => {
    expect(
      write(TEXT, [{ text: null, kind: KIND.error, line: 3 }], {
        code: "E_JSON",
        reason: "broken",
      }),
    ).toBe("error  chat.txt:3  E_JSON: broken\n\n");
  });
});

describe("showSafely", () => {
  it.each([
    ["plain қала 😀", "plain қала 😀"],
    ["a\tb\nc", "a b\nc"],
    ["\u001b[31mred", "␛[31mred"],
    ["\0\u007f", "␀␡"],
    ["a\u202eb", "a\\u202eb"],
    ["a\r\nb", "a␍\nb"],
  ])("shows %j as %j", (text, shown) => {
    expect(showSafely(text)).toBe(shown);
  });

  it("changes nothing when it is done twice, nor on one line leaves a line break", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(showSafely(showSafely(text))).toBe(showSafely(text));
        expect(showOnOneLine(text)).not.toContain("\n");
      }),
    );
  });
});

describe("a painter", () => {
  it("adds nothing where colours are not wanted, and ends each style that it begins", () => {
    expect(painter(false)("red", "x")).toBe("x");
    expect(painter(true)("red", "x")).toBe("\u001b[31mx\u001b[39m");
  });
});
