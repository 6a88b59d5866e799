/** Our tokenizer over a corpus of lines, as the pipeline uses it: a batch of bytes is copied in, then read a message at a time. */

/** As many bytes as the pipeline's batches have. */
const BATCH_BYTES = 1 << 19;
const NEWLINE = 10;

/** Where the messages begin and end (`fence`, two places each), and the number of the first message of each batch. */
export function cutLines(bytes) {
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

/**
 * Tokenizes the first `last` messages.
 * @param visit gets the tokens of each message, where given.
 * @returns the number of tokens
 */
export function tokenizeLines(tokenizer, bytes, { fence, batches }, last, visit) {
  let count = 0;
  for (let batch = 0; batch < batches.length && batches[batch] < last; batch++) {
    const stop = Math.min(last, batches[batch + 1] ?? last);
    tokenizer.load(bytes, fence[batches[batch] * 2], fence[stop * 2 - 1]);
    for (let message = batches[batch]; message < stop; message++) {
      const tokens = tokenizer.read(fence[message * 2], fence[message * 2 + 1]);
      count += tokens.count;
      visit?.(tokens);
    }
  }
  return count;
}
