/**
 * fastText 0.9.2 (Debian package fasttext): predict-prob with subwords of 3 to 5 letters and word bigrams, two labels, all
 * else as it comes. Of a slice of the corpus, into nowhere. The time is without what loading the model takes, which is
 * measured on an empty input and noted.
 *
 * One epoch over many messages instead of five over few: the words of its dictionary cost it less than others do. The
 * model (some 800 MB) lies in $QALQAN_BENCH_FOLDER for all runs of the bench; a run by hand keeps it in the temp folder.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { byteLengthOf, cannotRun, corpusPath, print, readMessages } from "../measure.js";

const TRAINING_MESSAGES = 100_000;
/** Some seven seconds. */
const SLICE_MESSAGES = 50_000;
const NAME = "fastText predict-prob";

function fasttext(args, stdout) {
  const startedMs = performance.now();
  const result = spawnSync("fasttext", args, { stdio: ["ignore", stdout, "pipe"], maxBuffer: 1 << 30 });
  if (result.status !== 0) throw new Error(`fasttext ${args[0]} ended with status ${result.status}: ${result.stderr}`);
  return { seconds: (performance.now() - startedMs) / 1000, stdout: result.stdout };
}

function folderFor(corpus) {
  const { size, mtimeMs } = statSync(corpus);
  const mark = createHash("sha256")
    .update(`${resolve(corpus)} ${size} ${mtimeMs}`)
    .digest("hex")
    .slice(0, 16);
  const folder = join(process.env.QALQAN_BENCH_FOLDER ?? tmpdir(), `qalqan-fasttext-${mark}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Two labels by turns, as the other rivals learn them. */
function train(folder, messages) {
  const model = join(folder, "model.bin");
  if (existsSync(model)) return model;
  const rows = join(folder, "rows.txt");
  writeFileSync(rows, messages.map((message, index) => `__label__${index % 2 === 0 ? "flag" : "pass"} ${message}\n`).join(""));
  const made = join(folder, "new");
  const shape = ["-minn", "3", "-maxn", "5", "-wordNgrams", "2", "-epoch", "1", "-thread", "1"];
  fasttext(["supervised", "-input", rows, "-output", made, ...shape], "ignore");
  rmSync(`${made}.vec`);
  rmSync(rows);
  renameSync(`${made}.bin`, model);
  return model;
}

if (spawnSync("fasttext", []).error !== undefined) cannotRun("fasttext is not installed (Debian package fasttext)");
const corpus = corpusPath();
const folder = folderFor(corpus);
const all = readMessages();
const split = Math.min(TRAINING_MESSAGES, all.length >> 1);
const model = train(folder, all.slice(0, split));
const messages = all.slice(split, split + SLICE_MESSAGES);
const [slice, nothing] = [join(folder, "slice.txt"), join(folder, "nothing.txt")];
writeFileSync(slice, `${messages.join("\n")}\n`);
writeFileSync(nothing, "");

const answers = fasttext(["predict-prob", model, slice, "1"], "pipe").stdout.toString("utf8").split("\n").length - 1;
if (answers !== messages.length) throw new Error(`${NAME} gave ${answers} answers to ${messages.length} messages`);
const loading = [1, 2, 3].map(() => fasttext(["predict-prob", model, nothing, "1"], "ignore").seconds).sort((a, b) => a - b)[1];
const whole = fasttext(["predict-prob", model, slice, "1"], "ignore").seconds;
print({
  name: NAME,
  surface: "scan",
  messages: messages.length,
  bytes: byteLengthOf(messages),
  seconds: whole - loading,
  peakRssMb: null,
  slice: messages.length < all.length,
  note: `loading its model, ${loading.toFixed(2)} s, is left out; with it ${Math.round(messages.length / whole)} messages/s`,
});
