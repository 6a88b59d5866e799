import { beginMessage, failMessage, type MessageBatch, PART, setRange } from "../../core/message.ts";
import { appendNumberPart, appendPart, type Batcher, MAX_DIGITS } from "../batcher.ts";
import { compileFieldNames, ROLE, ROLE_COUNT, rankOf, roleOf } from "../field-names.ts";
import { InstantReader } from "../instant.ts";
import type { ReaderOptions } from "../reader.ts";
import { JSON_TYPE, JsonCursor } from "./cursor.ts";
import { describeBreak, KeyCodes, keepMembers, sameBytes, stringText } from "./member.ts";
import { decodeString, MAX_JSON_GROWTH } from "./text.ts";

/** Turns JSON objects with common keys into messages. */
export class JsonRecordReader {
  readonly #batcher: Batcher;
  readonly #keys: KeyCodes;
  readonly #keepsAny: boolean;
  readonly #keepsAll: boolean;
  readonly #textName: string;
  readonly #cursor = new JsonCursor();
  readonly #instant = new InstantReader();
  /** By role: start, end, type and rank of the value chosen; start -1 for none. */
  readonly #chosen = new Int32Array(ROLE_COUNT * 4);
  #conversation: Uint8Array = new Uint8Array(0);
  #conversationName = "";

  constructor(options: ReaderOptions, batcher: Batcher) {
    this.#batcher = batcher;
    this.#keys = new KeyCodes(compileFieldNames(options));
    this.#keepsAny = (options.keepFields ?? []).length > 0;
    this.#keepsAll = options.keepFields?.includes("*") ?? false;
    this.#textName = options.textField === undefined ? "text" : `"${options.textField}"`;
  }

  /**
   * Reads the object at `bytes[start, end)` as the next message; what cannot be read becomes an error record.
   * @param lineStart is where columns in error messages count from.
   * @returns the place behind the object, -1 if it breaks off.
   */
  read(bytes: Uint8Array, start: number, end: number, line: number, lineStart: number): number {
    const cursor = this.#cursor;
    const chosen = this.#chosen.fill(-1);
    let opened = cursor.enter(bytes, start, end, "{");
    while (opened && cursor.nextMember()) {
      const code = this.#keys.codeOf(bytes, cursor.keyStart, cursor.keyEnd);
      const slot = roleOf(code) * 4;
      if (slot === 0 || !holdsRole(roleOf(code), cursor.valueType)) continue;
      const rank = rankOf(code);
      if (chosen[slot]! >= 0 && rank > chosen[slot + 3]!) continue;
      chosen[slot] = cursor.valueStart;
      chosen[slot + 1] = cursor.valueEnd;
      chosen[slot + 2] = cursor.valueType;
      chosen[slot + 3] = rank;
    }
    opened = cursor.errorAt < 0;
    const objectEnd = cursor.at;
    const size = objectEnd - start;
    this.#batcher.reserve((opened ? size : 0) + MAX_DIGITS + (opened && this.#keepsAny ? size * MAX_JSON_GROWTH : 0));
    const batch = this.#batcher.batch;
    const index = beginMessage(batch, line);
    if (!opened) {
      failMessage(batch, index, "E_JSON", describeBreak(cursor, lineStart));
      return -1;
    }
    this.#setParts(batch, index, bytes, line);
    const textStart = chosen[ROLE.text * 4]!;
    if (this.#keepsAny) keepMembers(cursor, this.#keys, batch, index, bytes, start, objectEnd, this.#keepsAll ? textStart : -1);
    if (textStart < 0) failMessage(batch, index, "E_NO_TEXT", this.#describeKeys(bytes, start, objectEnd));
    return objectEnd;
  }

  #setParts(batch: MessageBatch, index: number, bytes: Uint8Array, line: number): void {
    this.#appendValue(batch, index, PART.text, bytes, ROLE.text);
    if (!this.#appendValue(batch, index, PART.id, bytes, ROLE.id)) appendNumberPart(batch, index, PART.id, line);
    this.#appendValue(batch, index, PART.author, bytes, ROLE.author);
    const timeStart = this.#chosen[ROLE.time * 4]!;
    if (timeStart >= 0) {
      const quotes = this.#chosen[ROLE.time * 4 + 2] === JSON_TYPE.string ? 1 : 0;
      this.#instant.set(batch, index, bytes, timeStart + quotes, this.#chosen[ROLE.time * 4 + 1]! - quotes);
    }
    const nameStart = this.#chosen[ROLE.conversation * 4]!;
    if (nameStart < 0) return;
    const nameEnd = this.#chosen[ROLE.conversation * 4 + 1]!;
    if (!sameBytes(this.#conversation, bytes, nameStart, nameEnd)) {
      this.#conversation = bytes.slice(nameStart, nameEnd);
      const quotes = this.#chosen[ROLE.conversation * 4 + 2] === JSON_TYPE.string ? 1 : 0;
      this.#conversationName = stringText(bytes, nameStart + quotes, nameEnd - quotes);
    }
    if (this.#conversationName !== "") batch.conversation[index] = this.#batcher.conversationIndex(this.#conversationName);
  }

  /** @returns whether there is such a value. Text may be empty, the other parts are unknown then. */
  #appendValue(batch: MessageBatch, index: number, part: number, bytes: Uint8Array, role: number): boolean {
    const start = this.#chosen[role * 4]!;
    const end = this.#chosen[role * 4 + 1]!;
    if (start < 0) return false;
    if (this.#chosen[role * 4 + 2] === JSON_TYPE.number) {
      appendPart(batch, index, part, bytes, start, end);
      return true;
    }
    if (end - start === 2 && role !== ROLE.text) return false;
    const from = batch.used;
    batch.used = decodeString(bytes, start + 1, end - 1, batch.bytes, from);
    setRange(batch, index, part, from, batch.used);
    return true;
  }

  #describeKeys(bytes: Uint8Array, start: number, end: number): string {
    const cursor = this.#cursor;
    const keys: string[] = [];
    cursor.enter(bytes, start, end, "{");
    while (cursor.nextMember()) {
      const key = stringText(bytes, cursor.keyStart, cursor.keyEnd).slice(0, 40);
      if (keys.length < 20) keys.push(cursor.valueType === JSON_TYPE.string ? key : `${key} (no string)`);
      else if (keys.length === 20) keys.push("...");
    }
    const seen = keys.length === 0 ? "no keys at all" : `the keys ${keys.join(", ")}`;
    return `Expected a string under ${this.#textName}, got ${seen}. Name the key that holds the text with --text-field.`;
  }
}

function holdsRole(role: number, type: number): boolean {
  return type === JSON_TYPE.string || (type === JSON_TYPE.number && role !== ROLE.text);
}
