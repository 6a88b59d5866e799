/** Collects judged messages and measures them: all together, and by what is known of them. */
import { brierScore, expectedCalibrationError } from "./calibration.ts";
import { confusionAt, rankingOf, ratesOf } from "./metrics.ts";

/** What rows can be told apart by, in the order of the report. */
export const FACETS = ["language", "source", "functionality", "target"] as const;

export type Facet = (typeof FACETS)[number];

/** A message with its scores and its gold. What is absent or null is unknown, and the row does not count there. */
export interface JudgedRow extends Readonly<Partial<Record<Facet, string | null>>> {
  readonly gold: Readonly<Record<string, 0 | 1 | null>>;
  /** 0..1 by label. */
  readonly scores: Readonly<Record<string, number>>;
}

/** How one label did on the rows of one value of one facet. */
export interface Measure {
  readonly label: string;
  /** null: all rows. */
  readonly facet: Facet | null;
  readonly value: string | null;
  /** Rows that have both gold and score for the label. */
  readonly n: number;
  readonly positives: number;
  /** At or above it a score counts as the label. */
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  /** Shares in 0..1; NaN where undefined. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The one figure that means something where a facet's value has a single class, as a functionality has. */
  readonly accuracy: number;
  readonly auc: number;
  /** Average precision. */
  readonly ap: number;
  readonly brier: number;
  /** Expected calibration error. */
  readonly ece: number;
}

export interface EvaluationReport {
  /** Rows added, with gold or without. */
  readonly rows: number;
  /** By facet (all rows first), then by value in code unit order, then by label in the given order. */
  readonly measures: readonly Measure[];
}

const CHUNK_BITS = 16;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const NO_VALUE = -1;
/** In place of 0 or 1: the row does not count for the label. */
const NOT_JUDGED = 2;

/**
 * Rows of a run, as columns in chunks of CHUNK_ROWS: 9 bytes a label and 4 a facet, 52 a row for four labels. Chunks, for
 * doubling one array would need three times that while it copies.
 */
export class Tally {
  readonly #labels: readonly string[];
  readonly #thresholds: readonly number[];
  /** By label, by chunk. */
  readonly #scores: Float64Array[][];
  readonly #gold: Uint8Array[][];
  /** By facet, by chunk: place of the row's value in `#values`, NO_VALUE if it has none. */
  readonly #facets: Int32Array[][];
  readonly #values: Map<string, number>[];
  #rows = 0;

  /** @param thresholds by label, in the order the report is to have. */
  constructor(thresholds: Readonly<Record<string, number>>) {
    this.#labels = Object.keys(thresholds);
    this.#thresholds = Object.values(thresholds);
    this.#scores = this.#labels.map(() => []);
    this.#gold = this.#labels.map(() => []);
    this.#facets = FACETS.map(() => []);
    this.#values = FACETS.map(() => new Map());
  }

  /** Copies what it needs of `row`. */
  add(row: JudgedRow): void {
    const chunk = this.#rows >>> CHUNK_BITS;
    const at = this.#rows & (CHUNK_ROWS - 1);
    if (at === 0) this.#addChunk();
    this.#rows++;
    for (const [label, name] of this.#labels.entries()) {
      const score = row.scores[name] ?? Number.NaN;
      this.#scores[label]![chunk]![at] = score;
      this.#gold[label]![chunk]![at] = Number.isNaN(score) ? NOT_JUDGED : (row.gold[name] ?? NOT_JUDGED);
    }
    for (const [facet, name] of FACETS.entries()) this.#facets[facet]![chunk]![at] = this.#placeOf(facet, row[name]);
  }

  /** Sorts the scores once for every label and facet. Values of a facet without a judged row are left out. */
  report(): EvaluationReport {
    const measures = this.#labels.map((_, label) => this.#measure(label, null, [null], () => 0)[0]!);
    for (const [facet, name] of FACETS.entries()) {
      const values = [...this.#values[facet]!.keys()];
      if (values.length === 0) continue;
      const column = this.#facets[facet]!;
      const placeAt = (chunk: number, at: number) => column[chunk]![at]!;
      const byLabel = this.#labels.map((_, label) => this.#measure(label, name, values, placeAt));
      const order = [...values.keys()].sort((left, right) => (values[left]! < values[right]! ? -1 : 1));
      for (const place of order) for (const row of byLabel) if (row[place]!.n > 0) measures.push(row[place]!);
    }
    return { rows: this.#rows, measures };
  }

  #addChunk(): void {
    for (const column of this.#scores) column.push(new Float64Array(CHUNK_ROWS));
    for (const column of this.#gold) column.push(new Uint8Array(CHUNK_ROWS));
    for (const column of this.#facets) column.push(new Int32Array(CHUNK_ROWS));
  }

  #placeOf(facet: number, value: string | null | undefined): number {
    if (value === undefined || value === null) return NO_VALUE;
    const values = this.#values[facet]!;
    const known = values.get(value);
    if (known !== undefined) return known;
    values.set(value, values.size);
    return values.size - 1;
  }

  /** A measure for each of `values`, by a counting sort of the label's judged rows by `placeAt`. */
  #measure(
    label: number,
    facet: Facet | null,
    values: readonly (string | null)[],
    placeAt: (chunk: number, at: number) => number,
  ): Measure[] {
    const fence = new Int32Array(values.length + 1);
    this.#eachJudged(label, (chunk, at) => {
      const place = placeAt(chunk, at);
      if (place !== NO_VALUE) fence[place + 1]!++;
    });
    for (let place = 0; place < values.length; place++) fence[place + 1]! += fence[place]!;
    const scores = new Float64Array(fence[values.length]!);
    const gold = new Uint8Array(scores.length);
    const next = fence.slice();
    this.#eachJudged(label, (chunk, at) => {
      const place = placeAt(chunk, at);
      if (place === NO_VALUE) return;
      const to = next[place]!++;
      scores[to] = this.#scores[label]![chunk]![at]!;
      gold[to] = this.#gold[label]![chunk]![at]!;
    });
    return values.map((value, place) => {
      const start = fence[place]!;
      const end = fence[place + 1]!;
      return {
        label: this.#labels[label]!,
        facet,
        value,
        ...measureRows(scores.subarray(start, end), gold.subarray(start, end), this.#thresholds[label]!),
      };
    });
  }

  #eachJudged(label: number, visit: (chunk: number, at: number) => void): void {
    const column = this.#gold[label]!;
    for (let row = 0; row < this.#rows; row++) {
      const chunk = row >>> CHUNK_BITS;
      const at = row & (CHUNK_ROWS - 1);
      if (column[chunk]![at] !== NOT_JUDGED) visit(chunk, at);
    }
  }
}

function measureRows(scores: Float64Array, gold: Uint8Array, threshold: number): Omit<Measure, "label" | "facet" | "value"> {
  const confusion = confusionAt(scores, gold, threshold);
  const { precision, recall, f1, accuracy } = ratesOf(confusion);
  const { auc, averagePrecision } = rankingOf(scores, gold);
  return {
    n: gold.length,
    positives: confusion.tp + confusion.fn,
    threshold,
    ...confusion,
    precision,
    recall,
    f1,
    accuracy,
    auc,
    ap: averagePrecision,
    brier: brierScore(scores, gold),
    ece: expectedCalibrationError(scores, gold),
  };
}
