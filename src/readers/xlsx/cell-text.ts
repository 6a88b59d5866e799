import { DAY_MS } from "../calendar.ts";

/** What a cell holds in the place of a character that XML may not. */
const ESCAPE = /_x([0-9A-Fa-f]{4})_/gu;
/** Days from the first day that a workbook counts from to 1970. */
const DAYS_1900 = 25569;
const DAYS_1904 = 24107;
/** The last day of the year 9999 in either. */
const MAX_SERIAL = 2958466;
/** 29 February 1900, which there was only in Lotus 1-2-3. */
const LEAP_SERIAL = 60;

/** Decodes `_x000D_` and its like; `_x005F_` is the underscore of a text that looks like one. */
export function unescapeText(text: string): string {
  return text.includes("_x") ? text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;
}

/** A number in its shortest form, without the digits that a float brings along: 0.1, not 0.10000000000000001. */
export function numberText(text: string): string {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? text : String(value);
}

/**
 * The date and time that a number stands for, in the form `2020-02-07T13:05:00`; without the time if it is midnight, without
 * the date if it is less than a day. The number itself if it is of no date.
 */
export function dateText(text: string, is1904: boolean): string {
  const serial = Number(text);
  if (text.trim() === "" || !(serial >= 0 && serial < MAX_SERIAL)) return numberText(text);
  const lost = !is1904 && serial < LEAP_SERIAL ? 1 : 0;
  const ms = Math.round(serial * DAY_MS);
  const instant = new Date(ms + (lost - (is1904 ? DAYS_1904 : DAYS_1900)) * DAY_MS).toISOString();
  const clock = instant.endsWith(".000Z") ? instant.slice(11, 19) : instant.slice(11, 23);
  if (ms < DAY_MS) return clock;
  return clock === "00:00:00" ? instant.slice(0, 10) : instant.slice(0, 11) + clock;
}
