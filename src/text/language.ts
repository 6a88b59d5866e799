/**
 * The language of a message, from what the tokenizer already has: letters that only one language uses, how words begin
 * (function words and stems) and how they end. HOT: every message passes here.
 *
 *     word      flags          first four letters      last three letters
 *               Ә Ғ Қ.. Ё Щ..  shift -> cells          endings
 *     votes     kk, ru or en   + kk, ru or en          + kk, ru or en          ten bits a language in one integer
 *
 * Which words vote is as good as random to the processor, so a word's votes are added without asking: what is not in a
 * table is masked to the vote for nobody. With a branch for each question the tag took four times as long. Of a long
 * message every k-th word votes, so that at most 32 do and the cost of a message is bounded.
 *
 * The tag is for the reader of the record, and says which voice of the model speaks; it never decides which lexicons run.
 */
import { LANGUAGES } from "../core/label.ts";
import { FLAG, type TokenBatch } from "../core/token.ts";
import { ENGLISH_CUES, KAZAKH_CUES, LATIN_KAZAKH_CUES, LATIN_RUSSIAN_CUES, RUSSIAN_CUES } from "./language-cues.ts";
import { tokensOf } from "./tokenize.ts";

const KK = LANGUAGES.indexOf("kk");
const RU = LANGUAGES.indexOf("ru");
const EN = LANGUAGES.indexOf("en");
const MIXED = LANGUAGES.indexOf("mixed");
const OTHER = LANGUAGES.indexOf("other");

/** Votes are added up as ten bits a language: eight a word at most, from 32 words. */
const VOTE_BITS = 10;
const VOTE_MASK = (1 << VOTE_BITS) - 1;
const VOTERS_SHIFT = 5;
const STRONG = 2;
const WEAK = 1;
const KAZAKH_LETTER = 4;
const RUSSIAN_LETTER = 2;

/** Places of the languages in the votes: kk, ru, en. A cue's code is its strength times four plus this; 0 is no cue. */
const VOTERS = [
  { voter: 0, cues: KAZAKH_CUES },
  { voter: 0, cues: LATIN_KAZAKH_CUES },
  { voter: 1, cues: RUSSIAN_CUES },
  { voter: 1, cues: LATIN_RUSSIAN_CUES },
  { voter: 2, cues: ENGLISH_CUES },
] as const;
const ENGLISH_VOTER = 2;
const CODE_BITS = 5;
const CODE_MASK = (1 << CODE_BITS) - 1;
const votesOf = Int32Array.from({ length: 1 << CODE_BITS }, (_, code) => (code >> 2) * (1 << ((code & 3) * VOTE_BITS)));
/** By the flags `kazakh` and `russian`, shifted to the bottom. */
const votesOfLetters: Int32Array = Int32Array.of(0, KAZAKH_LETTER, RUSSIAN_LETTER << VOTE_BITS, KAZAKH_LETTER);

/**
 * Beginnings, hashed without collisions: 512 shifts, each chosen so that the beginnings under it fall on free cells. A cell
 * keeps eleven bits of the hash to check against: an unlisted word passes for a listed one once in some ten thousand.
 */
const CELL_BITS = 12;
const SHIFT_BITS = 9;
const CHECK_BITS = 11;
const CHECK_MASK = (1 << CHECK_BITS) - 1;
const cells = new Uint16Array(1 << CELL_BITS);
const shifts = new Uint16Array(1 << SHIFT_BITS);
/** By three letters of five bits each, which do not clash within a script, and a bit for Latin. */
const endings = new Uint8Array(1 << 16);

function spread(prefix: number): number {
  const hash = Math.imul(prefix ^ (prefix >>> 16), 0x2545f491);
  return hash ^ (hash >>> 15);
}
function shiftOf(hash: number): number {
  return (hash >>> CHECK_BITS) & ((1 << SHIFT_BITS) - 1);
}
function cellAt(hash: number, shift: number): number {
  return (hash >>> (32 - CELL_BITS)) ^ shift;
}
/** Code of the cue that a word with this prefix begins with, 0 for none; without a branch. */
function beginningOf(prefix: number): number {
  const hash = spread(prefix);
  const cell = cells[cellAt(hash, shifts[shiftOf(hash)]!)]!;
  // -1 where the checks agree, 0 elsewhere
  const listed = (((cell >> CODE_BITS) ^ (hash & CHECK_MASK)) - 1) >> 31;
  return cell & CODE_MASK & listed;
}
/** Where a word's last three letters are in `endings`; of a shorter word it means nothing. */
function endingOf(tokens: TokenBatch, token: number): number {
  const { letters } = tokens;
  const end = Math.max(tokens.letter[token + 1]!, 3);
  const latin = (tokens.flags[token]! & FLAG.latin) >> 1;
  return (latin << 15) | ((letters[end - 3]! & 31) << 10) | ((letters[end - 2]! & 31) << 5) | (letters[end - 1]! & 31);
}

/** Notes a cue under what it is looked up with. What two languages claim gets the code 0, for good. */
function claim(codes: Map<number, number>, index: number, code: number): void {
  const known = codes.get(index) ?? code;
  codes.set(index, known !== 0 && (known & 3) === (code & 3) ? Math.max(known, code) : 0);
}

/** Largest groups first, while there is room: two cells in five are taken in the end. */
function placeBeginnings(codes: ReadonlyMap<number, number>): void {
  const groups: number[][] = Array.from(shifts, () => []);
  for (const [hash, code] of codes) if (code !== 0) groups[shiftOf(hash)]!.push(hash);
  for (const group of groups.toSorted((left, right) => right.length - left.length)) {
    if (group.length === 0) return;
    let shift = 0;
    while (!placeGroup(group, shift, codes)) shift++;
    shifts[shiftOf(group[0]!)] = shift;
  }
}

/** @returns whether all found free cells; if not, none was placed. @throws RangeError when there is no such shift. */
function placeGroup(group: readonly number[], shift: number, codes: ReadonlyMap<number, number>): boolean {
  if (shift === cells.length) throw new RangeError("two beginnings of the language cues hash alike: take one out, or use more CELL_BITS");
  for (let at = 0; at < group.length; at++) {
    const place = cellAt(group[at]!, shift);
    if (cells[place] !== 0) {
      while (at > 0) cells[cellAt(group[--at]!, shift)] = 0;
      return false;
    }
    cells[place] = ((group[at]! & CHECK_MASK) << CODE_BITS) | codes.get(group[at]!)!;
  }
  return true;
}

/** Fills both tables. Cues are read as the tokenizer reads text, so that they are folded alike; all in one go, which starts faster. */
function readCues(): void {
  const list: string[] = [];
  const codes: number[] = [];
  const add = (words: readonly string[], code: number): void => {
    for (const word of words) codes[list.push(word) - 1] = code;
  };
  for (const { voter, cues } of VOTERS) {
    add(cues.strong, STRONG * 4 + voter);
    add(cues.weak, WEAK * 4 + voter);
  }
  const beginningCount = list.length;
  for (const { voter, cues } of VOTERS) {
    add(cues.strongEndings, STRONG * 4 + voter);
    add(cues.weakEndings, WEAK * 4 + voter);
  }
  const tokens = tokensOf(list.join(" "));
  const beginnings = new Map<number, number>();
  const lastLetters = new Map<number, number>();
  for (let token = 0; token < tokens.count; token++) {
    if (token < beginningCount) claim(beginnings, spread(tokens.prefix[token]!), codes[token]!);
    else claim(lastLetters, endingOf(tokens, token), codes[token]!);
  }
  placeBeginnings(beginnings);
  for (const [ending, code] of lastLetters) endings[ending] = code;
}
readCues();

/** Language of tokens [from, to), as a place in LANGUAGES. */
export function tagLanguage(tokens: TokenBatch, from: number, to: number): number {
  let votes = 0;
  let cyrillic = 0;
  let latin = 0;
  let other = 0;
  const step = 1 + ((to - from) >> VOTERS_SHIFT);
  for (let token = from; token < to; token += step) {
    const flags = tokens.flags[token]!;
    if ((flags & (FLAG.cyrillic | FLAG.latin)) === 0) {
      if ((flags & FLAG.otherScript) !== 0) other++;
      continue;
    }
    cyrillic += flags & FLAG.cyrillic;
    latin += (flags & FLAG.latin) >> 1;
    // -1 for words of four letters and more
    const long = (tokens.letter[token]! + 3 - tokens.letter[token + 1]!) >> 31;
    const ending = endings[endingOf(tokens, token)]!;
    votes += votesOfLetters[(flags >> 2) & 3]! + votesOf[beginningOf(tokens.prefix[token]!)]! + votesOf[ending & long]!;
  }
  return decide(votes & VOTE_MASK, (votes >> VOTE_BITS) & VOTE_MASK, votes >> (2 * VOTE_BITS), cyrillic, latin, other);
}

/** Whether Latin words among tokens [from, to) are English by their function words. */
export function looksEnglish(tokens: TokenBatch, from: number, to: number): boolean {
  let english = 0;
  let latin = 0;
  for (let token = from; token < to; token++) {
    if ((tokens.flags[token]! & FLAG.latin) === 0) continue;
    latin++;
    const code = beginningOf(tokens.prefix[token]!);
    if ((code & 3) === ENGLISH_VOTER) english += code >> 2;
  }
  return english * 4 > latin;
}

function decide(kk: number, ru: number, en: number, cyrillic: number, latin: number, other: number): number {
  if (cyrillic + latin === 0 || other > cyrillic + latin) return OTHER;
  // Mixed takes more votes in each of two languages than one word can give: a name or a borrowed word is not enough.
  if (cyrillic > 0 && en > 2 * STRONG && latin * 3 >= cyrillic && cyrillic * 3 >= latin) return MIXED;
  if (latin > cyrillic) {
    // The alphabet of most languages: a claim needs a share of the words. What is too short to tell is English.
    if (kk > en && kk >= ru && kk * 3 >= latin) return KK;
    if (ru > en && ru > kk && ru * 2 >= latin) return RU;
    return latin <= 3 || en * 4 >= latin ? EN : OTHER;
  }
  if (kk > KAZAKH_LETTER + 2 * STRONG && ru > RUSSIAN_LETTER + 2 * STRONG && ru * 5 >= kk && kk * 3 >= ru) return MIXED;
  return kk > ru ? KK : RU;
}
