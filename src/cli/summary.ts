/** What a scan found, at its end: lines on stderr, and `--summary` as JSON. */
import { writeFileSync } from "node:fs";
import { grouped } from "../core/grouped.ts";
import { DECISIONS, LABEL_NAMES, LANGUAGES } from "../core/label.ts";
import type { FileReport } from "../pipeline/file-report.ts";
import type { ScanResult } from "../pipeline/scan.ts";
import type { ScanTally } from "../pipeline/tally.ts";
import type { DateOrder } from "../readers/reader.ts";
import { showOnOneLine } from "../writers/terminal.ts";
import { attemptOutput } from "./output.ts";

/** Files that are named one by one; of more only the sum is told. */
const SHOWN_FILES = 20;

/** One line a file, then one for all. */
export function describeScan({ tally, files }: ScanResult, seconds: number): string[] {
  const lines = files.slice(0, SHOWN_FILES).map(describeFile);
  if (files.length > SHOWN_FILES) {
    const records = files.slice(SHOWN_FILES).reduce((total, file) => total + file.records, 0);
    lines.push(`and ${grouped(files.length - SHOWN_FILES)} more files with ${grouped(records)} records; --summary FILE tells of each`);
  }
  return [...lines, describeTally(tally, seconds)];
}

/** "chat.txt: whatsapp, UTF-8 · 60 records: 45 messages, 1 system, 14 placeholders · dates dmy (certain)". */
export function describeFile(file: FileReport): string {
  const counts = [
    plural(file.users, "message"),
    ...counted([
      ["system", file.system],
      [file.placeholders === 1 ? "placeholder" : "placeholders", file.placeholders],
      ["deleted", file.deleted],
      ["unreadable", file.errors],
    ]),
  ];
  const parts = [
    `${showOnOneLine(file.path)}: ${[file.format, file.encoding].filter(Boolean).join(", ")}`,
    `${plural(file.records, "record")}: ${counts.join(", ")}`,
    counted([
      ["empty", file.empty],
      ["skipped", file.skipped],
      ["repaired", file.repaired],
    ]).join(", "),
    file.dateOrder === null ? "" : `dates ${describeOrder(file.dateOrder)}`,
    file.failure === null ? "" : "broken off",
  ];
  return parts.filter(Boolean).join(" · ");
}

function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function describeOrder({ order, confidence }: DateOrder): string {
  return `${order} (${confidence === 1 ? "certain" : `confidence ${confidence.toFixed(2)}`})`;
}

function counted(counts: readonly (readonly [name: string, count: number])[]): string[] {
  return counts.flatMap(([name, count]) => (count > 0 ? [`${grouped(count)} ${name}`] : []));
}

/** One line: messages, what was found, languages, speed. */
function describeTally(tally: ScanTally, seconds: number): string {
  const named = (names: readonly string[], counts: readonly number[]) =>
    names.flatMap((name, k) => (counts[k] ? [`${name} ${grouped(counts[k])}`] : [])).join(", ");
  const labels = named(LABEL_NAMES, tally.labels);
  const others = counted([
    ["system", tally.system],
    ["placeholders", tally.placeholders],
    ["deleted", tally.deleted],
  ]);
  const parts = [
    `${grouped(tally.messages)} messages`,
    `flagged ${grouped(tally.decisions[2]!)}${labels ? ` (${labels})` : ""}, review ${grouped(tally.decisions[1]!)}`,
    named(LANGUAGES, tally.languages),
    tally.messages === tally.users && others.length > 0 ? `not judged: ${others.join(", ")}` : "",
    tally.errors > 0 ? `unreadable ${grouped(tally.errors)}` : "",
    `${grouped(Math.round(tally.messages / Math.max(seconds, 1e-3)))} messages/s`,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @throws ConfigError where the file cannot be written. */
export function writeSummary(path: string, { tally, files, skipped, failures }: ScanResult): void {
  const byName = (names: readonly string[], counts: readonly number[]) => Object.fromEntries(names.map((name, k) => [name, counts[k]!]));
  const summary = {
    files,
    skipped,
    failures,
    total: {
      ...tally,
      labels: byName(LABEL_NAMES, tally.labels),
      decisions: byName(DECISIONS, tally.decisions),
      languages: byName(LANGUAGES, tally.languages),
    },
  };
  attemptOutput(path, () => writeFileSync(path, `${JSON.stringify(summary, null, 2)}\n`));
}
