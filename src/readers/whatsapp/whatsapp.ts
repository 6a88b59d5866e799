/**
 * WhatsApp's text export. Lines are held from the header of the unfinished message on; a line that opens with a header of
 * an accepted shape ends it. Nothing is decided before the head of the file has been seen, because the shape of the
 * headers and the order of the dates can only be told from many of them.
 *
 *     hold:  | header Name: text \n more text \n | header Name: ...
 *            ^ #held.start                      ^ #lineStart             ^ #used
 */
import { Batcher, MAX_RECORD_BYTES } from "../batcher.ts";
import type { BatchSink, Format, Reader, ReaderOptions, ReaderReport, Survey } from "../reader.ts";
import { AuthorSplitter } from "./author.ts";
import { createDateEvidence, settleDateOrder, wallTimeMs } from "./dates.ts";
import { createHeader, type Header, SHAPE } from "./header.ts";
import { skipMarks } from "./marks.ts";
import { createHeldMessage, type HeldMessage, MessageWriter } from "./message.ts";
import { type AcceptedShape, createWhatsappCounts, describeWhatsapp, mainDateOrder, type WhatsappCounts } from "./notes.ts";
import { isHeader, MAX_SHAPES, RUN_HEADERS, VOTE_BYTES, voteHead, voteShapes } from "./shapes.ts";
import { WhatsappSurvey } from "./survey.ts";
import { HeaderTemplate } from "./template.ts";

/** Chunks are taken in pieces of this size, which bounds the hold. */
const PIECE_BYTES = 256 << 10;

export const WHATSAPP: Format = {
  name: "whatsapp",
  about: "WhatsApp chat export (_chat.txt, WhatsApp Chat with ....txt, or its zip)",
  extensions: [".txt"],
  sniff: sniffWhatsapp,
  open: (options: ReaderOptions, sink: BatchSink): Reader => new WhatsappReader(options, sink),
  survey: (options: ReaderOptions): Survey => new WhatsappSurvey(options),
};

function sniffWhatsapp(head: Uint8Array): number {
  const vote = voteShapes(head, 0, head.length, new AuthorSplitter());
  let strong = false;
  for (const shape of vote.shapes.keys()) strong ||= (shape & (SHAPE.bracket | SHAPE.dash)) !== 0;
  if (!strong) return 0;
  // Logs look like this too, with years first and hyphens; they have few lines that are not headers, so only a doubt is left.
  if (vote.opens) return vote.headers > 1 ? 0.95 : 0.7;
  return vote.headers > 1 && vote.headers * 10 >= vote.lines ? 0.6 : 0.1;
}

class WhatsappReader implements Reader {
  readonly #options: ReaderOptions;
  readonly #batcher: Batcher;
  readonly #writer: MessageWriter;
  readonly #authors = new AuthorSplitter();
  readonly #header: Header = createHeader();
  readonly #template = new HeaderTemplate();
  readonly #held: HeldMessage = createHeldMessage();
  readonly #stray: StrayRun = { shape: -1, count: 0, start: 0, line: 0 };
  readonly #counts: WhatsappCounts = createWhatsappCounts();
  /** Null until the head has been seen, which is before the first message is handed on. */
  #shapes: Map<number, AcceptedShape> | null = null;

  #hold: Uint8Array = new Uint8Array(2 * VOTE_BYTES);
  #used = 0;
  /** Offset of the first line that has not been looked at, and from where to look for its end. */
  #lineStart = 0;
  #searchFrom = 0;
  /** 1-based number of the line at `#lineStart`. */
  #line = 1;
  /** The rest of the line is thrown away: it is longer than any message may be. */
  #skippingLine = false;

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#options = options;
    this.#batcher = new Batcher(options.source, sink);
    this.#writer = new MessageWriter(this.#batcher, this.#authors);
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      this.#append(chunk, from, Math.min(from + PIECE_BYTES, chunk.length));
      if (this.#shapes !== null || this.#used >= VOTE_BYTES) this.#readLines();
    }
  }

  /** Nothing is complete before the head has been seen, nor the last message before the next one starts. */
  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    this.#readLines();
    // More than once only if a late change of shape sends the reading back to where it began.
    while (this.#lineStart < this.#used) {
      this.#readLine(this.#used);
      this.#readLines();
    }
    this.#endMessage(this.#used);
    this.#batcher.flush();
  }

  report(): ReaderReport {
    const shapes = this.#shapes ?? new Map<number, AcceptedShape>();
    const notes = describeWhatsapp(this.#counts, shapes);
    return { notes, skipped: this.#counts.emptyLines, repaired: 0, dateOrder: mainDateOrder(shapes) };
  }

  #append(chunk: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > this.#hold.length) this.#compact();
    if (this.#used + length > this.#hold.length) {
      const grown = new Uint8Array(Math.max(this.#used + length, 2 * this.#hold.length));
      grown.set(this.#hold.subarray(0, this.#used));
      this.#hold = grown;
    }
    this.#hold.set(chunk.subarray(start, end), this.#used);
    this.#used += length;
  }

  /** Moves what is still needed to the front of the hold: the unfinished message, unless its bytes are of no use any more. */
  #compact(): void {
    const keep = this.#held.start >= 0 && !this.#held.overflown ? this.#held.start : this.#lineStart;
    this.#hold.copyWithin(0, keep, this.#used);
    this.#used -= keep;
    this.#lineStart -= keep;
    this.#searchFrom -= keep;
    this.#stray.start -= keep;
    // The start of an overflown message is gone; that there is one must not be forgotten.
    if (this.#held.start >= 0) this.#held.start = Math.max(0, this.#held.start - keep);
  }

  #readLines(): void {
    this.#shapes ??= this.#lockShapes();
    if (this.#skippingLine && !this.#skipLine()) return;
    // The view ends where the bytes do, so that the search does not run into what an earlier use left behind.
    const view = this.#hold.subarray(0, this.#used);
    for (;;) {
      const newline = view.indexOf(0x0a, this.#searchFrom);
      if (newline < 0) break;
      this.#readLine(newline);
    }
    this.#searchFrom = this.#used;
    if (this.#used - this.#lineStart <= MAX_RECORD_BYTES) return;
    this.#readLine(this.#used);
    this.#skippingLine = true;
    this.#skipLine();
  }

  #lockShapes(): Map<number, AcceptedShape> {
    const { shapes } = voteHead(this.#hold, this.#used, this.#authors);
    return new Map([...shapes].map(([shape, dates]) => [shape, { order: settleDateOrder(dates, shape, this.#options), messages: 0 }]));
  }

  /** @returns whether the end of the line has come. */
  #skipLine(): boolean {
    const newline = this.#hold.subarray(0, this.#used).indexOf(0x0a, this.#lineStart);
    this.#lineStart = newline < 0 ? this.#used : newline + 1;
    this.#searchFrom = this.#lineStart;
    this.#skippingLine = newline < 0;
    if (newline < 0) this.#compact();
    return newline >= 0;
  }

  /** Takes the line from `#lineStart` to `end`, where its line feed or the end of the file is, and moves on. */
  #readLine(end: number): void {
    const bytes = this.#hold;
    const held = this.#held;
    const start = this.#lineStart;
    const line = this.#line++;
    this.#lineStart = end < this.#used ? end + 1 : end;
    this.#searchFrom = this.#lineStart;
    const hasReturn = end > start && bytes[end - 1] === 0x0d;
    const textEnd = hasReturn ? end - 1 : end;
    const isUsual = this.#template.match(bytes, start, textEnd, this.#header);
    const isCandidate = isUsual || (textEnd > start && isHeader(bytes, start, textEnd, this.#header, this.#authors));
    const shape = isCandidate ? this.#shapes!.get(this.#header.shape) : undefined;
    if (shape !== undefined) {
      if (!isUsual) this.#template.learn(bytes, start, this.#header);
      this.#endMessage(start);
      this.#beginMessage(start, textEnd, line, shape);
    } else if (held.start < 0) {
      this.#readPreamble(start, textEnd, line);
    }
    held.hasReturns ||= hasReturn;
    if (held.start >= 0 && end - held.start > MAX_RECORD_BYTES) held.overflown = true;
    if (isCandidate && shape === undefined) this.#countStray(start, end, line);
  }

  #beginMessage(start: number, textEnd: number, line: number, shape: AcceptedShape): void {
    const held = this.#held;
    held.start = start;
    held.contentOffset = this.#header.contentStart - start;
    held.firstLineLength = textEnd - start;
    held.line = line;
    held.marked = this.#header.marked;
    held.dashed = (this.#header.shape & SHAPE.dash) !== 0;
    held.hasReturns = false;
    held.overflown = false;
    held.sentAtMs = wallTimeMs(this.#header, shape.order.order);
    if (Number.isNaN(held.sentAtMs)) held.sentAtMs = this.#correctOrder(line, shape);
    this.#stray.shape = -1;
    shape.messages++;
  }

  /**
   * A date that only exists the other way round settles what was only likely; what all dates of the file were weighed for is not
   * turned round by one of them. @returns its time, NaN if it has none.
   */
  #correctOrder(line: number, shape: AcceptedShape): number {
    const other = shape.order.order === "dmy" ? "mdy" : "dmy";
    const isFinal = shape.order.confidence === 1 || this.#options.known?.dateOrders?.has(this.#header.shape) === true;
    const sentAtMs = isFinal ? Number.NaN : wallTimeMs(this.#header, other);
    if (Number.isNaN(sentAtMs)) {
      this.#counts.impossibleDates++;
      return sentAtMs;
    }
    shape.order = { order: other, confidence: 1 };
    if (this.#counts.orderChangedAt === 0) this.#counts.orderChangedAt = line;
    return sentAtMs;
  }

  /** Ends the unfinished message, if any, before `end`. */
  #endMessage(end: number): void {
    const held = this.#held;
    if (held.start < 0) return;
    if (held.overflown) {
      this.#counts.tooLong++;
      this.#writer.writeTooLong(held.line);
    } else this.#writer.write(this.#hold, held, end);
    held.start = -1;
  }

  #readPreamble(start: number, end: number, line: number): void {
    const from = skipMarks(this.#hold, start, end);
    if (from >= end) {
      this.#counts.emptyLines++;
      return;
    }
    this.#counts.preambleLines++;
    if (end - start > MAX_RECORD_BYTES) {
      this.#counts.tooLong++;
      this.#writer.writeTooLong(line);
    } else this.#writer.writeLine(this.#hold, from, end, line);
  }

  /** Counts a header of a shape that is not accepted; after a long run accepts it and reads the run again. */
  #countStray(start: number, end: number, line: number): void {
    const stray = this.#stray;
    const shapes = this.#shapes!;
    const shape = this.#header.shape;
    if (shape !== stray.shape) {
      stray.shape = shape;
      stray.count = 0;
      stray.start = start;
      stray.line = line;
    }
    if (++stray.count < RUN_HEADERS || shapes.size >= MAX_SHAPES) return;
    const isKept = this.#held.start >= 0 && !this.#held.overflown;
    const from = isKept ? stray.start : start;
    const dates = voteShapes(this.#hold, from, end, this.#authors).shapes.get(shape) ?? createDateEvidence();
    shapes.set(shape, { order: settleDateOrder(dates, shape, this.#options), messages: 0 });
    this.#counts.shapeChangedAt.push(isKept ? stray.line : line);
    stray.shape = -1;
    if (!isKept) return;
    this.#endMessage(from);
    this.#lineStart = from;
    this.#searchFrom = from;
    this.#line = stray.line;
  }
}

/** Headers of one shape that is not accepted, one after another within the unfinished message. */
interface StrayRun {
  /** -1 if there are none. */
  shape: number;
  count: number;
  /** Offset in the hold and number of the line of the first. */
  start: number;
  line: number;
}
