/**
 * Bytes in, tokens out, a window of 64 bytes at a time. HOT.
 *
 *     бұл үй, ok — t.me/x        a window begins where a word may begin
 *     111111 1111  11            letters   one bit a byte: ASCII letters and digits, U+0400..U+04FF
 *     1 1 1  1 1                 leads     first bytes of two
 *                  1             odd       what only the slow reader (slow.ts) knows: other scripts, emoji, signs inside words
 *
 * Words are found by counting zeros in the masks, so no branch depends on how long a word is. A word all of ASCII or all
 * of Cyrillic, of at most sixteen letters, is folded, flagged and hashed as one block of sixteen; all others, two or three
 * in a hundred, go to the slow reader. The next window begins at the first word that this one does not hold whole.
 *
 * Speed on 16 MB of mixed messages, as parts of what this does (1):
 *   0.22  the loop in TypeScript that this replaced: a byte at a time, hash and flags in the loop
 *   0.65  that loop in C, gcc -O3: two branches a word go wrong
 *   0.5   windows with masks by range compares, Kazakh letters one by one
 *   0.55  the same with tables by swizzle: 8-bit shifts and written-out constants cost three instructions each
 *   1     16-bit shifts, constants read from memory, two 64-bit multiplications for the hash where four of 32 bits were
 */
import {
  ARENA, CLASSES, CONSTANTS, CYRILLIC, CYRILLIC_CODES, END, FLAGS, KEY, LENGTH_MASKS, LETTER, LETTERS, PREFIX, REPEATED, START,
} from "./layout";
import { readOne } from "./slow";

export { dismiss, recall, sift } from "./sieve";
import { closeTokens, count, finishKey, finishWord, hashBlock, letterCount, orSeen, prefixOf, reset, seen, setCounts } from "./tokens";

/** The flags of all tokens or-ed. */
export function flagsSeen(): i32 {
  return seen;
}

// @ts-ignore: decorator
@inline
function constant(row: usize): v128 {
  return v128.load(CONSTANTS + 16 * row);
}
// Rows of constants; text/tokenize.ts fills them in.
const LOW_NIBBLE: usize = 0; // 15
const HIGH_BIT: usize = 1; // by high half of a byte: 1 << half below 8, then 0
const ALNUM: usize = 2; // by low half: bits of the high halves with which it is an ASCII letter or digit
const SIGNS: usize = 3; // the same for # ' : @ ` _
const FULL_STOP: usize = 4;
const LEAD_MASK: usize = 5; // FC
const D0: usize = 6;
const D2: usize = 7;
const MORE_MASK: usize = 8; // FE
const C0: usize = 9;
const LATE: usize = 10; // 8F
const CASE_BIT: usize = 11; // 20
const SMALL_A: usize = 12;
const LATIN_BASE: usize = 13; // the letter a
const DIGIT_BASE: usize = 14; // '0' less the letter 0
const ALPHABET: usize = 15; // 26
const SIXTEEN: usize = 16;
const LOW_FIVE: usize = 17; // 31
const KNOWN: usize = 18; // 32
const CYRILLIC_BASE: usize = 19;
const D1: usize = 20;
const D3: usize = 21;
const FIRST_LATE: usize = 22; // 90
const HISTORY: usize = 23; // A0
const LOW_SEVEN: usize = 24; // 7F
const ONES: usize = 25; // 01
const NEWLINE: usize = 26; // 0A
const DOLLAR: usize = 27;
const AT: usize = 28;

// @ts-ignore: decorator
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64>v128.bitmask<i8>(a) | (<u64>v128.bitmask<i8>(b) << 16) | (<u64>v128.bitmask<i8>(c) << 32) | (<u64>v128.bitmask<i8>(d) << 48);
}
// @ts-ignore: decorator
@inline
function equal(a: v128, b: v128, c: v128, d: v128, one: v128): u64 {
  return bits(v128.eq<i8>(a, one), v128.eq<i8>(b, one), v128.eq<i8>(c, one), v128.eq<i8>(d, one));
}
/** Where a byte, as a signed number, is above one. */
// @ts-ignore: decorator
@inline
function above(a: v128, b: v128, c: v128, d: v128, one: v128): u64 {
  return bits(v128.gt<i8>(a, one), v128.gt<i8>(b, one), v128.gt<i8>(c, one), v128.gt<i8>(d, one));
}
/** By byte: 1 << its high half, 0 for what is not ASCII. */
// @ts-ignore: decorator
@inline
function highBit(bytes: v128): v128 {
  return v128.swizzle(constant(HIGH_BIT), v128.and(v128.shr<u16>(bytes, 4), constant(LOW_NIBBLE)));
}

const LAST_BIT: u64 = 0x8000000000000000;

let seenHints: i32 = 0;
/** 1 a sign between letters, 2 three words of one letter in a row, 4 a line end. */
export function hintsSeen(): i32 {
  return seenHints;
}

/** Tokens of the arena's bytes [start, end), replacing those before; `base` is added to their spans. Gives their number. */
export function tokenize(start: i32, end: i32, base: i32): i32 {
  reset(<usize>base);
  const stop: usize = ARENA + end;
  let at: usize = ARENA + start;
  let token: usize = 0;
  let letter: usize = 0;
  let allFlags = 0;
  let glued: u64 = 0;
  let lines: u64 = 0;
  /** Words of one letter in a row, a bit each; three of them somewhere. */
  let singles = 0;
  let hints = 0;
  const origin = ARENA - <usize>base;
  const none = v128.splat<i8>(0);
  while (at < stop) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const lowA = v128.and(a, constant(LOW_NIBBLE));
    const lowB = v128.and(b, constant(LOW_NIBBLE));
    const lowC = v128.and(c, constant(LOW_NIBBLE));
    const lowD = v128.and(d, constant(LOW_NIBBLE));
    const highA = highBit(a);
    const highB = highBit(b);
    const highC = highBit(c);
    const highD = highBit(d);
    const alnum = constant(ALNUM);
    const ascii = ~equal(
      v128.and(v128.swizzle(alnum, lowA), highA), v128.and(v128.swizzle(alnum, lowB), highB),
      v128.and(v128.swizzle(alnum, lowC), highC), v128.and(v128.swizzle(alnum, lowD), highD), none,
    );
    const signs = constant(SIGNS);
    const sign = ~equal(
      v128.and(v128.swizzle(signs, lowA), highA), v128.and(v128.swizzle(signs, lowB), highB),
      v128.and(v128.swizzle(signs, lowC), highC), v128.and(v128.swizzle(signs, lowD), highD), none,
    );
    const top = bits(a, b, c, d);
    let word = ascii;
    let strange: u64 = 0;
    let lead: u64 = 0;
    /** Leads of letters outside а-я. */
    let others: u64 = 0;
    if (top != 0) {
      const leadMask = constant(LEAD_MASK);
      const moreMask = constant(MORE_MASK);
      const follow = (top & ~above(a, b, c, d, v128.sub<i8>(constant(C0), constant(ONES)))) >> 1;
      const late = above(a, b, c, d, constant(LATE)) >> 1;
      const zero = equal(a, b, c, d, constant(D0));
      const more = equal(v128.and(a, moreMask), v128.and(b, moreMask), v128.and(c, moreMask), v128.and(d, moreMask), constant(D2));
      // A lead at the very end has its other byte in the next window, which then begins with it.
      lead = equal(v128.and(a, leadMask), v128.and(b, leadMask), v128.and(c, leadMask), v128.and(d, leadMask), constant(D0)) & (follow | LAST_BIT);
      const pair = lead | (lead << 1);
      word |= pair;
      strange = top & ~pair;
      others = lead & (more | (zero ^ late));
    }
    // Hints for reading again; the space is the only sign between words that says nothing.
    const blank = equal(a, b, c, d, constant(CASE_BIT));
    const newline = equal(a, b, c, d, constant(NEWLINE));
    const beforeWord = (word >> 1) | LAST_BIT;
    const point = equal(a, b, c, d, constant(FULL_STOP)) & (word << 1) & (beforeWord | (top >> 1));
    // Whatever else may mean something to a word next to it: the slow reader knows.
    strange |= point | (sign & ((word << 1) | beforeWord | ((strange | sign) >> 1)));
    const left = stop - at;
    if (left <= 64) {
      // What lies beyond the end is none of this message, and a lead whose other byte does is no letter.
      const keep: u64 = ~(<u64>0) >> (64 - left);
      const cut = lead & ((<u64>1) << (left - 1));
      strange = (strange | cut) & keep;
      word &= keep & ~cut;
      lead &= ~cut;
    }
    const inside: u64 = left < 64 ? ~(<u64>0) >> (64 - left) : ~(<u64>0);
    const beside = (word << 1) | (word >> 1);
    glued |= (((word << 1) & (word >> 1) & ~word & ~blank) | (beside & (equal(a, b, c, d, constant(DOLLAR)) | equal(a, b, c, d, constant(AT))))) & inside;
    lines |= newline & inside;
    let events = word | strange;
    let next: usize = 64;
    while (events != 0) {
      const from = <usize>ctz<u64>(events);
      const run = <usize>ctz<u64>(~(word >> from));
      const to = from + run;
      const place = at + from;
      let slow: bool;
      let pairs: usize = 0;
      if (run == 0) {
        const skip = <u64>separator(place, stop);
        if (skip < 4) {
          events &= ~(((<u64>1 << skip) - 1) << from);
          continue;
        }
        slow = true;
      } else if (to >= 64) {
        if (from != 0 && left > 64) {
          next = from;
          break;
        }
        slow = true;
      } else {
        pairs = <usize>popcnt<u64>((lead >> from) & (((<u64>1) << run) - 1));
        slow = bool(<i32>(run - pairs > 16) | (<i32>(pairs != 0) & <i32>(pairs + pairs != run)));
        if (((strange >> to) & 1) != 0) slow = slow || separator(at + to, stop) > 4;
      }
      let block = none;
      let flags = 0;
      const length = run - pairs;
      if (slow) {
        // Below.
      } else if (pairs == 0) {
        const bytes = v128.load(place);
        const order = v128.sub<i8>(v128.or(bytes, constant(CASE_BIT)), constant(SMALL_A));
        const isLetter = v128.lt<u8>(order, constant(ALPHABET));
        const codes = v128.bitselect(v128.add<i8>(order, constant(LATIN_BASE)), v128.sub<i8>(bytes, constant(DIGIT_BASE)), isLetter);
        block = v128.and(codes, v128.load(run << 4, LENGTH_MASKS));
        const all = (1 << <i32>run) - 1;
        const latin = v128.bitmask<i8>(isLetter) & all;
        const small = v128.bitmask<i8>(v128.shl<i16>(bytes, 2)) & latin;
        flags = (<i32>(latin != all) << 4) | ((<i32>(latin != all) & <i32>(latin != 0)) << 15) | (<i32>(small != latin) << 7) | (<i32>(small != 0) << 6) | (<i32>(latin != 0) << 1);
      } else {
        const one = v128.load(place);
        const two = v128.load(place, 16);
        const mask = v128.load(length << 4, LENGTH_MASKS);
        const follow = v128.shuffle<i8>(one, two, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        // Codes: 32 | place in а-я, | 64 for letters that Kazakh words hardly have, | 128 for those that Russian has not; 0 for no letter.
        const order = v128.and(v128.add<i8>(follow, constant(SIXTEEN)), constant(LOW_FIVE));
        let codes = v128.or(v128.or(order, constant(KNOWN)), v128.swizzle(v128.load(CYRILLIC_CODES), v128.sub<i8>(order, constant(SIXTEEN))));
        // Capitals are 90..AF after D0, and 90..AF does not come after D1 in а-я.
        let large = v128.lt<u8>(v128.sub<i8>(follow, constant(FIRST_LATE)), constant(KNOWN));
        if (others != 0) {
          const first = v128.shuffle<i8>(one, two, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
          const late = v128.ge<u8>(follow, constant(FIRST_LATE));
          const zero = v128.eq<i8>(first, constant(D0));
          const second = v128.eq<i8>(first, constant(D1));
          const isD2 = v128.eq<i8>(first, constant(D2));
          const isD3 = v128.eq<i8>(first, constant(D3));
          // U+0400..040F and U+0450..045F are the same sixteen letters.
          const near = v128.or(v128.andnot(zero, late), v128.and(second, late));
          codes = v128.bitselect(v128.swizzle(v128.load(CYRILLIC_CODES, 16), v128.and(follow, constant(LOW_NIBBLE))), codes, near);
          // Pairs of capital and small letter, by half of the distance to U+0490 or U+04D0; nothing before those.
          const half = v128.and(v128.shr<u16>(v128.sub<i8>(follow, constant(FIRST_LATE)), 1), constant(LOW_SEVEN));
          const over = v128.sub<i8>(half, constant(SIXTEEN));
          const rowD2 = v128.or(v128.swizzle(v128.load(CYRILLIC_CODES, 32), half), v128.swizzle(v128.load(CYRILLIC_CODES, 48), over));
          const rowD3 = v128.or(v128.swizzle(v128.load(CYRILLIC_CODES, 64), half), v128.swizzle(v128.load(CYRILLIC_CODES, 80), over));
          codes = v128.bitselect(rowD2, codes, isD2);
          codes = v128.bitselect(rowD3, codes, isD3);
          codes = v128.andnot(codes, v128.and(second, v128.ge<u8>(follow, constant(HISTORY))));
          const even = v128.eq<i8>(v128.and(follow, constant(ONES)), none);
          large = v128.bitselect(even, v128.and(zero, v128.or(large, v128.not(late))), v128.or(isD2, isD3));
          slow = v128.any_true(v128.and(mask, v128.eq<i8>(codes, none)));
        }
        codes = v128.and(codes, mask);
        const capitals = v128.bitmask<i8>(v128.and(large, mask));
        flags =
          CYRILLIC |
          (<i32>(v128.bitmask<i8>(codes) != 0) << 2) |
          (<i32>(v128.bitmask<i8>(v128.shl<i16>(codes, 1)) != 0) << 3) |
          (<i32>(capitals != 0) << 7) |
          (<i32>(capitals != (1 << <i32>length) - 1) << 6);
        block = v128.and(v128.add<i8>(v128.and(codes, constant(LOW_FIVE)), constant(CYRILLIC_BASE)), mask);
      }
      if (slow) {
        setCounts(<i32>token, <i32>letter);
        next = readOne(place, stop) - at;
        token = count;
        letter = letterCount;
        if (next >= 64) break;
        events &= ~(<u64>0) << next;
        next = 64;
        continue;
      }
      events &= ~(<u64>0) << to;
      v128.store(letter, block, LETTERS);
      // Three equal letters in a row: the second look decides.
      const second = v128.shuffle<u8>(block, none, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
      const third = v128.shuffle<u8>(block, none, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
      if (v128.any_true(v128.and(v128.and(v128.eq<i8>(block, second), v128.eq<i8>(block, third)), block))) {
        setCounts(<i32>token, <i32>letter);
        finishWord(place, at + to, <i32>length, flags | REPEATED);
        token = count;
        letter = letterCount;
        continue;
      }
      const slot = token << 2;
      store<i32>(slot, <i32>(place - origin), START);
      store<i32>(slot, <i32>(at + to - origin), END);
      store<i32>(slot, finishKey(hashBlock(0, block)), KEY);
      store<i32>(slot, prefixOf(v128.extract_lane<i32>(block, 0)), PREFIX);
      store<i32>(slot, <i32>letter, LETTER);
      store<i32>(slot, 0, CLASSES);
      store<i32>(slot, flags, FLAGS);
      singles = (singles << 1) | <i32>(length == 1);
      hints |= <i32>((singles & 7) == 7) << 1;
      letter += length;
      token++;
      allFlags |= flags;
    }
    at += next;
  }
  setCounts(<i32>token, <i32>letter);
  orSeen(allFlags);
  seenHints = hints | <i32>(glued != 0) | (<i32>(lines != 0) << 2);
  closeTokens();
  return count;
}

/**
 * Bytes of the separator at `at`, of which the window knows nothing: « » and no-break space, dashes, quotes, dots. 4 for
 * an emoji, which ends a word too; 5 for what only the slow reader knows.
 */
function separator(at: usize, stop: usize): i32 {
  if (at + 3 > stop) return 5;
  const bytes = load<u32>(at) & 0xffffff;
  const two = bytes & 0xffff;
  const third = bytes >> 16;
  if (two == 0x80e2) return (third >= 0x90 && third < 0x98) || (third >= 0x9c && third < 0xa7) ? 3 : 5;
  if (two == 0xabc2 || two == 0xbbc2 || two == 0xa0c2) return 2;
  return two == 0x9ff0 && third >= 0x90 && third < 0x9c ? 4 : 5;
}
