/** The token arrays, and what ends a word: its hash, and the second look at words of two scripts or with repeats. */
import {
  ARENA, CLASSES, CYRILLIC, DIGIT, END, FIRST_CYRILLIC, FIGURED, FIRST_LATIN, FLAGS, KEY, LATIN, LATIN_H, LATIN_I, LENGTH_MASKS, LETTER, LETTERS, LOOK_CYRILLIC, LOOK_LATIN, MIXED_SCRIPT, OTHER_SCRIPT, PREFIX, REPEATED, SAME_LOOK, START,
} from "./layout";

/** What is taken from addresses to give spans. */
let origin: usize = 0;
export let count: i32 = 0;
export let letterCount: i32 = 0;
/** The flags of all tokens or-ed. */
export let seen: i32 = 0;

export function reset(base: usize): void {
  origin = ARENA - base;
  count = 0;
  letterCount = 0;
  seen = 0;
}

// @ts-ignore: decorator
@inline
export function addToken(from: usize, to: usize, key: i32, prefix: i32, letters: i32, flags: i32): void {
  const at: usize = (<usize>count) << 2;
  store<i32>(at, <i32>(from - origin), START);
  store<i32>(at, <i32>(to - origin), END);
  store<i32>(at, key, KEY);
  store<i32>(at, prefix, PREFIX);
  store<i32>(at, letterCount, LETTER);
  store<i32>(at, 0, CLASSES);
  store<i32>(at, flags, FLAGS);
  letterCount += letters;
  count++;
  seen |= flags;
}

/** After the last token. */
export function closeTokens(): void {
  store<i32>((<usize>count) << 2, letterCount, LETTER);
}

// @ts-ignore: decorator
@inline
export function prefixOf(first: i32): i32 {
  return first * 0x2c1b3c6d;
}

const LOW_FACTOR: i64 = 0x9e3779b97f4a7c15;
const HIGH_FACTOR: i64 = 0x2545f4914f6cdd1d;
const LAST_FACTOR: i64 = 0x58476d1ce4e5b9b1;

/** One block of sixteen letters, zeros after the last, into a running hash of 64 bits. */
// @ts-ignore: decorator
@inline
export function hashBlock(state: i64, block: v128): i64 {
  return rotl<i64>(state, 29) + v128.extract_lane<i64>(block, 0) * LOW_FACTOR + v128.extract_lane<i64>(block, 1) * HIGH_FACTOR;
}

// @ts-ignore: decorator
@inline
export function finishKey(state: i64): i32 {
  return <i32>(((state ^ (state >>> 32)) * LAST_FACTOR) >>> 32);
}

/** Ends the word whose `length` letters were written after the last ones kept. */
export function finishWord(from: usize, to: usize, length: i32, flags: i32): void {
  const first = LETTERS + <usize>letterCount;
  if (isMixed(flags)) flags = readInOneScript(first, length, flags) | REPEATED;
  if (isMixed(flags) || ((flags & DIGIT) != 0 && (flags & (LATIN | CYRILLIC)) != 0)) flags |= FIGURED;
  if ((flags & REPEATED) != 0) {
    const squeezed = squeezeRepeats(first, length);
    if (squeezed == length) flags &= ~REPEATED;
    length = squeezed;
  }
  let state: i64 = 0;
  for (let at = 0; at < length; at += 16) {
    const left = min<i32>(16, length - at);
    state = hashBlock(state, v128.and(v128.load(first + at), v128.load(LENGTH_MASKS + ((<usize>left) << 4))));
  }
  const opening = load<i32>(first) & load<i32>(LENGTH_MASKS + ((<usize>min<i32>(4, length)) << 4));
  addToken(from, to, finishKey(state), prefixOf(opening), length, flags);
}

// @ts-ignore: decorator
@inline
function isLatin(letter: i32): bool {
  return letter >= FIRST_LATIN && letter < FIRST_CYRILLIC;
}
// @ts-ignore: decorator
@inline
function isDigit(letter: i32): bool {
  return letter < FIRST_LATIN;
}
// @ts-ignore: decorator
@inline
function isCyrillic(letter: i32): bool {
  return letter >= FIRST_CYRILLIC && letter < FIRST_CYRILLIC + 32;
}

/** Letters of more than one script. */
// @ts-ignore: decorator
@inline
function isMixed(flags: i32): bool {
  return popcnt<i32>(flags & (LATIN | CYRILLIC | OTHER_SCRIPT)) > 1;
}

/**
 * Reads a word of two scripts in the one that has more letters which the other lacks (then more letters, then Cyrillic),
 * if all others are look-alikes of it. Otherwise, and where a Latin word (a brand, say) only has a Cyrillic ending, it stays as it is.
 * The Latin i and h that people type for the Kazakh і and һ are no disguise; h may still be a capital Н. Gives the new flags.
 */
function readInOneScript(first: usize, length: i32, flags: i32): i32 {
  let latin = 0;
  let cyrillic = 0;
  let latinOwn = 0;
  let cyrillicOwn = 0;
  let turns = 0;
  let habit = 0;
  let doubt = 0;
  let before = 0;
  const last = first + <usize>length;
  for (let at = first; at < last; at++) {
    const letter = <i32>load<u8>(at);
    const script = isLatin(letter) ? 1 : isCyrillic(letter) ? 2 : 0;
    const own = <i32>(load<u8>(SAME_LOOK + letter) == 0);
    if (script == 1) {
      latin++;
      latinOwn += own;
    } else if (script == 2) {
      cyrillic++;
      cyrillicOwn += own;
    }
    if (letter == LATIN_I || letter == LATIN_H) habit++;
    if (letter == LATIN_H) doubt = FIGURED;
    if (script != before && at != first) turns++;
    before = script;
  }
  if (latin > 1 && turns == 1 && before == 2) return flags;
  const toLatin = latinOwn != cyrillicOwn ? latinOwn > cyrillicOwn : latin > cyrillic;
  const looks = toLatin ? LOOK_LATIN : LOOK_CYRILLIC;
  for (let at = first; at < last; at++) {
    const letter = <i32>load<u8>(at);
    if (isDigit(letter) || (toLatin ? isLatin(letter) : isCyrillic(letter))) continue;
    if (load<u8>(looks + letter) == 0) return flags;
  }
  for (let at = first; at < last; at++) {
    const letter = <i32>load<u8>(at);
    if (!isDigit(letter) && !(toLatin ? isLatin(letter) : isCyrillic(letter))) store<u8>(at, load<u8>(looks + letter));
  }
  const scripts = LATIN | CYRILLIC | OTHER_SCRIPT;
  const innocent = !toLatin && habit == latin && (flags & OTHER_SCRIPT) == 0;
  return (flags & ~scripts) | (toLatin ? LATIN : CYRILLIC) | (innocent ? doubt : MIXED_SCRIPT);
}

/** Reads three or more of a letter in a row as one, digits apart. Gives the new length. */
function squeezeRepeats(first: usize, length: i32): i32 {
  let to = first;
  const last = first + <usize>length;
  for (let at = first; at < last; ) {
    const letter = load<u8>(at);
    let run = at + 1;
    while (run < last && load<u8>(run) == letter) run++;
    const keep: usize = run - at > 2 && letter > 10 ? 1 : run - at;
    for (let k: usize = 0; k < keep; k++) store<u8>(to++, letter);
    at = run;
  }
  return <i32>(to - first);
}

/** Takes over what the loop has counted by itself. */
// @ts-ignore: decorator
@inline
export function setCounts(tokens: i32, letters: i32): void {
  count = tokens;
  letterCount = letters;
}
// @ts-ignore: decorator
@inline
export function orSeen(flags: i32): void {
  seen |= flags;
}
