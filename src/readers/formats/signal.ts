import { KIND } from "../../core/message.ts";
import { CarryOver } from "../batcher.ts";
import { jsonFormat } from "../json/format.ts";
import { readJsonHead } from "../json/head.ts";
import {
  type BatchSink,
  type Format,
  HEAD_BYTES,
  NOTHING_TO_REPORT,
  type Reader,
  type ReaderOptions,
  type ReaderReport,
} from "../reader.ts";
import { afterByteOrderMark } from "../utf8.ts";
import { DELETED_MARK } from "./signal-body.ts";
import { createSignalHeader, readSignalHeader, SIGNAL_SHAPE } from "./signal-header.ts";
import { SignalTextReader } from "./signal-text.ts";

/** signal-export (sigexport) writes each chat twice: as Markdown for people and as JSON lines, `data.json`. */
export const SIGNAL: Format = {
  name: "signal",
  about: "Signal, by signal-export: Markdown (chat.md) or data.json",
  extensions: [".md"],
  sniff: (head) => Math.max(sniffText(head), sniffJson(head)),
  open: (options, sink) => new SignalReader(options, sink),
};

/** Quotations and reactions stand in members of their own there, and are no words of the message. */
const SIGNAL_JSON: Format = jsonFormat({
  name: SIGNAL.name,
  about: SIGNAL.about,
  extensions: [".json"],
  sniff: () => 0,
  records: ["[]"],
  lines: true,
  paths: ["date", "sender", "body"],
  open(options) {
    const conversation = options.known?.conversation ?? null;
    return {
      read(record, messages) {
        if (record.present().length === 0) {
          messages.skipped++;
          return;
        }
        const draft = messages.begin();
        const text = record.string("body")?.trimEnd() ?? "";
        draft.author = record.string("sender");
        draft.conversation = conversation;
        messages.setInstant(draft, record, "date");
        if (text === DELETED_MARK) draft.kind = KIND.deleted;
        else draft.text = text === "" ? null : text;
        messages.write(draft, record);
      },
    };
  },
});

/** Finds out by the first letter which of the two a file is. */
class SignalReader implements Reader {
  readonly #options: ReaderOptions;
  readonly #sink: BatchSink;
  /** The white space that the file begins with. */
  readonly #blank = new CarryOver();
  #reader: Reader | null = null;

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#options = options;
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    if (this.#reader !== null) {
      this.#reader.push(chunk);
      return;
    }
    const taken = Math.min(chunk.length, HEAD_BYTES);
    this.#blank.append(chunk, 0, taken);
    const { bytes, length } = this.#blank;
    if (firstLetter(bytes, length) >= 0 || length >= HEAD_BYTES) this.#start().push(chunk.subarray(taken));
  }

  flush(): void {
    this.#reader?.flush();
  }

  finish(): void {
    this.#reader ??= this.#start();
    this.#reader.finish();
  }

  report(): ReaderReport {
    return this.#reader?.report() ?? NOTHING_TO_REPORT;
  }

  #start(): Reader {
    const { bytes, length } = this.#blank;
    this.#reader =
      firstLetter(bytes, length) === OPEN_OBJECT
        ? SIGNAL_JSON.open(this.#options, this.#sink)
        : new SignalTextReader(this.#options, this.#sink);
    this.#reader.push(bytes.subarray(afterByteOrderMark(bytes, 0, length), length));
    this.#blank.clear();
    return this.#reader;
  }
}

const NEWLINE = 10;
const RETURN = 13;
const OPEN_OBJECT = 123;

/** The first byte in a file's head that is neither white space nor of a byte order mark, -1 if none has come. */
function firstLetter(bytes: Uint8Array, seen: number): number {
  const length = Math.min(seen, HEAD_BYTES);
  if (length < 3 && bytes[0] === 0xef) return -1;
  for (let at = afterByteOrderMark(bytes, 0, length); at < length; at++) if (bytes[at]! > 32) return bytes[at]!;
  return -1;
}

function sniffJson(head: Uint8Array): number {
  const keys = readJsonHead(head);
  return keys.isLines && keys.has("date", "sender", "body") && (keys.has("reactions") || keys.has("sticker")) ? 0.95 : 0;
}

/**
 * Some phones let WhatsApp write headers of the newer shape, but its lines end in CR LF and what it writes itself begins
 * with a mark of direction. More than WhatsApp's own certainty, for its reader takes these headers too.
 */
function sniffText(head: Uint8Array): number {
  const header = createSignalHeader();
  let shape = 0;
  let headers = 0;
  let returns = 0;
  for (let start = 0; start < head.length; ) {
    const newline = head.indexOf(NEWLINE, start);
    const end = newline < 0 ? head.length : newline;
    const isHeader = readSignalHeader(head, start, end, header);
    if (shape === 0 && end > start && !isHeader) return 0;
    if (shape === 0 && isHeader) shape = header.shape;
    if (isHeader && header.shape === shape) headers++;
    if (isHeader && head[end - 1] === RETURN) returns++;
    start = end + 1;
  }
  if (headers === 0 || shape === SIGNAL_SHAPE.comma) return headers === 0 ? 0 : 0.97;
  const text = Buffer.from(head.buffer, head.byteOffset, head.length);
  if (returns > 0 || text.includes("\u200e[") || text.includes(": \u200e")) return 0;
  return headers > 1 ? 0.97 : 0.72;
}
