/**
 * Measures us beside our rivals on one corpus, each run of each case a process of its own, one at a time, all on one core
 * where taskset is there, and prints the medians. Cases take turns, so that a machine that grows slower is slower for all.
 *
 *     node bench/run.js [--megabytes 64] [--runs 5] [--core 1]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CANNOT_RUN, countLines } from "./measure.js";
import { printReport } from "./report.js";

const here = fileURLToPath(new URL(".", import.meta.url));

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "64" },
    runs: { type: "string", default: "5" },
    core: { type: "string" },
  },
});
const megabytes = positive("--megabytes", values.megabytes);
const runs = positive("--runs", values.runs);
const core = coreForAll(values.core);

const folder = mkdtempSync(join(tmpdir(), "qalqan-bench-"));
try {
  const corpus = join(folder, "corpus.txt");
  execFileSync(process.execPath, [join(here, "corpus.js"), String(megabytes), corpus], { stdio: "inherit" });
  const whole = countLines(corpus);
  const cases = runCases(corpus, whole);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus()[0]?.model ?? "unknown CPU"} (${cpus().length} threads), commit ${commit()}`,
  );
  console.log(`corpus of ${(whole.bytes / 1e6).toFixed(1)} MB, ${whole.messages} messages; median of ${runs} runs`);
  console.log(core === undefined ? "no taskset here: cases are not pinned to a core" : `every case pinned to core ${core} (taskset)`);
  printReport(cases);
} finally {
  rmSync(folder, { recursive: true });
}

function positive(option, text) {
  const value = Number(text);
  if (value > 0) return value;
  console.error(`${option} takes a number above 0, not "${text}"`);
  process.exit(2);
}

/** The core that is asked for, or the last of those that this process may use; undefined without taskset. */
function coreForAll(wanted) {
  const { status, stdout } = spawnSync("taskset", ["-cp", String(process.pid)], { encoding: "utf8" });
  return status === 0 ? (wanted ?? /\d+$/.exec(stdout.trim())?.[0]) : undefined;
}

/** Figures of all runs by case file, or the reason why there are none. */
function runCases(corpus, whole) {
  const files = readdirSync(join(here, "cases"))
    .filter((file) => file.endsWith(".js"))
    .sort();
  const cases = files.map((file) => ({ file, figures: [], reason: undefined }));
  for (let run = 1; run <= runs; run++) {
    for (const each of cases) {
      if (each.reason !== undefined) continue;
      process.stderr.write(`run ${run} of ${runs}: ${each.file}\n`);
      const { status, stdout, stderr } = runCase(join(here, "cases", each.file), corpus);
      if (status === 0) each.figures.push(checked(JSON.parse(stdout), each, whole));
      else each.reason = stderr.trim() || `ended with status ${status}`;
      if (status !== 0 && status !== CANNOT_RUN) process.exitCode = 1;
    }
  }
  return cases;
}

function runCase(file, corpus) {
  const command = [process.execPath, file, corpus];
  if (core !== undefined) command.unshift("taskset", "-c", core);
  // Models that a case trains lie there for its next runs.
  const env = { ...process.env, QALQAN_BENCH_FOLDER: folder };
  return spawnSync(command[0], command.slice(1), { encoding: "utf8", env });
}

/** The figures, if they are of the same input as all others' and count what the runs before counted. */
function checked(figures, { file, figures: before }, whole) {
  if (!figures.slice && (figures.messages !== whole.messages || figures.bytes !== whole.bytes))
    throw new Error(`${file} saw ${figures.messages} messages of ${figures.bytes} bytes, not ${whole.messages} of ${whole.bytes}`);
  for (const count of ["messages", "tokens", "matches"])
    if (before.length > 0 && figures[count] !== before[0][count])
      throw new Error(`${file} counted ${figures[count]} ${count}, and ${before[0][count]} in its first run`);
  return figures;
}

function commit() {
  const git = (...args) =>
    execFileSync("git", args, {
      cwd: here,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : " with changes");
  } catch {
    return "unknown";
  }
}
