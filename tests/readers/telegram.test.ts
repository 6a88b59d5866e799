import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { TELEGRAM } from "../../src/readers/telegram/telegram.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

const SAMPLES = "../shared/exports";

function read(text: string, options: Partial<ReaderOptions> = {}): { messages: CollectedMessage[]; notes: readonly string[] } {
  return collect(TELEGRAM, encode(text), { options });
}

function chat(messages: unknown[], head: object = { name: "Ауыл чат", type: "private_group", id: 7 }): string {
  return JSON.stringify({ ...head, messages }, null, 1);
}

function readOne(message: object): CollectedMessage {
  const { messages, notes } = read(chat([{ id: 1, type: "message", ...message }]));
  expect(notes).toEqual([]);
  expect(messages).toHaveLength(1);
  return messages[0]!;
}

describe("the Telegram reader", () => {
  it.each<[object, string | null]>([
    [{ text: "hello" }, "hello"],
    [
      {
        text: ["see ", { type: "bold", text: "this" }, { type: "link", text: "!" }, ""],
      },
      "see this!",
    ],
    [{ text: "", text_entities: [{ type: "plain", text: "unused" }] }, null],
    [
      {
        text_entities: [
          { type: "plain", text: "only " },
          { type: "bold", text: "here" },
        ],
      },
      "only here",
    ],
    [{ text: "shown", text_entities: [{ type: "plain", text: "other" }] }, "shown"],
    [{ photo: "p.jpg", text: "caption" }, "caption"],
    [{ photo: "p.jpg", text: "" }, null],
    [
      {
        text: "",
        poll: {
          question: "Tea?",
          answers: [{ text: "yes", voters: 1 }, { text: "no" }],
        },
      },
      "Tea?\nyes\nno",
    ],
    [
      {
        text: "so",
        poll: {
          question: ["Te", { type: "bold", text: "a?" }],
          answers: [{ text: [{ type: "plain", text: "yes" }] }],
        },
      },
      "so\nTea?\nyes",
    ],
    [{ text: "", todo_list: { title: "Shop", answers: [{ text: "bread" }] } }, "Shop\nbread"],
    [{ text: [1, null, ["x"], { text: 5 }, { type: "a" }] }, null],
    [{ text: 'Ұлттық 😀 \u0001 "quoted"' }, 'Ұлттық 😀 \u0001 "quoted"'],
  ])("puts together the text of %j", (message, text) => {
    expect(readOne(message)).toMatchObject({
      text,
      kind: text === null ? "placeholder" : "user",
    });
  });

  it.each<[object, string | null]>([
    [{ from: "Әсел", from_id: "user1" }, "Әсел"],
    [{ from: null, from_id: "user1" }, "user1"],
    [{ from_id: 4242 }, "4242"],
    [{ actor: "Айгүл", actor_id: "user2" }, "Айгүл"],
    [{ actor: null, actor_id: "user2" }, "user2"],
    [{ from: "" }, null],
    [{}, null],
  ])("finds the author of %j", (message, author) => {
    expect(readOne({ text: "a", ...message }).author).toBe(author);
  });

  it("prefers the instant in UTC to the exporter's local time", () => {
    const date = "2020-02-07T19:05:00";
    expect(readOne({ text: "a", date, date_unixtime: "1581080700" })).toMatchObject({ sentAt: "2020-02-07T13:05:00Z", timeKind: "utc" });
    expect(readOne({ text: "a", date })).toMatchObject({
      sentAt: date,
      timeKind: "local",
    });
    expect(readOne({ text: "a" })).toMatchObject({
      sentAt: null,
      timeKind: "none",
    });
  });

  it.each([
    [{ forwarded_from: "News" }, "yes"],
    [{ forwarded_from: null }, "yes"],
    [{ saved_from: null }, "yes"],
    [{ forwarded_from_id: "channel5" }, "yes"],
    [{}, "no"],
  ])("knows from %j whether it was forwarded", (message, forwarded) => {
    expect(readOne({ text: "a", ...message }).forwarded).toBe(forwarded);
  });

  it("marks rows that the program wrote, with the words people put in them", () => {
    const service = (message: object): CollectedMessage => readOne({ type: "service", text: "", ...message });
    expect(service({ action: "pin_message" })).toMatchObject({
      kind: "system",
      text: "pin_message",
    });
    expect(service({ action: "topic_created", title: "Weather" }).text).toBe("topic_created\nWeather");
    expect(
      service({
        action: "todo_append_tasks",
        items: [{ text: "bread" }, { text: "milk" }],
      }).text,
    ).toBe("todo_append_tasks\nbread\nmilk");
    expect(service({ information_text: "hi" }).text).toBe("hi");
    expect(service({})).toMatchObject({ kind: "system", text: null });
    expect(readOne({ type: "unsupported" })).toMatchObject({
      kind: "placeholder",
      text: null,
    });
  });

  it("names messages by their id, or by their number where they have none", () => {
    const { messages } = read(chat([{ id: -999999999, text: "a" }, { text: "b" }, { id: 12345678901234567890n.toString(), text: "c" }]));
    expect(messages.map(({ id, line, locator }) => [id, line, locator])).toEqual([
      ["-999999999", 6, ".messages[0]"],
      ["2", 10, ".messages[1]"],
      ["12345678901234567890", 13, ".messages[2]"],
    ]);
  });

  it.each<[object, string | null]>([
    [{ name: 'Ауыл "чат"', id: 7 }, 'Ауыл "чат"'],
    [{ name: null, id: 7 }, "7"],
    [{ type: "saved_messages", id: 7 }, "7"],
    [{}, null],
  ])("takes the conversation from %j", (head, conversation) => {
    expect(read(chat([{ text: "a" }], head)).messages[0]?.conversation).toBe(conversation);
  });

  it("reads the chats of an account, and no messages from elsewhere", () => {
    const account = {
      about: "x",
      personal_information: { messages: [{ text: "no" }] },
      other_data: {
        messages: [{ text: "no" }],
        chats: { list: [{ messages: [{ text: "no" }] }] },
      },
      chats: {
        about: "y",
        list: [
          {
            name: "A",
            type: "personal_chat",
            id: 1,
            messages: [
              { id: 1, text: "a1" },
              { id: 2, text: "a2", messages: [{ text: "no" }] },
            ],
          },
          { type: "saved_messages", id: 2, messages: [{ id: 1, text: "b1" }] },
          { name: "C", id: 3, messages: [] },
        ],
        messages: [{ text: "no" }],
      },
      left_chats: {
        list: [{ name: "D", id: 4, messages: [{ id: 1, text: "d1" }] }],
      },
    };
    for (const indent of [undefined, 1]) {
      const { messages, notes } = read(JSON.stringify(account, null, indent));
      expect(notes).toEqual([]);
      expect(messages.map(({ text, conversation, locator }) => [text, conversation, locator])).toEqual([
        ["a1", "A", ".chats.list[0].messages[0]"],
        ["a2", "A", ".chats.list[0].messages[1]"],
        ["b1", "2", ".chats.list[1].messages[0]"],
        ["d1", "D", ".left_chats.list[0].messages[0]"],
      ]);
    }
  });

  it("repairs what Telegram Desktop writes that is no JSON", () => {
    const text = `{"name":"A","messages":[
      {"id":1,"text":"vertical\\x0Btab and literal \\\\x0B"},
      {"id":2,
       "reactions": [{"type": "custom_emoji",
         "document_id": video_files/sticker (2).webm
       }],
       "text":"b"}]}`;
    const { messages, report } = collect(TELEGRAM, encode(text), { options: { keepFields: ["reactions"] } });
    expect(report.repaired).toBe(2);
    expect(messages.map((message) => message.text)).toEqual(["vertical\u000btab and literal \\x0B", "b"]);
    expect(messages[1]?.fields).toBe('"reactions":[{"type":"custom_emoji","document_id":"video_files/sticker (2).webm"}]');
  });

  it.each([
    ['  {\n   "id": 2,\n   "text": "5" disk"\n  },'],
    ['  {\n   "id": 2,\n   "text": "lost quote,\n   "x": "}"\n  },'],
    ['  {"id": 2 "text": "b"},'],
    ["  null,"],
    ["  [1, {}],"],
    ['  "text", 5,'],
  ])("makes %j an error record and goes on behind it", (spoilt) => {
    const { messages } = read(`{\n "messages": [\n  {"id": 1, "text": "a"},\n${spoilt}\n  {"id": 3, "text": "c"}\n ]\n}`);
    expect(messages.map(({ text, error }) => text ?? error?.code)).toEqual(["a", "E_JSON", "c"]);
    expect(messages[2]?.line).toBe(4 + spoilt.split("\n").length);
  });

  it("keeps whom a message is from, what it answers, where it was forwarded from and that it was changed", () => {
    const message = {
      text: "a",
      from: "Әсел",
      from_id: "user1",
      reply_to_message_id: 7,
      forwarded_from: "News",
      edited: "2020-02-07T19:05:00",
    };
    expect(readOne(message)).toMatchObject({ author: "Әсел", authorId: "user1", replyTo: "7", origin: "News", edited: true });
    expect(readOne({ text: "a", forwarded_from: null })).toMatchObject({ authorId: null, replyTo: null, origin: null, edited: false });
  });

  it("does not take anything but a string or pieces for a text", () => {
    for (const text of [5, true, { text: "a" }])
      expect(readOne({ text })).toMatchObject({
        id: "1",
        error: { code: "E_NO_TEXT" },
      });
    expect(readOne({ text: null })).toMatchObject({
      kind: "placeholder",
      error: null,
    });
  });

  it("finds the rest of the messages where a spoilt one seems to end their list", () => {
    const { messages } = read('{\n "messages": [\n  {"id": 1, "text": ["a" }]},\n  {"id": 2, "text": "b"}\n ]\n}');
    expect(messages.at(-1)).toMatchObject({ id: "2", text: "b" });
    expect(messages.some((message) => message.error?.code === "E_JSON")).toBe(true);
  });

  it("reads what there is of a file that breaks off, and says so", () => {
    const whole = chat([
      { id: 1, text: "a" },
      { id: 2, text: "b" },
    ]);
    const inMessage = read(whole.slice(0, whole.indexOf('"b"')));
    expect(inMessage.messages.map(({ text, error }) => text ?? error?.code)).toEqual(["a", "E_TRUNCATED"]);
    expect(inMessage.notes).toEqual(["The file ends in the middle of message 2; export it again."]);
    const behind = read(whole.slice(0, whole.lastIndexOf("]")));
    expect(behind.messages.map(({ text }) => text)).toEqual(["a", "b"]);
    expect(behind.notes).toEqual(["The file breaks off after message 2; what came after it is missing. Export it again."]);
  });

  it("says so where there are no messages", () => {
    for (const text of ["", "{}", "[]", "hello", '{"messages":{}}']) {
      const { messages, notes } = read(text);
      expect(messages).toEqual([]);
      expect(notes.at(-1)).toContain('No "messages" were found');
    }
  });

  it("makes a message of more than 16 MiB an error record", () => {
    const text = chat([
      { id: 1, text: "a" },
      { id: 2, text: "z".repeat(16 << 20) },
      { id: 3, text: "c" },
    ]);
    expect(read(text).messages.map(({ text: read, error }) => read ?? error?.code)).toEqual(["a", "E_RECORD_TOO_LONG", "c"]);
  });

  it("carries the fields that are asked for on one line", () => {
    const text = chat([{ id: 1, text: "a", reactions: [{ type: "emoji", count: 2 }], views: 5 }]);
    expect(read(text, { keepFields: ["views", "reactions"] }).messages[0]?.fields).toBe(
      '"reactions":[{"type":"emoji","count":2}],"views":5',
    );
    expect(read(text, { keepFields: ["*"] }).messages[0]?.fields).toBe('"id":1,"reactions":[{"type":"emoji","count":2}],"views":5');
  });

  it.skipIf(!existsSync(SAMPLES))("reads as many messages from each sample as were counted (needs ../shared/exports)", () => {
    const rows = readFileSync(`${SAMPLES}/EXPECTED.tsv`, "utf8")
      .split("\n")
      .map((row) => row.split("\t"));
    const samples = rows.filter(([path]) => /^(?:telegram\/|derived\/telegram)/u.test(path!));
    expect(samples.length).toBeGreaterThan(4);
    for (const [path, count] of samples) {
      const { messages, notes } = collect(TELEGRAM, readFileSync(`${SAMPLES}/${path}`));
      expect([path, messages.length, notes]).toEqual([path, Number(count), []]);
      expect(messages.filter((message) => message.error !== null)).toEqual([]);
    }
  });

  it.skipIf(!existsSync(SAMPLES))("tells the kinds of messages in the largest sample (needs ../shared/exports)", () => {
    const { messages } = collect(TELEGRAM, readFileSync(`${SAMPLES}/telegram/tk_all_kinds_result.json`));
    const count = (kind: string): number => messages.filter((message) => message.kind === kind).length;
    expect(count("system")).toBe(61);
    // 11 have text, another two a poll and a task list; the rest are media, and one is unsupported.
    expect([count("user"), count("placeholder")]).toEqual([13, 13]);
    expect(messages.filter((message) => message.forwarded === "yes")).toHaveLength(1);
  });
});
