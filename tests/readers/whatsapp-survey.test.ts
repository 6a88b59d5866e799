import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Known, ReaderOptions } from "../../src/readers/reader.ts";
import { chooseDateOrder, createDateEvidence, type DateEvidence, weighDate } from "../../src/readers/whatsapp/dates.ts";
import { createHeader, SHAPE } from "../../src/readers/whatsapp/header.ts";
import { WHATSAPP } from "../../src/readers/whatsapp/whatsapp.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

/** Asks the survey as a reader's caller does: piece by piece, until it knows enough. */
function survey(bytes: Uint8Array, chunk: number = bytes.length, options: Partial<ReaderOptions> = {}): { known: Known; seen: number } {
  const found = WHATSAPP.survey!({ source: "test", ...options });
  let seen = 0;
  while (seen < bytes.length) {
    const piece = bytes.slice(seen, seen + chunk);
    seen += piece.length;
    if (found.push(piece)) break;
    piece.fill(0xff);
  }
  return { known: found.finish(), seen };
}

function readSurveyed(text: string, chunk?: number): ReturnType<typeof collect> {
  const bytes = encode(text);
  const { known } = survey(bytes, chunk);
  return collect(WHATSAPP, bytes, { ...(chunk === undefined ? {} : { chunk }), options: { known } });
}

function days(messages: readonly CollectedMessage[]): Set<string | undefined> {
  return new Set(messages.map((message) => message.sentAt?.slice(0, 10)));
}

/** More than a head of messages of one day that has two readings. */
const AMBIGUOUS = `1/2/2022, 10:00 - Ann: ${"a message of one and the same day ".repeat(5)}\n`.repeat(6000);

describe("a survey", () => {
  test("finds the one date that tells, past the first MiB, and all messages are read by it", () => {
    expect(AMBIGUOUS.length).toBeGreaterThan(1 << 20);
    const text = `${AMBIGUOUS}1/27/2022, 10:00 - Ben: tells\n`;
    const alone = collect(WHATSAPP, encode(text));
    expect(alone.messages[0]?.sentAt).toBe("2022-02-01T10:00:00");
    expect(alone.notes.join(" ")).toContain("Line 6001");
    const { messages, report } = readSurveyed(text);
    expect(days(messages)).toEqual(new Set(["2022-01-02", "2022-01-27"]));
    expect(report).toEqual({
      notes: [],
      skipped: 0,
      repaired: 0,
      dateOrder: { order: "mdy", confidence: 1 },
    });
  });

  test("leaves the rest of a file alone whose head is certain", () => {
    const bytes = encode(`13.03.2022, 10:00 - Ann: a\n${AMBIGUOUS.replaceAll("/", ".")}`);
    const { known, seen } = survey(bytes, 1000);
    expect(seen).toBeLessThan(300_000);
    expect([...known.dateOrders!.values()]).toEqual([{ order: "dmy", confidence: 1 }]);
  });

  test("weighs time running backwards over the whole file", () => {
    const later = Array.from(
      { length: 24 },
      (_, month) => `${(month % 12) + 1}/${3 + (month % 2)}/${2022 + Math.floor(month / 12)}, 10:00 - Ann: b\n`,
    );
    const { messages, report } = readSurveyed(AMBIGUOUS + later.join(""));
    expect(messages[0]?.sentAt?.slice(0, 10)).toBe("2022-01-02");
    expect(report.dateOrder?.order).toBe("mdy");
    expect(report.dateOrder?.confidence).toBe(0.99);
  });

  test("is not turned round by a single date of the other order", () => {
    const text = `${"13/2/2022, 10:00 - Ann: a\n14/2/2022, 10:00 - Ann: b\n".repeat(3)}1/27/2022, 10:00 - Ben: a header typed by hand\n15/2/2022, 10:00 - Ann: c\n`;
    const { messages, report } = readSurveyed(text);
    expect(messages.map((message) => message.sentAt?.slice(5, 10) ?? null).slice(-2)).toEqual([null, "02-15"]);
    expect(report.dateOrder).toEqual({ order: "dmy", confidence: 0.99 });
  });

  test("gives each shape its order, also one that takes over later", () => {
    const other = Array.from({ length: 40 }, (_, index) => `[4/${(index % 12) + 1}/22, 14:56:01] Ben: after\n`).join("");
    const { messages } = readSurveyed(`${AMBIGUOUS}${other}[4/28/22, 14:56:01] Ben: tells\n`);
    expect(messages[6000]).toMatchObject({ line: 6001, author: "Ben", sentAt: "2022-04-01T14:56:01" });
  });

  test("of a file without headers, or without anything, knows no order", () => {
    for (const text of ["", "one\ntwo\n", "x".repeat(300_000)]) {
      expect(survey(encode(text), 1000)).toEqual({ known: { dateOrders: new Map() }, seen: text.length });
    }
  });

  test("takes any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (noise, chunk) => {
        survey(noise, chunk);
      }),
    );
  });

  test("finds the same for any chunking, and so do the messages that are read by it", () => {
    const date = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }), fc.constantFrom("22", "2022"));
    const line = fc.oneof(
      { weight: 6, arbitrary: date.map(([a, b, c]) => `${a}/${b}/${c}, 10:00 - Ann: text\n`) },
      { weight: 2, arbitrary: date.map(([a, b, c]) => `[${a}.${b}.${c}, 10:00:01] Ben: text\r\n`) },
      fc.constantFrom("more of it\n", "\n", "10:00 1/2/22: \n"),
    );
    const lines = fc.array(line, { maxLength: 50 }).map((parts) => parts.join(""));
    const short = fc.record({ text: lines, chunk: fc.integer({ min: 1, max: 40 }) });
    const padding = "padding without a header\n".repeat(10_600);
    const long = fc.record({
      text: fc.tuple(lines, lines).map((parts) => parts.join(padding)),
      chunk: fc.integer({ min: 5000, max: 70_000 }),
    });
    const same = ({ text, chunk }: { text: string; chunk: number }): void => {
      const bytes = encode(text);
      expect(survey(bytes, chunk).known).toEqual(survey(bytes).known);
      expect(readSurveyed(text, chunk)).toEqual(readSurveyed(text));
    };
    fc.assert(fc.property(short, same), { numRuns: 100 });
    fc.assert(fc.property(long, same), { numRuns: 10 });
  });
});

describe("an order that the user names", () => {
  const sentAt = (text: string, dateOrder: "dmy" | "mdy" | "ymd") =>
    collect(WHATSAPP, encode(text), { options: { dateOrder } }).messages[0]?.sentAt?.slice(0, 10);

  test("overrules what the dates say", () => {
    expect(sentAt("05.04.2022, 10:00 - Ann: a\n", "mdy")).toBe("2022-05-04");
    expect(sentAt("[22. 3. 18. 14:56] Ann: a\n", "ymd")).toBe("2022-03-18");
    const { messages, report } = collect(WHATSAPP, encode("05.04.2022, 10:00 - Ann: a\n13.04.2022, 10:00 - Ann: b\n"), {
      options: { dateOrder: "mdy" },
    });
    expect(messages.map((message) => message.timeKind)).toEqual(["local", "none"]);
    expect(report.dateOrder).toEqual({ order: "mdy", confidence: 1 });
  });

  test("overrules a survey, which then need not be asked", () => {
    const bytes = encode("05.04.2022, 10:00 - Ann: a\n13.04.2022, 10:00 - Ann: b\n");
    const { known } = survey(bytes, 10, { dateOrder: "mdy" });
    expect([...known.dateOrders!.values()]).toEqual([{ order: "mdy", confidence: 1 }]);
    const { messages } = collect(WHATSAPP, bytes, { options: { dateOrder: "mdy", known: survey(bytes).known } });
    expect(messages[0]?.sentAt).toBe("2022-05-04T10:00:00");
  });

  test("does not move a year of four digits", () => {
    expect(sentAt("2022/04/05, 10:00 - Ann: a\n", "dmy")).toBe("2022-04-05");
    expect(sentAt("13.04.2022, 10:00 - Ann: a\n", "ymd")).toBe("2022-04-13");
  });
});

describe("the report", () => {
  test("gives the order of the shape that has the most messages", () => {
    const american = "[4/27/22, 2:56:01 PM] Ben: a\n".repeat(40);
    const { report } = collect(WHATSAPP, encode(`${"13.03.2022, 10:00 - Ann: a\n".repeat(60)}${american}`));
    expect(report.dateOrder).toEqual({ order: "dmy", confidence: 1 });
    const { report: turned } = collect(WHATSAPP, encode(`${"13.03.2022, 10:00 - Ann: a\n".repeat(35)}${american}`));
    expect(turned.dateOrder).toEqual({ order: "mdy", confidence: 1 });
  });

  test("gives none where years come first or no header is found", () => {
    expect(collect(WHATSAPP, encode("2022/04/05, 10:00 - Ann: a\n")).report.dateOrder).toBeNull();
    expect(collect(WHATSAPP, encode("hello\n")).report.dateOrder).toBeNull();
  });

  test("counts as skipped what is no message, not what is read as one", () => {
    const { messages, report } = collect(WHATSAPP, encode("\n\nof a message before\n\n13.03.2022, 10:00 - Ann: a\n\n\nb\n"));
    expect(messages.map((message) => message.text)).toEqual(["of a message before", "a\n\n\nb"]);
    expect(report.skipped).toBe(3);
  });
});

describe("the confidence of an order", () => {
  const DASHED = SHAPE.dash | SHAPE.comma;
  const weigh = (dates: readonly (readonly [number, number, number])[]): DateEvidence => {
    const evidence = createDateEvidence();
    for (const [first, second, third] of dates) weighDate(evidence, { ...createHeader(), first, second, third });
    return evidence;
  };

  test("is 1 only if every other order makes impossible dates", () => {
    const dotted = (dates: readonly (readonly [number, number, number])[], shape = DASHED | SHAPE.longYear) =>
      chooseDateOrder(weigh(dates), shape);
    expect(dotted([[13, 3, 2022]])).toEqual({ order: "dmy", confidence: 1 });
    expect(dotted([[12, 3, 2022]]).confidence).toBeLessThan(1);
    // "13.03.22" may be of the year 2013; "07.03.22" may not, for WhatsApp is younger.
    expect(dotted([[13, 3, 22]], DASHED).confidence).toBeLessThan(1);
    expect(
      dotted(
        [
          [13, 3, 22],
          [7, 3, 22],
        ],
        DASHED,
      ),
    ).toEqual({ order: "dmy", confidence: 1 });
    expect(
      dotted(
        [
          [22, 3, 13],
          [22, 3, 7],
        ],
        DASHED,
      ),
    ).toEqual({ order: "ymd", confidence: 1 });
  });

  test("without a telling date follows the separator, and days that lie close together against it", () => {
    const slashed = DASHED | SHAPE.slash;
    expect(chooseDateOrder(weigh([[8, 1, 22]]), slashed)).toMatchObject({ order: "dmy", confidence: expect.closeTo(0.694, 2) });
    expect(chooseDateOrder(weigh([[8, 1, 22]]), slashed | SHAPE.halfDay)).toMatchObject({
      order: "mdy",
      confidence: expect.closeTo(0.796, 2),
    });
    expect(
      chooseDateOrder(
        weigh([
          [8, 1, 22],
          [8, 2, 22],
          [8, 3, 22],
        ]),
        slashed,
      ).order,
    ).toBe("mdy");
    expect(
      chooseDateOrder(
        weigh([
          [8, 1, 22],
          [9, 1, 22],
          [10, 1, 22],
        ]),
        slashed | SHAPE.halfDay,
      ).order,
    ).toBe("dmy");
  });

  test("grows with the days that are seen", () => {
    const seen = Array.from({ length: 11 }, (_, day) => [3, day + 1, 2022] as const);
    const grown = seen.map((_, index) => chooseDateOrder(weigh(seen.slice(0, index + 1)), DASHED | SHAPE.slash | SHAPE.longYear));
    const asMdy = grown.map(({ order, confidence }) => (order === "mdy" ? confidence : 1 - confidence));
    expect(asMdy).toEqual([...asMdy].sort((a, b) => a - b));
    expect(grown.at(-1)!.order).toBe("mdy");
  });

  test("lies between 0.5 and 1 and never sinks by what speaks against another order", () => {
    const count = fc.integer({ min: 0, max: 40 });
    const counts = fc.tuple(count, count, count);
    const shape = fc.constantFrom(0, SHAPE.slash, SHAPE.hyphen, SHAPE.slash | SHAPE.halfDay, SHAPE.longYear);
    fc.assert(
      fc.property(
        counts,
        counts,
        counts,
        shape,
        fc.constantFrom("impossible", "backward", "travel"),
        (impossible, backward, travel, bits, what) => {
          const evidence = createDateEvidence();
          evidence.impossible.set(impossible);
          evidence.backward.set(backward);
          evidence.travel.set(travel);
          const before = chooseDateOrder(evidence, bits);
          expect(before.confidence).toBeGreaterThanOrEqual(0.5);
          const rival = before.order === "dmy" ? 1 : 0;
          evidence[what as "impossible"][rival]!++;
          const after = chooseDateOrder(evidence, bits);
          expect(after.order).toBe(before.order);
          expect(after.confidence).toBeGreaterThanOrEqual(before.confidence);
          expect(after.confidence).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
