/** qalqan lexicon try: which entries and rules see what in a message. */
import { type Command, Option } from "commander";
import type { Tried } from "../pipeline/try.ts";
import { painter, showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addJudgeOptions, classifierOptions, type GlobalOptions, type JudgeOptions, wantsColor } from "./options.ts";
import { readStdin } from "./stdin.ts";

interface TryFlags extends JudgeOptions {
  to: "text" | "json";
  all?: boolean;
}

const EXAMPLES = `
Each text is a message; from standard input, each line.

Examples:
  $ qalqan lexicon try "Наши соседи привезли хлеб"
  $ qalqan lexicon try --lexicon my-terms.csv "..." --to json | jq .hits
  $ qalqan lexicon try < examples.txt`;

const MOST_NEARLY = 8;

export function addTry(command: Command, program: Command, finish: (code: number) => void): void {
  const tryout = command
    .command("try")
    .description("show which entries see what in a message, which rules fire, and which nearly do")
    .argument("[texts...]", "messages; - or nothing for standard input, one a line")
    .option("--all", "all rules that nearly fire")
    .addOption(
      new Option("--to <format>", "text for people, json for machines, a line a message").choices(["text", "json"]).default("text"),
    )
    .addHelpText("after", EXAMPLES);
  addJudgeOptions(tryout).action(async (texts: string[], flags: TryFlags) => {
    const [{ openJudge }, { tryText }] = await Promise.all([import("../pipeline/classifier.ts"), import("../pipeline/try.ts")]);
    const judge = await openJudge(classifierOptions(flags));
    const given =
      texts.length === 0 || (texts.length === 1 && texts[0] === "-")
        ? (await readStdin()).split(/\r?\n/).filter((line) => line !== "")
        : texts;
    const color = wantsColor(program.opts<GlobalOptions>(), process.stdout);
    for (const [k, text] of given.entries()) {
      const tried = tryText(judge, text);
      process.stdout.write(
        flags.to === "json" ? `${JSON.stringify(tried)}\n` : `${k > 0 ? "\n" : ""}${toText(tried, flags.all === true, color)}`,
      );
    }
    finish(EXIT.done);
  });
}

function signed(weight: number): string {
  return `${weight < 0 ? "" : "+"}${weight.toFixed(1)}`;
}

function toText({ text, language, decision, scores, hits, rules, nearly }: Tried, all: boolean, color: boolean): string {
  const paint = painter(color);
  const lines = [
    showOnOneLine(text),
    `${paint("bold", decision)}  language ${language}  ${Object.entries(scores)
      .map(([label, score]) => `${label} ${score.toFixed(2)}`)
      .join(", ")}`,
    "",
    paint("bold", "Entries"),
  ];
  const width = hits.reduce((widest, hit) => Math.min(30, Math.max(widest, showOnOneLine(hit.text).length)), 4);
  for (const { text: words, readAs, entry, class: name, moods, category, group, start, end } of hits) {
    const traits = [moods.join(", "), category ?? "", group === null ? "" : `group ${group}`].filter((trait) => trait !== "");
    lines.push(
      `  ${showOnOneLine(words).padEnd(width)}  ${`${start}..${end}`.padEnd(8)}  ${paint("dim", readAs.padEnd(width))}  ${name} ${entry}${traits.length > 0 ? ` (${traits.join("; ")})` : ""}`,
    );
  }
  if (hits.length === 0) lines.push("  none");
  lines.push("", paint("bold", "Rules that fire, each by itself"));
  for (const { rule, label, weight, guards, net, text: words } of rules) {
    lines.push(`  ${signed(net).padStart(6)}  ${label} ${rule}: ${paint("mark", showOnOneLine(words))}`);
    if (guards.length > 0)
      lines.push(
        `          ${signed(weight)}, weakened by ${guards.map((guard) => `${guard.guard} ${signed(guard.weight)} (${showOnOneLine(guard.text)})`).join(", ")}`,
      );
  }
  if (rules.length === 0) lines.push("  none");
  const shown = all ? nearly : nearly.slice(0, MOST_NEARLY);
  if (shown.length > 0) lines.push("", paint("bold", "Rules that lack one part"));
  for (const { rule, label, weight, missing } of shown) lines.push(`  ${signed(weight).padStart(6)}  ${label} ${rule}: lacks ${missing}`);
  if (nearly.length > shown.length) lines.push(`  and ${nearly.length - shown.length} more (--all)`);
  return `${lines.join("\n")}\n`;
}
