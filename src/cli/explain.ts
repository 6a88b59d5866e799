/** qalqan explain: how one message got its scores. */
import type { Command } from "commander";
import type { Explanation } from "../pipeline/explain.ts";
import { painter, showSafely } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addJudgeOptions, classifierOptions, type GlobalOptions, type JudgeOptions, wantsColor } from "./options.ts";
import { readStdin } from "./stdin.ts";

const EXAMPLES = `
Examples:
  $ qalqan explain "Our neighbours brought bread"
  $ sed -n 14p chat.txt | qalqan explain --json | jq .labels`;

export function addExplain(program: Command, finish: (code: number) => void): void {
  const command = program
    .command("explain")
    .description("show how one message got its scores")
    .argument("[text]", "the message; - or nothing for standard input")
    .option("--json", "for machines")
    .addHelpText("after", EXAMPLES);
  addJudgeOptions(command).action(async (text: string | undefined, flags: JudgeOptions & { json?: boolean }) => {
    const [{ openJudge }, { explain }] = await Promise.all([import("../pipeline/classifier.ts"), import("../pipeline/explain.ts")]);
    const explanation = explain(await openJudge(classifierOptions(flags)), text === undefined || text === "-" ? await readStdin() : text);
    const color = wantsColor(program.opts<GlobalOptions>(), process.stdout);
    process.stdout.write(flags.json ? `${JSON.stringify(explanation)}\n` : renderExplanation(explanation, color));
    finish(EXIT.done);
  });
}

function signed(weight: number): string {
  return `${weight < 0 ? "-" : "+"}${Math.abs(weight).toFixed(2)}`.padStart(7);
}

function renderExplanation(explanation: Explanation, color: boolean): string {
  const paint = painter(color);
  const lines = [`${paint("bold", explanation.decision)}  language ${explanation.language}`, "", "Words as they were read:"];
  const width = explanation.tokens.reduce((widest, token) => Math.min(24, Math.max(widest, showSafely(token.text).length)), 4);
  for (const token of explanation.tokens) {
    const entries = token.entries.map((entry) => `${entry.class} ${entry.id}${entry.moods.length ? ` (${entry.moods.join(", ")})` : ""}`);
    const flags = token.flags.filter((flag) => !["cyrillic", "latin", "lower", "upper", "kazakh", "russian"].includes(flag));
    const stem = entries.length > 0 && token.stem !== null ? [`stem ${token.stem}`] : [];
    lines.push(
      `  ${showSafely(token.text).padEnd(width)}  ${paint("dim", token.readAs.padEnd(width))}  ${[...entries, ...stem, ...flags.map((flag) => `[${flag}]`)].join("; ")}`.trimEnd(),
    );
  }
  for (const label of explanation.labels) {
    const verdict = label.score >= label.flag ? "flag" : label.score >= label.review ? "review" : "pass";
    lines.push(
      "",
      `${paint("bold", label.label)}  ${label.score.toFixed(4)}  ${verdict}  (review at ${label.review.toFixed(2)}, flag at ${label.flag.toFixed(2)})`,
    );
    lines.push(`  ${signed(label.prior)}  before anything is known`);
    for (const signal of label.signals) {
      const scaled = signal.weight * label.signalWeight;
      const how = label.signalWeight === 1 ? "" : ` (${signal.weight.toFixed(2)} x ${label.signalWeight})`;
      lines.push(
        `  ${signed(scaled)}  ${signal.source} ${signal.entry}${signal.category ? `, ${signal.category}` : ""}${how}: ${paint("mark", showSafely(signal.text))}`,
      );
    }
    if (label.heads.length > 0) {
      const heads = label.heads.map(({ name, evidence, weight }) => `${name} ${evidence.toFixed(2)} x ${weight.toFixed(2)}`);
      const raw = label.heads.reduce((sum, { evidence, weight }) => sum + evidence * weight, label.modelOffset);
      const cut =
        raw < 0 ? ", below 0, which counts nothing" : raw > label.modelLimit ? `, cut to ${label.modelLimit} from ${raw.toFixed(2)}` : "";
      const kept = label.modelKept < 1 ? `, x ${label.modelKept.toFixed(2)} that context leaves` : "";
      lines.push(`  ${signed(label.model)}  model: ${heads.join(" + ")} ${signed(label.modelOffset).trim()}${cut}${kept}`);
      const features = label.features.map((feature) => `${showSafely(feature.name)} ${signed(feature.weight).trim()}`);
      lines.push(`  ${" ".repeat(7)}  ${paint("dim", `most by: ${features.join(", ")}`)}`);
    }
    lines.push(`  ${signed(label.logOdds)}  log-odds, so ${label.score.toFixed(4)}`);
  }
  return `${lines.join("\n")}\n`;
}
