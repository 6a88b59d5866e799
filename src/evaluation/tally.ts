/** Collects judged messages and measures them: all together, and by what is known of them. */
import { type BaseRate, type Reading, readingOf } from "./base-rate.ts";
import { bootstrapIntervals, type Intervals, type Resampling } from "./bootstrap.ts";
import { type Detail, detailOf, type Figures, figuresOf, type LabelRows } from "./measure.ts";

/** What rows can be told apart by, in the order of the report. */
export const FACETS = ["language", "source", "functionality", "target"] as const;

export type Facet = (typeof FACETS)[number];

/** A message with its scores and its gold. What is absent or null is unknown, and the row does not count there. */
export interface JudgedRow extends Readonly<Partial<Record<Facet, string | null>>> {
  readonly gold: Readonly<Record<string, 0 | 1 | null>>;
  /** 0..1 by label. */
  readonly scores: Readonly<Record<string, number>>;
  /** What was decided, where that is not whether the score is at or above the threshold. */
  readonly called?: Readonly<Record<string, boolean>>;
  /** How many messages it stands for in measures of calibration; default 1. */
  readonly weight?: number;
}

/** Which rows and which label. */
export interface Group {
  readonly label: string;
  /** null: all rows. */
  readonly facet: Facet | null;
  readonly value: string | null;
}

/** How one label did on the rows of one value of one facet. */
export interface Measure extends Group, Figures {
  /** At or above it a score counts as the label; NaN where decisions were made otherwise. */
  readonly threshold: number;
  /** Bootstrap intervals; null but for all rows, or where none were asked for. */
  readonly intervals: Intervals | null;
}

export interface GroupDetail extends Group, Detail {}

export interface EvaluationReport {
  /** Rows added, with gold or without. */
  readonly rows: number;
  /** By facet (all rows first), then by value in code unit order, then by label in the given order. */
  readonly measures: readonly Measure[];
  /** In the same order, of all rows and of the facets in DETAILED: values of others have few rows and mostly one class. */
  readonly details: readonly GroupDetail[];
  /** Share of positives at which each label's scores were read for calibration; NaN for scores as they are. */
  readonly readAt: Readonly<Record<string, number>>;
}

/** How scores are read for calibration; see base-rate.ts. */
export interface CalibrationOptions {
  readonly baseRate: BaseRate;
  /** Base rate that the scores stand for, above 0 and below 1. */
  readonly scoresAt: number;
}

const DETAILED: readonly (Facet | null)[] = [null, "language", "source"];
const CHUNK_BITS = 16;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const NO_VALUE = -1;
/** Bits of a mark. A row that is not judged for a label has the third alone. */
const GOLD = 1;
const CALLED = 2;
const NOT_JUDGED = 4;

/**
 * Rows of a run, as columns in chunks of CHUNK_ROWS: 9 bytes a label, 4 a facet and 8 for the weight, 60 a row for four labels.
 * Chunks, for doubling one array would need three times that while it copies.
 */
export class Tally {
  readonly labels: readonly string[];
  readonly #thresholds: readonly number[];
  readonly #calibration: CalibrationOptions;
  /** By label, by chunk. */
  readonly #scores: Float64Array[][];
  readonly #marks: Uint8Array[][];
  readonly #weights: Float64Array[] = [];
  /** By facet, by chunk: place of the row's value in `#values`, NO_VALUE if it has none. */
  readonly #facets: Int32Array[][];
  readonly #values: Map<string, number>[];
  #rows = 0;

  /** @param thresholds by label, in the order the report is to have; NaN where rows say what was decided. */
  constructor(thresholds: Readonly<Record<string, number>>, calibration: CalibrationOptions = { baseRate: "as-is", scoresAt: 0.01 }) {
    this.labels = Object.keys(thresholds);
    this.#thresholds = Object.values(thresholds);
    this.#calibration = calibration;
    this.#scores = this.labels.map(() => []);
    this.#marks = this.labels.map(() => []);
    this.#facets = FACETS.map(() => []);
    this.#values = FACETS.map(() => new Map());
  }

  /** Copies what it needs of `row`. */
  add(row: JudgedRow): void {
    const chunk = this.#rows >>> CHUNK_BITS;
    const at = this.#rows & (CHUNK_ROWS - 1);
    if (at === 0) this.#addChunk();
    this.#rows++;
    for (const [label, name] of this.labels.entries()) {
      const score = row.scores[name] ?? Number.NaN;
      const gold = row.gold[name] ?? null;
      const called = row.called?.[name] ?? score >= this.#thresholds[label]!;
      this.#scores[label]![chunk]![at] = score;
      this.#marks[label]![chunk]![at] = gold === null || Number.isNaN(score) ? NOT_JUDGED : gold * GOLD + (called ? CALLED : 0);
    }
    this.#weights[chunk]![at] = row.weight ?? 1;
    for (const [facet, name] of FACETS.entries()) this.#facets[facet]![chunk]![at] = this.#placeOf(facet, row[name]);
  }

  /** Sorts the scores some times for every label and facet. Values of a facet without a judged row are left out. */
  report(resampling: Resampling = { resamples: 0, seed: 1 }): EvaluationReport {
    const measures: Measure[] = [];
    const details: GroupDetail[] = [];
    const readAt: Record<string, number> = {};
    for (const { group, rows, threshold, reading } of this.groups()) {
      const intervals = group.facet === null ? bootstrapIntervals(rows, reading, resampling) : null;
      const detail = DETAILED.includes(group.facet) ? detailOf(rows, reading) : undefined;
      measures.push({ ...group, threshold, ...figuresOf(rows, reading, detail), intervals });
      if (detail !== undefined) details.push({ ...group, ...detail });
      if (group.facet === null) readAt[group.label] = reading.at;
    }
    return { rows: this.#rows, measures, details, readAt };
  }

  /** Every group with its rows, in the order of the report; rows keep the order in which they were added. */
  *groups(): Generator<{ group: Group; rows: LabelRows; threshold: number; reading: Reading }> {
    const all = this.labels.map((_, label) => this.#sortRows(label, 1, () => 0)[0]!);
    const readings = all.map((rows) => readingOf(this.#calibration.baseRate, this.#calibration.scoresAt, goldShare(rows)));
    const give = (label: number, facet: Facet | null, value: string | null, rows: LabelRows) => ({
      group: { label: this.labels[label]!, facet, value },
      rows,
      threshold: this.#thresholds[label]!,
      reading: readings[label]!,
    });
    for (const [label, rows] of all.entries()) yield give(label, null, null, rows);
    for (const [facet, name] of FACETS.entries()) {
      const values = [...this.#values[facet]!.keys()];
      if (values.length === 0) continue;
      const column = this.#facets[facet]!;
      const byLabel = this.labels.map((_, label) => this.#sortRows(label, values.length, (chunk, at) => column[chunk]![at]!));
      const order = [...values.keys()].sort((left, right) => (values[left]! < values[right]! ? -1 : 1));
      for (const place of order)
        for (const [label, rows] of byLabel.entries())
          if (rows[place]!.gold.length > 0) yield give(label, name, values[place]!, rows[place]!);
    }
  }

  #addChunk(): void {
    for (const column of this.#scores) column.push(new Float64Array(CHUNK_ROWS));
    for (const column of this.#marks) column.push(new Uint8Array(CHUNK_ROWS));
    for (const column of this.#facets) column.push(new Int32Array(CHUNK_ROWS));
    this.#weights.push(new Float64Array(CHUNK_ROWS));
  }

  #placeOf(facet: number, value: string | null | undefined): number {
    if (value === undefined || value === null) return NO_VALUE;
    const values = this.#values[facet]!;
    const known = values.get(value);
    if (known !== undefined) return known;
    values.set(value, values.size);
    return values.size - 1;
  }

  /** The rows of each of `places` places, by a counting sort of the label's judged rows by `placeAt`. */
  #sortRows(label: number, places: number, placeAt: (chunk: number, at: number) => number): LabelRows[] {
    const fence = new Int32Array(places + 1);
    this.#eachJudged(label, (chunk, at) => {
      const place = placeAt(chunk, at);
      if (place !== NO_VALUE) fence[place + 1]!++;
    });
    for (let place = 0; place < places; place++) fence[place + 1]! += fence[place]!;
    const rows = fence[places]!;
    const [scores, weight] = [new Float64Array(rows), new Float64Array(rows)];
    const [gold, called] = [new Uint8Array(rows), new Uint8Array(rows)];
    const next = fence.slice();
    this.#eachJudged(label, (chunk, at) => {
      const place = placeAt(chunk, at);
      if (place === NO_VALUE) return;
      const to = next[place]!++;
      const mark = this.#marks[label]![chunk]![at]!;
      scores[to] = this.#scores[label]![chunk]![at]!;
      gold[to] = mark & GOLD;
      called[to] = (mark & CALLED) >> 1;
      weight[to] = this.#weights[chunk]![at]!;
    });
    return Array.from({ length: places }, (_, place) => {
      const [start, end] = [fence[place]!, fence[place + 1]!];
      return {
        scores: scores.subarray(start, end),
        gold: gold.subarray(start, end),
        called: called.subarray(start, end),
        weight: weight.subarray(start, end),
      };
    });
  }

  #eachJudged(label: number, visit: (chunk: number, at: number) => void): void {
    const column = this.#marks[label]!;
    for (let row = 0; row < this.#rows; row++) {
      const chunk = row >>> CHUNK_BITS;
      const at = row & (CHUNK_ROWS - 1);
      if (column[chunk]![at] !== NOT_JUDGED) visit(chunk, at);
    }
  }
}

/** Weighted share of positives; NaN without rows. */
function goldShare({ gold, weight }: LabelRows): number {
  let positives = 0;
  let total = 0;
  for (let row = 0; row < gold.length; row++) {
    total += weight[row]!;
    positives += weight[row]! * gold[row]!;
  }
  return positives / total;
}
