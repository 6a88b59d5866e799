import { TIME } from "../../core/message.ts";
import { wallTimeMs } from "../calendar.ts";
import type { Draft } from "../draft.ts";

/** A longer text is no time. */
const MAX_TIME = 128;

/** All ASCII that can stand between words in a time comes before the letters. */
const LAST_SIGN = 64;
const NO_BREAK_SPACE = 0xa0;
const NARROW_SPACE = 0x202f;

/** Day, month, year, clock, and what says how far from UTC that is. */
const OFFSET_TIME = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC(?:([+-])(\d\d):?(\d\d))?)?/u;

/** Sets the time from `18.03.2024 21:05:00 UTC+05:00`; local without the offset; leaves it unknown if it is none. */
export function setOffsetTime(record: Draft, written: string): void {
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
  let month = 0;
  let year = Number.NaN;
  const numbers = [Number.NaN, Number.NaN, Number.NaN, 0];
  let count = 0;
  let lastWord = "";
  for (let at = 0, end = 0; at < written.length; at = Math.max(end, at + 1)) {
    end = wordEnd(written, at);
    if (end === at) continue;
    const word = written.slice(at, end);
    if (!isDigit(written.charCodeAt(at))) {
      lastWord = word.toLowerCase();
      if (month === 0) month = MONTHS.get(lastWord.slice(0, 3)) ?? 0;
    } else if (word.length === 4) year = Number(word);
    else if (word.length <= 2 && count < 4) numbers[count++] = Number(word);
    else return Number.NaN;
  }
  const [day, hours, minutes, seconds] = numbers as [number, number, number, number];
  return wallTimeMs(year, month, day, hoursOfDay(hours, lastWord), minutes, seconds);
}

/** End of the run of digits, or of letters, that begins here; `start` if none does. */
function wordEnd(text: string, start: number): number {
  const is = isDigit(text.charCodeAt(start)) ? isDigit : isLetter;
  let end = start;
  while (end < text.length && is(text.charCodeAt(end))) end++;
  return end;
}

/** Whether it is none of the signs and spaces that stand in times. */
function isLetter(unit: number): boolean {
  return unit > LAST_SIGN && unit !== NO_BREAK_SPACE && unit !== NARROW_SPACE;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** @param half "am" and "pm" say that the clock has twelve hours. */
function hoursOfDay(hours: number, half: string): number {
  if (half !== "am" && half !== "pm") return hours;
  return (hours % 12) + (half === "pm" ? 12 : 0);
}
