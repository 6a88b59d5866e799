/**
 * English and Russian stems by the Porter stemmers of the package natural, taken by deep path: its index loads database
 * clients, reads .env and prints. Loaded at the first word that needs them. Kazakh has no Porter stemmer: kazakh-stem.ts is ours.
 */
import { createRequire } from "node:module";
import { isCyrillicLetter, isLatinLetter } from "./letters.ts";

interface Stemmer {
  stem(word: string): string;
}

const require = createRequire(import.meta.url);
let english: Stemmer | undefined;
let russian: Stemmer | undefined;

/** Porter stem of a folded word by the script of its first letter; the word itself in any other script. */
export function porterStem(word: string, firstLetter: number): string {
  if (isCyrillicLetter(firstLetter)) {
    russian ??= require("natural/lib/natural/stemmers/porter_stemmer_ru.js") as Stemmer;
    return russian.stem(word);
  }
  if (isLatinLetter(firstLetter)) {
    english ??= require("natural/lib/natural/stemmers/porter_stemmer.js") as Stemmer;
    return english.stem(word);
  }
  return word;
}
