import { beginMessage, FORWARDED, KIND, PART, setRange, TIME } from "../core/message.ts";
import { type Batcher, MAX_RECORD_BYTES, MAX_RECORD_SIZE, TOO_LONG } from "./batcher.ts";

/**
 * A message as plain data, for formats that are not worth a path of bytes of their own. Null is unknown. On the way into a
 * batch it costs some 2 µs, a tenth of what judging a message does.
 */
export interface Draft {
  line: number;
  text: string | null;
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

const PARTS: readonly (readonly [part: number, key: "text" | "id" | "author" | "authorId" | "replyTo" | "origin" | "locator"])[] = [
  [PART.text, "text"],
  [PART.id, "id"],
  [PART.author, "author"],
  [PART.authorId, "authorId"],
  [PART.replyTo, "replyTo"],
  [PART.origin, "origin"],
  [PART.locator, "locator"],
];

export function createDraft(line: number): Draft {
  return {
    line,
    text: null,
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
 * Puts a message into the batch. A person's message without a text becomes a placeholder.
 * @param moreBytes is room for further parts, which the caller appends to the message.
 * @returns the message's index in the batch, -1 where it is too long and became an error record.
 */
export function writeDraft(batcher: Batcher, draft: Draft, moreBytes = 0): number {
  let size = moreBytes;
  for (const [, key] of PARTS) size += (draft[key]?.length ?? 0) * 3;
  if (size - moreBytes > 3 * MAX_RECORD_BYTES) {
    batcher.fail(draft.line, TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was skipped.`);
    return -1;
  }
  batcher.reserve(size);
  const { batch } = batcher;
  const index = beginMessage(batch, draft.line);
  for (const [part, key] of PARTS) {
    const value = draft[key];
    if (value === null) continue;
    const from = batch.used;
    batch.used += encoder.encodeInto(value, batch.bytes.subarray(from)).written;
    setRange(batch, index, part, from, batch.used);
  }
  if (draft.conversation !== null) batch.conversation[index] = batcher.conversationIndex(draft.conversation);
  batch.kind[index] = draft.kind === KIND.user && draft.text === null ? KIND.placeholder : draft.kind;
  batch.forwarded[index] = draft.forwarded;
  batch.edited[index] = draft.edited ? 1 : 0;
  batch.sentAtMs[index] = draft.sentAtMs;
  batch.timeKind[index] = draft.timeKind;
  batch.offsetMinutes[index] = draft.offsetMinutes;
  return index;
}

const encoder = new TextEncoder();
