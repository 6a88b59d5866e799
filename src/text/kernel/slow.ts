/** One token or separator of any kind, a character at a time: the words that the window cannot read at once. */
import {
  ASCII_CELLS, BREVE_CELL, CYRILLIC_CELLS, EMOJI, EMOJI_CELL, FIGURED, HASHTAG, IGNORED_CELL, INVISIBLE, KNOWN_SEPARATOR, LETTER_I, LETTER_SHORT_I,
  LETTERS, LINK, LINK_KEY, MENTION, MENTION_KEY, OTHER_CELLS, OTHER_COUNT, REPEATED,
} from "./layout";
import { addToken, finishWord, letterCount } from "./tokens";

/** Cell of a code point, worked out by the host at first sight. */
// @ts-ignore: decorator
@external("host", "cellOf")
declare function describe(point: i32): i32;

let width: i32 = 0;
let point: i32 = 0;

function cellAt(at: usize, stop: usize): i32 {
  const lead = <i32>load<u8>(at);
  width = 1;
  point = lead;
  if (lead < 0x80) return load<i32>(ASCII_CELLS + ((<usize>lead) << 2));
  const bytes = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  point = 0xfffd;
  if (bytes == 1 || lead >= 0xf5 || at + bytes > stop) return 0;
  let decoded = lead & (0xff >> (bytes + 1));
  for (let k = 1; k < bytes; k++) {
    const next = <i32>load<u8>(at + k);
    if ((next & 0xc0) != 0x80) return 0;
    decoded = (decoded << 6) | (next & 0x3f);
  }
  width = bytes;
  point = decoded;
  if (decoded >= 0x400 && decoded < 0x500 && bytes == 2) return load<i32>(CYRILLIC_CELLS + ((<usize>(decoded & 255)) << 2));
  if (<u32>decoded >= OTHER_COUNT) return describe(decoded);
  const slot = OTHER_CELLS + ((<usize>decoded) << 2);
  const known = load<i32>(slot);
  if (known != 0) return known == KNOWN_SEPARATOR ? 0 : known;
  const cell = describe(decoded);
  store<i32>(slot, cell == 0 ? KNOWN_SEPARATOR : cell);
  return cell;
}

// @ts-ignore: decorator
@inline
function isLetter(cell: i32): bool {
  return (cell & 0xff) != 0 && cell < EMOJI_CELL;
}

/** Reads what begins at `at`, adds its token if it is one, and gives the address after it. A word right after # goes with it. */
export function readOne(at: usize, stop: usize): usize {
  let cell = cellAt(at, stop);
  let tag = 0;
  if (point == 0x23 && at + 1 < stop) {
    cell = cellAt(++at, stop);
    if (!isLetter(cell)) return at;
    tag = HASHTAG;
  }
  if (isLetter(cell)) return readWord(at, stop, cell, tag);
  if (cell >= EMOJI_CELL && (cell & IGNORED_CELL) == 0) {
    const first = LETTERS + <usize>letterCount;
    store<u8>(first, <u8>(192 | (point & 63)));
    store<u8>(first + 1, <u8>(192 | ((point >> 6) & 63)));
    store<u8>(first + 2, <u8>(192 | ((point >> 12) & 63)));
    const next = at + width;
    finishWord(at, next, 3, point >= 0x1f1e6 && point <= 0x1f1ff ? EMOJI | FIGURED : EMOJI);
    return next;
  }
  if (point == 0x40 && at + 1 < stop && isHandle(load<u8>(at + 1))) {
    let last = at + 1;
    while (last < stop && isHandle(load<u8>(last))) last++;
    addToken(at, last, MENTION_KEY, MENTION_KEY, 0, MENTION);
    return last;
  }
  return at + width;
}

function readWord(from: usize, stop: usize, cell: i32, flags: i32): usize {
  const first = LETTERS + <usize>letterCount;
  let length = 0;
  let last = 0;
  let before = 0;
  let at = from;
  for (;;) {
    const letter = cell & 0xff;
    if (letter == last && letter == before) flags |= REPEATED;
    before = last;
    last = letter;
    store<u8>(first + length++, <u8>letter);
    flags |= cell >>> 8;
    at += width;
    // What is skipped inside a word, up to its next letter or its end.
    for (;;) {
      if (at >= stop) {
        finishWord(from, stop, length, flags);
        return stop;
      }
      cell = cellAt(at, stop);
      if (isLetter(cell)) break;
      if ((cell & IGNORED_CELL) != 0) {
        if (cell != BREVE_CELL) flags |= INVISIBLE;
        else if (last == LETTER_I) {
          store<u8>(first + length - 1, <u8>LETTER_SHORT_I);
          last = LETTER_SHORT_I;
          flags |= REPEATED;
        }
        at += width;
        continue;
      }
      if (isApostrophe() && at + width < stop && startsLetter(load<u8>(at + width))) {
        at += width;
        continue;
      }
      const link = (point == 0x3a || point == 0x2e) && at + 1 < stop && joins(point, load<u8>(at + 1)) ? linkEnd(from, at, stop) : 0;
      if (link != 0) {
        addToken(from, link, LINK_KEY, LINK_KEY, 0, LINK);
        return link;
      }
      finishWord(from, at, length, flags);
      return at;
    }
  }
  return at;
}

/** ' ` ‘ ’ ʻ ʼ: inside a word they are not read. */
function isApostrophe(): bool {
  return point == 0x27 || point == 0x60 || point == 0x2018 || point == 0x2019 || point == 0x2bb || point == 0x2bc;
}

function startsLetter(byte: u8): bool {
  return byte >= 0x80 ? byte >= 0xc3 && byte <= 0xd3 : (load<i32>(ASCII_CELLS + ((<usize>byte) << 2)) & 0xff) != 0;
}

/** Whether a link may go on with a byte: after a colon with /, after a full stop with part of a letter or digit. */
function joins(sign: i32, byte: u8): bool {
  if (sign == 0x3a) return byte == 0x2f;
  return byte >= 0x80 || (load<i32>(ASCII_CELLS + ((<usize>byte) << 2)) & 0xff) != 0;
}

function isHandle(byte: u8): bool {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte == 0x5f;
}

/** Whether the word's bytes from `at` on read as `text`, of four bytes, in any case before `mark`. */
// @ts-ignore: decorator
@inline
function reads(at: usize, mark: usize, stop: usize, text: u32, bytes: u32): bool {
  for (let k: u32 = 0; k < bytes; k++) {
    if (at + k >= stop) return false;
    const byte = <u32>load<u8>(at + k) | (at + k < mark ? 0x20 : 0);
    if (byte != ((text >> (k << 3)) & 0xff)) return false;
  }
  return true;
}

/** Where the link ends that the word at `from`, interrupted at `at`, begins (http:// https:// www. t.me/); 0 if it begins none. */
function linkEnd(from: usize, at: usize, stop: usize): usize {
  let after: usize = 0;
  if (reads(from, at, stop, 0x70747468, 4)) {
    if (reads(from + 4, at, stop, 0x2f2f3a, 3)) after = from + 7;
    else if (reads(from + 4, at, stop, 0x2f2f3a73, 4)) after = from + 8;
  } else if (reads(from, at, stop, 0x2e777777, 4)) after = from + 4;
  else if (reads(from, at, stop, 0x656d2e74, 4) && reads(from + 4, at, stop, 0x2f, 1)) after = from + 5;
  if (after == 0) return 0;
  while (after < stop && !endsLink(after, stop)) after++;
  return after;
}

/** White space, control characters, < > " and the closing quotes » ” “ ›. */
function endsLink(at: usize, stop: usize): bool {
  const byte = load<u8>(at);
  if (byte <= 0x20 || byte == 0x22 || byte == 0x3c || byte == 0x3e) return true;
  if (byte == 0xc2) return at + 1 < stop && load<u8>(at + 1) == 0xbb;
  if (byte != 0xe2 || at + 2 >= stop || load<u8>(at + 1) != 0x80) return false;
  const last = load<u8>(at + 2);
  return last == 0x9c || last == 0x9d || last == 0xba;
}
