/** qalqan lexicon list: entries by what they are. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { CATEGORIES, LABEL_NAMES, TARGET_KINDS } from "../core/label.ts";
import { CLASSES, ENTRY_LANGUAGES, type LexiconEntry, MOODS } from "../lexicon/entry.ts";
import { csvCell } from "../writers/csv.ts";
import { showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addSourceOptions, type SourceFlags } from "./lexicon-source.ts";

interface ListFlags extends SourceFlags {
  language?: string;
  class?: string;
  group?: string;
  kind?: string;
  category?: string;
  severity?: readonly [number, number];
  label?: string;
  sourceText?: string;
  reviewed?: "yes" | "no";
  to: "table" | "csv" | "json";
}

const EXAMPLES = `
Examples:
  $ qalqan lexicon list --class target --group dungan
  $ qalqan lexicon list --language kk --class act --severity 4.. --to csv > acts.csv
  $ qalqan lexicon list --reviewed no --to json | jq length

What --to csv writes can be read with --lexicon.`;

/** "3", "3..", "..2" or "2..4". */
function readRange(text: string): readonly [number, number] {
  const found = /^(\d?)(\.\.)?(\d?)$/.exec(text);
  const [, low = "", dots, high = ""] = found ?? [];
  const range = [Number(low === "" ? 1 : low), Number(dots === undefined ? low : high === "" ? 5 : high)] as const;
  if (found === null || (low === "" && high === "") || range[0] < 1 || range[1] > 5 || range[0] > range[1])
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no severity. Give 4, 4.., ..2 or 2..4; severities are 1 to 5.`);
  return range;
}

export function addList(command: Command, _program: Command, finish: (code: number) => void): void {
  const list = command
    .command("list")
    .description("list entries")
    .addOption(new Option("--language <name>", "only this language").choices(ENTRY_LANGUAGES))
    .addOption(new Option("--class <name>", "only this class").choices(CLASSES))
    .option("--group <name>", "only this group")
    .addOption(new Option("--kind <name>", "only groups of this kind").choices(TARGET_KINDS))
    .addOption(new Option("--category <name>", "only this category").choices(CATEGORIES))
    .option("--severity <range>", "only these: 4, 4.., ..2 or 2..4; entries without one count as 3", readRange)
    .addOption(new Option("--label <name>", "only entries that a rule of this label can begin with").choices(LABEL_NAMES))
    .option("--source-text <words>", "only entries whose source says this")
    .addOption(new Option("--reviewed <answer>", "whether a native speaker reviewed it").choices(["yes", "no"]))
    .addOption(
      new Option("--to <format>", "a table for people, csv for spreadsheets, json for machines")
        .choices(["table", "csv", "json"])
        .default("table"),
    )
    .addHelpText("after", EXAMPLES);
  addSourceOptions(list).action(async (flags: ListFlags) => {
    const [{ compileLexicon }, { loadLexicons }, { rolesOf }] = await Promise.all([
      import("../lexicon/compile.ts"),
      import("../lexicon/load.ts"),
      import("../lexicon/parts.ts"),
    ]);
    const source = loadLexicons(flags.lexicon, flags.builtinLexicons);
    const lexicon = flags.label === undefined ? null : compileLexicon(source);
    const entries = source.entries.filter(
      (entry, index) =>
        isWanted(entry, flags) &&
        (lexicon === null || rolesOf(lexicon, index, source.paradigms).some((role) => role.as === "anchor" && role.label === flags.label)),
    );
    process.stdout.write(flags.to === "json" ? `${JSON.stringify(entries)}\n` : flags.to === "csv" ? toCsv(entries) : toTable(entries));
    finish(EXIT.done);
  });
}

function isWanted(entry: LexiconEntry, flags: ListFlags): boolean {
  const severity = entry.severity ?? 3;
  return (
    (flags.language ?? entry.language) === entry.language &&
    (flags.class ?? entry.class) === entry.class &&
    (flags.group === undefined || flags.group === entry.group) &&
    (flags.kind === undefined || flags.kind === entry.kind) &&
    (flags.category === undefined || flags.category === entry.category) &&
    (flags.severity === undefined || (severity >= flags.severity[0] && severity <= flags.severity[1])) &&
    (flags.sourceText === undefined || entry.source.toLowerCase().includes(flags.sourceText.toLowerCase())) &&
    (flags.reviewed === undefined || (flags.reviewed === "yes") === entry.reviewed)
  );
}

const COLUMNS = [
  "id",
  "language",
  "class",
  "sense",
  "forms",
  ...MOODS,
  "stems",
  "inflect",
  "except",
  "group",
  "kind",
  "category",
  "severity",
  "note",
  "source",
  "reviewed",
];

/** The columns that a file for --lexicon has; what no entry has is left out. */
function toCsv(entries: readonly LexiconEntry[]): string {
  const rows = entries.map((entry) => ({ ...entry.moods, ...entry }) as Readonly<Record<string, unknown>>);
  const extra = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !COLUMNS.includes(name) && name !== "moods");
  const columns = [...COLUMNS, ...extra].filter((name) => rows.length === 0 || rows.some((row) => row[name] !== undefined));
  const text = (value: unknown): string | null => {
    if (value === undefined) return null;
    if (Array.isArray(value))
      return value.map((item) => (typeof item === "object" ? Object.values(item as object).join(": ") : item)).join(" | ");
    return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
  };
  return [columns, ...rows.map((row) => columns.map((name) => csvCell(text(row[name]))))].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function toTable(entries: readonly LexiconEntry[]): string {
  const head = ["id", "class", "of", "severity", "reviewed", "sense"];
  const rows = entries.map((entry) =>
    [
      entry.id,
      entry.class,
      [entry.group, entry.kind, entry.category].filter((part) => part !== undefined).join(", "),
      String(entry.severity ?? 3),
      entry.reviewed ? "yes" : "no",
      showOnOneLine(entry.sense),
    ].map(showOnOneLine),
  );
  const widths = head.map((name, k) => Math.max(name.length, ...rows.map((row) => row[k]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, k) => cell.padEnd(widths[k]!))
      .join("  ")
      .trimEnd();
  return `${[line(head), ...rows.map(line), `${entries.length} ${entries.length === 1 ? "entry" : "entries"}`].join("\n")}\n`;
}
