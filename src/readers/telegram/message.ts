import { beginMessage, FORWARDED, failMessage, KIND, type MessageBatch, PART, setRange } from "../../core/message.ts";
import { appendNumberPart, type Batcher, copyBytes, MAX_DIGITS, writeDigits } from "../batcher.ts";
import { KEPT } from "../field-names.ts";
import { InstantReader } from "../instant.ts";
import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { describeBreak, KeyCodes, keepMembers } from "../json/member.ts";
import { decodeString, isWord, MAX_JSON_GROWTH } from "../json/text.ts";
import type { ReaderOptions } from "../reader.ts";
import { TelegramText } from "./text.ts";

const NEWLINE = 10;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;

/** Keys of a message that are read, in the order of their slots. */
const KEYS = [
  "id",
  "type",
  "date",
  "date_unixtime",
  "edited",
  "edited_unixtime",
  "reply_to_message_id",
  "from",
  "from_id",
  "actor",
  "actor_id",
  "action",
  "forwarded_from",
  "forwarded_from_id",
  "saved_from",
  "text",
  "text_entities",
  "poll",
  "todo_list",
  "title",
  "new_title",
  "gift_text",
  "information_text",
  "comment",
  "items",
] as const;
type Key = (typeof KEYS)[number];

/** Where the value of each key lies in `#values`. Numbers, not names, are what the reading below goes by. */
const SLOT = Object.fromEntries(KEYS.map((key, index) => [key, index * 3])) as Record<Key, number>;

function slotsOf(...keys: readonly Key[]): readonly number[] {
  return keys.map((key) => SLOT[key]);
}

/** Where people's own words hide in rows that the program wrote. */
const SERVICE_TEXTS = slotsOf("title", "new_title", "gift_text", "information_text", "comment", "text");
const IDS = slotsOf("id");
const AUTHORS = slotsOf("from", "from_id", "actor", "actor_id");
const AUTHOR_IDS = slotsOf("from_id", "actor_id");
const REPLIES = slotsOf("reply_to_message_id");
/** Their presence tells a forward, even as null: the origin's account was deleted. */
const ORIGINS = slotsOf("forwarded_from", "forwarded_from_id", "saved_from");
const [TYPE, TEXT, TEXT_ENTITIES, ACTION, ITEMS, POLL, TODO_LIST] = [
  SLOT.type,
  SLOT.text,
  SLOT.text_entities,
  SLOT.action,
  SLOT.items,
  SLOT.poll,
  SLOT.todo_list,
];
const [DATE, DATE_UTC, EDITED, EDITED_UTC] = [SLOT.date, SLOT.date_unixtime, SLOT.edited, SLOT.edited_unixtime];

const CODES = new Map<string, number>(KEYS.map((key, index) => [key, index + 1]));

/** Where a message stands. */
export interface TelegramPlace {
  /** Of the message in the file, from 1. */
  readonly number: number;
  readonly line: number;
  readonly chat: string | null;
  /** Path to the array of messages and the index in it: the locator. */
  readonly path: Uint8Array;
  readonly index: number;
}

/** Turns one message object of Telegram Desktop into a message. */
export class TelegramMessageReader {
  readonly #batcher: Batcher;
  readonly #keys: KeyCodes;
  readonly #keepsAny: boolean;
  readonly #cursor = new JsonCursor(true);
  readonly #instant = new InstantReader();
  readonly #text = new TelegramText();
  /** By key: start, end, JSON_TYPE of the value; start -1 for none. */
  readonly #values = new Int32Array(KEYS.length * 3);
  /** Messages with escapes or values that Telegram Desktop wrote and JSON has not. */
  repaired = 0;

  constructor(options: ReaderOptions, batcher: Batcher) {
    this.#batcher = batcher;
    const kept = new Set(options.keepFields);
    this.#keepsAny = kept.size > 0;
    this.#keys = new KeyCodes({
      codeOf(name) {
        const code = CODES.get(name) ?? 0;
        return kept.has(name) || (kept.has("*") && name !== "text") ? code | KEPT : code;
      },
    });
  }

  read(bytes: Uint8Array, start: number, end: number, place: TelegramPlace): void {
    const cursor = this.#cursor;
    const values = this.#values.fill(-1);
    const entered = cursor.enter(bytes, start, end, "{");
    while (entered && cursor.nextMember()) {
      const slot = ((this.#keys.codeOf(bytes, cursor.keyStart, cursor.keyEnd) & ~KEPT) - 1) * 3;
      if (slot < 0) continue;
      values[slot] = cursor.valueStart;
      values[slot + 1] = cursor.valueEnd;
      values[slot + 2] = cursor.valueType;
    }
    if (cursor.lenient && cursor.errorAt < 0) this.repaired++;
    const size = end - start;
    // An author's id may come twice: in the place of a name, and as itself.
    this.#batcher.reserve(2 * size + place.path.length + 2 * MAX_DIGITS + 2 + (this.#keepsAny ? size * MAX_JSON_GROWTH : 0));
    const batch = this.#batcher.batch;
    const index = beginMessage(batch, place.line);
    if (place.chat !== null) batch.conversation[index] = this.#batcher.conversationIndex(place.chat);
    this.#appendLocator(batch, index, place);
    if (cursor.errorAt >= 0) {
      failMessage(batch, index, "E_JSON", describeBreak(cursor, start));
      return;
    }
    this.#setKindAndText(batch, index, bytes);
    if (!this.#appendFirst(batch, index, PART.id, bytes, IDS)) appendNumberPart(batch, index, PART.id, place.number);
    this.#appendFirst(batch, index, PART.author, bytes, AUTHORS);
    this.#appendFirst(batch, index, PART.authorId, bytes, AUTHOR_IDS);
    this.#appendFirst(batch, index, PART.replyTo, bytes, REPLIES);
    this.#appendFirst(batch, index, PART.origin, bytes, ORIGINS);
    batch.edited[index] = this.#has(EDITED) || this.#has(EDITED_UTC) ? 1 : 0;
    if (!this.#setInstant(batch, index, bytes, DATE_UTC)) this.#setInstant(batch, index, bytes, DATE);
    batch.forwarded[index] = ORIGINS.some((slot) => this.#has(slot)) ? FORWARDED.yes : FORWARDED.no;
    if (this.#keepsAny) keepMembers(cursor, this.#keys, batch, index, bytes, start, end, -1);
    if (!this.#hasSoundText(bytes)) failMessage(batch, index, "E_NO_TEXT", 'Expected "text" to be a string or an array of its pieces.');
  }

  #appendLocator(batch: MessageBatch, index: number, place: TelegramPlace): void {
    const from = batch.used;
    let to = copyBytes(place.path, 0, place.path.length, batch.bytes, from);
    batch.bytes[to++] = OPEN_ARRAY;
    to = writeDigits(batch.bytes, to, place.index);
    batch.bytes[to++] = CLOSE_ARRAY;
    batch.used = to;
    setRange(batch, index, PART.locator, from, to);
  }

  #has(slot: number): boolean {
    return this.#values[slot]! >= 0;
  }

  #hasSoundText(bytes: Uint8Array): boolean {
    const type = this.#values[TEXT + 2]!;
    if (!this.#has(TEXT) || type === JSON_TYPE.string || type === JSON_TYPE.array) return true;
    return isWord(bytes, this.#values[TEXT]!, this.#values[TEXT + 1]!, "null");
  }

  #setKindAndText(batch: MessageBatch, index: number, bytes: Uint8Array): void {
    const from = batch.used;
    if (this.#isType(bytes, "service")) {
      batch.kind[index] = KIND.system;
      this.#appendLine(batch, from, bytes, ACTION);
      for (const slot of SERVICE_TEXTS) this.#appendLine(batch, from, bytes, slot);
      this.#appendLine(batch, from, bytes, ITEMS);
    } else if (this.#isType(bytes, "unsupported")) batch.kind[index] = KIND.placeholder;
    else {
      this.#appendLine(batch, from, bytes, this.#has(TEXT) ? TEXT : TEXT_ENTITIES);
      this.#appendLine(batch, from, bytes, POLL);
      this.#appendLine(batch, from, bytes, TODO_LIST);
      if (batch.used === from) batch.kind[index] = KIND.placeholder;
    }
    if (batch.used > from) setRange(batch, index, PART.text, from, batch.used);
  }

  /** Appends the text of a value to what stands from `from` on, on a line of its own. */
  #appendLine(batch: MessageBatch, from: number, bytes: Uint8Array, slot: number): void {
    const start = this.#values[slot]!;
    if (start < 0) return;
    const end = this.#values[slot + 1]!;
    const lineStart = batch.used > from ? batch.used + 1 : from;
    const text = this.#text;
    const lineEnd =
      slot === ITEMS ? text.appendItems(bytes, start, end, batch.bytes, lineStart) : text.append(bytes, start, end, batch.bytes, lineStart);
    if (lineEnd === lineStart) return;
    if (lineStart > from) batch.bytes[lineStart - 1] = NEWLINE;
    batch.used = lineEnd;
  }

  /** Makes the first string or number among the values a part of the message. */
  #appendFirst(batch: MessageBatch, index: number, part: number, bytes: Uint8Array, slots: readonly number[]): boolean {
    for (const slot of slots) {
      const start = this.#values[slot]!;
      const end = this.#values[slot + 1]!;
      const type = this.#values[slot + 2]!;
      if (start < 0 || (type !== JSON_TYPE.string && type !== JSON_TYPE.number)) continue;
      const from = batch.used;
      if (type === JSON_TYPE.number) batch.used = copyBytes(bytes, start, end, batch.bytes, from);
      else batch.used = decodeString(bytes, start + 1, end - 1, batch.bytes, from);
      if (batch.used === from) continue;
      setRange(batch, index, part, from, batch.used);
      return true;
    }
    return false;
  }

  /** @returns whether the value is there. */
  #setInstant(batch: MessageBatch, index: number, bytes: Uint8Array, slot: number): boolean {
    const start = this.#values[slot]!;
    if (start < 0) return false;
    const quotes = this.#values[slot + 2] === JSON_TYPE.string ? 1 : 0;
    this.#instant.set(batch, index, bytes, start + quotes, this.#values[slot + 1]! - quotes);
    return true;
  }

  #isType(bytes: Uint8Array, type: string): boolean {
    const start = this.#values[TYPE]!;
    return start >= 0 && isWord(bytes, start + 1, this.#values[TYPE + 1]! - 1, type);
  }
}
