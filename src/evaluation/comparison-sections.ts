/** A report on two systems: each label's measures side by side, and whether they differ by more than chance. */

import { grouped } from "../core/grouped.ts";
import { INTERVAL_MEASURES, type IntervalMeasure } from "./bootstrap.ts";
import type { Difference } from "./compare.ts";
import type { Evaluation } from "./evaluation.ts";
import { chooseValues, type FacetColumn, facetSection } from "./facet-sections.ts";
import { chance, share, signed, signedInterval } from "./format.ts";
import type { McNemar } from "./mcnemar.ts";
import { calibrationNote } from "./overall-sections.ts";
import type { ReportOptions, Section } from "./section.ts";
import { FACETS } from "./tally.ts";

const TITLES: Readonly<Record<IntervalMeasure, string>> = {
  precision: "precision",
  recall: "recall",
  f1: "F1",
  negativePrecision: "negative precision",
  negativeRecall: "negative recall",
  negativeF1: "negative F1",
  macroF1: "macro-F1",
  accuracy: "accuracy",
  auc: "AUC",
  ap: "average precision",
  brier: "Brier (less is better)",
};

const FACET_COLUMNS: readonly FacetColumn<Difference>[] = [
  { title: "rows", show: (row) => grouped(row.n) },
  { title: "F1 A", show: (row) => share(row.a.f1) },
  { title: "F1 B", show: (row) => share(row.b.f1) },
  { title: "AUC A", show: (row) => share(row.a.auc) },
  { title: "AUC B", show: (row) => share(row.b.auc) },
  { title: "accuracy B − A", show: (row) => signed(row.difference.accuracy) },
  { title: "only A", show: (row) => grouped(row.mcnemar.onlyA) },
  { title: "only B", show: (row) => grouped(row.mcnemar.onlyB) },
  { title: "p", show: (row) => chance(row.mcnemar.p) },
];

export function comparisonSections(evaluation: Evaluation, options: ReportOptions): Section[] {
  const { differences, resampling, systems, baseRate, rows } = evaluation;
  const overall = differences.filter((row) => row.facet === null);
  const absent = overall.filter((row) => row.n === 0).map((row) => row.label);
  const [a, b] = systems;
  const scoresAt = [...new Set(systems.map((system) => system.scoresAt))];
  return [
    {
      title: `${grouped(rows)} rows judged by A and by B`,
      notes: [
        `A is ${options.show(a!.name)}, B is ${options.show(b!.name)}.`,
        ...(absent.length > 0 ? [`No row has gold and two scores for: ${absent.join(", ")}.`] : []),
        ...(resampling.resamples > 0
          ? [`Intervals: 95 %, of B minus A, from ${grouped(resampling.resamples)} resamples of the rows; * where 0 lies outside.`]
          : []),
        ...scoresAt.map((share, k) => `${scoresAt.length > 1 ? `${"AB"[k]}: ` : ""}${calibrationNote(baseRate, share)}`),
      ],
      tables: [],
    },
    ...overall.filter((row) => row.n > 0).map(labelSection),
    ...facetSections(differences, options),
  ];
}

function labelSection(row: Difference): Section {
  const defined = INTERVAL_MEASURES.filter((name) => !Number.isNaN(row.a[name]) || !Number.isNaN(row.b[name]));
  const figures = defined.map((name) => {
    const ends = row.intervals?.[name];
    const certain = ends !== undefined && (ends[0] > 0 || ends[1] < 0);
    return [
      TITLES[name],
      share(row.a[name]),
      share(row.b[name]),
      signed(row.difference[name]),
      ...(ends === undefined ? [] : [signedInterval(ends), certain ? "*" : ""]),
    ];
  });
  const errors = (Number.isNaN(row.a.ece) ? [] : (["ece", "ace"] as const)).map((name) => [
    name === "ece" ? "ECE (less is better)" : "ECE, equal mass",
    share(row.a[name]),
    share(row.b[name]),
    signed(row.b[name] - row.a[name]),
    ...(row.intervals === null ? [] : ["", ""]),
  ]);
  return {
    title: `${row.label}: ${grouped(row.n)} rows, ${grouped(row.positives)} positive`,
    notes: [mcNemarNote(row.mcnemar)],
    tables: [
      {
        head: ["", "A", "B", "B − A", ...(row.intervals === null ? [] : ["interval", ""])],
        rows: [...figures, ...errors],
        textColumns: 1,
      },
    ],
  };
}

function mcNemarNote({ onlyA, onlyB, method, statistic, p }: McNemar): string {
  const test = method === "chi-squared" ? `chi-squared ${statistic.toFixed(2)}, p ` : "exact binomial, p ";
  return `Decisions: only A is right on ${grouped(onlyA)} rows, only B on ${grouped(onlyB)}; McNemar's test: ${test}${chance(p)}.`;
}

function facetSections(differences: readonly Difference[], { show, details }: ReportOptions): Section[] {
  return FACETS.flatMap((facet): Section[] => {
    const own = differences.filter((row) => row.facet === facet);
    const chosen = chooseValues(
      own.map(({ value, mcnemar }) => ({ value, fp: mcnemar.onlyA, fn: mcnemar.onlyB })),
      details,
      "rows that only one system is right on",
    );
    if (chosen === null) return [];
    const rows = own.filter((row) => chosen.values.has(row.value!));
    return [facetSection(facet, chosen.notes, rows, FACET_COLUMNS, show)];
  });
}
