/** Run by the build: checks the built-in lexicons and model, and writes the lexicons compiled, beside the program. */
import { existsSync, writeFileSync } from "node:fs";
import { readModel } from "../bayes/model.ts";
import { checkHeader } from "../bayes/model-schema.ts";
import { bakeLexicon } from "../lexicon/bake.ts";
import { compileLexicon } from "../lexicon/compile.ts";
import { loadLexicons } from "../lexicon/load.ts";
import { BAKED_COARSE, BAKED_LEXICONS, BUILTIN_MODEL } from "./classifier.ts";

const source = loadLexicons();
// The coarse ones first: the others' date says whether both are fresh.
writeFileSync(BAKED_COARSE, bakeLexicon(compileLexicon(source, true)));
writeFileSync(BAKED_LEXICONS, bakeLexicon(compileLexicon(source)));
if (existsSync(BUILTIN_MODEL)) readModel(BUILTIN_MODEL, checkHeader);
