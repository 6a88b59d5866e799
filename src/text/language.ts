/**
 * The language of a message, from what the tokenizer already has: letters that only one language uses, function words,
 * endings. Every word votes once, with the strongest thing it shows; a message that two languages hold is mixed.
 * The tag is for the reader of the record; it never decides which lexicons run.
 */
import { LANGUAGES } from "../core/label.ts";
import { FLAG, type TokenBatch } from "../core/token.ts";
import { ENGLISH_FUNCTION_WORDS, KAZAKH_FUNCTION_WORDS, RUSSIAN_FUNCTION_WORDS } from "./function-words.ts";
import { isCyrillicLetter, letterOf } from "./letters.ts";
import { tokensOf } from "./tokenize.ts";

const KK = LANGUAGES.indexOf("kk");
const RU = LANGUAGES.indexOf("ru");
const EN = LANGUAGES.indexOf("en");
const MIXED = LANGUAGES.indexOf("mixed");
const OTHER = LANGUAGES.indexOf("other");

/** Endings of three letters that ordinary words of one Cyrillic language have and the other's seldom (folded). */
const KAZAKH_ENDINGS =
  "лар лер дар дер нын дын тын мыз миз сыз сиз ган ген кан кен йды йди ады еди тар гын гин сын син дик тик нда нде дан ден нан нен тан тен лык дык рды рди нга нге кты кти пты пти ыды иди лды лди сак сек гай гей шы"
    .split(" ")
    .filter((ending) => ending.length === 3);
const RUSSIAN_ENDINGS =
  "ого его ому ему ыми ими ать ять ить еть уть ешь ишь ует ают яют ции ция ией ный ная ное ные ным ных ной ную кий кая кие ких ась ось лся тся ься ств тво сть ость ами ями ает яет ала ила ело или али ыла ете ите ство ние ния ний ову ова ого ько нок ках шься щий щая щие"
    .split(" ")
    .filter((ending) => ending.length === 3);

const TABLE_BITS = 12;
const wordKey = new Int32Array(1 << TABLE_BITS);
const wordLanguage = new Int8Array(1 << TABLE_BITS).fill(-1);
const endingLanguage = new Int8Array(32 * 32 * 32).fill(-1);
const FIRST_CYRILLIC = letterOf("а");

function slotOf(key: number): number {
  let slot = key & (wordKey.length - 1);
  while (wordLanguage[slot] !== -1 && wordKey[slot] !== key) slot = (slot + 1) & (wordKey.length - 1);
  return slot;
}

function addWords(words: readonly string[], language: number): void {
  for (const word of words) {
    const tokens = tokensOf(word);
    if (tokens.count !== 1) continue;
    const slot = slotOf(tokens.key[0]!);
    wordKey[slot] = tokens.key[0]!;
    wordLanguage[slot] = wordLanguage[slot] === -1 || wordLanguage[slot] === language ? language : OTHER;
  }
}

function endingIndex(a: number, b: number, c: number): number {
  return ((a - FIRST_CYRILLIC) << 10) | ((b - FIRST_CYRILLIC) << 5) | (c - FIRST_CYRILLIC);
}

addWords(KAZAKH_FUNCTION_WORDS, KK);
addWords(RUSSIAN_FUNCTION_WORDS, RU);
addWords(ENGLISH_FUNCTION_WORDS, EN);
for (const [endings, language] of [
  [KAZAKH_ENDINGS, KK],
  [RUSSIAN_ENDINGS, RU],
] as const) {
  for (const ending of endings) {
    const [a, b, c] = Array.from(ending, letterOf) as [number, number, number];
    endingLanguage[endingIndex(a, b, c)] = language;
  }
}

const NOT_WORDS = FLAG.emoji | FLAG.link | FLAG.mention;

/** Language of tokens [from, to), as a place in LANGUAGES. */
export function tagLanguage(tokens: TokenBatch, from: number, to: number): number {
  let kk = 0;
  let ru = 0;
  let en = 0;
  let cyrillic = 0;
  let latin = 0;
  let other = 0;
  for (let token = from; token < to; token++) {
    const flags = tokens.flags[token]!;
    if ((flags & NOT_WORDS) !== 0) continue;
    if ((flags & FLAG.cyrillic) === 0) {
      if ((flags & FLAG.latin) === 0) {
        if ((flags & FLAG.otherScript) !== 0) other++;
        continue;
      }
      latin++;
      if (wordLanguage[slotOf(tokens.key[token]!)] === EN) en += 2;
      continue;
    }
    cyrillic++;
    if ((flags & FLAG.kazakh) !== 0) {
      kk += 3;
      continue;
    }
    if ((flags & FLAG.russian) !== 0) {
      ru += 2;
      continue;
    }
    const language = wordLanguage[slotOf(tokens.key[token]!)]!;
    if (language === KK) kk += 2;
    else if (language === RU) ru += 2;
    else if (language === -1) {
      const end = tokens.letter[token + 1]!;
      if (end - tokens.letter[token]! < 5) continue;
      const a = tokens.letters[end - 3]!;
      const b = tokens.letters[end - 2]!;
      const c = tokens.letters[end - 1]!;
      if (!isCyrillicLetter(a) || !isCyrillicLetter(b) || !isCyrillicLetter(c)) continue;
      const ending = endingLanguage[endingIndex(a, b, c)]!;
      if (ending === KK) kk += 1;
      else if (ending === RU) ru += 1;
    }
  }
  if (cyrillic + latin === 0) return OTHER;
  if (other > cyrillic + latin) return OTHER;
  if (cyrillic > 0 && en >= 4 && latin * 3 >= cyrillic && cyrillic * 3 >= latin) return MIXED;
  if (latin > cyrillic) return en > 0 || latin <= 2 ? EN : OTHER;
  if (kk >= 3 && ru >= 3 && kk * 2 >= ru && ru * 2 >= kk) return MIXED;
  return kk > ru ? KK : RU;
}
