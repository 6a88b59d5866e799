/**
 * Our tokenizer: folds look-alikes, repeats and invisible characters, hashes, and flags scripts, over bytes. Where the
 * lines are is found beforehand, as the string cases get theirs ready cut; copying the bytes in is in the time.
 */
import { readFileSync } from "node:fs";
import { cutLines, tokenizeLines } from "../lines.js";
import { cannotRun, corpusPath, print, WARM_UP_BYTES } from "../measure.js";

const { Tokenizer } = await import("../../dist/text/tokenize.js").catch((error) =>
  cannotRun(`not built, run npm run build first: ${error.message}`),
);

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
