import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORWARDED, KIND, PART, TIME } from "../../src/core/message.ts";
import { JSONL } from "../../src/writers/jsonl.ts";
import { asUtf8, type Given, hostileText, markedText, write } from "./judged.ts";

interface JsonRecord extends Record<string, unknown> {
  text: string;
  scores: Record<string, number>;
  signals: { start: number; end: number; text: string }[];
}

function record(given: Given, source?: string): JsonRecord {
  const text = write(JSONL, [given], source === undefined ? {} : { source });
  expect(text.endsWith("}\n")).toBe(true);
  expect(text.slice(0, -1)).not.toMatch(/[\n\r]/);
  return JSON.parse(text) as JsonRecord;
}

describe("a JSONL record", () => {
  it("has the keys of the contract, in its order", () => {
    const whole = record({
      text: "a b",
      id: "1",
      author: "x",
      conversation: "c",
      sentAtMs: 0,
      timeKind: TIME.utc,
      scores: [0.1, 0.2, 0.3],
      signals: [{ start: 0, end: 1 }],
    });
    expect(Object.keys(whole)).toEqual([
      "id",
      "source",
      "line",
      "conversation",
      "author",
      "sentAt",
      "text",
      "language",
      "decision",
      "labels",
      "score",
      "scores",
      "signals",
    ]);
    expect(Object.keys(whole.scores)).toEqual(["slur", "incitement", "hate"]);
    expect(Object.keys(whole.signals[0]!)).toEqual(["label", "category", "start", "end", "text", "weight", "source", "entry"]);
    expect(Object.keys(record({ text: "a" }))).toEqual(Object.keys(whole));
  });

  it("says null for what is unknown", () => {
    expect(record({ text: "a" })).toMatchObject({
      id: null,
      conversation: null,
      author: null,
      sentAt: null,
      labels: [],
      signals: [],
    });
    expect(record({ text: "a", signals: [{ start: 0, end: 1 }] }).signals[0]).toMatchObject({ category: null });
  });

  it("keeps a text that is empty", () => {
    expect(record({ text: "" }).text).toBe("");
  });

  it("says the labels, the decision and the highest score", () => {
    expect(
      record({
        text: "a",
        labels: 0b110,
        decision: "review",
        scores: [0.25, 0.99994, 0.00004],
      }),
    ).toMatchObject({
      labels: ["incitement", "hate"],
      decision: "review",
      language: "en",
      score: 0.9999,
      scores: { slur: 0.25, incitement: 0.9999, hate: 0 },
    });
  });

  it("writes scores of nought and one as numbers", () => {
    expect(record({ text: "a", scores: [0, 1, 1e-12] })).toMatchObject({
      score: 1,
      scores: { slur: 0, incitement: 1, hate: 0 },
    });
  });

  it.each<[string, Partial<Given>, string | null]>([
    ["with Z where it is UTC", { sentAtMs: Date.UTC(2020, 1, 7, 13, 5), timeKind: TIME.utc }, "2020-02-07T13:05:00Z"],
    ["without where the zone is unknown", { sentAtMs: Date.UTC(2020, 1, 7, 13, 5), timeKind: TIME.local }, "2020-02-07T13:05:00"],
    [
      "with its distance from UTC where that is known",
      { sentAtMs: Date.UTC(2020, 1, 7, 7, 35), timeKind: TIME.offset, offsetMinutes: 330 },
      "2020-02-07T13:05:00+05:30",
    ],
    ["west of it, too", { sentAtMs: Date.UTC(2020, 1, 7, 1), timeKind: TIME.offset, offsetMinutes: -90 }, "2020-02-06T23:30:00-01:30"],
    ["with parts of a second where there are some", { sentAtMs: 1, timeKind: TIME.utc }, "1970-01-01T00:00:00.001Z"],
    ["as null where it is beyond what a date can be", { sentAtMs: 1e300, timeKind: TIME.utc }, null],
    ["as null where it is none", { sentAtMs: Number.NaN, timeKind: TIME.none }, null],
  ])("writes the instant %s", (_, given, sentAt) => {
    expect(record({ text: "a", ...given })["sentAt"]).toBe(sentAt);
  });

  it("says what only some sources know, and leaves it out elsewhere", () => {
    const parts = { [PART.locator]: ".messages[3]", [PART.authorId]: "user1", [PART.replyTo]: "7", [PART.origin]: 'News "24"' };
    expect(record({ text: "a", parts, forwarded: FORWARDED.yes, edited: true })).toMatchObject({
      locator: ".messages[3]",
      authorId: "user1",
      replyTo: "7",
      forwardedFrom: 'News "24"',
      forwarded: true,
      edited: true,
    });
    expect(record({ text: "a", forwarded: FORWARDED.no })["forwarded"]).toBe(false);
    for (const key of ["locator", "authorId", "replyTo", "forwardedFrom", "forwarded", "edited", "kind"])
      expect(record({ text: "a" })).not.toHaveProperty(key);
  });

  it("names the kind of what no user wrote, and carries the fields asked for", () => {
    expect(record({ text: "a", kind: KIND.system })["kind"]).toBe("system");
    expect(record({ text: "a", fields: '"url":"x","n":[1]' })["fields"]).toEqual({ url: "x", n: [1] });
  });

  it.each([
    ['quotes "" and \\ backslashes \\" \\n'],
    ["\0\u0001\b\t\n\f\r\u001b\u001f\u007f\u0080\u009f"],
    ["lines\u2028and\u2029paragraphs"],
    ["😀 👩‍👩‍👧 \u{10ffff}"],
    ["\ufeff\u202eback\u202c"],
    ["қәғүұңөіһ ЁЪ"],
  ])("gives %j back as it was", (text) => {
    expect(record({ text, id: text, author: text, conversation: text }, text)).toMatchObject({
      text,
      id: text,
      author: text,
      conversation: text,
      source: text,
    });
  });

  it("writes a lone surrogate as the replacement character", () => {
    expect(record({ text: "a\ud800b\udc00" }).text).toBe("a\ufffdb\ufffd");
  });

  it("is sound JSON whatever the message, the author and the names say", () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (text, name, source) => {
        expect(record({ text, id: name, author: name, conversation: asUtf8(name) }, asUtf8(source))).toMatchObject({
          text: asUtf8(text),
          id: asUtf8(name),
          author: asUtf8(name),
          conversation: asUtf8(name),
          source: asUtf8(source),
        });
      }),
    );
  });

  it("counts spans in code points of the text", () => {
    fc.assert(
      fc.property(markedText, markedText, (before, { text, start, end }) => {
        const lines = write(JSONL, [{ text: before.text }, { text, signals: [{ start, end }] }])
          .trimEnd()
          .split("\n");
        const [signal] = (JSON.parse(lines[1]!) as JsonRecord).signals;
        expect(signal!.text).toBe(text.slice(start, end));
        expect([...text].slice(signal!.start, signal!.end).join("")).toBe(signal!.text);
      }),
    );
  });

  it("rounds weights to thousandths and keeps their sign", () => {
    const weights = [1.23456, -2.5, 0.0004].map((weight) => ({
      start: 0,
      end: 1,
      weight,
    }));
    expect(record({ text: "a", signals: weights }).signals).toMatchObject([{ weight: 1.235 }, { weight: -2.5 }, { weight: 0 }]);
  });

  it("grows its buffer for a message of many megabytes that is all control characters", () => {
    const text = "\u0001".repeat(3 << 20);
    expect(record({ text }).text).toBe(text);
  });
});

describe("a JSONL error record", () => {
  it("says code, message, source and line, and nothing else", () => {
    const text = write(JSONL, [{ text: null, kind: KIND.error, line: 7 }], {
      code: "E_JSON",
      reason: 'a "quoted"\nreason',
      source: "a\\b.jsonl",
    });
    expect(text.slice(0, -1)).not.toContain("\n");
    expect(JSON.parse(text)).toEqual({
      error: {
        code: "E_JSON",
        message: 'a "quoted"\nreason',
        source: "a\\b.jsonl",
        line: 7,
      },
    });
  });

  it("stands between the records around it", () => {
    const lines = write(JSONL, [{ text: "a" }, { text: null, kind: KIND.error }, { text: "b" }])
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(["id", "error", "id"]);
  });
});
