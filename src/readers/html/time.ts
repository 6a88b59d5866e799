import { TIME } from "../../core/message.ts";
import { DAY_MS, daysSince1970 } from "../calendar.ts";
import type { HtmlRecord } from "./record.ts";

/** A longer text is no time. */
const MAX_TIME = 128;

/** Day, month, year, clock, and what says how far from UTC that is. */
const OFFSET_TIME = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC(?:([+-])(\d\d):?(\d\d))?)?/u;

/** Sets the time from `18.03.2024 21:05:00 UTC+05:00`; local without the offset; leaves it unknown if it is none. */
export function setOffsetTime(record: HtmlRecord, written: string): void {
  const parts = written.length > MAX_TIME ? null : OFFSET_TIME.exec(written.trim());
  if (parts === null) return;
  const [, day, month, year, hours, minutes, seconds, sign, offsetHours, offsetMinutes] = parts;
  const wallMs = wallTimeMs(Number(year), Number(month), Number(day), Number(hours), Number(minutes), Number(seconds));
  if (Number.isNaN(wallMs)) return;
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  record.sentAtMs = wallMs - offset * 60_000;
  record.offsetMinutes = offset;
  record.timeKind = !parts[0].includes("UTC") ? TIME.local : offset === 0 ? TIME.utc : TIME.offset;
}

/**
 * The names of the months in Russian, English, Ukrainian and Kazakh as VK writes them, short or whole, told apart by
 * their first three letters.
 */
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    "янв jan січ қаң",
    "фев feb лют ақп",
    "мар mar бер нау",
    "апр apr кві сәу",
    "мая май may тра мам",
    "июн jun чер мау",
    "июл jul лип шіл",
    "авг aug сер там",
    "сен sep вер қыр",
    "окт oct жов қаз",
    "ноя nov лис қар",
    "дек dec гру жел",
  ].flatMap((names, month) => names.split(" ").map((name): [string, number] => [name, month + 1])),
);

/**
 * Reads `3 дек 2018 в 17:44:05`, `3 Dec 2018 at 5:44:05 pm`, `Dec 3, 2018 at 17:44` and the like, whatever words stand
 * between: a month's name, a year of four digits, and in this order the day and the clock.
 * @returns milliseconds of the wall clock; NaN if it is no such time.
 */
export function namedMonthTimeMs(written: string): number {
  if (written.length > MAX_TIME) return Number.NaN;
  const words = written.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  const month = words.map((word) => MONTHS.get(word.slice(0, 3))).find((found) => found !== undefined);
  const numbers = words.filter((word) => word.charCodeAt(0) <= 57);
  const year = numbers.find((number) => number.length === 4);
  const [day, hours, minutes, seconds = "0", ...others] = numbers.filter((number) => number.length <= 2);
  if (month === undefined || year === undefined || minutes === undefined || others.length > 0) return Number.NaN;
  if (numbers.some((number) => number !== year && number.length > 2)) return Number.NaN;
  return wallTimeMs(Number(year), month, Number(day), dayHours(Number(hours), words.at(-1)!), Number(minutes), Number(seconds));
}

/** Hours of the day from those of a clock of twelve hours, if `half` says that it is one. */
function dayHours(hours: number, half: string): number {
  if (half !== "am" && half !== "pm") return hours;
  return (hours % 12) + (half === "pm" ? 12 : 0);
}

function wallTimeMs(year: number, month: number, day: number, hours: number, minutes: number, seconds: number): number {
  if (hours > 23 || minutes > 59 || seconds > 60) return Number.NaN;
  return daysSince1970(year, month, day) * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
