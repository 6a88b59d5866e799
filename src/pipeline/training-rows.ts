/**
 * First pass of training: labelled files become rows of features, signals and gold on disk (row-store.ts), one part to learn
 * from and one kept back, told apart by a hash of the text. Every message is read as a scan reads it, by the same judge.
 */

import type { SetMass } from "../bayes/counts.ts";
import { collectFeatures, createFeatureScratch } from "../bayes/features.ts";
import { HEAD_NAMES, type Head, LABEL_NAMES, LANGUAGES } from "../core/label.ts";
import type { CompiledLexicon } from "../lexicon/compile.ts";
import { createScorer } from "../scoring/decide.ts";
import { GROUP_MASK, Judge } from "./judge.ts";
import type { LabelledMessage } from "./labelled.ts";
import { RowStore } from "./row-store.ts";

/** One row in so many is kept back. */
const HELD_BACK = 10;
/** Rows between two reports of progress. */
const REPORT_EVERY = 1000;

/** What the header says of a set. */
export interface SetCounts {
  readonly name: string;
  rows: number;
  readonly positive: Record<string, number>;
  readonly negative: Record<string, number>;
}

export interface TrainingRows {
  readonly learn: RowStore;
  readonly heldBack: RowStore;
  /** By set number. */
  readonly sets: readonly SetCounts[];
  /** By place in HEAD_NAMES, then by name of the set: features of the rows to learn from. */
  readonly masses: readonly ReadonlyMap<string, SetMass>[];
}

/** The caller closes both stores. @param bits size of the table that the features are places of */
export async function readTrainingRows(
  rows: AsyncIterable<LabelledMessage>,
  lexicon: CompiledLexicon,
  bits: number,
  progress: (rows: number) => void,
): Promise<TrainingRows> {
  const judge = new Judge(lexicon, createScorer(null));
  const scratch = createFeatureScratch(bits, GROUP_MASK);
  const encoder = new TextEncoder();
  const [learn, heldBack] = [new RowStore(), new RowStore()];
  const numbers = new Map<string, number>();
  const sets: SetCounts[] = [];
  const masses = HEAD_NAMES.map(() => new Map<string, SetMass>());
  let read = 0;
  try {
    for await (const row of rows) {
      const set = numbers.get(row.set) ?? sets.push({ name: row.set, rows: 0, positive: {}, negative: {} }) - 1;
      numbers.set(row.set, set);
      sets[set]!.rows++;
      if (++read % REPORT_EVERY === 0) progress(read);
      const gold = HEAD_NAMES.map((head) => row.gold[head]);
      if (gold.every((value) => value === null)) continue;
      const bytes = encoder.encode(row.text);
      const signals = judge.judge(bytes, 0, bytes.length);
      const count = collectFeatures(judge.tokens, 0, judge.tokens.count, scratch);
      const store = isHeldBack(row.text) ? heldBack : learn;
      const sumOf = (label: string) => signals.reduce((sum, signal) => sum + (signal.label === label ? signal.weight : 0), 0);
      store.add(
        { set, language: judge.language, named: judge.named, gold, signals: LABEL_NAMES.map(sumOf), kept: judge.kept },
        scratch.features,
        count,
      );
      gold.forEach((value, head) => {
        if (value === null) return;
        countRow(sets[set]!, HEAD_NAMES[head]!, value);
        if (store === learn) weighRow(masses[head]!, row.set, row.language ?? LANGUAGES[judge.language]!, value, count);
      });
    }
  } catch (error) {
    learn.close();
    heldBack.close();
    throw error;
  }
  return { learn, heldBack, sets, masses };
}

function countRow(set: SetCounts, head: Head, value: 0 | 1): void {
  const counts = value === 1 ? set.positive : set.negative;
  counts[head] = (counts[head] ?? 0) + 1;
}

function weighRow(masses: Map<string, SetMass>, set: string, language: string, value: 0 | 1, features: number): void {
  const mass = masses.get(set) ?? { language, positive: 0, negative: 0 };
  masses.set(set, { ...mass, positive: mass.positive + value * features, negative: mass.negative + (1 - value) * features });
}

/** FNV-1a over UTF-16 units: the same row is kept back in every run and every set. */
function isHeldBack(text: string): boolean {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  return (hash >>> 8) % HELD_BACK === 0;
}
