/**
 * What the reader of disguises does to people who disguise nothing: ordinary Kazakh and Russian messages, the share of their
 * words that are read in another script or as disguised, and with --list each such word with its reading and how often.
 *
 *     npm run build && node bench/honest.js [--rows 15000] [--list]
 *
 * Every k-th row of the sets of talk and news in ../shared/data; a set that is absent is left out with a notice. Not all of what is
 * counted is wrong: people do write a Latin i for і, stars in swear-words and a letter of the other script by mistake.
 */
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { cannotRun } from "./measure.js";

const DATA = new URL("../../shared/data/", import.meta.url);
const SETS = {
  kk: ["kk-kazsandra_reviews", "kk-kaznerd_news", "kk-kazqad_questions", "kk-ud_kazakh_ktb"],
  ru: ["ru-rusentiment_benign", "ru-okmlcup_10pct", "ru-2ch_pikabu"],
};
/** Flags that say a word was seen through; those that a version of the program has not are never met. */
const DISGUISE_FLAGS = ["mixedScript", "invisible", "leet", "apart", "wildcard", "split", "styled", "transliterated", "arabic"];
const CHANGED = "script changed";

const modules = Promise.all([import("../dist/pipeline/classifier.js"), import("../dist/pipeline/explain.js")]);
const [{ openJudge }, { explain }] = await modules.catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));

const { values } = parseArgs({ options: { rows: { type: "string", default: "15000" }, list: { type: "boolean", default: false } } });

const judge = await openJudge();
for (const language of Object.keys(SETS)) report(language, readTexts(language, Number(values.rows)));

/** The same number of rows from each set, spread over it; a small set gives all it has and the others make up for it. */
function readTexts(language, rows) {
  const sets = SETS[language].map(readSet).sort((a, b) => a.length - b.length);
  const texts = [];
  for (const [k, set] of sets.entries()) {
    const wanted = Math.min(set.length, Math.ceil((rows - texts.length) / (sets.length - k)));
    for (let taken = 0; taken < wanted; taken++) texts.push(set[Math.floor((taken * set.length) / wanted)]);
  }
  return texts;
}

/** Its harmless rows; label null is of sets that have no labels. */
function readSet(name) {
  const file = new URL(`${name}.jsonl.gz`, DATA);
  if (!existsSync(file)) {
    console.error(`${name} is not in ../shared/data: left out`);
    return [];
  }
  const rows = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
  return rows
    .filter((row) => row !== "")
    .map((row) => JSON.parse(row))
    .filter(({ label }) => label !== 1)
    .map(({ text }) => text);
}

function report(language, texts) {
  if (texts.length === 0) return;
  const seen = new Map([CHANGED, ...DISGUISE_FLAGS].map((sign) => [sign, new Map()]));
  let words = 0;
  let marked = 0;
  let messages = 0;
  for (const text of texts) {
    let inMessage = 0;
    for (const token of explain(judge, text).tokens) {
      const signs = signsOf(token);
      // A number or a flag that is read as letters counts too.
      if (signs.length === 0 && !/\p{L}/u.test(token.text)) continue;
      words++;
      if (signs.length > 0) inMessage++;
      for (const sign of signs) countWord(seen.get(sign), token);
    }
    marked += inMessage;
    if (inMessage > 0) messages++;
  }
  console.log(`${language}: ${texts.length} messages, ${words} words`);
  printShare("messages with any of these", messages, texts.length);
  printShare("words with any of these", marked, words);
  for (const [sign, list] of seen) {
    const counts = [...list.values()];
    printShare(
      sign,
      counts.reduce((sum, count) => sum + count, 0),
      words,
    );
  }
  if (values.list) for (const [sign, list] of seen) printList(`${language} ${sign}`, list);
}

function signsOf({ text, readAs, flags }) {
  const signs = flags.filter((flag) => DISGUISE_FLAGS.includes(flag));
  const from = scriptOf(text);
  const to = scriptOf(readAs);
  if (from !== null && to !== null && from !== to) signs.push(CHANGED);
  return signs;
}

/** "cyrillic" or "latin" where all letters are of it, else null. Signs and digits do not matter. */
function scriptOf(text) {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return null;
  if (letters.every((letter) => /\p{Script=Cyrillic}/u.test(letter))) return "cyrillic";
  if (letters.every((letter) => /\p{Script=Latin}/u.test(letter))) return "latin";
  return null;
}

function countWord(list, { text, readAs }) {
  const line = `${text.replaceAll("\n", "\\n")} -> ${readAs}`;
  list.set(line, (list.get(line) ?? 0) + 1);
}

function printShare(name, count, all) {
  console.log(`  ${name.padEnd(28)}${String(count).padStart(8)}${((100 * count) / all).toFixed(3).padStart(10)} %`);
}

function printList(title, list) {
  if (list.size === 0) return;
  console.log(`\n${title}: ${list.size} different`);
  for (const [line, count] of [...list].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
    console.log(`${String(count).padStart(6)}  ${line}`);
}
