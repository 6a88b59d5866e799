/** qalqan lexicon: what the lexicons hold, and whether a file of one's own is sound. */
import type { Command } from "commander";
import { CLASSES, ENTRY_LANGUAGES } from "../lexicon/entry.ts";
import { EXIT } from "./exit.ts";

const EXAMPLES = `
Examples:
  $ qalqan lexicon check                       what the built-in lexicons hold
  $ qalqan lexicon check my-terms.json         whether a file for scan --lexicon is sound`;

export function addLexicon(program: Command, finish: (code: number) => void): void {
  const command = program.command("lexicon").description("check lexicon files").addHelpText("after", EXAMPLES).exitOverride();
  command
    .command("check")
    .description("validate the built-in lexicons, and the files or folders given, together")
    .argument("[paths...]", "lexicon files or folders of one's own")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .action(async (paths: string[]) => {
      const [{ compileLexicon }, { loadLexicons }] = await Promise.all([import("../lexicon/compile.ts"), import("../lexicon/load.ts")]);
      const source = loadLexicons(paths);
      const lexicon = compileLexicon(source);
      const rows = CLASSES.map(
        (name) =>
          [
            name,
            ...ENTRY_LANGUAGES.map(
              (language) => source.entries.filter((entry) => entry.class === name && entry.language === language).length,
            ),
          ] as const,
      ).filter((row) => row.slice(1).some((count) => count !== 0));
      process.stdout.write(`${"class".padEnd(16)}${ENTRY_LANGUAGES.map((language) => language.padStart(6)).join("")}\n`);
      for (const [name, ...counts] of rows)
        process.stdout.write(`${name.padEnd(16)}${counts.map((count) => String(count).padStart(6)).join("")}\n`);
      process.stdout.write(
        `${source.entries.length} entries, ${lexicon.recordEntry.length} stems and forms, ${source.rules.rules.length} rules, fingerprint ${source.fingerprint.slice(0, 16)}\n`,
      );
      finish(EXIT.done);
    });
}
