/** The spelling of JSON: strings, escapes, numbers and literals, as bytes. */

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;
const REPLACEMENT = 0xfffd;
const HEX = "0123456789abcdef";

const LITERALS = ["true", "false", "null"];
/** What Python and JavaScript write for numbers that JSON lacks. */
const NON_NUMBERS = ["NaN", "Infinity", "-Infinity"];

/**
 * Decodes the inside of a string into UTF-8; what is no escape stays as it is. Lone surrogates become U+FFFD, `\xNN`
 * (Telegram Desktop writes control characters so) the character NN. Never longer than what it is decoded from.
 * @returns the end in `target`.
 */
export function decodeString(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  let to = at;
  let from = start;
  while (from < end) {
    const byte = bytes[from]!;
    if (byte !== BACKSLASH) {
      target[to++] = byte;
      from++;
      continue;
    }
    const length = escapeLength(bytes, from, end);
    let point = length === 0 ? BACKSLASH : codeUnit(bytes, from);
    from += Math.max(1, length);
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = point <= 0xdbff && escapeLength(bytes, from, end) === 6 ? codeUnit(bytes, from) : 0;
      if (low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        from += 6;
      } else point = REPLACEMENT;
    }
    to = writeCodePoint(point, target, to);
  }
  return to;
}

/** JSON that is written here is up to so many times as long as what was read: a control character becomes \u0001. */
export const MAX_JSON_GROWTH = 6;

/**
 * Copies a checked value without the white space between its tokens, and with what `JsonCursor` lets pass made JSON
 * again: NaN becomes null, a bare value a string. Up to MAX_JSON_GROWTH times as long.
 * @returns the end in `target`.
 */
export function copyJson(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  let to = at;
  let from = start;
  while (from < end) {
    const byte = bytes[from]!;
    if (byte === QUOTE) {
      let close = from + 1;
      while (bytes[close] !== QUOTE) close += bytes[close] === BACKSLASH ? escapeLength(bytes, close, end) : 1;
      target[to++] = QUOTE;
      to = copyStringInside(bytes, from + 1, close, target, to, false);
      target[to++] = QUOTE;
      from = close + 1;
    } else if (isSpace(byte)) from++;
    else if (isPunctuation(byte)) {
      target[to++] = byte;
      from++;
    } else {
      const scalarEnd = findScalarEnd(bytes, from, end);
      if (scalarEnd === from) {
        const bareEnd = Math.max(from + 1, findBareEnd(bytes, from, end));
        target[to++] = QUOTE;
        to = copyStringInside(bytes, from, bareEnd, target, to, true);
        target[to++] = QUOTE;
        from = bareEnd;
      } else if (NON_NUMBERS.some((name) => isWord(bytes, from, scalarEnd, name))) {
        for (const letter of [110, 117, 108, 108]) target[to++] = letter;
        from = scalarEnd;
      } else while (from < scalarEnd) target[to++] = bytes[from++]!;
    }
  }
  return to;
}

/** Writes plain text as the inside of a JSON string. Up to MAX_JSON_GROWTH times as long. @returns the end in `target`. */
export function encodeString(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  return copyStringInside(bytes, start, end, target, at, true);
}

function copyStringInside(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number, plain: boolean): number {
  let to = at;
  for (let from = start; from < end; from++) {
    const byte = bytes[from]!;
    const repaired = !plain && byte === BACKSLASH && bytes[from + 1] === 120;
    if (byte < SPACE || repaired) {
      const code = repaired ? codeUnit(bytes, from) : byte;
      for (const letter of [BACKSLASH, 117, ZERO, ZERO]) target[to++] = letter;
      target[to++] = HEX.charCodeAt(code >> 4);
      target[to++] = HEX.charCodeAt(code & 15);
      if (repaired) from += 3;
      continue;
    }
    if (plain && (byte === QUOTE || byte === BACKSLASH)) target[to++] = BACKSLASH;
    target[to++] = byte;
    // The second byte of an escape must not be taken for the first of another.
    if (!plain && byte === BACKSLASH) target[to++] = bytes[++from]!;
  }
  return to;
}

/** Length of the escape at a backslash, 0 if it is none. */
export function escapeLength(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end || bytes[at] !== BACKSLASH) return 0;
  switch (bytes[at + 1]) {
    case 117: // u
      return at + 6 <= end && hexValue(bytes, at + 2, 4) >= 0 ? 6 : 0;
    case 120: // x
      return at + 4 <= end && hexValue(bytes, at + 2, 2) >= 0 ? 4 : 0;
    case 34: // " \ / b f n r t
    case 92:
    case 47:
    case 98:
    case 102:
    case 110:
    case 114:
    case 116:
      return 2;
    default:
      return 0;
  }
}

/** Code unit of a checked escape. */
function codeUnit(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1]!;
  switch (letter) {
    case 117:
      return hexValue(bytes, at + 2, 4);
    case 120:
      return hexValue(bytes, at + 2, 2);
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return NEWLINE;
    case 114:
      return RETURN;
    case 116:
      return TAB;
    default:
      return letter;
  }
}

function hexValue(bytes: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let at = start; at < start + digits; at++) {
    const byte = bytes[at]! | 32;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : byte >= 97 && byte <= 102 ? byte - 87 : -1;
    // "|32" makes digits of some control characters.
    if (digit < 0 || (digit < 10 && bytes[at]! < ZERO)) return -1;
    value = (value << 4) | digit;
  }
  return value;
}

function writeCodePoint(point: number, target: Uint8Array, at: number): number {
  let to = at;
  if (point < 0x80) target[to++] = point;
  else if (point < 0x800) target[to++] = 0xc0 | (point >> 6);
  else if (point < 0x10000) target[to++] = 0xe0 | (point >> 12);
  else {
    target[to++] = 0xf0 | (point >> 18);
    target[to++] = 0x80 | ((point >> 12) & 63);
  }
  if (point >= 0x800) target[to++] = 0x80 | ((point >> 6) & 63);
  if (point >= 0x80) target[to++] = 0x80 | (point & 63);
  return to;
}

/** End of the number or literal at `start`; `start` if there is none. */
export function findScalarEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isScalarByte(bytes[at]!)) at++;
  if (at === start) return start;
  if (isNumber(bytes, start, at)) return at;
  for (const name of LITERALS) if (isWord(bytes, start, at, name)) return at;
  for (const name of NON_NUMBERS) if (isWord(bytes, start, at, name)) return at;
  return start;
}

/** End of a value without quotes that goes up to a comma and the end of its line. */
export function findBareEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || isPunctuation(bytes[start]!)) return start;
  let at = start;
  while (at < end && bytes[at] !== NEWLINE) at++;
  while (at > start && (isSpace(bytes[at - 1]!) || bytes[at - 1] === COMMA)) at--;
  return at;
}

export function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at]!)) at++;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB;
}

/** One of `{ } [ ] , : "`. */
function isPunctuation(byte: number): boolean {
  return byte === 123 || byte === 125 || byte === 91 || byte === 93 || byte === COMMA || byte === 58 || byte === QUOTE;
}

function isScalarByte(byte: number): boolean {
  const letter = byte | 32;
  return isDigit(byte) || (letter >= 97 && letter <= 122) || byte === MINUS || byte === PLUS || byte === DOT;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** Whether `bytes[start, end)` is an ASCII word. */
export function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** The grammar of RFC 8259. */
function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = bytes[start] === MINUS ? start + 1 : start;
  if (at >= end || !isDigit(bytes[at])) return false;
  if (bytes[at] === ZERO) at++;
  else while (at < end && isDigit(bytes[at])) at++;
  if (at < end && bytes[at] === DOT) {
    at++;
    if (at >= end || !isDigit(bytes[at])) return false;
    while (at < end && isDigit(bytes[at])) at++;
  }
  if (at < end && (bytes[at]! | 32) === 101) {
    at++;
    if (at < end && (bytes[at] === PLUS || bytes[at] === MINUS)) at++;
    if (at >= end || !isDigit(bytes[at])) return false;
    while (at < end && isDigit(bytes[at])) at++;
  }
  return at === end;
}
