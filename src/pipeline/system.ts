/** What gives labelled rows their scores, for measuring: a judge, or a file of predictions. */
import type { HeadScale } from "../bayes/model.ts";
import { ConfigError } from "../core/error.ts";
import { type Decision, HEAD_NAMES, LABEL_NAMES, LANGUAGES } from "../core/label.ts";
import type { Reason } from "../evaluation/evaluation.ts";
import { GOLD_NAMES } from "../evaluation/gold.ts";
import { decide, sigmoid } from "../scoring/decide.ts";
import { explain } from "./explain.ts";
import type { Judge } from "./judge.ts";
import type { LabelledMessage } from "./labelled.ts";
import type { Predictions } from "./predictions.ts";

export interface Judged {
  /** 0..1 by label; "flagged" is the highest of them. */
  readonly scores: Readonly<Record<string, number>>;
  /** What was decided, of labels whose threshold is NaN. */
  readonly called: Readonly<Record<string, boolean>>;
  /** null where a file of predictions does not say. */
  readonly decision: Decision | null;
  /** Found when asked for: they cost as much as judging. */
  readonly reasons: () => readonly Reason[];
}

export interface System {
  readonly name: string;
  /** The base rate that its scores stand for. */
  readonly scoresAt: number;
  /** By label: what is called at or above it, NaN where `judge` says what was decided. In the order of the report. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** null where it has no scores for the row. */
  readonly judge: (row: LabelledMessage) => Judged | null;
  /** Said at the end, null where there is nothing to say. */
  readonly remark: () => string | null;
}

/** One message in a hundred: what scores stand for without a model that says otherwise. */
const BASE_RATE = 0.01;

export function judgeSystem(name: string, judge: Judge): System {
  const { scorer } = judge;
  const encoder = new TextEncoder();
  return {
    name,
    scoresAt: scorer.model?.header.options.baseRate ?? BASE_RATE,
    thresholds: thresholdsOf(Object.fromEntries(LABEL_NAMES.map((label) => [label, scorer.thresholds[label].flag]))),
    judge: ({ text }) => {
      const bytes = encoder.encode(text);
      judge.judge(bytes, 0, bytes.length);
      const decision = decide(scorer, judge.scores);
      const scores: Record<string, number> = Object.fromEntries(LABEL_NAMES.map((label, k) => [label, judge.scores[k]!]));
      scores["flagged"] = Math.max(...judge.scores);
      return { scores, called: { flagged: decision === "flag" }, decision, reasons: () => explainReasons(judge, text) };
    },
    remark: () => null,
  };
}

/**
 * The heads of a judge's model by themselves, asked of every row: probabilities at the model's base rate, called above it.
 * @throws ConfigError E_NO_HEADS without a model.
 */
export function headSystem(name: string, judge: Judge): System {
  const { model } = judge.scorer;
  if (model === null) throw new ConfigError("E_NO_HEADS", "--heads asks a model; leave --no-model out.");
  const { baseRate } = model.header.options;
  const encoder = new TextEncoder();
  const atBaseRate = Math.log(baseRate / (1 - baseRate));
  const scales = model.header.heads.map(({ languages }) =>
    LANGUAGES.map((language) => languages[language] ?? meanScale(Object.values(languages))),
  );
  return {
    name,
    scoresAt: baseRate,
    thresholds: thresholdsOf(Object.fromEntries(HEAD_NAMES.map((head) => [head, baseRate]))),
    judge: ({ text }) => {
      const bytes = encoder.encode(text);
      judge.judge(bytes, 0, bytes.length);
      judge.readEvidence();
      const scores = Object.fromEntries(
        model.header.heads.map((head, k) => {
          const { slope, offset } = scales[k]![judge.language]!;
          return [head.name, sigmoid(slope * judge.evidence[k]! + offset + atBaseRate)];
        }),
      );
      return { scores, called: {}, decision: null, reasons: () => [] };
    },
    remark: () => null,
  };
}

/** For languages that a head has not seen. */
function meanScale(scales: readonly HeadScale[]): HeadScale {
  const mean = (of: (scale: HeadScale) => number) => scales.reduce((sum, scale) => sum + of(scale), 0) / (scales.length || 1);
  return { slope: mean(({ slope }) => slope), offset: mean(({ offset }) => offset) };
}

/** @param given thresholds by label that take the place of what the file says was decided */
export function predictionSystem(name: string, predictions: Predictions, given: Readonly<Record<string, number>>): System {
  const recorded = predictions.decides ? LABEL_NAMES.filter((label) => given[label] === undefined) : [];
  const decided = Object.fromEntries(recorded.map((label) => [label, Number.NaN]));
  const thresholds = thresholdsOf({ ...Object.fromEntries(LABEL_NAMES.map((label) => [label, 0.5])), ...given, ...decided });
  const asRecorded = recorded.length === LABEL_NAMES.length;
  return {
    name,
    scoresAt: BASE_RATE,
    thresholds,
    judge: (row) => {
      const found = predictions.take(row.id, row.set);
      if (found === null) return null;
      const { scores, labels, decision, reasons } = found;
      const called: Record<string, boolean> = Object.fromEntries(recorded.map((label) => [label, labels!.includes(label)]));
      called["flagged"] = asRecorded
        ? labels!.includes("flagged")
        : LABEL_NAMES.some((label) => called[label] ?? (scores[label] ?? Number.NaN) >= thresholds[label]!);
      return { scores, called, decision: asRecorded ? decision : null, reasons: () => reasons };
    },
    remark: () =>
      predictions.unused === 0
        ? null
        : `${name}: ${predictions.unused} of ${predictions.count} predictions have no gold row; they do not count`,
  };
}

/** Thresholds of everything that gold can say, in its order. */
function thresholdsOf(known: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(GOLD_NAMES.map((name) => [name, name === "flagged" ? Number.NaN : (known[name] ?? 0.5)]));
}

function explainReasons(judge: Judge, text: string): Reason[] {
  return explain(judge, text).labels.flatMap(({ label, signals, signalWeight, model, features }) => [
    ...signals.map((signal) => ({
      label,
      source: signal.source,
      entry: signal.entry,
      weight: signal.weight * signalWeight,
      text: signal.text,
    })),
    ...(model === 0
      ? []
      : [{ label, source: "bayes", entry: `model-${label}`, weight: model, text: features.map((feature) => feature.name).join(", ") }]),
  ]);
}
