/** Judges labelled rows by one system or two and measures the verdicts against their gold. */
import { ConfigError } from "../core/error.ts";
import type { Decision } from "../core/label.ts";
import { AgreementTally } from "../evaluation/agreement.ts";
import type { BaseRate } from "../evaluation/base-rate.ts";
import type { Resampling } from "../evaluation/bootstrap.ts";
import { compareTallies } from "../evaluation/compare.ts";
import type { Evaluation, WrongRow } from "../evaluation/evaluation.ts";
import { GOLD_NAMES, type GoldName } from "../evaluation/gold.ts";
import { Tally } from "../evaluation/tally.ts";
import { WorstMistakes } from "../evaluation/worst.ts";
import type { LabelMap } from "../labelled/label-map.ts";
import { type LabelledMessage, readLabelled } from "./labelled.ts";
import type { Judged, System } from "./system.ts";

/** A row that was judged wrongly for some label. */
export interface Miss {
  readonly id: string;
  readonly set: string;
  readonly functionality: string | null;
  /** Labels, or "flagged", that differ from the gold. */
  readonly wrong: readonly string[];
  /** null where a file of predictions does not say. */
  readonly decision: Decision | null;
  readonly scores: Readonly<Record<string, number>>;
  readonly text: string;
}

export interface EvaluateOptions {
  /** As readLabelled takes it. */
  readonly split: string | null;
  /** What labels mean in the sets it names; null for the defaults. */
  readonly map: LabelMap | null;
  /** Only these are measured; null: all. */
  readonly labels: readonly string[] | null;
  readonly baseRate: BaseRate;
  readonly resampling: Resampling;
  /** How many of the worst mistakes of each label and kind are kept. */
  readonly mistakes: number;
}

/**
 * @param systems one, or two that are compared: then rows and labels count that both have scores for
 * @param onMiss told of each row that the first system judged wrongly, in order
 * @throws FormatError where a file cannot be read; ConfigError E_NO_LABEL, E_NO_GOLD, or E_PREDICTIONS where no prediction
 * has a gold row.
 */
export async function evaluateFiles(
  paths: readonly string[],
  systems: readonly System[],
  options: EvaluateOptions,
  remark: (line: string) => void,
  onMiss: (miss: Miss) => void,
): Promise<Evaluation> {
  const names = namesOf(options.labels);
  const tallies = systems.map(({ thresholds, scoresAt }) => {
    const own = Object.fromEntries(names.map((name) => [name, thresholds[name]!]));
    return new Tally(own, { baseRate: options.baseRate, scoresAt });
  });
  const worst = systems.map(() => new WorstMistakes<WrongRow>(options.mistakes));
  const agreement = new Map(names.map((name) => [name, new AgreementTally()]));
  let [rows, missing, withGold] = [0, 0, 0];
  for await (const row of readLabelled(paths, options.split, remark, { map: options.map })) {
    rows++;
    if (names.some((name) => row.gold[name] !== null)) withGold++;
    for (const [name, tally] of agreement)
      tally.add(row.votes.flatMap(({ annotator, gold }) => (gold[name] === null ? [] : [{ annotator, value: gold[name] }])));
    const judged = systems.map((system) => system.judge(row));
    if (!judged.every((verdict) => verdict !== null)) {
      missing++;
      continue;
    }
    const known = names.filter((name) => row.gold[name] !== null && judged.every(({ scores }) => scores[name] !== undefined));
    const gold = Object.fromEntries(known.map((name) => [name, row.gold[name]]));
    for (const [k, verdict] of judged.entries()) {
      const { called } = verdict;
      tallies[k]!.add({ ...facetsOf(row), gold, scores: verdict.scores, called });
      const wrong = known.filter((name) => isCalled(verdict, name, systems[k]!.thresholds) !== (row.gold[name] === 1));
      for (const name of wrong) worst[k]!.add(name, row.gold[name]!, verdict.scores[name]!, () => wrongRow(row, verdict, name));
      if (k === 0 && wrong.length > 0)
        onMiss({
          id: row.id,
          set: row.set,
          functionality: row.functionality,
          wrong,
          decision: verdict.decision,
          scores: verdict.scores,
          text: row.text,
        });
    }
  }
  checkFound(rows, missing, withGold, names);
  if (missing > 0) remark(`${missing} of ${rows} gold rows have no prediction; they were left out`);
  for (const system of systems) {
    const line = system.remark();
    if (line !== null) remark(line);
  }
  return {
    rows: rows - missing,
    missing,
    baseRate: options.baseRate,
    resampling: options.resampling,
    systems: systems.map(({ name, scoresAt }, k) => ({
      name,
      scoresAt,
      labels: names,
      ...tallies[k]!.report(options.resampling),
      mistakes: worst[k]!.list(names),
    })),
    differences: tallies.length === 2 ? compareTallies(tallies[0]!, tallies[1]!, options.resampling) : [],
    agreement: [...agreement].map(([label, tally]) => ({ label, ...tally.result() })).filter(({ rows: judgedTwice }) => judgedTwice > 0),
  };
}

function namesOf(labels: readonly string[] | null): GoldName[] {
  const unknown = labels?.find((label) => !(GOLD_NAMES as readonly string[]).includes(label));
  if (unknown !== undefined)
    throw new ConfigError(
      "E_NO_LABEL",
      `${JSON.stringify(unknown)} is nothing that gold rows say. Give --label one of ${GOLD_NAMES.join(", ")}.`,
    );
  return GOLD_NAMES.filter((name) => labels === null || labels.includes(name));
}

function checkFound(rows: number, missing: number, withGold: number, names: readonly string[]): void {
  if (rows === 0) throw new ConfigError("E_NO_GOLD", "no labelled row was found; check the paths and --split.");
  if (withGold === 0)
    throw new ConfigError(
      "E_NO_GOLD",
      `none of the ${rows} rows says anything of ${names.join(", ")}. A row needs "label" with "task" or "labels", or "gold": {"hate": 1}.`,
    );
  if (missing === rows)
    throw new ConfigError(
      "E_PREDICTIONS",
      `none of the ${rows} gold rows has a prediction. They are joined by "id", and by the file's name where "source" names a gold file; check that both files are of the same messages.`,
    );
}

function facetsOf(row: LabelledMessage): { language: string | null; source: string; functionality: string | null; target: string | null } {
  return { language: row.language, source: row.set, functionality: row.functionality, target: row.target };
}

function isCalled({ scores, called }: Judged, name: string, thresholds: Readonly<Record<string, number>>): boolean {
  return called[name] ?? scores[name]! >= thresholds[name]!;
}

/** Reasons of the label alone; all that there are for the decision over labels. */
function wrongRow(row: LabelledMessage, verdict: Judged, name: string): WrongRow {
  const reasons = verdict.reasons().filter(({ label }) => label === name || name === "flagged");
  return { id: row.id, source: row.set, language: row.language, text: row.text, scores: verdict.scores, reasons };
}
