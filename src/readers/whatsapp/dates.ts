/**
 * Which part of a WhatsApp date is the day. The order follows the phone's region, not its language and not the
 * separator, so it is inferred from all headers in view: an order that makes impossible dates is out; of the rest the
 * one under which time runs backwards less often (exports are nearly in order, not strictly); else what the separator suggests.
 */
import { DAY_MS, daysSince1970 } from "../calendar.ts";
import { ERA, type Header, SHAPE } from "./header.ts";

export const ORDER = {
  dayMonthYear: 0,
  monthDayYear: 1,
  yearMonthDay: 2,
} as const;
export const ORDER_NAMES = ["day.month.year", "month.day.year", "year.month.day"] as const;

const ORDERS = 3;

/** What the headers of one shape say about the order of its dates; counts by `ORDER`. */
export interface DateEvidence {
  /** Dates that do not exist under the order. */
  readonly impossible: Float64Array;
  /** Steps back of more than a day. */
  readonly backward: Float64Array;
  readonly previousDay: Float64Array;
}

export interface DateOrder {
  readonly order: number;
  /** The order of day and month that was not chosen makes impossible dates, this one does not. */
  readonly certain: boolean;
}

export function createDateEvidence(): DateEvidence {
  return {
    impossible: new Float64Array(ORDERS),
    backward: new Float64Array(ORDERS),
    previousDay: new Float64Array(ORDERS).fill(-Infinity),
  };
}

export function weighDate(evidence: DateEvidence, header: Header): void {
  for (let order = 0; order < ORDERS; order++) {
    const day = dayNumber(header, order);
    if (Number.isNaN(day)) {
      evidence.impossible[order]!++;
      continue;
    }
    if (day < evidence.previousDay[order]! - 1) evidence.backward[order]!++;
    evidence.previousDay[order] = day;
  }
}

/** @param shape of the headers weighed. */
export function chooseDateOrder(evidence: DateEvidence, shape: number): DateOrder {
  if ((shape & SHAPE.yearFirst) !== 0) return { order: ORDER.yearMonthDay, certain: true };
  // The order the separator suggests comes first, so that it wins ties.
  const american = (shape & SHAPE.slash) !== 0 && (shape & SHAPE.halfDay) !== 0 && (shape & SHAPE.longYear) === 0;
  const candidates: number[] = american ? [ORDER.monthDayYear, ORDER.dayMonthYear] : [ORDER.dayMonthYear, ORDER.monthDayYear];
  if ((shape & SHAPE.longYear) === 0) candidates.push(ORDER.yearMonthDay);
  let best = candidates[0]!;
  for (const order of candidates) if (isBetter(evidence, order, best)) best = order;
  const certain =
    evidence.impossible[best] === 0 &&
    candidates.every((order) => order === best || order === ORDER.yearMonthDay || evidence.impossible[order]! > 0);
  return { order: best, certain };
}

function isBetter(evidence: DateEvidence, order: number, than: number): boolean {
  const fewer = evidence.impossible[order]! - evidence.impossible[than]!;
  if (fewer !== 0) return fewer < 0;
  // Two-digit years first are so rare that only impossible dates speak for them.
  return order !== ORDER.yearMonthDay && evidence.backward[order]! < evidence.backward[than]!;
}

/** Wall time in milliseconds as if it were UTC; NaN for a date that does not exist or is of an unknown calendar. */
export function wallTimeMs(header: Header, order: number): number {
  return dayNumber(header, order) * DAY_MS + ((header.hour * 60 + header.minute) * 60 + header.secondOfMinute) * 1000;
}

/** Days since 1970-01-01, NaN if the date does not exist under the order. */
function dayNumber(header: Header, order: number): number {
  const day = order === ORDER.dayMonthYear ? header.first : order === ORDER.monthDayYear ? header.second : header.third;
  const month = order === ORDER.monthDayYear ? header.first : header.second;
  const year = fullYear(order === ORDER.yearMonthDay ? header.first : header.third, header.era);
  return year < 1990 || year > 2199 ? Number.NaN : daysSince1970(year, month, day);
}

function fullYear(year: number, era: number): number {
  if (era === ERA.reiwa) return 2018 + year;
  if (era === ERA.heisei) return 1988 + year;
  // Buddhist years are recognised by their size; the word after them differs by language.
  if (year >= 2400) return year - 543;
  return year < 100 ? 2000 + year : year;
}
