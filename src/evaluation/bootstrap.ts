/**
 * How far measures might be off because these rows were drawn and not others: percentile intervals of the bootstrap (Efron and
 * Tibshirani 1993). Rows are drawn with replacement, as many as there are.
 *
 * Rows that cannot be told apart (score, gold, decision, weight) form a cell; cells are sorted once, by score from the highest
 * down. A resample is then a count a cell, and one walk over the cells gives every measure: no sorting, and few cells where most
 * messages have the same score. 20,000 rows of as many scores take about a second for 1000 resamples.
 */
import { applyReading, type Reading } from "./base-rate.ts";
import type { LabelRows } from "./measure.ts";
import { ratesOf } from "./metrics.ts";
import { createRandom } from "./random.ts";

/**
 * Measures that get an interval. Not the calibration errors: a resample's bins are noisier than the sample's, so their
 * bootstrap lies too high and would leave the very figure out that it is about.
 */
export const INTERVAL_MEASURES = [
  "precision",
  "recall",
  "f1",
  "negativePrecision",
  "negativeRecall",
  "negativeF1",
  "macroF1",
  "accuracy",
  "auc",
  "ap",
  "brier",
] as const;

export type IntervalMeasure = (typeof INTERVAL_MEASURES)[number];

/** Low and high end; NaN where the measure is undefined in more than half of the resamples. */
export type Interval = readonly [number, number];

export type Intervals = Readonly<Record<IntervalMeasure, Interval>>;

export interface Resampling {
  /** How many resamples; 0 for no intervals. */
  readonly resamples: number;
  readonly seed: number;
}

/** Share of resamples that lie inside. */
export const CONFIDENCE = 0.95;

/** @returns null where there are no rows or no resamples are asked for. */
export function bootstrapIntervals(rows: LabelRows, reading: Reading, resampling: Resampling): Intervals | null {
  if (resampling.resamples === 0 || rows.gold.length === 0) return null;
  return drawResamples([createCells(rows, reading)], resampling, ([values]) => values!);
}

/** Intervals of `b`'s measures minus `a`'s, both on the same resamples. The two hold the same rows in the same order. */
export function pairedIntervals(
  a: LabelRows,
  b: LabelRows,
  readings: readonly [Reading, Reading],
  resampling: Resampling,
): Intervals | null {
  if (resampling.resamples === 0 || a.gold.length === 0) return null;
  return drawResamples([createCells(a, readings[0]), createCells(b, readings[1])], resampling, ([before, after]) =>
    after!.map((value, k) => value - before![k]!),
  );
}

/** Cells of rows, from the highest score down. */
export interface Cells {
  /** Of each row. */
  readonly cellOf: Uint32Array;
  /** Of each cell: gold and decision, and whether no cell of the same score follows. */
  readonly gold: Uint8Array;
  readonly called: Uint8Array;
  readonly endsScore: Uint8Array;
  /** Weight of a row of it, and that times its squared error. */
  readonly weight: Float64Array;
  readonly error: Float64Array;
}

export function createCells(rows: LabelRows, reading: Reading): Cells {
  const { scores, gold, called } = rows;
  const read = applyReading(rows, reading);
  const order = Uint32Array.from(gold, (_, row) => row).sort(
    (a, b) => scores[b]! - scores[a]! || gold[a]! - gold[b]! || called[a]! - called[b]! || rows.weight[a]! - rows.weight[b]!,
  );
  const cellOf = new Uint32Array(gold.length);
  const first: number[] = [];
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const before = order[at - 1];
    const same =
      before !== undefined &&
      scores[before] === scores[row] &&
      gold[before] === gold[row] &&
      called[before] === called[row] &&
      rows.weight[before] === rows.weight[row];
    if (!same) first.push(row);
    cellOf[row] = first.length - 1;
  }
  return {
    cellOf,
    gold: Uint8Array.from(first, (row) => gold[row]!),
    called: Uint8Array.from(first, (row) => called[row]!),
    endsScore: Uint8Array.from(first, (row, cell) => (cell + 1 < first.length && scores[first[cell + 1]!] === scores[row] ? 0 : 1)),
    weight: Float64Array.from(first, (row) => read.weight[row]!),
    error: Float64Array.from(first, (row) => read.weight[row]! * (read.scores[row]! - gold[row]!) ** 2),
  };
}

/**
 * The measures of `counts[cell]` rows a cell, in the order of INTERVAL_MEASURES. The formulas are those of metrics.ts and
 * calibration.ts, over counts.
 */
export function measureCells(cells: Cells, counts: Uint32Array): number[] {
  const { gold, called, endsScore, weight, error } = cells;
  const confusion = [0, 0, 0, 0];
  let [above, positives, tpStep, fpStep, ordered, precisions, mass, errors] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count > 0) {
      confusion[(gold[cell]! << 1) | called[cell]!]! += count;
      if (gold[cell] === 1) tpStep += count;
      else fpStep += count;
      mass += count * weight[cell]!;
      errors += count * error[cell]!;
    }
    if (endsScore[cell] === 1 && tpStep + fpStep > 0) {
      positives += tpStep;
      above += tpStep + fpStep;
      ordered += fpStep * (positives - tpStep / 2);
      precisions += (tpStep * positives) / above;
      tpStep = 0;
      fpStep = 0;
    }
  }
  const rates = ratesOf({ tp: confusion[3]!, fp: confusion[1]!, fn: confusion[2]!, tn: confusion[0]! });
  const values = { ...rates, auc: ordered / (positives * (above - positives)), ap: precisions / positives, brier: errors / mass };
  return INTERVAL_MEASURES.map((name) => values[name]);
}

function drawResamples(
  systems: readonly Cells[],
  { resamples, seed }: Resampling,
  combine: (values: readonly (readonly number[])[]) => readonly number[],
): Intervals {
  const rows = systems[0]!.cellOf.length;
  const random = createRandom(seed);
  const drawn = INTERVAL_MEASURES.map(() => new Float64Array(resamples));
  const counts = systems.map((cells) => new Uint32Array(cells.gold.length));
  const picked = new Uint32Array(rows);
  for (let resample = 0; resample < resamples; resample++) {
    for (let row = 0; row < rows; row++) picked[row] = Math.floor((random() / 4294967296) * rows);
    for (const [system, { cellOf }] of systems.entries()) {
      const own = counts[system]!.fill(0);
      for (let row = 0; row < rows; row++) own[cellOf[picked[row]!]!]!++;
    }
    combine(systems.map((cells, system) => measureCells(cells, counts[system]!))).forEach((value, k) => {
      drawn[k]![resample] = value;
    });
  }
  return Object.fromEntries(INTERVAL_MEASURES.map((name, k) => [name, percentileInterval(drawn[k]!)])) as Record<IntervalMeasure, Interval>;
}

/** The middle CONFIDENCE of the values that are defined. */
function percentileInterval(values: Float64Array): Interval {
  const defined = values.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length * 2 < values.length) return [Number.NaN, Number.NaN];
  return [quantile(defined, (1 - CONFIDENCE) / 2), quantile(defined, (1 + CONFIDENCE) / 2)];
}

/** Between the two nearest of the sorted values, in proportion (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!);
}
