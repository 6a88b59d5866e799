import type { Category, Decision, Label, Language } from "./label.ts";

/** Where a signal's weight comes from. */
export type SignalSource = "lexicon" | "rule" | "bayes" | "context";

/** One reason for a score. `start` and `end` are half-open byte offsets into the arena that holds the message. */
export interface Signal {
  readonly label: Label;
  readonly category: Category | null;
  readonly start: number;
  readonly end: number;
  /** Log-odds in nats; negative for what speaks against the label. */
  readonly weight: number;
  readonly source: SignalSource;
  /** Id of the rule, lexicon entry or model head. */
  readonly entry: string;
}

/** What was decided of one message. */
export interface Verdict {
  readonly language: Language;
  readonly decision: Decision;
  /** Labels at or above their flag threshold, in the order of LABELS. */
  readonly labels: readonly Label[];
  /** Highest of `scores`. */
  readonly score: number;
  /** Calibrated probabilities by label, 0..1. */
  readonly scores: Readonly<Record<Label, number>>;
  readonly signals: readonly Signal[];
}
