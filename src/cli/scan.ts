/** qalqan scan: files, folders, archives or standard input to records. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { DECISIONS } from "../core/label.ts";
import { openJudge } from "../pipeline/classifier.ts";
import type { WorkerPool, WorkerSetup } from "../pipeline/pool.ts";
import { type ScanOutput, scan } from "../pipeline/scan.ts";
import { DATE_ORDERS, type DateOrderName } from "../readers/reader.ts";
import { READERS } from "../readers/table.ts";
import { WRITERS } from "../writers/table.ts";
import { EXIT } from "./exit.ts";
import { addJudgeOptions, classifierOptions, type GlobalOptions, type JudgeOptions, say, wantsColor } from "./options.ts";
import { keepInputs, openSink } from "./output.ts";
import { ProgressLine } from "./progress.ts";
import { describeScan, writeSummary } from "./summary.ts";

interface ScanFlags extends JudgeOptions {
  from: string;
  to: string;
  output?: string;
  only?: "flag" | "review" | "all";
  include?: string;
  textField?: string;
  idField?: string;
  keepFields?: string;
  dateOrder: DateOrderName | "auto";
  summary?: string;
  progress?: boolean;
  failOn?: "flag" | "review";
  jobs: number;
}

const FORMATS = `
Reads (--from; found by content when left out):
${READERS.map((format) => `  ${format.name.padEnd(14)} ${format.about}`).join("\n")}
  each also as .gz or .zst, or inside a .zip; folders are walked; text in UTF-8, UTF-16, windows-1251, KOI8-R, CP866, KZ-1048

Writes (--to; text on a terminal, jsonl in a pipe):
${WRITERS.map((format) => `  ${format.name.padEnd(14)} ${format.about}`).join("\n")}

Examples:
  $ qalqan scan "WhatsApp Chat - Village.zip"
  $ qalqan scan result.json --only flag --to csv -o flagged.csv
  $ zcat comments.jsonl.gz | qalqan scan --text-field body --keep-fields url,date > labelled.jsonl
  $ qalqan scan posts.txt --quiet --fail-on flag || echo "someone should look"`;

const MOST_JOBS = 64;

function readJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS)
    throw new InvalidArgumentError(`give a whole number from 1 to ${MOST_JOBS}.`);
  return jobs;
}

export function addScan(program: Command, finish: (code: number) => void): void {
  const command = program
    .command("scan")
    .description("label every message of files, folders or standard input")
    .argument("[paths...]", "files, folders, zips; - or nothing for standard input")
    .addOption(
      new Option("--from <format>", "format of the input").choices(["auto", ...READERS.map((format) => format.name)]).default("auto"),
    )
    .addOption(
      new Option("--to <format>", "format of the output").choices(["auto", ...WRITERS.map((format) => format.name)]).default("auto"),
    )
    .option("-o, --output <file>", "write there instead of standard output")
    .addOption(new Option("--only <decision>", "write only these (default: all; in text: review)").choices(["flag", "review", "all"]))
    .addOption(new Option("--include <kind>", "also messages that a program wrote").choices(["system"]))
    .option("--text-field <name>", "column or key that holds the text")
    .option("--id-field <name>", "column or key that holds the id")
    .option("--keep-fields <names>", "columns or keys to carry into the record, by comma; * for all")
    .addOption(
      new Option("--date-order <order>", "order of dates of numbers (WhatsApp), where the file's own should not be trusted")
        .choices(["auto", ...DATE_ORDERS])
        .default("auto"),
    )
    .option("--summary <file>", "write what became of each file there, as JSON")
    .option("--jobs <n>", "threads that judge; the output is the same for any number", readJobs, 1)
    .option("--progress", "show progress on stderr even when it is no terminal")
    .option("--no-progress", "show no progress")
    .addOption(new Option("--fail-on <decision>", "exit with 1 if a message reaches it").choices(["flag", "review"]))
    .addHelpText("after", FORMATS);
  addJudgeOptions(command).action(async (paths: string[], flags: ScanFlags) =>
    finish(await runScan(paths, flags, program.opts<GlobalOptions>())),
  );
}

/** Worker threads, loaded only where they are asked for. */
async function openPool(jobs: number, setup: WorkerSetup): Promise<WorkerPool> {
  const pool = await import("../pipeline/pool.ts");
  return new pool.WorkerPool(jobs, setup);
}

async function runScan(paths: string[], flags: ScanFlags, global: GlobalOptions): Promise<number> {
  const toTerminal = (flags.output === undefined || flags.output === "-") && process.stdout.isTTY === true;
  const writerName = flags.to === "auto" ? (toTerminal ? "text" : "jsonl") : flags.to;
  const format = WRITERS.find((row) => row.name === writerName) ?? WRITERS[0]!;
  const only = flags.only ?? (format.onlyNotable ? "review" : "all");
  const judge = await openJudge(classifierOptions(flags));
  keepInputs(paths, flags.output);
  keepInputs(paths, flags.summary);
  const sink = openSink(flags.output);
  const wantsProgress = flags.progress ?? (process.stderr.isTTY === true && !global.quiet && !(toTerminal && format.name !== "text"));
  const progress = new ProgressLine(wantsProgress && !toTerminal);
  const complain = (line: string): void => {
    progress.clear();
    say(line);
  };
  const output: ScanOutput = {
    write: (bytes) => sink.write(bytes),
    remark: (line) => {
      if (!global.quiet) complain(line);
    },
    complain,
    progress: (tally, source) => progress.show(tally, source),
  };
  const began = performance.now();
  const color = flags.output === undefined && wantsColor(global, process.stdout);
  const writer = format.open({ color });
  const choice = { lowestDecision: only === "all" ? 0 : DECISIONS.indexOf(only), includeSystem: flags.include === "system" };
  const pool =
    flags.jobs > 1 ? await openPool(flags.jobs, { classifier: classifierOptions(flags), writer: format.name, color, choice }) : null;
  const result = await scan(
    {
      ...choice,
      paths,
      from: flags.from,
      writtenTo: flags.output,
      textField: flags.textField,
      idField: flags.idField,
      dateOrder: flags.dateOrder === "auto" ? undefined : flags.dateOrder,
      keepFields: flags.keepFields?.split(",").map((name) => name.trim()),
    },
    judge,
    writer,
    output,
    pool,
  );
  await pool?.close();
  sink.close();
  progress.clear();
  const { tally, failures } = result;
  if (!global.quiet) for (const line of describeScan(result, (performance.now() - began) / 1000)) process.stderr.write(`${line}\n`);
  if (flags.summary !== undefined) writeSummary(flags.summary, result);
  if (failures.length > 0) return EXIT.failed;
  const met =
    flags.failOn !== undefined && tally.decisions.some((count, decision) => count > 0 && decision >= DECISIONS.indexOf(flags.failOn!));
  return met ? EXIT.found : EXIT.done;
}
