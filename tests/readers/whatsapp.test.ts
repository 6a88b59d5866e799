import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KIND } from "../../src/core/message.ts";
import { createHeader } from "../../src/readers/whatsapp/header.ts";
import { scanHeader } from "../../src/readers/whatsapp/scan.ts";
import { HeaderTemplate } from "../../src/readers/whatsapp/template.ts";
import { WHATSAPP } from "../../src/readers/whatsapp/whatsapp.ts";
import { collect, encode } from "./collect.ts";

const FIXTURES = new URL("../../fixtures/whatsapp/", import.meta.url);
const NOTICE = "18.03.2022, 14:56 - Messages and calls are end-to-end encrypted.\n";

function read(text: string, chunk?: number): ReturnType<typeof collect> {
  return collect(WHATSAPP, encode(text), chunk === undefined ? {} : { chunk });
}

function texts(text: string): Array<string | null> {
  return read(text).messages.map((message) => message.text);
}

describe("every fixture gives the messages beside it", () => {
  for (const name of readdirSync(FIXTURES)) {
    test(name, () => {
      const input = readFileSync(new URL(`${name}/input.txt`, FIXTURES));
      const expected = readFileSync(new URL(`${name}/expected.jsonl`, FIXTURES), "utf8")
        .trimEnd()
        .split("\n");
      const { messages } = collect(WHATSAPP, input);
      const found = messages.map(({ line, kind, sentAt, author, text, edited }) =>
        JSON.stringify({ line, kind, sentAt, author, text, ...(edited ? { edited } : {}) }),
      );
      expect(found).toEqual(expected);
      for (const message of messages) {
        expect(message).toMatchObject({
          id: null,
          conversation: null,
          fields: null,
          forwarded: "unknown",
          error: null,
        });
        expect(message.timeKind).toBe(message.sentAt === null ? "none" : "local");
      }
      // What stands before the first header is not WhatsApp's; all else is recognised by its first lines.
      expect(WHATSAPP.sniff(input)).toBeGreaterThan(name === "before-the-first-header" ? 0 : 0.9);
    });

    test(`${name}, in chunks of any size`, () => {
      const input = readFileSync(new URL(`${name}/input.txt`, FIXTURES));
      const whole = collect(WHATSAPP, input);
      for (const chunk of [1, 2, 3, 7, 64, 1000]) expect(collect(WHATSAPP, input, { chunk })).toEqual(whole);
    });
  }
});

describe("dates", () => {
  test("a date that only exists one way round decides the order for the whole file", () => {
    const { messages, report } = read("[3/4/22, 10:00:00] Ann: a\n[3/27/22, 10:00:00] Ann: b\n");
    expect(messages.map((message) => message.sentAt)).toEqual(["2022-03-04T10:00:00", "2022-03-27T10:00:00"]);
    expect(report).toMatchObject({ notes: [], dateOrder: { order: "mdy", confidence: 1 } });
  });

  test("without such a date time has to run forwards", () => {
    const { messages, notes } = read("1/4/22, 10:00 - Ann: a\n1/5/22, 10:00 - Ann: b\n2/1/22, 10:00 - Ann: c\n");
    expect(messages.map((message) => message.sentAt?.slice(0, 10))).toEqual(["2022-01-04", "2022-01-05", "2022-02-01"]);
    expect(notes).toEqual(["Dates read as month.day.year (likely); --date-order overrules it."]);
  });

  test("without any evidence the separator suggests the order", () => {
    expect(read("01.02.22, 10:00 - Ann: a\n").messages[0]?.sentAt).toBe("2022-02-01T10:00:00");
    expect(read("1/2/22, 10:00 AM - Ann: a\n").messages[0]?.sentAt).toBe("2022-01-02T10:00:00");
    expect(read("1/2/2022, 10:00 - Ann: a\n").messages[0]?.sentAt).toBe("2022-02-01T10:00:00");
  });

  test("a notice dated after the first messages does not turn the order round", () => {
    expect(read("05.03.2022, 13:31 - Notice\n01.03.2022, 14:56 - Ann: a\n02.03.2022, 14:56 - Ann: b\n").messages[0]?.sentAt).toBe(
      "2022-03-05T13:31:00",
    );
  });

  test("a late impossible date corrects an order that was only likely, and is told", () => {
    const head = "1/2/2022, 10:00 - Ann: a\n".repeat(12_000);
    const { messages, notes } = read(`${head}1/27/2022, 10:00 - Ann: b\n`);
    expect(messages.at(-1)?.sentAt).toBe("2022-01-27T10:00:00");
    expect(notes.join(" ")).toContain("Line 12001");
  });

  test("a date that exists in no order leaves the time unknown", () => {
    const { messages, notes } = read("13.03.2022, 10:00 - Ann: a\n31.02.2022, 10:00 - Ann: b\n");
    expect(messages.map((message) => message.timeKind)).toEqual(["local", "none"]);
    expect(notes.join(" ")).toContain("The time of 1 message is unknown");
  });

  test("years of other calendars are converted", () => {
    expect(read("[3/18/2565 BE, 14:56:01] Ann: a\n").messages[0]?.sentAt).toBe("2022-03-18T14:56:01");
    expect(read("[3/18/R4, 14:56:01] Ann: a\n").messages[0]?.sentAt).toBe("2022-03-18T14:56:01");
  });
});

describe("headers", () => {
  test.each([
    ["[18.03.2022, 14:56:01] Ann: a", "2022-03-18T14:56:01"],
    ["[3/18/22 14:56:01] Ann: a", "2022-03-18T14:56:01"],
    ["[18.3.22 14.56.01] Ann: a", "2022-03-18T14:56:01"],
    ["[5.05.2017 18:01:12] Ann: a", "2017-05-05T18:01:12"],
    ["30/08/25 18.00 - Ann: a", "2025-08-30T18:00:00"],
    ["2024/12/01, 10:04 pm - Ann: a", "2024-12-01T22:04:00"],
    ["[2026/7/9 02:28:37] Ann: a", "2026-07-09T02:28:37"],
    ["[2026/7/9 下午2:28:37] Ann: a", "2026-07-09T14:28:37"],
    ["13.6.2018 klo 21.25.15 - Ann: a", "2018-06-13T21:25:15"],
    ["18.03.2022 г., 14:56 – Ann: a", "2022-03-18T14:56:00"],
    ["18-03-2022 14:56 - Ann: a", "2022-03-18T14:56:00"],
    ["\ufeff\ufeff[\ufeff29.01.18, 12:24:03] Ann: a", "2018-01-29T12:24:03"],
    ["[22. 3. 2018, 2:56:01 odp.] Ann: a", "2018-03-22T14:56:01"],
    ["[14:56:01, 3/18/22] Ann: a", "2022-03-18T14:56:01"],
    ["[3/18/H34, 14:56:01] Ann: a", "2022-03-18T14:56:01"],
    ["2022. 3. 18. 오후 2:56 - Ann: a", "2022-03-18T14:56:00"],
    ["18/3/2022 a las 14:56 - Ann: a", "2022-03-18T14:56:00"],
    ["[01-29-2018, 14:56:01] Ann: a", "2018-01-29T14:56:01"],
    ["[18.03.2022, 2:56:01 in the afternoon] Ann: a", null],
    ["[18.03.2022] Ann: a", null],
  ])("%s", (line, sentAt) => {
    const { messages } = read(`${line}\n${line}\n`);
    if (sentAt === null) expect(messages.every((message) => message.author === null)).toBe(true);
    else expect(messages.map((message) => [message.sentAt, message.author, message.text])).toEqual(Array(2).fill([sentAt, "Ann", "a"]));
  });

  test("no header at all leaves one message a line, to be scanned", () => {
    const { messages, notes } = read("one\n\ntwo\n");
    expect(messages.map(({ text, kind, line }) => [text, kind, line])).toEqual([
      ["one", "user", 1],
      ["two", "user", 3],
    ]);
    expect(notes).toEqual(["No WhatsApp header was found; 2 lines were read as one message each."]);
    expect(WHATSAPP.sniff(encode("one\n\ntwo\n"))).toBe(0);
  });

  test("an empty file has no messages", () => {
    expect(read("").messages).toEqual([]);
    expect(read("").report).toEqual({ notes: [], skipped: 0, repaired: 0, dateOrder: null });
  });

  test("tables, JSON and prose are not taken for WhatsApp", () => {
    for (const text of [
      '{"a":1}\n',
      "date,text\n18.03.2022,hello\n",
      "It was 18.03.2022, 14:56 when we met\n",
      "18.03.2022 14:56 hello\n",
    ]) {
      expect(WHATSAPP.sniff(encode(text))).toBe(0);
    }
  });

  test("a form that takes over after the head is accepted from where it began", () => {
    const first = "18.03.2022, 14:56 - Ann: before\n".repeat(10_000);
    const second = Array.from({ length: 40 }, (_, index) => `[4/${(index % 28) + 1}/22, 14:56:01] Ben: after ${index}\n`).join("");
    const { messages, notes } = read(first + second);
    expect(messages.length).toBe(10_040);
    expect(messages[10_000]).toMatchObject({
      line: 10_001,
      author: "Ben",
      text: "after 0",
      sentAt: "2022-04-01T14:56:01",
    });
    expect(messages[9_999]?.text).toBe("before");
    expect(notes.join(" ")).toContain("From line 10001 on");
    expect(read(first + second, 999).messages).toEqual(messages);
  });
});

describe("what hides nothing", () => {
  test.each([
    ["a direction mark before typed text", "\u200ego away"],
    ["a mark and the beginning of a notice", `\u200eVoice call ${"go away ".repeat(20)}`],
    ["the notice on encryption with more behind it", "Messages and calls are end-to-end encrypted, go away"],
    ["an attachment that is no file", "go away (file attached)"],
    ["an attachment with words for a name", "go away now.txt (file attached)"],
    ["words in angle brackets", "<attached: go away>"],
    ["a placeholder with more on its line", "<Media omitted> go away"],
    ["a placeholder with a caption", "<Media omitted>\ngo away"],
    ["a deleted message with more lines", "This message was deleted\ngo away"],
    ["a place with words in it", "location: https://maps.google.com/?q=go-away"],
    ["words before a place", "you go away to this place and do not come back: https://maps.google.com/?q=1,1"],
    [
      "a mark, the beginning of a notice on deletion and much behind it",
      `\u200eThis message was deleted by admin ${"go away ".repeat(20)}`,
    ],
    ["a clause of a notice with much before it", `\u200e${"go away ".repeat(20)} güvenlik kodunuz değişti`],
    ["an edited message", "\u200ego away \u200e<This message was edited>"],
  ])("%s", (_, body) => {
    const { messages } = read(`${NOTICE}18.03.2022, 14:57 - Ann: ${body}\n`);
    expect(messages[1]?.kind).toBe("user");
    expect(messages[1]?.text).toContain("go");
  });

  test("a caption whose lines end in CRLF, without the line end before it", () => {
    expect(texts("[18.03.2022, 14:57:01] Ann: image omitted\r\ngo away\r\n")).toEqual(["go away"]);
    expect(texts("[18.03.2022, 14:57:01] Ann:\r\ngo away\r\n")).toEqual(["go away"]);
  });

  test("a caption before the token of a photo, in a language that is not listed", () => {
    const { messages } = read("\u200e[18.03.2022, 14:57:01] Ann: go away \u200eBild weggelassen\n");
    expect(messages[0]).toMatchObject({ kind: "user", text: "go away" });
  });
});

describe("giant messages", () => {
  const giant = "x".repeat((16 << 20) + 1);

  test("one of a single line becomes an error record and the next is read", () => {
    const input = `18.03.2022, 14:56 - Ann: ${giant}\n18.03.2022, 14:57 - Ben: next\n`;
    const whole = read(input);
    expect(whole.messages.map(({ line, kind, text, error }) => [line, kind, text, error?.code])).toEqual([
      [1, "error", null, "E_RECORD_TOO_LONG"],
      [2, "user", "next", undefined],
    ]);
    expect(read(input, 99_991)).toEqual(whole);
  });

  test("one of many lines too", () => {
    const input = `18.03.2022, 14:56 - Ann: first\n${"a line like any other\n".repeat(800_000)}18.03.2022, 14:57 - Ben: next\n`;
    const whole = read(input);
    expect(whole.messages.map(({ line, kind }) => [line, kind])).toEqual([
      [1, "error"],
      [800_002, "user"],
    ]);
    expect(read(input, 99_991)).toEqual(whole);
  });

  test("one of many times the limit keeps its place and the memory it takes stays bounded", () => {
    const reader = WHATSAPP.open({ source: "test" }, (batch) => {
      for (let index = 0; index < batch.count; index++) found.push([batch.line[index]!, batch.kind[index]!]);
    });
    const found: Array<[number, number]> = [];
    const filler = encode("a line like any other\n".repeat(50_000));
    reader.push(encode("18.03.2022, 14:56 - Ann: first\n"));
    const before = process.memoryUsage().arrayBuffers;
    for (let round = 0; round < 100; round++) reader.push(filler);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 << 20);
    reader.push(encode("18.03.2022, 14:57 - Ben: next\n"));
    reader.finish();
    expect(found).toEqual([
      [1, KIND.error],
      [5_000_002, KIND.user],
    ]);
  });

  test("one of almost the limit is kept", () => {
    expect(texts(`18.03.2022, 14:56 - Ann: ${"y".repeat((16 << 20) - 100)}\n`)[0]?.length).toBe((16 << 20) - 100);
  });

  test("a line that long before any header is an error as well", () => {
    const { messages } = read(`${giant}\n18.03.2022, 14:57 - Ben: next\n`);
    expect(messages.map((message) => message.kind)).toEqual(["error", "user"]);
  });
});

describe("properties", () => {
  test("a template reads a header as the scan does", () => {
    const number = fc.nat(99).map((value) => String(value).padStart(2, "0"));
    const form = fc.constantFrom(
      "[A.B.20C, D:E:F] x",
      "A/B/C, D:E - x",
      "A/B/C, D:E PM - x",
      "20A-B-C D.E - x",
      "[D:E:F, A/B/C] x",
      "[A.B.20C, D:E:F AM] x",
    );
    fc.assert(
      fc.property(
        form,
        fc.array(number, { minLength: 6, maxLength: 6 }),
        fc.array(number, { minLength: 6, maxLength: 6 }),
        (shape, first, second) => {
          const [model, line] = [first, second].map((numbers) =>
            encode(
              shape.replace(/[A-F]/g, (letter, at: number) =>
                /[AP]M/.test(shape.slice(at, at + 2)) ? letter : numbers["ABCDEF".indexOf(letter)]!,
              ),
            ),
          );
          const template = new HeaderTemplate();
          const header = createHeader();
          if (!scanHeader(model!, 0, model!.length, header)) return;
          template.learn(model!, 0, header);
          const matched = createHeader();
          const scanned = createHeader();
          if (template.match(line!, 0, line!.length, matched)) {
            expect(scanHeader(line!, 0, line!.length, scanned)).toBe(true);
            expect(matched).toEqual(scanned);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  const header = fc.constantFrom(
    "18.03.2022, 14:56 - ",
    "[3/18/22, 14:56:01] ",
    "\u200e[18.03.22, 2:56:01\u202fPM] ",
    "2022/03/18 14.56: ",
    "[14:56, 18.03.22] ",
  );
  const author = fc.constantFrom("Ann: ", "~\u202fBen: ", "", "a: b: ", "+7\u00a0775: ", ":");
  const body = fc.oneof(
    fc.constantFrom(
      "<Media omitted>",
      "null",
      "",
      "\u200eimage omitted",
      "text",
      "x.jpg (file attached)",
      "hi <This message was edited>",
      "\r",
    ),
    fc.string(),
  );
  const line = fc.oneof(
    fc.tuple(header, author, body).map((parts) => parts.join("")),
    body,
  );
  const chat = fc.array(line, { maxLength: 60 }).chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));

  test("any chunking gives the same messages", () => {
    fc.assert(
      fc.property(chat, fc.integer({ min: 1, max: 40 }), (text, chunk) => {
        expect(read(text, chunk)).toEqual(read(text));
      }),
    );
  });

  test("no bytes make it throw, and every byte of text stays valid within the arena", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), chat, (noise, text) => {
        collect(WHATSAPP, Buffer.concat([noise, encode(text), noise]));
        WHATSAPP.sniff(noise);
      }),
    );
  });

  test("every message starts on a later line than the one before", () => {
    fc.assert(
      fc.property(chat, (text) => {
        const lines = read(text).messages.map((message) => message.line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
      }),
    );
  });
});
