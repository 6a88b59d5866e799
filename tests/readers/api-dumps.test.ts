import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BOT_API } from "../../src/readers/formats/bot-api.ts";
import { TELETHON } from "../../src/readers/formats/telethon.ts";
import { VK_API } from "../../src/readers/formats/vk-api.ts";
import { X } from "../../src/readers/formats/x-archive.ts";
import type { Format, Known } from "../../src/readers/reader.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

const SAMPLES = "../shared/exports";

function survey(format: Format, bytes: Uint8Array, chunk: number): Known {
  const found = format.survey!({ source: "test" });
  for (let start = 0; start < bytes.length; start += chunk) if (found.push(bytes.slice(start, start + chunk))) break;
  return found.finish();
}

function readSurveyed(format: Format, path: string): CollectedMessage[] {
  const bytes = new Uint8Array(readFileSync(path));
  const known = survey(format, bytes, 7);
  expect(survey(format, bytes, bytes.length)).toEqual(known);
  return collect(format, bytes, { options: { known } }).messages;
}

describe("names that stand behind the messages", () => {
  it("are found in VK's profiles, groups and conversations", () => {
    const comments = readSurveyed(VK_API, "fixtures/vk/comments/input.json");
    expect(comments.map((message) => message.author)).toEqual([
      "Әсел Нұрлан",
      "Жаңалық",
      "Борис Ким",
      null,
      null,
      "Борис Ким",
      "Борис Ким",
    ]);
    const history = readSurveyed(VK_API, "fixtures/vk/history/input.json");
    expect(history[3]).toMatchObject({ author: "Борис Ким", origin: "Жаңалық", conversation: "Көршілер" });
  });

  it("are found in the users and chats of Telegram's raw answers", () => {
    const [first, post] = readSurveyed(TELETHON, "fixtures/telethon/answer/input.json");
    expect(first).toMatchObject({ author: "Әсел", origin: "Борис Ким", conversation: "Ауыл" });
    expect(post).toMatchObject({ author: "Ауыл", authorId: "-1000000000010" });
  });

  it("are found on every page of X's API", () => {
    const messages = readSurveyed(X, "fixtures/x/api-pages/input.jsonl");
    expect(messages.map((message) => message.author)).toEqual(["Әсел", "boris", "Әсел"]);
  });

  it("are not looked for in a document whose root cannot hold them", () => {
    expect(X.survey!({ source: "test" }).push(encode("window.YTD.tweets.part0 = ["))).toBe(true);
    expect(X.survey!({ source: "test" }).push(encode('{"data":['))).toBe(false);
  });
});

describe("values that are no messages", () => {
  it.each([
    { format: TELETHON, path: "channel/input.json" },
    { format: BOT_API, path: "updates/input.jsonl" },
    { format: VK_API, path: "comments/input.json" },
    { format: VK_API, path: "lines/input.ndjson" },
    { format: X, path: "tweets/input.js" },
  ])("are counted, one in $format.name/$path", ({ format, path }) => {
    expect(collect(format, readFileSync(`fixtures/${format.name}/${path}`)).report.skipped).toBe(1);
  });
});

describe("messages in messages", () => {
  const nested = (depth: number): Uint8Array => {
    const open = '{"from_id":1,"text":"a","fwd_messages":['.repeat(depth);
    return encode(`[${open}${"]}".repeat(depth)}]`);
  };

  it("are all read, and an error tells where they go too deep", () => {
    expect(collect(VK_API, nested(33)).messages.map((message) => message.kind)).toEqual(new Array(33).fill("user"));
    const { messages } = collect(VK_API, nested(100));
    expect(messages).toHaveLength(34);
    expect(messages.at(-1)?.error?.code).toBe("E_TOO_DEEP");
  });

  it("keep their own members", () => {
    const bytes = encode('[{"from_id":1,"text":"a","fwd_messages":[{"from_id":2,"text":"b"}]}]');
    const { messages } = collect(VK_API, bytes, { options: { keepFields: ["from_id"] } });
    expect(messages.map((message) => message.fields)).toEqual(['"from_id":1', '"from_id":2']);
  });
});

describe("long values", () => {
  it("are read where a conversation of X is longer than a record may be", () => {
    const message = { messageCreate: { id: "1", text: "a".repeat(1 << 20) } };
    const text = JSON.stringify([{ dmConversation: { conversationId: "5", messages: new Array(18).fill(message) } }]);
    const { messages } = collect(X, encode(`window.YTD.direct_messages.part0 = ${text}`));
    expect(messages.map(({ kind, conversation }) => `${kind} ${conversation}`)).toEqual(new Array(18).fill("user 5"));
  });

  it("are read where the first of many lines is longer than what formats are sniffed by", () => {
    const items = Array.from({ length: 3000 }, (_, id) => ({ id, from_id: 1, text: `comment ${id}` }));
    const lines = [JSON.stringify({ id: 1, from_id: 1, text: "post", thread: { items } }), '{"id":2,"from_id":1,"text":"next"}'];
    expect(lines[0]!.length).toBeGreaterThan(1 << 16);
    for (const chunk of [1000, 1 << 20]) expect(collect(VK_API, encode(lines.join("\n")), { chunk }).messages).toHaveLength(3002);
  });

  it("are read where a chunk is longer than a record may be", () => {
    const tweet = JSON.stringify({ tweet: { id_str: "1", full_text: "a".repeat(1 << 20) } });
    const bytes = encode(`[${new Array(18).fill(tweet).join(",")}]`);
    expect(collect(X, bytes, { chunk: bytes.length }).messages).toHaveLength(18);
  });
});

describe.skipIf(!existsSync(SAMPLES))("the scraped sample (needs ../shared/exports)", () => {
  it("gives as many messages as were counted in it, all with an author", () => {
    const sample = "telegram_scrape/lc_telethon_channel.json";
    const row = readFileSync(`${SAMPLES}/EXPECTED.tsv`, "utf8")
      .split("\n")
      .map((line) => line.split("\t"))
      .find(([path]) => path === sample)!;
    const { messages, report } = collect(TELETHON, readFileSync(`${SAMPLES}/${sample}`));
    expect(messages).toHaveLength(Number(row[1]));
    expect(messages.filter((message) => message.kind === "user" && message.authorId !== null)).toHaveLength(Number(row[2]));
    expect(messages.map((message) => message.replyTo)).toEqual([null, "1783", "1782", null]);
    expect(messages[0]).toMatchObject({ id: "1785", sentAt: "2023-05-15T19:30:49Z", timeKind: "utc" });
    expect(report.skipped).toBe(0);
  });
});
