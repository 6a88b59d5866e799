/**
 * Finds lexicon entries in the tokens of one message. HOT.
 *
 * For each token: bit tests on its key, its first four letters, and its key with the next. For those that pass, every beginning of the word is looked up in
 * the stem table and the rest read as an ending. A hit is confirmed letter by letter, so a hash collision costs time and
 * never a wrong label.
 *
 *     дүнгендерді
 *     ^^^^            prefix bit
 *     ^^^^^^          stem record      ^^^^^ ending read by its paradigm
 *
 * What a word is depends on nothing but its letters, and words repeat: a direct-mapped cache remembers what was found in
 * each. Without it the stem table cost 1.7 times the rest of the scan, and natural's stemmers as much again.
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { letterOf, lettersToString } from "../text/letters.ts";
import { porterStem } from "../text/stem.ts";
import { finishKey, HASH_START, hashLetter } from "../text/tokenize.ts";
import { type CompiledLexicon, EXCEPTION, hasBit, phraseKey } from "./compile.ts";
import { NO_READING, readEnding } from "./paradigm.ts";

const CACHE_BITS = 15;
/** Longer words are looked up each time. */
const CACHED_LETTERS = 24;
/** Words with more entries are looked up each time. */
const CACHED_HITS = 6;

/** What was found in words seen lately; slot = low bits of the word's key. */
interface WordCache {
  /** Count of letters, 0 for an empty slot; then the letters. */
  readonly length: Uint8Array;
  readonly letters: Uint8Array;
  readonly count: Uint8Array;
  readonly entry: Int32Array;
  readonly moods: Int32Array;
}

/** Hits of one message, in the order of tokens, and the cache. Token numbers are those of the TokenBatch. */
export interface Hits {
  count: number;
  token: Int32Array;
  /** The last token of a phrase; the same as `token` for single words. */
  lastToken: Int32Array;
  entry: Int32Array;
  moods: Int32Array;
  /** Classes of all hits or-ed. */
  classes: number;
  readonly cache: WordCache;
}

/**
 * Caller-owned scratch for `matchLexicon`, always with the same lexicon. More than `capacity` hits in one message are not
 * kept: long before, it is flagged.
 */
export function createHits(capacity: number = 4096): Hits {
  const slots = 1 << CACHE_BITS;
  return {
    count: 0,
    token: new Int32Array(capacity),
    lastToken: new Int32Array(capacity),
    entry: new Int32Array(capacity),
    moods: new Int32Array(capacity),
    classes: 0,
    cache: {
      length: new Uint8Array(slots),
      letters: new Uint8Array(slots * CACHED_LETTERS),
      count: new Uint8Array(slots),
      entry: new Int32Array(slots * CACHED_HITS),
      moods: new Int32Array(slots * CACHED_HITS),
    },
  };
}

/** Fills `hits` with the entries found in tokens [from, to) and ors their classes into `tokens.classes`. */
export function matchLexicon(lexicon: CompiledLexicon, tokens: TokenBatch, from: number, to: number, hits: Hits): void {
  const { wordBits, prefixBits, porterBits, pairBits, classBits } = lexicon;
  const { key, prefix } = tokens;
  hits.count = 0;
  hits.classes = 0;
  for (let token = from; token < to; token++) {
    const first = hits.count;
    const start = prefix[token]!;
    if (hasBit(wordBits, key[token]!) || hasBit(prefixBits, start) || hasBit(porterBits, start)) matchWord(lexicon, tokens, token, hits);
    if (token + 1 < to) {
      const pair = phraseKey(key[token]!, key[token + 1]!);
      if (hasBit(pairBits, pair) && matchPhrases(lexicon, tokens, token, to, pair, hits)) keepHits(hits, first);
    }
    if (hits.count === first) continue;
    let classes = 0;
    for (let hit = first; hit < hits.count; hit++) classes |= classBits[hits.entry[hit]!]!;
    hits.classes |= classes;
    tokens.classes[token] = classes;
  }
}

function addHit(hits: Hits, token: number, lastToken: number, entry: number, moods: number): void {
  if (hits.count === hits.token.length) return;
  const hit = hits.count++;
  hits.token[hit] = token;
  hits.lastToken[hit] = lastToken;
  hits.entry[hit] = entry;
  hits.moods[hit] = moods;
}

/** Adds the hits of a single word, from the cache or by looking it up. */
function matchWord(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, hits: Hits): void {
  const { cache } = hits;
  const { letters } = tokens;
  const start = tokens.letter[token]!;
  const length = tokens.letter[token + 1]! - start;
  const slot = tokens.key[token]! & ((1 << CACHE_BITS) - 1);
  const at = slot * CACHED_LETTERS;
  if (cache.length[slot] === length) {
    let k = 0;
    while (k < length && cache.letters[at + k] === letters[start + k]) k++;
    if (k === length) {
      const base = slot * CACHED_HITS;
      for (let hit = 0; hit < cache.count[slot]!; hit++) addHit(hits, token, token, cache.entry[base + hit]!, cache.moods[base + hit]!);
      return;
    }
  }
  const first = hits.count;
  matchStems(lexicon, tokens, token, hits);
  if (hasBit(lexicon.porterBits, tokens.prefix[token]!) && (tokens.flags[token]! & (FLAG.emoji | FLAG.otherScript)) === 0) matchPorter(lexicon, tokens, token, hits);
  keepHits(hits, first);
  const count = hits.count - first;
  if (length === 0 || length > CACHED_LETTERS || count > CACHED_HITS) return;
  cache.length[slot] = length;
  for (let k = 0; k < length; k++) cache.letters[at + k] = letters[start + k]!;
  cache.count[slot] = count;
  for (let hit = 0; hit < count; hit++) {
    cache.entry[slot * CACHED_HITS + hit] = hits.entry[first + hit]!;
    cache.moods[slot * CACHED_HITS + hit] = hits.moods[first + hit]!;
  }
}

/** First record whose letters are `letters[start, end)` with this running hash, -1 if there is none. */
function findRecord(lexicon: CompiledLexicon, slots: Int32Array, letters: Uint8Array, start: number, end: number, state: number): number {
  const mask = slots.length - 1;
  for (let slot = finishKey(state) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
    const record = slots[slot]! - 1;
    if (sameRecord(lexicon, record, letters, start, end)) return record;
  }
  return -1;
}

function sameRecord(lexicon: CompiledLexicon, record: number, letters: Uint8Array, start: number, end: number): boolean {
  const at = lexicon.recordStart[record]!;
  if (lexicon.recordEnd[record]! - at !== end - start) return false;
  let k = 0;
  while (k < end - start && lexicon.pool[at + k] === letters[start + k]) k++;
  return k === end - start;
}

function matchStems(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, hits: Hits): void {
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
      const entry = lexicon.recordEntry[record]!;
      if (paradigm >= 0) {
        const moods = readEnding(lexicon.paradigms[paradigm]!, letters, at + 1, end);
        if (moods !== NO_READING) addHit(hits, token, token, entry, moods);
      } else if (at + 1 === end) addHit(hits, token, token, entry, paradigm === EXCEPTION ? NO_READING : lexicon.recordMoods[record]!);
    }
  }
}

function matchPorter(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, hits: Hits): void {
  const start = tokens.letter[token]!;
  const end = tokens.letter[token + 1]!;
  if (end === start || end - start > CACHED_LETTERS) return;
  const stem = Uint8Array.from(porterStem(lettersToString(tokens.letters, start, end), tokens.letters[start]!), letterOf);
  let state = HASH_START;
  for (let k = 0; k < stem.length; k++) state = hashLetter(state, stem[k]!);
  for (let record = findRecord(lexicon, lexicon.porterSlots, stem, 0, stem.length, state); record >= 0; record = lexicon.recordNext[record]!) addHit(hits, token, token, lexicon.recordEntry[record]!, 0);
}

/** Adds the phrases that begin with the token. @returns whether there was one. */
function matchPhrases(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, to: number, pair: number, hits: Hits): boolean {
  const slots = lexicon.phraseSlots;
  const mask = slots.length - 1;
  const before = hits.count;
  for (let slot = pair & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
    if (!sameRecord(lexicon, slots[slot]! - 1, tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!)) continue;
    for (let record = slots[slot]! - 1; record >= 0; record = lexicon.recordNext[record]!) {
      const rest = lexicon.phrases[lexicon.recordPhrase[record]!]!;
      let k = 0;
      while (k < rest.length && token + 1 + k < to && sameWord(tokens, token + 1 + k, rest[k]!)) k++;
      if (k === rest.length) addHit(hits, token, token + k, lexicon.recordEntry[record]!, lexicon.recordParadigm[record] === EXCEPTION ? NO_READING : lexicon.recordMoods[record]!);
    }
  }
  return hits.count > before;
}

function sameWord(tokens: TokenBatch, token: number, word: Uint8Array): boolean {
  const start = tokens.letter[token]!;
  if (tokens.letter[token + 1]! - start !== word.length) return false;
  for (let k = 0; k < word.length; k++) if (tokens.letters[start + k] !== word[k]) return false;
  return true;
}

/** Of the hits from `first` on: drops what an exception of the same entry forbids, and merges readings of one entry. */
function keepHits(hits: Hits, first: number): void {
  for (let hit = first; hit < hits.count; hit++) {
    if (hits.moods[hit] !== NO_READING) continue;
    for (let other = first; other < hits.count; other++) if (hits.entry[other] === hits.entry[hit]) hits.moods[other] = NO_READING;
  }
  let to = first;
  for (let hit = first; hit < hits.count; hit++) {
    if (hits.moods[hit] === NO_READING) continue;
    const entry = hits.entry[hit]!;
    let same = first;
    while (same < to && hits.entry[same] !== entry) same++;
    if (same < to) {
      hits.moods[same]! |= hits.moods[hit]!;
      hits.lastToken[same] = Math.max(hits.lastToken[same]!, hits.lastToken[hit]!);
      continue;
    }
    hits.token[to] = hits.token[hit]!;
    hits.lastToken[to] = hits.lastToken[hit]!;
    hits.entry[to] = entry;
    hits.moods[to] = hits.moods[hit]!;
    to++;
  }
  hits.count = to;
}
