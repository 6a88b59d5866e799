import { existsSync, readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SLACK } from "../../src/readers/formats/slack.ts";
import { slackText } from "../../src/readers/formats/slack-text.ts";
import { sniffFormat } from "../../src/readers/table.ts";
import { collect, encode } from "./collect.ts";

const SAMPLE = "../shared/exports/slack/sev_testarchive.zip";
const NAMES = new Map([["U1", "Әсел"]]);

describe("Slack's markup", () => {
  it.each([
    ["<@U1> and <@U2>", "@Әсел and @U2"],
    ["<@U2|timur>", "@timur"],
    ["<#C1|bazar> <#C1>", "#bazar #C1"],
    ["<!here> <!channel> <!subteam^S1|@cooks> <!date^1^{date}|noon>", "@here @channel @cooks noon"],
    ["<https://example.org|tea & cake>", "tea & cake https://example.org"],
    ["<https://example.org|https://example.org>", "https://example.org"],
    ["<https://example.org/|example.org>", "example.org"],
    ["<mailto:a@example.org|a@example.org>", "a@example.org"],
    ["<https://example.org/?a=1&amp;b=2>", "https://example.org/?a=1&b=2"],
    ["&amp;lt; &lt;@U1&gt;", "&lt; <@U1>"],
    ["a < b", "a < b"],
    ["<>", ""],
  ])("is read %j as %j", (marked, text) => {
    expect(slackText(marked, NAMES)).toBe(text);
  });

  it("gives back what a person typed, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "&", "<", ">", "amp;", "lt;", "@U1", "|", "ж") }), (typed) => {
        const sent = typed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        expect(slackText(sent, NAMES)).toBe(typed);
      }),
    );
  });

  it("takes a time that grows no faster than its length", () => {
    expect(slackText("<".repeat(200_000), NAMES)).toHaveLength(200_000);
    expect(slackText("<@|".repeat(100_000), NAMES)).toHaveLength(300_000);
  });
});

describe("the Slack reader", () => {
  it("names people and the channel as it is told", () => {
    const bytes = encode('[{"type":"message","ts":"1700000000.000100","user":"U1","username":"old","text":"<@U1>"}]');
    const { messages } = collect(SLACK, bytes, { options: { known: { names: NAMES, conversation: "bazar" } } });
    expect(messages[0]).toMatchObject({ author: "Әсел", authorId: "U1", conversation: "bazar", text: "@Әсел" });
  });

  it("takes types of blocks for what they are, not for what JavaScript makes of their names", () => {
    const blocks = ["constructor", "__proto__", "toString"].map((type) => ({ type, text: type }));
    const { messages } = collect(SLACK, encode(JSON.stringify([{ type: "message", ts: "1.1", text: "", blocks }])));
    expect(messages[0]).toMatchObject({ text: "constructor\n__proto__\ntoString", error: null });
  });
});

describe.skipIf(!existsSync(SAMPLE))("the Slack reader on a workspace's export (needs ../shared/exports)", () => {
  const days = existsSync(SAMPLE) ? readMembers(readFileSync(SAMPLE)).filter(({ name }) => /\/\d{4}-\d\d-\d\d\.json$/u.test(name)) : [];
  const messages = days.flatMap(({ bytes }) => collect(SLACK, bytes).messages);

  it("finds all 158 messages, each with its author, time and text", () => {
    expect(messages).toHaveLength(158);
    expect(
      messages.every(({ author, id, sentAt, timeKind }) => author !== null && id !== null && sentAt !== null && timeKind === "utc"),
    ).toBe(true);
    expect(messages.filter(({ text }) => text !== null)).toHaveLength(158);
  });

  it("tells the 50 that people wrote from files, joins and bots", () => {
    const count = (kind: string): number => messages.filter((message) => message.kind === kind).length;
    expect({ user: count("user"), system: count("system"), placeholder: count("placeholder") }).toEqual({
      user: 50,
      system: 94 + 8 + 3,
      placeholder: 3,
    });
  });

  it("knows each day by its beginning", () => {
    for (const { bytes } of days) expect(sniffFormat(bytes.subarray(0, 1 << 16), ".json")).toBe(SLACK);
  });
});

/** Members of a small archive by its central directory. */
function readMembers(zip: Buffer): { name: string; bytes: Buffer }[] {
  const end = zip.lastIndexOf("PK\x05\x06");
  const members: { name: string; bytes: Buffer }[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    members.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      bytes: zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return members;
}
