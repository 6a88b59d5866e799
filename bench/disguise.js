/**
 * How many flagged messages stay flagged when they are disguised, and how many neutral ones become flagged.
 *
 *     npm run build && node bench/disguise.js [--sample 60] [--show NAME[+NAME] [LANG]]
 *
 * Messages are those of the functional suites. A positive counts where it is flagged as it stands (decision "flag", any label)
 * and where the disguise changes it. --show prints what was lost to one kind, or to two at once, and what it made of neutral ones.
 * All random choices are seeded by the disguise and the message, so every run says the same.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createRandom, DISGUISES } from "./disguises.js";
import { cannotRun } from "./measure.js";

const LANGUAGES = ["kk", "ru", "en"];
const FOLDERS = ["fixtures/functional/calls/", "fixtures/functional/disguise/"];
/** Messages that are indirect, or hard to tell from a call, as they stand. */
const INDIRECT = /-m-/;
const TARGETS = { alone: 0.95, two: 0.85, neutral: 0.002 };
const WORST_PAIRS = 25;
const NONE = { all: 0, hits: 0 };

/** What is not applied together, besides two of one family: pairs of families, where one kind has such a name. SKIPPED says why. */
const CLASHES = [
  { families: ["keyboard", "alphabet"], names: /^latin-20|^arabic$/ },
  { families: ["alphabet", "look-alike"], names: /^arabic$/ },
  { families: ["alphabet", "case"], names: /^arabic$/ },
  { families: ["alphabet", "leet"], names: /^arabic$/ },
  { families: ["case", "style"], names: /^squared$|^regional-indicator$/ },
  { families: ["look-alike", "style"], names: /./ },
];
const SKIPPED = [
  "two of one family (alphabets; leet; look-alikes; styles; apart, split and line-end): the second would undo or double the first",
  "arabic with look-alikes, case and leet, and with russian-keyboard: no such letters, or none left",
  "latin-2017/2018/2021 with russian-keyboard: these alphabets need the nine Kazakh letters",
  "case-play with squared and regional-indicator: capitals only; look-alikes with styles: no such letters",
  "styles in kk and ru with anything but latin-chat: they are on Latin letters, which makes it two",
  "the hard kinds",
];

const { createClassifier } = await import("../dist/index.js").catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);
const classifier = await createClassifier();
const isFlagged = (text) => classifier.classify(text).decision === "flag";

const { values, positionals } = parseArgs({
  options: { sample: { type: "string", default: "60" }, show: { type: "string" } },
  allowPositionals: true,
});

const messages = Object.fromEntries(LANGUAGES.map((language) => [language, readMessages(language)]));
const positives = mapLanguages((language) => messages[language].filter(({ label }) => label === 1));
const flagged = mapLanguages((language) => positives[language].filter(({ text }) => isFlagged(text)));
const neutrals = mapLanguages((language) => messages[language].filter(({ label }) => label === 0));

if (values.show === undefined) {
  printUndisguised();
  printAlone();
  printTwo(Number(values.sample));
  printNeutrals();
} else {
  const languages = positionals.length > 0 ? positionals : LANGUAGES;
  for (const language of languages) show(values.show.split("+"), language);
}

function readMessages(language) {
  return FOLDERS.flatMap((folder) =>
    readFileSync(new URL(`../${folder}${language}.jsonl`, import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .filter(({ id }) => !INDIRECT.test(id)),
  );
}

function mapLanguages(of) {
  return Object.fromEntries(LANGUAGES.map((language) => [language, of(language)]));
}

/** The message's text under one disguise after the other; null where one of them finds nothing to change. */
function disguise(kinds, { id, text, lang }) {
  let disguised = text;
  for (const { name, apply } of kinds) {
    const next = apply(disguised, createRandom(`${name} ${id}`), lang);
    if (next === disguised) return null;
    disguised = next;
  }
  return disguised;
}

/** Of the messages that the kinds change: how many are flagged. */
function count(kinds, from) {
  let all = 0;
  let hits = 0;
  for (const message of from) {
    const text = disguise(kinds, message);
    if (text === null) continue;
    all++;
    if (isFlagged(text)) hits++;
  }
  return { all, hits };
}

function add(counts) {
  return counts.reduce((sum, { all, hits }) => ({ all: sum.all + all, hits: sum.hits + hits }), NONE);
}

function share({ all, hits }, digits = 1) {
  return all === 0 ? "." : `${((100 * hits) / all).toFixed(digits)} %`;
}

function row(name, cells) {
  console.log(name.padEnd(40) + cells.map((cell) => String(cell).padStart(12)).join(""));
}

function printUndisguised() {
  console.log("Undisguised: positives flagged, neutrals flagged");
  for (const language of LANGUAGES) {
    const wrong = neutrals[language].filter(({ text }) => isFlagged(text)).length;
    row(language, [`${flagged[language].length}/${positives[language].length}`, `${wrong}/${neutrals[language].length}`]);
  }
}

function printAlone() {
  console.log("\nOne disguise: share of the flagged positives that stay flagged");
  row("", [...LANGUAGES, "all", "messages"]);
  const counted = [];
  for (const kind of DISGUISES) {
    const byLanguage = LANGUAGES.map((language) => (kind.scripts.includes(language) ? count([kind], flagged[language]) : NONE));
    const all = add(byLanguage);
    if (!kind.hard) counted.push(byLanguage);
    row(kind.name + (kind.hard ? " (hard, not counted)" : ""), [...byLanguage.map((cell) => share(cell)), share(all), all.all]);
  }
  printTotal(`total (target ${100 * TARGETS.alone} %)`, counted, (kept) => kept >= TARGETS.alone);
}

/** A missed target is the exit code 1. */
function printTotal(name, counted, meets, digits = 1) {
  const byLanguage = LANGUAGES.map((_, k) => add(counted.map((counts) => counts[k])));
  const { all, hits } = add(byLanguage);
  if (!meets(hits / all)) process.exitCode = 1;
  row(name, [...byLanguage.map((cell) => share(cell, digits)), share(add(byLanguage), digits), add(byLanguage).all]);
}

function printTwo(most) {
  console.log(`\nTwo at once, on up to ${most} messages a language: mean over all pairs a kind is in`);
  const sample = mapLanguages((language) => draw(flagged[language], most));
  const pairs = listPairs().map((kinds) => ({
    kinds,
    byLanguage: LANGUAGES.map((language) => (pairFits(kinds, language) ? count(kinds, sample[language]) : NONE)),
  }));
  row("", [...LANGUAGES, "all", "pairs"]);
  for (const kind of DISGUISES) {
    const own = pairs.filter(({ kinds }) => kinds.includes(kind));
    const byLanguage = LANGUAGES.map((_, k) => add(own.map((pair) => pair.byLanguage[k])));
    if (own.length > 0) row(kind.name, [...byLanguage.map((cell) => share(cell)), share(add(byLanguage)), own.length]);
  }
  printTotal(
    `total (target ${100 * TARGETS.two} %)`,
    pairs.map(({ byLanguage }) => byLanguage),
    (kept) => kept >= TARGETS.two,
  );
  console.log(`The ${WORST_PAIRS} worst of ${pairs.length} pairs`);
  const lost = ({ byLanguage }) => add(byLanguage).hits / Math.max(1, add(byLanguage).all);
  for (const { kinds, byLanguage } of pairs.sort((a, b) => lost(a) - lost(b)).slice(0, WORST_PAIRS))
    row(kinds.map(({ name }) => name).join(" + "), [...byLanguage.map((cell) => share(cell)), share(add(byLanguage))]);
  console.log("Left out:");
  for (const reason of SKIPPED) console.log(`- ${reason}`);
}

/** All pairs that fit in some language, the one that is applied first before the other. */
function listPairs() {
  const pairs = DISGUISES.flatMap((first, k) => DISGUISES.slice(k + 1).map((second) => [first, second]));
  return pairs.filter((kinds) => LANGUAGES.some((language) => pairFits(kinds, language)));
}

function pairFits([first, second], language) {
  if (first.hard || second.hard || first.family === second.family) return false;
  const clash = ({ families, names }) =>
    families.includes(first.family) && families.includes(second.family) && (names.test(first.name) || names.test(second.name));
  if (CLASHES.some(clash)) return false;
  const inLatin = language === "en" || first.name.startsWith("latin-chat");
  const fits = (kind) => (kind.onLatin ? inLatin : kind.scripts.includes(language));
  return fits(first) && fits(second);
}

/** The same messages every time. */
function draw(from, most) {
  const random = createRandom("sample");
  return from
    .map((message) => ({ message, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ message }) => message);
}

function printNeutrals() {
  console.log("\nNeutral messages that are flagged disguised and not as they stand");
  row("", [...LANGUAGES, "all", "messages"]);
  const harmless = mapLanguages((language) => neutrals[language].filter(({ text }) => !isFlagged(text)));
  const counted = [];
  for (const kind of DISGUISES) {
    const byLanguage = LANGUAGES.map((language) => (kind.scripts.includes(language) ? count([kind], harmless[language]) : NONE));
    const all = add(byLanguage);
    counted.push(byLanguage);
    row(kind.name, [...byLanguage.map((cell) => (cell.all === 0 ? "." : cell.hits)), all.hits, all.all]);
  }
  printTotal(`total (target at most ${100 * TARGETS.neutral} %)`, counted, (more) => more <= TARGETS.neutral, 2);
}

function show(names, language) {
  const kinds = names.map((name) => DISGUISES.find((kind) => kind.name === name) ?? cannotRun(`no disguise is named "${name}"`));
  kinds.sort((a, b) => DISGUISES.indexOf(a) - DISGUISES.indexOf(b));
  const fits = kinds.length > 1 ? pairFits(kinds, language) : kinds[0].scripts.includes(language);
  if (!fits) return console.log(`${language}: not applied`);
  const print = (title, from, wanted) => {
    const changed = from.map((message) => ({ message, text: disguise(kinds, message) })).filter(({ text }) => text !== null);
    const shown = changed.filter(({ text }) => isFlagged(text) === wanted);
    console.log(`${language}: ${shown.length} of ${changed.length} ${title}`);
    for (const { message, text } of shown) console.log(`  ${message.id}  ${message.text}\n    ${text.replaceAll("\n", "\n    ")}`);
  };
  print("lost", flagged[language], false);
  const harmless = neutrals[language].filter(({ text }) => !isFlagged(text));
  print("neutral ones flagged", harmless, true);
}
