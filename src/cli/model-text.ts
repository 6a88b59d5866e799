/** A model as a person reads it. */
import type { Method } from "../bayes/model.ts";
import { grouped } from "../core/grouped.ts";
import { PRESETS } from "../core/label.ts";
import type { DescribedLabel, ModelDescription } from "../pipeline/describe-model.ts";
import type { HeadFeatures, Sides, StrongFeature } from "../pipeline/strongest-features.ts";
import { painter, showOnOneLine } from "../writers/terminal.ts";

/** Where the names of features come from. */
export interface NameSource {
  /** A file; null for the texts that come with the program. */
  readonly from: string | null;
  /** By language. */
  readonly messages: { readonly [language: string]: number };
  /** Words and phrases, counted by themselves. */
  readonly phrases: number;
  /** Messages that a feature must be in. */
  readonly seen: number;
}

const METHOD_TEXT: { readonly [method in Method]: string } = {
  nb: "naive Bayes: log ratios of counts",
  complement: "complement naive Bayes: log ratios of counts",
  nblr: "naive Bayes refined by logistic regression",
};

/** @param strongest empty where none were asked for, and then `names` is null */
export function modelToText(
  description: ModelDescription,
  names: NameSource | null,
  strongest: readonly HeadFeatures[],
  color: boolean,
): string {
  const paint = painter(color);
  const title = (text: string): string => paint("bold", text);
  const lines = [
    ...headerLines(description, title),
    "",
    title("Heads"),
    ...headLines(description),
    "",
    title("Labels"),
    "  log-odds = prior + signals + what the model adds: only where a group is named, in the languages below, never less than 0",
    ...description.labels.flatMap(labelLines),
    "",
    title("Thresholds"),
    ...thresholdLines(description.labels),
    "",
    title("Trained on"),
    ...setLines(description),
    ...(names === null ? [] : ["", title("Strongest features"), ...nameLines(names)]),
    ...strongest.flatMap((head) => featureLines(head, title, (text) => paint("dim", text))),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function headerLines({ path, bytes, sha256, options, features, bits, base }: ModelDescription, title: (text: string) => string): string[] {
  const { method, weights: _weights, limits, bits: _bits, ...numbers } = options;
  const spelt = Object.entries(numbers).map(
    ([name, value]) => `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${value}`,
  );
  const limited = Object.entries(limits).map(([where, nats]) => `${where} ${nats}`);
  return [
    `${title(showOnOneLine(path))}`,
    `  ${"size".padEnd(9)} ${grouped(bytes)} bytes`,
    `  ${"SHA-256".padEnd(9)} ${sha256}`,
    `  ${"method".padEnd(9)} ${method}, ${METHOD_TEXT[method]}`,
    `  ${"features".padEnd(9)} ${showOnOneLine(features)}`,
    `  ${"table".padEnd(9)} 2^${bits} = ${grouped(2 ** bits)} places, a byte each for every head`,
    `  ${"base".padEnd(9)} ${base === null ? "none, trained from nothing" : `went on from the model ${showOnOneLine(base)}`}`,
    `  ${"options".padEnd(9)} ${spelt.join(", ")}`,
    ...(limited.length === 0 ? [] : [`  ${"".padEnd(9)} limits in nats: ${limited.map(showOnOneLine).join(", ")}`]),
  ];
}

function headLines({ heads }: ModelDescription): string[] {
  const rows = heads.map(({ name, positive, negative, used, scale, languages }) => [
    name,
    grouped(positive),
    grouped(negative),
    `${(used * 100).toFixed(0)} %`,
    scale.toFixed(1),
    Object.entries(languages)
      .map(([language, { slope, offset }]) => `${language} (${slope.toFixed(2)}, ${signed(offset, 2)})`)
      .join("  ") || "none yet",
  ]);
  return table(
    [
      ["head", "rows: yes", "no", "places used", "largest weight", "languages, where it has seen both (slope, offset of its evidence)"],
      ...rows,
    ],
    [1, 2, 3, 4],
  );
}

function labelLines({ label, prior, signals, voices }: DescribedLabel): string[] {
  const terms = voices.map(({ language, evidence, offset, limit }) => {
    const heads = Object.entries(evidence).filter(([, weight]) => weight !== 0);
    return [
      `  ${language}`,
      `${heads.map(([head, weight]) => `${signed(weight, 2)} x ${head}`).join("  ")}  ${signed(offset, 2)}`,
      `at most ${limit} nats`,
    ];
  });
  const silent = voices.length === 0 ? "; the model says nothing of it" : "";
  return [`  ${label}: prior ${signed(prior, 2)}, signals x ${signals}${silent}`, ...table(terms, [])];
}

function thresholdLines(labels: readonly DescribedLabel[]): string[] {
  return table(
    [
      ["preset", ...labels.map(({ label }) => `${label}: flag`).flatMap((head) => [head, "review"])],
      ...PRESETS.map((preset) => [
        preset,
        ...labels.flatMap(({ thresholds }) => [thresholds[preset].flag.toFixed(4), thresholds[preset].review.toFixed(4)]),
      ]),
    ],
    labels.flatMap((_, k) => [1 + 2 * k, 2 + 2 * k]),
  );
}

function setLines({ sets, heads, card }: ModelDescription): string[] {
  const count = (rows: number | undefined): string => (rows === undefined ? "-" : grouped(rows));
  const rows = sets.map(({ name, rows: all, weight, positive, negative, source, licence, open }) => [
    name,
    grouped(all),
    weight === 1 ? "" : String(weight),
    ...heads.map((head) => `${count(positive[head.name])} / ${count(negative[head.name])}`),
    `${licence ?? "licence not known"}${open === false ? " *" : ""}${source === null ? "" : `; ${source}`}`,
  ]);
  const headings = ["set", "rows", "weight", ...heads.map(({ name }) => `${name} yes / no`), "licence; source"];
  const columns = table([headings, ...rows.map((row) => row.map(showOnOneLine))], heads.map((_, k) => 3 + k).concat(1, 2));
  const legend = [
    "  A set that says neither yes nor no of a head (-) was not asked about it. Counts are of all rows, one in ten of which was kept back.",
    card === null
      ? "  No sets.json lies beside the model, so licences and sources are not known."
      : `  Licences and sources as ${showOnOneLine(card)} says${sets.some(({ open }) => open === false) ? "; * is not open to every use." : "."}`,
  ];
  return sets.length === 0 ? ["  the header names no sets"] : [...columns, ...legend];
}

function nameLines({ from, messages, phrases, seen }: NameSource): string[] {
  const languages = Object.entries(messages)
    .sort(([, a], [, b]) => b - a)
    .map(([language, count]) => `${language} ${grouped(count)}`);
  const all = grouped(Object.values(messages).reduce((sum, count) => sum + count, 0));
  const counted = `${all} (${languages.join(", ") || "none"})`;
  const source =
    from === null
      ? `${grouped(phrases)} everyday words and lexicon forms, and examples of rules, ${counted}: all shipped with the program`
      : `the messages of ${from === "-" ? "standard input" : showOnOneLine(from)}, ${counted}`;
  return [
    `  Names come from ${source}.`,
    `  ${from === null ? "Pairs, classes and runs are in" : "Words, pairs, classes and runs are in"} at least ${seen} of them; but for words, their places are mostly their own there.`,
    "  The table is hashed: it keeps no names, and places are shared, so a name may bear a weight that another feature earned.",
    "  Nats in the table, before a message's sum is divided by the root of its number of features. Letters are folded: lower case,",
    "  ё as е, Kazakh letters as a Russian keyboard gives them. <group> is any group's name, <id> a slur by its entry (--slurs).",
    ...(from === null ? [] : ["  Slurs that the lexicons do not know stand as they are."]),
    "  Words: their own place and those of their letter runs together, then the strongest of these, ^ and $ being edges; +2 and",
    "  the like: so many others of mostly the same letters would stand there too. [class] > word: up to two words after it.",
  ];
}

function featureLines(
  { head, general, languages }: HeadFeatures,
  title: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const block = (what: string, sides: Sides, describe: (feature: StrongFeature) => string): string[] =>
    sides.for.length + sides.against.length === 0
      ? []
      : ["", ...sideBySide(what, sides, describe)].map((line, k) => (k === 1 ? dim(line) : line));
  return [
    "",
    title(`${head}, any language`),
    ...block("classes and shape", general, plain),
    ...languages.flatMap(({ language, seen, words, pairs, runs }) => {
      const blocks = [
        ...block("words", words, withParts),
        ...block("pairs, and words near a class", pairs, plain),
        ...block("letter runs", runs, withWords),
      ];
      const silent = seen ? "" : " (it has not seen both classes here: the model does not ask it)";
      return [
        "",
        title(`${head}, ${language}`) + silent,
        ...(blocks.length > 0 ? blocks : ["  no names: no text was of this language (--from FILE)"]),
      ];
    }),
  ];
}

function plain({ name, weight }: StrongFeature): string {
  return `${signed(weight, 1).padStart(6)}  ${showOnOneLine(name)}`;
}

const SHOWN_PARTS = 2;
const SHOWN_WORDS = 2;

function withParts(feature: StrongFeature): string {
  const parts = (feature.parts ?? []).slice(0, SHOWN_PARTS).map(({ run, weight }) => `${run ?? "itself"} ${Math.abs(weight).toFixed(1)}`);
  return `${plain(feature)}${more(feature)}${parts.length === 0 ? "" : `  (${showOnOneLine(parts.join(", "))})`}`;
}

function withWords(feature: StrongFeature): string {
  const words = (feature.words ?? []).slice(0, SHOWN_WORDS).join(", ");
  return `${plain(feature)}${more(feature)}${words === "" ? "" : `  (${showOnOneLine(words)})`}`;
}

function more({ alike }: StrongFeature): string {
  return alike.length === 0 ? "" : ` +${alike.length}`;
}

const MOST_COLUMN = 60;

/** What speaks for on the left, what speaks against on the right; a line too long pushes its right side along. */
function sideBySide(what: string, sides: Sides, describe: (feature: StrongFeature) => string): string[] {
  const [left, right] = [sides.for.map(describe), sides.against.map(describe)];
  const width = Math.min(MOST_COLUMN, Math.max(what.length + 9, ...left.map((line) => line.length)));
  const lines = Array.from(
    { length: Math.max(left.length, right.length) },
    (_, k) => `  ${(left[k] ?? "").padEnd(width)}  ${right[k] ?? ""}`,
  );
  return [`  ${`   for  ${what}`.padEnd(width)}  against`, ...lines];
}

function signed(weight: number, digits: number): string {
  return `${weight < 0 ? "-" : "+"}${Math.abs(weight).toFixed(digits)}`;
}

/** Columns two apart, indented by two; those of `right` end flush. */
function table(rows: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(...rows.map((row) => row[k]!.length)));
  return rows.map(
    (row) => `  ${row.map((cell, k) => (right.includes(k) ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!))).join("  ")}`,
  );
}
