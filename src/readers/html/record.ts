import { beginMessage, FORWARDED, failMessage, KIND, type MessageBatch, PART, setRange, TIME } from "../../core/message.ts";
import { type Batcher, MAX_RECORD_BYTES, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";

/** A message as it is gathered from a page; null for what is unknown. */
export interface HtmlRecord {
  line: number;
  /** Of KIND. */
  kind: number;
  text: string | null;
  /** The text was longer than a message may be. */
  tooLong: boolean;
  id: string | null;
  author: string | null;
  authorId: string | null;
  replyTo: string | null;
  origin: string | null;
  locator: string | null;
  conversation: string | null;
  /** Of FORWARDED. */
  forwarded: number;
  edited: boolean;
  /** Of TIME; the other two as in MessageBatch. */
  timeKind: number;
  sentAtMs: number;
  offsetMinutes: number;
}

export function createHtmlRecord(line: number): HtmlRecord {
  return {
    line,
    kind: KIND.user,
    text: null,
    tooLong: false,
    id: null,
    author: null,
    authorId: null,
    replyTo: null,
    origin: null,
    locator: null,
    conversation: null,
    forwarded: FORWARDED.unknown,
    edited: false,
    timeKind: TIME.none,
    sentAtMs: Number.NaN,
    offsetMinutes: 0,
  };
}

/** Longest a name, id or the like may be, in UTF-16 units. */
export const MAX_NAME = 4096;
/** UTF-8 bytes of a UTF-16 unit at most. */
const MAX_BYTES = 3;
/** Below this a loop encodes faster than the encoder can be called, in UTF-16 units. */
const SHORT = 48;

const encoder = new TextEncoder();

/** Puts a message into the batch; as an error if its text is too long. */
export function writeRecord(batcher: Batcher, record: HtmlRecord): void {
  const { id, author, authorId, replyTo, origin, locator, text } = record;
  const textBytes = byteBound(text);
  const tooLong = record.tooLong || textBytes > MAX_RECORD_BYTES;
  const nameBytes = byteBound(id) + byteBound(author) + byteBound(authorId) + byteBound(replyTo) + byteBound(origin) + byteBound(locator);
  batcher.reserve(nameBytes + (tooLong ? 0 : textBytes));
  const batch = batcher.batch;
  const index = beginMessage(batch, record.line);
  batch.kind[index] = record.kind;
  batch.forwarded[index] = record.forwarded;
  batch.edited[index] = record.edited ? 1 : 0;
  batch.timeKind[index] = record.timeKind;
  batch.sentAtMs[index] = record.sentAtMs;
  batch.offsetMinutes[index] = record.offsetMinutes;
  if (record.conversation !== null) batch.conversation[index] = batcher.conversationIndex(record.conversation);
  appendText(batch, index, PART.id, id);
  appendText(batch, index, PART.author, author);
  appendText(batch, index, PART.authorId, authorId);
  appendText(batch, index, PART.replyTo, replyTo);
  appendText(batch, index, PART.origin, origin);
  appendText(batch, index, PART.locator, locator);
  if (tooLong) failMessage(batch, index, TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was not read.`);
  else appendText(batch, index, PART.text, text);
}

function appendText(batch: MessageBatch, index: number, part: number, text: string | null): void {
  if (text === null) return;
  const from = batch.used;
  batch.used =
    text.length > SHORT ? from + encoder.encodeInto(text, batch.bytes.subarray(from)).written : appendShort(text, batch.bytes, from);
  setRange(batch, index, part, from, batch.used);
}

/** Does what the encoder does, which for a short text takes longer to call than to do. @returns the end of the bytes. */
function appendShort(text: string, bytes: Uint8Array, at: number): number {
  let to = at;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes[to++] = unit;
    else if (unit < 0x800) {
      bytes[to++] = 0xc0 | (unit >> 6);
      bytes[to++] = 0x80 | (unit & 0x3f);
    } else return to + encoder.encodeInto(text.slice(i), bytes.subarray(to)).written;
  }
  return to;
}

/** How many bytes a text takes at most; exactly, where it is long. */
function byteBound(text: string | null): number {
  if (text === null) return 0;
  return text.length < MAX_NAME ? text.length * MAX_BYTES : Buffer.byteLength(text);
}
