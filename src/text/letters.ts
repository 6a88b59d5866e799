/**
 * Letters as one byte each, folded the way people fold them when they type: case, ё, and the nine Kazakh letters as a
 * Russian keyboard gives them. Both texts and lexicon terms pass through here, so equal bytes mean "reads the same".
 *
 *     0        not part of a word
 *     1..10    digits 0-9          11..36   Latin a-z          37..68   Cyrillic а-я (ё is е)
 *     128..255 letters of other scripts, folded together: no lexicon holds them, the model may
 *
 * A cell is what the tokenizer reads for a code point: the letter in its low byte, FLAG bits above, or a special cell.
 *
 * @see ISO 9995 Kazakh layout and the substitution shares measured on comments: ә→а .98, қ→к .95, ң→н .95, ғ→г .92,
 * ұ→у .93, ү→у .90, һ→х .99, ө→о .66, і→и .58 (і→ы .22 is added when lexicons are compiled).
 */
import { FLAG } from "../core/token.ts";

export const SEPARATOR_CELL = 0;
/** Inside a word: skipped. Zero-width characters, soft hyphen, combining marks, variation selectors. */
export const IGNORED_CELL: number = 1 << 30;
export const EMOJI_CELL: number = 1 << 29;
/** Combining breve and diaeresis: й and ё typed as two code points. */
const BREVE_CELL: number = IGNORED_CELL | 1;

const DIGIT_BASE = 1;
export const LATIN_BASE = 11;
export const CYRILLIC_BASE = 37;
export const OTHER_BASE = 128;

const FLAG_SHIFT = 8;

/** Cyrillic letters outside а-я that stand for one of them. */
const CYRILLIC_FOLD: Readonly<Record<string, string>> = {
  ё: "е", ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и",
  ї: "и", є: "е", ґ: "г", ў: "у", җ: "ж", ӊ: "н", ќ: "к", ѓ: "г", ј: "й", ҳ: "х", ҷ: "ч", ҙ: "з", ҡ: "к", ҫ: "с", ӄ: "к", ҝ: "к", ҥ: "н", ӈ: "н", ҹ: "ч", ӏ: "и",
}; // biome-ignore format: one row a line reads as the table it is
const KAZAKH_LETTERS = "әғқңөұүһіӊќ";
const RUSSIAN_LETTERS = "ёцщъэ";
/** Number sign, which compatibility would turn into letters, and the apostrophes that Unicode calls letters. */
const NO_LETTERS = "№ʻʼ";
/** Schwas of other blocks, typed for ә. */
const SCHWA = "əǝ";

/** Latin letters as a Cyrillic word shows them, and the reverse; used only inside words of two scripts. */
const LATIN_LOOKS: Readonly<Record<string, string>> = {
  a: "а",
  b: "в",
  c: "с",
  e: "е",
  h: "х",
  i: "и",
  k: "к",
  m: "м",
  n: "п",
  o: "о",
  p: "р",
  r: "г",
  t: "т",
  u: "и",
  x: "х",
  y: "у",
};
const CYRILLIC_LOOKS: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  с: "c",
  е: "e",
  н: "h",
  и: "i",
  к: "k",
  м: "m",
  о: "o",
  п: "n",
  р: "p",
  г: "r",
  т: "t",
  х: "x",
  у: "y",
};

export function isDigitLetter(letter: number): boolean {
  return letter >= DIGIT_BASE && letter < LATIN_BASE;
}
export function isLatinLetter(letter: number): boolean {
  return letter >= LATIN_BASE && letter < CYRILLIC_BASE;
}
export function isCyrillicLetter(letter: number): boolean {
  return letter >= CYRILLIC_BASE && letter < CYRILLIC_BASE + 32;
}

/** Letter code of one lower-case character of a-z, а-я or 0-9; for tables that are built at start. */
export function letterOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x61 && point <= 0x7a) return LATIN_BASE + point - 0x61;
  if (point >= 0x430 && point <= 0x44f) return CYRILLIC_BASE + point - 0x430;
  if (point >= 0x30 && point <= 0x39) return DIGIT_BASE + point - 0x30;
  return 0;
}

/** What a folded letter looks like to a person; "·" for letters of other scripts. */
export function characterOf(letter: number): string {
  if (isDigitLetter(letter)) return String.fromCharCode(0x30 + letter - DIGIT_BASE);
  if (isLatinLetter(letter)) return String.fromCharCode(0x61 + letter - LATIN_BASE);
  if (isCyrillicLetter(letter)) return String.fromCharCode(0x430 + letter - CYRILLIC_BASE);
  return "·";
}

/** Folded letters as text, for stemmers and explanations. */
export function lettersToString(letters: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += characterOf(letters[at]!);
  return text;
}

/** By letter code: the look-alike in the other script, 0 where there is none. */
export const LOOK_ALIKE: Uint8Array = new Uint8Array(256);
for (const [from, to] of [...Object.entries(LATIN_LOOKS), ...Object.entries(CYRILLIC_LOOKS)]) LOOK_ALIKE[letterOf(from)] = letterOf(to);

function cell(letter: number, flags: number): number {
  return letter | (flags << FLAG_SHIFT);
}
export function cellLetter(value: number): number {
  return value & 0xff;
}
export function cellFlags(value: number): number {
  return (value >>> FLAG_SHIFT) & 0xffff;
}

/** Works out the cell of a code point; run once for each (see `cellOf`). */
function describeCodePoint(point: number): number {
  const character = String.fromCodePoint(point);
  if (point === 0x306 || point === 0x308) return BREVE_CELL;
  if (/[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/u.test(character)) return IGNORED_CELL;
  if (/\p{Emoji_Modifier}/u.test(character)) return IGNORED_CELL;
  if (/[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(character)) return EMOJI_CELL;
  if (NO_LETTERS.includes(character)) return SEPARATOR_CELL;
  const compatible = [...character.normalize("NFKC")][0] ?? character;
  const plain = compatible.toLowerCase();
  const letterCase = plain !== compatible ? FLAG.upper : plain.toUpperCase() !== compatible ? FLAG.lower : 0;
  if (plain >= "0" && plain <= "9") return cell(letterOf(plain), FLAG.digit);
  if (SCHWA.includes(plain)) return cell(letterOf("а"), FLAG.cyrillic | FLAG.kazakh | letterCase);
  const kazakh = KAZAKH_LETTERS.includes(plain) ? FLAG.kazakh : 0;
  const russian = RUSSIAN_LETTERS.includes(plain) ? FLAG.russian : 0;
  const cyrillic = letterOf(CYRILLIC_FOLD[plain] ?? plain) || letterOf([...plain.normalize("NFD")][0] ?? "");
  if (isCyrillicLetter(cyrillic)) return cell(cyrillic, FLAG.cyrillic | kazakh | russian | letterCase);
  const latin = letterOf([...plain.normalize("NFD")][0] ?? "") || (plain === "ı" ? letterOf("i") : 0);
  if (isLatinLetter(latin)) return cell(latin, FLAG.latin | letterCase);
  if (/[\p{L}\p{N}]/u.test(plain)) return cell(OTHER_BASE + (Math.imul(point, 0x9e3779b1) >>> 25), FLAG.otherScript | letterCase);
  return SEPARATOR_CELL;
}

export const ASCII_CELLS: Int32Array = Int32Array.from({ length: 128 }, (_, point) => describeCodePoint(point));
/** U+0400..U+04FF, which UTF-8 writes with the lead bytes D0..D3. */
export const CYRILLIC_CELLS: Int32Array = Int32Array.from({ length: 256 }, (_, low) => describeCodePoint(0x400 + low));

/** Cells of all other code points, worked out at first sight; 0 means not yet, so a separator is kept as UNKNOWN_SEPARATOR. */
const otherCells = new Int32Array(0x20000);
const KNOWN_SEPARATOR = 1 << 28;

/** Cell of any code point. Total: surrogates, unassigned and private code points are separators. */
export function cellOf(point: number): number {
  if (point >= otherCells.length) return point >= 0xe0000 && point <= 0xe01ef ? IGNORED_CELL : SEPARATOR_CELL;
  const known = otherCells[point]!;
  if (known !== 0) return known === KNOWN_SEPARATOR ? SEPARATOR_CELL : known;
  const value = point >= 0xd800 && point <= 0xdfff ? SEPARATOR_CELL : describeCodePoint(point);
  otherCells[point] = value === SEPARATOR_CELL ? KNOWN_SEPARATOR : value;
  return value;
}
