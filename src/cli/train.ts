/** qalqan train: labelled files to a model file. */
import { accessSync, constants, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { METHODS, type Model, type TrainingOptions } from "../bayes/model.ts";
import { grouped } from "../core/grouped.ts";
import { LABEL_NAMES, LANGUAGES } from "../core/label.ts";
import { ABOUT_ROWS } from "../labelled/about.ts";
import type { LabelMap } from "../labelled/label-map.ts";
import { showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { collect, type GlobalOptions, remarker } from "./options.ts";
import { attemptOutput, keepInputs } from "./output.ts";
import { ProgressLine } from "./progress.ts";

interface TrainFlags extends Omit<TrainingOptions, "weights" | "limits"> {
  output: string;
  weight: TrainingOptions["weights"];
  limit: TrainingOptions["limits"];
  lexicon: string[];
  map?: string;
  base?: string;
  eval?: boolean;
}

function readNumber(low: number, high: number, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(`give a ${whole ? "whole " : ""}number from ${low} to ${high}.`);
    return value;
  };
}

function readWeight(text: string, sofar: Record<string, number>): Record<string, number> {
  const [name, value] = text.split("=", 2);
  const weight = Number(value);
  if (!name || !value || !(weight >= 0)) throw new InvalidArgumentError("give SET=NUMBER, for instance my-corpus=0.5.");
  return { ...sofar, [name]: weight };
}

const LIMITED = new Set(["all", ...LABEL_NAMES, ...LABEL_NAMES.flatMap((label) => LANGUAGES.map((language) => `${label}.${language}`))]);

function readLimit(text: string, sofar: Record<string, number>): Record<string, number> {
  const [name, value] = text.split("=", 2);
  const limit = Number(value);
  if (!name || !value || !(limit >= 0) || !LIMITED.has(name))
    throw new InvalidArgumentError("give LABEL.LANGUAGE=NATS, LABEL=NATS or all=NATS, for instance hate.kk=1.5.");
  return { ...sofar, [name]: limit };
}

const METHOD_TEXT = "weights: log ratios of counts (nb), their complement form, or the former refined by logistic regression (nblr)";

const MORE = `
Rows are read once and kept, as numbers, in a file in the folder for temporary files (TMPDIR), some six times the size of the
text; memory stays near 300 MB however many there are. One row in ten is kept back, told by a hash of its text: it says
when to stop, how the heads speak beside the rules, and where the thresholds lie. The same files and options give the
same model, byte for byte.

Examples:
  $ qalqan train data/*.jsonl.gz -o my.model --map my-map.json --weight noisy-set=0.3
  $ qalqan train mine.csv -o my.model --base builtin --eval`;

export function addTrain(program: Command, finish: (code: number) => void): void {
  program
    .command("train")
    .description("train the model from labelled files (JSON Lines, tables, fastText, doccano, Label Studio; .gz too)")
    .argument("<files...>", "labelled files")
    .requiredOption("-o, --output <model>", "where the model goes")
    .option("--map <file>", "JSON that says what labels mean in sets whose words mean something else")
    .addOption(new Option("--method <name>", METHOD_TEXT).choices(METHODS).default("nblr"))
    .option("--base <model>", "go on from this model: a file, builtin or open (nblr)")
    .option("--weight <set=x>", "let a set count for more or less, or a class of it (set:1, set:0); repeatable", readWeight, {})
    .option("--limit <where=nats>", "how far the model may raise a label: hate=2, hate.kk=1.5, all=3; repeatable", readLimit, {})
    .option("--base-rate <p>", "share of messages that carry a label, for the probabilities", readNumber(1e-6, 0.5), 0.01)
    .option("--bits <n>", "size of the table: 2^n places, a byte each for every head", readNumber(8, 24, true), 19)
    .option("--smoothing <x>", "added to every count, in units of the average count", readNumber(1e-6, 1e6), 1)
    .option("--minimum-count <n>", "leave out places that fewer rows have", readNumber(1, 1e6, true), 1)
    .option("--benign-share <x>", "how much harmless sets count beside the positives of their language", readNumber(0, 100), 1)
    .option("--rate <x>", "nblr: length of a step", readNumber(1e-6, 10), 0.2)
    .option("--ridge <x>", "nblr: weight of the squared weights", readNumber(0, 1), 0)
    .option("--epochs <n>", "nblr: passes over the rows at most", readNumber(1, 1000, true), 6)
    .option("--seed <n>", "of the order of the rows", readNumber(0, 2 ** 31, true), 1)
    .option("--lexicon <path>", "add a lexicon, as for scan", collect, [])
    .option("--eval", "measure the model on the files' rows of the split dev and print the table")
    .addHelpText("after", `${ABOUT_ROWS}\n${MORE}`)
    .action(async (files: string[], flags: TrainFlags) => {
      const global = program.opts<GlobalOptions>();
      const remark = remarker(global);
      // Found out now and not after minutes of training.
      keepInputs(files, flags.output);
      attemptOutput(flags.output, () => accessSync(dirname(flags.output), constants.W_OK));
      const [{ compileLexicon }, { loadLabelMap }, { loadLexicons }, { trainModel }] = await Promise.all([
        import("../lexicon/compile.ts"),
        import("../labelled/label-map.ts"),
        import("../lexicon/load.ts"),
        import("../pipeline/train.ts"),
      ]);
      const lexicon = compileLexicon(loadLexicons(flags.lexicon));
      const map = flags.map === undefined ? null : loadLabelMap(flags.map);
      const {
        bits,
        method,
        smoothing,
        minimumCount,
        benignShare,
        baseRate,
        weight: weights,
        limit: limits,
        rate,
        ridge,
        epochs,
        seed,
      } = flags;
      const options = { method, bits, smoothing, minimumCount, benignShare, baseRate, weights, limits, rate, ridge, epochs, seed };
      const line = new ProgressLine(!global.quiet && process.stderr.isTTY === true);
      const { file, header } = await trainModel(
        files,
        lexicon,
        { options, map, base: flags.base === undefined ? null : await openBase(flags.base) },
        {
          remark: (text) => {
            line.clear();
            remark(text);
          },
          progress: (rows) => line.showText(`${grouped(rows)} rows read`),
        },
      );
      line.clear();
      attemptOutput(flags.output, () => writeFileSync(flags.output, file));
      const heads = header.heads.map(({ name, languages }) => `${name} (${Object.keys(languages).join(", ") || "no language yet"})`);
      remark(`${flags.output}: ${grouped(file.length)} bytes, heads ${heads.join(", ")}`);
      if (flags.eval) await evaluateModel(files, flags, map, remark);
      finish(EXIT.done);
    });
}

async function openBase(name: string): Promise<{ model: Model; file: Buffer }> {
  const [{ parseModel, readModelFile }, { checkHeader }, { modelPath }] = await Promise.all([
    import("../bayes/model.ts"),
    import("../bayes/model-schema.ts"),
    import("../pipeline/classifier.ts"),
  ]);
  const path = modelPath(name);
  const file = readModelFile(path);
  return { file, model: parseModel(path, file, checkHeader) };
}

async function evaluateModel(
  files: readonly string[],
  flags: TrainFlags,
  map: LabelMap | null,
  remark: (line: string) => void,
): Promise<void> {
  const [{ openSystems }, { evaluateFiles }, { renderReport }] = await Promise.all([
    import("../pipeline/open-systems.ts"),
    import("../pipeline/evaluate.ts"),
    import("../evaluation/report.ts"),
  ]);
  const choice = { compared: [], predictions: undefined, heads: false, keepReasons: false };
  const systems = await openSystems(choice, files, { model: flags.output, lexicons: flags.lexicon }, remark);
  const options = { split: "dev", map, labels: null, baseRate: "gold", resampling: { resamples: 1000, seed: 1 }, mistakes: 0 } as const;
  process.stdout.write(
    renderReport(await evaluateFiles(files, systems, options, remark, () => {}), { show: showOnOneLine, details: false }),
  );
}
