import { describe, expect, it } from "vitest";
import { JSON_DOCUMENT } from "../../src/readers/formats/json.ts";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { collect, encode } from "./collect.ts";

function read(text: string, options: Partial<ReaderOptions> = {}) {
  return collect(JSON_DOCUMENT, encode(text), { options });
}

function texts(document: unknown, options: Partial<ReaderOptions> = {}): (string | null)[] {
  return read(JSON.stringify(document, null, 1), options).messages.map(({ text, error }) => text ?? error!.code);
}

describe("the reader of JSON documents", () => {
  const list = [{ text: "a" }, { text: "b" }];

  it.each<[string, unknown]>([
    ["in the root", list],
    ["under a key", { messages: list }],
    ["two keys deep", { data: { children: list } }],
    ["three keys deep", { data: { page: { children: list } } }],
    ["under several keys", { first: [list[0]], ids: [1, 2], second: [list[1]] }],
    ["in lists of lists of which some have no text", { users: [{ name: "x" }], posts: { list } }],
  ])("finds messages in a list %s", (_, document) => {
    expect(texts(document)).toEqual(["a", "b"]);
    expect(read(JSON.stringify(document)).messages.map(({ text }) => text)).toEqual(["a", "b"]);
  });

  it("takes a root with a text for a message, and its lists of messages for messages, too", () => {
    expect(texts({ text: "a", tags: [{ name: "x" }], entities: { tags: [{ text: "x" }] } })).toEqual(["a"]);
    expect(texts({ data: { body: "a" }, tags: [{ name: "x" }] })).toEqual(["a"]);
    expect(texts({ message: "post", comments: { data: list } })).toEqual(["post", "a", "b"]);
    expect(texts({ list, video: { caption: "about" } })).toEqual(["about", "a", "b"]);
    const post = { id: 1, text: "post", replies: [{ text: "not this one" }] };
    expect(read(JSON.stringify(post, null, 1)).messages[0]).toMatchObject({ id: "1", line: 1, locator: "." });
    const two = `${JSON.stringify(post, null, 1)}\n${JSON.stringify(post, null, 1)}`;
    expect(read(two).messages.map(({ text }) => text)).toEqual(["post", "post"]);
  });

  it("says when a root with lists is too long to be read as a message", () => {
    const { messages, report } = read(
      JSON.stringify({ text: "post", list: Array.from({ length: 3000 }, (_, id) => ({ id, text: "message" })) }),
    );
    expect(messages).toHaveLength(3000);
    expect(report).toMatchObject({ skipped: 1, notes: [expect.stringContaining("too long to be read as a message")] });
  });

  it("counts lists without texts as skipped", () => {
    const { messages, report } = read(JSON.stringify({ users: [{ id: 1 }, { id: 2 }], list, tags: ["x", "y"] }));
    expect(messages).toHaveLength(2);
    // The strings of a list are one run of what is no record.
    expect(report).toMatchObject({ skipped: 3, notes: [] });
  });

  it("makes objects without a text error records in lists that have any", () => {
    const { messages, report } = read(JSON.stringify([{ id: 1 }, { id: 2 }, { id: 3, text: "a" }, { id: 4 }]));
    expect(messages.map(({ locator, text, error }) => [locator, text ?? error?.code])).toEqual([
      [".[0]", "E_NO_TEXT"],
      [".[1]", "E_NO_TEXT"],
      [".[2]", "a"],
      [".[3]", "E_NO_TEXT"],
    ]);
    expect(report.skipped).toBe(0);
  });

  it("remembers a hundred objects at the beginning of a list and counts the others", () => {
    const { messages, report } = read(JSON.stringify([...Array.from({ length: 150 }, (_, id) => ({ id })), { text: "a" }]));
    expect(messages.length + report.skipped).toBe(151);
    expect(messages).toHaveLength(101);
  });

  it("says which keys it saw where there is no text at all", () => {
    const { messages, report } = read('{"users":[{"name":"a","age":5}],"groups":[{"title":"t"}]}');
    expect(messages).toEqual([]);
    expect(report).toMatchObject({
      skipped: 2,
      notes: [
        "No object held a text. The keys seen are name, age (no string), title. Name the one that holds the text with --text-field; dots lead into objects, as in data.body.",
      ],
    });
    expect(read("{}").notes[0]).toContain("No list of objects");
    expect(read("").notes[0]).toContain("No list of objects");
  });

  it("takes the text from the field that is asked for, also inside of objects", () => {
    const document = [{ text: "no", note: "a", data: { note: "b" } }];
    expect(texts(document, { textField: "note" })).toEqual(["a"]);
    expect(texts(document, { textField: "data.note" })).toEqual(["b"]);
    expect(texts(document, { textField: "note.data" })).toEqual([]);
    expect(texts({ note: "a" }, { textField: "note" })).toEqual(["a"]);
    expect(texts({ data: { note: "a" }, list }, { textField: "data.note" })).toEqual(["a"]);
    expect(texts({ note: "a", list }, { textField: "text" })).toEqual(["a", "b"]);
  });

  it("gives the line a record starts on and the path that leads to it", () => {
    const { messages } = read('\ufeff{"a b":\n[{"text":"x"},\n\n{"text":"y"}], "c": {"d": [{"text":"z"}]}}');
    expect(messages.map(({ line, locator, id }) => [line, locator, id])).toEqual([
      [2, '["a b"][0]', null],
      [4, '["a b"][1]', null],
      [4, ".c.d[0]", null],
    ]);
  });

  it("keeps fields as they were written", () => {
    expect(read('[{"text":"a","n":1.50,"d":{"x":NaN}}]', { keepFields: ["*"] }).messages[0]?.fields).toBe('"n":1.50,"d":{"x":null}');
    expect(read('[{"n":2,"d":{"text":"a"}}]', { keepFields: ["n"] }).messages[0]?.fields).toBe('"n":2');
  });

  it("goes on behind a broken object, and counts escapes that JSON has not", () => {
    const { messages, report } = read('[{"text":"a"},{"text":b},{"text":"c\\x0b"}]');
    expect(messages.map(({ text, error }) => text ?? error?.code)).toEqual(["a", "E_JSON", "c\u000b"]);
    expect(report.repaired).toBe(1);
  });

  it("makes a broken object an error record even where no list has a text", () => {
    expect(read('[{"a":}]').messages).toMatchObject([{ kind: "error", locator: ".[0]", error: { code: "E_JSON" } }]);
  });

  it("says where a file breaks off", () => {
    const { messages, notes } = read('{"list":[{"text":"a"},\n{"text":"b');
    expect(messages.map(({ locator, text, error }) => [locator, text ?? error?.code])).toEqual([
      [".list[0]", "a"],
      [".list[1]", "E_TRUNCATED"],
    ]);
    expect(notes).toEqual(["The file breaks off on line 2; what came after it is missing. Export it again."]);
    expect(read('[{"text":"a"},').notes).toHaveLength(1);
    expect(read('{"text":"a"}\n').notes).toEqual([]);
  });

  it("makes a record of more than 16 MiB an error record and goes on behind it", () => {
    const { messages } = read(`[{"text":"a"},{"text":"${"z".repeat(16 << 20)}"},{"text":"b"}]`);
    expect(messages.map(({ text, error }) => text ?? error?.code)).toEqual(["a", "E_RECORD_TOO_LONG", "b"]);
  });

  it.each([
    ['[{"text":"a"}]', 0.6],
    ['{"x":{"list":[{"a":{"body":"cut of', 0.6],
    ['{"data":{"body":"a"}}', 0.6],
    ['[{"name":"a"}]', 0.2],
    ['{"setting":true}', 0.2],
    ['["a","b"]', 0.2],
    [" [ ]\n", 0.2],
    ["[12:30] hello", 0],
    ["{hello}", 0],
    ["hello", 0],
    ["", 0],
  ])("is as sure of %j as %d", (text, sureness) => {
    expect(JSON_DOCUMENT.sniff(encode(text))).toBe(sureness);
  });
});
