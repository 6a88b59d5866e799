/**
 * Which code page a text is in: by how likely its letters follow each other in the languages that are written in it, by
 * where capitals stand, and by what stands inside words.
 */
import { CHARSETS, type Charset, charactersOf } from "./charsets.ts";
import { KIND, type Language, type LetterModel, letterModel } from "./letter-model.ts";

/**
 * What a page may hold, and how much less often than Russian and Kazakh ("ordinary") in windows-1251 it is met, in nats.
 * That decides where a file has a few letters only. KOI8-U has all letters of KOI8-R, and more where that has lines for boxes.
 */
const CANDIDATES: ReadonlyArray<readonly [Charset, Language, number]> = [
  ["windows-1251", "ordinary", 0],
  ["windows-1251", "mixed", 2],
  ["windows-1251", "ukrainian", 3],
  ["windows-1251", "belarusian", 6],
  ["windows-1251", "serbian", 6],
  ["KZ-1048", "ordinary", 0],
  ["KOI8-U", "ordinary", 4],
  ["KOI8-U", "mixed", 6],
  ["KOI8-U", "ukrainian", 6],
  ["KOI8-U", "belarusian", 8],
  ["IBM866", "ordinary", 4],
  ["IBM866", "ukrainian", 6],
  ["IBM866", "belarusian", 8],
  ["windows-1252", "western", 3],
];

/** All in nats. */
const MARK = -5;
const SIGN = -9;
const SIGN_IN_WORD = -3;
const TWO_SCRIPTS_IN_WORD = -5;
/** Where the Latin letter looks like a Cyrillic one, for so are words disguised. */
const LOOK_ALIKE_IN_WORD = -2;
const LOOK_ALIKES = [..."aceiopxyABCEHKMOPTXY"].map((letter) => letter.charCodeAt(0));
/** A word in another script than the word before. */
const OTHER_SCRIPT = -2;
/** Letters with marks hardly ever stand side by side. */
const MARKED_PAIR = -4;
/** Stretched words, which no frequencies tell anything of. */
const SAME_LETTER = -2;
const CAPITALIZED = -1;
const CAPITAL_IN_WORD = -6;
const CAPITALS_BEGIN = -4;
const CAPITALS_END = -2;
/** Below this a byte above 127, the text is in none of the code pages; a few bytes prove nothing. */
const LEAST = -6.5;
const FEW = -20;

/**
 * @param sample begins between words, as far as it matters
 * @returns null if none of them makes sense of the bytes above 127, of which there must be some.
 */
export function guessCharset(sample: Uint8Array): Charset | null {
  let count = 0;
  for (const byte of sample) if (byte >= 0x80) count++;
  let best: Charset | null = null;
  let highest = LEAST * count + FEW;
  for (const [charset, language, rarity] of CANDIDATES) {
    const score = likelihood(letterModel(charset, language), sample) - rarity;
    if (score > highest) [best, highest] = [charset, score];
  }
  return best === null ? null : plainest(best, sample);
}

/** The first code page that reads the sample as this one does. */
function plainest(charset: Charset, sample: Uint8Array): Charset {
  const present = [...new Set(sample)];
  const characters = charactersOf(charset);
  return CHARSETS.find((other) => present.every((byte) => charactersOf(other)[byte] === characters[byte])) ?? charset;
}

/** In nats. Only bytes above 127 and those beside them count, and where scripts change: what is left is the same in all code pages. */
function likelihood(model: LetterModel, sample: Uint8Array): number {
  const { kinds, letters, pairs, letterCount } = model;
  let sum = 0;
  let previous = 0x20;
  let inCapitals = false;
  let script = 0;
  for (const byte of sample) {
    if (kinds[byte]! >= KIND.latin) {
      if (kinds[byte]! >> 1 !== script && script !== 0 && kinds[previous]! < KIND.latin) sum += OTHER_SCRIPT;
      script = kinds[byte]! >> 1;
    }
    if (byte >= 0x80 || previous >= 0x80) {
      const [left, right] = [kinds[previous]!, kinds[byte]!];
      const [isAfterLetter, isLetter] = [left >= KIND.latin, right >= KIND.latin];
      if (byte >= 0x80) {
        if (!isLetter) sum += right === KIND.sign ? SIGN : MARK;
        else sum += byte === previous ? SAME_LETTER : pairs[letters[previous]! * letterCount + letters[byte]!]!;
      }
      if (isLetter && isAfterLetter) {
        if (right >> 1 !== left >> 1) sum += LOOK_ALIKES.includes(Math.min(byte, previous)) ? LOOK_ALIKE_IN_WORD : TWO_SCRIPTS_IN_WORD;
        else if (model.isWestern && byte >= 0x80 && previous >= 0x80) sum += MARKED_PAIR;
      } else if (isAfterLetter) sum += right === KIND.sign ? SIGN_IN_WORD : pairs[letters[previous]! * letterCount]!;
      else if (isLetter && left === KIND.sign) sum += SIGN_IN_WORD;
      if (isLetter && byte >= 0x80) {
        const isCapital = (right & 1) === 1;
        if (!isCapital && inCapitals) sum += CAPITALS_END;
        else if (isCapital && !isAfterLetter && !inCapitals) sum += CAPITALIZED;
        else if (isCapital && !inCapitals && (left & 1) === 0) sum += CAPITAL_IN_WORD;
        else if (isCapital && !inCapitals && previous >= 0x80) sum += CAPITALS_BEGIN;
        inCapitals = isCapital && (inCapitals || (isAfterLetter && (left & 1) === 1));
      }
    }
    previous = byte;
  }
  return sum;
}
