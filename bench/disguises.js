/**
 * Disguises a message the way people slip past filters. The reader that sees through them was written without a look at
 * this file, and this file without a look at the reader: so one is a blind test of the other.
 *
 * Every word of three letters or more is disguised (some kinds need longer ones), so that the words that matter surely are;
 * shorter words, numbers, links and names with @ stay. A disguise that finds nothing to change returns the text as it was.
 */
import {
  CHAT_LATIN,
  CIRCLED,
  ELSEWHERE,
  FRONT_LETTER,
  FRONT_VOWEL,
  FULL_WIDTH,
  GREEK_LOOK_ALIKES,
  LATIN_2017,
  LATIN_2018,
  LATIN_2021,
  LEET,
  LOOK_ALIKES,
  LOOSE_LOOK_ALIKES,
  MATHEMATICAL,
  REGIONAL_INDICATORS,
  RUSSIAN_KEYBOARD,
  SQUARED,
  TOTE_JAZU,
} from "./disguise-letters.js";

const ALL = ["kk", "ru", "en"];
const CYRILLIC = ["kk", "ru"];
const MIN_LETTERS = 3;

/**
 * In the order in which two of them are applied: alphabets, letters, what is not seen, what stands between letters.
 *
 *   scripts   languages it applies to
 *   family    two of one family are never applied together
 *   hard      reported, but not counted: even people stumble
 *   onLatin   changes Latin letters only; Kazakh and Russian must be in chat Latin first, which makes it two at once
 *   apply     (text, random, language) => text; `language` is that of the message
 */
export const DISGUISES = [
  { name: "russian-keyboard", scripts: ["kk"], family: "keyboard", apply: (text) => transliterate(text, RUSSIAN_KEYBOARD) },
  ...[0, 1, 2].map((style) => ({
    name: `latin-chat-${style + 1}`,
    scripts: CYRILLIC,
    family: "alphabet",
    apply: (text, _random, language) => transliterate(text, CHAT_LATIN[language][style]),
  })),
  { name: "latin-2017", scripts: ["kk"], family: "alphabet", apply: writeLatin2017 },
  { name: "latin-2018", scripts: ["kk"], family: "alphabet", apply: (text) => transliterate(text, LATIN_2018) },
  { name: "latin-2021", scripts: ["kk"], family: "alphabet", apply: writeLatin2021 },
  { name: "arabic", scripts: ["kk"], family: "alphabet", apply: writeArabic },

  { name: "case-play", scripts: ALL, family: "case", apply: perWord(playWithCase) },
  { name: "leet-one", scripts: ALL, family: "leet", apply: perWord(leetOne) },
  { name: "leet-all", scripts: ALL, family: "leet", apply: perWord(leetAll) },
  { name: "look-alike-one", scripts: ALL, family: "look-alike", apply: perWord(replaceSome(LOOK_ALIKES, 1)) },
  { name: "look-alike-all", scripts: ALL, family: "look-alike", apply: perWord(replaceAll(LOOK_ALIKES)) },
  { name: "look-alike-greek", scripts: ALL, family: "look-alike", apply: perWord(replaceSome(GREEK_LOOK_ALIKES, 2)) },
  { name: "look-alike-loose", scripts: CYRILLIC, family: "look-alike", hard: true, apply: perWord(replaceAll(LOOSE_LOOK_ALIKES)) },
  { name: "asterisk", scripts: ALL, family: "asterisk", apply: perWord(starOne, 4) },
  { name: "repeated", scripts: ALL, family: "repeated", apply: perWord(stretch) },
  { name: "full-width", scripts: ["en"], family: "style", onLatin: true, apply: style(FULL_WIDTH) },
  { name: "mathematical", scripts: ["en"], family: "style", onLatin: true, apply: style(MATHEMATICAL) },
  { name: "circled", scripts: ["en"], family: "style", onLatin: true, apply: style(CIRCLED) },
  { name: "squared", scripts: ["en"], family: "style", onLatin: true, apply: style(SQUARED) },
  { name: "regional-indicator", scripts: ["en"], family: "style", onLatin: true, apply: writeRegionalIndicators },

  { name: "combining", scripts: ALL, family: "combining", apply: combine },
  { name: "zero-width", scripts: ALL, family: "zero-width", apply: perWord(between(["\u200b", "\u200d", "\u2060"])) },
  { name: "soft-hyphen", scripts: ALL, family: "soft-hyphen", apply: perWord(between(["\u00ad"])) },

  { name: "apart-spaces", scripts: ALL, family: "apart", apply: spaceOut },
  { name: "apart-single-spaces", scripts: ALL, family: "apart", hard: true, apply: spaceOutShort },
  { name: "apart-dots", scripts: ALL, family: "apart", apply: perWord(between(["."])) },
  { name: "apart-dashes", scripts: ALL, family: "apart", apply: perWord(between(["-"])) },
  { name: "apart-underscores", scripts: ALL, family: "apart", apply: perWord(between(["_"])) },
  { name: "split-once-dot", scripts: ALL, family: "apart", apply: perWord(splitOnce("."), 5) },
  { name: "split-once-dash", scripts: ALL, family: "apart", apply: perWord(splitOnce("-"), 5) },
  { name: "split-once-space", scripts: ALL, family: "apart", hard: true, apply: perWord(splitOnce(" "), 5) },
  { name: "line-end", scripts: ALL, family: "apart", apply: breakLine },
];

/** A linear congruential generator of numbers in 0..1, seeded by a string (FNV-1a), so that each message has its own. */
export function createRandom(name) {
  let state = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) state = Math.imul(state ^ name.charCodeAt(at), 0x01000193);
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let k = 0; k < 4; k++) next();
  return next;
}

/** Also one that another disguise has been at: with marks, signs for letters, styled letters. */
const STYLED = "\\u24b6-\\u24e9\\u{1f130}-\\u{1f149}\\u{1f150}-\\u{1f169}\\u{1f170}-\\u{1f189}\\u{1f1e6}-\\u{1f1ff}";
const UNSEEN = "\\u00ad\\u200b-\\u200d\\u2060";
const PIECE = new RegExp(
  `(?:https?://|www\\.|t\\.me/)\\S+|(?<![\\p{L}\\p{N}])@[A-Za-z0-9_]{3,}|[\\p{L}\\p{N}@$*${STYLED}][\\p{L}\\p{N}\\p{M}@$*'’ʼ${UNSEEN}${STYLED}]*`,
  "gu",
);
/** Also a number with its unit. */
const LEFT_ALONE = /^(?:https?:|www\.|t\.me\/|@[A-Za-z0-9_]{3,}$|\d{2,}\p{L}{0,3}$)/u;
/** A letter with what hangs on it. */
const CELL = new RegExp(`[^\\p{M}'’ʼ${UNSEEN}][\\p{M}'’ʼ${UNSEEN}]*`, "gu");
const LETTER = new RegExp(`^[\\p{L}${STYLED}]`, "u");

/** Makes a disguise of messages from one of words: it is given the cells of each word and returns its text. */
function perWord(disguise, minLetters = MIN_LETTERS) {
  return (text, random) =>
    text.replaceAll(PIECE, (piece) => {
      const cells = cellsOf(piece);
      return cells.length < minLetters ? piece : disguise(cells, random);
    });
}

/** None where the piece is no word. */
function cellsOf(piece) {
  if (LEFT_ALONE.test(piece)) return [];
  const cells = piece.match(CELL) ?? [];
  return cells.some((cell) => LETTER.test(cell)) && cells.join("") === piece ? cells : [];
}

const below = (random, count) => Math.floor(random() * count);
const pick = (random, items) => items[below(random, items.length)];
const baseOf = (cell) => String.fromCodePoint(cell.codePointAt(0));
const withBase = (cell, base) => base + cell.slice(baseOf(cell).length);
const placesWhere = (cells, test) => cells.flatMap((cell, place) => (test(cell, place) ? [place] : []));

/** Takes up to `count` of `items` out, in random order. */
function draw(random, items, count) {
  const left = [...items];
  const drawn = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(below(random, left.length), 1));
  return drawn;
}

function replaceAt(cells, places, write) {
  return cells.map((cell, place) => (places.includes(place) ? write(cell) : cell)).join("");
}

/** Places of letters of the script that most of the word's letters have, and whether a table replaces them. */
function ownPlaces(cells) {
  const cyrillic = placesWhere(cells, (cell) => /^\p{Script=Cyrillic}/u.test(cell));
  const latin = placesWhere(cells, (cell) => /^\p{Script=Latin}/u.test(cell));
  return cyrillic.length >= latin.length ? cyrillic : latin;
}

function replaceSome(table, most) {
  return (cells, random) => {
    const places = ownPlaces(cells).filter((place) => table.has(baseOf(cells[place])));
    const chosen = draw(random, places, 1 + below(random, most));
    return replaceAt(cells, chosen, (cell) => withBase(cell, table.get(baseOf(cell))));
  };
}

/** At least one letter of the word's own script stays. */
function replaceAll(table) {
  return (cells, random) => {
    const own = ownPlaces(cells);
    const places = own.filter((place) => table.has(baseOf(cells[place])));
    const chosen = draw(random, places, Math.min(places.length, own.length - 1));
    return replaceAt(cells, chosen, (cell) => withBase(cell, table.get(baseOf(cell))));
  };
}

const leetOf = (cell) => LEET.get(baseOf(cell).toLowerCase());
const writeLeet = (random) => (cell) => withBase(cell, pick(random, leetOf(cell)));

function leetOne(cells, random) {
  const places = placesWhere(cells, (cell, place) => place > 0 && leetOf(cell) !== undefined);
  return replaceAt(cells, draw(random, places, 1), writeLeet(random));
}

/** Leaves at least one letter, and writes no @ before a Latin word, which would be a name. */
function leetAll(cells, random) {
  const letters = placesWhere(cells, (cell) => LETTER.test(cell));
  const places = letters.filter((place) => leetOf(cells[place]) !== undefined);
  const chosen = draw(random, places, Math.min(places.length, letters.length - 1));
  return replaceAt(cells, chosen, writeLeet(random)).replace(/^@(?=[\w@$]+$)/, "4");
}

function stretch(cells, random) {
  const letters = placesWhere(cells, (cell) => LETTER.test(cell));
  const chosen = draw(random, letters, 1 + below(random, 2));
  return replaceAt(cells, chosen, (cell) => withBase(cell, baseOf(cell).repeat(3 + below(random, 4))));
}

function starOne(cells, random) {
  const inner = placesWhere(cells, (cell, place) => place > 0 && place < cells.length - 1 && LETTER.test(cell));
  return replaceAt(cells, draw(random, inner, 1), (cell) => withBase(cell, "*"));
}

function playWithCase(cells, random) {
  const played = cells.map((cell) => (random() < 0.5 ? cell.toUpperCase() : cell.toLowerCase())).join("");
  if (played !== cells.join("")) return played;
  const last = cells.at(-1);
  return cells.slice(0, -1).join("") + (last === last.toUpperCase() ? last.toLowerCase() : last.toUpperCase());
}

function between(signs) {
  return (cells, random) => cells.reduce((text, cell) => text + pick(random, signs) + cell);
}

function splitOnce(sign) {
  return (cells, random) => {
    const place = 1 + below(random, cells.length - 1);
    return cells.slice(0, place).join("") + sign + cells.slice(place).join("");
  };
}

/** Strokes, accents and ties, one kind a message; no breve and no diaeresis, which would make й and ё. */
const MARKS = ["\u0336", "\u0301", "\u035c", "\u0332", "\u0338"];

function combine(text, random) {
  const mark = pick(random, MARKS);
  return perWord((cells) => cells.map((cell) => (LETTER.test(cell) ? withBase(cell, baseOf(cell) + mark) : cell)).join(""))(text, random);
}

/** Letters apart by one space, words by three. */
function spaceOut(text, random) {
  const spaced = perWord(between([" "]));
  return text
    .split(/\s+/)
    .map((chunk) => spaced(chunk, random))
    .join("   ");
}

const SHORT_MESSAGE_WORDS = 6;

function spaceOutShort(text, random) {
  return text.trim().split(/\s+/).length > SHORT_MESSAGE_WORDS ? text : perWord(between([" "]))(text, random);
}

const MIN_BROKEN_LETTERS = 4;

/** The longest word, or one of them, ends a line with or without a hyphen. Two letters or more stay on each. */
function breakLine(text, random) {
  const words = [...text.matchAll(PIECE)].map((match) => ({ at: match.index, cells: cellsOf(match[0]) }));
  const most = Math.max(0, ...words.map(({ cells }) => cells.length));
  if (most < MIN_BROKEN_LETTERS) return text;
  const { at, cells } = pick(
    random,
    words.filter((word) => word.cells.length === most),
  );
  const head = cells.slice(0, 2 + below(random, most - 3)).join("");
  return text.slice(0, at) + head + (random() < 0.5 ? "-\n" : "\n") + text.slice(at + head.length);
}

/** One style a message. Styles of capitals only write them for small letters too. */
function style(styles) {
  return (text, random) => {
    const { capital, small = capital } = pick(random, styles);
    const write = (cell) => {
      const letter = baseOf(cell);
      if (!/[A-Za-z]/.test(letter)) return cell;
      const place = letter < "a" ? capital + letter.charCodeAt(0) - 65 : small + letter.charCodeAt(0) - 97;
      return withBase(cell, ELSEWHERE.get(place) ?? String.fromCodePoint(place));
    };
    return perWord((cells) => cells.map(write).join(""))(text, random);
  };
}

/** Two side by side may show as a flag, so those who know put an invisible space between. */
function writeRegionalIndicators(text, random) {
  const written = style(REGIONAL_INDICATORS)(text, random);
  return random() < 0.5 ? written : written.replaceAll(/(?<=\p{RI})(?=\p{RI})/gu, "\u200b");
}

const WHOLE_WORD = /\p{L}+/gu;
/** Every word, short ones too. A capital gives a capital, and in a word of capitals all letters are such. */
function transliterate(text, table, toUpper = (letters) => letters.toUpperCase()) {
  return text.replaceAll(WHOLE_WORD, (word) => {
    const shouts = word.length > 1 && word === word.toUpperCase();
    const write = (letter) => {
      const written = table.get(letter.toLowerCase());
      if (written === undefined) return letter;
      if (letter === letter.toLowerCase()) return written;
      return shouts ? toUpper(written) : toUpper(written.slice(0, 1)) + written.slice(1);
    };
    return [...word].map(write).join("");
  });
}

function writeLatin2017(text, random) {
  const apostrophe = pick(random, ["'", "’", "ʼ"]);
  return transliterate(text, LATIN_2017).replaceAll(/(?<=\p{Script=Latin})'/gu, apostrophe);
}

/** Dotted and dotless i are letters of their own. */
function writeLatin2021(text) {
  return transliterate(text, LATIN_2021, (letters) => letters.toLocaleUpperCase("tr"));
}

/** The hamza at its beginning makes a whole word soft; it is left out where a letter already shows that. */
function writeArabic(text, random) {
  const hamza = pick(random, ["\u0674", "\u0621"]);
  const write = (letter) => TOTE_JAZU.get(letter) ?? letter;
  return text
    .toLowerCase()
    .replaceAll(/[\p{L}]+/gu, (word) => {
      const soft = FRONT_VOWEL.test(word) && !FRONT_LETTER.test(word);
      return (soft ? hamza : "") + [...word].map(write).join("");
    })
    .replaceAll(/[,?;]/g, write);
}
