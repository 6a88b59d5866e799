/**
 * Worker threads that judge batches. Batches are numbered as they come and their records collected in that order, so the
 * output is the same bytes for any number of workers. No more than a few batches a worker are ever in flight.
 */
import { Worker } from "node:worker_threads";
import { type MessageBatch, RANGE_STRIDE } from "../core/message.ts";
import type { ByteBuffer } from "../writers/bytes.ts";
import type { RecordChoice } from "./batch-scorer.ts";
import type { ClassifierOptions } from "./classifier.ts";
import { addTally, type ScanTally } from "./tally.ts";

/** What a worker needs to judge and write as this thread would. */
export interface WorkerSetup {
  readonly classifier: ClassifierOptions;
  readonly writer: string;
  readonly color: boolean;
  readonly choice: RecordChoice;
}

export interface WorkerResult {
  readonly number: number;
  readonly records: Uint8Array<ArrayBuffer>;
  readonly tally: ScanTally;
}

/** Batches that may wait or be worked on, for each worker. */
const IN_FLIGHT = 3;

export class WorkerPool {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];
  readonly #waiting: { number: number; batch: MessageBatch }[] = [];
  readonly #done = new Map<number, WorkerResult>();
  #submitted = 0;
  #collected = 0;
  #failure: Error | null = null;
  #wake: () => void = () => {};

  constructor(jobs: number, setup: WorkerSetup) {
    this.#workers = Array.from({ length: jobs }, () => this.#start(setup));
    this.#idle = [...this.#workers];
  }

  #start(setup: WorkerSetup): Worker {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: setup });
    worker.on("message", (result: WorkerResult) => {
      this.#done.set(result.number, result);
      this.#idle.push(worker);
      this.#dispatch();
      this.#wake();
    });
    worker.on("error", (error: Error) => {
      this.#failure = error;
      this.#wake();
    });
    return worker;
  }

  /** Takes a copy of a batch; the caller goes on using its own. */
  submit(batch: MessageBatch): void {
    this.#waiting.push({ number: this.#submitted++, batch: copyBatch(batch) });
    this.#dispatch();
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      const job = this.#waiting.shift()!;
      // The batch is a copy, of which each array has memory of its own.
      const buffers = Object.values(job.batch).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []));
      this.#idle.pop()!.postMessage(job, buffers);
    }
  }

  /**
   * Appends finished records in order, and waits while too much is in flight, or for everything where `all` is set.
   * @throws what a worker threw.
   */
  async collect(all: boolean, tally: ScanTally, out: ByteBuffer): Promise<void> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      for (let result = this.#done.get(this.#collected); result !== undefined; result = this.#done.get(this.#collected)) {
        this.#done.delete(this.#collected++);
        out.copy(result.records, 0, result.records.length);
        addTally(tally, result.tally);
      }
      if (this.#submitted - this.#collected <= (all ? 0 : this.#workers.length * IN_FLIGHT)) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** The used part of a batch in memory of its own. */
function copyBatch(batch: MessageBatch): MessageBatch {
  const { count } = batch;
  return {
    ...batch,
    bytes: batch.bytes.slice(0, batch.used),
    ranges: batch.ranges.slice(0, count * RANGE_STRIDE),
    line: batch.line.slice(0, count),
    sentAtMs: batch.sentAtMs.slice(0, count),
    timeKind: batch.timeKind.slice(0, count),
    offsetMinutes: batch.offsetMinutes.slice(0, count),
    kind: batch.kind.slice(0, count),
    forwarded: batch.forwarded.slice(0, count),
    edited: batch.edited.slice(0, count),
    conversation: batch.conversation.slice(0, count),
  };
}
