/**
 * WhatsApp's text export. Lines are held from the header of the unfinished message on; a line that opens with a header of
 * an accepted shape ends it. Nothing is decided before the head of the file has been seen, because the shape of the
 * headers and the order of the dates can only be told from many of them.
 *
 *     hold:  | header Name: text \n more text \n | header Name: ...
 *            ^ #messageStart     ^ #lineEnd      ^ #lineStart       ^ #used
 */
import { beginMessage, failMessage, KIND, type MessageBatch, PART, setRange, TIME } from "../core/message.ts";
import { appendPart, Batcher, copyBytes, MAX_RECORD_BYTES, TOO_LONG } from "./batcher.ts";
import type { BatchSink, Format, Reader, ReaderOptions } from "./reader.ts";
import { AuthorSplitter } from "./whatsapp-author.ts";
import { type Body, type BodyContext, classifyBody } from "./whatsapp-body.ts";
import { type DateOrder, ORDER, wallTimeMs } from "./whatsapp-dates.ts";
import { createHeader, type Header, SHAPE } from "./whatsapp-header.ts";
import { copyName, skipMarks } from "./whatsapp-marks.ts";
import { describeWhatsapp, type WhatsappCounts } from "./whatsapp-notes.ts";
import { isHeader, RUN_HEADERS, type Shapes, voteShapes } from "./whatsapp-shapes.ts";
import { HeaderTemplate } from "./whatsapp-template.ts";

/** How much of the file is seen before the first message is handed on. */
const HEAD_BYTES = 256 << 10;
/** Chunks are taken in pieces of this size, which bounds the hold. */
const PIECE_BYTES = 256 << 10;
/** A file of more shapes than this is hostile. */
const MAX_SHAPES = 64;

export const WHATSAPP: Format = {
  name: "whatsapp",
  about: "WhatsApp chat export (_chat.txt, WhatsApp Chat with ....txt, or its zip)",
  extensions: [".txt"],
  sniff: sniffWhatsapp,
  open: (options: ReaderOptions, sink: BatchSink): Reader => new WhatsappReader(options, sink),
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
  readonly #batcher: Batcher;
  readonly #authors = new AuthorSplitter();
  readonly #header: Header = createHeader();
  readonly #template = new HeaderTemplate();
  readonly #body: Body = { kind: 0, textStart: 0, textEnd: 0 };
  readonly #context: BodyContext;
  readonly #counts: WhatsappCounts = { messages: 0, preambleLines: 0, tooLong: 0, impossibleDates: 0, orderChangedAt: 0, shapeChangedAt: [] };
  /** Null until the head has been seen. */
  #shapes: Shapes | null = null;

  #hold: Uint8Array = new Uint8Array(2 * HEAD_BYTES);
  #used = 0;
  /** Offset in the hold of the first line that has not been looked at, and from where to look for its end. */
  #lineStart = 0;
  #searchFrom = 0;
  /** 1-based number of the line at `#lineStart`. */
  #line = 1;
  /** The rest of the line is thrown away: it is longer than any message may be. */
  #skippingLine = false;

  /** Offset in the hold of the unfinished message, -1 if there is none. The next two count from it. */
  #messageStart = -1;
  #contentOffset = 0;
  #firstLineLength = 0;
  #messageLine = 0;
  #sentAtMs = Number.NaN;
  /** Some line of the message ends in CRLF. */
  #hasReturns = false;
  /** The unfinished message is too long; its bytes are gone. */
  #overflown = false;

  /** Headers of one shape that is not accepted, in a row, within the unfinished message. */
  #strayShape = -1;
  #strayCount = 0;
  #strayStart = 0;
  #strayLine = 0;

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#batcher = new Batcher(options.source, sink);
    this.#context = { marked: false, first: true, isAuthor: (bytes, start, end) => this.#authors.isKnown(bytes, start, end) };
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      this.#append(chunk, from, Math.min(from + PIECE_BYTES, chunk.length));
      if (this.#shapes !== null || this.#used >= HEAD_BYTES) this.#readLines();
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

  notes(): readonly string[] {
    return describeWhatsapp(this.#counts, this.#shapes ?? new Map());
  }

  #append(chunk: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > this.#hold.length) {
      this.#compact();
      if (this.#used + length > this.#hold.length) {
        const grown = new Uint8Array(Math.max(this.#used + length, 2 * this.#hold.length));
        grown.set(this.#hold.subarray(0, this.#used));
        this.#hold = grown;
      }
    }
    this.#hold.set(chunk.subarray(start, end), this.#used);
    this.#used += length;
  }

  /** Moves the unfinished message to the front of the hold. */
  #compact(): void {
    const keep = this.#messageStart >= 0 && !this.#overflown ? this.#messageStart : this.#lineStart;
    this.#hold.copyWithin(0, keep, this.#used);
    this.#used -= keep;
    this.#lineStart -= keep;
    this.#searchFrom -= keep;
    this.#strayStart -= keep;
    if (this.#messageStart >= 0) this.#messageStart -= keep;
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

  #lockShapes(): Shapes {
    const head = this.#hold.subarray(0, Math.min(this.#used, HEAD_BYTES));
    const whole = this.#used < HEAD_BYTES ? this.#used : head.lastIndexOf(0x0a) + 1;
    return voteShapes(head, 0, whole > 0 ? whole : head.length, this.#authors).shapes;
  }

  /** @returns whether the end of the line has come. */
  #skipLine(): boolean {
    const newline = this.#hold.subarray(0, this.#used).indexOf(0x0a, Math.min(this.#lineStart, this.#used));
    if (newline < 0) {
      this.#lineStart = this.#used;
      this.#compact();
      return false;
    }
    this.#lineStart = newline + 1;
    this.#searchFrom = newline + 1;
    this.#skippingLine = false;
    return true;
  }

  /** Takes the line from `#lineStart` to `end`, where its line feed or the end of the file is, and moves on. */
  #readLine(end: number): void {
    const bytes = this.#hold;
    const start = this.#lineStart;
    const line = this.#line;
    this.#lineStart = end < this.#used ? end + 1 : end;
    this.#searchFrom = this.#lineStart;
    this.#line++;
    const hasReturn = end > start && bytes[end - 1] === 0x0d;
    const textEnd = hasReturn ? end - 1 : end;
    const isUsual = this.#template.match(bytes, start, textEnd, this.#header);
    const isCandidate = isUsual || (textEnd > start && isHeader(bytes, start, textEnd, this.#header, this.#authors));
    const order = isCandidate ? this.#shapes!.get(this.#header.shape) : undefined;
    if (order !== undefined) {
      if (!isUsual) this.#template.learn(bytes, start, this.#header);
      this.#endMessage(start);
      this.#beginMessage(start, textEnd, line, order);
    } else if (this.#messageStart < 0) {
      this.#readPreamble(start, textEnd, line);
    }
    this.#hasReturns ||= hasReturn;
    if (this.#messageStart >= 0 && end - this.#messageStart > MAX_RECORD_BYTES) this.#overflown = true;
    if (isCandidate && order === undefined) this.#countStray(start, end, line);
  }

  #beginMessage(start: number, textEnd: number, line: number, order: DateOrder): void {
    const header = this.#header;
    this.#messageStart = start;
    this.#contentOffset = header.contentStart - start;
    this.#firstLineLength = textEnd - start;
    this.#messageLine = line;
    this.#context.marked = header.marked;
    this.#hasReturns = false;
    this.#overflown = false;
    this.#strayShape = -1;
    this.#sentAtMs = wallTimeMs(header, order.order);
    if (!Number.isNaN(this.#sentAtMs)) return;
    // A date that only exists the other way round settles what was only likely.
    const other = order.order === ORDER.dayMonthYear ? ORDER.monthDayYear : ORDER.dayMonthYear;
    const swapped = order.certain ? Number.NaN : wallTimeMs(header, other);
    this.#sentAtMs = swapped;
    if (Number.isNaN(swapped)) {
      this.#counts.impossibleDates++;
      return;
    }
    this.#shapes!.set(header.shape, { order: other, certain: true });
    if (this.#counts.orderChangedAt === 0) this.#counts.orderChangedAt = line;
  }

  /** Ends the unfinished message, if any, before `end`. */
  #endMessage(end: number): void {
    const start = this.#messageStart;
    if (start < 0) return;
    this.#messageStart = -1;
    const batch = this.#batcher.batch;
    if (this.#overflown) {
      this.#overflown = false;
      this.#fail(this.#messageLine);
      return;
    }
    const bytes = this.#hold;
    while (end > start && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
    const contentStart = start + this.#contentOffset;
    const lineEnd = start + this.#firstLineLength;
    if (end < contentStart) end = contentStart;
    this.#batcher.reserve(end - start);
    const index = beginMessage(batch, this.#messageLine);
    batch.sentAtMs[index] = this.#sentAtMs;
    batch.timeKind[index] = Number.isNaN(this.#sentAtMs) ? TIME.none : TIME.local;
    const authors = this.#authors;
    const body = this.#body;
    if (authors.split(bytes, contentStart, lineEnd)) {
      const from = batch.used;
      batch.used = copyName(bytes, contentStart, authors.authorEnd, batch.bytes, from);
      if (batch.used > from) setRange(batch, index, PART.author, from, batch.used);
      const textStart = Math.min(authors.textStart, end);
      classifyBody(bytes, textStart, Math.max(textStart, Math.min(lineEnd, end)), end, this.#context, body);
    } else {
      body.kind = KIND.system;
      body.textStart = Math.min(skipMarks(bytes, contentStart, end), end);
      body.textEnd = end;
    }
    batch.kind[index] = body.kind;
    const from = batch.used;
    batch.used = this.#hasReturns ? copyLines(bytes, body.textStart, body.textEnd, batch, from) : copyBytes(bytes, body.textStart, body.textEnd, batch.bytes, from);
    setRange(batch, index, PART.text, from, batch.used);
    this.#counts.messages++;
    this.#context.first = false;
  }

  /** Lines before the first header: somebody wrote them, so they are scanned, one message each. */
  #readPreamble(start: number, end: number, line: number): void {
    const from = skipMarks(this.#hold, start, end);
    if (from >= end) return;
    this.#counts.preambleLines++;
    if (end - start > MAX_RECORD_BYTES) {
      this.#fail(line);
      return;
    }
    const batch = this.#batcher.batch;
    this.#batcher.reserve(end - from);
    appendPart(batch, beginMessage(batch, line), PART.text, this.#hold, from, end);
  }

  #fail(line: number): void {
    this.#counts.tooLong++;
    this.#batcher.reserve(0);
    failMessage(this.#batcher.batch, beginMessage(this.#batcher.batch, line), TOO_LONG, "The message is longer than 16 MiB and was not read.");
  }

  /** Counts a header of a shape that is not accepted; after a long run accepts it and reads the run again. */
  #countStray(start: number, end: number, line: number): void {
    const shape = this.#header.shape;
    if (shape !== this.#strayShape) {
      this.#strayShape = shape;
      this.#strayCount = 0;
      this.#strayStart = start;
      this.#strayLine = line;
    }
    if (++this.#strayCount < RUN_HEADERS || this.#shapes!.size >= MAX_SHAPES) return;
    const kept = this.#messageStart >= 0 && !this.#overflown;
    const region = kept ? this.#strayStart : start;
    const vote = voteShapes(this.#hold, region, end, this.#authors);
    this.#shapes!.set(shape, vote.shapes.get(shape) ?? { order: ORDER.dayMonthYear, certain: false });
    this.#counts.shapeChangedAt.push(kept ? this.#strayLine : line);
    this.#strayShape = -1;
    if (!kept) return;
    this.#endMessage(region);
    this.#lineStart = region;
    this.#searchFrom = region;
    this.#line = this.#strayLine;
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
