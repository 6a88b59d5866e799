/** From what the caller names to what can be measured. */
import { closeSync, openSync, readSync } from "node:fs";
import { type ClassifierOptions, openJudge, SHIPPED_MODELS } from "./classifier.ts";
import { readPredictions } from "./predictions.ts";
import { headSystem, judgeSystem, predictionSystem, type System } from "./system.ts";

/** What is to be measured. */
export interface SystemChoice {
  /** Two names: "builtin", "open", "none", a model file or a file of predictions; none for the one that options or `predictions` describe. */
  readonly compared: readonly string[];
  readonly predictions: string | undefined;
  /** The heads of models by themselves. */
  readonly heads: boolean;
  /** As readPredictions takes it. */
  readonly keepReasons: boolean;
}

/**
 * @param goldPaths for joining predictions
 * @throws ConfigError or FormatError where a file cannot be read, E_NO_HEADS where there is no model to ask; LexiconError.
 */
export async function openSystems(
  { compared, predictions, heads, keepReasons }: SystemChoice,
  goldPaths: readonly string[],
  options: ClassifierOptions,
  remark: (line: string) => void,
): Promise<System[]> {
  const openFile = async (path: string): Promise<System> =>
    predictionSystem(path, await readPredictions(path, goldPaths, keepReasons, remark), options.thresholds ?? {});
  const openModel = async (model: string | null | undefined): Promise<System> => {
    const judge = await openJudge({ ...options, model });
    return heads ? headSystem(`the heads of ${nameOf(model)}`, judge) : judgeSystem(nameOf(model), judge);
  };
  if (predictions !== undefined) return [await openFile(predictions)];
  if (compared.length === 0) return [await openModel(options.model)];
  const systems: System[] = [];
  for (const name of compared) {
    const model = name === "none" ? null : name;
    const isFile = model !== null && !Object.hasOwn(SHIPPED_MODELS, model) && !isModel(model);
    systems.push(isFile ? await openFile(name) : await openModel(model));
  }
  return systems;
}

function nameOf(model: string | null | undefined): string {
  if (model === undefined || model === "builtin") return "the built-in model";
  if (model === "open") return "the open model";
  return model ?? "lexicons and rules alone";
}

const MAGIC = "QALQAN\0";

/** By its first bytes. A file that cannot be opened is left to the reader of predictions, which says why. */
function isModel(path: string): boolean {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(MAGIC.length);
      return readSync(file, head, 0, head.length, 0) === head.length && head.toString("latin1") === MAGIC;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
