/**
 * Bytes in, tokens out: one loop that decodes, folds, hashes and cuts. HOT.
 *
 * A word is a run of letters and digits; invisible characters and apostrophes inside it are skipped. Links and mentions
 * are one token without letters, an emoji is a token of its own. Total: any bytes give tokens, bad UTF-8 separates.
 *
 *     бұл  t.me/x  @who  к и
 *     ^    ^       ^     ^ ^      token starts; keys come from folded letters, spans from the bytes as they are
 *
 * States are places in the loop: between words (open < 0) and inside a word (open is its first byte).
 *   ASCII           one table                     Cyrillic (leads D0..D3)   one table on 8 bits of the code point
 *   anything else   `decodeOther`, a call; 1-2 % of the letters of kk, ru and en chats
 *
 * The letters of a word go round an inner loop: 1.1 to 1.2 times the speed of one loop that asks at each letter where it is.
 * Two-script and repeated letters need a second look at the finished word, so they cost nothing in ordinary ones.
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import {
  ASCII_CELLS,
  BREVE_CELL,
  CYRILLIC_CELLS,
  cellOf,
  EMOJI_CELL,
  IGNORED_CELL,
  isCyrillicLetter,
  isLatinLetter,
  LETTER_I,
  LETTER_SHORT_I,
  LOOK_ALIKE,
} from "./letters.ts";
import { linkEnd } from "./link.ts";

const HASH_SEED = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;
/** Letters that `prefix` covers. */
export const PREFIX_LETTERS = 4;

/** Keys of tokens without letters, out of reach of `finishKey` by convention only: a clash costs a confirmed miss. */
export const MENTION_KEY = 0x40404040;
export const LINK_KEY = 0x2f2f2f2f;

/** Adds one folded letter to a running hash that began as `HASH_START`. */
export function hashLetter(state: number, letter: number): number {
  return Math.imul(state ^ letter, HASH_PRIME);
}
export const HASH_START: number = HASH_SEED;

/** Ends a running hash: spreads its bits so that any of them can index a table. */
export function finishKey(state: number): number {
  let key = state ^ (state >>> 15);
  key = Math.imul(key, 0x2c1b3c6d);
  key ^= key >>> 12;
  key = Math.imul(key, 0x297a2d39);
  return key ^ (key >>> 15);
}

/** Width in bytes (low 3 bits) and code point (above) of a character that is neither ASCII nor Cyrillic; -1 code point for bad UTF-8. */
function decodeOther(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  const width = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  if (width === 1 || lead >= 0xf5 || at + width > end) return (0xfffd << 3) | 1;
  let point = lead & (0xff >> (width + 1));
  for (let k = 1; k < width; k++) {
    const next = bytes[at + k]!;
    if ((next & 0xc0) !== 0x80) return (0xfffd << 3) | 1;
    point = (point << 6) | (next & 0x3f);
  }
  return (point << 3) | width;
}

/**
 * Appends the tokens of `bytes[start, end)` to `tokens`. The caller keeps the fence.
 * Cost: one pass; no allocation. `tokens` must have room (createTokenBatch of the arena's size always has).
 */
export function tokenize(bytes: Uint8Array, start: number, end: number, tokens: TokenBatch): void {
  const { letters } = tokens;
  const ascii = ASCII_CELLS;
  const cyrillic = CYRILLIC_CELLS;
  let count = tokens.letterCount;
  let at = start;
  let open = -1;
  let first = count;
  let state = HASH_SEED;
  let prefix = HASH_SEED;
  let flags = 0;
  let last = 0;
  let before = 0;
  let tag = 0;
  while (at < end) {
    let byte = bytes[at]!;
    let cell: number;
    let width = 1;
    let point = 0;
    if (byte < 0x80) cell = ascii[byte]!;
    else if (byte >= 0xd0 && byte <= 0xd3 && at + 1 < end && (bytes[at + 1]! & 0xc0) === 0x80) {
      cell = cyrillic[((byte & 3) << 6) | (bytes[at + 1]! & 0x3f)]!;
      width = 2;
    } else {
      const other = decodeOther(bytes, at, end);
      width = other & 7;
      point = other >> 3;
      cell = cellOf(point);
    }
    let letter = cell & 0xff;
    if (letter !== 0 && cell < EMOJI_CELL) {
      if (open < 0) {
        open = at;
        first = count;
        state = HASH_SEED;
        flags = tag;
        last = before = 0;
      }
      // The rest of a word in ASCII and Cyrillic stays in this loop; whatever else comes goes round the outer one.
      do {
        if (letter === last && letter === before) flags |= FLAG.repeated;
        before = last;
        last = letter;
        letters[count++] = letter;
        state = Math.imul(state ^ letter, HASH_PRIME);
        if (count - first === PREFIX_LETTERS) prefix = state;
        flags |= cell >>> 8;
        at += width;
        if (at >= end) break;
        byte = bytes[at]!;
        if (byte < 0x80) {
          cell = ascii[byte]!;
          width = 1;
        } else if (byte >= 0xd0 && byte <= 0xd3 && at + 1 < end && (bytes[at + 1]! & 0xc0) === 0x80) {
          cell = cyrillic[((byte & 3) << 6) | (bytes[at + 1]! & 0x3f)]!;
          width = 2;
        } else break;
        letter = cell & 0xff;
      } while (letter !== 0 && cell < EMOJI_CELL);
      continue;
    }
    if (open >= 0) {
      if ((cell & IGNORED_CELL) !== 0) {
        if (cell === BREVE_CELL) {
          if (last === LETTER_I) {
            letters[count - 1] = LETTER_SHORT_I;
            last = LETTER_SHORT_I;
            flags |= FLAG.repeated; // asks finishToken to hash again
          }
        } else flags |= FLAG.invisible;
        at += width;
        continue;
      }
      if (isApostrophe(byte, point) && at + width < end && startsLetter(bytes[at + width]!)) {
        at += width;
        continue;
      }
      const link = byte === 0x3a || byte === 0x2e ? linkEnd(bytes, open, at, end) : 0;
      if (link > 0) {
        count = first;
        addToken(tokens, open, link, LINK_KEY, LINK_KEY, first, FLAG.link);
        at = link;
        open = -1;
        tag = 0;
        continue;
      }
      count = finishToken(tokens, open, at, first, count, state, prefix, flags);
      open = -1;
    }
    tag = 0;
    if (cell >= EMOJI_CELL && (cell & IGNORED_CELL) === 0) {
      first = count;
      state = HASH_SEED;
      for (let shift = 0; shift < 18; shift += 6) {
        const piece = 192 | ((point >> shift) & 63);
        letters[count++] = piece;
        state = Math.imul(state ^ piece, HASH_PRIME);
      }
      count = finishToken(tokens, at, at + width, first, count, state, state, FLAG.emoji);
    } else if (byte === 0x23) tag = FLAG.hashtag;
    else if (byte === 0x40 && at + 1 < end && isHandleByte(bytes[at + 1]!)) {
      let stop = at + 1;
      while (stop < end && isHandleByte(bytes[stop]!)) stop++;
      addToken(tokens, at, stop, MENTION_KEY, MENTION_KEY, count, FLAG.mention);
      at = stop;
      continue;
    }
    at += width;
  }
  if (open >= 0) count = finishToken(tokens, open, end, first, count, state, prefix, flags);
  tokens.letterCount = count;
  tokens.letter[tokens.count] = count;
}

/** ' ` ‘ ’ ʻ ʼ: inside a word they are not read. */
function isApostrophe(byte: number, point: number): boolean {
  return byte === 0x27 || byte === 0x60 || point === 0x2018 || point === 0x2019 || point === 0x2bb || point === 0x2bc;
}

function startsLetter(byte: number): boolean {
  return byte >= 0x80 ? byte >= 0xc3 && byte <= 0xd3 : (ASCII_CELLS[byte]! & 0xff) !== 0;
}

function isHandleByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f;
}

function addToken(tokens: TokenBatch, start: number, end: number, key: number, prefix: number, letter: number, flags: number): void {
  const index = tokens.count++;
  tokens.start[index] = start;
  tokens.end[index] = end;
  tokens.key[index] = key;
  tokens.prefix[index] = prefix;
  tokens.letter[index] = letter;
  tokens.flags[index] = flags;
  tokens.classes[index] = 0;
  tokens.letter[index + 1] = letter;
}

/** Ends a word; looks a second time at the rare ones. @returns the count of letters, fewer where repeats went. */
function finishToken(
  tokens: TokenBatch,
  start: number,
  end: number,
  first: number,
  count: number,
  state: number,
  prefix: number,
  flags: number,
): number {
  const scripts = FLAG.latin | FLAG.cyrillic;
  let last = count;
  if ((flags & scripts) === scripts || (flags & FLAG.repeated) !== 0) {
    if ((flags & scripts) === scripts) flags = readInOneScript(tokens.letters, first, count, flags) | FLAG.repeated;
    if ((flags & FLAG.repeated) !== 0) {
      last = squeezeRepeats(tokens.letters, first, count);
      if (last === count) flags &= ~FLAG.repeated;
    }
    state = HASH_SEED;
    for (let at = first; at < last; at++) {
      state = Math.imul(state ^ tokens.letters[at]!, HASH_PRIME);
      if (at - first === PREFIX_LETTERS - 1) prefix = state;
    }
  }
  if (last - first < PREFIX_LETTERS) prefix = state;
  addToken(tokens, start, end, finishKey(state), prefix, first, flags);
  return last;
}

/** Turns look-alikes toward the script that has more letters in the word, Cyrillic when equal. @returns the new flags. */
function readInOneScript(letters: Uint8Array, first: number, last: number, flags: number): number {
  let latin = 0;
  let cyrillic = 0;
  for (let at = first; at < last; at++) {
    if (isLatinLetter(letters[at]!)) latin++;
    else if (isCyrillicLetter(letters[at]!)) cyrillic++;
  }
  const toLatin = latin > cyrillic;
  let left = 0;
  for (let at = first; at < last; at++) {
    const letter = letters[at]!;
    if (toLatin ? !isCyrillicLetter(letter) : !isLatinLetter(letter)) continue;
    const look = LOOK_ALIKE[letter]!;
    if (look !== 0) letters[at] = look;
    else left++;
  }
  const gone = left > 0 ? 0 : toLatin ? FLAG.cyrillic : FLAG.latin;
  return (flags & ~gone) | FLAG.mixedScript;
}

/** Reads three or more of a letter in a row as one, digits apart. @returns the new end. */
function squeezeRepeats(letters: Uint8Array, first: number, last: number): number {
  let to = first;
  for (let at = first; at < last; ) {
    const letter = letters[at]!;
    let run = at + 1;
    while (run < last && letters[run] === letter) run++;
    const keep = run - at > 2 && letter > 10 ? 1 : run - at;
    for (let k = 0; k < keep; k++) letters[to++] = letter;
    at = run;
  }
  return to;
}
