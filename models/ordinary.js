/**
 * Writes lexicons/ordinary/{kk,ru,en}.txt: the commonest words of harmless messages that no lexicon lists, folded as the
 * tokenizer folds, most frequent first. A reading of a disguised word stands back where it may be one of these.
 *
 *     npm run build && node models/ordinary.js ../shared/data
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isListed } from "../dist/lexicon/match.js";
import { openJudge } from "../dist/pipeline/classifier.js";
import { isCyrillicLetter, isLatinLetter, lettersToString } from "../dist/text/letters.js";
import { Tokenizer } from "../dist/text/tokenize.js";

const SETS = {
  kk: ["kk-kaznerd_news", "kk-kazsandra_reviews", "kk-kazqad_questions", "kk-ud_kazakh_ktb"],
  ru: ["ru-rusentiment_benign", "ru-okmlcup_10pct", "ru-abusive_saitov"],
  en: ["en-sms_ham_benign", "en-convabuse", "en-paradetox_en"],
};
const MOST_WORDS = 8000;
const FEWEST_TIMES = 3;
const SHORTEST = 3;
const LONGEST = 16;

const folder = process.argv[2];
if (folder === undefined) throw new Error("name the folder of the corpora: node models/ordinary.js DATA");
const { lexicon } = await openJudge({ model: null });
const tokenizer = new Tokenizer();
const out = new URL("../lexicons/ordinary/", import.meta.url);
mkdirSync(out, { recursive: true });

for (const [language, sets] of Object.entries(SETS)) {
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
        if (word.length < SHORTEST || word.length > LONGEST || !word.every(isOwn)) continue;
        const text = lettersToString(word, 0, word.length);
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
  }
  const words = [...counts]
    .filter(([word, times]) => times >= FEWEST_TIMES && !isKnown(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
  writeFileSync(new URL(`${language}.txt`, out), `${words.join("\n")}\n`);
  console.log(`${language}: ${words.length} of ${counts.size} words`);
}

function isKnown(word) {
  const { letters, count } = tokenizer.tokenize(new TextEncoder().encode(word));
  return count !== 1 || isListed(lexicon, letters, [...word].length);
}
