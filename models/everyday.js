/** Words of harmless messages and how often they come: what ordinary.js and counts.js make their lists of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isCyrillicLetter, isLatinLetter, lettersToString } from "../dist/text/letters.js";
import { Tokenizer } from "../dist/text/tokenize.js";

const SETS = {
  kk: ["kk-kaznerd_news", "kk-kazsandra_reviews", "kk-kazqad_questions", "kk-ud_kazakh_ktb"],
  ru: ["ru-rusentiment_benign", "ru-okmlcup_10pct", "ru-abusive_saitov"],
  en: ["en-sms_ham_benign", "en-convabuse", "en-paradetox_en"],
};
const LONGEST = 16;

/** @returns by language: folded word -> how often it comes in train rows that carry no label. */
export function countWords(folder, shortest) {
  const tokenizer = new Tokenizer();
  return Object.entries(SETS).map(([language, sets]) => {
    const isOwn = language === "en" ? isLatinLetter : isCyrillicLetter;
    const counts = new Map();
    for (const set of sets) {
      for (const line of gunzipSync(readFileSync(join(folder, `${set}.jsonl.gz`))).toString("utf8").split("\n")) {
        if (line === "") continue;
        const { text, label, split } = JSON.parse(line);
        if (split !== "train" || label === 1) continue;
        const { count, letter, letters } = tokenizer.tokenize(new TextEncoder().encode(text));
        for (let token = 0; token < count; token++) {
          const word = letters.slice(letter[token], letter[token + 1]);
          if (word.length < shortest || word.length > LONGEST || !word.every(isOwn)) continue;
          const text = lettersToString(word, 0, word.length);
          counts.set(text, (counts.get(text) ?? 0) + 1);
        }
      }
    }
    return [language, counts];
  });
}

/** Most frequent first; of the same frequency by their letters. */
export function byFrequency(counts) {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
