/**
 * Letters as one byte each, folded the way people fold them when they type: case, ё, and the nine Kazakh letters as a
 * Russian keyboard gives them. Both texts and lexicon terms pass through here, so equal bytes mean "reads the same".
 *
 *     0        not part of a word
 *     1..10    digits 0-9          11..36   Latin a-z          37..68   Cyrillic а-я (ё is е)
 *     69..      letters of other scripts that look like some          128..255 all others, folded together: no lexicon holds them, the model may
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

/**
 * Letters that look alike: as the tokenizer reads them inside a word of the other script. Reading again (lexicon/reread.ts)
 * knows more ways; these are the first.
 */
const CYRILLIC_FOR_LATIN = "aа bв cс eе hх iи kк mм nп oо pр rг tт uи xх yу jй lл dд gд wш";
const LATIN_FOR_CYRILLIC = "аa вb сc еe нh иi кk мm оo пn рp гr тt хx уy йj шw зz";
/** Letters of other scripts and what they look like: themselves, in Cyrillic, in Latin ("-" for nothing). Upper and lower case apart. */
const FOREIGN_LOOKS =
  "Ααаa βΒвb Εεеe Ζ-z ηпn Ηнh Ιιиi Κκкk Μмm μмu Ν-n ν-v Οοσօоo Ρρрp Ττтt Υуy υиu Χχхx γуy ωшw λΛл- φΦф- Γгr Δδдd Ππпn ѕ-s ո-n ս-u հхh".split(
    " ",
  );
const FOREIGN_BASE = 69;

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

/** By letter code: 1 for letters that are the same on paper in Latin and Cyrillic. */
export const SAME_LOOK: Uint8Array = new Uint8Array(256);
for (const letter of "abcehikmoptxyавсенкмортхуи") SAME_LOOK[letterOf(letter)] = 1;

/** By letter code: the look-alike in Cyrillic, and in Latin; 0 where there is none. */
export const LOOK_CYRILLIC: Uint8Array = new Uint8Array(256);
export const LOOK_LATIN: Uint8Array = new Uint8Array(256);
/** Letters of other scripts that look like some, by character. */
const foreignLetters = new Map<string, number>();
for (const [from, to] of CYRILLIC_FOR_LATIN.split(" ")) LOOK_CYRILLIC[letterOf(from!)] = letterOf(to!);
for (const [from, to] of LATIN_FOR_CYRILLIC.split(" ")) LOOK_LATIN[letterOf(from!)] = letterOf(to!);
FOREIGN_LOOKS.forEach((row, k) => {
  const characters = [...row];
  for (const character of characters.slice(0, -2)) foreignLetters.set(character, FOREIGN_BASE + k);
  LOOK_CYRILLIC[FOREIGN_BASE + k] = letterOf(characters.at(-2)!);
  LOOK_LATIN[FOREIGN_BASE + k] = letterOf(characters.at(-1)!);
});

function cell(letter: number, flags: number): number {
  return letter | (flags << FLAG_SHIFT);
}
export function cellLetter(value: number): number {
  return value & 0xff;
}
export function cellFlags(value: number): number {
  return (value >>> FLAG_SHIFT) & 0xfffff;
}

const SMALL_CAPITALS = "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢɑɡ";
const SMALL_CAPITALS_READ = "abcdeghijklmnoprtuvwyzag";

/** Letter of the negative circled and squared capitals, which compatibility does not know; 0 for all else. */
function enclosedLetter(point: number): number {
  if (point >= 0x1f150 && point <= 0x1f169) return LATIN_BASE + point - 0x1f150;
  return point >= 0x1f170 && point <= 0x1f189 ? LATIN_BASE + point - 0x1f170 : 0;
}

/** Full-width, mathematical, circled and squared characters: written so for the look of it. */
function isStyled(point: number): boolean {
  return (
    (point >= 0xff01 && point <= 0xff5e) ||
    (point >= 0x1d400 && point <= 0x1d7ff) ||
    (point >= 0x249c && point <= 0x24ff) ||
    (point >= 0x1f110 && point <= 0x1f149)
  );
}

/** Works out the cell of a code point; run once for each (see `cellOf`). */
function describeCodePoint(point: number): number {
  const character = String.fromCodePoint(point);
  if (point === 0x306 || point === 0x308) return BREVE_CELL;
  if (/[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/u.test(character)) return IGNORED_CELL;
  if (/\p{Emoji_Modifier}/u.test(character)) return IGNORED_CELL;
  const enclosed = enclosedLetter(point);
  if (enclosed !== 0) return cell(enclosed, FLAG.latin | FLAG.upper | FLAG.styled);
  if (/[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(character)) return EMOJI_CELL;
  if (NO_LETTERS.includes(character)) return SEPARATOR_CELL;
  const foreign = foreignLetters.get(character);
  if (foreign !== undefined) return cell(foreign, FLAG.otherScript | (character.toLowerCase() === character ? FLAG.lower : FLAG.upper));
  const small = SMALL_CAPITALS.indexOf(character);
  if (small >= 0) return cell(letterOf(SMALL_CAPITALS_READ[small]!), FLAG.latin | FLAG.lower | FLAG.styled);
  const compatible = [...character.normalize("NFKC")][0] ?? character;
  const plain = compatible.toLowerCase();
  const letterCase =
    (plain !== compatible ? FLAG.upper : plain.toUpperCase() !== compatible ? FLAG.lower : 0) | (isStyled(point) ? FLAG.styled : 0);
  if (plain >= "0" && plain <= "9") return cell(letterOf(plain), FLAG.digit | (isStyled(point) ? FLAG.styled : 0));
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

/** Cells of all other code points, worked out at first sight; 0 means not yet, so a separator is kept as KNOWN_SEPARATOR. */
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
