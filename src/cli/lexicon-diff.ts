/** qalqan lexicon diff: what two lexicons make of the same messages. */
import { type Command, Option } from "commander";
import { grouped } from "../core/grouped.ts";
import type { DiffCounts, Difference, Side } from "../pipeline/diff.ts";
import { READERS } from "../readers/table.ts";
import { painter, showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addModelOptions, classifierOptions, type GlobalOptions, type ModelOptions, say, wantsColor } from "./options.ts";
import { openSink } from "./output.ts";

interface DiffFlags extends ModelOptions {
  from: string;
  to: "text" | "json";
  textField?: string;
  idField?: string;
}

const EXAMPLES = `
A lexicon is "builtin"; "builtin+PATH", with a file or folder of one's own; or a PATH alone, with its own rules.json and
paradigms.json where the folder has them. The last line counts; --to json gives an object a message, and one of counts.

Examples:
  $ qalqan lexicon diff builtin builtin+my-terms.csv chat.zip
  $ qalqan lexicon diff old/lexicons new/lexicons corpus.jsonl.gz --to json > differences.jsonl`;

export function addDiff(command: Command, program: Command, finish: (code: number) => void): void {
  const diff = command
    .command("diff")
    .description("show which messages two lexicons judge differently, and by which entries")
    .argument("<a>", "a lexicon")
    .argument("<b>", "another")
    .argument("[paths...]", "files, folders, zips, as for scan; - or nothing for standard input")
    .addOption(
      new Option("--from <format>", "format of the input").choices(["auto", ...READERS.map((format) => format.name)]).default("auto"),
    )
    .option("--text-field <name>", "column or key that holds the text")
    .option("--id-field <name>", "column or key that holds the id")
    .addOption(new Option("--to <format>", "text for people, json for machines").choices(["text", "json"]).default("text"))
    .addHelpText("after", EXAMPLES);
  addModelOptions(diff).action(async (a: string, b: string, paths: string[], flags: DiffFlags) => {
    const [{ openJudge }, { DiffWriter, lexiconOptions }, { scan }] = await Promise.all([
      import("../pipeline/classifier.ts"),
      import("../pipeline/diff.ts"),
      import("../pipeline/scan.ts"),
    ]);
    const global = program.opts<GlobalOptions>();
    const judges = await Promise.all(
      [a, b].map((name) => openJudge({ ...classifierOptions({ ...flags, lexicon: [], builtinLexicons: true }), ...lexiconOptions(name) })),
    );
    const sink = openSink(undefined);
    const color = wantsColor(global, process.stdout);
    const writer = new DiffWriter(judges[0]!, judges[1]!, (difference, locator) =>
      flags.to === "json" ? `${JSON.stringify(difference)}\n` : toText(difference, locator, color),
    );
    const { failures } = await scan(
      { paths, from: flags.from, textField: flags.textField, idField: flags.idField, lowestDecision: 0, includeSystem: false },
      judges[0]!,
      writer,
      {
        write: (bytes) => sink.write(bytes),
        remark: (line) => {
          if (!global.quiet) say(line);
        },
        complain: say,
        progress: () => {},
      },
    );
    await sink.write(Buffer.from(flags.to === "json" ? `${JSON.stringify({ counts: writer.counts })}\n` : countsText(writer.counts)));
    sink.close();
    finish(failures.length > 0 ? EXIT.failed : EXIT.done);
  });
}

function toText({ text, a, b }: Difference, locator: string, color: boolean): string {
  const paint = painter(color);
  const side = (name: string, { decision, labels, score, entries, signals }: Side): string[] => [
    `  ${name}  ${paint(decision === "flag" ? "red" : decision === "review" ? "yellow" : "green", decision)}${labels.length > 0 ? ` ${labels.join(", ")}` : ""} ${score.toFixed(2)}`,
    ...(entries.length > 0 ? [`       sees ${entries.join(", ")}`] : []),
    ...(signals.length > 0
      ? [
          `       counts ${signals.map(({ entry, label, weight }) => `${entry} ${label} ${weight < 0 ? "" : "+"}${weight.toFixed(1)}`).join(", ")}`,
        ]
      : []),
  ];
  return `${[paint("dim", showOnOneLine(locator)), `  ${showOnOneLine(text)}`, ...side("A", a), ...side("B", b)].join("\n")}\n\n`;
}

function countsText({ messages, different, both, onlyA, onlyB }: DiffCounts): string {
  return `${grouped(messages)} messages, ${grouped(different)} judged differently; flagged by both ${grouped(both)}, only by A ${grouped(onlyA)}, only by B ${grouped(onlyB)}\n`;
}
