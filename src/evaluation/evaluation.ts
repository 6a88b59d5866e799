/** What one run of `evaluate` found out: plain data, for the renderers. */
import type { Agreement } from "./agreement.ts";
import type { BaseRate } from "./base-rate.ts";
import type { Resampling } from "./bootstrap.ts";
import type { Difference } from "./compare.ts";
import type { EvaluationReport } from "./tally.ts";
import type { Mistake } from "./worst.ts";

/** One thing that spoke for or against a label. */
export interface Reason {
  readonly label: string;
  /** lexicon, rule, context, bayes. */
  readonly source: string;
  /** Id of the entry, rule or model head. */
  readonly entry: string;
  /** Log-odds in nats, as they count in the score. */
  readonly weight: number;
  /** The words that it saw; of a model its strongest features. */
  readonly text: string;
}

export interface WrongRow {
  readonly id: string;
  readonly source: string;
  readonly language: string | null;
  readonly text: string;
  readonly scores: Readonly<Record<string, number>>;
  readonly reasons: readonly Reason[];
}

/** How one system did. */
export interface SystemResult extends EvaluationReport {
  /** In the order of the report. */
  readonly labels: readonly string[];
  readonly name: string;
  /** The base rate that its scores stand for. */
  readonly scoresAt: number;
  readonly mistakes: readonly Mistake<WrongRow>[];
}

export interface Evaluation {
  /** Rows that were measured. */
  readonly rows: number;
  /** Rows of the gold files that some system had no scores for; they were left out. */
  readonly missing: number;
  readonly baseRate: BaseRate;
  readonly resampling: Resampling;
  /** One, or two that are compared. */
  readonly systems: readonly SystemResult[];
  /** Second minus first; empty for one system. */
  readonly differences: readonly Difference[];
  /** By label, of labels that two or more annotators judged. */
  readonly agreement: readonly (Agreement & { readonly label: string })[];
}
