import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANGE_STRIDE } from "../../src/core/message.ts";
import { CSV, TSV } from "../../src/readers/csv/csv.ts";
import { BOT_API } from "../../src/readers/formats/bot-api.ts";
import { JSON_DOCUMENT } from "../../src/readers/formats/json.ts";
import { JSONL } from "../../src/readers/formats/jsonl.ts";
import { LINES } from "../../src/readers/formats/lines.ts";
import { MATRIX } from "../../src/readers/formats/matrix.ts";
import { MESSENGER } from "../../src/readers/formats/messenger.ts";
import { SIGNAL } from "../../src/readers/formats/signal.ts";
import { SLACK } from "../../src/readers/formats/slack.ts";
import { TELEGRAM_HTML } from "../../src/readers/formats/telegram-html.ts";
import { TELETHON } from "../../src/readers/formats/telethon.ts";
import { VK_API } from "../../src/readers/formats/vk-api.ts";
import { VK_HTML } from "../../src/readers/formats/vk-html.ts";
import { X } from "../../src/readers/formats/x-archive.ts";
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
  [CSV, ["id,text,date", "text", "1", ",", ";", '"', '""', "\n", "\r\n", "\r", "сәлем", "a b c", "sep=;", "2020-02-07", "\ufeff"]],
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
  [
    TELETHON,
    [
      '{"_":"Message","id":1,"peer_id":{"channel_id":5},"message":"ж"}',
      '{"message.id":2,"text":"a"}',
      '{"_":"User"}',
      '{"messages":[',
      "[",
      "]",
      "{",
      "}",
      ",",
      '"',
      "\\",
      "\n",
    ],
  ],
  [
    BOT_API,
    [
      '{"update_id":1,"message":{"message_id":5,"text":"ж"}}',
      '{"message_id":5,"caption":"a"}',
      '{"update_id":1}',
      '{"ok":true,"result":[',
      "[",
      "]",
      "{",
      "}",
      ",",
      '"',
      "\\",
      "\n",
    ],
  ],
  [
    VK_API,
    [
      '{"id":1,"from_id":5,"text":"[id5|ж]","fwd_messages":[{"from_id":6,"text":"a"}]}',
      '{"text":"a","date":1,"thread":{"items":[',
      '{"response":{"items":[',
      "]}}",
      "[",
      "]",
      "{",
      "}",
      ",",
      '"',
      "\\",
      "\n",
    ],
  ],
  [
    X,
    [
      "window.YTD.tweets.part0 = [",
      '{"tweet":{"id_str":"1","full_text":"RT @a: ж &amp;"}}',
      '[{"dmConversation":{"conversationId":"5","messages":[',
      '{"messageCreate":{"id":"1","text":"a"}}',
      '{"data":[',
      '{"id":"1","text":"a"}',
      "]}}",
      "[",
      "]",
      "{",
      "}",
      ",",
      '"',
      "\\",
      "\n",
    ],
  ],
  [
    MESSENGER,
    [
      '{"participants":[{"name":"A"}],"messages":[',
      '{"participants":["A"],"threadName":"B","messages":[',
      '{"sender_name":"\\u00d3\\u0098","timestamp_ms":1,"content":"\\u00d0\\u0096"}',
      '{"senderName":"A","text":"a"}',
      '{"string_map_data":{"Comment":{"value":"a"}}}',
      "{",
      "}",
      "[",
      "]",
      ",",
      '"',
      "\\",
      "\n",
      '"title":"C"',
    ],
  ],
  [
    MATRIX,
    [
      '{"room_name":"A","exported_by":"b","messages":[',
      '{"type":"m.room.message","event_id":"$1","content":{"msgtype":"m.text","body":"a"}}',
      '{"type":"m.room.message","content":{"body":"> <@a:b> c\\n\\nd","m.relates_to":{"m.in_reply_to":{"event_id":"$1"}}}}',
      '{"type":"m.room.topic","state_key":"","content":{"topic":"ж"}}',
      ",",
      "]",
      "{",
      "}",
      '"',
      "\\",
      "\n",
    ],
  ],
  [
    SIGNAL,
    [
      "[2019-12-24, 12:23] Әсел: ",
      "[2019-12-24 12:23:45] B:",
      '{"date":"2019-12-24 12:23:45","sender":"a","body":"b"}',
      "> ",
      "(- B: 😀 -)",
      "![a](media/b)",
      "hello",
      "  ",
      "\n",
      "\r\n",
      "\ufeff",
    ],
  ],
  [
    SLACK,
    [
      "[",
      '{"type":"message","ts":"1700000000.000100","user":"U1","text":"a <@U1>"}',
      '{"ts":"1.1","attachments":[{"is_share":true,"text":"b"}]}',
      '{"ts":"1.1","blocks":[{"elements":[{"text":{"text":"c"}}]}]}',
      ",",
      "]",
      "{",
      "}",
      '"',
      "\\",
      "\n",
      "null",
    ],
  ],
  [
    TELEGRAM_HTML,
    [
      '<div class="message default" id="message1">',
      '<div class="message default joined">',
      '<div class="message service" id="message-1"><div class="body">',
      '<div class="from_name">',
      '<div class="text">',
      '<div class="forwarded body">',
      "</div>",
      "<br>",
      "<b>",
      "</b>",
      "<pre>",
      "қала 😀",
      "\n ",
      "a",
      "&amp;",
      "&#1179;",
      "&",
      "<",
      ">",
      '"',
      "<!--",
      "-->",
      "<title>",
      "</",
      "\0",
    ],
  ],
  [
    VK_HTML,
    [
      '<div class="message" data-id="1">',
      '<div class="message__header">',
      '<a href="https://vk.com/id1">',
      "</a>",
      "Вы, 3 дек 2018 в 7:04:05",
      "<div>",
      '<div class="kludges">',
      '<div class="attachment__description">',
      "</div>",
      "<br/>",
      "&copy",
      "&#",
      ";",
      "<!",
      "'",
      "<a b='",
      "\r\n",
      "text",
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
    csv: () => `text,x\n${texts.map((text) => `"${text}",1`).join("\n")}`,
    tsv: () => `text\tx\n${texts.map((text) => `${text}\t1`).join("\n")}`,
    telethon: () => JSON.stringify(texts.map((message) => ({ _: "Message", message }))),
    "bot-api": () => texts.map((text, message_id) => JSON.stringify({ update_id: 1, message: { message_id, text } })).join("\n"),
    vk: () => JSON.stringify({ response: { items: texts.map((text) => ({ from_id: 1, text })) } }),
    x: () => `window.YTD.tweets.part0 = ${JSON.stringify(texts.map((full_text) => ({ tweet: { full_text } })))}`,
    telegram: () => JSON.stringify({ name: "A", messages: texts.map((text) => ({ text })) }),
    messenger: () => JSON.stringify({ participants: [], messages: texts.map((content) => ({ sender_name: "A", content })) }),
    matrix: () =>
      JSON.stringify({ room_name: "A", messages: texts.map((body) => ({ type: "m.room.message", content: { msgtype: "m.text", body } })) }),
    signal: () => texts.map((text) => `[2019-12-24, 12:23] A: ${text}\n`).join(""),
    slack: () => JSON.stringify(texts.map((text) => ({ type: "message", ts: "1700000000.000100", text }))),
    "telegram-html": () =>
      texts.map((text, i) => `<div class="message default" id="message${i}">\n<div class="text">\n${text}\n</div>\n</div>`).join("\n"),
    "vk-html": () => texts.map((text, i) => `<div class="message" data-id="${i}"><div>${text}</div></div>`).join("\n"),
    "4cat": () => texts.map((text, i) => JSON.stringify({ item_id: i, data: { text } })).join("\n"),
    youtube: () => texts.map((text, i) => JSON.stringify({ cid: `c${i}`, text, votes: "0" })).join("\n"),
    json: () => JSON.stringify({ users: [{ id: 1 }], list: texts.map((text) => ({ text })) }),
  };
  return { bytes: encode(rows[name]!()), count: texts.length };
}
