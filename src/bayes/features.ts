/**
 * Features of a message as places in a hashed table. HOT.
 *
 *     қуу керек      words   қуу керек      pair   қуу+керек      runs   ^қ қу уу у$ ^қу .. ^қуу$ .. (2 to 5 letters, edges as letters)
 *     act necessity  classes act necessity  their pair act+necessity     what stands around a word of a class: act> керек, қуу <necessity
 *                    shape   how long, mostly capitals, disguises
 *
 * The name of a group is read as one word, the same for all groups, without its letters: which group it is must be no
 * evidence. A slur keeps its letters. A feature counts once however often it occurs (Wang and Manning 2012): on texts of
 * many sentences counting repeats lost 0.6 points of AUC. Two features of one place share a weight: 2^19 places lost 0.2
 * points against 2^22, 2^18 lost 0.6. Signed hashing has nothing to cancel here, since weights are learnt after hashing.
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { finishHash, HASH_START, hashLetter } from "../text/hash.ts";
import { lettersToString } from "../text/letters.ts";

/** Shortest and longest run of letters. */
const SHORTEST_RUN = 2;
const LONGEST_RUN = 5;
/** Letters of a word beyond this give no runs. */
const WORD_LETTERS = 24;
const EDGE = 255;
/** How far around a word of a class its neighbours are looked at, in tokens. */
const NEIGHBOURS = 2;
/** Features a message can have; what is longer is judged by its beginning. */
export const FEATURE_LIMIT: number = 1 << 15;
/** Room that one word may need: its runs, itself, pairs, neighbours. */
const WORD_ROOM = (WORD_LETTERS + 2) * (LONGEST_RUN - SHORTEST_RUN + 1) + 4 + 2 * NEIGHBOURS;
/** Room for the features of the whole message. */
const MESSAGE_ROOM = 128;

const WORD = 0x9e3779b1;
const PAIR = 0x51ed270b;
const RUN = 0x2545f491;
const CLASS = 0x7feb352d;
const BEFORE = 0x846ca68b;
const AFTER = 0x3c6ef372;
const SHAPE = 0x68e31da4;
/** Key of a masked word. */
const MASKED = 0x1b873593;

const NOT_WORDS = FLAG.link | FLAG.mention;
const DISGUISES =
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

/** Classes of words that are read as one: those with a bit of `any` and none of `none`. */
export interface Mask {
  readonly any: number;
  readonly none: number;
  /** Classes that a masked word still shows; others it may have would tell groups apart. */
  readonly shown: number;
}

/** Caller-owned memory for `collectFeatures`: 4 bytes a place, and FEATURE_LIMIT places. */
export interface FeatureScratch {
  readonly bits: number;
  readonly mask: Mask;
  /** The message's features, places below 2^bits, each once. */
  readonly features: Int32Array;
  /** By place: number of the message that had it last. */
  readonly seen: Uint32Array;
  message: number;
}

export function createFeatureScratch(bits: number, mask: Mask): FeatureScratch {
  return { bits, mask, features: new Int32Array(FEATURE_LIMIT), seen: new Uint32Array(1 << bits), message: 0 };
}

/**
 * Writes the features of tokens [from, to), whose classes the lexicon has written, to `scratch.features`, each once.
 * @returns how many.
 */
export function collectFeatures(tokens: TokenBatch, from: number, to: number, scratch: FeatureScratch): number {
  const { features, seen } = scratch;
  const listed = listFeatures(tokens, from, to, scratch);
  if (scratch.message === 0xffffffff) {
    seen.fill(0);
    scratch.message = 0;
  }
  const message = ++scratch.message;
  let count = 0;
  for (let at = 0; at < listed; at++) {
    const place = features[at]!;
    if (seen[place] === message) continue;
    seen[place] = message;
    features[count++] = place;
  }
  return count;
}

/** The same with repeats, in the order of `nameFeatures`. */
export function listFeatures(tokens: TokenBatch, from: number, to: number, scratch: FeatureScratch): number {
  const shift = 32 - scratch.bits;
  const out = scratch.features;
  const { letters, flags, classes, key: keys, letter } = tokens;
  const { mask } = scratch;
  const { shown } = mask;
  let count = 0;
  let previous = 0;
  let previousClasses = 0;
  let allClasses = 0;
  let allFlags = 0;
  let words = 0;
  let shouted = 0;
  for (let token = from; token < to; token++) {
    const flag = flags[token]!;
    allFlags |= flag;
    if ((flag & NOT_WORDS) !== 0) continue;
    if (count + WORD_ROOM + MESSAGE_ROOM > FEATURE_LIMIT) break;
    words++;
    if ((flag & (FLAG.upper | FLAG.lower)) === FLAG.upper) shouted++;
    const own = classes[token]!;
    const masked = hides(mask, own);
    const bits = masked ? own & shown : own;
    const key = masked ? MASKED : keys[token]!;
    out[count++] = Math.imul(key, WORD) >>> shift;
    if (words > 1) out[count++] = placeOf(PAIR, previous, key, shift);
    previous = key;
    if (bits !== 0) {
      if (previousClasses !== 0) out[count++] = placeOf(CLASS, previousClasses, bits, shift);
      previousClasses = bits;
      allClasses |= bits;
      for (let other = Math.max(from, token - NEIGHBOURS); other <= token + NEIGHBOURS && other < to; other++) {
        if (other === token || (flags[other]! & NOT_WORDS) !== 0) continue;
        const near = hides(mask, classes[other]!) ? MASKED : keys[other]!;
        out[count++] = placeOf(other < token ? BEFORE : AFTER, bits, near, shift);
      }
    }
    if (masked) continue;
    const start = letter[token]!;
    const end = Math.min(letter[token + 1]!, start + WORD_LETTERS);
    // Runs that begin at the edge before the word, then at each letter; a run may end with the edge after it.
    for (let first = start - 1; first + SHORTEST_RUN - 1 <= end; first++) {
      let state = hashLetter(HASH_START, first < start ? EDGE : letters[first]!);
      const stop = Math.min(first + LONGEST_RUN, end + 1);
      for (let at = first + 1; at < stop; at++) {
        state = hashLetter(state, at === end ? EDGE : letters[at]!);
        out[count++] = Math.imul(state ^ (state >>> 15), RUN) >>> shift;
      }
    }
  }
  if (words === 0) return 0;
  for (let bits = allClasses; bits !== 0; bits &= bits - 1) out[count++] = placeOf(CLASS, 0, bits & -bits, shift);
  for (let bits = shapeOf(words, shouted, allFlags); bits !== 0; bits &= bits - 1) out[count++] = placeOf(SHAPE, 0, bits & -bits, shift);
  return count;
}

function hides({ any, none }: Mask, classes: number): boolean {
  return (classes & any) !== 0 && (classes & none) === 0;
}

function placeOf(kind: number, first: number, second: number, shift: number): number {
  return Math.imul(finishHash(Math.imul(first, PAIR) ^ Math.imul(second, BEFORE) ^ kind), WORD) >>> shift;
}

const SHOUTED = 1 << 30;

/** Bits of what is true of the message: the disguises' own, SHOUTED, and one of 0..6 (token flags of scripts and case) for its length. */
function shapeOf(words: number, shouted: number, flags: number): number {
  const length = Math.min(6, 31 - Math.clz32(words));
  return (flags & DISGUISES) | (shouted * 2 > words ? SHOUTED : 0) | (1 << length);
}

/** What a feature is of: a word, two beside each other, classes of words, what stands near a class, letters of a word, the message. */
export type FeatureKind = "word" | "pair" | "class" | "near" | "run" | "shape";

/** One of what `listFeatures` lists, for people. */
export interface NamedFeature {
  readonly kind: FeatureKind;
  /** A run shows the word's edges as ^ and $, a masked word is <group>, classes stand in brackets. */
  readonly name: string;
  /** The token that it is of, the later one of two; -1 for the message. */
  readonly token: number;
}

/**
 * What `listFeatures` lists, in its order; for explanations, so it may allocate.
 * @param classNames by bit of TokenBatch.classes
 * @param aliasOf a token's name in place of its letters and of each of its runs; null to show them
 * @param namesRuns false for tokens whose runs the caller knows already: they are listed without names, which is most of the work
 */
export function describeFeatures(
  tokens: TokenBatch,
  from: number,
  to: number,
  mask: Mask,
  classNames: readonly string[],
  aliasOf: (token: number) => string | null = () => null,
  namesRuns: (token: number) => boolean = () => true,
): NamedFeature[] {
  const named: NamedFeature[] = [];
  const isMasked = (token: number) => hides(mask, tokens.classes[token]!);
  const wordOf = (token: number) =>
    isMasked(token) ? "<group>" : (aliasOf(token) ?? lettersToString(tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!));
  const classesOf = (bits: number) => `[${classNames.filter((_, place) => (bits & (1 << place)) !== 0).join("+")}]`;
  const isWord = (token: number) => (tokens.flags[token]! & NOT_WORDS) === 0;
  const seen = { previous: "", classes: 0, all: 0, flags: 0, words: 0, shouted: 0 };
  for (let token = from; token < to; token++) {
    const add = (kind: FeatureKind, name: string) => named.push({ kind, name, token });
    const flag = tokens.flags[token]!;
    seen.flags |= flag;
    if (!isWord(token)) continue;
    if (named.length + WORD_ROOM + MESSAGE_ROOM > FEATURE_LIMIT) break;
    seen.words++;
    if ((flag & (FLAG.upper | FLAG.lower)) === FLAG.upper) seen.shouted++;
    const bits = isMasked(token) ? tokens.classes[token]! & mask.shown : tokens.classes[token]!;
    const word = wordOf(token);
    add("word", word);
    if (seen.words > 1) add("pair", `${seen.previous} ${word}`);
    seen.previous = word;
    if (bits !== 0) {
      if (seen.classes !== 0) add("class", `${classesOf(seen.classes)} ${classesOf(bits)}`);
      seen.classes = bits;
      seen.all |= bits;
      for (let other = Math.max(from, token - NEIGHBOURS); other <= token + NEIGHBOURS && other < to; other++) {
        if (other === token || !isWord(other)) continue;
        add("near", other < token ? `${wordOf(other)} < ${classesOf(bits)}` : `${classesOf(bits)} > ${wordOf(other)}`);
      }
    }
    if (isMasked(token)) continue;
    const start = tokens.letter[token]!;
    const end = Math.min(tokens.letter[token + 1]!, start + WORD_LETTERS);
    const length = end - start + 2;
    const alias = namesRuns(token) ? aliasOf(token) : "";
    const framed = alias === null ? `^${lettersToString(tokens.letters, start, end)}$` : null;
    const nameless: NamedFeature = { kind: "run", name: alias ?? "", token };
    for (let first = 0; first + SHORTEST_RUN <= length; first++)
      for (let stop = first + SHORTEST_RUN; stop <= Math.min(length, first + LONGEST_RUN); stop++)
        named.push(framed === null ? nameless : { kind: "run", name: framed.slice(first, stop), token });
  }
  if (seen.words === 0) return named;
  for (let bits = seen.all; bits !== 0; bits &= bits - 1) named.push({ kind: "class", name: classesOf(bits & -bits), token: -1 });
  for (let bits = shapeOf(seen.words, seen.shouted, seen.flags); bits !== 0; bits &= bits - 1)
    named.push({ kind: "shape", name: nameShape(bits & -bits), token: -1 });
  return named;
}

/** The names alone. */
export function nameFeatures(tokens: TokenBatch, from: number, to: number, mask: Mask, classNames: readonly string[]): string[] {
  return describeFeatures(tokens, from, to, mask, classNames).map(({ name }) => name);
}

function nameShape(bit: number): string {
  if (bit === SHOUTED) return "(in capitals)";
  const length = 31 - Math.clz32(bit);
  if (length === 0) return "(1 word)";
  if (length < 6) return `(${1 << length} to ${(2 << length) - 1} words)`;
  if (length === 6) return "(64 words and more)";
  return `(${Object.entries(FLAG).find(([, flag]) => flag === bit)?.[0] ?? "disguise"})`;
}
