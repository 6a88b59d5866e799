/** qalqan lexicon check: whether lexicon files are sound. */
import { relative } from "node:path";
import { type Command, Option } from "commander";
import type { CheckedFiles } from "../lexicon/check-files.ts";
import { CLASSES, ENTRY_LANGUAGES } from "../lexicon/entry.ts";
import type { Finding } from "../lexicon/finding.ts";
import { painter, showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { type GlobalOptions, wantsColor } from "./options.ts";

interface CheckFlags {
  to: "text" | "json";
  strict?: boolean;
  notes?: boolean;
}

const EXAMPLES = `
Errors are what keeps a lexicon from being used: exit code 2. Warnings are what a person should look at: exit code 0, or 1
with --strict. Notes are harmless. With files of one's own only what concerns them is told.

Examples:
  $ qalqan lexicon check                       the built-in lexicons
  $ qalqan lexicon check my-terms.csv          a file for scan --lexicon, together with the built-in ones
  $ qalqan lexicon check my-terms --strict --to json | jq .warnings`;

export function addCheck(command: Command, program: Command, finish: (code: number) => void): void {
  command
    .command("check")
    .description("validate the built-in lexicons, or the files and folders given together with them")
    .argument("[paths...]", "lexicon files or folders of one's own")
    .addOption(new Option("--to <format>", "text for people, json for machines").choices(["text", "json"]).default("text"))
    .option("--strict", "exit with 1 if there are warnings")
    .option("--notes", "also list what is harmless: said twice, or in vain")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], flags: CheckFlags) => {
      const { checkFiles } = await import("../lexicon/check-files.ts");
      const checked = checkFiles(paths);
      const color = wantsColor(program.opts<GlobalOptions>(), process.stdout);
      process.stdout.write(flags.to === "json" ? toJson(checked) : toText(checked, flags.notes === true, color));
      const has = (level: Finding["level"]): boolean => checked.findings.some((finding) => finding.level === level);
      finish(has("error") ? EXIT.failed : flags.strict && has("warning") ? EXIT.found : EXIT.done);
    });
}

function toJson({ source, lexicon, findings }: CheckedFiles): string {
  const of = (level: Finding["level"]) =>
    findings.filter((finding) => finding.level === level).map(({ code, file, entry, message }) => ({ code, file, entry, message }));
  return `${JSON.stringify({
    entries: source.entries.length,
    terms: lexicon.recordEntry.length,
    rules: source.rules.rules.length,
    fingerprint: source.fingerprint,
    errors: of("error"),
    warnings: of("warning"),
    notes: of("note"),
  })}\n`;
}

function toText({ source, lexicon, findings }: CheckedFiles, withNotes: boolean, color: boolean): string {
  const paint = painter(color);
  const lines: string[] = [];
  const counts = CLASSES.map((name) => ({
    name,
    counts: ENTRY_LANGUAGES.map((language) => source.entries.filter((entry) => entry.class === name && entry.language === language).length),
  })).filter((row) => row.counts.some((count) => count !== 0));
  lines.push(`${"class".padEnd(16)}${ENTRY_LANGUAGES.map((language) => language.padStart(6)).join("")}`);
  for (const row of counts) lines.push(`${row.name.padEnd(16)}${row.counts.map((count) => String(count).padStart(6)).join("")}`);
  lines.push(
    `${source.entries.length} entries, ${lexicon.recordEntry.length} stems and forms, ${source.rules.rules.length} rules, fingerprint ${source.fingerprint.slice(0, 16)}`,
    "",
  );
  for (const { level, code, file, entry, message } of findings) {
    if (level === "note" && !withNotes) continue;
    const style = level === "error" ? "red" : level === "warning" ? "yellow" : "dim";
    const place = [file === null ? "" : relative(process.cwd(), file) || file, entry ?? ""].filter((part) => part !== "").join(" ");
    lines.push(`${paint(style, level)} ${code}${place === "" ? "" : ` ${showOnOneLine(place)}`}: ${showOnOneLine(message)}`);
  }
  const of = (level: Finding["level"]): number => findings.filter((finding) => finding.level === level).length;
  const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? "" : "s"}`;
  const notes = of("note");
  lines.push(
    `${counted(of("error"), "error")}, ${counted(of("warning"), "warning")}${notes > 0 ? `, ${counted(notes, "note")}${withNotes ? "" : " (--notes shows them)"}` : ""}`,
  );
  return `${lines.join("\n")}\n`;
}
