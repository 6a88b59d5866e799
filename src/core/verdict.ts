import type { Category, Label } from "./label.ts";
import { LABELS } from "./label.ts";

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
  /** The group it is about, as lexicon entries name groups; null where none is known. For people, not part of records. */
  readonly group: string | null;
}

/** The signals that most messages have: one array for all of them. */
export const NO_SIGNALS: readonly Signal[] = [];

/** What was decided of the messages of a batch, as parallel arrays with the batch's own message numbers. */
export interface VerdictBatch {
  /** Places in LANGUAGES. */
  language: Uint8Array;
  /** Places in DECISIONS. */
  decision: Uint8Array;
  /** Bit of each label (its place in LABELS) that is at or above its flag threshold. */
  labels: Uint8Array;
  /** Probabilities 0..1, LABELS.length places a message. */
  scores: Float64Array;
  /** Reasons, or null where there is none: most messages. */
  signals: (readonly Signal[] | null)[];
}

export function createVerdictBatch(messageCount: number): VerdictBatch {
  return {
    language: new Uint8Array(messageCount),
    decision: new Uint8Array(messageCount),
    labels: new Uint8Array(messageCount),
    scores: new Float64Array(messageCount * LABELS.length),
    signals: new Array(messageCount).fill(null),
  };
}

/** Highest score of a message. */
export function highestScore(verdicts: VerdictBatch, message: number): number {
  let best = 0;
  for (let label = 0; label < LABELS.length; label++) best = Math.max(best, verdicts.scores[message * LABELS.length + label]!);
  return best;
}
