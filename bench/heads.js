/**
 * The heads against rivals, set by set, on dev rows that nobody was trained on: each set's head trained on that set alone by the three
 * methods, and the shipped model, trained on everything at once; beside them fastText (on the text) and scikit-learn (on the very same
 * features), where they are installed.
 *
 *     npm run build && node bench/heads.js DATA_FOLDER [SET...] [--python /usr/bin/python3]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cannotRun } from "./measure.js";

const SETS = {
  "ru-ruethnohate_text": "hate",
  "en-hatexplain": "hate",
  "en-stormfront": "hate",
  "en-davidson": "hate",
  "kk-peerj_cs3027_hate": "hate",
  "en-threatgram101": "incitement",
};
const BITS = 19;

const { values, positionals } = parseArgs({ options: { python: { type: "string", default: "python3" } }, allowPositionals: true });
const [data, ...wanted] = positionals;
if (data === undefined) cannotRun("give the folder of the corpora: node bench/heads.js DATA_FOLDER");
const root = fileURLToPath(new URL("..", import.meta.url));
const [
  { collectFeatures, createFeatureScratch },
  { loadLabelMap },
  { openJudge },
  { GROUP_MASK },
  { readLabelled },
  { averagePrecision, auc },
] = await Promise.all(
  ["bayes/features", "labelled/label-map", "pipeline/classifier", "pipeline/judge", "pipeline/labelled", "evaluation/metrics"].map(
    (name) => import(`../dist/${name}.js`),
  ),
).catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));
const qalqan = (...args) =>
  execFileSync(process.execPath, [join(root, "bin/qalqan.js"), "--quiet", ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
const mapFile = join(root, "models/sets.json");
const map = loadLabelMap(mapFile);
const folder = mkdtempSync(join(tmpdir(), "qalqan-heads-"));
try {
  for (const [set, head] of Object.entries(SETS)) if (wanted.length === 0 || wanted.includes(set)) await measureSet(set, head);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureSet(set, head) {
  const file = join(data, `${set}.jsonl.gz`);
  console.log(`\n${set}, ${head}`);
  for (const method of ["nb", "complement", "nblr"]) {
    const model = join(folder, "alone.model");
    qalqan("train", file, "--map", mapFile, "--method", method, "-o", model);
    show(`alone, ${method}`, headsOf(file, head, model));
  }
  show("shipped, everything at once", headsOf(file, head, "builtin"));
  const rows = { train: await rowsOf(file, "train", head), dev: await rowsOf(file, "dev", head) };
  runFastText(rows);
  await runScikit(rows);
}

function headsOf(file, head, model) {
  const choice = model === "builtin" ? [] : ["--model", model];
  const run = JSON.parse(
    qalqan("evaluate", file, "--map", mapFile, "--split", "dev", "--heads", "--json", "--bootstrap", "0", "--label", head, ...choice),
  );
  const row = run.measures.find(({ facet, label }) => facet === null && label === head);
  const { bestF1 } = run.details.find(({ facet, label }) => facet === null && label === head);
  return { f1: bestF1.f1, auc: row.auc, ap: row.ap };
}

async function rowsOf(file, split, head) {
  const rows = [];
  for await (const { text, gold } of readLabelled([file], split, () => {}, { map }))
    if (gold[head] !== null) rows.push({ text, gold: gold[head] });
  return rows;
}

function show(name, { f1, auc: area, ap }) {
  console.log(`  ${name.padEnd(40)} best F1 ${f1.toFixed(3)}  AUC ${area.toFixed(3)}  AP ${ap.toFixed(3)}`);
}

/** Measures from scores, as evaluate has them. */
function measure(scores, rows) {
  const all = Float64Array.from(scores);
  const gold = Uint8Array.from(rows, (row) => row.gold);
  const order = [...all.keys()].sort((a, b) => all[b] - all[a]);
  const positives = gold.reduce((sum, value) => sum + value, 0);
  let [found, best] = [0, 0];
  order.forEach((row, at) => {
    found += gold[row];
    if (all[order[at + 1]] !== all[row]) best = Math.max(best, (2 * found) / (at + 1 + positives));
  });
  return { f1: best, auc: auc(all, gold), ap: averagePrecision(all, gold) };
}

function runFastText({ train, dev }) {
  if (spawnSync("fasttext").error) return console.log("  fastText is not installed");
  const line = (text) => text.toLowerCase().replaceAll(/\s+/gu, " ");
  writeFileSync(join(folder, "ft.txt"), train.map(({ text, gold }) => `__label__${gold} ${line(text)}\n`).join(""));
  writeFileSync(join(folder, "dev.txt"), dev.map(({ text }) => `${line(text)}\n`).join(""));
  const options = "-wordNgrams 2 -minn 3 -maxn 5 -dim 50 -epoch 10 -lr 0.3 -thread 1 -verbose 0".split(" ");
  execFileSync("fasttext", ["supervised", "-input", join(folder, "ft.txt"), "-output", join(folder, "ft"), ...options], {
    stdio: "ignore",
  });
  const out = execFileSync("fasttext", ["predict-prob", join(folder, "ft.bin"), join(folder, "dev.txt"), "2"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const scores = out
    .split("\n")
    .slice(0, dev.length)
    .map((answer) => Number(/__label__1 (\S+)/u.exec(answer)?.[1] ?? 0));
  show("fastText (words 1-2, letters 3-5)", measure(scores, dev));
}

/** The same features, as scikit-learn reads them. */
async function runScikit({ train, dev }) {
  if (spawnSync(values.python, ["-c", "import sklearn"]).status !== 0)
    return console.log(`  scikit-learn is not installed for ${values.python}`);
  const judge = await openJudge({ model: null });
  const scratch = createFeatureScratch(BITS, GROUP_MASK);
  const encoder = new TextEncoder();
  for (const [name, rows] of Object.entries({ train, dev })) {
    const lines = rows.map(({ text, gold }) => {
      const bytes = encoder.encode(text);
      judge.judge(bytes, 0, bytes.length);
      const count = collectFeatures(judge.tokens, 0, judge.tokens.count, scratch);
      return `${gold} ${[...scratch.features.subarray(0, count)]
        .sort((a, b) => a - b)
        .map((place) => `${place}:1`)
        .join(" ")}\n`;
    });
    writeFileSync(join(folder, `${name}.svm`), lines.join(""));
  }
  const out = execFileSync(values.python, [join(root, "bench/heads-sklearn.py"), folder, String(2 ** BITS)], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  for (const [name, scores] of Object.entries(JSON.parse(out))) show(`scikit-learn, ${name}`, measure(scores, dev));
}
