import { beginMessage, FORWARDED, failMessage, KIND, type MessageBatch, PART, setRange, TIME } from "../core/message.ts";
import { type Batcher, MAX_RECORD_BYTES, MAX_RECORD_SIZE, TOO_LONG } from "./batcher.ts";

/**
 * A message as plain data, for formats that are not worth a path of bytes of their own. Null is unknown. On the way into a
 * batch it costs some 2 µs, a tenth of what judging a message does.
 */
export interface Draft {
  line: number;
  text: string | null;
  /** The text was longer than a message may be; the rest is known all the same. */
  tooLong: boolean;
  id: string | null;
  author: string | null;
  authorId: string | null;
  replyTo: string | null;
  origin: string | null;
  locator: string | null;
  conversation: string | null;
  /** A KIND. */
  kind: number;
  /** A FORWARDED. */
  forwarded: number;
  edited: boolean;
  /** See MessageBatch: NaN with TIME.none if unknown. */
  sentAtMs: number;
  timeKind: number;
  offsetMinutes: number;
}

/** The parts beside the text. */
const PARTS: readonly (readonly [part: number, key: "id" | "author" | "authorId" | "replyTo" | "origin" | "locator"])[] = [
  [PART.id, "id"],
  [PART.author, "author"],
  [PART.authorId, "authorId"],
  [PART.replyTo, "replyTo"],
  [PART.origin, "origin"],
  [PART.locator, "locator"],
];

/** Longest a name, id or the like should be, in UTF-16 units. */
export const MAX_NAME = 4096;
/** UTF-8 bytes of a UTF-16 unit at most. */
const MAX_BYTES = 3;
/** Below this a loop encodes faster than the encoder can be called, in UTF-16 units. */
const SHORT = 48;

export function createDraft(line: number): Draft {
  return {
    line,
    text: null,
    tooLong: false,
    id: null,
    author: null,
    authorId: null,
    replyTo: null,
    origin: null,
    locator: null,
    conversation: null,
    kind: KIND.user,
    forwarded: FORWARDED.unknown,
    edited: false,
    sentAtMs: Number.NaN,
    timeKind: TIME.none,
    offsetMinutes: 0,
  };
}

/** Sets the time in UTC from milliseconds since 1970; unknown where that is no time. */
export function setUtc(draft: Draft, sentAtMs: number): void {
  const sound = Math.abs(sentAtMs) <= 8.64e15;
  draft.sentAtMs = sound ? Math.trunc(sentAtMs) : Number.NaN;
  draft.timeKind = sound ? TIME.utc : TIME.none;
}

/** Pieces of a text on lines of their own; null if there is none. */
export function joinLines(...pieces: readonly (string | null)[]): string | null {
  const found = pieces.filter((piece) => piece !== null && piece !== "");
  return found.length === 0 ? null : found.join("\n");
}

/**
 * Puts a message into the batch, as an error if its text is too long. A person's message without a text becomes a placeholder.
 * @param moreBytes is room for further parts, which the caller appends to the message.
 * @returns the message's index in the batch.
 */
export function writeDraft(batcher: Batcher, draft: Draft, moreBytes = 0): number {
  const { text } = draft;
  const textBytes = byteBound(text);
  const tooLong = draft.tooLong || textBytes > MAX_RECORD_BYTES;
  let size = moreBytes + (tooLong ? 0 : textBytes);
  for (const [, key] of PARTS) size += byteBound(draft[key]);
  batcher.reserve(size);
  const { batch } = batcher;
  const index = beginMessage(batch, draft.line);
  for (const [part, key] of PARTS) appendText(batch, index, part, draft[key]);
  if (draft.conversation !== null) batch.conversation[index] = batcher.conversationIndex(draft.conversation);
  batch.kind[index] = draft.kind === KIND.user && text === null ? KIND.placeholder : draft.kind;
  batch.forwarded[index] = draft.forwarded;
  batch.edited[index] = draft.edited ? 1 : 0;
  batch.sentAtMs[index] = draft.sentAtMs;
  batch.timeKind[index] = draft.timeKind;
  batch.offsetMinutes[index] = draft.offsetMinutes;
  if (tooLong) failMessage(batch, index, TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was not read.`);
  else appendText(batch, index, PART.text, text);
  return index;
}

const encoder = new TextEncoder();

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
