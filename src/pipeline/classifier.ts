/** Everything that a verdict depends on, loaded once: lexicons, rules, model, thresholds. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Model, readModel } from "../bayes/model.ts";
import { ConfigError } from "../core/error.ts";
import type { Label, Preset, TargetKind } from "../core/label.ts";
import { parseBaked } from "../lexicon/bake.ts";
import { type CompiledLexicon, compileLexicon } from "../lexicon/compile.ts";
import { lexiconsChangedAtMs, readLexiconFiles } from "../lexicon/files.ts";
import { createScorer } from "../scoring/decide.ts";
import { Judge } from "./judge.ts";

/** The model that comes with the program. */
export const BUILTIN_MODEL: string = fileURLToPath(new URL("../../models/qalqan.model", import.meta.url));
/** The one beside it that learnt only from data under open licences. */
const OPEN_MODEL: string = fileURLToPath(new URL("../../models/open.model", import.meta.url));
/** Models that come with the program, by the names they are asked for by. */
export const SHIPPED_MODELS: Readonly<Record<string, string>> = { builtin: BUILTIN_MODEL, open: OPEN_MODEL };
/** The built-in lexicons as the build compiled them. */
export const BAKED_LEXICONS: string = fileURLToPath(new URL("../../dist/lexicons.bin", import.meta.url));
/** The same in coarse letters, read at the first message that needs them. */
export const BAKED_COARSE: string = fileURLToPath(new URL("../../dist/lexicons-coarse.bin", import.meta.url));

export interface ClassifierOptions {
  /** Lexicon files (JSON, CSV) or folders added to the built-in ones; a folder's rules.json and paradigms.json are added to theirs. */
  readonly lexicons?: readonly string[] | undefined;
  /** false leaves the built-in entries out; rules and paradigms stay. Default true. */
  readonly builtinLexicons?: boolean | undefined;
  /** Rules and paradigms of added folders take the place of all the built-in ones. */
  readonly loneLexicons?: boolean | undefined;
  /**
   * Path of a model; "builtin" (default) and "open" are those that come with the program, so a file of that name is "./open".
   * null judges by lexicons and rules alone.
   */
  readonly model?: string | null | undefined;
  readonly preset?: Preset | undefined;
  /** Flag thresholds by label, 0..1; others stay as the model states them. */
  readonly thresholds?: Partial<Record<Label, number>> | undefined;
  /** Kinds of groups to look for. Default: all. */
  readonly targets?: readonly TargetKind[] | undefined;
}

/** @throws LexiconError or ConfigError. */
export async function openJudge(options: ClassifierOptions = {}): Promise<Judge> {
  const [lexicon, model] = await Promise.all([openLexicon(options), openModel(options.model)]);
  return new Judge(lexicon.fine, createScorer(model, options.preset, options.thresholds), lexicon.openCoarse);
}

interface Lexicons {
  readonly fine: CompiledLexicon;
  readonly openCoarse: () => CompiledLexicon;
}

/** The schema library is loaded only for files that the build has not checked: it would double the start-up time. */
async function openLexicon({ lexicons = [], builtinLexicons = true, loneLexicons = false, targets }: ClassifierOptions): Promise<Lexicons> {
  if (lexicons.length === 0 && builtinLexicons && targets === undefined && existsSync(BAKED_LEXICONS)) {
    // Baked after the last change of any file: no need to read them. Otherwise their contents decide.
    const fresh = statSync(BAKED_LEXICONS).mtimeMs >= lexiconsChangedAtMs();
    const baked = parseBaked(readFileSync(BAKED_LEXICONS), fresh ? null : readLexiconFiles().fingerprint);
    if (baked !== null) return { fine: baked, openCoarse: () => parseBaked(readFileSync(BAKED_COARSE), null)! };
  }
  const { loadLexicons } = await import("../lexicon/load.ts");
  const all = loadLexicons(lexicons, builtinLexicons, { alone: loneLexicons });
  const kept = all.entries.map((entry) => targets === undefined || entry.kind === undefined || targets.includes(entry.kind));
  const source = { ...all, entries: all.entries.filter((_, k) => kept[k]), paths: all.paths.filter((_, k) => kept[k]) };
  return { fine: compileLexicon(source), openCoarse: () => compileLexicon(source, true) };
}

/**
 * The file that a model is asked for by: a name of SHIPPED_MODELS, or a path.
 * @throws ConfigError E_MODEL_READ for one of the former that is not there.
 */
export function modelPath(name: string): string {
  const path = Object.hasOwn(SHIPPED_MODELS, name) ? SHIPPED_MODELS[name]! : null;
  if (path !== null && !existsSync(path))
    throw new ConfigError(
      "E_MODEL_READ",
      `${path}: the model ${JSON.stringify(name)} should come with the program and is not there. Install the program again, choose another model, or write ./${name} for a file of that name.`,
    );
  return path ?? name;
}

async function openModel(name: string | null | undefined): Promise<Model | null> {
  if (name === null) return null;
  const path = modelPath(name ?? "builtin");
  if (path !== name) return readModel(path, null);
  const { checkHeader } = await import("../bayes/model-schema.ts");
  return readModel(path, checkHeader);
}
