/** Formats whose files are JSON: a table of where records lie and which members count, and a function that makes messages of them. */
import { Batcher, CarryOver, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { createDraft, type Draft, writeDraft } from "../draft.ts";
import { KEPT } from "../field-names.ts";
import { InstantReader } from "../instant.ts";
import { LineSplitter, type LineTarget } from "../line-splitter.ts";
import type { BatchSink, Format, Reader, ReaderOptions, ReaderReport, Survey } from "../reader.ts";
import { JSON_TYPE, JsonCursor } from "./cursor.ts";
import { JsonFields } from "./fields.ts";
import { type JsonHead, readJsonHead } from "./head.ts";
import { describeBreak, KeyCodes, keepMembers, stringText } from "./member.ts";
import { compilePaths } from "./paths.ts";
import { RecordScanner, type RecordTarget } from "./scanner.ts";
import { MAX_JSON_GROWTH, skipSpace } from "./text.ts";

/** How much of a file is waited for to see whether its first line is a record; posts with all their comments are long. */
const MAX_FIRST_LINE = 1 << 20;

/** What a file's records are and how messages are made of them. */
export interface JsonRecords<Path extends string> {
  /** Where records lie in a document (`paths.ts`). */
  readonly records: readonly string[];
  /** Whether records also come one a line, without a document around them. */
  readonly lines?: boolean;
  /** Keys of the objects on the way to the records whose values are asked for. */
  readonly facts?: readonly string[];
  /** The members of a record that are asked for, keys joined by dots. */
  readonly paths: readonly Path[];
  open(options: ReaderOptions): RecordMapper<Path>;
}

export interface JsonFormatSpec<Path extends string> extends JsonRecords<Path> {
  readonly name: string;
  readonly about: string;
  readonly extensions: readonly string[];
  /** How sure the head is of this format, 0..1. */
  sniff(head: JsonHead): number;
  survey?(options: ReaderOptions): Survey;
}

/** Makes messages of records; made anew for every file, so that it may remember. */
export interface RecordMapper<Path extends string> {
  /** An object on the way to records begins, that many containers inside the root. */
  enterObject?(depth: number): void;
  /** A value that `facts` asks for, as JSON, before or after the records. */
  fact?(key: string, value: Uint8Array, depth: number): void;
  /** A sound record. Writes no message, one, or several. */
  read(record: JsonFields<Path>, messages: JsonMessages): void;
  notes?(): readonly string[];
}

/** What a mapper writes messages with. */
export class JsonMessages {
  readonly #batcher: Batcher;
  readonly #instant = new InstantReader();
  readonly #kept: KeyCodes | null;
  readonly #cursor = new JsonCursor(true);
  #line = 0;
  #locator: string | null = null;
  skipped = 0;
  repaired = 0;

  constructor(batcher: Batcher, options: ReaderOptions) {
    this.#batcher = batcher;
    const kept = new Set(options.keepFields);
    this.#kept = kept.size === 0 ? null : new KeyCodes({ codeOf: (name) => (kept.has("*") || kept.has(name) ? KEPT : 0) });
  }

  /** For the reader: where the next messages come from. */
  place(line: number, locator: string | null): void {
    this.#line = line;
    this.#locator = locator;
  }

  /**
   * A message to fill in.
   * @param inside leads from the record to the object it is made of: ".thread.items[0]". Where records are lines it is all of the locator.
   */
  begin(inside = ""): Draft {
    const draft = createDraft(this.#line);
    draft.locator = inside === "" ? this.#locator : (this.#locator ?? "") + inside;
    return draft;
  }

  /** Sets the time from a value of the record, in any form that InstantReader knows. @returns whether it is one. */
  setInstant<Path extends string>(draft: Draft, record: JsonFields<Path>, path: Path): boolean {
    const range = record.range(path);
    if (range === null) return false;
    const quotes = record.bytes[range.start] === 34 ? 1 : 0;
    return this.#instant.fill(draft, record.bytes, range.start + quotes, range.end - quotes);
  }

  /** @param record is the object the message was made of, of which fields are kept. */
  write<Path extends string>(draft: Draft, record: JsonFields<Path>): void {
    const size = this.#kept === null ? 0 : (record.end - record.start) * MAX_JSON_GROWTH;
    const index = writeDraft(this.#batcher, draft, size);
    if (this.#kept === null) return;
    keepMembers(this.#cursor, this.#kept, this.#batcher.batch, index, record.bytes, record.start, record.end, -1);
  }

  fail(code: string, message: string): void {
    this.#batcher.fail(this.#line, code, message, this.#locator);
  }
}

export function jsonFormat<Path extends string>(spec: JsonFormatSpec<Path>): Format {
  const { name, about, extensions } = spec;
  const format: Format = {
    name,
    about,
    extensions,
    sniff: (head) => spec.sniff(readJsonHead(head)),
    open: (options, sink) => openJson(spec, options, sink),
  };
  return spec.survey === undefined ? format : { ...format, survey: (options) => spec.survey!(options) };
}

/** A reader by itself, for formats whose files hold one of several kinds of records. */
export function openJson<Path extends string>(records: JsonRecords<Path>, options: ReaderOptions, sink: BatchSink): Reader {
  return new JsonFormatReader(records, options, sink);
}

class JsonFormatReader<Path extends string> implements Reader, RecordTarget, LineTarget {
  readonly #batcher: Batcher;
  readonly #messages: JsonMessages;
  readonly #mapper: RecordMapper<Path>;
  readonly #fields: JsonFields<Path>;
  readonly #scanner: RecordScanner;
  readonly #lines: LineSplitter;
  readonly #notes: string[] = [];
  /** Keys of a root on the way to records, and whether arrays lie under them, else objects. */
  readonly #documentKeys: ReadonlyMap<string, boolean>;
  /** No document of the format has an object for its root. */
  readonly #objectsAreLines: boolean;
  /** The file's beginning, until it is known whether it is a document; null from then on. */
  #sample: CarryOver | null;
  #isDocument = true;
  #path = "";
  #records = 0;

  constructor(spec: JsonRecords<Path>, options: ReaderOptions, sink: BatchSink) {
    this.#batcher = new Batcher(options.source, sink);
    this.#messages = new JsonMessages(this.#batcher, options);
    this.#mapper = spec.open(options);
    this.#fields = new JsonFields(spec.paths);
    const roots = compilePaths(spec.records);
    this.#scanner = new RecordScanner(roots, new Set(spec.facts), this);
    this.#lines = new LineSplitter(this);
    this.#documentKeys = new Map(roots.flatMap((node) => [...node.members].map(([key, { isArray }]) => [key, isArray] as const)));
    this.#objectsAreLines = roots.every((node) => node.isArray);
    this.#sample = spec.lines === true ? new CarryOver() : null;
  }

  push(chunk: Uint8Array): void {
    if (this.#sample === null) {
      this.#pass(chunk);
      return;
    }
    const sample = this.#sample;
    const known = sample.length;
    const taken = Math.min(chunk.length, MAX_FIRST_LINE + 1 - known);
    sample.append(chunk, 0, taken);
    if (sample.length <= MAX_FIRST_LINE && firstLineEnd(sample.bytes, sample.length, known) < 0) return;
    this.#start();
    this.#pass(chunk.subarray(taken));
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    if (this.#sample !== null) this.#start();
    if (this.#isDocument) this.#finishDocument();
    else this.#lines.finish();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    const { skipped, repaired } = this.#messages;
    return { notes: [...this.#notes, ...(this.#mapper.notes?.() ?? [])], skipped, repaired, dateOrder: null };
  }

  /** Decides by the first line that holds anything, so that it does not depend on when bytes arrive. */
  #start(): void {
    const sample = this.#sample!;
    this.#sample = null;
    const end = Math.min(sample.length, MAX_FIRST_LINE);
    this.#isDocument = !this.#isLine(sample.bytes, end);
    this.#pass(sample.bytes.subarray(0, sample.length));
  }

  #isLine(bytes: Uint8Array, end: number): boolean {
    const lineEnd = firstLineEnd(bytes, end, 0);
    const cursor = new JsonCursor(true);
    let isDocument = false;
    const entered = cursor.enter(bytes, 0, lineEnd < 0 ? end : lineEnd, "{");
    while (entered && cursor.nextMember()) {
      const isArray = this.#documentKeys.get(stringText(bytes, cursor.keyStart, cursor.keyEnd));
      isDocument ||= isArray !== undefined && cursor.valueType === (isArray ? JSON_TYPE.array : JSON_TYPE.object);
    }
    return entered && (this.#objectsAreLines || (cursor.errorAt < 0 && !isDocument));
  }

  #pass(chunk: Uint8Array): void {
    if (this.#isDocument) this.#scanner.push(chunk);
    else this.#lines.push(chunk);
  }

  #finishDocument(): void {
    const { unfinished, foundRecords, unfinishedLine } = this.#scanner;
    if (unfinished === "record") {
      this.#messages.place(unfinishedLine, null);
      this.#messages.fail("E_TRUNCATED", "The file ends in the middle of this message. Export it again.");
    }
    if (unfinished !== "nothing" && foundRecords)
      this.#notes.push(
        `The file breaks off on line ${unfinishedLine}, after ${this.#records} records; what came after it is missing. Export it again.`,
      );
    if (!foundRecords) this.#notes.push("No messages were found where this format has them. Name another format with --from.");
  }

  enterObject(depth: number): void {
    this.#mapper.enterObject?.(depth);
  }

  fact(depth: number, key: string, bytes: Uint8Array, start: number, end: number): void {
    this.#mapper.fact?.(key, bytes.subarray(start, end), depth);
  }

  enterRecords(path: string): void {
    this.#path = path;
  }

  record(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#read(bytes, start, end, line, this.#locator(), start);
  }

  longRecord(line: number): void {
    this.#records++;
    this.#messages.place(line, this.#locator());
    this.#messages.fail(TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was skipped.`);
  }

  noRecord(line: number): void {
    this.#messages.place(line, this.#locator());
    this.#messages.fail("E_JSON", 'Expected a message, an object "{...}", and skipped what stands in its place.');
  }

  line(bytes: Uint8Array, start: number, end: number, number: number): void {
    let from = skipSpace(bytes, start, end);
    let to = end;
    while (to > from && (bytes[to - 1] === 44 || bytes[to - 1] === 32 || bytes[to - 1] === 13)) to--;
    while (from < to && bytes[from] === 44) from = skipSpace(bytes, from + 1, to);
    if (from < to) this.#read(bytes, from, to, number, null, start);
  }

  longLine(number: number): void {
    this.#messages.place(number, null);
    this.#messages.fail(TOO_LONG, `The line is longer than ${MAX_RECORD_SIZE} and was skipped.`);
  }

  #locator(): string {
    return `${this.#path === "" ? "." : this.#path}[${this.#scanner.recordIndex}]`;
  }

  #read(bytes: Uint8Array, start: number, end: number, line: number, locator: string | null, textStart: number): void {
    this.#records++;
    this.#messages.place(line, locator);
    const isSound = this.#fields.read(bytes, start, end);
    const { cursor } = this.#fields;
    if (isSound && cursor.lenient) this.#messages.repaired++;
    const behind = isSound ? skipSpace(bytes, cursor.at, end) : end;
    if (!isSound) this.#messages.fail("E_JSON", describeBreak(cursor, textStart));
    else if (behind < end) this.#messages.fail("E_JSON", "Something follows the object on its line. Write one object a line.");
    else this.#mapper.read(this.#fields, this.#messages);
  }
}

/** End of the first line that holds anything but white space, -1 if it has not ended. It does not end before `from`. */
function firstLineEnd(bytes: Uint8Array, end: number, from: number): number {
  const start = skipSpace(bytes, 0, end);
  const newline = bytes.indexOf(10, Math.max(start, from));
  return newline < 0 || newline >= end ? -1 : newline;
}
