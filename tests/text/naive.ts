/**
 * The tokenizer again, slow and obvious: regular expressions over strings, one rule after the other. Holds for texts of
 * Kazakh, Russian and English letters, digits, punctuation, emoji, format characters and the combining breve.
 */
import type { FlagName } from "./tokens.ts";

export interface NaiveToken {
  /** Byte offsets. */
  start: number;
  end: number;
  /** Folded letters; "" for links, mentions and emoji. */
  folded: string;
  flags: Set<FlagName>;
}

/** What a Russian keyboard gives for the letters it lacks, and ё. */
const FOLD: Readonly<Record<string, string>> = {
  ә: "а",
  ғ: "г",
  қ: "к",
  ң: "н",
  ө: "о",
  ұ: "у",
  ү: "у",
  һ: "х",
  і: "и",
  ё: "е",
  ə: "а",
  ǝ: "а",
};
/** Pairs of a Latin letter and the Cyrillic one that a Cyrillic word means by it, and the other way round. */
const TO_CYRILLIC = pairs("aа bв cс eе hх iи kк mм nп oо pр rг tт uи xх yу jй lл dд gд wш");
const TO_LATIN = pairs("аa вb сc еe нh иi кk мm оo пn рp гr тt хx уy йj шw зz");

const LETTER = "[a-zA-Z0-9а-яА-ЯёЁәӘғҒқҚңҢөӨұҰүҮһҺіІəƏǝƎ]";
const EMOJI = "[\\p{Extended_Pictographic}\\p{Regional_Indicator}]";
const IGNORED = "[\\p{Mn}\\p{Cf}\\p{Emoji_Modifier}]";
const APOSTROPHE = "['`‘’ʻʼ](?=[\\p{L}\\p{N}\u0306])";

const LINK = /(?:https?:\/\/|www\.(?=[0-9A-Za-z]|[^\0-\x7f])|t\.me\/)[^\0- "<>»“”›]*/iuy;
const MENTION = /@[A-Za-z0-9_]+/uy;
const WORD = new RegExp(`${LETTER}(?:${LETTER}|${IGNORED}|${APOSTROPHE})*`, "uy");
const PICTURE = new RegExp(EMOJI, "uy");
const ANYTHING = /./suy;
const SKIPPED = new RegExp(IGNORED, "u");

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(" ").map((pair) => [pair[0]!, pair[1]!]));
}

export function naiveTokens(text: string): NaiveToken[] {
  const tokens: NaiveToken[] = [];
  let before = "";
  for (let at = 0; at < text.length; ) {
    const start = at;
    const take = (pattern: RegExp): string | null => {
      pattern.lastIndex = start;
      return pattern.exec(text)?.[0] ?? null;
    };
    const add = (piece: string, folded: string, flags: Iterable<FlagName>): string => {
      const first = Buffer.byteLength(text.slice(0, start));
      tokens.push({
        start: first,
        end: first + Buffer.byteLength(piece),
        folded,
        flags: new Set(flags),
      });
      return piece;
    };
    const link = take(LINK);
    const mention = take(MENTION);
    const word = take(WORD);
    const picture = take(PICTURE);
    const piece =
      link !== null ? add(link, "", ["link"])
      : mention !== null ? add(mention, "", ["mention"])
      : word !== null ? addWord(word, before === "#", add)
      : picture !== null && !/\p{Emoji_Modifier}/u.test(picture) ? add(picture, "", /\p{Regional_Indicator}/u.test(picture) ? ["emoji", "figured"] : ["emoji"])
      : take(ANYTHING)!; // biome-ignore format: reads as the table it is
    at += piece.length;
    before = piece;
  }
  return tokens;
}

function addWord(word: string, tagged: boolean, add: (piece: string, folded: string, flags: Iterable<FlagName>) => string): string {
  const { folded, flags } = naiveFold(word);
  if (tagged) flags.add("hashtag");
  return add(word, folded, flags);
}

/** Folds one word and says what was seen in it. */
export function naiveFold(word: string): {
  folded: string;
  flags: Set<FlagName>;
} {
  const flags = new Set<FlagName>();
  const letters: string[] = [];
  for (const character of word) {
    if (character === "\u0306" && letters.at(-1) === "и") letters[letters.length - 1] = "й";
    if (character === "\u0306" || /['`’]/u.test(character)) continue;
    if (SKIPPED.test(character)) {
      flags.add("invisible");
      continue;
    }
    const lower = character.toLowerCase();
    if (/[a-z]/u.test(lower)) flags.add("latin");
    if (/[а-яёәғқңөұүһіəǝ]/u.test(lower)) flags.add("cyrillic");
    if (/[әғқңөұүһіəǝ]/u.test(lower)) flags.add("kazakh");
    if (/[ёцщъэ]/u.test(lower)) flags.add("russian");
    if (/[0-9]/u.test(lower)) flags.add("digit");
    else flags.add(lower === character ? "lower" : "upper");
    letters.push(FOLD[lower] ?? lower);
  }
  const read = flags.has("latin") && flags.has("cyrillic") ? readInOneScript(letters, flags) : letters.join("");
  if (flags.has("digit") && (flags.has("latin") || flags.has("cyrillic"))) flags.add("figured");
  if (flags.has("latin") && flags.has("cyrillic")) flags.add("figured");
  const folded = read.replace(/([^0-9])\1{2,}/gu, "$1");
  if (folded !== read) flags.add("repeated");
  return { folded, flags };
}

/** Toward the script of more letters that the other lacks, then of more letters, where all others look like it; a Latin beginning with a Cyrillic end stays. */
function readInOneScript(letters: readonly string[], flags: Set<FlagName>): string {
  const word = letters.join("");
  const latin = letters.filter((letter) => /[a-z]/u.test(letter)).length;
  const cyrillic = letters.filter((letter) => /[а-я]/u.test(letter)).length;
  if (latin > 1 && /^[a-z]+[а-я]+$/u.test(word)) return word;
  const latinOwn = letters.filter((letter) => /[dfgjlnqrsuvwz]/u.test(letter)).length;
  const cyrillicOwn = letters.filter((letter) => /[бгджзйлпфцчшщъыьэюя]/u.test(letter)).length;
  const toLatin = latinOwn === cyrillicOwn ? latin > cyrillic : latinOwn > cyrillicOwn;
  const looks = toLatin ? TO_LATIN : TO_CYRILLIC;
  const foreign = letters.filter((letter) => (toLatin ? /[а-я]/u : /[a-z]/u).test(letter));
  if (foreign.some((letter) => !looks.has(letter))) return word;
  if (toLatin || /[a-gj-z]/u.test(word)) flags.add("mixedScript");
  else if (word.includes("h")) flags.add("figured");
  flags.delete(toLatin ? "cyrillic" : "latin");
  return letters.map((letter) => looks.get(letter) ?? letter).join("");
}
