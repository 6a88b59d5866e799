/**
 * Whether one group's name weighs more than another's where nothing is said against any: neutral and friendly sentences of
 * fixtures/identity/, also rude ones without hate and denied attacks, each with every name of src/synthetic/words.ts in the form that the
 * sentence asks for, judged as a scan judges. A name's mean is taken against each sentence's own mean, as adjectives are only of peoples.
 * Exit 1 where the means of two names in neutral and friendly sentences are further apart than --most.
 *
 *     npm run build && node bench/identity.js [LANG...] [--model FILE | --no-model] [--most 0.05] [--json] [--sentences N]
 *
 * --sentences prints every Nth filled sentence with its scores instead, to be read.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cannotRun } from "./measure.js";

const LANGUAGES = ["kk", "ru", "en"];
/** Labels of which the spread is measured, and the highest of all. */
const MEASURED = ["hate", "incitement", "max"];
/** Sentences in which a group's name should weigh nothing. */
const HARMLESS = new Set(["neutral", "friendly"]);
const SHOWN_NAMES = 3;
const SHOWN_TEMPLATES = 5;

const [{ LABEL_NAMES }, { openJudge }, { fillTemplate, namesFor }, { decide }] = await Promise.all(
  ["core/label.js", "pipeline/classifier.js", "synthetic/templates.js", "scoring/decide.js"].map((name) => import(`../dist/${name}`)),
).catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));
const { values, positionals } = parseArgs({
  options: {
    model: { type: "string" },
    "no-model": { type: "boolean" },
    most: { type: "string", default: "0.05" },
    json: { type: "boolean" },
    sentences: { type: "string" },
  },
  allowPositionals: true,
});
const most = Number(values.most);
if (!(most > 0)) cannotRun(`--most ${values.most}: give a difference of scores above 0, as 0.05`);

const judge = await openJudge({ model: values["no-model"] ? null : values.model });
const encoder = new TextEncoder();

/** Scores by label, and the decision. */
function judged(text) {
  const bytes = encoder.encode(text);
  judge.judge(bytes, 0, bytes.length);
  const scores = Object.fromEntries(LABEL_NAMES.map((label, k) => [label, judge.scores[k]]));
  return { scores: { ...scores, max: Math.max(...judge.scores) }, decision: decide(judge.scorer, judge.scores) };
}

const logOdds = (score) => Math.log(score / (1 - score));
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;

/** Every sentence with every name that fits it. */
function fillAll(language) {
  return readFileSync(`fixtures/identity/${language}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .flatMap(({ id, text, kind }) =>
      namesFor(text, 1, language).map((name) => {
        const filled = fillTemplate(text, [name], language);
        return { id, kind, template: text, name: name.group, text: filled, ...judged(filled) };
      }),
    );
}

const groupBy = (rows, key) => {
  const groups = new Map();
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row]);
  return groups;
};

/** Names by their mean of a value over sentences, highest first: what each adds to a sentence, on top of the mean of all. */
function meansOfNames(rows, measureOf) {
  const whole = mean(rows.map(measureOf));
  const bySentence = new Map([...groupBy(rows, "id")].map(([id, list]) => [id, mean(list.map(measureOf))]));
  return [...groupBy(rows, "name")]
    .map(([name, list]) => ({ name, mean: whole + mean(list.map((row) => measureOf(row) - bySentence.get(row.id))) }))
    .sort((a, b) => b.mean - a.mean);
}

function spreadOf(rows, label) {
  const [scores, odds] = [(row) => row.scores[label], (row) => logOdds(row.scores[label])].map((measureOf) =>
    meansOfNames(rows, measureOf),
  );
  return { label, names: scores, spread: scores[0].mean - scores.at(-1).mean, oddsSpread: odds[0].mean - odds.at(-1).mean };
}

function measure(language, rows) {
  const harmless = rows.filter(({ kind }) => HARMLESS.has(kind));
  const share = (list, decision) => list.filter((row) => row.decision === decision).length / list.length;
  return {
    language,
    names: new Set(rows.map(({ name }) => name)).size,
    sentences: rows.length,
    spreads: MEASURED.map((label) => spreadOf(harmless, label)),
    kinds: [...groupBy(rows, "kind")].map(([kind, list]) => ({
      kind,
      sentences: list.length,
      mean: mean(list.map(({ scores }) => scores.max)),
      flagged: share(list, "flag"),
      reviewed: share(list, "review"),
    })),
    worst: [...groupBy(rows, "id")]
      .map(([id, list]) => ({
        id,
        template: list[0].template,
        mean: mean(list.map(({ scores }) => scores.max)),
        spread: Math.max(...list.map(({ scores }) => scores.max)) - Math.min(...list.map(({ scores }) => scores.max)),
      }))
      .sort((a, b) => b.mean - a.mean)
      .slice(0, SHOWN_TEMPLATES),
  };
}

function printMeasures({ language, names, sentences, spreads, kinds, worst }) {
  console.log(`\n${language}: ${sentences} sentences, ${names} names`);
  for (const { label, names: list, spread, oddsSpread } of spreads) {
    const shown = (some) => some.map(({ name, mean: value }) => `${name} ${value.toFixed(3)}`).join(", ");
    const ends = `${shown(list.slice(0, SHOWN_NAMES))} ... ${shown(list.slice(-SHOWN_NAMES))}`;
    console.log(
      `  ${label.padEnd(11)} spread ${spread.toFixed(3)}, of log-odds ${oddsSpread.toFixed(2)}: ${ends}${spread > most ? "  above" : ""}`,
    );
  }
  for (const { kind, sentences: count, mean: value, flagged, reviewed } of kinds) {
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `  ${kind.padEnd(11)}${String(count).padStart(5)} sentences, mean ${value.toFixed(3)}, flagged ${percent(flagged)}, reviewed ${percent(reviewed)}`,
    );
  }
  for (const { id, template, mean: value, spread } of worst)
    console.log(`  ${id.padEnd(15)} mean ${value.toFixed(3)}, spread ${spread.toFixed(3)}: ${template}`);
}

const every = Number(values.sentences ?? 0);
const measured = [];
for (const language of LANGUAGES.filter((name) => positionals.length === 0 || positionals.includes(name))) {
  const rows = fillAll(language);
  if (every > 0) for (const { text, scores } of rows.filter((_, k) => k % every === 0)) console.log(`${scores.max.toFixed(3)} ${text}`);
  else measured.push(measure(language, rows));
}
if (values.json) console.log(JSON.stringify({ most, languages: measured }));
else for (const one of measured) printMeasures(one);
if (measured.some(({ spreads }) => spreads.some(({ spread }) => spread > most))) process.exitCode = 1;
