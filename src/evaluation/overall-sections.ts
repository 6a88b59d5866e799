/** The first part of a report: all rows, a column a label, and in detail their thresholds and calibration. */

import { grouped } from "../core/grouped.ts";
import type { BaseRate } from "./base-rate.ts";
import type { IntervalMeasure } from "./bootstrap.ts";
import type { ReliabilityBin } from "./calibration.ts";
import type { Evaluation } from "./evaluation.ts";
import { interval, percent, share, threshold } from "./format.ts";
import type { ReportOptions, Section, Table } from "./section.ts";
import type { GroupDetail, Measure } from "./tally.ts";

/** Columns of figures with intervals that fit in a line of 100. */
const LABELS_ABREAST = 4;

export function overallSections(evaluation: Evaluation, { details, show }: ReportOptions): Section[] {
  const system = evaluation.systems[0]!;
  const overall = system.measures.filter((measure) => measure.facet === null);
  const judged = overall.filter((measure) => measure.n > 0);
  const detailOf = (label: string) => system.details.find((detail) => detail.facet === null && detail.label === label)!;
  const columns = judged.map((measure) => ({ measure, detail: detailOf(measure.label) }));
  const absent = overall.filter((measure) => measure.n === 0).map((measure) => measure.label);
  const tables: Table[] = [];
  for (let at = 0; at < columns.length; at += LABELS_ABREAST) tables.push(overallTable(columns.slice(at, at + LABELS_ABREAST)));
  return [
    {
      title: `${grouped(evaluation.rows)} rows judged by ${show(system.name)}`,
      notes: [
        ...(absent.length > 0 ? [`No row has gold and score for: ${absent.join(", ")}.`] : []),
        ...(evaluation.resampling.resamples > 0 ? [intervalNote(evaluation)] : []),
        calibrationNote(evaluation.baseRate, system.scoresAt),
      ],
      tables,
    },
    ...(details ? columns.flatMap(({ measure, detail }) => detailSections(measure.label, detail)) : []),
  ];
}

export function intervalNote({ resampling }: Evaluation): string {
  return `In brackets: 95 % intervals, from ${grouped(resampling.resamples)} resamples of the rows.`;
}

export function calibrationNote(baseRate: BaseRate, scoresAt: number): string {
  const stated = `A score is a probability where ${percent(scoresAt)} of messages carry the label.`;
  if (baseRate === "gold")
    return `${stated} For Brier score and calibration errors it is read at each label's own share of positives (--base-rate gold).`;
  if (baseRate === "as-is") return `Brier score and calibration errors take scores and rows as they are (--base-rate as-is).`;
  return `${stated} For Brier score and calibration errors it is read at ${percent(baseRate)}, and rows weighed so that as many are positive.`;
}

interface Column {
  readonly measure: Measure;
  readonly detail: GroupDetail;
}

function withInterval(name: IntervalMeasure): (column: Column) => string {
  return ({ measure }) => {
    const own = measure.intervals?.[name];
    return Number.isNaN(measure[name]) || own === undefined ? share(measure[name]) : `${share(measure[name])} (${interval(own)})`;
  };
}

const at = (value: number, where: number) => (Number.isNaN(value) ? "–" : `${share(value)} at ${threshold(where)}`);

const ROWS: readonly { readonly title: string; readonly show: (column: Column) => string }[] = [
  { title: "rows", show: ({ measure }) => grouped(measure.n) },
  { title: "positive", show: ({ measure }) => `${grouped(measure.positives)} (${percent(measure.positives / measure.n)})` },
  { title: "called at", show: ({ measure }) => (Number.isNaN(measure.threshold) ? "as decided" : threshold(measure.threshold)) },
  { title: "called: tp, fp", show: ({ measure }) => `${grouped(measure.tp)}, ${grouped(measure.fp)}` },
  { title: "not: fn, tn", show: ({ measure }) => `${grouped(measure.fn)}, ${grouped(measure.tn)}` },
  { title: "precision", show: withInterval("precision") },
  { title: "recall", show: withInterval("recall") },
  { title: "F1", show: withInterval("f1") },
  { title: "negative precision", show: withInterval("negativePrecision") },
  { title: "negative recall", show: withInterval("negativeRecall") },
  { title: "negative F1", show: withInterval("negativeF1") },
  { title: "macro-F1", show: withInterval("macroF1") },
  { title: "accuracy", show: withInterval("accuracy") },
  { title: "AUC", show: withInterval("auc") },
  { title: "average precision", show: withInterval("ap") },
  { title: "Brier", show: withInterval("brier") },
  { title: "ECE", show: ({ measure }) => share(measure.ece) },
  { title: "ECE, equal mass", show: ({ measure }) => share(measure.ace) },
  { title: "best F1", show: ({ detail }) => at(detail.bestF1.f1, detail.bestF1.threshold) },
  { title: "recall at prec. .9", show: ({ detail }) => at(detail.atPrecision90.recall, detail.atPrecision90.threshold) },
  { title: "prec. at recall .9", show: ({ detail }) => at(detail.atRecall90.precision, detail.atRecall90.threshold) },
];

function overallTable(columns: readonly Column[]): Table {
  return {
    head: ["", ...columns.map(({ measure }) => measure.label)],
    rows: ROWS.map(({ title, show }) => [title, ...columns.map(show)]),
    textColumns: 1 + columns.length,
  };
}

function detailSections(label: string, detail: GroupDetail): Section[] {
  return [
    {
      title: `${label}: other thresholds`,
      notes: [],
      tables: [
        {
          head: ["threshold", "called", "precision", "recall", "F1", "false-positive rate"],
          rows: detail.thresholds.map((point) => [
            threshold(point.threshold),
            grouped(point.called),
            share(point.precision),
            share(point.recall),
            share(point.f1),
            share(point.falsePositiveRate),
          ]),
          textColumns: 0,
        },
      ],
    },
    {
      title: `${label}: what scores say and what is so`,
      notes: ["Bins of equal width, then of equal mass; empty ones are left out."],
      tables: [reliabilityTable(detail.reliability), reliabilityTable(detail.reliabilityByMass)],
    },
  ];
}

function reliabilityTable(bins: readonly ReliabilityBin[]): Table {
  return {
    head: ["score from", "to", "rows", "mean score", "share of positives"],
    rows: bins
      .filter((bin) => bin.n > 0)
      .map((bin) => [share(bin.start), share(bin.end), grouped(bin.n), share(bin.meanScore), share(bin.positiveRate)]),
    textColumns: 0,
  };
}
