/** Options that say which lexicons a command looks into. */
import type { Command } from "commander";
import { collect } from "./options.ts";

export interface SourceFlags {
  lexicon: string[];
  builtinLexicons: boolean;
}

export function addSourceOptions(command: Command): Command {
  return command
    .option("--lexicon <path>", "add a lexicon file or folder, repeatable", collect, [])
    .option("--no-builtin-lexicons", "only the lexicons given with --lexicon");
}
