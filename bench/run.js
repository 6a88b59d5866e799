/**
 * Measures us beside our rivals on one corpus, each run of each case a process of its own, one at a time, and prints
 * the medians. Cases take turns, so that a machine that grows slower is slower for all.
 *
 *     node bench/run.js [--megabytes 16] [--runs 5]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CANNOT_RUN } from "./measure.js";

const here = fileURLToPath(new URL(".", import.meta.url));

/** What is compared on each surface. Classifiers that are slow see a slice, so bytes would not say the same for all. */
const SURFACES = [
  {
    name: "tokenize",
    ours: "qalqan tokenize",
    rate: "megabytesPerSecond",
    note: "Strings are decoded and cut beforehand for the rivals; ours finds lines in bytes.",
  },
  {
    name: "classify",
    ours: "qalqan scan",
    rate: "messagesPerSecond",
    note: "Ours is a whole scan with start-up, input and output; the rivals' figure is classifying alone.",
  },
];

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "16" },
    runs: { type: "string", default: "5" },
  },
});
const megabytes = positive("--megabytes", values.megabytes);
const runs = positive("--runs", values.runs);

const folder = mkdtempSync(join(tmpdir(), "qalqan-bench-"));
try {
  const corpus = join(folder, "corpus.txt");
  execFileSync(process.execPath, [join(here, "corpus.js"), String(megabytes), corpus], { stdio: "inherit" });
  printReport(corpus, runCases(corpus));
} finally {
  rmSync(folder, { recursive: true });
}

function positive(option, text) {
  const value = Number(text);
  if (value > 0) return value;
  console.error(`${option} takes a number above 0, not "${text}"`);
  process.exit(2);
}

/** Figures of all runs by case file, or the reason why there are none. */
function runCases(corpus) {
  const files = readdirSync(join(here, "cases"))
    .filter((file) => file.endsWith(".js"))
    .sort();
  const cases = files.map((file) => ({ file, figures: [], reason: undefined }));
  for (let run = 1; run <= runs; run++) {
    for (const each of cases) {
      if (each.reason !== undefined) continue;
      process.stderr.write(`run ${run} of ${runs}: ${each.file}\n`);
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, "cases", each.file), corpus], { encoding: "utf8" });
      if (status === 0) each.figures.push(JSON.parse(stdout));
      else each.reason = stderr.trim();
      if (status !== 0 && status !== CANNOT_RUN) process.exitCode = 1;
    }
  }
  return cases;
}

function printReport(corpus, cases) {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus()[0]?.model ?? "unknown CPU"} (${cpus().length} threads), commit ${commit()}`,
  );
  console.log(`corpus of ${(statSync(corpus).size / 1e6).toFixed(1)} MB, median of ${runs} runs`);
  const medians = cases.filter((each) => each.reason === undefined).map((each) => medianOf(each.figures));
  for (const surface of SURFACES) {
    const rows = medians.filter((each) => each.surface === surface.name).sort((left, right) => right[surface.rate] - left[surface.rate]);
    console.log(`\n${surface.name}: ${surface.note}`);
    printTable(rows, rows.find((each) => each.case === surface.ours)?.[surface.rate], surface.rate);
  }
  for (const each of cases) if (each.reason !== undefined) console.log(`\nno figures of ${each.file}: ${each.reason}`);
}

/** The run with the median time, its rates with it; of an even number the slower of the two in the middle. */
function medianOf(figures) {
  const ordered = figures.toSorted((left, right) => left.seconds - right.seconds);
  const peakRssMb = Math.max(...figures.map((each) => each.peakRssMb));
  return {
    ...ordered[ordered.length >> 1],
    peakRssMb,
    fastest: ordered[0].seconds,
    slowest: ordered.at(-1).seconds,
  };
}

function printTable(rows, ours, rate) {
  const titles = ["case", "messages", "tokens", "seconds", "min..max", "messages/s", "MB/s", "peak MiB", "against ours"];
  const cells = rows.map((row) => [
    row.case,
    `${row.messages}${row.slice ? " (slice)" : ""}`,
    row.tokens === undefined ? "–" : String(row.tokens),
    row.seconds.toFixed(3),
    `${row.fastest.toFixed(3)}..${row.slowest.toFixed(3)}`,
    Math.round(row.messagesPerSecond).toString(),
    row.megabytesPerSecond.toFixed(2),
    Math.round(row.peakRssMb).toString(),
    against(row[rate], ours),
  ]);
  const table = [titles, ...cells];
  const widths = titles.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  "));
}

/** How many times as fast as a rival ours is. */
function against(rate, ours) {
  if (ours === undefined) return "–";
  return rate === ours ? "1" : `ours x ${(ours / rate).toPrecision(3)}`;
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
