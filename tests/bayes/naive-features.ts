/** Features of a message said one by one, with hashes in whole numbers: slow, and written apart from the fast code. */
import type { Mask } from "../../src/bayes/features.ts";
import { FLAG, type TokenBatch } from "../../src/core/token.ts";

export interface NaiveFeature {
  /** Kind and parts: no two features that mean different things share it. */
  readonly name: string;
  readonly place: number;
}

interface Word {
  readonly at: number;
  readonly key: number;
  /** Folded letters; none of a masked word. */
  readonly letters: readonly number[];
  readonly masked: boolean;
  readonly classes: number;
  readonly name: string;
}

const times = (a: number, b: number): number => Number(BigInt.asUintN(32, BigInt(a) * BigInt(b)));
const xorShift = (x: number, by: number): number => ((x >>> 0) ^ (x >>> by)) >>> 0;

/** The finish of the hashes of words: two multiplications between three shifts. */
const spread = (x: number): number => xorShift(times(xorShift(times(xorShift(x, 15), 0x2c1b3c6d), 12), 0x297a2d39), 15);
const mixed = (kind: number, first: number, second: number): number =>
  times(spread((times(first >>> 0, 0x51ed270b) ^ times(second >>> 0, 0x846ca68b) ^ kind) >>> 0), 0x9e3779b1);
/** FNV-1a of the codes, spread by one more multiplication. */
const ofRun = (codes: readonly number[]): number =>
  times(
    xorShift(
      codes.reduce((state, code) => times((state ^ code) >>> 0, 0x01000193), 0x811c9dc5),
      15,
    ),
    0x2545f491,
  );

const PAIR = 0x51ed270b;
const CLASS = 0x7feb352d;
const BEFORE = 0x846ca68b;
const AFTER = 0x3c6ef372;
const SHAPE = 0x68e31da4;
const MASKED = 0x1b873593;
const EDGE = 255;
const bitsOf = (number: number): number[] => Array.from({ length: 31 }, (_, k) => 1 << k).filter((bit) => (number & bit) !== 0);

/** Every feature of the tokens, with repeats, in the order of `listFeatures`; only for messages far from its limit. */
export function naiveFeatures(tokens: TokenBatch, mask: Mask, bits: number): NaiveFeature[] {
  const found: NaiveFeature[] = [];
  const add = (name: string, hash: number) => found.push({ name, place: Math.floor(hash / 2 ** (32 - bits)) });
  const words = wordsOf(tokens, mask);
  words.forEach((word, k) => {
    add(`word ${word.name}`, times(word.key >>> 0, 0x9e3779b1));
    if (k > 0) add(`pair ${words[k - 1]!.name} ${word.name}`, mixed(PAIR, words[k - 1]!.key, word.key));
    if (word.classes !== 0) {
      const earlier = words.slice(0, k).findLast(({ classes }) => classes !== 0);
      if (earlier !== undefined) add(`classes ${earlier.classes} ${word.classes}`, mixed(CLASS, earlier.classes, word.classes));
      for (const other of words) {
        if (other === word || Math.abs(other.at - word.at) > 2) continue;
        const before = other.at < word.at;
        add(`${before ? "before" : "after"} ${word.classes} ${other.name}`, mixed(before ? BEFORE : AFTER, word.classes, other.key));
      }
    }
    if (word.masked) return;
    const framed = [EDGE, ...word.letters.slice(0, 24), EDGE];
    framed.forEach((_, first) => {
      for (const length of [2, 3, 4, 5]) {
        const run = framed.slice(first, first + length);
        if (run.length === length) add(`run ${run.join(" ")}`, ofRun(run));
      }
    });
  });
  if (words.length === 0) return found;
  for (const bit of bitsOf(words.reduce((all, { classes }) => all | classes, 0))) add(`class ${bit}`, mixed(CLASS, 0, bit));
  for (const bit of shapeBits(tokens, words)) add(`shape ${bit}`, mixed(SHAPE, 0, bit));
  return found;
}

function wordsOf(tokens: TokenBatch, mask: Mask): Word[] {
  return Array.from({ length: tokens.count }, (_, at) => at)
    .filter((at) => (tokens.flags[at]! & (FLAG.link | FLAG.mention)) === 0)
    .map((at) => {
      const classes = tokens.classes[at]!;
      const masked = (classes & mask.any) !== 0 && (classes & mask.none) === 0;
      const letters = masked ? [] : [...tokens.letters.slice(tokens.letter[at], tokens.letter[at + 1])];
      const key = masked ? MASKED : tokens.key[at]!;
      return { at, key, letters, masked, classes: masked ? classes & mask.shown : classes, name: masked ? "*" : `${key}` };
    });
}

/** Length as a power of two, capitals, and the ways in which words were disguised. */
function shapeBits({ flags, count }: TokenBatch, words: readonly Word[]): number[] {
  const disguises =
    FLAG.mixedScript |
    FLAG.repeated |
    FLAG.invisible |
    FLAG.figured |
    FLAG.styled |
    FLAG.emoji |
    FLAG.leet |
    FLAG.apart |
    FLAG.wildcard |
    FLAG.misspelt;
  const all = flags.slice(0, count).reduce((seen, flag) => seen | flag, 0);
  const shouted = words.filter(({ at }) => (flags[at]! & FLAG.upper) !== 0 && (flags[at]! & FLAG.lower) === 0);
  const length = [64, 32, 16, 8, 4, 2, 1].find((least) => words.length >= least)!;
  return bitsOf((all & disguises) | length | (shouted.length * 2 > words.length ? 1 << 30 : 0));
}
