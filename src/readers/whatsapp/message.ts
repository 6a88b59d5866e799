import { beginMessage, KIND, type MessageBatch, PART, setRange, TIME } from "../../core/message.ts";
import { appendPart, type Batcher, copyBytes, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import type { AuthorSplitter } from "./author.ts";
import { type BodyContext, classifyBody } from "./body.ts";
import { copyName, skipMarks } from "./marks.ts";
import type { Body } from "./tokens.ts";

/** A message whose lines are being gathered. Offsets but `start` count from `start`. */
export interface HeldMessage {
  /** Offset of the header in the hold, -1 if there is no message. */
  start: number;
  contentOffset: number;
  firstLineLength: number;
  line: number;
  /** Wall time, NaN if unknown. */
  sentAtMs: number;
  /** The header's line opens with a direction mark. */
  marked: boolean;
  /** The header ends in a dash. */
  dashed: boolean;
  /** Some line ends in CRLF. */
  hasReturns: boolean;
  /** It is longer than a message may be; its bytes are gone. */
  overflown: boolean;
}

export function createHeldMessage(): HeldMessage {
  return {
    start: -1,
    contentOffset: 0,
    firstLineLength: 0,
    line: 0,
    sentAtMs: Number.NaN,
    marked: false,
    dashed: false,
    hasReturns: false,
    overflown: false,
  };
}

/** Puts finished messages into the batch. */
export class MessageWriter {
  readonly #batcher: Batcher;
  readonly #authors: AuthorSplitter;
  readonly #body: Body = { kind: 0, edited: false, textStart: 0, textEnd: 0 };
  readonly #context: BodyContext;

  constructor(batcher: Batcher, authors: AuthorSplitter) {
    this.#batcher = batcher;
    this.#authors = authors;
    this.#context = {
      marked: false,
      dashed: false,
      first: true,
      isAuthor: (bytes, start, end) => authors.isKnown(bytes, start, end),
    };
  }

  /** @param stop offset after the last line of the message, line ends included */
  write(bytes: Uint8Array, held: HeldMessage, stop: number): void {
    const contentStart = held.start + held.contentOffset;
    const lineEnd = held.start + held.firstLineLength;
    let end = stop;
    while (end > contentStart && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
    this.#batcher.reserve(end - contentStart);
    const batch = this.#batcher.batch;
    const index = beginMessage(batch, held.line);
    batch.sentAtMs[index] = held.sentAtMs;
    batch.timeKind[index] = Number.isNaN(held.sentAtMs) ? TIME.none : TIME.local;
    const authors = this.#authors;
    const body = this.#body;
    if (authors.split(bytes, contentStart, lineEnd)) {
      const from = batch.used;
      batch.used = copyName(bytes, contentStart, authors.authorEnd, batch.bytes, from);
      if (batch.used > from) setRange(batch, index, PART.author, from, batch.used);
      const textStart = Math.min(authors.textStart, end);
      this.#context.marked = held.marked;
      this.#context.dashed = held.dashed;
      classifyBody(bytes, textStart, Math.max(textStart, Math.min(lineEnd, end)), end, this.#context, body);
    } else {
      body.kind = KIND.system;
      body.edited = false;
      body.textStart = skipMarks(bytes, contentStart, end);
      body.textEnd = end;
    }
    batch.kind[index] = body.kind;
    if (body.edited) batch.edited[index] = 1;
    const from = batch.used;
    batch.used =
      held.hasReturns && end > lineEnd
        ? copyLines(bytes, body.textStart, body.textEnd, batch, from)
        : copyBytes(bytes, body.textStart, body.textEnd, batch.bytes, from);
    setRange(batch, index, PART.text, from, batch.used);
    this.#context.first = false;
  }

  /** A line that belongs to no message: somebody wrote it, so it is scanned. */
  writeLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#batcher.reserve(end - start);
    const batch = this.#batcher.batch;
    appendPart(batch, beginMessage(batch, line), PART.text, bytes, start, end);
  }

  writeTooLong(line: number): void {
    this.#batcher.fail(line, TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was not read.`);
  }
}

/** Copies text without the CR of its line ends. @returns the end of the copy. */
function copyLines(bytes: Uint8Array, start: number, end: number, batch: MessageBatch, at: number): number {
  let to = at;
  for (let from = start; from < end; ) {
    let stop = bytes.indexOf(0x0d, from);
    if (stop < 0 || stop >= end) stop = end;
    // A CR that does not end a line is text.
    const copied = stop < end && bytes[stop + 1] !== 0x0a ? stop + 1 : stop;
    to = copyBytes(bytes, from, copied, batch.bytes, to);
    from = Math.max(copied, stop + 1);
  }
  return to;
}
