/** qalqan evaluate: how well labelled rows are judged. */
import { type Command, Option } from "commander";
import { DECISIONS, LABEL_NAMES } from "../core/label.ts";
import { renderReport, reportToJson } from "../evaluation/report.ts";
import { Tally } from "../evaluation/tally.ts";
import { openJudge } from "../pipeline/classifier.ts";
import { readLabelled } from "../pipeline/labelled.ts";
import { decide } from "../scoring/decide.ts";
import { showSafely } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addJudgeOptions, classifierOptions, type GlobalOptions, type JudgeOptions } from "./options.ts";

interface EvaluateFlags extends JudgeOptions {
  split: string;
  json?: boolean;
  misses?: boolean;
}

const ABOUT = `
Gold rows are those that train takes, or rows of a functional suite: "text", "label", "labels", "functionality", "target".
"flagged" is the decision over all labels; it counts rows that a suite or a benign set speaks of.

Examples:
  $ qalqan evaluate gold.jsonl
  $ qalqan evaluate data/*.jsonl.gz --split dev --json | jq .measures
  $ qalqan evaluate fixtures/functional/ru.jsonl --misses`;

export function addEvaluate(program: Command, finish: (code: number) => void): void {
  const command = program
    .command("evaluate")
    .description("precision, recall, F1, AUC and average precision by label, language and set")
    .argument("<gold...>", "labelled JSONL files (.gz too)")
    .addOption(new Option("--split <name>", "only rows of this split, where rows name one").choices(["train", "dev", "all"]).default("all"))
    .option("--json", "for machines")
    .option("--misses", "list what was judged wrongly, one JSON object a line, instead of the table")
    .addHelpText("after", ABOUT);
  addJudgeOptions(command).action(async (paths: string[], flags: EvaluateFlags) => {
    const quiet = program.opts<GlobalOptions>().quiet;
    const remark = (line: string) => {
      if (!quiet) process.stderr.write(`qalqan: ${showSafely(line)}\n`);
    };
    const judge = await openJudge(classifierOptions(flags));
    const thresholds = Object.fromEntries(LABEL_NAMES.map((label) => [label, judge.scorer.thresholds[label].flag]));
    const tally = new Tally({ ...thresholds, flagged: 0.5 });
    const encoder = new TextEncoder();
    for await (const row of readLabelled(paths, flags.split === "all" ? null : flags.split, remark)) {
      const bytes = encoder.encode(row.text);
      judge.judge(bytes, 0, bytes.length);
      const scores: Record<string, number> = Object.fromEntries(LABEL_NAMES.map((label, k) => [label, judge.scores[k]!]));
      const decision = decide(judge.scorer, judge.scores);
      // A decision, as a score that is above one half when the message is flagged, and orders like the highest score.
      scores["flagged"] = (Math.max(...judge.scores) + (decision === "flag" ? 1 : 0)) / 2;
      tally.add({
        gold: row.gold,
        scores,
        language: row.language,
        source: row.set,
        functionality: row.functionality,
        target: row.target,
      });
      if (!flags.misses) continue;
      const wrong = [...LABEL_NAMES, "flagged" as const].filter(
        (name) => row.gold[name] !== null && (scores[name]! >= (thresholds[name] ?? 0.5) ? 1 : 0) !== row.gold[name],
      );
      if (wrong.length > 0)
        process.stdout.write(
          `${JSON.stringify({ id: row.id, set: row.set, functionality: row.functionality, wrong, decision: DECISIONS.find((name) => name === decision), scores, text: row.text })}\n`,
        );
    }
    const report = tally.report();
    if (report.rows === 0) remark("no labelled rows found; check the paths and --split");
    if (flags.json) process.stdout.write(`${JSON.stringify(reportToJson(report), null, 1)}\n`);
    else if (!flags.misses) process.stdout.write(`${renderReport(report)}\n`);
    finish(EXIT.done);
  });
}
