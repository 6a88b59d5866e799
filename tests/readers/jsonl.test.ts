import { describe, expect, it } from "vitest";
import { JSONL } from "../../src/readers/formats/jsonl.ts";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

function read(text: string, options: Partial<ReaderOptions> = {}): CollectedMessage[] {
  return collect(JSONL, encode(text), { options }).messages;
}

function readOne(record: unknown, options: Partial<ReaderOptions> = {}): CollectedMessage {
  const messages = read(JSON.stringify(record), options);
  expect(messages).toHaveLength(1);
  return messages[0]!;
}

describe("the JSONL reader", () => {
  it.each([
    [{ text: "a" }],
    [{ Message: "a" }],
    [{ body: "a", other: "b" }],
    [{ comment_text: "a" }],
    [{ commentText: "a" }],
    [{ "Comment Text": "a" }],
    [{ full_text: "a", text: "a, cut" }],
    [{ message: { no: 1 }, body: "a" }],
    [{ text: null, message: "a" }],
    [{ message: "b", text: "a" }],
    [{ текст: "a" }],
    [{ Сообщение: "a" }],
    [{ мәтін: "a" }],
    [{ ХАБАРЛАМА: "a" }],
    [{ пікір: "a" }],
  ])("finds the text of %j", (record) => {
    expect(readOne(record).text).toBe("a");
  });

  it.each([
    [{ id: 12 }, "12"],
    [{ id: "x-1" }, "x-1"],
    [{ _id: "m" }, "m"],
    [{ comment_id: 1, message_id: 2 }, "2"],
    [{ id: null }, "1"],
    [{ id: "" }, "1"],
    [{}, "1"],
  ])("finds the id of %j", (record, id) => {
    expect(readOne({ text: "a", ...record }).id).toBe(id);
  });

  it("keeps every digit of a large id", () => {
    expect(read('{"id":12345678901234567890,"text":"a"}')[0]?.id).toBe("12345678901234567890");
  });

  it("finds author, time and conversation", () => {
    const message = readOne({
      text: "a",
      from_name: "Айгүл",
      created_at: "2020-02-07T13:05:00+06:00",
      chat: "Ауыл",
    });
    expect(message).toMatchObject({
      author: "Айгүл",
      sentAt: "2020-02-07T13:05:00+06:00",
      timeKind: "offset",
      conversation: "Ауыл",
    });
    expect(readOne({ text: "a", user: 7, date: 1581080700, chat_id: -100 })).toMatchObject({
      author: "7",
      sentAt: "2020-02-07T13:05:00Z",
      conversation: "-100",
    });
  });

  it("takes the fields that are asked for in place of the common ones", () => {
    const record = { text: "no", Note: "yes", id: 1, nr: 2 };
    expect(readOne(record, { textField: "Note", idField: "nr" })).toMatchObject({ text: "yes", id: "2" });
    expect(readOne(record, { textField: "note" }).text).toBe("yes");
    expect(readOne(record, { textField: "missing" }).error?.code).toBe("E_NO_TEXT");
  });

  it("carries the fields that are asked for, as they were written", () => {
    const line = '{"id": 1, "text": "a", "likes": 1.50, "tags": [ "x", {"y": NaN} ], "ключ": "\\u0416"}';
    expect(read(line, { keepFields: ["likes", "ключ"] })[0]?.fields).toBe('"likes":1.50,"ключ":"\\u0416"');
    expect(read(line, { keepFields: ["*"] })[0]?.fields).toBe('"id":1,"likes":1.50,"tags":["x",{"y":null}],"ключ":"\\u0416"');
    expect(read(line, { keepFields: ["absent"] })[0]?.fields).toBe(null);
  });

  it("keeps an empty text and skips blank lines", () => {
    expect(read('\n{"text":""}\r\n  \n\n{"text":"b"}').map(({ line, text }) => [line, text])).toEqual([
      [2, ""],
      [5, "b"],
    ]);
  });

  it("looks into objects where the line's own members hold no text, the nearer first", () => {
    expect(readOne({ id: 1, data: { id: 2, body: "a" } })).toMatchObject({ id: "2", text: "a" });
    expect(readOne({ id: 1, a: { b: { text: "deep" } }, c: { text: "near" } })).toMatchObject({ id: "1", text: "near" });
    expect(readOne({ a: { b: { c: { text: "a" } } } }).text).toBe("a");
    expect(readOne({ a: { b: { c: { d: { text: "too deep" } } } } }).error?.code).toBe("E_NO_TEXT");
    expect(readOne({ text: "", a: { text: "x" } }).text).toBe("");
    expect(readOne({ a: [{ text: "in a list" }] }).error?.code).toBe("E_NO_TEXT");
  });

  it("takes a text field with dots for a path, and nothing else in its place", () => {
    const record = { id: 1, text: "no", data: { id: 2, Body: "yes", more: { note: "deep" } }, "a.b": "dotted" };
    expect(readOne(record, { textField: "data.body" })).toMatchObject({ id: "2", text: "yes" });
    expect(readOne(record, { textField: "data.more.note" })).toMatchObject({ id: "1", text: "deep" });
    expect(readOne(record, { textField: "a.b" })).toMatchObject({ id: "1", text: "dotted" });
    expect(readOne(record, { textField: "data.note" }).error?.message).toMatch(/^Expected a string under "data\.note"/u);
    expect(readOne(record, { textField: "data.Body.x" }).error?.code).toBe("E_NO_TEXT");
  });

  it("tells people's names from their ids, and finds what is answered", () => {
    expect(readOne({ text: "a", user: "Айгүл", user_id: 7, in_reply_to_status_id_str: "5" })).toMatchObject({
      author: "Айгүл",
      authorId: "7",
      replyTo: "5",
    });
    for (const key of ["authorId", "userid", "sender_id", "from_id"]) {
      expect(readOne({ text: "a", [key]: "u1" })).toMatchObject({ author: null, authorId: "u1" });
    }
    for (const key of ["reply_to", "replyTo", "in_reply_to_id", "reply_to_message_id", "parent_id", "parent", "isReplyTo"]) {
      expect(readOne({ text: "a", [key]: 3 }).replyTo).toBe("3");
    }
    expect(readOne({ text: "a", reply_to: null, from_id: null })).toMatchObject({ replyTo: null, authorId: null });
  });

  it("leaves arrays to the json format", () => {
    expect(read('[{"text":"a"}]')[0]?.error?.message).toContain('expected an object, "{", got "[{');
    expect(read('{"text":"a"},\n{"text":"b"},\n').map(({ text }) => text)).toEqual(["a", "b"]);
  });

  it.each([
    ['{"text":"a"', 'Not JSON at column 12: expected "," or "}", got the end.'],
    ['{"text":"a",}', 'Not JSON at column 13: expected a key in double quotes, got "}".'],
    ['{"мәтін": мынау}', 'Not JSON at column 11: expected a value, got "мынау}".'],
    ["hello", 'Not JSON at column 1: expected an object, "{", got "hello".'],
    ["[1,2]", 'Not JSON at column 1: expected an object, "{", got "[1,2]".'],
  ])("says what is wrong with %s and goes on", (line, message) => {
    const messages = read(`{"text":"before"}\n${line}\n{"text":"after"}`);
    expect(messages.map(({ text }) => text)).toEqual(["before", null, "after"]);
    expect(messages[1]).toMatchObject({
      line: 2,
      kind: "error",
      error: { code: "E_JSON", message },
    });
  });

  it("says which keys it saw where there is no text", () => {
    const message = readOne({ id: 9, text: 5, title: "t" });
    expect(message).toMatchObject({
      kind: "error",
      id: "9",
      text: null,
      error: { code: "E_NO_TEXT" },
    });
    expect(message.error?.message).toBe(
      "Expected a string under text, got the keys id (no string), text (no string), title. Name the key that holds the text with --text-field.",
    );
  });

  it("makes a line of more than 16 MiB an error record and goes on behind it", () => {
    const text = `{"text":"a"}\n{"text":"${"z".repeat(16 << 20)}"}\n{"text":"b"}`;
    expect(read(text).map(({ text: read, error }) => read ?? error?.code)).toEqual(["a", "E_RECORD_TOO_LONG", "b"]);
  });

  it("recognises JSON lines", () => {
    const sniff = (text: string): number => JSONL.sniff(encode(text));
    expect(sniff('{"text":"a"}\n{"text":"b"}\n')).toBeGreaterThan(0.5);
    expect(sniff('{"data":{"body":"a"}}\n{"data":{"body":"b"}}\n')).toBeGreaterThan(0.5);
    expect(sniff('{"text":"a","replies":[{"text":"c"}]}\n{"text":"b"}\n')).toBeGreaterThan(0.5);
    expect(sniff('{"text":"a","replies":[{"text":"c"}]}')).toBe(0);
    expect(sniff('{"note":"a"}\n{"note":"b"}\n')).toBe(0.3);
    expect(sniff('[\n{"text":"a"},\n{"text":"b"}\n]')).toBe(0);
    expect(sniff('{"messages":[{"text":"a"}]}\n{"messages":[]}')).toBe(0);
    expect(sniff('{"text":"a"}\n{"text":"cut of')).toBeGreaterThan(0.5);
    expect(sniff('{"text":"cut of')).toBeGreaterThan(0.5);
    expect(sniff('{\n "messages": [\n')).toBe(0);
    expect(sniff("{hello} there\n{you}\n")).toBe(0);
    expect(sniff("hello\n")).toBe(0);
    expect(sniff("")).toBe(0);
  });
});
