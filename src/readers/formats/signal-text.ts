import { KIND, TIME } from "../../core/message.ts";
import { Batcher, CarryOver, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { createDraft, type Draft, writeDraft } from "../draft.ts";
import { LineSplitter, type LineTarget } from "../line-splitter.ts";
import { type BatchSink, NOTHING_TO_REPORT, type Reader, type ReaderOptions, type ReaderReport } from "../reader.ts";
import { decodeUtf8 } from "../utf8.ts";
import { DELETED_MARK, typedText } from "./signal-body.ts";
import { createSignalHeader, readSignalHeader } from "./signal-header.ts";

const NEWLINE: Uint8Array = Uint8Array.of(10);
/** What signal-export writes where it knows no name: the row is no person's. */
const NO_SENDER = "No-Sender";

/**
 * Reads the text that signal-export writes. The first header's shape is that of all headers: one of the other shape is
 * quoted in a message. Lines before the first header are messages of their own, lest somebody's words be lost.
 */
export class SignalTextReader implements Reader, LineTarget {
  readonly #batcher: Batcher;
  readonly #lines = new LineSplitter(this);
  readonly #header = createSignalHeader();
  readonly #conversation: string | null;
  /** The unfinished message and its words so far. */
  #draft: Draft | null = null;
  readonly #body = new CarryOver();
  /** Of the file's headers, 0 before the first. */
  #shape = 0;
  #strayLines = 0;

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#batcher = new Batcher(options.source, sink);
    this.#conversation = options.known?.conversation ?? null;
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  /** The last message is not complete before the next one starts. */
  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    this.#lines.finish();
    this.#endMessage();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    const notes: string[] = [];
    if (this.#shape === 0) notes.push("No message of Signal was found. Name another format with --from.");
    else if (this.#strayLines > 0)
      notes.push(`Lines before the first message were read as messages without an author: ${this.#strayLines}.`);
    return { ...NOTHING_TO_REPORT, notes };
  }

  line(bytes: Uint8Array, start: number, end: number, number: number): void {
    const header = this.#header;
    if (readSignalHeader(bytes, start, end, header) && (this.#shape === 0 || this.#shape === header.shape)) {
      this.#endMessage();
      this.#shape = header.shape;
      const draft = this.#begin(number);
      draft.author = decodeUtf8(bytes, header.nameStart, header.nameEnd);
      draft.sentAtMs = header.sentAtMs;
      draft.timeKind = TIME.local;
      this.#body.append(bytes, header.bodyStart, end);
    } else if (this.#shape !== 0) {
      this.#body.append(NEWLINE, 0, 1);
      this.#body.append(bytes, start, end);
    } else if (end > start) {
      this.#strayLines++;
      this.#begin(number);
      this.#body.append(bytes, start, end);
      this.#endMessage();
    }
  }

  longLine(number: number): void {
    this.#endMessage();
    this.#fail(number);
  }

  #begin(line: number): Draft {
    this.#draft = createDraft(line);
    this.#draft.conversation = this.#conversation;
    return this.#draft;
  }

  #endMessage(): void {
    const draft = this.#draft;
    const body = this.#body;
    this.#draft = null;
    if (draft !== null) {
      if (body.tooLong) this.#fail(draft.line);
      else this.#write(draft, typedText(decodeUtf8(body.bytes, 0, body.length)));
    }
    body.clear();
  }

  #write(draft: Draft, text: string | null): void {
    if (text === DELETED_MARK) draft.kind = KIND.deleted;
    else draft.text = text;
    if (text === null && draft.author === NO_SENDER) draft.kind = KIND.system;
    writeDraft(this.#batcher, draft);
  }

  #fail(line: number): void {
    this.#batcher.fail(line, TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was skipped.`);
  }
}
