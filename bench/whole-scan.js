/** Our whole scan as a user runs it, a process from start-up to its last record. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cannotRun, corpusPath, countLines, print } from "./measure.js";

const NEWLINE = 10;
const command = fileURLToPath(new URL("../bin/qalqan.js", import.meta.url));
const measureModule = new URL("measure.js", import.meta.url).href;

/** Preloaded into the scan: writes its peak memory to descriptor 3 as it ends. */
const probe = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  import { isMainThread } from "node:worker_threads";
  import { ownPeakRssMb } from "${measureModule}";
  if (isMainThread) process.on("exit", () => writeSync(3, String(ownPeakRssMb())));
`)}`;

/** Runs a scan; `records` are the lines it wrote, 0 where it writes to a file. */
function scan(options, path) {
  const args = ["--import", probe, command, "scan", "--from", "lines", "--to", "jsonl", ...options, path];
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  let [records, errors, peak] = [0, "", ""];
  child.stdout.on("data", (chunk) => {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) records++;
  });
  child.stderr.on("data", (chunk) => (errors += chunk));
  child.stdio[3].on("data", (chunk) => (peak += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      const seconds = (performance.now() - startedMs) / 1000;
      if (status !== 0) reject(new Error(`qalqan scan ended with status ${status}: ${errors}`));
      else resolve({ seconds, records, summary: errors, peakRssMb: Number(peak) });
    });
  });
}

/** A count of the summary, in which thousands stand apart. */
function counted(summary, pattern) {
  const found = pattern.exec(summary);
  if (found === null) throw new Error(`no count in the summary: ${summary}`);
  return Number(found[1].replaceAll(/\D/g, ""));
}

/**
 * Scans the corpus once through a pipe, where its records are counted, then once into nowhere, which is timed.
 * @param only the decision a record must have to be written: "all" or "flag"
 */
export async function measureScan({ name, surface, only }) {
  if (!existsSync(command)) cannotRun("bin/qalqan.js is not there yet");
  const path = corpusPath();
  const { messages, bytes } = countLines(path);
  const { records } = await scan(["--only", only], path);
  const { seconds, peakRssMb, summary } = await scan(["--only", only, "-o", "/dev/null"], path);
  const judged = counted(summary, /([\d\s.,]+) messages ·/);
  const flagged = counted(summary, /flagged ([\d\s.,]+)/);
  const expected = only === "all" ? messages : flagged;
  if (judged !== messages || records !== expected)
    throw new Error(`${messages} messages, ${judged} judged; ${expected} records expected, ${records} written`);
  print({ name, surface, messages, matches: flagged, bytes, seconds, peakRssMb });
}
