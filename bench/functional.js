/**
 * How the functional suites are judged: accuracy, balanced accuracy, by functionality, by group of harmless functions, by target.
 *
 *     npm run build && node bench/functional.js [LANG...] [--sealed] [--model] [--misses [FUNCTIONALITY]] [--folder PATH]
 *     node bench/functional.js --table > fixtures/functional/RESULTS.md
 *
 * Lexicons and rules alone, unless --model is given. A message counts as found where its decision is "flag". --sealed takes the third of
 * the templates that was chosen by hash and is not read while rules are written: run it once, when they are done; it never prints misses. --table writes both parts
 * side by side.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cannotRun } from "./measure.js";

const LANGUAGES = ["kk", "ru", "en", "mixed"];
/** Harmless functions that are reported together. */
const HARMLESS = {
  "neutral mention": ["neutral-mention", "positive-mention", "question-neutral", "self-identity"],
  "counter-speech": ["counter-quote", "counter-reference", "counter-mirror", "negated-hate"],
  news: ["news", "court", "crime-neutral", "legal-discussion", "history"],
  "negated calls": ["negated-call", "peace-call"],
  "non-groups": ["officials", "individuals", "professions", "objects", "teams", "games", "animals", "profanity", "complaint-fair"],
};
/** Accuracy of a whole suite below which the exit code is 1. */
const FLOOR = 0.9;
/** Messages of a target below which its shares say little. */
const ENOUGH = 20;

const { createClassifier } = await import("../dist/index.js").catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);
const { values, positionals } = parseArgs({
  options: {
    sealed: { type: "boolean" },
    model: { type: "boolean" },
    misses: { type: "boolean" },
    table: { type: "boolean" },
    folder: { type: "string", default: "fixtures/functional" },
  },
  allowPositionals: true,
});
const classifier = await createClassifier(values.model ? {} : { model: null });
const languages = LANGUAGES.filter((name) => positionals.includes(name));
const wanted = positionals.filter((name) => !LANGUAGES.includes(name));

if (values.table) printTable();
else {
  for (const language of languages.length > 0 ? languages : LANGUAGES) {
    const rows = judgeSuite(language, values.sealed);
    if (values.misses && !values.sealed) printMisses(rows);
    else printReport(language, rows);
  }
}

function judgeSuite(language, sealed) {
  return readFileSync(join(values.folder, sealed ? "sealed" : "", `${language}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .map((row) => ({ ...row, flagged: classifier.classify(row.text).decision === "flag" ? 1 : 0 }));
}

/** Shares judged rightly, in per cent, open and sealed, as a table of Markdown. */
function printTable() {
  const suites = LANGUAGES.flatMap((language) => [judgeSuite(language, false), judgeSuite(language, true)]);
  const cell = (rows) => (rows.length === 0 ? "" : (100 * rightOf(rows)).toFixed(0));
  const line = (name, label, keep) => `| ${name} | ${label} | ${suites.map((rows) => cell(rows.filter(keep))).join(" | ")} |`;
  const names = new Map(suites.flat().map(({ functionality, label }) => [`${functionality}/${label}`, { functionality, label }]));
  const ordered = [...names.values()].sort((a, b) => b.label - a.label || (a.functionality < b.functionality ? -1 : 1));
  const columns = LANGUAGES.flatMap((language) => [`${language} open`, "sealed"]);
  console.log("# How the suites are judged by lexicons and rules alone\n");
  console.log("Per cent judged rightly, written by `node bench/functional.js --table`; README.md says what open and sealed are.\n");
  console.log(`| functionality | label | ${columns.join(" | ")} |\n|---|---|${columns.map(() => "--:|").join("")}`);
  console.log(line("**all: accuracy**", "", () => true));
  console.log(line("**all: recall**", 1, ({ label }) => label === 1));
  console.log(line("**all: specificity**", 0, ({ label }) => label === 0));
  for (const [name, functions] of Object.entries(HARMLESS))
    console.log(line(`**${name}**`, 0, (row) => row.label === 0 && functions.includes(row.functionality)));
  for (const { functionality, label } of ordered)
    console.log(line(functionality, label, (row) => row.functionality === functionality && row.label === label));
}

/** One message a template, with how many of it were judged wrongly. */
function printMisses(rows) {
  for (const [, group] of groupBy(rows, "template")) {
    const { functionality, label } = group[0];
    const wrong = group.filter((row) => row.flagged !== row.label);
    if (wrong.length === 0 || (wanted.length > 0 && !wanted.includes(functionality))) continue;
    console.log(`${label ? "missed" : "false "} ${wrong.length}/${group.length} ${functionality.padEnd(20)} ${wrong[0].text}`);
  }
}

function printReport(language, rows) {
  const positives = rows.filter(({ label }) => label === 1);
  const negatives = rows.filter(({ label }) => label === 0);
  const recall = rightOf(positives);
  const specificity = rightOf(negatives);
  if (rightOf(rows) < FLOOR) process.exitCode = 1;
  console.log(`\n${language}: ${rows.length} messages, ${new Set(rows.map(({ functionality }) => functionality)).size} functionalities`);
  console.log(
    `accuracy ${percent(rightOf(rows))}  balanced ${percent((recall + specificity) / 2)}  recall ${percent(recall)}  specificity ${percent(specificity)}`,
  );
  for (const [name, functions] of Object.entries(HARMLESS)) {
    const some = negatives.filter(({ functionality }) => functions.includes(functionality));
    console.log(`  specificity, ${name.padEnd(16)} ${percent(rightOf(some))}  of ${some.length}`);
  }
  for (const [what, some] of [
    ["recall", positives],
    ["specificity", negatives],
  ]) {
    const shares = [...groupBy(some, "target")]
      .filter(([target, group]) => target !== "null" && group.length >= ENOUGH)
      .map(([target, group]) => [target, rightOf(group)])
      .sort((a, b) => a[1] - b[1]);
    if (shares.length === 0) continue;
    const [low, high] = [shares[0], shares.at(-1)];
    const spread = (100 * (high[1] - low[1])).toFixed(1);
    console.log(
      `  ${what} by target: ${low[0]} ${percent(low[1])} .. ${high[0]} ${percent(high[1])}, ${spread} points over ${shares.length} targets`,
    );
  }
  const functions = [...groupBy(rows, "functionality")].map(([name, group]) => [name, group[0].label, rightOf(group), group.length]);
  for (const [name, label, right, count] of functions.sort((a, b) => b[1] - a[1] || a[2] - b[2]))
    console.log(`  ${label}  ${name.padEnd(24)} ${percent(right)}  of ${count}`);
}

function groupBy(rows, field) {
  const groups = new Map();
  for (const row of rows) groups.set(String(row[field]), [...(groups.get(String(row[field])) ?? []), row]);
  return groups;
}

function rightOf(rows) {
  return rows.filter(({ label, flagged }) => label === flagged).length / rows.length;
}

function percent(share) {
  return `${(100 * share).toFixed(1).padStart(5)} %`;
}
