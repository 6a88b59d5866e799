/**
 * What each character of a disguised word may stand for. A word becomes positions, and each position options: letters, any
 * letter, or nothing. Rarely asked (lexicon/reread.ts), so plain tables by character.
 */

import { FLAG } from "../core/token.ts";
import {
  cellFlags,
  cellLetter,
  cellOf,
  characterOf,
  EMOJI_CELL,
  IGNORED_CELL,
  isCyrillicLetter,
  isDigitLetter,
  isLatinLetter,
  LOOK_CYRILLIC,
  LOOK_LATIN,
  letterOf,
} from "./letters.ts";

export type Script = "cyrillic" | "latin";

/** An option that is no letter. */
export const NOTHING = 254;
export const ANY_LETTER = 253;

/** Most characters of a word that is read again, and most options of one. */
export const MOST_POSITIONS = 32;
export const MOST_OPTIONS = 6;

/** Options of the positions of one word, MOST_OPTIONS places each. */
export interface Positions {
  count: number;
  readonly options: Uint8Array;
  readonly counts: Uint8Array;
  /** What was written at each place: a Latin letter without its styles and marks, else the character as it is. */
  readonly written: string[];
  /** FLAG bits of what was seen: digits or signs as letters, letters of another script, any letter, stretched or apart. */
  flags: number;
}

export function createPositions(): Positions {
  return {
    count: 0,
    options: new Uint8Array(MOST_POSITIONS * MOST_OPTIONS),
    counts: new Uint8Array(MOST_POSITIONS),
    written: [],
    flags: 0,
  };
}

/** Digits and signs as letters of each script, in the order in which they are tried; "-" for nothing, "?" for any letter. */
const SIGNS: { [script in Script]: Readonly<Record<string, string>> } = {
  cyrillic: {
    "0": "о", "1": "иль", "2": "зг", "3": "зеэ", "4": "ча", "5": "сб", "6": "б", "7": "тг", "8": "ву", "9": "яд",
    "@": "а", $: "с", "!": "-и", "|": "иль", "+": "-т", "€": "е", "£": "л", "¥": "у", "(": "-с", "<": "-с", "{": "-с", "¢": "с", "&": "-в",
    "*": "-?", "#": "-?", "%": "-?", "^": "-л", "=": "-", "~": "-", "?": "-", "×": "х", "°": "о", "\"": "-",
  },
  latin: {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "bg", "7": "t", "8": "b", "9": "gq",
    "@": "a", $: "s", "!": "-i", "|": "il", "+": "-t", "€": "e", "£": "l", "¥": "y", "(": "-c", "<": "-c", "{": "-c", "¢": "c", "&": "-",
    "*": "-?", "#": "-?h", "%": "-?", "^": "-a", "=": "-", "~": "-", "?": "-", "×": "x", "°": "o", "\"": "-",
  },
}; // biome-ignore format: one row a line reads as the table it is

/** More that a letter of the other script may look like, beside LOOK_CYRILLIC and LOOK_LATIN; upper and lower case apart. */
const MORE_LOOKS: { [script in Script]: Readonly<Record<string, string>> } = {
  cyrillic: { H: "н", h: "хнь", n: "пи", N: "и", u: "иуц", U: "ц", b: "вьб", B: "в", y: "у", Y: "у", m: "мт", t: "т", r: "гя", R: "я", w: "ш", W: "ш", l: "л1и", I: "и", g: "д", d: "д", q: "г", z: "з", v: "в", f: "ф", s: "с" },
  latin: { н: "h", Н: "h", и: "unn", г: "r", п: "n", в: "b", В: "b", у: "yu", і: "i", І: "i", һ: "h", Һ: "h", ѕ: "s", Ѕ: "s", ј: "j", Ј: "j", ԁ: "d", ӏ: "l", ь: "b", ё: "e", я: "r", Я: "r", ш: "w", з: "e", б: "b", т: "tm", м: "m", д: "dg", л: "l", ф: "o", х: "x", ц: "u", ч: "y", э: "e", қ: "k", ү: "y", ұ: "y", ө: "o", ә: "ea", ң: "h", ғ: "f" },
}; // biome-ignore format: as above

function addOption(positions: Positions, place: number, option: number): void {
  const count = positions.counts[place]!;
  if (option === 0 || count === MOST_OPTIONS) return;
  const first = place * MOST_OPTIONS;
  for (let k = 0; k < count; k++) if (positions.options[first + k] === option) return;
  positions.options[first + count] = option;
  positions.counts[place] = count + 1;
}

function addAll(positions: Positions, place: number, options: string): void {
  for (const option of options) addOption(positions, place, option === "-" ? NOTHING : option === "?" ? ANY_LETTER : letterOf(option));
}

/** Which script most letters of a text have; null where it has none, or more of a third one. */
export function scriptOf(text: string): Script | null {
  let cyrillic = 0;
  let latin = 0;
  let other = 0;
  for (const character of text) {
    const flags = cellFlags(cellOf(character.codePointAt(0)!));
    if ((flags & FLAG.cyrillic) !== 0) cyrillic++;
    else if ((flags & FLAG.latin) !== 0 || isRegional(character)) latin++;
    else if ((flags & FLAG.otherScript) !== 0) other++;
  }
  if (cyrillic + latin + other === 0 || other > cyrillic + latin) return null;
  return cyrillic >= latin ? "cyrillic" : "latin";
}

/** Whether every letter of a word looks like one of `script`; of few letters many words do. */
export function looksLike(text: string, script: Script): boolean {
  const looks = script === "cyrillic" ? LOOK_CYRILLIC : LOOK_LATIN;
  let count = 0;
  for (const character of text) {
    const letter = cellLetter(cellOf(character.codePointAt(0)!));
    if (letter === 0) continue;
    if (looks[letter] === 0) return false;
    count++;
  }
  return count >= 3;
}

function isRegional(character: string): boolean {
  const point = character.codePointAt(0)!;
  return point >= 0x1f1e6 && point <= 0x1f1ff;
}

/**
 * Fills `positions` with what `text`, one word however it is written, may stand for in `script`.
 * @returns false where it is too long or a character stands for nothing.
 */
export function spell(text: string, script: Script, positions: Positions): boolean {
  positions.count = 0;
  positions.flags = 0;
  const isOwn = script === "cyrillic" ? isCyrillicLetter : isLatinLetter;
  const looks = script === "cyrillic" ? LOOK_CYRILLIC : LOOK_LATIN;
  let last = "";
  let run = 0;
  for (const character of text) {
    const lower = character.toLowerCase();
    const point = character.codePointAt(0)!;
    const cell = cellOf(point);
    if ((cell & IGNORED_CELL) !== 0) {
      positions.flags |= FLAG.invisible;
      continue;
    }
    const letter = cell < EMOJI_CELL ? cellLetter(cell) : 0;
    const signs = SIGNS[script][lower];
    if (letter === 0 && signs === undefined && !isRegional(character)) {
      positions.flags |= FLAG.apart;
      continue; // a separator
    }
    run = lower === last ? run + 1 : 1;
    last = lower;
    if (run > 2) {
      // The second of a stretched letter may be one letter or none; those after it are none.
      if (run === 3 && positions.count > 1) {
        addOption(positions, positions.count - 1, NOTHING);
        positions.written[positions.count - 1] = "=";
        positions.flags |= FLAG.repeated;
      }
      continue;
    }
    if (positions.count === MOST_POSITIONS) return false;
    const place = positions.count++;
    positions.counts[place] = 0;
    const look = script === "latin" && !isLatinLetter(letter) ? LOOK_LATIN[letter]! : 0;
    positions.written[place] = isLatinLetter(letter) || look !== 0 ? characterOf(look || letter) : lower;
    if (isRegional(character)) {
      if (script === "cyrillic") return false;
      addOption(positions, place, letterOf(String.fromCharCode(0x61 + point - 0x1f1e6)));
      positions.written[place] = String.fromCharCode(0x61 + point - 0x1f1e6);
      positions.flags |= FLAG.styled;
    } else if (letter !== 0 && isOwn(letter)) {
      addOption(positions, place, letter);
      positions.flags |= cellFlags(cell) & FLAG.styled;
    } else if (signs !== undefined) {
      addAll(positions, place, signs);
      positions.flags |= signs.includes("?") ? FLAG.wildcard : signs.startsWith("-") ? 0 : FLAG.leet;
    } else if (!isDigitLetter(letter)) {
      addOption(positions, place, looks[letter]!);
      addAll(positions, place, MORE_LOOKS[script][character] ?? "");
      positions.flags |= FLAG.mixedScript;
    }
    if (positions.counts[place] === 0) return false;
  }
  return positions.count > 0;
}
