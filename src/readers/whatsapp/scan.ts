/**
 * The scanner of WhatsApp header lines, over bytes, one pass, no regular expression. Covers what phones write:
 *
 *     [18.03.2022, 14:56:01] Name: text          iOS: brackets, seconds
 *     18.03.2022, 14:56 - Name: text             Android: dash
 *     [14:56:01, 3/18/22] Name: text             time first
 *     13.6.2018 klo 21.25.15 - Name: text        dots in the time, a word before it
 *     [3/18/2565 BE, 2:56:01 PM] Name: text      eras, half-days, any space before them
 *     [R4/3/18 午後2:56:01] Name: text            before them too
 *
 * Direction marks may stand anywhere up to the text. What is found is a *shape* (see `SHAPE`), which the caller
 * compares with the shape of the file, so that a header quoted inside a message does not split it.
 */

import { matchHalfDay } from "./half-day.ts";
import { ERA, type Header, SHAPE } from "./header.ts";
import { isDirectionMark, skipMarks, skipSpaces } from "./marks.ts";

/** Bytes of a line that are looked at; a header is at most some 100 bytes with all its marks. */
const REACH = 256;

/**
 * Reads the header at the start of the line `bytes[start..end)` into `header`.
 * @returns whether there is one; `header` is only meaningful then. A header with a weak end still needs an author.
 */
export function scanHeader(bytes: Uint8Array, start: number, end: number, header: Header): boolean {
  const lead = bytes[start]!;
  // '[' or a digit, or the first byte of a mark or of an Arabic digit: nothing else opens a header.
  if (!(lead === 0x5b || (lead >= 0x30 && lead <= 0x39) || lead === 0xe2 || lead === 0xef || lead === 0xd9 || lead === 0xdb)) return false;
  if (end - start > REACH) end = start + REACH;
  cursor = skipMarks(bytes, start, end);
  header.marked = isDirectionMark(bytes, start) || (lead === 0xef && isDirectionMark(bytes, start + 3));
  let shape = 0;
  if (bytes[cursor] === 0x5b && cursor < end) {
    shape |= SHAPE.bracket;
    cursor = skipMarks(bytes, cursor + 1, end);
  }
  halfDay = 0;
  const opening = cursor;
  if (scanDate(bytes, end, header)) {
    if (!scanComma(bytes, end)) return false;
    if (!scanTime(bytes, end, header)) return false;
    shape |= dateShape | timeShape | (sawComma ? SHAPE.comma : 0);
  } else {
    cursor = opening;
    if (!scanTime(bytes, end, header) || (timeShape & SHAPE.dottedTime) !== 0 || !scanComma(bytes, end)) return false;
    if (!scanDate(bytes, end, header)) return false;
    shape |= dateShape | timeShape | SHAPE.timeFirst | (sawComma ? SHAPE.comma : 0);
  }
  const ending = scanEnd(bytes, end, (shape & SHAPE.bracket) !== 0);
  if (ending < 0) return false;
  if (halfDay !== 0) {
    shape |= SHAPE.halfDay;
    // Real logs contain "00:04 AM" and "23:59 PM": the hour then already says the half-day.
    if (halfDay === 2 && header.hour < 12) header.hour += 12;
    else if (halfDay === 1 && header.hour === 12) header.hour = 0;
  }
  header.halfDay = halfDay;
  header.shape = shape | ending;
  header.contentStart = cursor;
  return true;
}

// Scratch of the one scan that can run at a time; module-level because returning several numbers would allocate.
let cursor = 0;
let number = 0;
let digits = 0;
let dateShape = 0;
let timeShape = 0;
/** 0 not given, 1 before noon, 2 after. */
let halfDay = 0;
let sawComma = false;

/** Reads up to four digits, ASCII or Arabic-Indic, into `number` and `digits`. */
function scanNumber(bytes: Uint8Array, end: number): boolean {
  number = 0;
  digits = 0;
  while (cursor < end && digits < 5) {
    const byte = bytes[cursor]!;
    if (byte >= 0x30 && byte <= 0x39) {
      number = number * 10 + byte - 0x30;
      cursor++;
    } else if ((byte === 0xd9 && isIn(bytes[cursor + 1], 0xa0, 0xa9)) || (byte === 0xdb && isIn(bytes[cursor + 1], 0xb0, 0xb9))) {
      number = number * 10 + (bytes[cursor + 1]! & 0x0f);
      cursor += 2;
    } else break;
    digits++;
  }
  return digits > 0 && digits < 5;
}

function isIn(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}

function scanDate(bytes: Uint8Array, end: number, header: Header): boolean {
  dateShape = 0;
  header.era = scanEra(bytes);
  const eraFirst = header.era !== ERA.none;
  if (!scanNumber(bytes, end) || digits === 3) return false;
  header.first = number;
  if (digits === 4 || eraFirst) dateShape |= SHAPE.yearFirst | SHAPE.longYear;
  cursor = skipMarks(bytes, cursor, end);
  const separator = bytes[cursor]!;
  if (separator === 0x2f) dateShape |= SHAPE.slash;
  else if (separator === 0x2d) dateShape |= SHAPE.hyphen;
  else if (separator !== 0x2e) return false;
  cursor = skipMarks(bytes, skipSpaces(bytes, cursor + 1, end), end);
  if (!scanNumber(bytes, end) || digits > 2) return false;
  header.second = number;
  cursor = skipMarks(bytes, cursor, end);
  if (bytes[cursor] !== separator || cursor >= end) return false;
  cursor = skipMarks(bytes, skipSpaces(bytes, cursor + 1, end), end);
  if (!eraFirst) header.era = scanEra(bytes);
  if (!scanNumber(bytes, end) || digits === 3) return false;
  header.third = number;
  const yearFirst = (dateShape & SHAPE.yearFirst) !== 0;
  if (yearFirst && digits > 2) return false;
  if (!yearFirst && (digits === 4 || header.era !== ERA.none)) dateShape |= SHAPE.longYear;
  if (yearFirst && !eraFirst && header.era !== ERA.none) return false;
  if (!yearFirst && digits === 1 && header.era === ERA.none) return false;
  if (separator === 0x2e && bytes[cursor] === 0x2e) cursor++;
  return header.first >= 1 && header.second >= 1 && header.second <= 31 && (!yearFirst || (header.third >= 1 && header.third <= 31));
}

/** Moves past the letter of a Japanese era. */
function scanEra(bytes: Uint8Array): number {
  const letter = bytes[cursor];
  if (letter !== 0x52 && letter !== 0x48) return ERA.none;
  cursor++;
  return letter === 0x52 ? ERA.reiwa : ERA.heisei;
}

/** What stands between date and time: a comma, spaces, an era or a short word; at least something. */
function scanComma(bytes: Uint8Array, end: number): boolean {
  const opening = cursor;
  sawComma = false;
  let letters = 0;
  while (cursor < end) {
    const byte = bytes[cursor]!;
    const next = skipMarks(bytes, skipSpaces(bytes, cursor, end), end);
    if (next > cursor) cursor = next;
    else if (!sawComma && byte === 0x2c) {
      sawComma = true;
      cursor++;
    } else if (!sawComma && byte === 0xd8 && bytes[cursor + 1] === 0x8c) {
      sawComma = true;
      cursor += 2;
    } else if (scanHalfDay(bytes, end)) {
      // Chinese, Japanese and Korean write it before the hour.
    } else if (isWordByte(byte) && letters < 12) {
      letters++;
      cursor++;
    } else break;
  }
  return cursor > opening;
}

/** ASCII letters, the dot of an abbreviation, Latin letters with accents, Cyrillic and Thai ("klo", "BE", "kl.", "à", "г.", "ж.", "พ.ศ."). */
function isWordByte(byte: number): boolean {
  const lower = byte | 0x20;
  if ((lower >= 0x61 && lower <= 0x7a) || byte === 0x2e) return true;
  return (byte >= 0x80 && byte <= 0xbf) || byte === 0xc3 || byte === 0xd0 || byte === 0xd1 || byte === 0xe0;
}

function scanTime(bytes: Uint8Array, end: number, header: Header): boolean {
  timeShape = 0;
  if (!scanNumber(bytes, end) || digits > 2 || number > 24) return false;
  header.hour = number === 24 ? 0 : number;
  header.secondOfMinute = 0;
  const separator = bytes[cursor];
  if (separator === 0x2e) timeShape |= SHAPE.dottedTime;
  else if (separator !== 0x3a) return false;
  cursor++;
  if (!scanNumber(bytes, end) || digits !== 2 || number > 59) return false;
  header.minute = number;
  if (bytes[cursor] === separator && isDigit(bytes, cursor + 1)) {
    cursor++;
    if (!scanNumber(bytes, end) || digits !== 2 || number > 60) return false;
    header.secondOfMinute = number;
    timeShape |= SHAPE.seconds;
  }
  const after = cursor;
  cursor = skipMarks(bytes, skipSpaces(bytes, cursor, end), end);
  if (!scanHalfDay(bytes, end)) cursor = after;
  return true;
}

function isDigit(bytes: Uint8Array, at: number): boolean {
  return isIn(bytes[at], 0x30, 0x39) || bytes[at] === 0xd9 || bytes[at] === 0xdb;
}

/** Reads a word for the half of the day into `halfDay` and moves past; leaves the cursor alone otherwise. */
function scanHalfDay(bytes: Uint8Array, end: number): boolean {
  const found = matchHalfDay(bytes, cursor, end);
  if (found === 0) return false;
  halfDay = found & 3;
  cursor += found >> 2;
  return true;
}

/** @returns the bits of the shape's end, -1 if the line goes on in a way no header does. Leaves the cursor at the content. */
function scanEnd(bytes: Uint8Array, end: number, bracket: boolean): number {
  const spaced = skipMarks(bytes, skipSpaces(bytes, cursor, end), end);
  const space = spaced > cursor;
  cursor = spaced;
  let bits = -1;
  if (bracket) {
    if (cursor >= end || bytes[cursor] !== 0x5d) return -1;
    bits = 0;
    cursor++;
  } else if (bytes[cursor] === 0x2d && space) {
    bits = SHAPE.dash;
    cursor++;
  } else if (bytes[cursor] === 0xe2 && bytes[cursor + 1] === 0x80 && (bytes[cursor + 2] === 0x93 || bytes[cursor + 2] === 0x94)) {
    bits = SHAPE.dash;
    cursor += 3;
  } else if (bytes[cursor] === 0x3a && bytes[cursor + 1] === 0x20) {
    bits = SHAPE.colon;
    cursor++;
  } else if (space) {
    return 0;
  }
  if (bits < 0 || cursor > end) return -1;
  if (bytes[cursor] === 0x20 && cursor < end) cursor++;
  else if (bits === SHAPE.dash && cursor < end && bytes[cursor] !== 0x0d) return -1;
  return bits;
}
