/** The second part of a report: the same labels by language, source, functionality and target. */
import { grouped } from "../core/grouped.ts";
import { cut, share } from "./format.ts";
import type { ReportOptions, Section } from "./section.ts";
import { type EvaluationReport, FACETS, type Measure } from "./tally.ts";

/** Values of a facet that are shown unless all are asked for. */
const SHOWN_VALUES = 12;
const VALUE_CHARACTERS = 40;

/** A functionality has one class mostly, so that only its accuracy says something; other facets have both. */
const COLUMNS: Readonly<Record<"mixed" | "single", readonly FacetColumn<Measure>[]>> = {
  mixed: [
    { title: "rows", show: (measure) => grouped(measure.n) },
    { title: "positive", show: (measure) => grouped(measure.positives) },
    { title: "prec.", show: (measure) => share(measure.precision) },
    { title: "recall", show: (measure) => share(measure.recall) },
    { title: "F1", show: (measure) => share(measure.f1) },
    { title: "AUC", show: (measure) => share(measure.auc) },
    { title: "AP", show: (measure) => share(measure.ap) },
    { title: "fp", show: (measure) => grouped(measure.fp) },
    { title: "fn", show: (measure) => grouped(measure.fn) },
  ],
  single: [
    { title: "rows", show: (measure) => grouped(measure.n) },
    { title: "positive", show: (measure) => grouped(measure.positives) },
    { title: "accuracy", show: (measure) => share(measure.accuracy) },
    { title: "fp", show: (measure) => grouped(measure.fp) },
    { title: "fn", show: (measure) => grouped(measure.fn) },
  ],
};

/** A section for each facet that rows have. */
export function facetSections(report: EvaluationReport, { show, details }: ReportOptions): Section[] {
  return FACETS.flatMap((facet): Section[] => {
    const measures = report.measures.filter((measure) => measure.facet === facet);
    const chosen = chooseValues(measures, details);
    if (chosen === null || saysNothingNew(report, measures)) return [];
    const rows = measures.filter((measure) => chosen.values.has(measure.value!));
    return [facetSection(facet, chosen.notes, rows, COLUMNS[facet === "functionality" ? "single" : "mixed"], show)];
  });
}

/** A column of a table by facet. */
export interface FacetColumn<Row> {
  readonly title: string;
  readonly show: (row: Row) => string;
}

/** A table of the rows, after their value and label; a value is named once. */
export function facetSection<Row extends Pick<Measure, "value" | "label">>(
  facet: string,
  notes: readonly string[],
  rows: readonly Row[],
  columns: readonly FacetColumn<Row>[],
  show: ReportOptions["show"],
): Section {
  const table = {
    head: [facet, "label", ...columns.map((column) => column.title)],
    rows: rows.map((row, k): string[] => [
      rows[k - 1]?.value === row.value ? "" : cut(show(row.value!), VALUE_CHARACTERS),
      row.label,
      ...columns.map((column) => column.show(row)),
    ]),
    textColumns: 2,
  };
  return { title: `By ${facet}`, notes, tables: rows.length === 0 ? [] : [table] };
}

/** Where all rows have one value, the first table has said it all. */
function saysNothingNew({ measures }: EvaluationReport, own: readonly Measure[]): boolean {
  const overall = (label: string) => measures.find((measure) => measure.facet === null && measure.label === label);
  return own.every((measure) => measure.value === own[0]!.value && measure.n === overall(measure.label)!.n);
}

/** Which values of a facet are shown, null where it has none: all, or of many those with the most mistakes. */
export function chooseValues(
  measures: readonly Pick<Measure, "value" | "fp" | "fn">[],
  all: boolean,
  counted: string = "mistakes",
): { values: ReadonlySet<string>; notes: string[] } | null {
  const mistakes = new Map<string, number>();
  for (const { value, fp, fn } of measures) mistakes.set(value!, (mistakes.get(value!) ?? 0) + fp + fn);
  if (mistakes.size === 0) return null;
  if (all || mistakes.size <= SHOWN_VALUES) return { values: new Set(mistakes.keys()), notes: [] };
  const worst = [...mistakes]
    .filter(([, own]) => own > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN_VALUES);
  const which =
    worst.length === 0 ? "none has any" : worst.length < SHOWN_VALUES ? "those that have any" : `the ${SHOWN_VALUES} with the most`;
  return {
    values: new Set(worst.map(([value]) => value)),
    notes: [`Of ${grouped(mistakes.size)} values, by ${counted}: ${which}. --details shows all.`],
  };
}
