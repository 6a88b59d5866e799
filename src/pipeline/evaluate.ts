/** Judges labelled rows and measures the verdicts against their gold. */
import { type Decision, LABEL_NAMES } from "../core/label.ts";
import { type EvaluationReport, Tally } from "../evaluation/tally.ts";
import type { LabelMap } from "../labelled/label-map.ts";
import { decide } from "../scoring/decide.ts";
import type { Judge } from "./judge.ts";
import { readLabelled } from "./labelled.ts";

/** A row that was judged wrongly for some label. */
export interface Miss {
  readonly id: string;
  readonly set: string;
  readonly functionality: string | null;
  /** Labels, or "flagged", that differ from the gold. */
  readonly wrong: readonly string[];
  readonly decision: Decision;
  readonly scores: Readonly<Record<string, number>>;
  readonly text: string;
}

/**
 * @param split as readLabelled takes it
 * @param onMiss told of each row that was judged wrongly, in order
 * @param map what labels mean in the sets it names
 * @throws FormatError where a file cannot be read.
 */
export async function evaluateFiles(
  paths: readonly string[],
  split: string | null,
  judge: Judge,
  remark: (line: string) => void,
  onMiss: (miss: Miss) => void,
  map: LabelMap | null = null,
): Promise<EvaluationReport> {
  const thresholds: Record<string, number> = {
    ...Object.fromEntries(LABEL_NAMES.map((label) => [label, judge.scorer.thresholds[label].flag])),
    flagged: 0.5,
  };
  const names = [...LABEL_NAMES, "flagged" as const];
  const tally = new Tally(thresholds);
  const encoder = new TextEncoder();
  for await (const row of readLabelled(paths, split, remark, { map })) {
    const bytes = encoder.encode(row.text);
    judge.judge(bytes, 0, bytes.length);
    const decision = decide(judge.scorer, judge.scores);
    const scores: Record<string, number> = Object.fromEntries(LABEL_NAMES.map((label, k) => [label, judge.scores[k]!]));
    // A decision, as a score that is above one half when the message is flagged, and orders like the highest score.
    scores["flagged"] = (Math.max(...judge.scores) + (decision === "flag" ? 1 : 0)) / 2;
    tally.add({ gold: row.gold, scores, language: row.language, source: row.set, functionality: row.functionality, target: row.target });
    const wrong = names.filter((name) => row.gold[name] !== null && (scores[name]! >= thresholds[name]! ? 1 : 0) !== row.gold[name]);
    if (wrong.length > 0) onMiss({ id: row.id, set: row.set, functionality: row.functionality, wrong, decision, scores, text: row.text });
  }
  return tally.report();
}
