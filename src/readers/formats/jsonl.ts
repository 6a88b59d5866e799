import { Batcher, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { JsonRecordReader } from "../json/common-record.ts";
import { JsonCursor } from "../json/cursor.ts";
import { readJsonHead } from "../json/head.ts";
import { shapeOf } from "../json/shape.ts";
import { skipSpace } from "../json/text.ts";
import { LineSplitter, type LineTarget } from "../line-splitter.ts";
import { type BatchSink, type Format, NOTHING_TO_REPORT, type Reader, type ReaderOptions, type ReaderReport } from "../reader.ts";

/** One JSON object a line, a comma behind it or not. Arrays, also with an object a line, are read as json. */
export const JSONL: Format = {
  name: "jsonl",
  about: "JSON Lines, one object a line; text and id are found by common names",
  extensions: [".jsonl", ".ndjson", ".jsonlines"],
  sniff,
  open: (options, sink) => new JsonlReader(options, sink),
};

const NEWLINE = 10;
const COMMA = 44;
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
    return { ...NOTHING_TO_REPORT, repaired: this.#records.repaired };
  }

  line(bytes: Uint8Array, start: number, end: number, number: number): void {
    let at = skipSeparators(bytes, skipSpace(bytes, start, end), end);
    while (at < end) {
      at = this.#records.look(bytes, at, end);
      this.#records.write(number, start, null);
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

/** Commas between objects, and the bracket that closes an array whose beginning is missing. */
function skipSeparators(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === COMMA || bytes[at] === CLOSE_ARRAY)) at = skipSpace(bytes, at + 1, end);
  return at;
}

/** Lines whose first object holds a text are surest. An object whose texts lie in arrays is a document, however it is written. */
function sniff(head: Uint8Array): number {
  const { tried, sound } = countObjects(head);
  if (sound === 0 || sound * 2 < tried) return 0;
  const shape = shapeOf(readJsonHead(head), { source: "" });
  if (shape === "record" || (shape === "both" && tried > 1)) return 0.9;
  return shape !== "nothing" ? 0 : tried > 1 ? 0.3 : 0.15;
}

function countObjects(head: Uint8Array): { readonly tried: number; readonly sound: number } {
  const cursor = new JsonCursor();
  let start = 0;
  let tried = 0;
  let sound = 0;
  while (start < head.length && tried < SNIFFED_LINES) {
    const newline = head.indexOf(NEWLINE, start);
    const end = newline < 0 ? head.length : newline;
    const at = skipSeparators(head, skipSpace(head, start, end), end);
    if (at < end) {
      if (head[at] !== OPEN_OBJECT) return { tried: 1, sound: 0 };
      tried++;
      let opened = cursor.enter(head, at, end, "{");
      while (opened && cursor.nextMember()) opened = true;
      // The last line may be cut off by the end of the head; that it starts well is enough.
      if (cursor.errorAt < 0 || (newline < 0 && cursor.errorAt === end && cursor.keyEnd > 0)) sound++;
    }
    start = end + 1;
  }
  return { tried, sound };
}
