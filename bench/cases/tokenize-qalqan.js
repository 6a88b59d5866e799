/**
 * Our tokenizer: folds look-alikes, repeats and invisible characters, hashes, and flags scripts, over bytes. Where the
 * lines are is found beforehand, as the string cases get theirs ready cut; copying the bytes in is in the time.
 */
import { readFileSync } from "node:fs";
import { cannotRun, corpusPath, print, WARM_UP_BYTES } from "../measure.js";

/** As many bytes as the pipeline's batches have. */
const BATCH_BYTES = 1 << 19;
const NEWLINE = 10;

const { Tokenizer } = await import("../../dist/text/tokenize.js").catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);

/** Where the messages begin and end, and by batches: the numbers of their first messages. */
function cutLines(bytes) {
  const fence = [];
  const batches = [0];
  let batchStart = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end - batchStart > BATCH_BYTES) {
      batches.push(fence.length >> 1);
      batchStart = start;
    }
    fence.push(start, end);
    start = end + 1;
  }
  return { fence: Int32Array.from(fence), batches };
}

function tokenizeLines(tokenizer, bytes, { fence, batches }, last) {
  let count = 0;
  for (let batch = 0; batch < batches.length && batches[batch] < last; batch++) {
    const stop = Math.min(last, batches[batch + 1] ?? last);
    tokenizer.load(bytes, fence[batches[batch] * 2], fence[stop * 2 - 1]);
    for (let message = batches[batch]; message < stop; message++) count += tokenizer.read(fence[message * 2], fence[message * 2 + 1]).count;
  }
  return count;
}

const bytes = readFileSync(corpusPath());
const lines = cutLines(bytes);
const messages = lines.fence.length >> 1;
const tokenizer = new Tokenizer();
tokenizeLines(tokenizer, bytes, lines, Math.ceil((messages * WARM_UP_BYTES) / bytes.length));
const startedMs = performance.now();
const tokens = tokenizeLines(tokenizer, bytes, lines, messages);
print({
  name: "qalqan tokenize",
  surface: "tokenize",
  messages,
  tokens,
  bytes: bytes.length,
  seconds: (performance.now() - startedMs) / 1000,
});
