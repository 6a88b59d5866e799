/**
 * What stems cost: tokenizing and language tags of a corpus without stems, then with the stem of every word, for caches of several
 * sizes, each begun empty; then the stemmers without a cache, on distinct words. Prints medians.
 *
 *     node bench/corpus.js 16 /tmp/corpus.txt && node bench/stems.js /tmp/corpus.txt
 */
import { readFileSync } from "node:fs";
import { cannotRun, corpusPath } from "./measure.js";

const BATCH_BYTES = 1 << 19;
const NEWLINE = 10;
const RUNS = 5;
const SIZES = [10, 12, 14, 16];

const modules = ["core/label.js", "core/token.js", "text/language.js", "text/stem-cache.js", "text/tokenize.js"];
const [{ LANGUAGES }, { FLAG }, { tagLanguage }, { createStemCache, stemKey }, { Tokenizer }] = await Promise.all(
  modules.map((name) => import(`../dist/${name}`)),
).catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));

const bytes = readFileSync(corpusPath());
const lines = [];
for (let start = 0; start < bytes.length; ) {
  const newline = bytes.indexOf(NEWLINE, start);
  const stop = newline < 0 ? bytes.length : newline;
  if (stop - start <= BATCH_BYTES) lines.push([start, stop]);
  start = stop + 1;
}
const tokenizer = new Tokenizer();
const { tokens } = tokenizer;

/** Reads every line; `visit` gets the tokens and the language of each. @returns seconds */
function read(visit) {
  const startedMs = performance.now();
  for (const [start, stop] of lines) {
    if (!tokenizer.holds(start, stop)) tokenizer.load(bytes, start, Math.min(bytes.length, start + BATCH_BYTES));
    tokenizer.read(start, stop);
    visit(tagLanguage(tokens, 0, tokens.count));
  }
  return (performance.now() - startedMs) / 1000;
}

function stemAll(cache) {
  let sum = 0;
  const seconds = read((language) => {
    for (let token = 0; token < tokens.count; token++) sum ^= stemKey(cache, tokens, token, language);
  });
  return { seconds, sum };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const megabytes = bytes.length / 1e6;
const show = (name, seconds, rest = "") =>
  console.log(`${name.padEnd(34)}${seconds.toFixed(3).padStart(8)} s${(megabytes / seconds).toFixed(1).padStart(8)} MB/s  ${rest}`);

let count = 0;
read(() => {
  count += tokens.count;
});
stemAll(createStemCache(14));
const plain = [];
const stemmed = SIZES.map(() => []);
const caches = [];
// Cases take turns, so that a machine that grows slower is slower for all.
for (let run = 0; run < RUNS; run++) {
  plain.push(read(() => {}));
  SIZES.forEach((bits, k) => {
    caches[k] = createStemCache(bits);
    stemmed[k].push(stemAll(caches[k]).seconds);
  });
}
console.log(`${megabytes.toFixed(1)} MB, ${lines.length} messages, ${count} tokens, ${RUNS} runs\n`);
const without = median(plain);
show("tokens and language", without);
SIZES.forEach((bits, k) => {
  const { hits, misses } = caches[k];
  const extra = median(stemmed[k]) - without;
  show(
    `and stems, 2^${bits} lines`,
    median(stemmed[k]),
    `hit rate ${((100 * hits) / (hits + misses)).toFixed(1)} % of ${hits + misses} words; ${((1e9 * extra) / count).toFixed(0)} ns a token`,
  );
});

/** Each stemmer by itself: with four lines the cache hardly ever has the answer. */
console.log();
const KK = LANGUAGES.indexOf("kk");
const stemmers = {
  "Kazakh acceptor": (flags, language) => (flags & FLAG.cyrillic) !== 0 && (language === KK || (flags & FLAG.kazakh) !== 0),
  "Russian Porter": (flags, language) => (flags & FLAG.cyrillic) !== 0 && language !== KK && (flags & FLAG.kazakh) === 0,
  "English Porter": (flags) => (flags & FLAG.cyrillic) === 0 && (flags & FLAG.latin) !== 0,
};
for (const [name, chosen] of Object.entries(stemmers)) {
  const cache = createStemCache(0);
  let seconds = 0;
  read((language) => {
    const startedMs = performance.now();
    for (let token = 0; token < tokens.count; token++) if (chosen(tokens.flags[token], language)) stemKey(cache, tokens, token, language);
    seconds += (performance.now() - startedMs) / 1000;
  });
  const asked = cache.misses;
  console.log(`${name.padEnd(34)}${((1e9 * seconds) / asked).toFixed(0).padStart(8)} ns a word that the cache has not (${asked} words)`);
}
