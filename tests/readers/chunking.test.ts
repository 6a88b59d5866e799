import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANGE_STRIDE } from "../../src/core/message.ts";
import { CSV, TSV } from "../../src/readers/csv/csv.ts";
import { JSON_DOCUMENT } from "../../src/readers/formats/json.ts";
import { JSONL } from "../../src/readers/formats/jsonl.ts";
import { LINES } from "../../src/readers/formats/lines.ts";
import { YOUTUBE } from "../../src/readers/formats/youtube.ts";
import { FOUR_CAT } from "../../src/readers/formats/zeeschuimer.ts";
import type { Format } from "../../src/readers/reader.ts";
import { TELEGRAM } from "../../src/readers/telegram/telegram.ts";
import { collect, encode } from "./collect.ts";

/** Pieces of which each format is made, whole and broken. */
const PIECES: readonly [Format, readonly string[]][] = [
  [LINES, ["hello", "қала", "😀", "\n", "\r\n", "\r", "\ufeff", " ", "x".repeat(70)]],
  [
    JSONL,
    [
      '{"text":"a"}',
      '{"id":5,"text":"қ\\u0416\\ud83d\\ude00","from":"u"}',
      '{"body":"',
      '"}',
      "\\",
      "[",
      "]",
      ",",
      "{",
      "}",
      "\n",
      "\r\n",
      " ",
      '{"text":{"x":[1]}}',
      "\ufeff",
    ],
  ],
  [
    JSON_DOCUMENT,
    [
      '{"text":"a"}',
      '{"a":{"body":"ж\\n"}}',
      '{"id":1}',
      '{"list":[',
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"',
      "\\",
      "\n",
      '"text":',
      '"k"',
      "1",
      "\\x0b",
      "\ufeff",
    ],
  ],
  [
    FOUR_CAT,
    [
      '{"item_id":"1","source_platform":"x","data":{"desc":"ж"}}',
      '{"text":"a","__import_meta":{}}',
      '{"data":',
      '"content":"<b>"',
      "{",
      "}",
      "[",
      "]",
      ",",
      '"',
      "\n",
    ],
  ],
  [
    YOUTUBE,
    [
      '{"cid":"a.b","text":"ж","time_parsed":1}',
      '{"title":"t","comments":[',
      '{"id":"1","parent":"root","text":"a"}',
      '{"id":"2","snippet":{"topLevelComment":{"snippet":{"textDisplay":"<b>"}}},"replies":{"comments":[{"id":"3"}]}}',
      '{"snippet":',
      "[",
      "]",
      "}",
      ",",
      '"',
      "\\",
      "\n",
    ],
  ],
  [
    CSV,
    [
      "id,text,date",
      "text",
      "1",
      ",",
      ";",
      '"',
      '""',
      "\n",
      "\r\n",
      "\r",
      "сәлем",
      "a b c",
      "sep=;",
      "2020-02-07",
      'id,text,x\n1,"\\"a, b\\"",2\n',
      "\\",
      "\0",
      "\ufeff",
    ],
  ],
  [TSV, ["id\ttext", "\t", '"', "\n", "\r\n", "сәлем", "a b c"]],
  [
    TELEGRAM,
    [
      '{"name":"A","messages":[',
      '{"id":1,"text":"a"}',
      '{"id":2,"text":["a",{"text":"ж"}]}',
      '{"chats":{"list":[',
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      '\\"',
      "\n",
      '"messages"',
      '"name"',
      "null",
      "1",
      "\\x0b",
    ],
  ],
];

const CASES = PIECES.map(([format, pieces]) => ({
  name: format.name,
  format,
  pieces,
}));

describe.each(CASES)("the $name reader", ({ format, pieces }) => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => encode(parts.join("")));
  const options = fc.constantFrom({}, { keepFields: ["*"] });

  it("gives the same messages for any chunking", () => {
    fc.assert(
      fc.property(text, options, fc.integer({ min: 1, max: 9 }), (bytes, settings, chunk) => {
        const whole = collect(format, bytes, {
          chunk: bytes.length + 1,
          options: settings,
        });
        expect(collect(format, bytes, { chunk, options: settings })).toEqual(whole);
        expect(collect(format, bytes, { chunk: 1, options: settings })).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same messages however often it is flushed", () => {
    fc.assert(
      fc.property(text, (bytes) => {
        const texts = (flushing: boolean): string[] => {
          const found: string[] = [];
          const reader = format.open({ source: "test" }, (batch) => {
            for (let index = 0; index < batch.count; index++) {
              const [start, end] = [batch.ranges[index * RANGE_STRIDE]!, batch.ranges[index * RANGE_STRIDE + 1]!];
              found.push(`${batch.line[index]} ${start < 0 ? "-" : Buffer.from(batch.bytes.subarray(start, end)).toString()}`);
            }
          });
          for (const byte of bytes) {
            reader.push(Uint8Array.of(byte));
            if (flushing) reader.flush();
          }
          reader.finish();
          return found;
        };
        expect(texts(true)).toEqual(texts(false));
      }),
    );
  });

  it("takes any bytes and sniffs them without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), options, (bytes, settings) => {
        collect(format, bytes, { chunk: 7, options: settings });
        expect(format.sniff(bytes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("keeps every message of an input of many batches, for chunks cut anywhere", () => {
    const { bytes, count } = largeInput(format.name);
    for (const chunk of [997, 65536, bytes.length]) {
      const { messages } = collect(format, bytes, { chunk });
      expect(messages).toHaveLength(count);
      expect(messages.every((message, i) => message.text === `message ${i}` && message.error === null)).toBe(true);
    }
  });
});

function largeInput(name: string): { bytes: Uint8Array; count: number } {
  const texts = Array.from({ length: 20_000 }, (_, i) => `message ${i}`);
  const rows: Record<string, () => string> = {
    lines: () => texts.join("\n"),
    jsonl: () => texts.map((text) => JSON.stringify({ text })).join("\n"),
    "4cat": () => texts.map((text, i) => JSON.stringify({ item_id: i, data: { text } })).join("\n"),
    youtube: () => texts.map((text, i) => JSON.stringify({ cid: `c${i}`, text, votes: "0" })).join("\n"),
    json: () => JSON.stringify({ users: [{ id: 1 }], list: texts.map((text) => ({ text })) }),
    csv: () => `text,x\n${texts.map((text) => `"${text}",1`).join("\n")}`,
    tsv: () => `text\tx\n${texts.map((text) => `${text}\t1`).join("\n")}`,
    telegram: () => JSON.stringify({ name: "A", messages: texts.map((text) => ({ text })) }),
  };
  return { bytes: encode(rows[name]!()), count: texts.length };
}
