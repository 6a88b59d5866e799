/**
 * Our tokenizer: folds look-alikes, repeats and invisible characters, hashes, and flags scripts, over bytes. Finding the
 * lines is in its time, while the string cases get theirs ready cut and decoded.
 */
import { readFileSync } from "node:fs";
import { cannotRun, corpusPath, print, WARM_UP_BYTES } from "../measure.js";

/** As many bytes as the pipeline's batches have. */
const BATCH_BYTES = 1 << 19;
const NEWLINE = 10;

const modules = Promise.all([import("../../dist/text/tokenize.js"), import("../../dist/core/token.js")]);
const [{ tokenize }, { createTokenBatch }] = await modules.catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);

/** Tokenizes every line of `bytes[0, end)`, a batch at a time. */
function tokenizeLines(bytes, end, tokens, capacity) {
  let messages = 0;
  let count = 0;
  let batchStart = 0;
  let start = 0;
  tokens.count = 0;
  tokens.letterCount = 0;
  while (start < end) {
    const newline = bytes.indexOf(NEWLINE, start);
    const stop = newline < 0 || newline > end ? end : newline;
    if (stop - batchStart > capacity) {
      count += tokens.count;
      tokens.count = 0;
      tokens.letterCount = 0;
      batchStart = start;
    }
    tokenize(bytes, start, stop, tokens);
    messages++;
    start = stop + 1;
  }
  return { messages, count: count + tokens.count };
}

function longestLine(bytes) {
  let longest = 0;
  for (let start = 0, newline = 0; newline >= 0; start = newline + 1) {
    newline = bytes.indexOf(NEWLINE, start);
    longest = Math.max(longest, (newline < 0 ? bytes.length : newline) - start);
  }
  return longest;
}

const bytes = readFileSync(corpusPath());
const capacity = Math.max(BATCH_BYTES, longestLine(bytes));
const tokens = createTokenBatch(capacity, 0);
tokenizeLines(bytes, Math.min(bytes.length, WARM_UP_BYTES), tokens, capacity);
const startedMs = performance.now();
const { messages, count } = tokenizeLines(bytes, bytes.length, tokens, capacity);
const seconds = (performance.now() - startedMs) / 1000;
print({
  name: "qalqan tokenize",
  surface: "tokenize",
  messages,
  tokens: count,
  bytes: bytes.length,
  seconds,
});
