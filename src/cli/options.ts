/** Options that several commands share, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { LABEL_NAMES, type Label, PRESETS, type Preset, TARGET_KINDS, type TargetKind } from "../core/label.ts";
import type { ClassifierOptions } from "../pipeline/classifier.ts";
import { showSafely } from "../writers/terminal.ts";

/** What `program` itself takes. */
export interface GlobalOptions {
  color: boolean;
  quiet?: boolean;
}

export interface ModelOptions {
  threshold: Partial<Record<Label, number>>;
  preset: Preset;
  targets?: TargetKind[];
  model: string | boolean;
}

export interface JudgeOptions extends ModelOptions {
  lexicon: string[];
  builtinLexicons: boolean;
}

function readProbability(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no probability. Give a number from 0 to 1.`);
  return value;
}

/** "0.8" for all labels or "hate=0.8" for one; may be given several times. */
function readThreshold(text: string, sofar: Partial<Record<Label, number>>): Partial<Record<Label, number>> {
  const [name, value] = text.includes("=")
    ? ([text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)] as const)
    : [null, text];
  const probability = readProbability(value);
  if (name === null)
    return {
      ...sofar,
      ...Object.fromEntries(LABEL_NAMES.map((label) => [label, probability])),
    };
  if (!(LABEL_NAMES as readonly string[]).includes(name))
    throw new InvalidArgumentError(`${JSON.stringify(name)} is no label. Labels: ${LABEL_NAMES.join(", ")}.`);
  return { ...sofar, [name]: probability };
}

function readKinds(text: string): TargetKind[] {
  return text.split(",").map((name) => {
    const kind = TARGET_KINDS.find((row) => row === name.trim());
    if (kind === undefined)
      throw new InvalidArgumentError(`${JSON.stringify(name)} is no kind of group. Kinds: ${TARGET_KINDS.join(", ")}.`);
    return kind;
  });
}

export function collect(text: string, sofar: string[]): string[] {
  return [...sofar, text];
}

/** Adds the options that choose lexicons, model and thresholds. */
export function addJudgeOptions(command: Command): Command {
  return addModelOptions(command)
    .option("--lexicon <path>", "add a lexicon file (JSON, CSV) or folder, repeatable", collect, [])
    .option("--no-builtin-lexicons", "only the lexicons given with --lexicon");
}

/** Adds those that choose model and thresholds. */
export function addModelOptions(command: Command): Command {
  return command
    .option("--threshold <[label=]p>", "flag at this probability; for one label or all, repeatable", readThreshold, {})
    .addOption(new Option("--preset <name>", "where the thresholds lie").choices(PRESETS).default("balanced"))
    .option("--targets <kinds>", `only groups of these kinds, by comma (${TARGET_KINDS.join(", ")})`, readKinds)
    .option(
      "--model <file>",
      'a model file; "builtin" (default), "open" (learnt from openly licensed data only); a file named so is ./open',
    )
    .option("--no-model", "lexicons and rules alone");
}

export function classifierOptions(options: JudgeOptions): ClassifierOptions {
  return {
    lexicons: options.lexicon,
    builtinLexicons: options.builtinLexicons,
    model: options.model === false ? null : typeof options.model === "string" ? options.model : undefined,
    preset: options.preset,
    thresholds: options.threshold,
    targets: options.targets,
  };
}

/** A line on stderr, under the program's name. */
export function say(line: string): void {
  process.stderr.write(`qalqan: ${showSafely(line)}\n`);
}

/** Says a line, unless --quiet was given. */
export function remarker(global: GlobalOptions): (line: string) => void {
  return (line) => {
    if (!global.quiet) say(line);
  };
}

/** Colours where the stream is a terminal and nobody objects. */
export function wantsColor(global: GlobalOptions, stream: { isTTY?: boolean }): boolean {
  return global.color && !process.env["NO_COLOR"] && stream.isTTY === true;
}
