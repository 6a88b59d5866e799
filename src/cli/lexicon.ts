/** qalqan lexicon: what the lexicons hold, what they find, and whether one of one's own is sound. */
import type { Command } from "commander";
import { addCheck } from "./lexicon-check.ts";
import { addDiff } from "./lexicon-diff.ts";
import { addList } from "./lexicon-list.ts";
import { addShow } from "./lexicon-show.ts";
import { addTry } from "./lexicon-try.ts";

const EXAMPLES = `
Examples:
  $ qalqan lexicon check my-terms.csv          whether a file for scan --lexicon is sound
  $ qalqan lexicon list --class target --language kk
  $ qalqan lexicon show kk-target-dungan       every word it matches, and what it collides with
  $ qalqan lexicon try "..."                   which entries see what, and which rules fire
  $ qalqan lexicon diff builtin builtin+my-terms.csv chat.txt

lexicons/README.md is the guide to entries.`;

export function addLexicon(program: Command, finish: (code: number) => void): void {
  const command = program
    .command("lexicon")
    .description("look into the lexicons: check, list, show, try, diff")
    .addHelpText("after", EXAMPLES)
    .exitOverride();
  for (const add of [addCheck, addList, addShow, addTry, addDiff]) add(command, program, finish);
  for (const sub of command.commands) sub.exitOverride();
}
