/**
 * Run by the build: checks the built-in lexicons and models, and writes the lexicons compiled, beside the program.
 *
 *     node dist/pipeline/bake.js           a model of another version is a warning: the program must build before it can train one
 *     node dist/pipeline/bake.js --check   writes nothing, and such a model, or none, ends it with 1: for what is to be shipped
 *
 * A lexicon that is wrong, and a model that is damaged, end both.
 */
import { existsSync, writeFileSync } from "node:fs";
import { readModel } from "../bayes/model.ts";
import { checkHeader } from "../bayes/model-schema.ts";
import { ConfigError } from "../core/error.ts";
import { bakeLexicon } from "../lexicon/bake.ts";
import { compileLexicon } from "../lexicon/compile.ts";
import { loadLexicons } from "../lexicon/load.ts";
import { BAKED_COARSE, BAKED_LEXICONS, BUILTIN_MODEL, SHIPPED_MODELS } from "./classifier.ts";

const isCheck = process.argv.includes("--check");
const source = loadLexicons();
const fine = bakeLexicon(compileLexicon(source));
if (!isCheck) {
  // The coarse ones first: the others' date says whether both are fresh.
  writeFileSync(BAKED_COARSE, bakeLexicon(compileLexicon(source, true)));
  writeFileSync(BAKED_LEXICONS, fine);
}
for (const path of Object.values(SHIPPED_MODELS)) {
  const why = fault(path);
  if (why === null) continue;
  process.stderr.write(`${isCheck ? "error" : "warning"}: ${why}\n`);
  if (isCheck) process.exitCode = 1;
}

/** Why a model cannot be used yet, null where it can. The open one need not be there. @throws ConfigError for a damaged one. */
function fault(path: string): string | null {
  if (!existsSync(path))
    return path === BUILTIN_MODEL ? `${path} is not there: every command needs --no-model or --model FILE until it is` : null;
  try {
    readModel(path, checkHeader);
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError) || error.code !== "E_MODEL_VERSION") throw error;
    return `${error.message} Until then, every command that asks this model ends with this error.`;
  }
}
