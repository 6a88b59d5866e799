/** Everything that a verdict depends on, loaded once: lexicons, rules, model, thresholds. */
import { fileURLToPath } from "node:url";
import { readModel } from "../bayes/model.ts";
import type { Label, TargetKind } from "../core/label.ts";
import { compileLexicon } from "../lexicon/compile.ts";
import { loadLexicons } from "../lexicon/load.ts";
import { createScorer, type Preset } from "../scoring/decide.ts";
import { Judge } from "./judge.ts";

/** The model that comes with the program. */
export const BUILTIN_MODEL: string = fileURLToPath(new URL("../../models/qalqan.model", import.meta.url));

export interface ClassifierOptions {
  /** Lexicon files or folders added to the built-in ones. */
  readonly lexicons?: readonly string[] | undefined;
  /** false leaves the built-in entries out; rules and paradigms stay. Default true. */
  readonly builtinLexicons?: boolean | undefined;
  /** Path of a model; null judges by lexicons and rules alone. Default: the one that comes with the program. */
  readonly model?: string | null | undefined;
  readonly preset?: Preset | undefined;
  /** Flag thresholds by label, 0..1; others stay as the model states them. */
  readonly thresholds?: Partial<Record<Label, number>> | undefined;
  /** Kinds of groups to look for. Default: all. */
  readonly targets?: readonly TargetKind[] | undefined;
}

/** @throws LexiconError or ConfigError. */
export function openJudge(options: ClassifierOptions = {}): Judge {
  const source = loadLexicons(options.lexicons ?? [], options.builtinLexicons ?? true);
  const { targets } = options;
  if (targets !== undefined) source.entries = source.entries.filter((entry) => entry.kind === undefined || targets.includes(entry.kind));
  const model = options.model === null ? null : readModel(options.model ?? BUILTIN_MODEL);
  return new Judge(compileLexicon(source), createScorer(model, options.preset, options.thresholds));
}
