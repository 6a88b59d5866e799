/**
 * Whether memory grows with the number of messages: ten million of them, a corpus's over and over, are judged and counted
 * in batches as the readers make them; only messages that raise no signal, so that nothing is to be written. Prints
 * heapUsed after a forced collection, and what one message allocates: by how much heapUsed rises over a batch, summed over
 * the batches in which nothing was collected.
 *
 *     npm run build && node bench/corpus.js 4 /tmp/corpus.txt && node --expose-gc bench/heap.js /tmp/corpus.txt
 */
import { cannotRun, readMessages } from "./measure.js";

const MILLION = 1e6;
const CHECKPOINTS = [1, 2, 5, 10];

const names = ["core/message", "pipeline/batch-scorer", "pipeline/classifier", "pipeline/tally", "scoring/decide"];
const [{ beginMessage, createMessageBatch, hasRoom, PART, setRange }, { BatchScorer }, { openJudge }, { createTally }, { decide }] =
  await Promise.all(names.map((name) => import(`../dist/${name}.js`))).catch((error) =>
    cannotRun(`not built, run npm run build first: ${error.message}`),
  );
const collect = globalThis.gc ?? cannotRun("needs node --expose-gc");

/** Messages in batches, as a reader fills them. */
function batchesOf(messages) {
  const batches = [];
  let batch;
  for (const message of messages) {
    if (batch === undefined || !hasRoom(batch, message.length)) {
      batch = createMessageBatch("heap");
      batches.push(batch);
    }
    const index = beginMessage(batch, batch.count + 1);
    batch.bytes.set(message, batch.used);
    setRange(batch, index, PART.text, batch.used, batch.used + message.length);
    batch.used += message.length;
  }
  return batches;
}

const judge = await openJudge();
const quiet = readMessages()
  .map((message) => Buffer.from(message))
  .filter((bytes) => judge.judge(bytes, 0, bytes.length).length === 0 && decide(judge.scorer, judge.scores) === "pass");
const batches = batchesOf(quiet);
const written = () => {
  throw new Error("nothing was to be written");
};
const scorer = new BatchScorer(judge, { begin: written, record: written, error: written }, { lowestDecision: 2, includeSystem: false });
const tally = createTally();
console.log(`${quiet.length} messages without a signal, in ${batches.length} batches, over and over; Node ${process.versions.node}\n`);
console.log(" millions   heapUsed, bytes   growth a message   allocated a message   RSS, MiB");

let [risen, risenMessages, firstUsed, firstMessages, at] = [0, 0, 0, 0, 0];
for (const millions of CHECKPOINTS) {
  while (tally.messages < millions * MILLION) {
    const batch = batches[at++ % batches.length];
    const before = process.memoryUsage().heapUsed;
    scorer.score(batch, tally, undefined);
    const rise = process.memoryUsage().heapUsed - before;
    if (rise < 0) continue;
    risen += rise;
    risenMessages += batch.count;
  }
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  firstUsed ||= heapUsed;
  firstMessages ||= tally.messages;
  const growth = tally.messages === firstMessages ? "" : ((heapUsed - firstUsed) / (tally.messages - firstMessages)).toFixed(4);
  const figures = [millions, heapUsed, growth, (risen / risenMessages).toFixed(1), Math.round(rss / 2 ** 20)];
  console.log(figures.map((figure, k) => String(figure).padStart([9, 18, 19, 22, 11][k])).join(""));
  [risen, risenMessages] = [0, 0];
}
