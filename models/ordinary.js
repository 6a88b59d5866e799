/**
 * Writes lexicons/ordinary/{kk,ru,en}.txt: the commonest words of harmless messages that no lexicon lists, folded as the
 * tokenizer folds, most frequent first. A reading of a disguised word stands back where it may be one of these.
 *
 *     npm run build && node models/ordinary.js ../shared/data
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { isListed } from "../dist/lexicon/match.js";
import { openJudge } from "../dist/pipeline/classifier.js";
import { Tokenizer } from "../dist/text/tokenize.js";
import { byFrequency, countWords } from "./everyday.js";

const MOST_WORDS = 8000;
const FEWEST_TIMES = 3;
const SHORTEST = 3;

const folder = process.argv[2];
if (folder === undefined) throw new Error("name the folder of the corpora: node models/ordinary.js DATA");
const { lexicon } = await openJudge({ model: null });
const tokenizer = new Tokenizer();
const out = new URL("../lexicons/ordinary/", import.meta.url);
mkdirSync(out, { recursive: true });

for (const [language, counts] of countWords(folder, SHORTEST)) {
  const words = byFrequency(counts)
    .filter(([word, times]) => times >= FEWEST_TIMES && !isKnown(word))
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
  writeFileSync(new URL(`${language}.txt`, out), `${words.join("\n")}\n`);
  console.log(`${language}: ${words.length} of ${counts.size} words`);
}

function isKnown(word) {
  const { letters, count } = tokenizer.tokenize(new TextEncoder().encode(word));
  return count !== 1 || isListed(lexicon, letters, [...word].length);
}
