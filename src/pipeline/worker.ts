/** A worker thread: judges the batches that pool.ts sends and sends back their records. */
import { parentPort, workerData } from "node:worker_threads";
import type { MessageBatch } from "../core/message.ts";
import { ByteBuffer } from "../writers/bytes.ts";
import { WRITERS } from "../writers/table.ts";
import { BatchScorer } from "./batch-scorer.ts";
import { openJudge } from "./classifier.ts";
import type { WorkerResult, WorkerSetup } from "./pool.ts";
import { createTally } from "./tally.ts";

const setup = workerData as WorkerSetup;
const writer = WRITERS.find((row) => row.name === setup.writer) ?? WRITERS[0]!;
const scorer = new BatchScorer(await openJudge(setup.classifier), writer.open({ color: setup.color }), setup.choice);
const out = new ByteBuffer();

parentPort?.on("message", ({ number, batch }: { number: number; batch: MessageBatch }) => {
  const tally = createTally();
  scorer.score(batch, tally, out);
  const result: WorkerResult = { number, records: out.take(), tally };
  parentPort?.postMessage(result, [result.records.buffer]);
});
