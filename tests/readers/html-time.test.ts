import { describe, expect, it } from "vitest";
import { TIME } from "../../src/core/message.ts";
import { createDraft } from "../../src/readers/draft.ts";
import { namedMonthTimeMs, setOffsetTime } from "../../src/readers/html/time.ts";

function named(text: string): string | null {
  const ms = namedMonthTimeMs(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace(".000Z", "");
}

function offset(text: string): { at: string | null; kind: number; minutes: number } {
  const record = createDraft(1);
  setOffsetTime(record, text);
  const at = Number.isNaN(record.sentAtMs) ? null : new Date(record.sentAtMs).toISOString().replace(".000Z", "Z");
  return { at, kind: record.timeKind, minutes: record.offsetMinutes };
}

describe("a time with the name of a month", () => {
  it.each([
    ["3 дек 2018 в 17:44:05", "2018-12-03T17:44:05"],
    ["14 дек 2018 в 0:40:17", "2018-12-14T00:40:17"],
    [" 9 мая 2017 в 9:00:00 ", "2017-05-09T09:00:00"],
    ["29\u00a0фев\u00a02020 в 23:59", "2020-02-29T23:59:00"],
    ["3 Dec 2018 at 5:44:05 pm", "2018-12-03T17:44:05"],
    ["3 Dec 2018 at 12:00:05 am", "2018-12-03T00:00:05"],
    ["3 Dec 2018 at 12:00:05\u202fPM", "2018-12-03T12:00:05"],
    ["Dec 3, 2018 at 17:44:05", "2018-12-03T17:44:05"],
    ["3 декабря 2018, 17:44:05", "2018-12-03T17:44:05"],
    ["7 серпня 2019 о 7:08:09", "2019-08-07T07:08:09"],
    ["2018 ж. 3 желтоқсан, 17:44:05", "2018-12-03T17:44:05"],
  ])("is read from %j", (text, expected) => {
    expect(named(text)).toBe(expected);
  });

  it.each([
    ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ["січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"],
    ["қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел"],
  ])("knows %s and the eleven after it", (...months) => {
    const found = months.map((month) => named(`1 ${month} 2020 в 1:02:03`));
    expect(found).toEqual(months.map((_, i) => `2020-${String(i + 1).padStart(2, "0")}-01T01:02:03`));
  });

  it.each([
    "",
    "вчера в 12:00",
    "3 дек 2018",
    "31 фев 2018 в 12:00",
    "3 дек 2018 в 25:00:00",
    "3 дек 2018 в 12:60",
    "3 foo 2018 в 12:00",
    "дек 2018",
    "3 дек 12345 в 12:00",
    "3 дек 2018 в 1:2:3:4",
  ])("is not read from %j", (text) => {
    expect(named(text)).toBeNull();
  });

  it("is not looked for in what is too long", () => {
    expect(named(`3 дек 2018 в 17:44:05${" ".repeat(200)}`)).toBeNull();
  });
});

describe("a time with its distance from UTC", () => {
  it.each([
    ["18.03.2024 21:05:00 UTC+05:00", "2024-03-18T16:05:00Z", TIME.offset, 300],
    ["18.03.2024 21:05:00 UTC-03:30", "2024-03-19T00:35:00Z", TIME.offset, -210],
    ["18.03.2024 21:05:00 UTC", "2024-03-18T21:05:00Z", TIME.utc, 0],
    ["18.03.2024 21:05:00 UTC+00:00", "2024-03-18T21:05:00Z", TIME.utc, 0],
    ["18.03.2024 21:05:00", "2024-03-18T21:05:00Z", TIME.local, 0],
    ["18.03.2024 21:05:00 EET", "2024-03-18T21:05:00Z", TIME.local, 0],
    ["31.02.2024 21:05:00 UTC+05:00", null, TIME.none, 0],
    ["18.03.2024 24:05:00 UTC+05:00", null, TIME.none, 0],
    ["soon", null, TIME.none, 0],
  ])("is read from %j", (text, at, kind, minutes) => {
    expect(offset(text)).toEqual({ at, kind, minutes });
  });
});
