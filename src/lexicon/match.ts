/**
 * Finds lexicon entries in the tokens of one message. HOT.
 *
 * The tokenizer's sieve (text/kernel/sieve.ts) lets three tokens in ten pass. Of such a word the beginnings that may be
 * stems are looked up in the stem table and the rest read as an ending; phrases are found by the keys of their first two
 * words. A hit is confirmed letter by letter, so a hash collision costs time and never a wrong label.
 *
 *     дүнгендерді
 *     ^^^^            may be a stem's: six letters of it
 *     ^^^^^^          stem record      ^^^^^ ending read by its paradigm
 *
 * What a word is depends on nothing but its letters, and words repeat: a direct-mapped cache remembers what was found in
 * each of those that the filters let pass. A slot is one cache line:
 *
 *     byte 0 letters in the word, 0 empty | 1 hits | 4..27 letters | 28..59 entry and moods of four hits | 60 classes
 *
 * Tried and lost: a cache line for every word instead of those that pass the filters (1.8 times this file's time on 16 MB of
 * mixed messages; the cache then turns over too fast).
 */
import type { TokenBatch } from "../core/token.ts";
import { finishHash, HASH_START, hashLetter, PREFIX_LETTERS, prefixOf } from "../text/hash.ts";
import type { CompiledLexicon } from "./compile.ts";
import { NO_READING, readEnding } from "./paradigm.ts";
import { ANY_SECOND, EXCEPTION, hasBit, lengthBit, phraseKey, stemLengthsOf } from "./tables.ts";

const CACHE_BITS = 13;
const CACHE_SLOTS = 1 << CACHE_BITS;
const LINE_BYTES = 64;
const LINE_WORDS = LINE_BYTES / 4;
/** Longer words, and words with more entries, are looked up each time. */
const CACHED_LETTERS = 24;
const CACHED_HITS = 4;
const LETTERS_AT = 4;
const HITS_AT = 7;
const CLASSES_AT = 15;

/** Whatever filled `tokens.wanted`. */
export interface Sieve {
  /** Nothing was found in the word of a token. */
  dismiss(token: number): void;
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
  /** Phrases that are not the entry, three numbers each: first token, last token, entry. */
  readonly spared: number[];
  readonly sieve: Sieve | null;
  /** The word cache, as bytes and as four-byte words of the same memory. */
  readonly lines: Uint8Array;
  readonly words: Int32Array;
}

/** Caller-owned scratch for `matchLexicon`, always with the same lexicon. It grows where a message has more than `capacity` hits. */
export function createHits(capacity: number = 4096, sieve: Sieve | null = null): Hits {
  const memory = new ArrayBuffer(CACHE_SLOTS * LINE_BYTES);
  return {
    count: 0,
    token: new Int32Array(capacity),
    lastToken: new Int32Array(capacity),
    entry: new Int32Array(capacity),
    moods: new Int32Array(capacity),
    classes: 0,
    spared: [],
    sieve,
    lines: new Uint8Array(memory),
    words: new Int32Array(memory),
  };
}

/**
 * Fills `hits` with the entries found in tokens [from, to) and ors their classes into `tokens.classes`. Looks only at what
 * `tokens.wanted` says is worth it; the sieve that filled it hears of words in which there was nothing.
 */
export function matchLexicon(lexicon: CompiledLexicon, tokens: TokenBatch, from: number, to: number, hits: Hits): void {
  const { lines, words } = hits;
  const { key, letter, letters, wanted } = tokens;
  hits.count = 0;
  hits.classes = 0;
  if (hits.spared.length > 0) hits.spared.length = 0;
  for (let token = from; token < to; token++) {
    const look = wanted[token]!;
    if (look === 0) continue;
    const first = hits.count;
    if ((look & 1) !== 0) {
      const start = letter[token]!;
      const length = letter[token + 1]! - start;
      const slot = key[token]! & (CACHE_SLOTS - 1);
      const line = slot * LINE_BYTES;
      let known = lines[line] === length;
      for (let k = 0; known && k < length; k++) known = lines[line + LETTERS_AT + k] === letters[start + k];
      if (known) {
        const base = slot * LINE_WORDS;
        for (let hit = 0; hit < lines[line + 1]!; hit++)
          addHit(hits, token, token, words[base + HITS_AT + hit * 2]!, words[base + HITS_AT + hit * 2 + 1]!);
        const classes = words[base + CLASSES_AT]!;
        hits.classes |= classes;
        tokens.classes[token] = classes;
      } else if (length > 0) matchUncached(lexicon, tokens, token, hits);
    }
    if ((look & 2) !== 0) addPhrases(lexicon, tokens, token, to, first, hits);
  }
  if (hits.spared.length > 0) dropSpared(lexicon, tokens, hits);
}

/** Drops what begins inside a phrase that is not the entry. */
function dropSpared(lexicon: CompiledLexicon, tokens: TokenBatch, hits: Hits): void {
  const { spared } = hits;
  let to = 0;
  for (let hit = 0; hit < hits.count; hit++) {
    const token = hits.token[hit]!;
    let kept = true;
    for (let k = 0; k < spared.length; k += 3)
      if (token >= spared[k]! && token <= spared[k + 1]! && spared[k + 2] === hits.entry[hit]) kept = false;
    if (kept) moveHit(hits, hit, to++);
  }
  hits.count = to;
  hits.classes = 0;
  for (let k = 0; k < spared.length; k += 3) for (let token = spared[k]!; token <= spared[k + 1]!; token++) tokens.classes[token] = 0;
  for (let hit = 0; hit < to; hit++) {
    const classes = lexicon.classBits[hits.entry[hit]!]!;
    hits.classes |= classes;
    tokens.classes[hits.token[hit]!]! |= classes;
  }
}

function addHit(hits: Hits, token: number, lastToken: number, entry: number, moods: number): void {
  if (hits.count === hits.token.length) growHits(hits);
  const hit = hits.count++;
  hits.token[hit] = token;
  hits.lastToken[hit] = lastToken;
  hits.entry[hit] = entry;
  hits.moods[hit] = moods;
}

function growHits(hits: Hits): void {
  const grow = (from: Int32Array): Int32Array => {
    const to = new Int32Array(from.length * 2);
    to.set(from);
    return to;
  };
  hits.token = grow(hits.token);
  hits.lastToken = grow(hits.lastToken);
  hits.entry = grow(hits.entry);
  hits.moods = grow(hits.moods);
}

function classesFrom(lexicon: CompiledLexicon, hits: Hits, first: number): number {
  let classes = 0;
  for (let hit = first; hit < hits.count; hit++) classes |= lexicon.classBits[hits.entry[hit]!]!;
  return classes;
}

/** Looks a word up and remembers what was found. */
function matchUncached(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, hits: Hits): void {
  const first = hits.count;
  matchStems(lexicon, tokens, token, hits);
  keepHits(hits, first);
  if (hits.count === first) {
    hits.sieve?.dismiss(token);
    return;
  }
  const classes = classesFrom(lexicon, hits, first);
  remember(tokens, token, first, classes, hits);
  hits.classes |= classes;
  tokens.classes[token] = classes;
}

function remember(tokens: TokenBatch, token: number, first: number, classes: number, hits: Hits): void {
  const start = tokens.letter[token]!;
  const length = tokens.letter[token + 1]! - start;
  const count = hits.count - first;
  if (length > CACHED_LETTERS || count > CACHED_HITS) return;
  const { lines, words } = hits;
  const slot = tokens.key[token]! & (CACHE_SLOTS - 1);
  const line = slot * LINE_BYTES;
  lines[line] = length;
  lines[line + 1] = count;
  for (let k = 0; k < length; k++) lines[line + LETTERS_AT + k] = tokens.letters[start + k]!;
  const base = slot * LINE_WORDS;
  for (let hit = 0; hit < count; hit++) {
    words[base + HITS_AT + hit * 2] = hits.entry[first + hit]!;
    words[base + HITS_AT + hit * 2 + 1] = hits.moods[first + hit]!;
  }
  words[base + CLASSES_AT] = classes;
}

/** Adds the phrases that begin with the token, whose own hits are those from `first` on. */
function addPhrases(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, to: number, first: number, hits: Hits): void {
  if (token + 1 >= to) return;
  const key = tokens.key[token]!;
  const pair = phraseKey(key, tokens.key[token + 1]!);
  const before = hits.count;
  if (hasBit(lexicon.pairBits, pair)) matchPhrases(lexicon, tokens, token, to, pair, hits);
  if (hasBit(lexicon.pairBits, phraseKey(key, tokens.prefix[token + 1]!)))
    matchPhrases(lexicon, tokens, token, to, phraseKey(key, ANY_SECOND), hits);
  if (hits.count === before) return;
  keepHits(hits, first);
  const classes = classesFrom(lexicon, hits, first);
  hits.classes |= classes;
  tokens.classes[token] = classes;
}

/** First record whose letters are `letters[start, end)` with this key, -1 if there is none. */
function findRecord(lexicon: CompiledLexicon, letters: Uint8Array, start: number, end: number, key: number): number {
  const { slots } = lexicon;
  const mask = slots.length - 1;
  for (let slot = key & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
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
  const start = tokens.letter[token]!;
  const end = tokens.letter[token + 1]!;
  let lengths = stemLengthsOf(lexicon.stemLengths, tokens.prefix[token]!);
  if (hasBit(lexicon.wordBits, tokens.key[token]!)) lengths |= lengthBit(end - start);
  findWord(lexicon, tokens.letters, start, end, lengths, token, hits);
}

/** Adds the entries of the word `letters[start, end)`, of which the beginnings of `lengths` may be stems. */
function findWord(
  lexicon: CompiledLexicon,
  letters: Uint8Array,
  start: number,
  end: number,
  lengths: number,
  token: number,
  hits: Hits,
): void {
  let state = HASH_START;
  const last = Math.min(end, start + lexicon.longestStem);
  for (let at = start; at < last; at++) {
    state = hashLetter(state, letters[at]!);
    if ((lengths & lengthBit(at + 1 - start)) === 0) continue;
    for (let record = findRecord(lexicon, letters, start, at + 1, finishHash(state)); record >= 0; record = lexicon.recordNext[record]!) {
      const paradigm = lexicon.recordParadigm[record]!;
      const entry = lexicon.recordEntry[record]!;
      if (paradigm >= 0) {
        const moods = readEnding(lexicon.paradigms[paradigm]!, letters, at + 1, end);
        if (moods !== NO_READING) addHit(hits, token, token, entry, moods);
      } else if (at + 1 === end) addHit(hits, token, token, entry, paradigm === EXCEPTION ? NO_READING : lexicon.recordMoods[record]!);
    }
  }
}

const listed = createHits(64);

/** Whether the word `letters[0, length)` is by itself one of the lexicon's of some class of `classes`. */
export function isListed(lexicon: CompiledLexicon, letters: Uint8Array, length: number, classes = -1): boolean {
  listed.count = 0;
  const lengths = stemLengthsOf(lexicon.stemLengths, prefixOf(letters, Math.min(length, PREFIX_LETTERS))) | lengthBit(length);
  findWord(lexicon, letters, 0, length, lengths, 0, listed);
  keepHits(listed, 0);
  return (classesFrom(lexicon, listed, 0) & classes) !== 0;
}

/** Adds the phrases that begin with the token. The last word of a phrase may take endings. */
function matchPhrases(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, to: number, pair: number, hits: Hits): void {
  const { phraseSlots: slots, phraseWord } = lexicon;
  const mask = slots.length - 1;
  for (let slot = pair & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
    if (!sameRecord(lexicon, slots[slot]! - 1, tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!)) continue;
    for (let record = slots[slot]! - 1; record >= 0; record = lexicon.recordNext[record]!) {
      const phrase = lexicon.recordPhrase[record]!;
      const firstWord = phraseWord[phrase]!;
      const count = phraseWord[phrase + 1]! - firstWord;
      const paradigm = lexicon.recordParadigm[record]!;
      const whole = paradigm >= 0 ? count - 1 : count;
      if (token + count >= to) continue;
      let k = 0;
      while (k < whole && sameWord(lexicon, tokens, token + 1 + k, firstWord + k)) k++;
      if (k < whole) continue;
      const moods =
        paradigm >= 0 ? readInflected(lexicon, tokens, token + count, firstWord + whole, paradigm) : lexicon.recordMoods[record]!;
      if (paradigm >= 0 && moods === NO_READING) continue;
      addHit(hits, token, token + count, lexicon.recordEntry[record]!, paradigm === EXCEPTION ? NO_READING : moods);
    }
  }
}

/** Moods of a token as a form of a phrase's last word. */
function readInflected(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, word: number, paradigm: number): number {
  const start = tokens.letter[token]!;
  const at = lexicon.wordLetter[word]!;
  const length = lexicon.wordLetter[word + 1]! - at;
  const end = tokens.letter[token + 1]!;
  if (end - start < length) return NO_READING;
  for (let k = 0; k < length; k++) if (tokens.letters[start + k] !== lexicon.wordPool[at + k]) return NO_READING;
  return readEnding(lexicon.paradigms[paradigm]!, tokens.letters, start + length, end);
}

/** Whether a token reads as a word of a phrase. */
function sameWord(lexicon: CompiledLexicon, tokens: TokenBatch, token: number, word: number): boolean {
  const start = tokens.letter[token]!;
  const at = lexicon.wordLetter[word]!;
  const length = lexicon.wordLetter[word + 1]! - at;
  if (tokens.letter[token + 1]! - start !== length) return false;
  for (let k = 0; k < length; k++) if (tokens.letters[start + k] !== lexicon.wordPool[at + k]) return false;
  return true;
}

/** Of the hits from `first` on: drops what an exception of the same entry forbids, and merges readings of one entry. */
function keepHits(hits: Hits, first: number): void {
  for (let hit = first; hit < hits.count; hit++) {
    if (hits.moods[hit] !== NO_READING) continue;
    if (hits.lastToken[hit]! > hits.token[hit]!) hits.spared.push(hits.token[hit]!, hits.lastToken[hit]!, hits.entry[hit]!);
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
    moveHit(hits, hit, to++);
  }
  hits.count = to;
}

/** For taking hits out: those kept move up. */
export function moveHit(hits: Hits, from: number, to: number): void {
  hits.token[to] = hits.token[from]!;
  hits.lastToken[to] = hits.lastToken[from]!;
  hits.entry[to] = hits.entry[from]!;
  hits.moods[to] = hits.moods[from]!;
}
