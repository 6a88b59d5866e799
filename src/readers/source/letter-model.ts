/** What is known of the letters of a language in one code page, laid out by byte. */
import { type Charset, charactersOf } from "./charsets.ts";
import { LETTERS, PAIR_LETTERS, PAIRS } from "./letters.ts";

/** "ordinary" is Russian and Kazakh, "mixed" Russian and some Ukrainian. */
export type Language = "ordinary" | "mixed" | keyof typeof LETTERS;

/** Kinds of characters; letters from `latin` on, and of those the odd ones capitals. */
export const KIND = { gap: 0, mark: 1, sign: 2, latin: 4, latinCapital: 5, cyrillic: 6, cyrillicCapital: 7 } as const;

/** Signs that people and their programs write; the other signs of code pages are hardly met in chats. */
const MARKS = "\u00a0«»„“”‘’‚‹›–—…•№°§©®™€£±·×÷½¼¾²³¡¿´¨";

export interface LetterModel {
  /** By byte: of which kind its character is. */
  readonly kinds: Uint8Array;
  /** By byte: its letter's number; 0 for the end of a word, and letters of other languages have the last one. */
  readonly letters: Uint8Array;
  /** By letter, then by the one that follows it: how likely it is, in nats. */
  readonly pairs: Float64Array;
  readonly letterCount: number;
  readonly isWestern: boolean;
}

/** How likely a word ends after a letter, where no pairs are known. */
const WORD_END = 0.2;
/** Share of Ukrainian in "mixed". */
const OTHER_SHARE = 0.15;

/** In nats. Letters of other languages are not impossible: there are names and quotations. */
const STRANGE_LETTER = -9;

const models = new Map<string, LetterModel>();

export function letterModel(charset: Charset, language: Language): LetterModel {
  const key = `${charset} ${language}`;
  let model = models.get(key);
  if (model === undefined) {
    model = buildModel(charset, language);
    models.set(key, model);
  }
  return model;
}

function buildModel(charset: Charset, language: Language): LetterModel {
  const chances = language === "ordinary" ? ordinaryPairs : language === "mixed" ? mixedPairs : lonelyLetters(LETTERS[language]);
  const alphabet = [" ", ...chances.letters, "other"];
  const pairs = alphabet.flatMap((left) => alphabet.map((right) => Math.max(STRANGE_LETTER, Math.log(chances.of(left, right)))));
  const kinds = new Uint8Array(256);
  const letters = new Uint8Array(256);
  for (const [byte, character] of charactersOf(charset).entries()) {
    kinds[byte] = kindOf(character);
    const letter = alphabet.indexOf(character.toLowerCase());
    letters[byte] = kinds[byte] < KIND.latin ? 0 : letter > 0 ? letter : alphabet.length - 1;
  }
  return { kinds, letters, pairs: Float64Array.from(pairs), letterCount: alphabet.length, isWestern: language === "western" };
}

/** How likely a letter follows another one; " " stands for what lies between words, what follows other letters as it does there. */
interface Chances {
  readonly letters: string;
  of(left: string, right: string): number;
}

const ordinaryPairs: Chances = {
  letters: PAIR_LETTERS,
  of(left, right) {
    if (right !== " " && !PAIR_LETTERS.includes(right)) return 0;
    return Math.exp(-Number(PAIRS[PAIR_LETTERS.indexOf(left) + 1]![PAIR_LETTERS.indexOf(right) + 1]));
  },
};

/** Where only the frequencies of letters are known. */
function lonelyLetters(frequencies: string): Chances {
  const byLetter = new Map(frequencies.split(" ").map((entry) => [entry[0]!, Number(entry.slice(1)) / 1000]));
  return { letters: [...byLetter.keys()].join(""), of: (_, right) => (right === " " ? WORD_END : (byLetter.get(right) ?? 0)) };
}

const ukrainian = lonelyLetters(LETTERS.ukrainian);
const mixedPairs: Chances = {
  letters: [...new Set(PAIR_LETTERS + ukrainian.letters)].join(""),
  of: (left, right) => (1 - OTHER_SHARE) * ordinaryPairs.of(left, right) + OTHER_SHARE * ukrainian.of(left, right),
};

function kindOf(character: string): number {
  const capital = character === character.toLowerCase() ? 0 : 1;
  if (/\p{Script=Latin}/u.test(character)) return KIND.latin + capital;
  if (/\p{Script=Cyrillic}/u.test(character)) return KIND.cyrillic + capital;
  if (character < "\x80") return KIND.gap;
  return MARKS.includes(character) ? KIND.mark : KIND.sign;
}
