/**
 * Which part of a WhatsApp date is the day. The order follows the phone's region, not its language and not the
 * separator, so it is inferred from all headers in view: the order that makes the fewest impossible dates; of equal ones the one
 * with the most support (see `supportOf`).
 */
import { DAY_MS, daysSince1970 } from "../calendar.ts";
import { DATE_ORDERS, type DateOrder, type DateOrderName, type ReaderOptions } from "../reader.ts";
import { ERA, type Header, SHAPE } from "./header.ts";

const ORDERS: number = DATE_ORDERS.length;
/** WhatsApp was founded in 2009, so a year of two digits before 09 is as impossible as a 13th month. */
const FIRST_SHORT_YEAR = 9;
const FIRST_YEAR = 1990;

/** A step back is this much likelier where the order is wrong (nats): phones are late now and then, files are nearly in order. */
const BACKWARD_NATS = Math.log(4);
const IMPOSSIBLE_NATS = Math.log(1000);
/** What is not certain is never said to be. */
const UNCERTAIN = 0.99;

/** How often each order is met before a date is looked at, in the order of DATE_ORDERS; figures are judgement, not counts. */
const PRIORS = {
  dot: [0.985, 0.005, 0.01],
  hyphen: [0.88, 0.1, 0.02],
  slash: [0.68, 0.3, 0.02],
  /** Slashes, half-days and a year of two digits: what phones of the United States write. */
  american: [0.2, 0.78, 0.02],
} as const;

/** What the headers of one shape say about the order of its dates. The arrays are by number in DATE_ORDERS. */
export interface DateEvidence {
  /** Dates that do not exist under the order. */
  readonly impossible: Float64Array;
  /** Steps back of more than a day. */
  readonly backward: Float64Array;
  /** Days between each date and the next, added up, whichever way they lie. */
  readonly travel: Float64Array;
  /** NaN before the first date that exists. */
  readonly previousDay: Float64Array;
  /** The date weighed last, as it was written. */
  first: number;
  second: number;
  third: number;
}

export function createDateEvidence(): DateEvidence {
  return {
    impossible: new Float64Array(ORDERS),
    backward: new Float64Array(ORDERS),
    travel: new Float64Array(ORDERS),
    previousDay: new Float64Array(ORDERS).fill(Number.NaN),
    first: 0,
    second: 0,
    third: 0,
  };
}

/** Headers of one day after another count once. @returns whether the date was another than the one before. */
export function weighDate(evidence: DateEvidence, header: Header): boolean {
  if (header.third === evidence.third && header.second === evidence.second && header.first === evidence.first) return false;
  evidence.first = header.first;
  evidence.second = header.second;
  evidence.third = header.third;
  for (let index = 0; index < ORDERS; index++) {
    const day = dayNumber(header, DATE_ORDERS[index]!, FIRST_SHORT_YEAR);
    if (Number.isNaN(day)) {
      evidence.impossible[index]!++;
      continue;
    }
    const step = day - evidence.previousDay[index]!;
    if (step < -1) evidence.backward[index]!++;
    if (!Number.isNaN(step)) evidence.travel[index]! += Math.abs(step);
    evidence.previousDay[index] = day;
  }
  return true;
}

/**
 * The order of the dates of one shape, and the probability that it is right. The probability is 1 only if the order makes
 * no impossible date and every other one does, or if the user named it. Else it is the share of its support in that of all
 * orders, as odds: prior of the separator x 1 / (1 + days travelled) x 1/4 for each step back x 1/1000 for each impossible
 * date; never less than 0.5 nor more than 0.99. So it grows with every step back and every day that only the other orders
 * have, which is with the number of days seen.
 * @param shape of the headers weighed; a year of four digits leaves no doubt where it is, whatever the user says.
 */
export function chooseDateOrder(evidence: DateEvidence, shape: number, wanted?: DateOrderName): DateOrder {
  const fixed = fixedDateOrder(shape, wanted);
  if (fixed !== null) return fixed;
  const candidates = (shape & SHAPE.longYear) === 0 ? ORDERS : ORDERS - 1;
  let best = 0;
  let isAlone = true;
  for (let index = 1; index < candidates; index++) if (isBetter(evidence, shape, index, best)) best = index;
  const support = supportOf(evidence, shape, best);
  let odds = 0;
  for (let index = 0; index < candidates; index++) {
    if (index === best) continue;
    isAlone &&= evidence.impossible[index]! > 0;
    odds += Math.exp(supportOf(evidence, shape, index) - support);
  }
  isAlone &&= evidence.impossible[best] === 0;
  return { order: DATE_ORDERS[best]!, confidence: isAlone ? 1 : Math.min(UNCERTAIN, Math.max(0.5, 1 / (1 + odds))) };
}

/** The order where no date needs to be looked at for it, null elsewhere. */
function fixedDateOrder(shape: number, wanted: DateOrderName | undefined): DateOrder | null {
  if ((shape & SHAPE.yearFirst) !== 0) return { order: "ymd", confidence: 1 };
  if (wanted === undefined || (wanted === "ymd" && (shape & SHAPE.longYear) !== 0)) return null;
  return { order: wanted, confidence: 1 };
}

/** What the user says, else what the file's survey found, else what the headers in view suggest. */
export function settleDateOrder(evidence: DateEvidence, shape: number, options: Pick<ReaderOptions, "dateOrder" | "known">): DateOrder {
  return (
    fixedDateOrder(shape, options.dateOrder) ?? options.known?.dateOrders?.get(shape) ?? chooseDateOrder(evidence, shape, options.dateOrder)
  );
}

function isBetter(evidence: DateEvidence, shape: number, index: number, than: number): boolean {
  const fewer = evidence.impossible[index]! - evidence.impossible[than]!;
  return fewer === 0 ? supportOf(evidence, shape, index) > supportOf(evidence, shape, than) : fewer < 0;
}

/** What speaks for an order, in nats. People write on days that lie close together, and messages follow one another. */
function supportOf(evidence: DateEvidence, shape: number, index: number): number {
  return (
    Math.log(priorsOf(shape)[index]!) -
    Math.log1p(evidence.travel[index]!) -
    BACKWARD_NATS * evidence.backward[index]! -
    IMPOSSIBLE_NATS * evidence.impossible[index]!
  );
}

function priorsOf(shape: number): readonly number[] {
  if ((shape & SHAPE.slash) === 0) return (shape & SHAPE.hyphen) === 0 ? PRIORS.dot : PRIORS.hyphen;
  return (shape & SHAPE.halfDay) !== 0 && (shape & SHAPE.longYear) === 0 ? PRIORS.american : PRIORS.slash;
}

/** Wall time in milliseconds as if it were UTC; NaN for a date that does not exist or is of an unknown calendar. */
export function wallTimeMs(header: Header, order: DateOrderName): number {
  return dayNumber(header, order, 0) * DAY_MS + ((header.hour * 60 + header.minute) * 60 + header.secondOfMinute) * 1000;
}

/** Days since 1970-01-01, NaN if the date does not exist under the order. */
function dayNumber(header: Header, order: DateOrderName, firstShortYear: number): number {
  const day = order === "dmy" ? header.first : order === "mdy" ? header.second : header.third;
  const month = order === "mdy" ? header.first : header.second;
  const written = order === "ymd" ? header.first : header.third;
  const year = fullYear(written, header.era);
  if (year < FIRST_YEAR || year > 2199 || (written < firstShortYear && header.era === ERA.none)) return Number.NaN;
  return daysSince1970(year, month, day);
}

function fullYear(year: number, era: number): number {
  if (era === ERA.reiwa) return 2018 + year;
  if (era === ERA.heisei) return 1988 + year;
  // Buddhist years are recognised by their size; the word after them differs by language.
  if (year >= 2400) return year - 543;
  return year < 100 ? 2000 + year : year;
}
