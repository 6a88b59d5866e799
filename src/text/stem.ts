/**
 * English and Russian stems by the Porter stemmers of the package natural, taken by deep path: its index loads database
 * clients, reads .env and prints. Kazakh words are left alone; the lexicon's paradigms inflect them.
 */
import { createRequire } from "node:module";
import { isCyrillicLetter, isLatinLetter } from "./letters.ts";

interface Stemmer {
  stem(word: string): string;
}

const require = createRequire(import.meta.url);
const english: Stemmer = require("natural/lib/natural/stemmers/porter_stemmer.js");
const russian: Stemmer = require("natural/lib/natural/stemmers/porter_stemmer_ru.js");

/** Porter stem of a folded word by the script of its first letter; the word itself in any other script. */
export function porterStem(word: string, firstLetter: number): string {
  if (isCyrillicLetter(firstLetter)) return russian.stem(word);
  if (isLatinLetter(firstLetter)) return english.stem(word);
  return word;
}
