import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SIGNAL } from "../../src/readers/formats/signal.ts";
import { typedText } from "../../src/readers/formats/signal-body.ts";
import { collect, encode } from "./collect.ts";

const SAMPLES = "../shared/exports/signal";

describe("the words of a Signal message", () => {
  it.each([
    ["hello  ", "hello"],
    [" \n\n> quoted\n> more\n\nhello", "hello"],
    ["\n\n> quoted to the end", null],
    ["> typed", "> typed"],
    ["hello\n> typed", "hello\n> typed"],
    ["a ![b](media/b.jpg)  [c](./media/c.pdf)\n(- A: 😀 -)\n", "a"],
    ["![a [1].jpg](./media/a (1).jpg)", null],
    ["[site](https://example.org)", "[site](https://example.org)"],
    ["a](media/b)", "a](media/b)"],
    ["(- A: 1️⃣, B C: ❤️ -)", null],
    ["(- A: hello -)", "(- A: hello -)"],
    ["(- words of one's own -)", "(- words of one's own -)"],
    ["x(- A: 😀 -)", "x(- A: 😀 -)"],
    ["", null],
  ])("are found in %j: %j", (body, text) => {
    expect(typedText(body)).toBe(text);
  });

  it("take a time that grows no faster than their length", () => {
    for (const piece of [" (- A: 😀 -)", "[a](media/b)", "[", "](", "> a\n"]) {
      const body = `\n${piece.repeat(100_000)})`;
      expect(typedText(body)!.length).toBeLessThanOrEqual(body.length);
    }
  });
});

describe("the Signal reader", () => {
  it("tells the two files apart by their first letter, past white space of any length", () => {
    const json = '{"date":"2024-02-29 12:23:45","sender":"A","body":"a"}';
    expect(collect(SIGNAL, encode(`${" ".repeat(1000)}${json}`), { chunk: 2 }).messages[0]).toMatchObject({ text: "a", author: "A" });
    const text = `${"\n".repeat(70_000)}[2024-02-29 12:23:45] A: a`;
    for (const chunk of [1000, 1 << 20]) {
      expect(collect(SIGNAL, encode(text), { chunk }).messages[0]).toMatchObject({ text: "a", author: "A", line: 70_001 });
    }
  });

  it("says so where nothing of Signal is found", () => {
    expect(collect(SIGNAL, encode("hello\nyou\n"))).toMatchObject({
      messages: [{ text: "hello" }, { text: "you" }],
      notes: ["No message of Signal was found. Name another format with --from."],
    });
    expect(collect(SIGNAL, encode("")).messages).toEqual([]);
  });

  it("makes a message that is too long an error and goes on", () => {
    const bytes = encode(`[2024-02-29 12:23:45] A: ${`${"a".repeat(1023)}\n`.repeat(17 << 10)}[2024-02-29 12:23:46] B: b\n`);
    expect(collect(SIGNAL, bytes).messages).toMatchObject([
      { kind: "error", error: { code: "E_RECORD_TOO_LONG" }, line: 1 },
      { kind: "user", text: "b", author: "B" },
    ]);
  });
});

describe.skipIf(!existsSync(SAMPLES))("the Signal reader on a sample (needs ../shared/exports)", () => {
  it("finds both messages, the second on two lines", () => {
    const { messages } = collect(SIGNAL, readFileSync(`${SAMPLES}/cm_test_export.txt`), { chunk: 3 });
    expect(messages.map(({ author, text, sentAt, timeKind }) => ({ author, text, sentAt, timeKind }))).toEqual([
      { author: "Jane Doe", text: "Hello John!", sentAt: "2019-12-24T12:23:00", timeKind: "local" },
      { author: "John Doe", text: "Hello\nJane!", sentAt: "2020-01-17T21:49:00", timeKind: "local" },
    ]);
  });
});
