/** The command line: what can be said, and exit codes. 0 done, 1 --fail-on met, 2 could not do what was asked. */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { ClassifierError } from "../core/error.ts";
import { addEvaluate } from "./evaluate.ts";
import { EXIT } from "./exit.ts";
import { addExplain } from "./explain.ts";
import { addLexicon } from "./lexicon.ts";
import { addModel } from "./model.ts";
import { say } from "./options.ts";
import { addScan } from "./scan.ts";
import { addTrain } from "./train.ts";

function version(): string {
  return (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }).version;
}

const EXAMPLES = `
Examples:
  $ qalqan scan chat.zip                       look through a WhatsApp export
  $ qalqan scan exports/ --only flag -o out.jsonl
  $ cat messages.txt | qalqan scan | jq 'select(.decision == "flag")'
  $ qalqan explain "..."                       how one message got its scores

It says "a person should look at this", never "this is illegal".`;

/** Runs one command. @returns the exit code; never rejects. */
export async function main(argv: readonly string[]): Promise<number> {
  // `| head` has seen enough: that is success.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    process.stderr.write(`qalqan: standard output cannot be written: ${error.message}\n`);
    process.exit(EXIT.failed);
  });
  // Nobody listens to remarks: no reason to stop.
  process.stderr.on("error", () => {});
  let code: number = EXIT.done;
  const program = new Command("qalqan")
    .description("Finds ethnic slurs, hate and incitement in Kazakh, Russian and English chat messages, offline, and explains every label.")
    .version(version())
    .option("--no-color", "no colours (also: NO_COLOR)")
    .option("--quiet", "nothing on stderr but errors")
    .showHelpAfterError("(qalqan --help says more)")
    .addHelpText("after", EXAMPLES)
    .exitOverride();
  const finish = (result: number): void => {
    code = result;
  };
  for (const add of [addScan, addExplain, addTrain, addEvaluate, addLexicon, addModel]) add(program, finish);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.failed;
    const message =
      error instanceof ClassifierError
        ? `${error.message} (${error.code})`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    say(message);
    return EXIT.failed;
  }
  return code;
}
