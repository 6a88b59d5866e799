/** A report before it is text or Markdown: titled tables with notes. */
import { cut, widthOf } from "./format.ts";

export interface Table {
  readonly head: readonly string[];
  /** As long as `head`. */
  readonly rows: readonly (readonly string[])[];
  /** So many columns of text stand to the left; figures stand to the right. */
  readonly textColumns: number;
}

export interface Section {
  readonly title: string;
  /** Sentences before the tables. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
  /** Items after the tables, each of a first line and lines that belong to it. */
  readonly items?: readonly (readonly string[])[];
}

/** What a renderer of sections needs to know. */
export interface ReportOptions {
  /** Makes text that comes from the input safe for where it is shown, on one line. */
  readonly show: (text: string) => string;
  /** Also ladders of thresholds, reliability tables, and every value of every facet. */
  readonly details: boolean;
}

/** Plain text for terminals, aligned; ends with a newline. */
export function renderText(sections: readonly Section[]): string {
  const blocks = sections.map(({ title, notes, tables, items = [] }) => {
    const parts = [
      ...tables.map(alignTable),
      ...items.map(([first = "", ...rest]) => [first, ...rest.map((line) => `  ${line}`)].join("\n")),
    ];
    return [title, ...notes.flatMap((note) => wrap(note, TEXT_WIDTH)), parts.join("\n\n")].filter(Boolean).join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

/** Markdown as GitHub reads it; ends with a newline. */
export function renderMarkdown(sections: readonly Section[]): string {
  const blocks = sections.flatMap(({ title, notes, tables, items = [] }) => [
    `### ${escapeMarkdown(title)}`,
    ...(notes.length > 0 ? [notes.map(escapeMarkdown).join(" ")] : []),
    ...tables.map(({ head, rows, textColumns }) =>
      [head, head.map((_, column) => (column < textColumns ? "---" : "---:")), ...rows.map((row) => row.map(escapeMarkdown))]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n"),
    ),
    ...(items.length > 0 ? [items.map((lines) => `- ${lines.map(escapeMarkdown).join("\\\n  ")}`).join("\n")] : []),
  ]);
  return `${blocks.join("\n\n")}\n`;
}

const TEXT_WIDTH = 100;

/** Narrow enough for a column of values to say something. */
const LEAST_WIDTH = 8;

/** Where the table is wider than a line, its first column is cut. */
function alignTable({ head, rows, textColumns }: Table): string {
  const widths = head.map((title, column) => rows.reduce((widest, row) => Math.max(widest, widthOf(row[column]!)), widthOf(title)));
  const excess = widths.reduce((sum, width) => sum + width + 2, -2) - TEXT_WIDTH;
  if (excess > 0) widths[0] = Math.max(LEAST_WIDTH, widths[0]! - excess);
  return [head, ...rows]
    .map(([first = "", ...rest]) =>
      [cut(first, widths[0]!), ...rest]
        .map((text, column) => {
          const gap = " ".repeat(widths[column]! - widthOf(text));
          return column < textColumns ? text + gap : gap + text;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Breaks a sentence at spaces. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(last) + 1 + widthOf(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Keeps text from being read as markup. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#&~]/g, "\\$&").replaceAll("\n", " ");
}
