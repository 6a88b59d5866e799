/**
 * Kazakh and Russian as people write them in Latin letters, and Kazakh in Arabic ones (töte jazu), read as Cyrillic.
 * No one alphabet: the official Latin ones of 2017 to 2021 without their marks, and the habits of chats, all at once; so
 * a word has many readings, and only a lexicon can choose. What the alphabets do not tell apart is written as one letter:
 *
 *     coarse   ы й и -> и    э е -> е    щ ш -> ш    ь ъ -> nothing
 *
 * @see the transliteration tables of the Kazakh decrees of 26 Oct 2017, 19 Feb 2018 and 28 Jan 2021, ISO 9 in chat use.
 */
import { letterOf } from "./letters.ts";

const COARSE: Readonly<Record<string, string>> = { ы: "и", й: "и", э: "е", щ: "ш", ь: "", ъ: "" };
const coarseOf = Uint8Array.from({ length: 256 }, (_, letter) => letter);
for (const [from, to] of Object.entries(COARSE)) coarseOf[letterOf(from)] = to === "" ? 0 : letterOf(to);

/** Folded letters made coarse. */
export function coarsen(letters: Uint8Array): Uint8Array {
  return letters.map((letter) => coarseOf[letter]!).filter((letter) => letter !== 0);
}

/** By what is written, up to four characters: the coarse letters it may stand for, in the order in which they are tried. */
const LATIN: Readonly<Record<string, string>> = {
  shch: "ш", sch: "ш", sh: "ш", ch: "ч", zh: "ж", kh: "х", gh: "г", ts: "ц", tz: "ц", ph: "ф", ck: "к",
  ya: "я", ia: "я", ja: "я", yu: "ю", iu: "ю", ju: "ю", yo: "е", io: "е", jo: "е", ye: "е а", ie: "е а", je: "е а", ng: "н", ae: "а", oe: "о", ay: "аи",
  a: "а", b: "б", v: "в", g: "г", d: "д", e: "е а", z: "з ж", i: "и", y: "и у", j: "ж и", k: "к", q: "к", l: "л", m: "м", n: "н", o: "о", p: "п",
  r: "р", s: "с ш", t: "т", u: "у ю", f: "ф", h: "х", x: "х кс", w: "у ш в", c: "ц с ч к",
  "0": "о", "1": "и л", "3": "з е", "4": "ч а", "5": "с", "6": "ш ч б", "7": "т", "8": "в", "9": "я", "@": "а", $: "с", "!": "и", "|": "и л", "€": "е",
  "*": "а о у и е к т р л н с д б г м ж ш з п х ц ч ф в я ю", "=": "",
}; // biome-ignore format: one row a line reads as the table it is
const ARABIC: Readonly<Record<string, string>> = {
  تس: "ц", شش: "ш", يا: "я", يۋ: "ю",
  ا: "а", ب: "б", ۆ: "в", گ: "г", ع: "г", د: "д", ە: "е", ه: "е", ج: "ж", ز: "з", ي: "и", ی: "и", ك: "к", ک: "к", ق: "к", ل: "л", م: "м", ن: "н", ڭ: "н",
  و: "о", پ: "п", ر: "р", س: "с", ت: "т", ۋ: "у", ۇ: "у", ف: "ф", ح: "х", ھ: "х", چ: "ч", ش: "ш", ى: "и", ٴ: "", ء: "", "\u200c": "",
}; // biome-ignore format: as above

const WIDEST = 4;
const MOST_LETTERS = 32;

/** Whether a word may begin with these letters; asked once a reading has three. */
export type MayBegin = (letters: Uint8Array, length: number) => boolean;
/** Whether a reading is a word; true ends the search. */
export type Accept = (letters: Uint8Array, length: number) => boolean;

const letters = new Uint8Array(MOST_LETTERS);

/**
 * Tries the readings of `written`, one character a place, as coarse Cyrillic letters.
 * @param steps how many steps the search may take
 * @returns the letters that were accepted, null if none were.
 */
export function transliterate(
  written: readonly string[],
  alphabet: "latin" | "arabic",
  mayBegin: MayBegin,
  accept: Accept,
  steps: number,
): Uint8Array | null {
  const table = alphabet === "latin" ? LATIN : ARABIC;
  let left = steps;
  const step = (at: number, length: number): number => {
    if (left-- <= 0) return 0;
    if (at === written.length) return length > 0 && accept(letters, length) ? length : 0;
    if (length >= 3 && at > 0 && !mayBegin(letters, length)) return 0;
    for (let width = Math.min(WIDEST, written.length - at); width > 0; width--) {
      const options = table[width === 1 ? written[at]! : written.slice(at, at + width).join("")];
      if (options === undefined) continue;
      for (const option of options.split(" ")) {
        if (length + option.length > MOST_LETTERS) return 0;
        for (let k = 0; k < option.length; k++) letters[length + k] = letterOf(option[k]!);
        const found = step(at + width, length + option.length);
        if (found > 0) return found;
      }
    }
    return 0;
  };
  const length = step(0, 0);
  return length > 0 ? letters.slice(0, length) : null;
}
