/** qalqan evaluate: how well labelled rows are judged, by one classifier or by two. */
import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { BaseRate } from "../evaluation/base-rate.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import type { Miss } from "../pipeline/evaluate.ts";
import type { System } from "../pipeline/system.ts";
import { showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addJudgeOptions, classifierOptions, collect, type GlobalOptions, type JudgeOptions, remarker } from "./options.ts";
import { attemptOutput, keepInputs } from "./output.ts";

interface EvaluateFlags extends JudgeOptions {
  split: string;
  label: string[];
  predictions?: string;
  compare?: string[];
  baseRate: BaseRate;
  bootstrap: number;
  seed: number;
  errors: number;
  map?: string;
  heads?: boolean;
  details?: boolean;
  json?: boolean;
  markdown?: boolean;
  misses?: boolean;
  figure?: string;
  output?: string;
}

const ABOUT = `
Gold rows are those that train takes (qalqan train --help), or rows of a functional suite: "text", "label", "labels",
"functionality", "target".
"flagged" is the decision over all labels, its score the highest of theirs; it counts rows that a suite or a benign set
speaks of. The first table has 95 % bootstrap intervals; tables by language, source, functionality and target follow. An interval of
1.000–1.000 says that no row was wrong, not that none could be: resamples hold only what the rows hold.

Base rates: a score is a probability among ordinary messages, where 1 in 100 carries a label (a model says its own share).
Gold sets are made to hold more, so against them honest scores would look far too low. For Brier score, calibration errors
and the reliability diagram, the odds of scores are therefore multiplied by the ratio of the two shares' odds:
  --base-rate gold     to each label's share of positives in the gold rows (default)
  --base-rate 0.05     to 5 %, and rows weighed so that 5 % of them are positive
  --base-rate as-is    not at all: for scores of other programs, or gold rows that are a fair sample of traffic
Precision, recall, F1, thresholds and everything that ranks are of the gold rows as they are.

Comparing: A and B are model files, "builtin", "open" (the model of openly licensed data), "none" (lexicons and rules
alone), or files of predictions: JSON objects a line with "id" and "scores", as qalqan scan --to jsonl writes them
("labels" and "decision" are taken as they stand unless --threshold is given). Gold rows join by id, and by file where ids
repeat. A file whose name is one of these words is reached as ./NAME.

Heads: a label's score comes from lexicons, rules and, where a group is named, the model. --heads asks the model alone,
"abuse" among its answers: insult or profanity at no group, which is no label.

Examples:
  $ qalqan evaluate gold.jsonl
  $ qalqan evaluate data/*.jsonl.gz --split dev --json | jq .measures
  $ qalqan evaluate fixtures/functional/ru.jsonl --errors 5 --label hate
  $ qalqan evaluate gold.jsonl --compare builtin my.model
  $ qalqan evaluate gold.jsonl --compare before.jsonl after.jsonl --bootstrap 5000
  $ qalqan evaluate gold.jsonl --predictions scanned.jsonl --base-rate as-is
  $ qalqan evaluate gold.jsonl --markdown -o card.md --figure card.svg`;

function readBaseRate(text: string): BaseRate {
  if (text === "gold" || text === "as-is") return text;
  const share = Number(text);
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError('give "gold", "as-is" or a share above 0 and below 1.');
  return share;
}

function readWhole(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > most)
      throw new InvalidArgumentError(`give a whole number from 0 to ${most}.`);
    return value;
  };
}

export function addEvaluate(program: Command, finish: (code: number) => void): void {
  const command = program
    .command("evaluate")
    .description("measure the classifier on labelled rows, or compare two of it")
    .argument("[gold...]", "labelled files, as train takes them")
    .addOption(new Option("--split <name>", "only rows of this split, where rows name one").choices(["train", "dev", "all"]).default("all"))
    .option("--map <file>", "JSON that says what labels mean in sets whose words mean something else")
    .option("--heads", "measure the model's heads by themselves, asked of every row, without lexicons and rules")
    .option("--label <name>", "only this label, repeatable", collect, [])
    .option("--predictions <file>", "measure the scores in a file instead of judging")
    .addOption(
      new Option("--compare <systems...>", "measure A and B on the same rows, and what differs").conflicts(["predictions", "misses"]),
    )
    .option("--base-rate <p>", 'share of positives that scores are read at: "gold", "as-is" or a number', readBaseRate, "gold")
    .option("--bootstrap <n>", "resamples for the intervals of the first table, 0 for none", readWhole(1e6), 1000)
    .option("--seed <n>", "of the resamples", readWhole(2 ** 32 - 1), 1)
    .option("--errors <n>", "show the n worst mistakes of each label, and what led to them", readWhole(1e5), 0)
    .option("--details", "also thresholds, reliability, and every value of every facet")
    .addOption(new Option("--json", "for machines").conflicts(["markdown", "misses"]))
    .addOption(new Option("--markdown", "tables for a model card").conflicts("misses"))
    .option("--misses", "list what was judged wrongly, one JSON object a line, instead of the table")
    .option("--figure <file>", "an SVG of precision-recall curves and reliability")
    .option("-o, --output <file>", "where the report goes, instead of standard output")
    .addHelpText("after", ABOUT);
  addJudgeOptions(command).action(async (given: string[], flags: EvaluateFlags) => {
    // A list of values takes in what follows it: two are systems, the rest are gold.
    const compared = flags.compare?.slice(0, 2) ?? [];
    const paths = [...(flags.compare?.slice(2) ?? []), ...given];
    if (compared.length === 1) command.error("error: --compare takes two systems, A and B");
    if (paths.length === 0) command.error("error: missing required argument 'gold'");
    const inputs = [...paths, ...compared, ...(flags.predictions === undefined ? [] : [flags.predictions])];
    for (const output of [flags.output, flags.figure]) keepInputs(inputs, output);
    const remark = remarker(program.opts<GlobalOptions>());
    const [{ loadLabelMap }, { evaluateFiles }, { openSystems }] = await Promise.all([
      import("../labelled/label-map.ts"),
      import("../pipeline/evaluate.ts"),
      import("../pipeline/open-systems.ts"),
    ]);
    const choice = { compared, predictions: flags.predictions, heads: flags.heads === true, keepReasons: flags.errors > 0 };
    const systems: System[] = await openSystems(choice, paths, classifierOptions(flags), remark);
    const misses: string[] = [];
    const onMiss = (miss: Miss): void => {
      if (flags.misses) misses.push(`${JSON.stringify(miss)}\n`);
      if (misses.length >= 1000 && flags.output === undefined) process.stdout.write(misses.splice(0).join(""));
    };
    const options = {
      split: flags.split === "all" ? null : flags.split,
      map: flags.map === undefined ? null : loadLabelMap(flags.map),
      labels: flags.label.length === 0 ? null : flags.label,
      baseRate: flags.baseRate,
      resampling: { resamples: flags.misses ? 0 : flags.bootstrap, seed: flags.seed },
      mistakes: flags.errors,
    };
    const evaluation = await evaluateFiles(paths, systems, options, remark, onMiss);
    const report = flags.misses ? misses.join("") : await render(evaluation, flags);
    const { output, figure } = flags;
    if (output === undefined || output === "-") process.stdout.write(report);
    else attemptOutput(output, () => writeFileSync(output, report));
    if (figure !== undefined) {
      const { renderFigure } = await import("../evaluation/figure.ts");
      attemptOutput(figure, () => writeFileSync(figure, renderFigure(evaluation)));
    }
    finish(EXIT.done);
  });
}

async function render(evaluation: Evaluation, flags: EvaluateFlags): Promise<string> {
  const { evaluationToJson, renderMarkdownReport, renderReport } = await import("../evaluation/report.ts");
  if (flags.json) return `${JSON.stringify(evaluationToJson(evaluation), null, 1)}\n`;
  const options = { show: showOnOneLine, details: flags.details === true };
  return flags.markdown ? renderMarkdownReport(evaluation, options) : renderReport(evaluation, options);
}
