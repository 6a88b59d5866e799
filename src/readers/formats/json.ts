import { Batcher, CarryOver, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { JsonRecordReader } from "../json/common-record.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import { type JsonHead, readJsonHead } from "../json/head.ts";
import { compilePaths } from "../json/paths.ts";
import { RecordScanner, type RecordTarget } from "../json/scanner.ts";
import { shapeOf } from "../json/shape.ts";
import { skipSpace } from "../json/text.ts";
import { type BatchSink, type Format, HEAD_BYTES, type Reader, type ReaderOptions, type ReaderReport } from "../reader.ts";
import { afterByteOrderMark } from "../utf8.ts";

/**
 * JSON of any shape that no other format knows: an array of objects, objects with arrays of objects under any keys, objects
 * that are messages themselves, one after another, or a message with lists of messages in it.
 */
export const JSON_DOCUMENT: Format = {
  name: "json",
  about: "any other JSON with a list of objects in it; text and id are found by common names",
  extensions: [".json"],
  sniff,
  open: (options, sink) => new JsonDocumentReader(options, sink),
};

const LISTS = compilePaths(["[]", "*[]", "*.*[]", "*.*.*[]"]);
const NEWLINE = 10;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;
/** Objects without a text that an array may begin with and that still become error records when one with a text comes. */
const MAX_WAITING = 100;
/** Keys named where no text was found. */
const MAX_KEYS = 20;

/** What stands in the place of a message, until it is known whether its array holds messages. */
interface Waiting {
  readonly line: number;
  readonly locator: string | null;
  readonly code: string;
  readonly message: string;
  /** An error whatever else the array holds. */
  readonly isSure: boolean;
}

class JsonDocumentReader implements Reader, RecordTarget {
  readonly #options: ReaderOptions;
  readonly #batcher: Batcher;
  readonly #records: JsonRecordReader;
  readonly #scanner: RecordScanner;
  /** The file's beginning, until it is known whether its root is a message; null from then on. */
  #sample: CarryOver | null = new CarryOver();
  /** The objects at the root are messages: the scanner is told that they lie in an array. */
  #rootIsRecord = false;
  #path = "";
  /** Whether the array has held a text. */
  #holdsTexts = false;
  /** Objects at the beginning of the array, up to MAX_WAITING, that had no text. */
  #waiting: Waiting[] = [];
  /** Objects of the array before the first text. */
  #textless = 0;
  #skipped = 0;
  #foundText = false;
  readonly #rootNotes: string[] = [];
  readonly #keysSeen = new Set<string>();

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#options = options;
    this.#batcher = new Batcher(options.source, sink);
    this.#records = new JsonRecordReader(options, this.#batcher);
    this.#scanner = new RecordScanner(LISTS, new Set(), this);
  }

  push(chunk: Uint8Array): void {
    if (this.#sample === null) {
      this.#scanner.push(chunk);
      return;
    }
    // One byte more than is looked at, so that the decision does not depend on how the bytes arrive.
    const taken = Math.min(chunk.length, HEAD_BYTES + 1 - this.#sample.length);
    this.#sample.append(chunk, 0, taken);
    if (this.#sample.length <= HEAD_BYTES) return;
    this.#start();
    this.#scanner.push(chunk.subarray(taken));
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    if (this.#sample !== null) this.#start();
    if (this.#scanner.unfinished === "record") {
      this.#wait("E_TRUNCATED", "The file ends in the middle of this object. Export it again.", this.#scanner.unfinishedLine, 1, true);
    }
    this.#endArray();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    const notes = [...this.#rootNotes];
    const { unfinished, unfinishedLine } = this.#scanner;
    const breaksOff = this.#rootIsRecord ? unfinished === "record" : unfinished !== "nothing";
    if (breaksOff) notes.push(`The file breaks off on line ${unfinishedLine}; what came after it is missing. Export it again.`);
    if (!this.#foundText) notes.push(this.#describeNothing());
    return { notes, skipped: this.#skipped, repaired: this.#records.repaired, dateOrder: null };
  }

  enterObject(): void {}

  fact(): void {}

  enterRecords(path: string): void {
    this.#endArray();
    this.#path = path;
  }

  record(bytes: Uint8Array, start: number, end: number, line: number): void {
    const isSound = this.#records.look(bytes, start, end) >= 0;
    if (this.#records.hasText) {
      this.#holdsTexts = true;
      this.#foundText = true;
      this.#settle();
    }
    if (this.#holdsTexts) this.#records.write(line, start, this.#locator());
    else if (!isSound) this.#wait("E_JSON", this.#records.describe(start), line, 0, true);
    else if (this.#textless++ >= MAX_WAITING) this.#skipped++;
    else {
      this.#rememberKeys();
      this.#wait("E_NO_TEXT", this.#records.describe(start), line);
    }
  }

  longRecord(line: number): void {
    this.#wait(TOO_LONG, `The object is longer than ${MAX_RECORD_SIZE} and was skipped.`, line, 0, true);
  }

  noRecord(line: number): void {
    this.#wait("E_JSON", 'Expected a message, an object "{...}", and skipped what stands in its place.', line);
  }

  /** Decides by the file's beginning what its root is. */
  #start(): void {
    const sample = this.#sample!;
    this.#sample = null;
    const bytes = sample.bytes.subarray(0, sample.length);
    const from = afterByteOrderMark(bytes, 0, bytes.length);
    const head = bytes.subarray(from, HEAD_BYTES);
    const shape = head[skipSpace(head, 0, head.length)] === OPEN_OBJECT ? shapeOf(readJsonHead(head), this.#options) : "arrays";
    this.#rootIsRecord = shape === "record" || (shape === "both" && !this.#readRoot(head));
    if (this.#rootIsRecord) this.#scanner.push(Uint8Array.of(OPEN_ARRAY));
    this.#scanner.push(bytes.subarray(from));
  }

  /** Reads the text of a root object that also has lists, as a post has comments. @returns false if it is one object of several. */
  #readRoot(head: Uint8Array): boolean {
    const start = skipSpace(head, 0, head.length);
    const end = this.#records.look(head, start, head.length);
    if (end >= 0 && head[skipSpace(head, end, head.length)] === OPEN_OBJECT) return false;
    if (this.#records.hasText) {
      this.#foundText = true;
      this.#records.write(1 + countNewlines(head, start), start, ".");
    } else {
      this.#skipped++;
      this.#rootNotes.push(
        "The object around the lists is too long to be read as a message; if it has a text of its own, that was passed over.",
      );
    }
    return true;
  }

  /** Puts an error record in the place of a message, now or when it is known that messages lie there. */
  #wait(code: string, message: string, line: number, ahead = 0, isSure = false): void {
    this.#waiting.push({ line, locator: this.#locator(ahead), code, message, isSure });
    if (this.#holdsTexts || this.#waiting.length > MAX_WAITING) this.#settle();
  }

  #settle(): void {
    for (const { line, locator, code, message, isSure } of this.#waiting) {
      if (!isSure && !this.#holdsTexts) this.#skipped++;
      else this.#batcher.fail(line, code, message, locator);
    }
    this.#waiting = [];
  }

  #endArray(): void {
    this.#settle();
    this.#holdsTexts = false;
    this.#textless = 0;
  }

  /** @param ahead counts from the record the scanner has come to. */
  #locator(ahead = 0): string | null {
    if (this.#rootIsRecord) return null;
    return `${this.#path === "" ? "." : this.#path}[${this.#scanner.recordIndex + ahead}]`;
  }

  #rememberKeys(): void {
    if (this.#textless > 1) return;
    for (const key of this.#records.keys()) if (this.#keysSeen.size < MAX_KEYS) this.#keysSeen.add(key);
  }

  #describeNothing(): string {
    if (this.#keysSeen.size === 0) return "No list of objects was found in this JSON. Name another format with --from.";
    const keys = [...this.#keysSeen].join(", ");
    return `No object held a text. The keys seen are ${keys}. Name the one that holds the text with --text-field; dots lead into objects, as in data.body.`;
  }
}

function countNewlines(bytes: Uint8Array, end: number): number {
  let count = 0;
  for (let at = 0; at < end; at++) if (bytes[at] === NEWLINE) count++;
  return count;
}

function sniff(bytes: Uint8Array): number {
  const start = skipSpace(bytes, 0, bytes.length);
  if (bytes[start] !== OPEN_OBJECT && bytes[start] !== OPEN_ARRAY) return 0;
  const head = readJsonHead(bytes);
  if (shapeOf(head, { source: "" }) !== "nothing") return 0.6;
  const inside = skipSpace(bytes, start + 1, bytes.length);
  const isEmpty = bytes[inside] === bytes[start]! + 2 && skipSpace(bytes, inside + 1, bytes.length) === bytes.length;
  return isEmpty || holdsMembers(head) ? 0.2 : 0;
}

/** Whether the root holds keys, objects, lists or strings: `[12:30] hello` and `{hello}` begin with a bracket, too. */
function holdsMembers(head: JsonHead): boolean {
  for (const path of head.paths()) if (path !== "" && path !== "[]") return true;
  const type = head.typeOf("[]");
  return type === JSON_TYPE.object || type === JSON_TYPE.array || type === JSON_TYPE.string;
}
