import { KIND } from "../../core/message.ts";
import { DeferredReader, type ReaderChoice } from "../deferred.ts";
import { type JsonRecords, openJson } from "../json/format.ts";
import { readJsonHead } from "../json/head.ts";
import type { BatchSink, Format, ReaderOptions } from "../reader.ts";
import { DELETED_MARK } from "./signal-body.ts";
import { createSignalHeader, readSignalHeader, SIGNAL_SHAPE } from "./signal-header.ts";
import { SignalTextReader } from "./signal-text.ts";

/** signal-export (sigexport) writes each chat twice: as Markdown for people and as JSON lines, `data.json`. */
export const SIGNAL: Format = {
  name: "signal",
  about: "Signal, by signal-export: Markdown (chat.md) or data.json",
  extensions: [".md"],
  sniff: (head) => Math.max(sniffText(head), sniffJson(head)),
  open: (options, sink) => new DeferredReader(chooseReader(options, sink)),
};

/** Quotations and reactions stand in members of their own there, and are no words of the message. */
const SIGNAL_JSON: JsonRecords<"date" | "sender" | "body"> = {
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
};

/** The first letter tells which of the two a file is. */
function chooseReader(options: ReaderOptions, sink: BatchSink): ReaderChoice {
  return (beginning, isAll) => {
    const letter = firstLetter(beginning);
    if (letter < 0 && !isAll) return null;
    return letter === OPEN_OBJECT ? openJson(SIGNAL_JSON, options, sink) : new SignalTextReader(options, sink);
  };
}

const NEWLINE = 10;
const RETURN = 13;
const OPEN_OBJECT = 123;

/** The first byte that is no white space, -1 if none has come. */
function firstLetter(beginning: Uint8Array): number {
  return beginning.find((byte) => byte > 32) ?? -1;
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
