/**
 * Reads a message again as a person would who looks through its disguise: words apart, signs for letters, letters of
 * other alphabets. Only what a lexicon knows is read differently, so ordinary talk stays what it is; and only messages in
 * which the tokenizer saw a hint come here, so it may allocate.
 *
 *     уб1ть  д-у-н-г-а-н   dungandardy qyryp        what stands there
 *     убить  дунган        дунгандарди кирип        the tokens of the second reading, with the bytes of the first
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { isDigitLetter, LOOK_CYRILLIC, lettersToString } from "../text/letters.ts";
import { MOST_POSITIONS } from "../text/spellings.ts";
import type { CompiledLexicon } from "./compile.ts";
import type { Vocabulary } from "./lookup.ts";
import { SHORTEST_TRANSLITERATED, WordReader } from "./reword.ts";
import { NAMES_GROUP } from "./rule-plan.ts";
import { batchOf, type Unit, unitOf } from "./units.ts";

/** Flags that say a word was not written as it reads. */
export const DISGUISES: number =
  FLAG.leet | FLAG.apart | FLAG.wildcard | FLAG.split | FLAG.transliterated | FLAG.arabic | FLAG.mixedScript | FLAG.styled;

/** What the tokenizer saw in words that may read otherwise than they stand. */
const ASKED = FLAG.figured | FLAG.mixedScript | FLAG.repeated | FLAG.otherScript | FLAG.styled;
/** Flags of words that are read otherwise than they are written. */
const READ = DISGUISES | FLAG.repeated | FLAG.invisible;

/** Longer messages are read once. */
const MOST_TOKENS = 2048;
/** Words that are tried in one message: what it can cost is bounded. */
const WORDS_A_MESSAGE = 500;
const LONGEST_WORD_BYTES = 200;
const WHITE_GAP = 100;

export interface SecondReading {
  readonly tokens: TokenBatch;
  /** Whether it is for the coarse lexicon. */
  readonly coarse: boolean;
}

export class Rereader {
  readonly #openCoarse: () => CompiledLexicon;
  #coarse: CompiledLexicon | null = null;
  readonly #allWords: WordReader;
  readonly #groupWords: WordReader;
  /** One of the two. */
  #reader: WordReader;
  #wordsLeft = 0;
  #bytes: Uint8Array = new Uint8Array();
  /** The same memory. */
  #buffer: Buffer = Buffer.alloc(0);
  /** Flags of all tokens or-ed. */
  #seen = 0;
  #start = 0;
  #end = 0;
  #tokens: TokenBatch | null = null;
  #latinIsForeign = false;

  /** @param openCoarse gives the same entries in coarse letters; asked at the first message that needs them. */
  constructor(lexicon: CompiledLexicon, openCoarse: () => CompiledLexicon) {
    this.#openCoarse = openCoarse;
    const coarse = () => this.coarse;
    this.#allWords = new WordReader(lexicon, coarse, -1);
    this.#groupWords = new WordReader(lexicon, coarse, NAMES_GROUP);
    this.#reader = this.#allWords;
  }

  /** Every word of the lexicon. */
  get vocabulary(): Vocabulary {
    return this.#allWords.vocabulary;
  }

  get coarse(): CompiledLexicon {
    this.#coarse ??= this.#openCoarse();
    return this.#coarse;
  }

  /**
   * @param tokens of the message bytes[start, end)
   * @param latinIsForeign whether Latin words may be Kazakh or Russian ones
   * @param namesGroup whether the message names a group as it stands; if not, a disguised name is looked for first
   * @returns null where nothing reads differently
   */
  reread(
    bytes: Uint8Array,
    start: number,
    end: number,
    tokens: TokenBatch,
    latinIsForeign: boolean,
    namesGroup: boolean,
  ): SecondReading | null {
    if (tokens.count === 0 || tokens.count > MOST_TOKENS) return null;
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.#start = start;
    this.#seen = 0;
    for (let token = 0; token < tokens.count; token++) this.#seen |= tokens.flags[token]!;
    this.#end = end;
    this.#tokens = tokens;
    const foreign = latinIsForeign && !this.#isEnglish(tokens);
    // Without a group no label can come: most messages end here, after their few odd words were held against names alone.
    if (!namesGroup) {
      this.#reader = this.#groupWords;
      this.#latinIsForeign = foreign && this.#isMostlyLatin(tokens);
      if (this.#readAll(tokens.count) === null) return null;
    }
    this.#reader = this.#allWords;
    this.#latinIsForeign = foreign;
    const units = this.#readAll(tokens.count);
    if (units === null) return null;
    const inLatin = units.some((unit) => typeof unit !== "number" && (unit.flags & FLAG.transliterated) !== 0);
    const words = units.map((unit) => (typeof unit !== "number" ? unit : inLatin ? this.#readShort(unit) : this.#plain(unit)));
    return { tokens: batchOf(words), coarse: words.some((unit) => unit.coarse) };
  }

  /** The words of the message, plain ones as token numbers; null where none reads differently. */
  #readAll(count: number): (Unit | number)[] | null {
    this.#wordsLeft = WORDS_A_MESSAGE;
    const units: (Unit | number)[] = [];
    for (let token = 0; token < count; ) {
      while (token < count && this.#isPlain(token)) units.push(token++);
      if (token < count) token = this.#readSingles(token, units) || this.#readLines(token, units) || this.#readChunk(token, units);
    }
    // Fragments that were only joined change nothing by themselves.
    return units.some((unit) => typeof unit !== "number" && (unit.flags & READ) !== 0) ? units : null;
  }

  /** Whether a word stands between spaces with nothing odd in it: most do, in most messages. */
  #isPlain(token: number): boolean {
    const { start, end, letter, flags } = this.#tokens!;
    const from = start[token]!;
    const to = end[token]!;
    if (letter[token + 1]! - letter[token]! < 2 || (flags[token]! & ASKED) !== 0) return false;
    if ((flags[token]! & FLAG.latin) !== 0 && (this.#latinIsForeign || (this.#seen & FLAG.cyrillic) !== 0)) return false;
    return (
      (from === this.#start || this.#bytes[from - 1] === 0x20) && (to === this.#end || this.#bytes[to] === 0x20 || this.#bytes[to] === 0x2c)
    );
  }

  /** Whether half of the Latin words are known as they stand. */
  #isEnglish({ count, flags, letter, letters }: TokenBatch): boolean {
    let words = 0;
    let known = 0;
    for (let token = 0; token < count; token++) {
      if ((flags[token]! & FLAG.latin) === 0 || letter[token + 1]! - letter[token]! < SHORTEST_TRANSLITERATED) continue;
      words++;
      if (this.#allWords.knows(letters.subarray(letter[token]!, letter[token + 1]!))) known++;
    }
    return known * 2 > words;
  }

  #isMostlyLatin({ count, flags }: TokenBatch): boolean {
    let more = 0;
    for (let token = 0; token < count; token++) more += ((flags[token]! >> 1) & 1) - (flags[token]! & 1);
    return more >= 0;
  }

  /** Whether every letter of a Latin word looks like a Cyrillic one. */
  #looksCyrillic(token: number): boolean {
    const { letter, letters } = this.#tokens!;
    for (let at = letter[token]!; at < letter[token + 1]!; at++) if (LOOK_CYRILLIC[letters[at]!] === 0) return false;
    return true;
  }

  /** A number with its unit: three digits or more and letters alone, or two and a short unit. */
  #isNumber(token: number): boolean {
    const { letter, letters } = this.#tokens!;
    const [start, end] = [letter[token]!, letter[token + 1]!];
    let at = start;
    while (at < end && isDigitLetter(letters[at]!)) at++;
    const digits = at - start;
    if (digits < 2 || (digits === 2 && end - at > 2)) return false;
    while (at < end && !isDigitLetter(letters[at]!)) at++;
    return at === end;
  }

  #text(start: number, end: number): string {
    return this.#buffer.toString("utf8", start, end).normalize("NFC");
  }

  /** The token as it is. */
  #plain(token: number): Unit {
    return unitOf(this.#tokens!, token);
  }

  #isSingle(token: number): boolean {
    const { letter, flags } = this.#tokens!;
    return letter[token + 1]! - letter[token]! === 1 || (flags[token]! & (FLAG.emoji | FLAG.figured)) === (FLAG.emoji | FLAG.figured);
  }

  /** How far apart two neighbours are; a gap with white space is wider than any without. */
  #gap(token: number): number {
    const { start, end } = this.#tokens!;
    const from = end[token]!;
    const to = start[token + 1]!;
    for (let at = from; at < to; at++) if (this.#bytes[at] === 0x20) return WHITE_GAP + to - from;
    return to - from;
  }

  /** Letters apart: three words of one letter and more. @returns the token after them, 0 if they are none. */
  #readSingles(token: number, units: (Unit | number)[]): number {
    const { count, start, end } = this.#tokens!;
    let stop = token;
    while (stop < count && this.#isSingle(stop) && (stop === token || start[stop]! - end[stop - 1]! <= 6)) stop++;
    if (stop - token < 3) return 0;
    let narrow = Number.POSITIVE_INFINITY;
    let clear = false;
    for (let at = token; at + 1 < stop; at++) {
      narrow = Math.min(narrow, this.#gap(at));
      clear ||= start[at + 1]! - end[at]! > 1 && this.#bytes[end[at]!] === 0x20 && this.#bytes[end[at]! + 1] === 0x20;
    }
    const found: Unit[] = [];
    let known = 0;
    for (let first = token; first < stop; ) {
      let last = first;
      while (last + 1 < stop && this.#gap(last) === narrow) last++;
      const word = this.#readWord(start[first]!, end[last]!, FLAG.apart);
      if (word !== null) {
        found.push(word);
        known++;
      } else if (!clear && narrow >= WHITE_GAP) known += this.#cutSingles(first, last, found);
      else this.#joinUnread(first, last + 1, found);
      first = last + 1;
    }
    if (known === 0) return 0;
    units.push(...found);
    return stop;
  }

  /** Words all apart alike: the longest that the lexicon knows, one after the other. @returns how many. */
  #cutSingles(first: number, last: number, found: Unit[]): number {
    const { start, end } = this.#tokens!;
    let known = 0;
    let unread = first;
    for (let at = first; at <= last; ) {
      let word: Unit | null = null;
      let stop = Math.min(last, at + 19);
      for (; word === null && stop - at >= 3; stop--) word = this.#readWord(start[at]!, end[stop]!, FLAG.apart);
      if (word === null) {
        at++;
        continue;
      }
      this.#joinUnread(unread, at, found);
      found.push(word);
      known++;
      at = stop + 2;
      unread = at;
    }
    this.#joinUnread(unread, last + 1, found);
    return known;
  }

  /** Letters that make no known word are one word still: what counts is how far the words round them are. */
  #joinUnread(first: number, stop: number, found: (Unit | number)[]): void {
    if (first >= stop) return;
    const units = Array.from({ length: stop - first }, (_, k) => this.#plain(first + k));
    const letters = Uint8Array.from(units.flatMap((unit) => [...unit.letters])).slice(0, 32);
    found.push({ ...units[0]!, key: 0, end: units.at(-1)!.end, letters });
  }

  /** A word that a line end cuts. */
  #readLines(token: number, units: (Unit | number)[]): number {
    const { count, start, end } = this.#tokens!;
    if (token + 1 >= count || start[token + 1]! - end[token]! > 4 || !this.#hasLineEnd(end[token]!, start[token + 1]!)) return 0;
    const gap = this.#text(end[token]!, start[token + 1]!);
    if (!/^-? ?\r?\n ?$/.test(gap)) return 0;
    const [left, right] = [this.#plain(token), this.#plain(token + 1)];
    if (left.letters.length + right.letters.length < 5) return 0;
    if (!gap.startsWith("-") && this.#reader.knows(left.letters) && this.#reader.knows(right.letters)) return 0;
    const word = this.#readWord(left.start, right.end, FLAG.split);
    if (word === null || word.letters.length < 5) return 0;
    units.push(word);
    return token + 2;
  }

  /** A plain word of a message that turned out to be in Latin letters: a negation has two. */
  #readShort(token: number): Unit {
    const unit = this.#plain(token);
    if (unit.letters.length >= SHORTEST_TRANSLITERATED || (unit.flags & FLAG.latin) === 0) return unit;
    const letters = this.#reader.transliterateShort(lettersToString(unit.letters, 0, unit.letters.length));
    if (letters === null) return unit;
    return { ...unit, key: 0, letters, coarse: true, flags: (unit.flags & ~FLAG.latin) | FLAG.cyrillic | FLAG.transliterated };
  }

  /** What stands between two white spaces: one word by all its signs, or word by word. @returns the token after it. */
  #readChunk(token: number, units: (Unit | number)[]): number {
    const { count, start, end, flags } = this.#tokens!;
    let stop = token + 1;
    while (stop < count && !this.#hasSpace(end[stop - 1]!, start[stop]!)) stop++;
    let from = start[token]!;
    let to = end[stop - 1]!;
    while (from > this.#start && isEdgeSign(this.#bytes[from - 1]!)) from--;
    while (to < this.#end && isEdgeSign(this.#bytes[to]!)) to++;
    let doubtful = from < start[token]! || to > end[stop - 1]!;
    for (let at = token; at < stop; at++) {
      doubtful ||= (flags[at]! & ASKED & ~FLAG.figured) !== 0 || ((flags[at]! & FLAG.figured) !== 0 && !this.#isNumber(at));
      // An @ inside a word begins what the tokenizer takes for a name.
      if (at > token && (flags[at]! & FLAG.mention) !== 0 && start[at] === end[at - 1]) doubtful = true;
      if (at > token) for (let k = end[at - 1]!; k < start[at]!; k++) doubtful ||= isSign(this.#bytes[k]!);
    }
    if (stop - token === 1 && !doubtful) {
      units.push(this.#readToken(token));
      return stop;
    }
    if ((doubtful || this.#latinIsForeign || this.#isJoined(token, stop)) && (flags[token]! & (FLAG.link | FLAG.hashtag)) === 0) {
      const plain = stop - token === 1 ? this.#plain(token) : null;
      const known = plain !== null && from === start[token]! && this.#reader.knows(plain.letters);
      const word = known ? null : this.#readWord(from, to, 0);
      if (word !== null) {
        units.push(word);
        return stop;
      }
    }
    if (stop - token === 2 && this.#reader === this.#allWords && this.#areFragments(token)) this.#joinUnread(token, stop, units);
    else for (let at = token; at < stop; at++) units.push(this.#readToken(at));
    return stop;
  }

  /** Whether tokens with nothing but signs between them are a word that the lexicon knows: asked before their bytes are read. */
  #isJoined(token: number, stop: number): boolean {
    const { letter, letters } = this.#tokens!;
    const from = letter[token]!;
    const length = letter[stop]! - from;
    return length <= MOST_POSITIONS && this.#reader.vocabulary.has(letters.subarray(from, from + length), length);
  }

  /** Whether two tokens with one sign between them are no words by themselves: a word that the lexicon does not know, cut. */
  #areFragments(token: number): boolean {
    const { start, end, flags } = this.#tokens!;
    if (start[token + 1]! - end[token]! !== 1) return false;
    const others = FLAG.link | FLAG.mention | FLAG.emoji | FLAG.digit | FLAG.upper;
    if (((flags[token]! & (others & ~FLAG.upper)) | (flags[token + 1]! & others)) !== 0) return false;
    return !this.#reader.knows(this.#plain(token).letters) && !this.#reader.knows(this.#plain(token + 1).letters);
  }

  /** One token by itself. */
  #readToken(token: number): Unit | number {
    const flags = this.#tokens!.flags[token]!;
    if ((flags & (FLAG.link | FLAG.mention)) !== 0) return token;
    if ((flags & ASKED) === 0 && ((flags & FLAG.latin) === 0 || !(this.#latinIsForeign || (this.#seen & FLAG.cyrillic) !== 0)))
      return token;
    if ((flags & ASKED & ~FLAG.figured) === 0 && (flags & FLAG.digit) !== 0 && this.#isNumber(token)) return token;
    if ((flags & ASKED) === 0 && !this.#latinIsForeign && !this.#looksCyrillic(token)) return token;
    const plain = this.#plain(token);
    return this.#reader === this.#allWords && this.#reader.knows(plain.letters)
      ? token
      : (this.#readWord(plain.start, plain.end, 0) ?? token);
  }

  #hasLineEnd(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.#bytes[at] === 0x0a) return true;
    return false;
  }

  #hasSpace(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.#bytes[at]! <= 0x20 || this.#bytes[at] === 0x2c) return true;
    return false;
  }

  /** A word that the lexicon knows in any way of reading these bytes; null if there is none. */
  #readWord(start: number, end: number, flags: number): Unit | null {
    if (end - start > LONGEST_WORD_BYTES || end - start < SHORTEST_TRANSLITERATED || this.#wordsLeft-- <= 0) return null;
    const found = this.#reader.read(this.#text(start, end), this.#latinIsForeign, this.#seen);
    if (found === null) return null;
    return { start, end, key: 0, letters: found.letters, flags: flags | found.flags, coarse: found.coarse };
  }
}

/** $ @ * |: may stand for a letter at the edge of a word, where others are what they are. */
function isEdgeSign(byte: number): boolean {
  return byte === 0x24 || byte === 0x40 || byte === 0x2a || byte === 0x7c;
}

/** $ @ ! * + | and such: may stand for a letter. */
function isSign(byte: number): boolean {
  return (
    byte === 0x24 || byte === 0x40 || byte === 0x21 || byte === 0x2a || byte === 0x2b || byte === 0x7c || byte === 0x23 || byte === 0x25
  );
}
