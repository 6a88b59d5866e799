/**
 * Which tokens the lexicon has to look at: a bit for the whole word, one for its first four letters, one for a word that
 * phrases begin with and one for it and the next, or the first four letters of the next where that is inflected. Words that passed in vain once are remembered, letters and all, so that
 * no hash decides: seven tokens in ten need no look.
 */
import { DISMISSED, DISMISSED_SLOTS, KEY, LENGTH_MASKS, LETTER, LETTERS, OPEN_BITS, PAIR_BITS, PREFIX, PREFIX_BITS, WANTED, WORD_BITS } from "./layout";
import { count } from "./tokens";

/** The upper bits of a hash, 18 or 20 of them, say which bit. */
// @ts-ignore: decorator
@inline
function hasBit(table: usize, hash: i32, bits: u32): i32 {
  const index = <u32>hash >> (32 - bits);
  return (load<i32>(table + ((<usize>(index >> 5)) << 2)) >>> (index & 31)) & 1;
}

// @ts-ignore: decorator
@inline
function pairOf(first: i32, second: i32): i32 {
  let key = (first * 0x27d4eb2f) ^ second;
  key ^= key >>> 15;
  key *= 0x2c1b3c6d;
  key ^= key >>> 12;
  key *= 0x297a2d39;
  return key ^ (key >>> 15);
}

/** A word's letters with zeros after them; of a word of more than sixteen the first sixteen, never dismissed. */
// @ts-ignore: decorator
@inline
function blockOf(slot: usize, length: i32): v128 {
  return v128.and(v128.load(<usize>load<i32>(slot, LETTER), LETTERS), v128.load(LENGTH_MASKS + ((<usize>length) << 4)));
}

/** Writes for each token whether its word (1) and the phrases it begins (2) are worth a look. */
export function sift(): void {
  const tokens = count;
  for (let token = 0; token < tokens; token++) {
    const slot = (<usize>token) << 2;
    const key = load<i32>(slot, KEY);
    let wanted = hasBit(WORD_BITS, key, 18) | hasBit(PREFIX_BITS, load<i32>(slot, PREFIX), 18);
    if (wanted != 0) {
      const length = load<i32>(slot, LETTER + 4) - load<i32>(slot, LETTER);
      if (length <= 16) {
        const known = v128.load(DISMISSED + ((<usize>(key & (DISMISSED_SLOTS - 1))) << 4));
        if (!v128.any_true(v128.xor(known, blockOf(slot, length)))) wanted = 0;
      }
    }
    if (token + 1 < tokens && hasBit(OPEN_BITS, key, 18) != 0) {
      const whole = hasBit(PAIR_BITS, pairOf(key, load<i32>(slot, KEY + 4)), 20);
      wanted |= (whole | hasBit(PAIR_BITS, pairOf(key, load<i32>(slot, PREFIX + 4)), 20)) << 1;
    }
    store<u8>(<usize>token, <u8>wanted, WANTED);
  }
}

/** Nothing was found in the word of a token: it need not be looked at again. */
export function dismiss(token: i32): void {
  const slot = (<usize>token) << 2;
  const length = load<i32>(slot, LETTER + 4) - load<i32>(slot, LETTER);
  if (length <= 16) v128.store(DISMISSED + ((<usize>(load<i32>(slot, KEY) & (DISMISSED_SLOTS - 1))) << 4), blockOf(slot, length));
}

/** Forgets what was dismissed: for filters that changed. */
export function recall(): void {
  memory.fill(DISMISSED, 0, DISMISSED_SLOTS << 4);
}
