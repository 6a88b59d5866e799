import { Batcher } from "../batcher.ts";
import { createDraft, type Draft, writeDraft } from "../draft.ts";
import type { BatchSink, Reader, ReaderOptions, ReaderReport } from "../reader.ts";
import { HtmlPage, MAX_TAG, type PageTarget } from "./page.ts";

/**
 * What a format knows of its pages. On an element that is a message it calls `beginMessage` of the reader, and `write`
 * when that element is closed, which happens sooner or later.
 */
export interface MessageFinder extends Omit<PageTarget, "broken"> {
  /** The program that writes such pages, for notes. */
  readonly program: string;
  /** Rows so far that are no messages. */
  readonly skipped: number;
}

/** Reads one page of HTML with messages in it, one element each. A message that another begins in has ended. */
export class HtmlReader implements Reader {
  readonly #batcher: Batcher;
  readonly #page: HtmlPage;
  readonly #finder: MessageFinder;
  readonly #notes: string[] = [];
  #count = 0;
  #isOpen = false;
  /** The end of the open message is missing. */
  #isCut = false;

  constructor(options: ReaderOptions, sink: BatchSink, createFinder: (reader: HtmlReader) => MessageFinder) {
    this.#batcher = new Batcher(options.source, sink);
    const finder = createFinder(this);
    this.#finder = finder;
    this.#page = new HtmlPage({
      open: (tag, attributes, within) => finder.open(tag, attributes, within),
      close: (tag, role, isWhole) => finder.close(tag, role, isWhole),
      text: (piece, role) => finder.text(piece, role),
      broken: (line) => this.#skipBroken(line),
    });
  }

  push(chunk: Uint8Array): void {
    this.#page.push(chunk);
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    this.#page.finish();
    if (this.#isOpen) this.#notes.push(`The file ends in the middle of message ${this.#count}; export it again.`);
    else if (this.#count > 0 && !this.#page.ended) {
      this.#notes.push(`The file breaks off after message ${this.#count}; what came after it is missing. Export it again.`);
    } else if (this.#count + this.#finder.skipped === 0) {
      this.#notes.push(`No messages were found where ${this.#finder.program} writes them. Name another format with --from.`);
    }
    this.#endCut();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    return { notes: this.#notes, skipped: this.#finder.skipped, repaired: 0, dateOrder: null };
  }

  /**
   * Ends what elements are open, with them the message before, if the tag that is being opened is a row of the page.
   * @returns a record that knows nothing but its line.
   */
  beginRow(): Draft {
    this.#page.closeAll();
    return createDraft(this.#page.line());
  }

  /** Counts the row begun last as a message. @returns its number, from 1. */
  beginMessage(): number {
    this.#isOpen = true;
    return ++this.#count;
  }

  write(record: Draft): void {
    this.#isOpen = false;
    if (this.#isCut && record.text === null) {
      this.#batcher.fail(
        record.line,
        "E_TRUNCATED",
        "The file breaks off or cannot be read in the middle of this message. Export it again.",
      );
    } else writeDraft(this.#batcher, record);
  }

  /** Hands on as much as there is of the open message: people wrote it. */
  #endCut(): void {
    this.#isCut = true;
    this.#page.closeAll();
    this.#isCut = false;
  }

  #skipBroken(line: number): void {
    this.#endCut();
    const size = `${MAX_TAG >> 20} MiB`;
    this.#batcher.fail(
      line,
      "E_HTML",
      `A tag or comment begins here that is longer than ${size}; messages in it are lost. Export it again.`,
    );
  }
}
