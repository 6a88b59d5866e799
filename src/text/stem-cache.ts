/**
 * Stems of tokens behind a cache, since natural's stemmers read strings and cost fifteen to thirty times what tokenizing a word does.
 * Found by the token's key, confirmed by its letters, so no word ever gets another's stem.
 *
 *     tag      length of the word | stemmer << 6, 0 for an empty line
 *     letters  LINE_LETTERS bytes: the word           stem         key of its stem: the hash a token of these letters would have
 *     length   of the stem                            stemLetters  LINE_LETTERS bytes: the stem
 *     used     how often the line had the answer of late, 0 to MOST_USED
 *
 * A key has WAYS lines in a row; a new word takes the least used one, and use wears off when all were used. So the many words that
 * come once do not drive out the few that come always. On mixed chats, 2^14 lines, a word found its stem in 65 % of cases; one line a
 * key: 53 %; two lines, the older leaves: 57 %; four, the oldest leaves: 59 %; a cache that forgets nothing: 84 %.
 */
import { LANGUAGES } from "../core/label.ts";
import { FLAG, type TokenBatch } from "../core/token.ts";
import { wordKey } from "./hash.ts";
import { writeKazakhStem } from "./kazakh-stem.ts";
import { letterOf, lettersToString } from "./letters.ts";
import { porterStem } from "./stem.ts";

const KK = LANGUAGES.indexOf("kk");
/** Shorter words are their own stems, and so are those that a line has no room for: they are no words. */
const SHORTEST_WORD = 4;
const LINE_LETTERS = 32;
const WAYS = 4;
const MOST_USED = 3;
const STEMMER = { none: 0, kazakh: 1, russian: 2, english: 3 } as const;

/** Owned by the caller, who keeps it for a whole run. 2^bits lines of 71 bytes, at least four. */
export interface StemCache {
  /** Of a key: gives the first of its lines. */
  readonly mask: number;
  readonly tag: Uint8Array;
  readonly letters: Uint8Array;
  readonly stem: Int32Array;
  readonly length: Uint8Array;
  readonly stemLetters: Uint8Array;
  readonly used: Uint8Array;
  /** Words that a stemmer was asked for, by whether their line had the answer. */
  hits: number;
  misses: number;
}

export function createStemCache(bits: number): StemCache {
  const lines = Math.max(WAYS, 1 << bits);
  return {
    mask: lines - WAYS,
    tag: new Uint8Array(lines),
    letters: new Uint8Array(lines * LINE_LETTERS),
    stem: new Int32Array(lines),
    length: new Uint8Array(lines),
    stemLetters: new Uint8Array(lines * LINE_LETTERS),
    used: new Uint8Array(lines),
    hits: 0,
    misses: 0,
  };
}

/**
 * Key of a token's stem; the token's own key where the word is its own stem, as short words, links, emoji and other scripts are.
 * The Kazakh acceptor reads Cyrillic words of Kazakh messages and those with a Kazakh letter, Porter's stemmers all others.
 * @param language of the message, a place in LANGUAGES
 */
export function stemKey(cache: StemCache, tokens: TokenBatch, token: number, language: number): number {
  const line = findLine(cache, tokens, token, language);
  return line < 0 ? tokens.key[token]! : cache.stem[line]!;
}

/** The stem as text, in folded letters; for people. */
export function stemText(cache: StemCache, tokens: TokenBatch, token: number, language: number): string {
  const line = findLine(cache, tokens, token, language);
  if (line < 0) return lettersToString(tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!);
  return lettersToString(cache.stemLetters, line * LINE_LETTERS, line * LINE_LETTERS + cache.length[line]!);
}

function stemmerOf(flags: number, language: number): number {
  if ((flags & FLAG.otherScript) !== 0) return STEMMER.none; // its letters have no characters that a stemmer could read
  if ((flags & FLAG.cyrillic) !== 0) return language === KK || (flags & FLAG.kazakh) !== 0 ? STEMMER.kazakh : STEMMER.russian;
  return (flags & FLAG.latin) !== 0 ? STEMMER.english : STEMMER.none;
}

/** The line that holds a token's stem, filled where it did not; -1 for a word that has no stemmer. */
function findLine(cache: StemCache, tokens: TokenBatch, token: number, language: number): number {
  const start = tokens.letter[token]!;
  const length = tokens.letter[token + 1]! - start;
  const stemmer = stemmerOf(tokens.flags[token]!, language);
  if (stemmer === STEMMER.none || length < SHORTEST_WORD || length >= LINE_LETTERS) return -1;
  const tag = length | (stemmer << 6);
  const { letters } = tokens;
  const { used } = cache;
  const first = tokens.key[token]! & cache.mask;
  let least = first;
  for (let line = first; line < first + WAYS; line++) {
    if (cache.tag[line] === tag && isHeld(cache.letters, line * LINE_LETTERS, letters, start, length)) {
      if (used[line]! < MOST_USED) used[line]!++;
      cache.hits++;
      return line;
    }
    if (cache.tag[line] === 0) {
      least = line;
      break; // lines fill in order
    }
    if (used[line]! < used[least]!) least = line;
  }
  cache.misses++;
  const worn = used[least]!;
  if (worn > 0) for (let line = first; line < first + WAYS; line++) used[line]! -= worn;
  cache.tag[least] = tag;
  for (let k = 0; k < length; k++) cache.letters[least * LINE_LETTERS + k] = letters[start + k]!;
  fillStem(cache, least, letters, start, start + length, stemmer);
  return least;
}

function isHeld(held: Uint8Array, at: number, letters: Uint8Array, start: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (held[at + k] !== letters[start + k]) return false;
  return true;
}

function fillStem(cache: StemCache, line: number, letters: Uint8Array, start: number, end: number, stemmer: number): void {
  const at = line * LINE_LETTERS;
  const out = cache.stemLetters.subarray(at, at + LINE_LETTERS);
  let length = 0;
  if (stemmer === STEMMER.kazakh) length = writeKazakhStem(letters, start, end, out);
  else for (const letter of porterStem(lettersToString(letters, start, end), letters[start]!)) out[length++] = letterOf(letter);
  cache.length[line] = length;
  cache.stem[line] = wordKey(out.subarray(0, length));
}
