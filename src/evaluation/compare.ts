/** Two systems that judged the same rows: what differs, and by more than chance. */
import { INTERVAL_MEASURES, type IntervalMeasure, type Intervals, pairedIntervals, type Resampling } from "./bootstrap.ts";
import { type McNemar, mcNemar } from "./mcnemar.ts";
import { type Figures, figuresOf, type LabelRows } from "./measure.ts";
import type { Group, Tally } from "./tally.ts";

/** One label on one group of rows, judged by A and by B. */
export interface Difference extends Group {
  readonly n: number;
  readonly positives: number;
  readonly a: Figures;
  readonly b: Figures;
  /** B minus A. */
  readonly difference: Readonly<Record<IntervalMeasure, number>>;
  /** Of the differences, from the same resamples for both; null but for all rows, or where none were asked for. */
  readonly intervals: Intervals | null;
  /** Of the decisions. */
  readonly mcnemar: McNemar;
}

/**
 * Both tallies must have been given the same rows in the same order, and a score from both or from none for every label of a row.
 * @returns in the order of their reports
 */
export function compareTallies(a: Tally, b: Tally, resampling: Resampling): Difference[] {
  const differences: Difference[] = [];
  const others = b.groups();
  for (const { group, rows, reading } of a.groups()) {
    const other = others.next().value!;
    const [before, after] = [figuresOf(rows, reading), figuresOf(other.rows, other.reading)];
    const difference = Object.fromEntries(INTERVAL_MEASURES.map((name) => [name, after[name] - before[name]]));
    differences.push({
      ...group,
      n: before.n,
      positives: before.positives,
      a: before,
      b: after,
      difference: difference as Record<IntervalMeasure, number>,
      intervals: group.facet === null ? pairedIntervals(rows, other.rows, [reading, other.reading], resampling) : null,
      mcnemar: mcNemar(rightAlone(rows, other.rows), rightAlone(other.rows, rows)),
    });
  }
  return differences;
}

/** Rows that `one` decided rightly and `other` wrongly. */
function rightAlone(one: LabelRows, other: LabelRows): number {
  let rows = 0;
  for (let row = 0; row < one.gold.length; row++) if (one.called[row] === one.gold[row] && other.called[row] !== other.gold[row]) rows++;
  return rows;
}
