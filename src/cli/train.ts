/** qalqan train: labelled files to a model file. */
import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { ABOUT_ROWS } from "../labelled/about.ts";
import { EXIT } from "./exit.ts";
import { collect, type GlobalOptions, remarker } from "./options.ts";
import { attemptOutput } from "./output.ts";

interface TrainFlags {
  output: string;
  bits: number;
  smoothing: number;
  benignShare: number;
  baseRate: number;
  weight: Record<string, number>;
  lexicon: string[];
  map?: string;
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

const EXAMPLE = `
Example:
  $ qalqan train data/*.jsonl.gz -o my.model --map my-map.json --weight noisy-set=0.3`;

export function addTrain(program: Command, finish: (code: number) => void): void {
  program
    .command("train")
    .description("train the naive-Bayes model from labelled files (JSON Lines, tables, fastText, doccano, Label Studio; .gz too)")
    .argument("<files...>", "labelled files")
    .requiredOption("-o, --output <model>", "where the model goes")
    .option("--bits <n>", "size of the table: 2^n features", readNumber(8, 24, true), 18)
    .option("--smoothing <x>", "added to every count, in units of the average count", readNumber(1e-6, 1e6), 0.3)
    .option("--benign-share <x>", "how much benign sets count beside the positives of their language", readNumber(0, 100), 0.3)
    .option("--base-rate <p>", "share of messages that carry a label, for the probabilities", readNumber(1e-6, 0.5), 0.01)
    .option("--weight <set=x>", "let a set count for more or less, repeatable", readWeight, {})
    .option("--lexicon <path>", "add a lexicon, as for scan", collect, [])
    .option("--map <file>", "JSON that says what labels mean in sets whose words mean something else")
    .addHelpText("after", `${ABOUT_ROWS}\n${EXAMPLE}`)
    .action(async (files: string[], flags: TrainFlags) => {
      const remark = remarker(program.opts<GlobalOptions>());
      const [{ compileLexicon }, { loadLabelMap }, { loadLexicons }, { trainModel }] = await Promise.all([
        import("../lexicon/compile.ts"),
        import("../labelled/label-map.ts"),
        import("../lexicon/load.ts"),
        import("../pipeline/train.ts"),
      ]);
      const lexicon = compileLexicon(loadLexicons(flags.lexicon));
      const { file, header } = await trainModel(
        files,
        lexicon,
        {
          bits: flags.bits,
          smoothing: flags.smoothing,
          benignShare: flags.benignShare,
          baseRate: flags.baseRate,
          weights: flags.weight,
          map: flags.map === undefined ? null : loadLabelMap(flags.map),
        },
        remark,
      );
      attemptOutput(flags.output, () => writeFileSync(flags.output, file));
      remark(
        `${flags.output}: ${file.length} bytes, heads ${header.heads.map((head) => `${head.label} (${head.languages.join(", ")})`).join(", ")}`,
      );
      finish(EXIT.done);
    });
}
