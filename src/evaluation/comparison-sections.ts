/** A report on two systems: each label's measures side by side, and whether they differ by more than chance. */
import { INTERVAL_MEASURES, type IntervalMeasure } from "./bootstrap.ts";
import type { Difference } from "./compare.ts";
import type { Evaluation } from "./evaluation.ts";
import { chooseValues } from "./facet-sections.ts";
import { chance, count, cut, share, signed, signedInterval } from "./format.ts";
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

const VALUE_CHARACTERS = 40;

export function comparisonSections(evaluation: Evaluation, options: ReportOptions): Section[] {
  const { differences, resampling, systems, baseRate, rows } = evaluation;
  const overall = differences.filter((row) => row.facet === null);
  const absent = overall.filter((row) => row.n === 0).map((row) => row.label);
  const [a, b] = systems;
  const scoresAt = [...new Set(systems.map((system) => system.scoresAt))];
  return [
    {
      title: `${count(rows)} rows judged by A and by B`,
      notes: [
        `A is ${options.show(a!.name)}, B is ${options.show(b!.name)}.`,
        ...(absent.length > 0 ? [`No row has gold and two scores for: ${absent.join(", ")}.`] : []),
        ...(resampling.resamples > 0
          ? [`Intervals: 95 %, of B minus A, from ${count(resampling.resamples)} resamples of the rows; * where 0 lies outside.`]
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
    title: `${row.label}: ${count(row.n)} rows, ${count(row.positives)} positive`,
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
  return `Decisions: only A is right on ${count(onlyA)} rows, only B on ${count(onlyB)}; McNemar's test: ${test}${chance(p)}.`;
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
    return [
      {
        title: `By ${facet}`,
        notes: chosen.notes,
        tables:
          rows.length === 0
            ? []
            : [
                {
                  head: [facet, "label", "rows", "F1 A", "F1 B", "AUC A", "AUC B", "accuracy B − A", "only A", "only B", "p"],
                  rows: rows.map((row, k) => [
                    rows[k - 1]?.value === row.value ? "" : cut(show(row.value!), VALUE_CHARACTERS),
                    row.label,
                    count(row.n),
                    share(row.a.f1),
                    share(row.b.f1),
                    share(row.a.auc),
                    share(row.b.auc),
                    signed(row.difference.accuracy),
                    count(row.mcnemar.onlyA),
                    count(row.mcnemar.onlyB),
                    chance(row.mcnemar.p),
                  ]),
                  textColumns: 2,
                },
              ],
      },
    ];
  });
}
