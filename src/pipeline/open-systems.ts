/** From what the caller names to what can be measured. */
import { closeSync, openSync, readSync } from "node:fs";
import { type ClassifierOptions, openJudge } from "./classifier.ts";
import { readPredictions } from "./predictions.ts";
import { judgeSystem, predictionSystem, type System } from "./system.ts";

/**
 * @param compared two names: "builtin", "none", a model file or a file of predictions; none for the one that `options` and
 * `predictions` describe
 * @param goldPaths for joining predictions
 * @param keepReasons as readPredictions takes it
 * @throws ConfigError or FormatError where a file cannot be read; LexiconError.
 */
export async function openSystems(
  compared: readonly string[],
  predictions: string | undefined,
  goldPaths: readonly string[],
  options: ClassifierOptions,
  keepReasons: boolean,
  remark: (line: string) => void,
): Promise<System[]> {
  const openFile = async (path: string): Promise<System> =>
    predictionSystem(path, await readPredictions(path, goldPaths, keepReasons, remark), options.thresholds ?? {});
  if (predictions !== undefined) return [await openFile(predictions)];
  if (compared.length === 0) return [judgeSystem(nameOf(options.model), await openJudge(options))];
  const systems: System[] = [];
  for (const name of compared) {
    const model = name === "builtin" ? undefined : name === "none" ? null : name;
    systems.push(
      typeof model === "string" && !isModel(model)
        ? await openFile(model)
        : judgeSystem(nameOf(model), await openJudge({ ...options, model })),
    );
  }
  return systems;
}

function nameOf(model: string | null | undefined): string {
  if (model === undefined) return "the built-in model";
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
