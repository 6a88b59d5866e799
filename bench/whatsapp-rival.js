/**
 * Our WhatsApp reader beside npm whatsapp-chat-parser 4.0.2: what both read of the exports in ../shared/exports, where they are,
 * beside the counts expected; then speed and peak memory on a generated chat, each run a process of its own, in turns, medians.
 * Ours surveys the file and reads it in pieces into batches; theirs takes the whole text and returns an array. The file's reading
 * from disk is in both times, start-up in neither.
 *
 *     npm run build && node bench/whatsapp-rival.js [--megabytes 64] [--runs 5]
 */
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cannotRun, ownPeakRssMb } from "./measure.js";
import { writeChat } from "./whatsapp-chat.js";

const CHUNK_BYTES = 256 << 10;
const EXPORTS = new URL("../../shared/exports/", import.meta.url);
/** Characters that only one of the two takes off. */
const MARKS = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "64" },
    runs: { type: "string", default: "5" },
    case: { type: "string" },
    file: { type: "string" },
  },
});

const [{ WHATSAPP }, { PART, RANGE_STRIDE }, { parseString }] = await Promise.all([
  import("../dist/readers/whatsapp/whatsapp.js"),
  import("../dist/core/message.js"),
  import("whatsapp-chat-parser"),
]).catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));

const CASES = { ours: readOurs, theirs: (file) => parseString(readFileSync(file, "utf8")).length };

if (values.case !== undefined) measure(values.case, values.file);
else {
  compareExports();
  await compareSpeed(Number(values.megabytes), Number(values.runs));
}

/** @returns how many messages the file has. */
function readOurs(file, take = () => {}) {
  const survey = WHATSAPP.survey({ source: file });
  forEachChunk(file, (chunk) => survey.push(chunk));
  let messages = 0;
  const reader = WHATSAPP.open({ source: file, known: survey.finish() }, (batch) => {
    messages += batch.count;
    take(batch);
  });
  forEachChunk(file, (chunk) => reader.push(chunk) === true);
  reader.finish();
  return messages;
}

/** @param visit says whether it has seen enough. */
function forEachChunk(file, visit) {
  const descriptor = openSync(file);
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let isDone = false; !isDone; ) {
    const length = readSync(descriptor, buffer, 0, CHUNK_BYTES, null);
    isDone = length === 0 || visit(buffer.subarray(0, length));
  }
  closeSync(descriptor);
}

function measure(name, file) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const messages = CASES[name](file);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(JSON.stringify({ messages, seconds, cpuSeconds: (user + system) / 1e6, peakRssMb: ownPeakRssMb() }));
}

async function compareSpeed(megabytes, runs) {
  const folder = mkdtempSync(join(tmpdir(), "qalqan-bench-"));
  try {
    const file = join(folder, "chat.txt");
    const messages = await writeChat(megabytes, file);
    const bytes = statSync(file).size;
    const figures = { ours: [], theirs: [] };
    for (let run = 0; run < runs; run++) {
      for (const name of Object.keys(CASES)) {
        const command = [fileURLToPath(import.meta.url), "--case", name, "--file", file];
        figures[name].push(JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8" })));
      }
    }
    console.log(
      `\n${(bytes / 1e6).toFixed(1)} MB, ${messages} messages, median of ${runs} processes each, ${cpus()[0]?.model ?? "unknown CPU"}, Node ${process.versions.node}`,
    );
    for (const [name, each] of Object.entries(figures)) {
      const seconds = median(each.map((figure) => figure.seconds));
      const cpuSeconds = median(each.map((figure) => figure.cpuSeconds));
      const peak = median(each.map((figure) => figure.peakRssMb));
      const cells = [
        `${each[0].messages} messages`,
        `${seconds.toFixed(2)} s`,
        `${cpuSeconds.toFixed(2)} s of CPU`,
        `${(bytes / 1e6 / seconds).toFixed(1)} MB/s`,
        `${Math.round(peak)} MiB at most`,
      ];
      console.log(name.padEnd(8) + cells.map((cell) => cell.padStart(18)).join(""));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function median(numbers) {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1];
}

/** Rows, rows with author and distinct authors of both, and on how many of the texts that both have they agree about the time. */
function compareExports() {
  if (!existsSync(EXPORTS)) return console.log("no ../shared/exports: nothing to be compared with");
  const table = readFileSync(new URL("EXPECTED.tsv", EXPORTS), "utf8").trimEnd().split("\n").slice(1);
  console.log(`${"rows/authored/authors".padEnd(42)}  expected        ours      theirs   same time of same texts`);
  for (const row of table) {
    const [path, records, authored] = row.split("\t");
    if (!path.startsWith("whatsapp/") || !path.endsWith(".txt")) continue;
    const file = fileURLToPath(new URL(path, EXPORTS));
    const ours = ourRows(file);
    const theirs = parseString(readFileSync(file, "utf8")).map(({ date, author, message }) => ({
      time: wallTime(date),
      author,
      text: message,
    }));
    const { both, same } = compareTimes(ours, theirs);
    const cells = [`${records}/${authored}`, countsOf(ours), countsOf(theirs), `${same} of ${both}`];
    console.log(path.slice("whatsapp/".length).padEnd(40) + cells.map((cell) => cell.padStart(12)).join(""));
  }
}

function ourRows(file) {
  const rows = [];
  readOurs(file, (batch) => {
    for (let index = 0; index < batch.count; index++) {
      const part = (number) => {
        const [start, end] = batch.ranges.subarray(index * RANGE_STRIDE + number * 2);
        return start < 0 ? null : Buffer.from(batch.bytes.subarray(start, end)).toString();
      };
      const sentAtMs = batch.sentAtMs[index];
      const time = Number.isNaN(sentAtMs) ? "none" : new Date(sentAtMs).toISOString().slice(0, 19);
      rows.push({ time, author: part(PART.author), text: part(PART.text) });
    }
  });
  return rows;
}

/** A date of theirs is of this machine's zone. */
function wallTime(date) {
  if (Number.isNaN(date.getTime())) return "none";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function countsOf(rows) {
  const authored = rows.filter((row) => row.author !== null);
  return `${rows.length}/${authored.length}/${new Set(authored.map((row) => row.author)).size}`;
}

/** Pairs each row of ours with the next of theirs that has its text. */
function compareTimes(ours, theirs) {
  const clean = (text) => text.replaceAll(MARKS, "").trim();
  const timesOf = new Map(theirs.map((row) => [clean(row.text), []]));
  for (const row of theirs) timesOf.get(clean(row.text)).push(row);
  let [both, same] = [0, 0];
  for (const { text, time } of ours) {
    const row = timesOf.get(clean(text))?.shift();
    if (row === undefined) continue;
    both++;
    if (row.time === time) same++;
  }
  return { both, same };
}
