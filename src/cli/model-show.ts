/** qalqan model show: what a model was made of, how it speaks, and what moves it most. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { ConfigError } from "../core/error.ts";
import { HEAD_NAMES, type Head, LANGUAGES, type Language } from "../core/label.ts";
import { EXIT } from "./exit.ts";
import type { NameSource } from "./model-text.ts";
import { type GlobalOptions, wantsColor } from "./options.ts";

interface ShowFlags {
  json?: boolean;
  top: number;
  head?: Head;
  language?: Language;
  from?: string;
  seen: number;
  slurs?: boolean;
}

const MORE = `
Weights are log-odds in nats, as they lie in the table; a message's sum is divided by the root of its number of features.
Words are ranked by what their own place and those of their letter runs add up to, everything else by its one place.

The table is hashed and keeps no names. They come from texts: everyday words, the lexicons' forms and the examples of rules,
or a file of your own with --from, which shows what the model makes of your kind of messages. What no text has is not shown.
Places are shared: a name may bear a weight that another feature earned, so read single lines with care.
Slurs that the lexicons know are shown as their entry's id.

Examples:
  $ qalqan model show --head hate --language ru --top 30
  $ qalqan model show my.model --from chats.txt --seen 20
  $ qalqan model show --json | jq '.strongest[] | {head, words: .languages[].words.for}'`;

function readCount(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`give a whole number from ${low} to ${high}.`);
    return value;
  };
}

export function addModelShow(command: Command, program: Command, finish: (code: number) => void): void {
  command
    .command("show")
    .description("show a model: header, sets with licences, voices and thresholds, the strongest features of each head and language")
    .argument("[file]", 'a model file, "builtin" or "open"', "builtin")
    .option("--json", "for machines")
    .option("--top <n>", "so many features for and against, 0 for none", readCount(0, 10_000), 15)
    .addOption(new Option("--head <name>", "only features of this head").choices(HEAD_NAMES))
    .addOption(new Option("--language <code>", "only features of this language").choices(LANGUAGES))
    .option("--from <file>", "name features by this file: labelled rows, or anything that scan reads; - for standard input")
    .option("--seen <n>", "only features that n messages of the names' source have (words: with --from)", readCount(1, 1e9), 3)
    .option("--slurs", "spell slurs out")
    .addHelpText("after", MORE)
    .action(async (file: string, flags: ShowFlags) => {
      const [{ modelPath }, { openDescribed }, { modelToText }] = await Promise.all([
        import("../pipeline/classifier.ts"),
        import("../pipeline/describe-model.ts"),
        import("./model-text.ts"),
      ]);
      const { model, description } = openDescribed(modelPath(file));
      if (flags.head !== undefined && !description.heads.some(({ name }) => name === flags.head))
        throw new ConfigError(
          "E_NO_HEADS",
          `${description.path}: the model has no head for ${flags.head}. It has ${description.heads.map(({ name }) => name).join(", ")}.`,
        );
      const { names, strongest } = flags.top === 0 ? { names: null, strongest: [] } : await findStrongest(model, flags);
      const color = wantsColor(program.opts<GlobalOptions>(), process.stdout);
      process.stdout.write(
        flags.json ? `${JSON.stringify({ model: description, names, strongest })}\n` : modelToText(description, names, strongest, color),
      );
      finish(EXIT.done);
    });
}

type Model = import("../bayes/model.ts").Model;
type HeadFeatures = import("../pipeline/strongest-features.ts").HeadFeatures;

async function findStrongest(model: Model, flags: ShowFlags): Promise<{ names: NameSource; strongest: HeadFeatures[] }> {
  const [{ openJudge }, { FeatureCensus }, { strongestFeatures }, { countShippedTexts }, { readTexts }, { SlurVeil }, { loadLexicons }] =
    await Promise.all([
      import("../pipeline/classifier.ts"),
      import("../pipeline/feature-census.ts"),
      import("../pipeline/strongest-features.ts"),
      import("../pipeline/shipped-texts.ts"),
      import("../pipeline/message-texts.ts"),
      import("../pipeline/slur-veil.ts"),
      import("../lexicon/load.ts"),
    ]);
  const [judge, lexicons] = [await openJudge({ model: null }), loadLexicons()];
  const census = new FeatureCensus(judge, model.bits, flags.slurs ? null : new SlurVeil(judge.lexicon, lexicons.entries));
  if (flags.from === undefined) countShippedTexts(census, lexicons);
  else for await (const { text, language } of readTexts(flags.from)) census.addMessage(text, language);
  const wanted = {
    top: flags.top,
    least: { words: flags.from === undefined ? 1 : flags.seen, others: flags.seen },
    language: flags.language ?? null,
  };
  const strongest = model.header.heads.flatMap(({ name }, head) =>
    flags.head === undefined || flags.head === name ? [strongestFeatures(model, head, census, wanted)] : [],
  );
  const names = { from: flags.from ?? null, messages: Object.fromEntries(census.messages), phrases: census.phrases, seen: flags.seen };
  return { names, strongest };
}
