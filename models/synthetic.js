/**
 * Writes training rows made of what the lexicons carry (src/synthetic/), JSONL, to standard output; to standard error what they are
 * made of, how often lexicons and rules alone say otherwise, and which words lean most to one class.
 *
 *     npm run build && node models/synthetic.js DATA_FOLDER > rows.jsonl
 *
 * Options: --rows N of each language (12000; a quarter for en), --seed N (1), --languages kk,ru,en, --sample N prints N rows a
 * language to be read and writes none, --heads hate writes rows and gold of these heads alone, --open takes everyday sentences of permissively licensed corpora alone, --both lets spared messages say that they carry neither label and not only not their twin's. To train on them, write
 * a file for each language: the trainer takes a file for a set of one language. DATA_FOLDER holds the harmless corpora named below as NAME.jsonl.gz; only their train rows are read.
 */
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { LABEL_NAMES } from "../dist/core/label.js";
import { loadLexicons } from "../dist/lexicon/load.js";
import { openJudge } from "../dist/pipeline/classifier.js";
import { NAME_FORMS } from "../dist/synthetic/forms.js";
import { createRandom } from "../dist/synthetic/random.js";
import { syntheticRows } from "../dist/synthetic/rows.js";

const SETS = {
  kk: ["kk-kazsandra_reviews", "kk-kaznerd_news", "kk-kazqad_questions"],
  ru: ["ru-rusentiment_benign", "ru-okmlcup_10pct"],
  en: ["en-sms_ham_benign", "en-convabuse"],
};
/** The same with licences that allow any use, for the open model. */
const OPEN_SETS = {
  kk: ["kk-kaznerd_news", "kk-kazqad_questions"],
  ru: ["ru-vk_distorted_toxicity", "ru-abusive_saitov"],
  en: ["en-sms_ham_benign", "en-convabuse"],
};
/** Of English there are real labelled sets. */
const ENGLISH_SHARE = 0.25;
const SHOWN_WORDS = 15;
/** Rows that a word must stand in before its share says something. */
const LEAST_ROWS = 50;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "12000" },
    seed: { type: "string", default: "1" },
    languages: { type: "string", default: "kk,ru,en" },
    sample: { type: "string" },
    both: { type: "boolean", default: false },
    open: { type: "boolean", default: false },
    heads: { type: "string" },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error("name the folder of the corpora: node models/synthetic.js DATA_FOLDER > rows.jsonl");
const languages = values.languages.split(",");
for (const language of languages) if (SETS[language] === undefined) throw new Error(`no such language: ${language}; there are kk, ru, en`);
const heads = values.heads?.split(",");
const [rowsAtMost, seed] = [Number(values.rows), Number(values.seed)];
if (!(rowsAtMost > 0)) throw new Error(`--rows ${values.rows}: give how many rows of each language, as 12000`);

/** Train rows that carry no label, of the registers of chat. */
async function readSentences(language) {
  const sentences = [];
  for (const set of (values.open ? OPEN_SETS : SETS)[language]) {
    const path = join(folder, `${set}.jsonl.gz`);
    if (!existsSync(path)) throw new Error(`${path} is missing: rows without everyday sentences would teach their absence`);
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
      if (line === "") continue;
      const { text, label, labels, split } = JSON.parse(line);
      if (split === "train" && label !== 1 && !labels?.includes("negative")) sentences.push({ text, language });
    }
  }
  return sentences;
}

const judge = await openJudge({ model: null });
const encoder = new TextEncoder();
function labelsOf(text) {
  const bytes = encoder.encode(text);
  judge.judge(bytes, 0, bytes.length);
  return new Set(LABEL_NAMES.filter((label, k) => judge.scores[k] >= judge.scorer.thresholds[label].review));
}

/** A message without capitals and signs, any group's name as #: what it says of whichever group. */
function saying(text, language) {
  const words = text.toLowerCase().replaceAll("ё", "е").match(/\p{L}+/gu) ?? [];
  return words.map((word) => (NAME_FORMS[language].has(word) ? "#" : word)).join(" ");
}

/** What the open suites say. The sealed ones are not read, here or anywhere. */
function readMeasured(language) {
  const sayings = new Set();
  for (const folder of ["", "calls", "practice"]) {
    for (const file of [language, "mixed"]) {
      const path = fileURLToPath(new URL(`../fixtures/functional/${join(folder, file)}.jsonl`, import.meta.url));
      if (!existsSync(path)) continue;
      for (const line of readFileSync(path, "utf8").split("\n")) if (line !== "") sayings.add(saying(JSON.parse(line).text, language));
    }
  }
  return sayings;
}

const { rules, entries } = loadLexicons();
for (const language of languages) {
  const sentences = await readSentences(language);
  const measured = readMeasured(language);
  const dropped = new Map();
  const onDrop = (why) => dropped.set(why, (dropped.get(why) ?? 0) + 1);
  const most = language === "en" ? Math.round(rowsAtMost * ENGLISH_SHARE) : rowsAtMost;
  const made = syntheticRows({
    languages: [language],
    seed,
    rowsAtMost: most,
    sentences,
    rules: rules.rules,
    entries,
    judge: labelsOf,
    sparesSayBoth: values.both,
    isMeasured: (text) => measured.has(saying(text, language)),
    onDrop,
  });
  const rows = [];
  for (const row of made) {
    if (heads !== undefined && !heads.some((head) => (row.labels[head] ?? null) !== null)) continue;
    rows.push(row);
    if (values.sample === undefined && !process.stdout.write(`${JSON.stringify(shapeOf(row))}\n`))
      await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  if (values.sample !== undefined) printSample(rows, Number(values.sample));
  report(language, rows, dropped);
}

/** As readLabelled takes it. */
function shapeOf({ id, text, lang, labels, target, origin }) {
  const gold = Object.fromEntries(Object.entries(labels).filter(([head, value]) => value !== null && (heads === undefined || heads.includes(head))));
  return { id, text, lang, gold, split: "train", source: "synthetic", target, origin };
}

function printSample(rows, count) {
  const random = createRandom(seed);
  for (let k = 0; k < count; k++) {
    const { text, labels, origin, ways, agrees } = random.pick(rows);
    const said = Object.entries(labels).map(([label, value]) => `${label[0]}${value ?? "-"}`);
    console.log(`${said.join(" ")} ${agrees ? " " : "!"} ${text}    (${origin}; ${ways.join(" ")})`);
  }
}

function report(language, rows, dropped) {
  const say = (line) => process.stderr.write(`${line}\n`);
  const share = (list, test) => `${list.filter(test).length} (${((100 * list.filter(test).length) / Math.max(1, list.length)).toFixed(1)} %)`;
  const classes = { fires: rows.filter(({ kind }) => kind === "fires"), spares: rows.filter(({ kind }) => kind === "spares") };
  say(`\n${language}: ${rows.length} rows; ${[...dropped].map(([why, n]) => `${n} left out: ${why}`).join("; ")}`);
  for (const label of ["hate", "incitement"])
    say(`  ${label}: ${rows.filter(({ labels }) => labels[label] === 1).length} / ${rows.filter(({ labels }) => labels[label] === 0).length}`);
  for (const [kind, list] of Object.entries(classes)) {
    const clean = list.filter(({ ways }) => !ways.some((way) => ["slip", "plain", "careless", "shouted", "stretched"].includes(way)));
    const origins = new Set(list.map(({ origin }) => origin)).size;
    const sources = new Set(list.map(({ example }) => example)).size;
    say(`  ${kind}: ${list.length} rows of ${sources} examples, clauses and sentences of ${origins} rules, entries and lists`);
    say(`    rules alone say otherwise: ${share(list, ({ agrees }) => !agrees)}; of rows typed well ${share(clean, ({ agrees }) => !agrees)}`);
  }
  const ways = new Map();
  for (const row of rows) for (const way of row.ways) ways.set(way, (ways.get(way) ?? 0) + 1);
  say(`  ways: ${[...ways].map(([way, n]) => `${way} ${n}`).join(", ")}`);
  const targets = leaning(rows, ({ target }) => (target === null ? [] : [target]));
  say(`  targets: ${targets.length}; share of label 1 from ${targets[0]?.share.toFixed(2)} (${targets[0]?.word}) to ${targets.at(-1)?.share.toFixed(2)} (${targets.at(-1)?.word})`);
  const words = leaning(rows, ({ text }) => text.toLowerCase().match(/\p{L}+/gu) ?? []);
  const shown = (list) => list.map(({ word, share, n }) => `${word} ${share.toFixed(2)} of ${n}`).join(", ");
  say(`  words that lean most to label 0: ${shown(words.slice(0, SHOWN_WORDS))}`);
  say(`  words that lean most to label 1: ${shown(words.slice(-SHOWN_WORDS).reverse())}`);
  const even = words.filter(({ share }) => share > 0.2 && share < 0.8).length;
  say(`  ${even} of ${words.length} words in ${LEAST_ROWS} rows and more are in both classes, at least one in five`);
}

/** Words in enough rows by their share of rows with label 1, lowest first; of equal share the commoner first at the low end. */
function leaning(rows, wordsOf) {
  const counts = new Map();
  for (const row of rows) {
    for (const word of new Set(wordsOf(row))) {
      const count = counts.get(word) ?? [0, 0];
      counts.set(word, count);
      count[row.kind === "fires" ? 1 : 0]++;
    }
  }
  return [...counts]
    .map(([word, [zero, one]]) => ({ word, n: zero + one, share: one / (zero + one) }))
    .filter(({ n }) => n >= LEAST_ROWS)
    .sort((a, b) => a.share - b.share || b.n - a.n);
}
