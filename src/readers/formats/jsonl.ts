import { Batcher, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { JsonRecordReader } from "../json/common-record.ts";
import { JsonCursor } from "../json/cursor.ts";
import { skipSpace } from "../json/text.ts";
import { LineSplitter, type LineTarget } from "../line-splitter.ts";
import { type BatchSink, type Format, NOTHING_TO_REPORT, type Reader, type ReaderOptions, type ReaderReport } from "../reader.ts";

/** One JSON object a line. Also reads arrays written with an object a line: `[`, `{...},`, `{...}`, `]`. */
export const JSONL: Format = {
  name: "jsonl",
  about: "JSON Lines, one object a line; text and id are found by common names",
  extensions: [".jsonl", ".ndjson", ".jsonlines"],
  sniff,
  open: (options, sink) => new JsonlReader(options, sink),
};

const NEWLINE = 10;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
/** Lines that sniffing tries. */
const SNIFFED_LINES = 20;

class JsonlReader implements Reader, LineTarget {
  readonly #batcher: Batcher;
  readonly #records: JsonRecordReader;
  readonly #splitter: LineSplitter;

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#batcher = new Batcher(options.source, sink);
    this.#records = new JsonRecordReader(options, this.#batcher);
    this.#splitter = new LineSplitter(this);
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    this.#splitter.finish();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    return NOTHING_TO_REPORT;
  }

  line(bytes: Uint8Array, start: number, end: number, number: number): void {
    let at = skipOpening(bytes, start, end);
    while (at < end) {
      at = this.#records.read(bytes, at, end, number, start);
      if (at < 0) return;
      at = skipSpace(bytes, at, end);
      if (at === end) return;
      const next = skipSeparators(bytes, at, end);
      if (next === at) this.#batcher.fail(number, "E_JSON", "Something follows the object on its line. Write one object a line.");
      if (next === at) return;
      at = next;
    }
  }

  longLine(number: number): void {
    this.#batcher.fail(number, TOO_LONG, `The line is longer than ${MAX_RECORD_SIZE}. Write one object a line, without attached files.`);
  }
}

/** Skips what may come before the first object of a line: the opening of an array, or its closing or a comma alone. */
function skipOpening(bytes: Uint8Array, start: number, end: number): number {
  const at = skipSpace(bytes, start, end);
  if (at === end || bytes[at] === OPEN_OBJECT) return at;
  const inside = bytes[at] === OPEN_ARRAY ? skipSpace(bytes, at + 1, end) : at;
  const behind = skipSeparators(bytes, inside, end);
  // "[1]" and the like stay what they are: no object.
  return behind === end || bytes[behind] === OPEN_OBJECT ? behind : at;
}

function skipSeparators(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === COMMA || bytes[at] === CLOSE_ARRAY)) at = skipSpace(bytes, at + 1, end);
  return at;
}

function sniff(head: Uint8Array): number {
  const cursor = new JsonCursor();
  let start = 0;
  let tried = 0;
  let sound = 0;
  while (start < head.length && tried < SNIFFED_LINES) {
    const newline = head.indexOf(NEWLINE, start);
    const end = newline < 0 ? head.length : newline;
    const at = skipOpening(head, start, end);
    if (at < end) {
      if (head[at] !== OPEN_OBJECT) return 0;
      tried++;
      let opened = cursor.enter(head, at, end, "{");
      while (opened && cursor.nextMember()) opened = true;
      // The last line may be cut off by the end of the head; that it starts well is enough.
      if (cursor.errorAt < 0 || (newline < 0 && cursor.errorAt === end && cursor.keyEnd > 0)) sound++;
    }
    start = end + 1;
  }
  return sound > 0 && sound * 2 >= tried ? 0.9 : 0;
}
