/**
 * Writes lexicons/ordinary/counts.tsv: the commonest words of harmless messages, those that lexicons list among them, and how
 * often they came. `qalqan lexicon check` and `show` say by it what an entry collides with.
 *
 *     npm run build && node models/counts.js ../shared/data
 */
import { writeFileSync } from "node:fs";
import { byFrequency, countWords } from "./everyday.js";

/** Words a language, and how often they must come: as many as a small file holds. */
const MOST_WORDS = 8000;
const FEWEST_TIMES = 4;
const SHORTEST = 2;

const folder = process.argv[2];
if (folder === undefined) throw new Error("name the folder of the corpora: node models/counts.js DATA");
const rows = countWords(folder, SHORTEST).flatMap(([language, counts]) => {
  const words = byFrequency(counts)
    .filter(([, times]) => times >= FEWEST_TIMES)
    .slice(0, MOST_WORDS);
  console.log(`${language}: ${words.length} of ${counts.size} words, from ${words[0][1]} times to ${words.at(-1)[1]}`);
  return words.map(([word, times]) => `${word}\t${times}\t${language}`);
});
writeFileSync(new URL("../lexicons/ordinary/counts.tsv", import.meta.url), `${rows.join("\n")}\n`);
