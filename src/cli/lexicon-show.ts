/** qalqan lexicon show: everything about one entry. */
import { type Command, Option } from "commander";
import { grouped } from "../core/grouped.ts";
import type { DescribedEntry, MatchedWord } from "../lexicon/describe-entry.ts";
import type { Role } from "../lexicon/parts.ts";
import { painter, showOnOneLine } from "../writers/terminal.ts";
import { EXIT } from "./exit.ts";
import { addSourceOptions, type SourceFlags } from "./lexicon-source.ts";
import { type GlobalOptions, wantsColor } from "./options.ts";
import { openSink } from "./output.ts";

interface ShowFlags extends SourceFlags {
  all?: boolean;
  to: "text" | "json";
}

const EXAMPLES = `
Examples:
  $ qalqan lexicon show kk-target-dungan
  $ qalqan lexicon show kk-target-dungan --all | grep лықтар
  $ qalqan lexicon show my-target-2 --lexicon my.csv --to json`;

const WORDS_A_WRITE = 2000;
const MOST_SPELLINGS = 20;
const MOST_COLLISIONS = 30;

export function addShow(command: Command, program: Command, finish: (code: number) => void): void {
  const show = command
    .command("show")
    .description("show an entry: fields, the words it matches, spellings, rules, collisions with everyday words")
    .argument("<id>", "id of the entry")
    .option("--all", "every word it matches, one a line, with its moods after a tab")
    .addOption(new Option("--to <format>", "text for people, json for machines").choices(["text", "json"]).default("text"))
    .addHelpText("after", EXAMPLES);
  addSourceOptions(show).action(async (id: string, flags: ShowFlags) => {
    const [{ compileLexicon }, { loadLexicons }, { describeEntry, findEntry, matchedWords }, { readEverydayWords }] = await Promise.all([
      import("../lexicon/compile.ts"),
      import("../lexicon/load.ts"),
      import("../lexicon/describe-entry.ts"),
      import("../lexicon/everyday.ts"),
    ]);
    const source = loadLexicons(flags.lexicon, flags.builtinLexicons);
    const index = findEntry(source, id);
    const lexicon = compileLexicon(source);
    if (flags.all) await writeAll(matchedWords(source, lexicon, index), flags.to === "json");
    else {
      const described = describeEntry(source, lexicon, readEverydayWords(), index);
      const color = wantsColor(program.opts<GlobalOptions>(), process.stdout);
      process.stdout.write(flags.to === "json" ? `${JSON.stringify(described)}\n` : toText(described, color));
    }
    finish(EXIT.done);
  });
}

/** One word a line: there may be hundreds of thousands. */
async function writeAll(words: Iterable<MatchedWord>, asJson: boolean): Promise<void> {
  const sink = openSink(undefined);
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    await sink.write(Buffer.from(lines.join("")));
    lines = [];
  };
  for (const word of words) {
    lines.push(
      asJson ? `${JSON.stringify(word)}\n` : `${showOnOneLine(word.word)}${word.moods.length > 0 ? `\t${word.moods.join(", ")}` : ""}\n`,
    );
    if (lines.length === WORDS_A_WRITE) await flush();
  }
  await flush();
  sink.close();
}

function byMoods(words: readonly MatchedWord[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { word, moods } of words) groups.set(moods.join(", "), [...(groups.get(moods.join(", ")) ?? []), showOnOneLine(word)]);
  return [...groups].map(([moods, group]) => `${moods === "" ? "" : `${moods}: `}${group.join(", ")}`);
}

function roleText(roles: readonly Role[]): string[] {
  const signed = (weight: number): string => `${weight > 0 ? "+" : ""}${weight.toFixed(1)}`;
  const anchors = roles
    .filter(({ as }) => as === "anchor")
    .map(({ rule, label, weight }) => `  begins ${rule} (${label}, ${signed(weight)})`);
  const parts = roles.filter(({ as }) => as === "part").map(({ rule }) => rule);
  const guards = [...new Set(roles.filter(({ as }) => as === "guard").map(({ guard, weight }) => `${guard} (${signed(weight)})`))];
  return [
    ...anchors,
    ...(parts.length > 0 ? [`  stands beside in ${parts.join(", ")}`] : []),
    ...(guards.length > 0 ? [`  weakens by the guards ${guards.join(", ")}`] : []),
    ...(roles.length === 0 ? ["  none: no rule has a place for it"] : []),
  ];
}

function toText({ entry, file, forms, stems, spellings, roles, collisions }: DescribedEntry, color: boolean): string {
  const paint = painter(color);
  const title = (text: string): string => paint("bold", text);
  const { forms: _forms, moods: _moods, stems: _stems, ...fields } = entry;
  const lines = [`${title(entry.id)}  ${showOnOneLine(file)}`];
  for (const [name, value] of Object.entries({ ...fields, severity: entry.severity ?? "3 (where none is given)" })) {
    if (name === "id" || value === undefined) continue;
    const text = Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
    lines.push(`  ${name.padEnd(10)} ${showOnOneLine(text)}`);
  }
  lines.push("", title("Words it matches"));
  if (forms.length > 0) lines.push("  as listed:", ...byMoods(forms).map((line) => `    ${line}`));
  for (const { stem, count, sample } of stems) {
    lines.push(
      `  from the stem ${showOnOneLine(stem)}: ${grouped(count)} words${count > sample.length ? ", such as (--all prints all)" : ""}`,
    );
    lines.push(...byMoods(sample).map((line) => `    ${line}`));
  }
  lines.push(
    "",
    title("Spellings that read the same"),
    "  case, ё and е, Kazakh letters and those typed for them, look-alike letters, and:",
  );
  for (const { term, folded, alsoFolded, latin } of spellings.slice(0, MOST_SPELLINGS)) {
    const ways = [folded, ...(alsoFolded === null ? [] : [alsoFolded]), ...latin].map(showOnOneLine);
    lines.push(`  ${showOnOneLine(term)}: ${[...new Set(ways)].join(", ")}`);
  }
  if (spellings.length > MOST_SPELLINGS) lines.push(`  and ${spellings.length - MOST_SPELLINGS} more terms`);
  lines.push("", title("Rules"), ...roleText(roles), "", title("Everyday words that it matches"));
  for (const { word, count, language, moods } of collisions.slice(0, MOST_COLLISIONS))
    lines.push(`  ${word.padEnd(20)} ${grouped(count).padStart(7)} times  ${language}${moods.length > 0 ? `  ${moods.join(", ")}` : ""}`);
  if (collisions.length === 0) lines.push("  none of the commonest");
  else if (collisions.length > MOST_COLLISIONS) lines.push(`  and ${collisions.length - MOST_COLLISIONS} more`);
  return `${lines.join("\n")}\n`;
}
