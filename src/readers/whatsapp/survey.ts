import { LineSplitter, type LineTarget } from "../line-splitter.ts";
import type { DateOrder, Known, ReaderOptions, Survey } from "../reader.ts";
import { AuthorSplitter } from "./author.ts";
import { chooseDateOrder, createDateEvidence, type DateEvidence, weighDate } from "./dates.ts";
import { createHeader, type Header } from "./header.ts";
import { isHeader, MAX_SHAPES, RUN_HEADERS, VOTE_BYTES, voteHead } from "./shapes.ts";
import { HeaderTemplate } from "./template.ts";

/**
 * Finds the order of the dates of each shape of header. Votes on shapes by the head as the reader does and goes on weighing
 * dates until every accepted shape's order is certain, which most heads make it, or the file ends. Of the rest of a file it
 * looks at the openings of lines only; it accepts a shape that takes over later as the reader does. What it finds does not depend on
 * how the file is cut, though it may be asked for more than it needs: after the header that settles the last order nothing counts.
 */
export class WhatsappSurvey implements Survey, LineTarget {
  readonly #options: ReaderOptions;
  readonly #authors = new AuthorSplitter();
  readonly #header: Header = createHeader();
  readonly #template = new HeaderTemplate();
  readonly #lines = new LineSplitter(this);
  #head: Uint8Array = new Uint8Array(VOTE_BYTES);
  #used = 0;
  /** Null until the head has been seen. */
  #shapes: Map<number, DateEvidence> | null = null;
  /** Shapes whose order is certain; dates of theirs count no more. */
  readonly #settled = new Set<number>();
  /** Headers of one shape that is not accepted, one after another. */
  #strayShape = -1;
  #strays = 0;
  #strayDates: DateEvidence = createDateEvidence();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  push(chunk: Uint8Array): boolean {
    let from = 0;
    if (this.#shapes === null) {
      from = Math.min(chunk.length, VOTE_BYTES - this.#used);
      this.#head.set(chunk.subarray(0, from), this.#used);
      this.#used += from;
      if (this.#used < VOTE_BYTES) return false;
      this.#vote();
    }
    if (!this.#isDone && from < chunk.length) this.#lines.push(chunk.subarray(from));
    return this.#isDone;
  }

  finish(): Known {
    if (this.#shapes === null) this.#vote();
    this.#lines.finish();
    const dateOrders = new Map<number, DateOrder>();
    for (const [shape, dates] of this.#shapes!) dateOrders.set(shape, chooseDateOrder(dates, shape, this.#options.dateOrder));
    return { dateOrders };
  }

  line(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isDone) return;
    const header = this.#header;
    const isUsual = this.#template.match(bytes, start, end, header);
    if (!isUsual && (end <= start || !isHeader(bytes, start, end, header, this.#authors))) return;
    const dates = this.#shapes!.get(header.shape);
    if (dates === undefined) {
      this.#weighStray(header);
      return;
    }
    if (!isUsual) this.#template.learn(bytes, start, header);
    this.#strayShape = -1;
    if (!this.#settled.has(header.shape) && weighDate(dates, header)) this.#settle(header.shape, dates);
  }

  /** A line of that length is no opening that the reader could do without. */
  longLine(): void {}

  get #isDone(): boolean {
    return this.#settled.size > 0 && this.#settled.size === this.#shapes?.size;
  }

  #vote(): void {
    const vote = voteHead(this.#head, this.#used, this.#authors);
    this.#shapes = new Map(vote.shapes);
    for (const [shape, dates] of vote.shapes) this.#settle(shape, dates);
    // The line that the end of the head cuts off.
    this.#lines.push(this.#head.subarray(vote.end, this.#used));
    this.#head = new Uint8Array(0);
  }

  #settle(shape: number, dates: DateEvidence): void {
    if (chooseDateOrder(dates, shape, this.#options.dateOrder).confidence === 1) this.#settled.add(shape);
  }

  #weighStray(header: Header): void {
    if (header.shape !== this.#strayShape) {
      this.#strayShape = header.shape;
      this.#strays = 0;
      this.#strayDates = createDateEvidence();
    }
    weighDate(this.#strayDates, header);
    if (++this.#strays < RUN_HEADERS || this.#shapes!.size >= MAX_SHAPES) return;
    this.#strayShape = -1;
    this.#shapes!.set(header.shape, this.#strayDates);
    this.#settle(header.shape, this.#strayDates);
  }
}
