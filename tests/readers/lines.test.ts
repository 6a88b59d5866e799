import { describe, expect, it } from "vitest";
import { BATCH_BYTES, BATCH_MESSAGES } from "../../src/core/message.ts";
import { LINES } from "../../src/readers/formats/lines.ts";
import { collect, encode } from "./collect.ts";

/** Line number and text of each message. */
function read(text: string, chunk?: number): [number, string | null][] {
  const { messages } = collect(LINES, encode(text), chunk === undefined ? {} : { chunk });
  for (const message of messages) expect(message.id).toBe(message.error === null ? String(message.line) : null);
  return messages.map((message) => [message.line, message.text]);
}

describe("the lines reader", () => {
  it.each<[string, [number, string][]]>([
    ["", []],
    ["\n\n", []],
    ["one", [[1, "one"]]],
    ["one\n", [[1, "one"]]],
    [
      "one\r\ntwo\r\n",
      [
        [1, "one"],
        [2, "two"],
      ],
    ],
    [
      "one\n\n\r\nfour",
      [
        [1, "one"],
        [4, "four"],
      ],
    ],
    [
      "\ufeffone\ntwo",
      [
        [1, "one"],
        [2, "two"],
      ],
    ],
    ["\ufeff\ntwo", [[2, "two"]]],
    ["  inner space \t stays  ", [[1, "  inner space \t stays  "]]],
    ["a\rb\n", [[1, "a\rb"]]],
    [
      "қала\nгород\n",
      [
        [1, "қала"],
        [2, "город"],
      ],
    ],
  ])("reads %j", (text, expected) => {
    expect(read(text)).toEqual(expected);
    expect(read(text, 1)).toEqual(expected);
  });

  it("keeps numbers and texts over many batches", () => {
    const lines = Array.from({ length: BATCH_MESSAGES * 3 + 7 }, (_, i) => (i % 5 === 0 ? "" : `line ${i + 1} ${"x".repeat(i % 300)}`));
    const expected = lines.flatMap((text, i) => (text === "" ? [] : [[i + 1, text]]));
    expect(read(lines.join("\n"))).toEqual(expected);
    expect(read(lines.join("\n"), 1 << 24)).toEqual(expected);
  });

  it("reads a line that is longer than a batch, and goes on in batches of the normal size", () => {
    const long = "y".repeat(BATCH_BYTES * 3);
    for (const chunk of [1000, 1 << 16, 1 << 24]) {
      const sizes: number[] = [];
      const texts: string[] = [];
      const reader = LINES.open({ source: "test" }, (batch) => {
        sizes.push(batch.bytes.length);
        texts.push(Buffer.from(batch.bytes.subarray(0, batch.used)).toString());
      });
      const bytes = encode(`a\n${long}\nb\n`);
      for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
      reader.finish();
      expect(texts.join("").replace(long, "LONG")).toMatch(/^a\n?1LONG2b\n?3$/u);
      expect(sizes.at(-1)).toBe(BATCH_BYTES);
    }
  });

  it("makes a line of more than 16 MiB an error record and goes on behind it", () => {
    for (const chunk of [1 << 18, 1 << 26]) {
      const { messages } = collect(LINES, encode(`a\n${"z".repeat((16 << 20) + 1)}\nb`), { chunk });
      expect(messages.map((message) => [message.line, message.kind, message.text])).toEqual([
        [1, "user", "a"],
        [2, "error", null],
        [3, "user", "b"],
      ]);
      expect(messages[1]?.error?.code).toBe("E_RECORD_TOO_LONG");
      expect(messages[1]?.error?.message).toContain("16 MiB");
    }
    const { messages } = collect(LINES, encode("z".repeat(16 << 20)));
    expect(messages[0]?.text?.length).toBe(16 << 20);
  });

  it("does not hold a line of 200 MB in memory", () => {
    const chunk = new Uint8Array(1 << 20).fill(120);
    const errors: string[] = [];
    const reader = LINES.open({ source: "test" }, (batch) => errors.push(...batch.errors.map((error) => error.code)));
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 200; i++) reader.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 << 20);
    reader.finish();
    expect(errors).toEqual(["E_RECORD_TOO_LONG"]);
  });
});
