/** Batches in, records out: judging, counting and writing, the same in one process and in workers. */
import { KIND, type MessageBatch, PART, RANGE_STRIDE, repairUtf8 } from "../core/message.ts";
import { createVerdictBatch, type VerdictBatch } from "../core/verdict.ts";
import type { ByteBuffer } from "../writers/bytes.ts";
import type { Writer } from "../writers/writer.ts";
import type { Judge } from "./judge.ts";
import type { ScanTally } from "./tally.ts";

/** What decides which messages are written. */
export interface RecordChoice {
  /** Lowest decision that is written: 0 everything, 1 review, 2 flag. */
  readonly lowestDecision: number;
  readonly includeSystem: boolean;
}

export class BatchScorer {
  readonly #judge: Judge;
  readonly #writer: Writer;
  readonly #choice: RecordChoice;
  #verdicts: VerdictBatch = createVerdictBatch(0);

  constructor(judge: Judge, writer: Writer, choice: RecordChoice) {
    this.#judge = judge;
    this.#writer = writer;
    this.#choice = choice;
  }

  /** Judges a batch, appends its records to `out` and its counts to `tally`. */
  score(batch: MessageBatch, tally: ScanTally, out: ByteBuffer): void {
    const { includeSystem, lowestDecision } = this.#choice;
    tally.repaired += repairUtf8(batch);
    if (this.#verdicts.decision.length < batch.count) this.#verdicts = createVerdictBatch(batch.line.length);
    const verdicts = this.#verdicts;
    this.#judge.judgeBatch(batch, includeSystem, verdicts);
    let errors = 0;
    for (let message = 0; message < batch.count; message++) {
      const kind = batch.kind[message]!;
      if (kind === KIND.error) {
        const { code, message: reason } = batch.errors[errors++]!;
        tally.errors++;
        this.#writer.error(batch, message, code, reason, out);
        continue;
      }
      if (kind === KIND.user) {
        tally.users++;
        if (isEmpty(batch, message)) tally.empty++;
      } else if (kind === KIND.system) tally.system++;
      else if (kind === KIND.placeholder) tally.placeholders++;
      else tally.deleted++;
      if (kind !== KIND.user && !includeSystem) continue;
      tally.messages++;
      tally.bytes += textLength(batch, message);
      const decision = verdicts.decision[message]!;
      tally.decisions[decision]!++;
      tally.languages[verdicts.language[message]!]!++;
      for (let bits = verdicts.labels[message]!, label = 0; bits !== 0; bits >>= 1, label++) if ((bits & 1) !== 0) tally.labels[label]!++;
      if (decision >= lowestDecision) this.#writer.record(batch, verdicts, message, out);
    }
  }
}

function isEmpty(batch: MessageBatch, message: number): boolean {
  const at = message * RANGE_STRIDE + PART.text * 2;
  const end = batch.ranges[at + 1]!;
  for (let k = batch.ranges[at]!; k < end; k++) if (batch.bytes[k]! > SPACE) return false;
  return true;
}

const SPACE = 32;

function textLength(batch: MessageBatch, message: number): number {
  const at = message * RANGE_STRIDE + PART.text * 2;
  return batch.ranges[at + 1]! - batch.ranges[at]!;
}
