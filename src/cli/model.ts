/** qalqan model: what a model holds. */
import type { Command } from "commander";
import { addModelShow } from "./model-show.ts";

const EXAMPLES = `
Examples:
  $ qalqan model show                          the model that comes with the program
  $ qalqan model show my.model --head hate --language kk
  $ qalqan model show open --json | jq .model.sets

models/README.md is the card of the models that come with the program.`;

export function addModel(program: Command, finish: (code: number) => void): void {
  const command = program.command("model").description("look into a model: show").addHelpText("after", EXAMPLES).exitOverride();
  addModelShow(command, program, finish);
  for (const sub of command.commands) sub.exitOverride();
}
