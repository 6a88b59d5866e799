/**
 * Our whole scan as a user runs it: start-up, reading, lexicons, rules, model, all labels, evidence and JSONL are in the
 * time, where the rivals' time is classifying alone.
 */
import { spawn } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cannotRun, corpusPath, print } from "../measure.js";

const NEWLINE = 10;
const command = fileURLToPath(new URL("../../bin/qalqan.js", import.meta.url));
const measureModule = new URL("../measure.js", import.meta.url).href;

if (!existsSync(command)) cannotRun("bin/qalqan.js is not there yet");

/** Preloaded into the scan: writes its peak memory to descriptor 3 as it ends. */
const probe = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  import { isMainThread } from "node:worker_threads";
  import { ownPeakRssMb } from "${measureModule}";
  if (isMainThread) process.on("exit", () => writeSync(3, String(ownPeakRssMb())));
`)}`;

function scan(path) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["--import", probe, command, "scan", "--from", "lines", "--to", "jsonl", "-o", "/dev/null", path], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let errors = "";
  let peak = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  child.stdio[3].on("data", (chunk) => (peak += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0)
        resolve({
          seconds: (performance.now() - startedMs) / 1000,
          peakRssMb: Number(peak),
        });
      else reject(new Error(`qalqan scan ended with status ${status}: ${errors}`));
    });
  });
}

async function countLines(path) {
  let lines = 0;
  for await (const chunk of createReadStream(path))
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

const path = corpusPath();
const { seconds, peakRssMb } = await scan(path);
print({
  name: "qalqan scan",
  surface: "classify",
  messages: await countLines(path),
  bytes: statSync(path).size,
  seconds,
  peakRssMb,
});
