/** Shows an evaluation: as a table for people, as plain JSON for programs. */
import type { EvaluationReport, Measure } from "./tally.ts";

const COLUMNS: readonly {
  readonly title: string;
  readonly show: (measure: Measure) => string;
}[] = [
  { title: "label", show: (measure) => measure.label },
  { title: "n", show: (measure) => String(measure.n) },
  { title: "positive", show: (measure) => String(measure.positives) },
  { title: "threshold", show: (measure) => share(measure.threshold) },
  { title: "tp", show: (measure) => String(measure.tp) },
  { title: "fp", show: (measure) => String(measure.fp) },
  { title: "fn", show: (measure) => String(measure.fn) },
  { title: "tn", show: (measure) => String(measure.tn) },
  { title: "precision", show: (measure) => share(measure.precision) },
  { title: "recall", show: (measure) => share(measure.recall) },
  { title: "F1", show: (measure) => share(measure.f1) },
  { title: "accuracy", show: (measure) => share(measure.accuracy) },
  { title: "AUC", show: (measure) => share(measure.auc) },
  { title: "AP", show: (measure) => share(measure.ap) },
];

/** Columns of text stand to the left: the facet's value and the label. */
const TEXT_COLUMNS = 2;
const VALUE_CHARACTERS = 40;

/** A table of the measures under a line for each facet; plain text, ends with a newline. "–" is an undefined figure. */
export function renderReport(report: EvaluationReport): string {
  const facets = [...new Set(report.measures.map((measure) => measure.facet))];
  const tables = facets.map((facet) => report.measures.filter((measure) => measure.facet === facet)).map(cellsOf);
  const widths = ["", ...COLUMNS].map((_, column) => Math.max(...tables.flat().map((row) => widthOf(row[column]!)), 0));
  const lines = tables.flatMap((rows) => ["", ...rows.map((row) => alignRow(row, widths))]);
  return `${report.rows} rows\n${lines.join("\n")}\n`;
}

/** A measure as it goes into JSON: an undefined figure is null. */
export type JsonMeasure = {
  readonly [field in keyof Measure]: Measure[field] | null;
};

export function reportToJson(report: EvaluationReport): {
  rows: number;
  measures: JsonMeasure[];
} {
  const entryToJson = ([field, value]: [string, unknown]) => [field, Number.isFinite(value) || typeof value !== "number" ? value : null];
  return {
    rows: report.rows,
    measures: report.measures.map((measure) => Object.fromEntries(Object.entries(measure).map(entryToJson)) as JsonMeasure),
  };
}

/** The table of one facet: a row of titles, then a row a measure. A value is shown once, on the first of its rows. */
function cellsOf(measures: readonly Measure[]): string[][] {
  const rows = measures.map((measure, at) => {
    const repeats = at > 0 && measures[at - 1]!.value === measure.value;
    return [repeats ? "" : shownValue(measure.value), ...COLUMNS.map((column) => column.show(measure))];
  });
  return [[measures[0]!.facet ?? "", ...COLUMNS.map((column) => column.title)], ...rows];
}

/** Values come from the input: control characters must not reach a terminal. */
function shownValue(value: string | null): string {
  const characters = [...(value ?? "all").replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "�")];
  return characters.length <= VALUE_CHARACTERS ? characters.join("") : `${characters.slice(0, VALUE_CHARACTERS - 1).join("")}…`;
}

function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "–";
}

function widthOf(text: string): number {
  return [...text].length;
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((text, column) => {
    const gap = " ".repeat(widths[column]! - widthOf(text));
    return column < TEXT_COLUMNS ? text + gap : gap + text;
  });
  return cells.join("  ").trimEnd();
}
