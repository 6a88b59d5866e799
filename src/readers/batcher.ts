import {
  BATCH_BYTES,
  beginMessage,
  clearBatch,
  createMessageBatch,
  failMessage,
  growArena,
  hasRoom,
  type MessageBatch,
  PART,
  setRange,
} from "../core/message.ts";
import type { BatchSink } from "./reader.ts";

/** Longest record a reader keeps whole. One that is longer becomes an error record and is skipped in constant memory. */
export const MAX_RECORD_BYTES: number = 16 << 20;
export const MAX_RECORD_SIZE: string = `${MAX_RECORD_BYTES >> 20} MiB`;
export const TOO_LONG = "E_RECORD_TOO_LONG";

/** Most digits of a line number: 2^53 has 16. */
export const MAX_DIGITS = 16;

/** A file where every message has a conversation of its own must not fill the memory with their names. */
const MAX_CONVERSATIONS = 1 << 16;

/** Below this a loop copies faster than a view and `set`. */
const SHORT_COPY = 48;

/**
 * Owns the one batch of a reader and hands it on when it is full. Use: `reserve`, `beginMessage`, then parts with
 * `appendPart`; nothing may be handed on between `reserve` and the end of the message.
 */
export class Batcher {
  readonly batch: MessageBatch;
  readonly #sink: BatchSink;
  #indexes = new Map<string, number>();
  #lastName: string | null = null;
  #lastIndex = -1;

  constructor(source: string, sink: BatchSink) {
    this.batch = createMessageBatch(source);
    this.#sink = sink;
  }

  /** Makes room for one message whose parts take up to `byteLength` bytes. */
  reserve(byteLength: number): void {
    if (hasRoom(this.batch, byteLength)) return;
    this.flush();
    growArena(this.batch, byteLength);
  }

  /** Hands on what there is and starts over with an arena of the normal size. */
  flush(): void {
    const batch = this.batch;
    if (batch.count > 0) this.#sink(batch);
    clearBatch(batch);
    if (batch.bytes.length !== BATCH_BYTES) batch.bytes = new Uint8Array(BATCH_BYTES);
    if (batch.conversations.length > MAX_CONVERSATIONS) {
      batch.conversations = [];
      this.#indexes = new Map();
      this.#lastName = null;
    }
  }

  /** Adds an error record in the place of a message that could not be kept. */
  fail(line: number, code: string, message: string, locator: string | null = null): void {
    const place = Buffer.from(locator ?? "");
    this.reserve(place.length);
    const index = beginMessage(this.batch, line);
    if (locator !== null) appendPart(this.batch, index, PART.locator, place, 0, place.length);
    failMessage(this.batch, index, code, message);
  }

  /** Index of a conversation's name for the message begun last. Free if it is the name of the message before. */
  conversationIndex(name: string): number {
    if (name === this.#lastName) return this.#lastIndex;
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.batch.conversations.push(name) - 1;
      this.#indexes.set(name, index);
    }
    this.#lastName = name;
    this.#lastIndex = index;
    return index;
  }
}

/** Copies bytes into the arena and makes them a part of the message. */
export function appendPart(batch: MessageBatch, index: number, part: number, bytes: Uint8Array, start: number, end: number): void {
  const from = batch.used;
  batch.used = copyBytes(bytes, start, end, batch.bytes, from);
  setRange(batch, index, part, from, batch.used);
}

/** Writes a whole number as decimal digits into the arena and makes it a part of the message. */
export function appendNumberPart(batch: MessageBatch, index: number, part: number, value: number): void {
  const from = batch.used;
  batch.used = writeDigits(batch.bytes, from, value);
  setRange(batch, index, part, from, batch.used);
}

/** @returns the end of the copy in `target`. */
export function copyBytes(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  if (end - start > SHORT_COPY) {
    target.set(bytes.subarray(start, end), at);
    return at + end - start;
  }
  let to = at;
  for (let from = start; from < end; from++) target[to++] = bytes[from]!;
  return to;
}

/** Writes a whole number, 0 or more, in decimal. @returns the end of the digits. */
export function writeDigits(target: Uint8Array, at: number, value: number): number {
  let end = at + 1;
  for (let power = 10; power <= value; power *= 10) end++;
  let rest = value;
  for (let to = end - 1; to >= at; to--) {
    const tenth = rest < 0x7fffffff ? ((rest | 0) / 10) | 0 : Math.floor(rest / 10);
    target[to] = 48 + (rest - tenth * 10);
    rest = tenth;
  }
  return end;
}

/** Appends to a buffer of its own that doubles: the carry-over of a record that goes on in the next chunk. */
export class CarryOver {
  bytes: Uint8Array = new Uint8Array(1024);
  length = 0;
  /** The record is longer than MAX_RECORD_BYTES: what came of it is let go, and what comes until `clear` is not kept. */
  tooLong = false;

  /** Whether a record has begun. */
  get begun(): boolean {
    return this.length > 0 || this.tooLong;
  }

  append(chunk: Uint8Array, start: number, end: number): void {
    if (this.tooLong) return;
    const needed = this.length + end - start;
    if (needed > MAX_RECORD_BYTES) {
      this.clear();
      this.tooLong = true;
      return;
    }
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.length = copyBytes(chunk, start, end, this.bytes, this.length);
  }

  /** Empties it; a buffer that a giant record has blown up is given back. */
  clear(): void {
    this.length = 0;
    this.tooLong = false;
    if (this.bytes.length > 1 << 20) this.bytes = new Uint8Array(1024);
  }
}
