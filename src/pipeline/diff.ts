/**
 * Two lexicons over the same messages: what they flag differently, and by which entries. A writer of a scan, so that every
 * format is read and the messages stream; the scan judges with one judge, the writer with the other.
 */
import { DECISIONS, type Decision, LABEL_NAMES, LABELS, type Label } from "../core/label.ts";
import { type MessageBatch, PART, RANGE_STRIDE } from "../core/message.ts";
import type { Signal, VerdictBatch } from "../core/verdict.ts";
import { moodNames } from "../lexicon/compile.ts";
import { decide } from "../scoring/decide.ts";
import type { ByteBuffer } from "../writers/bytes.ts";
import { labelsOf, locatorText, partText } from "../writers/record.ts";
import type { Writer } from "../writers/writer.ts";
import type { ClassifierOptions } from "./classifier.ts";
import type { Judge } from "./judge.ts";

/** What one lexicon makes of a message. */
export interface Side {
  readonly decision: Decision;
  readonly labels: readonly Label[];
  readonly score: number;
  /** Entries that only this one sees, or sees otherwise (moods, severity): id, with moods where it has some. */
  readonly entries: readonly string[];
  /** Rules and guards that only this one finds, or finds with another weight. */
  readonly signals: readonly { readonly entry: string; readonly label: Label; readonly weight: number }[];
}

export interface Difference {
  readonly id: string | null;
  readonly source: string;
  readonly line: number;
  readonly text: string;
  readonly a: Side;
  readonly b: Side;
}

export interface DiffCounts {
  messages: number;
  different: number;
  /** Flagged by both, by the first alone, by the second alone; of the others some differ in labels or review. */
  both: number;
  onlyA: number;
  onlyB: number;
}

/** "builtin" is the built-in lexicons, "builtin+PATH" those with a file or folder, "PATH" it alone, with rules of its own if it has some. */
export function lexiconOptions(name: string): ClassifierOptions {
  if (name === "builtin") return {};
  if (name.startsWith("builtin+")) return { lexicons: [name.slice("builtin+".length)] };
  return { lexicons: [name], builtinLexicons: false, loneLexicons: true };
}

/** Writes nothing of messages of which both think the same. */
export class DiffWriter implements Writer {
  readonly counts: DiffCounts = { messages: 0, different: 0, both: 0, onlyA: 0, onlyB: 0 };
  readonly #a: Judge;
  readonly #b: Judge;
  readonly #render: (difference: Difference, locator: string) => string;

  /** @param a the judge of the scan */
  constructor(a: Judge, b: Judge, render: (difference: Difference, locator: string) => string) {
    this.#a = a;
    this.#b = b;
    this.#render = render;
  }

  begin(): void {}

  error(): void {}

  record(batch: MessageBatch, verdicts: VerdictBatch, message: number, out: ByteBuffer): void {
    const [start, end] = [batch.ranges[message * RANGE_STRIDE + PART.text * 2]!, batch.ranges[message * RANGE_STRIDE + PART.text * 2 + 1]!];
    if (start < 0) return;
    const { counts } = this;
    counts.messages++;
    const signalsB = this.#b.judge(batch.bytes, start, end);
    const decisionA = DECISIONS[verdicts.decision[message]!]!;
    const decisionB = decide(this.#b.scorer, this.#b.scores);
    if (decisionA === "flag" && decisionB === "flag") counts.both++;
    else if (decisionA === "flag") counts.onlyA++;
    else if (decisionB === "flag") counts.onlyB++;
    if (decisionA === decisionB && verdicts.labels[message] === labelBits(this.#b)) return;
    counts.different++;
    // The scan has gone on to other messages: what its judge saw in this one is seen again.
    const signalsA = this.#a.judge(batch.bytes, start, end);
    const [seenA, seenB] = [seenBy(this.#a), seenBy(this.#b)];
    const side = (
      judge: Judge,
      seen: readonly string[],
      others: readonly string[],
      signals: readonly Signal[],
      otherSignals: readonly Signal[],
    ): Side => ({
      decision: decide(judge.scorer, judge.scores),
      labels: labelsOf(labelBits(judge)),
      score: Math.max(...judge.scores),
      entries: seen.flatMap((entry) => (others.includes(entry) ? [] : [entry.slice(0, entry.indexOf("\t"))])),
      signals: signals
        .filter((signal) => !otherSignals.some((other) => signalKey(other) === signalKey(signal)))
        .map(({ entry, label, weight }) => ({ entry, label, weight })),
    });
    const difference: Difference = {
      id: partText(batch, message, PART.id),
      source: batch.source,
      line: batch.line[message]!,
      text: partText(batch, message, PART.text) ?? "",
      a: side(this.#a, seenA, seenB, signalsA, signalsB),
      b: side(this.#b, seenB, seenA, signalsB, signalsA),
    };
    out.text(this.#render(difference, locatorText(batch, message)));
  }
}

function signalKey({ entry, label, weight, start }: Signal): string {
  return `${entry} ${label} ${weight.toFixed(3)} ${start}`;
}

function labelBits({ scores, scorer }: Judge): number {
  let bits = 0;
  for (let label = 0; label < LABELS.length; label++) if (scores[label]! >= scorer.thresholds[LABEL_NAMES[label]!].flag) bits |= 1 << label;
  return bits;
}

/** Entries that a judge saw in the message judged last; after a tab, what else they are told apart by. */
function seenBy({ hits, lexicon, tokens }: Judge): string[] {
  const seen = Array.from({ length: hits.count }, (_, hit) => {
    const index = hits.entry[hit]!;
    const { id, class: name, group, category } = lexicon.entries[index]!;
    const moods = moodNames(hits.moods[hit]!).join(", ");
    const apart = [name, group, category, lexicon.severity[index], tokens.start[hits.token[hit]!]].join(" ");
    return `${id}${moods === "" ? "" : ` (${moods})`}\t${apart}`;
  });
  return [...new Set(seen)];
}
