/** What every case shares: messages in, the clock round the work, one JSON line out. A case is a process of its own. */
import { readFileSync } from "node:fs";

/** Enough for the compiler to settle. Cases of a small slice warm up on all of it. */
export const WARM_UP_BYTES = 2e6;
const NEWLINE = 10;
/** Exit status of a case that cannot run here; the reason is on stderr. */
export const CANNOT_RUN = 3;

export function corpusPath() {
  const path = process.argv[2];
  if (path === undefined) cannotRun("name the corpus file: node bench/cases/CASE.js CORPUS_FILE (bench/corpus.js makes one)");
  return path;
}

/** The corpus as strings, for those that read strings. Reading, decoding and cutting into lines is not in their time. */
export function readMessages() {
  const text = readFileSync(corpusPath(), "utf8");
  return text.slice(0, text.endsWith("\n") ? -1 : undefined).split("\n");
}

/**
 * Runs `work` over `messages` once, after a warm-up over the first of them.
 * @param work takes messages and returns what it counted, so that nothing can be optimised away.
 * @returns seconds of the second run and its count.
 */
export function timed(messages, work) {
  work(messages.slice(0, Math.ceil((messages.length * WARM_UP_BYTES) / byteLengthOf(messages))));
  const startedMs = performance.now();
  const count = work(messages);
  return { seconds: (performance.now() - startedMs) / 1000, count };
}

export function byteLengthOf(messages) {
  return messages.reduce((bytes, message) => bytes + Buffer.byteLength(message) + 1, 0);
}

/** How many lines and bytes a file has; the corpus ends with a newline. */
export function countLines(path) {
  const bytes = readFileSync(path);
  let messages = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) messages++;
  return { messages, bytes: bytes.length };
}

/**
 * Prints the line.
 * @param peakRssMb this process's own unless given; null where it is not known.
 * @param matches messages flagged or lines found, where that is counted.
 * @param slice whether the messages are a part of the corpus.
 * @param note a remark that belongs to the figures.
 */
export function print({ name, surface, messages, tokens, matches, bytes, seconds, peakRssMb = ownPeakRssMb(), slice = false, note }) {
  if (tokens !== undefined && !(tokens > 0)) throw new Error(`${name} found no tokens in ${messages} messages`);
  const figures = {
    messages,
    ...(tokens === undefined ? {} : { tokens }),
    ...(matches === undefined ? {} : { matches }),
    bytes,
    seconds,
  };
  const rates = {
    messagesPerSecond: messages / seconds,
    megabytesPerSecond: bytes / 1e6 / seconds,
    peakRssMb,
  };
  console.log(
    JSON.stringify({
      case: name,
      surface,
      ...figures,
      ...rates,
      ...(slice ? { slice } : {}),
      ...(note === undefined ? {} : { note }),
    }),
  );
}

/**
 * Times a rival's tokenizer over the corpus as strings and prints its line.
 * @param countTokens of one message
 */
export function measureTokenizer(name, countTokens) {
  const messages = readMessages();
  const { seconds, count } = timed(messages, (some) => some.reduce((tokens, message) => tokens + countTokens(message), 0));
  print({ name, surface: "tokenize", messages: messages.length, tokens: count, bytes: byteLengthOf(messages), seconds });
}

export function cannotRun(reason) {
  console.error(reason);
  process.exit(CANNOT_RUN);
}

/**
 * The high-water mark of resident memory in MiB. From /proc where there is one: getrusage's figure of a child starts at
 * what its parent had when it was forked.
 */
export function ownPeakRssMb() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
