/**
 * Whether the lexicons know every form of a word: all forms of names of groups and of acts by the grammar of inflection/, which knows
 * nothing of lexicons/paradigms.json, and the share of them that an entry of the right group, or an act of the right category and
 * mood, matches. Kazakh in its spelling and as a Russian keyboard gives it. Exit 1 where a row is below 99 %.
 *
 *     npm run build && node bench/inflection.js [--missing]
 */
import { nameForms as englishName, verbForms as englishVerb } from "./inflection/english.js";
import { verbForms as kazakhVerb, nounForms, typedPlain } from "./inflection/kazakh.js";
import { mixedForms, nameForms as russianName, verbForms as russianVerb } from "./inflection/russian.js";
import { ENGLISH_NAMES, ENGLISH_VERBS, KAZAKH_NAMES, KAZAKH_VERBS, RUSSIAN_NAMES, RUSSIAN_VERBS } from "./inflection/words.js";
import { cannotRun } from "./measure.js";

const LEAST = 0.99;
/** Moods that make a call: such a form must be read in its own. Of the others it is enough that the act is known. */
const CALLS = new Set([
  "bare",
  "imperative",
  "hortative",
  "jussive",
  "infinitive",
  "intent",
  "converb",
  "conditional",
  "prospective",
  "negated",
]);
/** A base form or a stem alone is a call by its place. */
const ALSO = { bare: ["imperative", "infinitive"], hortative: ["intent"] };

const modules = ["compile.js", "load.js", "match.js"].map((name) => `lexicon/${name}`);
const [{ classBit, compileLexicon, moodNames }, { loadLexicons }, { createHits, matchLexicon }, { Tokenizer }] = await Promise.all(
  [...modules, "text/tokenize.js"].map((name) => import(`../dist/${name}`)),
).catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));

const lexicon = compileLexicon(loadLexicons());
const tokenizer = new Tokenizer();
const hits = createHits(64);
const encoder = new TextEncoder();
const GROUP = classBit("target");
const ACT = classBit("act");

/** The entries found in a form, with moods. */
function found(form) {
  const tokens = tokenizer.tokenize(encoder.encode(form));
  tokens.wanted.fill(3, 0, tokens.count);
  matchLexicon(lexicon, tokens, 0, tokens.count, hits);
  return Array.from({ length: hits.count }, (_, hit) => ({
    entry: lexicon.entries[hits.entry[hit]],
    bits: lexicon.classBits[hits.entry[hit]],
    moods: moodNames(hits.moods[hit]),
  }));
}

const namesGroup = (form, group) => found(form).some(({ entry, bits }) => (bits & GROUP) !== 0 && entry.group === group);

function isAct(form, category, mood) {
  const wanted = [mood, ...(ALSO[mood] ?? [])];
  return found(form).some(
    ({ entry, bits, moods }) =>
      (bits & ACT) !== 0 && entry.category === category && (!CALLS.has(mood) || wanted.some((name) => moods.includes(name))),
  );
}

const rows = new Map();
function count(name, word, form, matched) {
  const row = rows.get(name) ?? { words: new Set(), forms: 0, matched: 0, missing: new Map() };
  rows.set(name, row);
  row.words.add(word);
  row.forms++;
  if (matched) row.matched++;
  else row.missing.set(word, [...(row.missing.get(word) ?? []), form]);
}

const lines = (text) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
const filled = (field) => (field === "-" ? undefined : field);

for (const [word, group, ...marks] of lines(KAZAKH_NAMES)) {
  for (const form of nounForms(word, { plural: marks.includes("plural"), loan: marks.includes("loan") })) {
    count("kk names", word, form, namesGroup(form, group));
    count("kk names, Russian keyboard", word, form, namesGroup(typedPlain(form), group));
    if (form.includes("і")) count("kk names, and ы for і", word, form, namesGroup(typedPlain(form, true), group));
  }
}
for (const [stem, category, noun] of lines(KAZAKH_VERBS)) {
  for (const [form, mood] of kazakhVerb(stem)) {
    if (mood === "bare" && noun) continue;
    count("kk acts", stem, `${form} ${mood}`, isAct(form, category, mood));
    count("kk acts, Russian keyboard", stem, `${form} ${mood}`, isAct(typedPlain(form), category, mood));
    if (form.includes("і")) count("kk acts, and ы for і", stem, `${form} ${mood}`, isAct(typedPlain(form, true), category, mood));
  }
}
for (const [group, type, stem, woman, adjective, mixed] of lines(RUSSIAN_NAMES)) {
  for (const form of russianName({ type, stem, woman: filled(woman), adjective: filled(adjective) }))
    count("ru names", stem, form, namesGroup(form, group));
  if (filled(mixed)) for (const form of mixedForms(mixed)) count("ru names, Kazakh plurals", stem, form, namesGroup(form, group));
}
for (const [category, ...parts] of lines(RUSSIAN_VERBS)) {
  for (const [form, mood] of russianVerb(parts.join(" "))) count("ru acts", parts[0], `${form} ${mood}`, isAct(form, category, mood));
}
for (const [name, group, only] of lines(ENGLISH_NAMES)) {
  for (const form of englishName(name, only === undefined)) count("en names", name, form, namesGroup(form, group));
}
for (const [category, base, past, participle = past, double] of lines(ENGLISH_VERBS)) {
  for (const [form, mood] of englishVerb([base, past, participle, double === "double"]))
    count("en acts", base, `${form} ${mood}`, isAct(form, category, mood));
}

console.log(`${"".padEnd(30)}${"words".padStart(7)}${"forms".padStart(9)}${"matched".padStart(9)}${"share".padStart(10)}`);
let low = false;
for (const [name, { words, forms, matched, missing }] of rows) {
  const share = matched / forms;
  low ||= share < LEAST;
  const mark = share < LEAST ? "  below" : "";
  console.log(
    `${name.padEnd(30)}${String(words.size).padStart(7)}${String(forms).padStart(9)}${String(matched).padStart(9)}${(100 * share).toFixed(2).padStart(8)} %${mark}`,
  );
  if (process.argv.includes("--missing")) for (const [word, list] of missing) console.log(`    ${word}: ${list.join(", ")}`);
}
if (low) process.exitCode = 1;
