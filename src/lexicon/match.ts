/**
 * Finds lexicon entries in the tokens of one message. HOT.
 *
 * For each token: one bit test on its first four letters; for one in ten that pass, every beginning of the word is looked
 * up in the stem table and the rest read as an ending. A hit is confirmed letter by letter, so a hash collision costs time
 * and never a wrong label.
 *
 *     дүнгендерді
 *     ^^^^            prefix bit
 *     ^^^^^^          stem record      ^^^^^ ending read by its paradigm
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { letterOf, lettersToString } from "../text/letters.ts";
import { porterStem } from "../text/stem.ts";
import { finishKey, HASH_START, hashLetter } from "../text/tokenize.ts";
import { type CompiledLexicon, EXCEPTION, prefixIndex } from "./compile.ts";
import { NO_READING, readEnding } from "./paradigm.ts";

/** Hits of one message, in the order of tokens. Token numbers are those of the TokenBatch. */
export interface Hits {
  count: number;
  token: Int32Array;
  /** The last token of a phrase; the same as `token` for single words. */
  lastToken: Int32Array;
  entry: Int32Array;
  moods: Int32Array;
  /** Classes of all hits or-ed. */
  classes: number;
}

/** Caller-owned scratch for `matchLexicon`. More than `capacity` hits in one message are not kept: long before, it is flagged. */
export function createHits(capacity: number = 4096): Hits {
  return { count: 0, token: new Int32Array(capacity), lastToken: new Int32Array(capacity), entry: new Int32Array(capacity), moods: new Int32Array(capacity), classes: 0 };
}

/**
 * Fills `hits` with the entries found in tokens [from, to) and ors their classes into `tokens.classes`.
 */
export function matchLexicon(lexicon: CompiledLexicon, tokens: TokenBatch, from: number, to: number, hits: Hits): void {
  const { prefixBits, porterBits } = lexicon;
  hits.count = 0;
  hits.classes = 0;
  for (let token = from; token < to; token++) {
    const index = prefixIndex(tokens.prefix[token]!);
    const bit = 1 << (index & 31);
    const first = hits.count;
    if ((prefixBits[index >>> 5]! & bit) !== 0) matchStems(lexicon, tokens, token, to, hits);
    if ((porterBits[index >>> 5]! & bit) !== 0) matchPorter(lexicon, tokens, token, hits);
    if (hits.count > first) keepHits(lexicon, tokens, token, first, hits);
  }
}

function sameWord(tokens: TokenBatch, token: number, word: Uint8Array): boolean {
  const start = tokens.letter[token]!;
  if (tokens.letter[token + 1]! - start !== word.length) return false;
  for (let k = 0; k < word.length; k++) if (tokens.letters[start + k] !== word[k]) return false;
  return true;
}

function addHit(hits: Hits, token: number, lastToken: number, entry: number, moods: number): void {
  if (hits.count === hits.token.length) return;
  const hit = hits.count++;
  hits.token[hit] = token;
  hits.lastToken[hit] = lastToken;
  hits.entry[hit] = entry;
  hits.moods[hit] = moods;
}

/** First record whose letters are `letters[start, end)` with this running hash, -1 if there is none. */
function findRecord(lexicon: CompiledLexicon, slots: Int32Array, letters: Uint8Array, start: number, end: number, state: number): number {
  const mask = slots.length - 1;
  for (let slot = finishKey(state) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
    const record = slots[slot]! - 1;
    const at = lexicon.recordStart[record]!;
    if (lexicon.recordEnd[record]! - at !== end - start) continue;
    let k = 0;
    while (k < end - start && lexicon.pool[at + k] === letters[start + k]) k++;
    if (k === end - start) return record;
  }
  return -1;
}

function matchStems(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, to: number, hits: Hits): void {
  const { letters } = tokens;
  const start = tokens.letter[token]!;
  const end = tokens.letter[token + 1]!;
  let state = HASH_START;
  const last = Math.min(end, start + lexicon.longestStem);
  for (let at = start; at < last; at++) {
    state = hashLetter(state, letters[at]!);
    if (at + 1 - start < lexicon.shortestStem) continue;
    for (let record = findRecord(lexicon, lexicon.slots, letters, start, at + 1, state); record >= 0; record = lexicon.recordNext[record]!) {
      const paradigm = lexicon.recordParadigm[record]!;
      if (paradigm < 0) {
        if (at + 1 !== end) continue;
        const phrase = lexicon.recordPhrase[record]!;
        if (phrase < 0) addHit(hits, token, token, lexicon.recordEntry[record]!, paradigm === EXCEPTION ? NO_READING : lexicon.recordMoods[record]!);
        else {
          const rest = lexicon.phrases[phrase]!;
          let k = 0;
          while (k < rest.length && token + 1 + k < to && sameWord(tokens, token + 1 + k, rest[k]!)) k++;
          if (k === rest.length) addHit(hits, token, token + k, lexicon.recordEntry[record]!, paradigm === EXCEPTION ? NO_READING : lexicon.recordMoods[record]!);
        }
      } else {
        const moods = readEnding(lexicon.paradigms[paradigm]!, letters, at + 1, end);
        if (moods !== NO_READING) addHit(hits, token, token, lexicon.recordEntry[record]!, moods);
      }
    }
  }
}

/** Porter stems of words seen, by key: natural's stemmers cost microseconds. Each slot remembers key and prefix, 64 bits of the word. */
const CACHE_BITS = 13;
const cacheKey = new Int32Array(1 << CACHE_BITS);
const cachePrefix = new Int32Array(1 << CACHE_BITS);
const cacheStem: (Uint8Array | undefined)[] = new Array(1 << CACHE_BITS);

function stemLetters(tokens: TokenBatch, token: number): Uint8Array {
  const key = tokens.key[token]!;
  const slot = key & (cacheKey.length - 1);
  const known = cacheStem[slot];
  if (known !== undefined && cacheKey[slot] === key && cachePrefix[slot] === tokens.prefix[token]) return known;
  const start = tokens.letter[token]!;
  const word = lettersToString(tokens.letters, start, tokens.letter[token + 1]!);
  const stem = Uint8Array.from(porterStem(word, tokens.letters[start]!), letterOf);
  cacheKey[slot] = key;
  cachePrefix[slot] = tokens.prefix[token]!;
  cacheStem[slot] = stem;
  return stem;
}

function matchPorter(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, hits: Hits): void {
  if ((tokens.flags[token]! & (FLAG.emoji | FLAG.otherScript)) !== 0 || tokens.letter[token + 1]! - tokens.letter[token]! > 40) return;
  const stem = stemLetters(tokens, token);
  let state = HASH_START;
  for (let k = 0; k < stem.length; k++) state = hashLetter(state, stem[k]!);
  for (let record = findRecord(lexicon, lexicon.porterSlots, stem, 0, stem.length, state); record >= 0; record = lexicon.recordNext[record]!) addHit(hits, token, token, lexicon.recordEntry[record]!, 0);
}

/** Drops what an exception of the same entry forbids, merges readings of one entry, and ors the classes. */
function keepHits(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, first: number, hits: Hits): void {
  for (let hit = first; hit < hits.count; hit++) {
    if (hits.moods[hit] !== NO_READING) continue;
    for (let other = first; other < hits.count; other++) if (hits.entry[other] === hits.entry[hit]) hits.moods[other] = NO_READING;
  }
  let to = first;
  let classes = 0;
  for (let hit = first; hit < hits.count; hit++) {
    const entry = hits.entry[hit]!;
    if (hits.moods[hit] === NO_READING) continue;
    let same = first;
    while (same < to && hits.entry[same] !== entry) same++;
    if (same < to) {
      hits.moods[same]! |= hits.moods[hit]!;
      hits.lastToken[same] = Math.max(hits.lastToken[same]!, hits.lastToken[hit]!);
      continue;
    }
    classes |= lexicon.classBits[entry]!;
    hits.token[to] = hits.token[hit]!;
    hits.lastToken[to] = hits.lastToken[hit]!;
    hits.entry[to] = entry;
    hits.moods[to] = hits.moods[hit]!;
    to++;
  }
  hits.count = to;
  hits.classes |= classes;
  tokens.classes[token] = tokens.classes[token]! | classes;
}
