/**
 * WhatsApp's text export. Lines are held from the header of the unfinished message on; a line that opens with a header of
 * an accepted shape ends it. Nothing is decided before the head of the file has been seen, because the shape of the
 * headers and the order of the dates can only be told from many of them.
 *
 *     hold:  | header Name: text \n more text \n | header Name: ...
 *            ^ #messageStart     ^ #lineEnd      ^ #lineStart       ^ #used
 */
import { beginMessage, failMessage, KIND, type MessageBatch, PART, setRange, TIME } from "../core/message.ts";
import { Batcher, MAX_RECORD_BYTES, TOO_LONG } from "./batcher.ts";
import type { BatchSink, Format, Reader, ReaderOptions } from "./reader.ts";
import { AuthorSplitter } from "./whatsapp-author.ts";
import { type Body, type BodyContext, classifyBody } from "./whatsapp-body.ts";
import { type DateOrder, ORDER, ORDER_NAMES, wallTimeMs } from "./whatsapp-dates.ts";
import { createHeader, type Header, SHAPE } from "./whatsapp-header.ts";
import { copyName, skipMarks } from "./whatsapp-marks.ts";
import { isHeader, RUN_HEADERS, type Shapes, voteShapes } from "./whatsapp-shapes.ts";

/** How much of the file is seen before the first message is handed on. */
const HEAD_BYTES = 256 << 10;
/** Chunks are taken in pieces of this size, which bounds the hold. */
const PIECE_BYTES = 256 << 10;

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
  if (vote.opens) return vote.dominant > 1 ? 0.95 : 0.7;
  return vote.headers > 1 && vote.headers * 10 >= vote.lines ? 0.6 : 0.1;
}
