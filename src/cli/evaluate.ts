/** qalqan evaluate: how well labelled rows are judged. */
import { type Command, Option } from "commander";
import type { Miss } from "../pipeline/evaluate.ts";
import { EXIT } from "./exit.ts";
import { addJudgeOptions, classifierOptions, type GlobalOptions, type JudgeOptions, remarker } from "./options.ts";

interface EvaluateFlags extends JudgeOptions {
  split: string;
  json?: boolean;
  misses?: boolean;
  map?: string;
}

const ABOUT = `
Gold rows are those that train takes (qalqan train --help), or rows of a functional suite: "text", "label", "labels",
"functionality", "target".
"flagged" is the decision over all labels; it counts rows that a suite or a benign set speaks of.

Examples:
  $ qalqan evaluate gold.jsonl
  $ qalqan evaluate data/*.jsonl.gz --split dev --json | jq .measures
  $ qalqan evaluate fixtures/functional/ru.jsonl --misses`;

export function addEvaluate(program: Command, finish: (code: number) => void): void {
  const command = program
    .command("evaluate")
    .description("precision, recall, F1, AUC and average precision by label, language and set")
    .argument("<gold...>", "labelled files, as train takes them")
    .addOption(new Option("--split <name>", "only rows of this split, where rows name one").choices(["train", "dev", "all"]).default("all"))
    .option("--json", "for machines")
    .option("--map <file>", "JSON that says what labels mean in sets whose words mean something else")
    .option("--misses", "list what was judged wrongly, one JSON object a line, instead of the table")
    .addHelpText("after", ABOUT);
  addJudgeOptions(command).action(async (paths: string[], flags: EvaluateFlags) => {
    const remark = remarker(program.opts<GlobalOptions>());
    const [{ openJudge }, { evaluateFiles }, { renderReport, reportToJson }, { loadLabelMap }] = await Promise.all([
      import("../pipeline/classifier.ts"),
      import("../pipeline/evaluate.ts"),
      import("../evaluation/report.ts"),
      import("../labelled/label-map.ts"),
    ]);
    const map = flags.map === undefined ? null : loadLabelMap(flags.map);
    const judge = await openJudge(classifierOptions(flags));
    const tell = (miss: Miss): void => {
      if (flags.misses) process.stdout.write(`${JSON.stringify(miss)}\n`);
    };
    const report = await evaluateFiles(paths, flags.split === "all" ? null : flags.split, judge, remark, tell, map);
    if (report.rows === 0) remark("no labelled rows found; check the paths and --split");
    if (flags.json) process.stdout.write(`${JSON.stringify(reportToJson(report), null, 1)}\n`);
    else if (!flags.misses) process.stdout.write(`${renderReport(report)}\n`);
    finish(EXIT.done);
  });
}
