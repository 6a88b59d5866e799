/**
 * Large exports read and scanned: speed in bytes of text a second beside plain lines of the same texts, and peak memory.
 *
 *     npm run build && node bench/exports.js SHARED [MEGABYTES] [RUNS] [scan | read]
 *
 * SHARED is the folder with exports/ and data/. A Telegram export is made of a real one, its messages repeated with new
 * texts; a WhatsApp chat of the same texts. MEGABYTES is the size of the Telegram file, 200 unless given; WhatsApp's is half of
 * it. Readers alone are also held against JSON.parse of the whole file (where a string may be that long) and stream-json.
 * One process a case, in turns; the median of RUNS (3) counts.
 */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMessages } from "./corpus.js";

const shared = process.argv[2];
const megabytes = Number(process.argv[3] ?? 200);
const runs = Number(process.argv[4] ?? 3);
const wanted = process.argv[5];
if (shared === undefined || !existsSync(join(shared, "exports/telegram"))) {
  console.error("name the folder with exports/ and data/: node bench/exports.js SHARED");
  process.exit(2);
}
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "qalqan-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const texts = readMessages();
const telegram = join(folder, "result.json");
const whatsapp = join(folder, "_chat.txt");
/** The texts of each, one a line. */
const telegramLines = join(folder, "telegram.txt");
const whatsappLines = join(folder, "whatsapp.txt");

/** Writes pieces until `bytes` are reached. @returns how many texts went in and their bytes. */
function write(path, linesPath, bytes, { head, piece, tail }) {
  const [file, lines] = [openSync(path, "w"), openSync(linesPath, "w")];
  let [written, count, textBytes] = [writeSync(file, head), 0, 0];
  for (let at = 0; written < bytes; ) {
    const [block, plain] = [[], []];
    for (let size = 0; size < 1 << 20; at++) {
      const text = texts[at % texts.length];
      const { json, used } = piece(at, text);
      block.push(json);
      size += json.length;
      if (!used) continue;
      plain.push(text, "\n");
      textBytes += Buffer.byteLength(text);
      count++;
    }
    written += writeSync(file, block.join(""));
    writeSync(lines, plain.join(""));
  }
  writeSync(file, tail);
  for (const open of [file, lines]) closeSync(open);
  return { count, textBytes };
}

const real = JSON.parse(readFileSync(join(shared, "exports/telegram/tk_all_kinds_result.json"), "utf8"));
const templates = real.messages;
const indent = (json) => json.replaceAll("\n", "\n  ");
const telegramSize = write(telegram, telegramLines, megabytes * 1e6, {
  head: `${JSON.stringify({ name: real.name, type: real.type, id: real.id }, null, 1).slice(0, -2)},\n "messages": [\n`,
  piece(at, text) {
    const message = { ...templates[at % templates.length], id: at + 1 };
    const used = message.type === "message" && message.poll === undefined && message.todo_list === undefined;
    if (used) {
      message.text = text;
      message.text_entities = [{ type: "plain", text }];
    }
    return { json: `${at === 0 ? "" : ",\n"}  ${indent(JSON.stringify(message, null, 1))}`, used };
  },
  tail: "\n ]\n}\n",
});
const names = ["Айгүл", "Бота", "Иван Петрович", "+7 700 000 00 00", "Sam"];
const two = (number) => String(number).padStart(2, "0");
const whatsappSize = write(whatsapp, whatsappLines, (megabytes / 2) * 1e6, {
  head: "",
  piece(at, text) {
    const date = new Date(Date.UTC(2020, 0, 1) + at * 1000);
    const day = `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
    return { json: `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} - ${names[at % names.length]}: ${text}\n`, used: true };
  },
  tail: "",
});

const probe = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS / 1024)));',
)}`;

/** Runs a process to its end. @returns seconds and its peak memory in MB, null if it could not. */
function measure(args) {
  const startedMs = performance.now();
  const { status, stderr, output } = spawnSync(process.execPath, ["--import", probe, ...args], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) return { failed: stderr.trim().split("\n").at(-1) };
  return { seconds: (performance.now() - startedMs) / 1000, peakMb: Number(output[3]), said: stderr };
}

/** Runs cases in turns and prints a table; ratios are to the first case's speed. */
function compare(title, cases) {
  const results = cases.map(() => []);
  for (let run = 0; run < runs; run++) for (const [k, { args }] of cases.entries()) results[k].push(measure(args));
  console.log(`\n${title}`);
  let first = 0;
  cases.forEach(({ name, bytes }, k) => {
    const failed = results[k].find((result) => result.failed !== undefined);
    if (failed) {
      console.log(`  ${name.padEnd(34)} cannot: ${failed.failed}`);
      return;
    }
    const seconds = results[k].map((result) => result.seconds).sort((a, b) => a - b)[runs >> 1];
    const speed = bytes / seconds / 1e6;
    first ||= speed;
    const peak = Math.max(...results[k].map((result) => result.peakMb));
    console.log(
      `  ${name.padEnd(34)} ${seconds.toFixed(2).padStart(8)} s  ${speed.toFixed(2).padStart(8)} MB/s  ${(speed / first).toFixed(2).padStart(6)}x  ${peak.toFixed(0).padStart(6)} MB peak`,
    );
  });
}

/** Without what was not asked for. */
function part(name, title, cases) {
  if (wanted === undefined || wanted === name) compare(title, cases);
}

const scan = (path, format) => [here("../bin/qalqan.js"), "scan", "--from", format, "--only", "flag", "-o", "/dev/null", path];
const size = (path) => `${(statSync(path).size / 1e6).toFixed(0)} MB`;
console.log(
  `Telegram ${size(telegram)}, ${telegramSize.count} texts; WhatsApp ${size(whatsapp)}, ${whatsappSize.count} texts; ${runs} runs`,
);
part("scan", "scanned, in bytes of text a second: Telegram", [
  { name: "plain lines of its texts", args: scan(telegramLines, "lines"), bytes: telegramSize.textBytes },
  { name: "telegram", args: scan(telegram, "telegram"), bytes: telegramSize.textBytes },
]);
part("scan", "scanned, in bytes of text a second: WhatsApp", [
  { name: "plain lines of its texts", args: scan(whatsappLines, "lines"), bytes: whatsappSize.textBytes },
  { name: "whatsapp", args: scan(whatsapp, "whatsapp"), bytes: whatsappSize.textBytes },
]);
const whole = statSync(telegram).size;
part("read", "read only, in bytes of the file a second: Telegram", [
  { name: "qalqan", args: [here("cases/read-qalqan.js"), telegram, "telegram"], bytes: whole },
  { name: "JSON.parse of the whole", args: [here("cases/read-json-parse.js"), telegram], bytes: whole },
  { name: "stream-json", args: [here("cases/read-stream-json.js"), telegram], bytes: whole },
]);
