/**
 * A batch of messages: one byte arena and parallel arrays that say where in it the parts of each message lie.
 * Readers fill it, everything after reads it. All text is UTF-8 once `repairUtf8` has run.
 */
import { isUtf8 } from "node:buffer";

/** Who or what wrote a message: a person, a program, a program in the place of something that is no text, nobody any more. */
export const KIND = { user: 0, system: 1, placeholder: 2, deleted: 3, error: 4 } as const;
export const KIND_NAMES = ["user", "system", "placeholder", "deleted", "error"] as const;

export const FORWARDED = { unknown: 0, no: 1, yes: 2 } as const;

/** What an instant is: unknown, given in UTC, wall time of an unnamed zone, or given with its distance from UTC. */
export const TIME = { none: 0, utc: 1, local: 2, offset: 3 } as const;

/**
 * The byte ranges a message has, in the order of its numbers in `ranges`; -1 for a part that is unknown. `origin` is whom
 * or what it was forwarded from; `locator` leads to its place in a file where the line does not: `.messages[811]`.
 */
export const PART = { text: 0, id: 1, author: 2, fields: 3, authorId: 4, replyTo: 5, origin: 6, locator: 7 } as const;
const PARTS = 8;
/** Int32 slots a message takes in `ranges`: start and end of each part. */
export const RANGE_STRIDE: number = PARTS * 2;

/** Why a record could not be read; takes the place of the message at `index`. */
export interface RecordError {
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

export interface MessageBatch {
  /** Name of the file as given by the user, "-" for stdin. A batch never holds messages of two sources. */
  source: string;
  bytes: Uint8Array;
  /** Bytes of the arena in use. */
  used: number;
  count: number;
  /** RANGE_STRIDE slots a message: text start, text end, id start, ... half-open, -1 -1 where unknown. */
  ranges: Int32Array;
  /** 1-based line on which the record starts, or number of the row in files that have no lines. Float64: files have more than 2^31. */
  line: Float64Array;
  /** Milliseconds since 1970 in UTC, or of the wall clock where `timeKind` is local; NaN if unknown. */
  sentAtMs: Float64Array;
  timeKind: Uint8Array;
  /** Minutes east of UTC where `timeKind` is offset; else without meaning. */
  offsetMinutes: Int16Array;
  kind: Uint8Array;
  forwarded: Uint8Array;
  /** 1 where the source says that the message was changed after it was sent. */
  edited: Uint8Array;
  /** Index into `conversations`, -1 if unknown. */
  conversation: Int32Array;
  conversations: string[];
  errors: RecordError[];
}

export const BATCH_MESSAGES = 4096;
export const BATCH_BYTES: number = 1 << 19;

export function createMessageBatch(source: string, byteLength: number = BATCH_BYTES, messageCount: number = BATCH_MESSAGES): MessageBatch {
  return {
    source,
    bytes: new Uint8Array(byteLength),
    used: 0,
    count: 0,
    ranges: new Int32Array(messageCount * RANGE_STRIDE),
    line: new Float64Array(messageCount),
    sentAtMs: new Float64Array(messageCount),
    timeKind: new Uint8Array(messageCount),
    offsetMinutes: new Int16Array(messageCount),
    kind: new Uint8Array(messageCount),
    forwarded: new Uint8Array(messageCount),
    edited: new Uint8Array(messageCount),
    conversation: new Int32Array(messageCount),
    conversations: [],
    errors: [],
  };
}

/** Empties a batch for reuse. Conversation names stay: messages of the same file go on using them. */
export function clearBatch(batch: MessageBatch): void {
  batch.used = 0;
  batch.count = 0;
  batch.errors = [];
}

/** Whether a message of `byteLength` bytes in all its parts still fits; if not, the reader hands the batch on first. */
export function hasRoom(batch: MessageBatch, byteLength: number): boolean {
  return batch.count < batch.line.length && batch.used + byteLength <= batch.bytes.length;
}

/** Makes an empty batch large enough for one giant message. */
export function growArena(batch: MessageBatch, byteLength: number): void {
  if (batch.used + byteLength <= batch.bytes.length) return;
  const grown = new Uint8Array(batch.used + byteLength);
  grown.set(batch.bytes.subarray(0, batch.used));
  batch.bytes = grown;
}

/** Starts a message with every part unknown and returns its index. The caller has made sure that there is room. */
export function beginMessage(batch: MessageBatch, line: number): number {
  const index = batch.count++;
  batch.ranges.fill(-1, index * RANGE_STRIDE, (index + 1) * RANGE_STRIDE);
  batch.line[index] = line;
  batch.sentAtMs[index] = Number.NaN;
  batch.timeKind[index] = TIME.none;
  batch.kind[index] = KIND.user;
  batch.forwarded[index] = FORWARDED.unknown;
  batch.edited[index] = 0;
  batch.conversation[index] = -1;
  return index;
}

export function setRange(batch: MessageBatch, index: number, part: number, start: number, end: number): void {
  batch.ranges[index * RANGE_STRIDE + part * 2] = start;
  batch.ranges[index * RANGE_STRIDE + part * 2 + 1] = end;
}

/** Turns a message into an error record: it is written in its place, counted, and scored as nothing. */
export function failMessage(batch: MessageBatch, index: number, code: string, message: string): void {
  batch.kind[index] = KIND.error;
  setRange(batch, index, PART.text, -1, -1);
  batch.errors.push({ index, code, message });
}

/**
 * Replaces bytes that are not UTF-8 by U+FFFD in every part of the batch. The check is one fast pass; the rewriting is rare.
 * @returns how many messages had such bytes.
 */
export function repairUtf8(batch: MessageBatch): number {
  if (isUtf8(batch.bytes.subarray(0, batch.used))) return 0;
  const pieces: Buffer[] = [];
  let used = 0;
  let repaired = 0;
  for (let index = 0; index < batch.count; index++) {
    let broken = false;
    for (let slot = index * RANGE_STRIDE; slot < (index + 1) * RANGE_STRIDE; slot += 2) {
      const start = batch.ranges[slot]!;
      if (start < 0) continue;
      const piece = batch.bytes.subarray(start, batch.ranges[slot + 1]!);
      const sound = isUtf8(piece);
      broken ||= !sound;
      const kept = sound ? Buffer.from(piece) : Buffer.from(Buffer.from(piece).toString("utf8"), "utf8");
      pieces.push(kept);
      batch.ranges[slot] = used;
      used += kept.length;
      batch.ranges[slot + 1] = used;
    }
    if (broken) repaired++;
  }
  const bytes = new Uint8Array(Math.max(used, batch.bytes.length));
  bytes.set(Buffer.concat(pieces));
  batch.bytes = bytes;
  batch.used = used;
  return repaired;
}
