/** How people type: without capitals and full stops, Kazakh on a Russian keyboard, with a slip, with stretched letters. */
import type { WrittenLanguage } from "./forms.ts";
import type { Random } from "./random.ts";

/** Shares of messages; measured in Kazakh comments, of which a fifth has no Kazakh letter. */
const PLAIN_LETTERS = 0.22;
const CARELESS = 0.35;
const SLIP = 0.12;
const STRETCHED = 0.03;
const SHOUTED = 0.02;

const TYPED: Readonly<Record<string, string>> = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и" };
const KEYS = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const SHORTEST = 5;

/** What kinds of slips and habits a text was given; empty: none. */
export interface Typed {
  readonly text: string;
  readonly habits: readonly string[];
}

export function typeAsPeopleDo(text: string, language: WrittenLanguage, random: Random): Typed {
  const habits: string[] = [];
  let typed = text;
  const apply = (habit: string, change: (text: string) => string): void => {
    const changed = change(typed);
    if (changed !== typed) habits.push(habit);
    typed = changed;
  };
  if (random.chance(SLIP)) apply("slip", (now) => slip(now, random));
  if (language === "kk" && random.chance(PLAIN_LETTERS)) apply("plain", (now) => plainLetters(now, random.chance(0.25)));
  if (random.chance(CARELESS)) apply("careless", careless);
  else if (random.chance(SHOUTED)) apply("shouted", (now) => now.toUpperCase());
  if (random.chance(STRETCHED)) apply("stretched", (now) => stretch(now, random));
  return { text: typed, habits };
}

/** As a keyboard without the nine letters gives it; `other`: і typed ы. */
function plainLetters(text: string, other: boolean): string {
  return text.replace(/[әғқңөұүһі]/gi, (letter) => {
    const small = letter.toLowerCase();
    const typed = other && small === "і" ? "ы" : TYPED[small]!;
    return small === letter ? typed : typed.toUpperCase();
  });
}

/** No capitals, no full stop at the end, commas and dashes left out; quotation marks stay: they say whose words they are. */
function careless(text: string): string {
  return text
    .toLowerCase()
    .replace(/[.!]+$/, "")
    .replaceAll(",", "")
    .replaceAll(" — ", " ")
    .replaceAll(" - ", " ");
}

/** One letter of one longer word left out, doubled, exchanged with the next, or the key beside; never the first. */
function slip(text: string, random: Random): string {
  const words = [...text.matchAll(/\p{L}+/gu)].filter(([one]) => one.length >= SHORTEST);
  if (words.length === 0) return text;
  const word = random.pick(words);
  const at = word.index + 1 + Math.floor(random.next() * (word[0].length - 2));
  const letter = text[at]!;
  const row = KEYS.find((keys) => keys.includes(letter));
  const beside = row === undefined ? letter : (row[row.indexOf(letter) + (random.chance(0.5) ? 1 : -1)] ?? letter);
  const instead = random.pick(["", letter + letter, beside, text[at + 1]! + letter]);
  return text.slice(0, at) + instead + text.slice(at + (instead.length === 2 && instead[0] !== letter ? 2 : 1));
}

/** A vowel of the last long word held down. */
function stretch(text: string, random: Random): string {
  const words = [...text.matchAll(/\p{L}+/gu)].filter(([one]) => one.length >= SHORTEST);
  if (words.length === 0) return text;
  const word = random.pick(words);
  const vowels = [...word[0].matchAll(/[аәоөуұүыіеэяюиaeiou]/gi)];
  if (vowels.length === 0) return text;
  const at = word.index + vowels.at(-1)!.index;
  return text.slice(0, at) + text[at]!.repeat(3 + Math.floor(random.next() * 3)) + text.slice(at + 1);
}
