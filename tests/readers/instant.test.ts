import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginMessage, createMessageBatch, TIME } from "../../src/core/message.ts";
import { InstantReader } from "../../src/readers/instant.ts";
import { encode } from "./collect.ts";

const reader = new InstantReader();

function read(text: string): string | null {
  const batch = createMessageBatch("test", 64, 1);
  const bytes = encode(`  ${text}  `);
  reader.set(batch, beginMessage(batch, 1), bytes, 2, bytes.length - 2);
  if (Number.isNaN(batch.sentAtMs[0])) {
    expect(batch.timeKind[0]).toBe(TIME.none);
    return null;
  }
  const iso = new Date(batch.sentAtMs[0]!).toISOString().replace(".000Z", "Z");
  return batch.timeKind[0] === TIME.local ? `${iso.slice(0, -1)} local` : iso;
}

describe("an instant", () => {
  it.each([
    ["2020-02-07T13:05:00Z", "2020-02-07T13:05:00Z"],
    ["2020-02-07T13:05:00.123456Z", "2020-02-07T13:05:00.123Z"],
    ["2020-02-07T13:05:00+06:00", "2020-02-07T07:05:00Z"],
    ["2020-02-07 13:05:00+06", "2020-02-07T07:05:00Z"],
    ["2020-02-07 13:05:00 +0530", "2020-02-07T07:35:00Z"],
    ["2020-02-07 13:05:00 -0100", "2020-02-07T14:05:00Z"],
    ["2020-02-07 13:05:00 UTC", "2020-02-07T13:05:00Z"],
    ["2020-02-07T13:05:00", "2020-02-07T13:05:00 local"],
    ["2020-02-07 13:05", "2020-02-07T13:05:00 local"],
    ["2020/2/7 3:05", "2020-02-07T03:05:00 local"],
    ["2020-02-07", "2020-02-07T00:00:00 local"],
    ["07.02.2020", "2020-02-07T00:00:00 local"],
    ["7.2.2020, 13:05:59", "2020-02-07T13:05:59 local"],
    ["1581080700", "2020-02-07T13:05:00Z"],
    ["1581080700.25", "2020-02-07T13:05:00.250Z"],
    ["1581080700123", "2020-02-07T13:05:00.123Z"],
    ["1581080700123456", "2020-02-07T13:05:00.123Z"],
    ["1581080700123456789", "2020-02-07T13:05:00.123Z"],
    ["Fri Feb 07 13:05:00 +0000 2020", "2020-02-07T13:05:00Z"],
    ["Fri Feb 07 13:05:00 +0600 2020", "2020-02-07T07:05:00Z"],
  ])("is read from %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    "",
    "yesterday",
    "2 days ago",
    "02/07/2020",
    "2020",
    "2020-13-01",
    "2020-02-30",
    "2020-02-07T25:00",
    "2020-02-07x",
    "2020-02-07T13",
    "12",
    "15810807",
    "2020-02-07 13:05 soon",
    "1581080700.",
  ])("is not read from %j", (text) => {
    expect(read(text)).toBe(null);
  });

  it("is read back from every ISO string", () => {
    const dates = fc.date({
      min: new Date("1970-01-01"),
      max: new Date("9999-12-31"),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => void expect(read(date.toISOString())).toBe(date.toISOString().replace(".000Z", "Z"))));
  });

  it("is read or left unknown from any text", () => {
    const pieces = fc.constantFrom("2020", "1", "0", "-", ":", "T", " ", ".", ",", "+", "Z", "/", "Feb", "99");
    fc.assert(fc.property(fc.array(pieces), (parts) => void read(parts.join(""))));
  });
});

describe("the distance from UTC", () => {
  it.each([
    ["2020-02-07T13:05:00+06:00", TIME.offset, 360],
    ["2020-02-07 13:05:00 -0130", TIME.offset, -90],
    ["2020-02-07T13:05:00+00:00", TIME.utc, 0],
    ["2020-02-07T13:05:00Z", TIME.utc, 0],
    ["1581080700", TIME.utc, 0],
    ["2020-02-07T13:05:00", TIME.local, 0],
  ])("of %s is kept", (text, kind, minutes) => {
    const batch = createMessageBatch("test", 64, 1);
    const bytes = encode(text);
    reader.set(batch, beginMessage(batch, 1), bytes, 0, bytes.length);
    expect([batch.timeKind[0], batch.offsetMinutes[0]]).toEqual([kind, minutes]);
  });
});
