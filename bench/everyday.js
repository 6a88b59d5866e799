/**
 * How much harmless talk is flagged: dev rows of the corpora, never trained on, set by set.
 *
 *     npm run build && node bench/everyday.js ../shared/data [--model] [--list SET flag|review|pass [COUNT]]
 *
 * Lexicons and rules alone, unless --model is given. Benign are the sets without any attack, and rows with label 0 of sets of abuse in
 * everyday talk (messages rated negative left out); neutral talk of peoples is RuEthnoHate's label 0. --list prints rows of any set with that decision, highest score first.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { cannotRun } from "./measure.js";

const BENIGN = [
  "kk-kazsandra_reviews",
  "kk-kaznerd_news",
  "kk-kazqad_questions",
  "kk-ud_kazakh_ktb",
  "ru-rusentiment_benign",
  "ru-okmlcup_10pct",
  "en-sms_ham_benign",
  "en-convabuse",
];
const OF_PEOPLES = "ru-ruethnohate_text";

const { createClassifier } = await import("../dist/index.js").catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);
const { values, positionals } = parseArgs({
  options: { model: { type: "boolean" }, list: { type: "string" } },
  allowPositionals: true,
});
const [folder, decision = "flag", count = "300"] = positionals;
if (folder === undefined) cannotRun("give the folder of the corpora");
const classifier = await createClassifier(values.model ? {} : { model: null });

if (values.list) list(values.list);
else report();

function readDev(set) {
  return gunzipSync(readFileSync(join(folder, `${set}.jsonl.gz`)))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ split, labels }) => split === "dev" && !(set === "ru-rusentiment_benign" && labels?.includes("negative")));
}

function report() {
  let all = 0;
  let flags = 0;
  for (const set of [...BENIGN, OF_PEOPLES]) {
    const rows = readDev(set).filter(({ label }) => label !== 1);
    const flagged = rows.filter(({ text }) => classifier.classify(text).decision === "flag").length;
    console.log(
      `${set.padEnd(24)} ${String(flagged).padStart(5)} of ${String(rows.length).padStart(6)}  ${perMyriad(flagged, rows.length)}`,
    );
    if (set === OF_PEOPLES) continue;
    all += rows.length;
    flags += flagged;
  }
  console.log(`${"benign, all".padEnd(24)} ${String(flags).padStart(5)} of ${String(all).padStart(6)}  ${perMyriad(flags, all)}`);
}

function perMyriad(some, all) {
  return `${((1e4 * some) / all).toFixed(1)} in 10,000`;
}

function list(pattern) {
  const sets = readdirSync(folder).flatMap((name) => (name.startsWith(pattern) ? [name.replace(".jsonl.gz", "")] : []));
  const judged = sets.flatMap((set) => readDev(set).map((row) => ({ set, ...row, verdict: classifier.classify(row.text) })));
  judged
    .filter(({ verdict }) => verdict.decision === decision)
    .sort((a, b) => b.verdict.score - a.verdict.score)
    .slice(0, Number(count))
    .forEach(({ set, label, text, verdict }) => {
      const why = verdict.signals.map((signal) => `${signal.entry} ${signal.weight.toFixed(1)}`).join(", ");
      console.log(`${verdict.score.toFixed(3)} ${set} ${label} [${why}] ${text.replaceAll(/\s+/g, " ")}`);
    });
}
