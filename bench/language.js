/**
 * How often the language tag agrees with the language a corpus says it is in, beside tinyld restricted to kk, ru and en,
 * and the speed of both in the same run.
 *
 *     npm run build && node bench/language.js [--rows 4000] [--half report] [--rounds 15]
 *
 * A set's own language is taken as the truth of each of its messages, although sets hold messages in other languages and
 * in two: some of what counts as a miss here is none. Function words and endings were chosen with an eye on the errors in
 * the half of the rows called `tune`; what is reported comes from the other half. Halves go by a hash of the text.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { detect } from "tinyld";
import { cannotRun } from "./measure.js";

const DATA = new URL("../../shared/data/", import.meta.url);
const TRUTHS = ["kk", "ru", "en"];
const TINYLD_OPTIONS = { only: TRUTHS };
const SHORT_CHARACTERS = 25;
const KAZAKH_LETTER = /[әғқңөұүһіӊќəǝ]/iu;

const modules = Promise.all([import("../dist/core/label.js"), import("../dist/text/language.js"), import("../dist/text/tokenize.js")]);
const [{ LANGUAGES }, { tagLanguage }, { Tokenizer }] = await modules.catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "4000" },
    half: { type: "string", default: "report" },
    rounds: { type: "string", default: "15" },
  },
});

const SUBSETS = [
  { title: "all messages", holds: () => true },
  { title: `messages under ${SHORT_CHARACTERS} characters`, holds: (row) => [...row.text].length < SHORT_CHARACTERS },
  { title: "Kazakh without a Kazakh letter", holds: (row) => row.lang === "kk" && !KAZAKH_LETTER.test(row.text) },
  {
    title: `Kazakh without a Kazakh letter, under ${SHORT_CHARACTERS} characters`,
    holds: (row) => row.lang === "kk" && !KAZAKH_LETTER.test(row.text) && [...row.text].length < SHORT_CHARACTERS,
  },
];

const rows = readRows(Number(values.rows));
const tokenizer = new Tokenizer();
for (const row of rows) {
  row.ours = LANGUAGES[tag(row.bytes)];
  row.theirs = detect(row.text, TINYLD_OPTIONS);
}
console.log(`${rows.length} rows of the half "${values.half}", at most ${values.rows} a set, Node ${process.versions.node}`);
for (const { title, holds } of SUBSETS) printAccuracy(title, rows.filter(holds));
printJoined(rows);
printSpeed(rows, Number(values.rounds));

/** Every k-th row of each set's half, so that no set has more than `most`. Rows without a letter have no language. */
function readRows(most) {
  if (!existsSync(DATA)) cannotRun("no corpora: this needs the labelled sets in ../shared/data, beside the project; nothing was measured");
  const files = readdirSync(DATA).filter((file) => file.endsWith(".jsonl.gz"));
  if (files.length === 0) cannotRun("no corpora: ../shared/data holds no .jsonl.gz; nothing was measured");
  const all = [];
  for (const file of files.sort((a, b) => TRUTHS.indexOf(a.slice(0, 2)) - TRUTHS.indexOf(b.slice(0, 2)) || (a < b ? -1 : 1))) {
    const lines = gunzipSync(readFileSync(new URL(file, DATA)))
      .toString("utf8")
      .split("\n");
    const set = [];
    for (const line of lines) {
      if (line === "") continue;
      const { text, lang } = JSON.parse(line);
      if (halfOf(text) !== values.half || !/\p{L}/u.test(text) || !TRUTHS.includes(lang)) continue;
      set.push({ set: file.slice(0, -".jsonl.gz".length), lang, text, bytes: Buffer.from(text) });
    }
    const step = Math.max(1, set.length / most);
    for (let at = 0; at < set.length; at += step) all.push(set[Math.floor(at)]);
  }
  return all;
}

function halfOf(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) & 1) === 0 ? "report" : "tune";
}

function tag(bytes) {
  const tokens = tokenizer.tokenize(bytes);
  return tagLanguage(tokens, 0, tokens.count);
}

/** A line a set and a line a language; a language's line counts its rows, so large sets weigh more, up to --rows. */
function printAccuracy(title, some) {
  const table = [["", "rows", "right", "mixed", "other", "right or mixed", "tinyld right"]];
  for (const lang of TRUTHS) {
    const ofLanguage = some.filter((row) => row.lang === lang);
    for (const set of new Set(ofLanguage.map((row) => row.set))) {
      table.push(
        figures(
          `  ${set}`,
          ofLanguage.filter((row) => row.set === set),
        ),
      );
    }
    if (ofLanguage.length > 0) table.push(figures(`${lang}, all sets`, ofLanguage));
  }
  console.log(`\n${title}, per cent of the rows:`);
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  for (const line of table)
    console.log(line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "));
}

function figures(name, some) {
  const share = (holds) => ((some.filter(holds).length / some.length) * 100).toFixed(1);
  return [
    name,
    String(some.length),
    share((row) => row.ours === row.lang),
    share((row) => row.ours === "mixed"),
    share((row) => row.ours === "other"),
    share((row) => row.ours === row.lang || row.ours === "mixed"),
    share((row) => row.theirs === row.lang),
  ];
}

/** Messages in two languages, made of two rows of 4 to 15 words each: no set has enough that are labelled so. */
function printJoined(some) {
  console.log("\ntwo rows of two languages joined, per cent tagged mixed:");
  const short = some.filter(({ text }) => /^\S+(\s+\S+){3,14}$/.test(text));
  for (const [first, second] of [
    ["kk", "ru"],
    ["kk", "en"],
    ["ru", "en"],
  ]) {
    const left = short.filter((row) => row.lang === first);
    const right = short.filter((row) => row.lang === second);
    const tags = Array.from({ length: 2000 }, (_, at) => {
      const pair = [left[(at * 7) % left.length].text, right[(at * 11) % right.length].text];
      return LANGUAGES[tag(Buffer.from((at % 2 === 0 ? pair : pair.reverse()).join(" ")))];
    });
    console.log(`${first} and ${second}: ${((tags.filter((each) => each === "mixed").length / tags.length) * 100).toFixed(1)}`);
  }
}

/** The fastest of some rounds, taken by turns, so that a machine that grows slower is slower for all. */
function printSpeed(some, rounds) {
  const works = {
    "tokenizing alone": (row) => tokenizer.tokenize(row.bytes).count,
    "tokenizing and tagging": (row) => tag(row.bytes),
    tinyld: (row) => detect(row.text, TINYLD_OPTIONS).length,
  };
  const seconds = {};
  let sum = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      if (name === "tinyld" && round > 1) continue;
      const startedMs = performance.now();
      for (const row of some) sum += work(row);
      seconds[name] = Math.min(seconds[name] ?? Number.POSITIVE_INFINITY, (performance.now() - startedMs) / 1000);
    }
  }
  if (!(sum > 0)) throw new Error("nothing was tokenized");
  console.log("\nspeed, fastest of the rounds:");
  for (const [name, time] of Object.entries(seconds))
    console.log(`${name.padEnd(24)}${Math.round(some.length / time).toLocaleString("en")} messages/s`);
  const [alone, both] = [seconds["tokenizing alone"], seconds["tokenizing and tagging"]];
  console.log(`tagging adds ${((both / alone - 1) * 100).toFixed(1)} % to the time of tokenizing`);
}
