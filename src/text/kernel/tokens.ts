/** The token arrays, and what ends a word: its hash, and the second look at words of two scripts or with repeats. */
import {
  ARENA, CLASSES, CYRILLIC, END, FIRST_CYRILLIC, FIRST_LATIN, FLAGS, KEY, LATIN, LENGTH_MASKS, LETTER, LETTERS, LOOK_ALIKE, MIXED_SCRIPT, PREFIX, REPEATED, START,
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
  store<u16>(at >> 1, <u16>flags, FLAGS);
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
  if ((flags & (LATIN | CYRILLIC)) == (LATIN | CYRILLIC)) flags = readInOneScript(first, length, flags) | REPEATED;
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
function isCyrillic(letter: i32): bool {
  return letter >= FIRST_CYRILLIC && letter < FIRST_CYRILLIC + 32;
}

/** Turns look-alikes toward the script that has more letters in the word, Cyrillic when equal. Gives the new flags. */
function readInOneScript(first: usize, length: i32, flags: i32): i32 {
  let latin = 0;
  let cyrillic = 0;
  for (let at: usize = first; at < first + <usize>length; at++) {
    const letter = <i32>load<u8>(at);
    if (isLatin(letter)) latin++;
    else if (isCyrillic(letter)) cyrillic++;
  }
  const toLatin = latin > cyrillic;
  let left = 0;
  for (let at: usize = first; at < first + <usize>length; at++) {
    const letter = <i32>load<u8>(at);
    if (toLatin ? !isCyrillic(letter) : !isLatin(letter)) continue;
    const look = load<u8>(LOOK_ALIKE + letter);
    if (look != 0) store<u8>(at, look);
    else left++;
  }
  const gone = left > 0 ? 0 : toLatin ? CYRILLIC : LATIN;
  return (flags & ~gone) | MIXED_SCRIPT;
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
