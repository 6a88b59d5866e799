import { beginMessage, failMessage, type MessageBatch, PART, setRange } from "../../core/message.ts";
import { appendNumberPart, appendPart, type Batcher, MAX_DIGITS } from "../batcher.ts";
import { compileFieldNames, ROLE, ROLE_COUNT, rankOf, roleOf } from "../field-names.ts";
import { InstantReader } from "../instant.ts";
import type { ReaderOptions } from "../reader.ts";
import { JSON_TYPE, JsonCursor } from "./cursor.ts";
import { describeBreak, KeyCodes, keepMembers, sameBytes, stringText } from "./member.ts";
import { decodeString, MAX_JSON_GROWTH } from "./text.ts";

/** Objects in objects that are looked into where a record's own members hold no text. */
export const NESTED_DEPTH = 3;

/** One object on the way to the text. */
interface Level {
  readonly cursor: JsonCursor;
  /** By role: start, end, type and rank of the value chosen; start -1 for none. */
  readonly chosen: Int32Array;
}

/**
 * Turns JSON objects with common keys into messages. Where no member of the object itself holds a text, the objects in it
 * are looked into, the shallower first: `{"data":{"body":"..."}}`. The other parts are taken from beside the text, else
 * from the top. Use: `look`, then `write` for the message or the error record in its place.
 */
export class JsonRecordReader {
  readonly #batcher: Batcher;
  readonly #keys: KeyCodes;
  /** Of a text field such as `data.body`: the keys that lead to the object with the text, and that object's own. */
  readonly #steps: readonly KeyCodes[];
  readonly #lastKeys: KeyCodes;
  readonly #looksInside: boolean;
  readonly #keepsAny: boolean;
  readonly #keepsAll: boolean;
  readonly #textName: string;
  readonly #levels: readonly Level[] = Array.from({ length: NESTED_DEPTH + 1 }, () => ({
    cursor: new JsonCursor(),
    chosen: new Int32Array(ROLE_COUNT * 4),
  }));
  readonly #instant = new InstantReader();
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** The level whose object holds the text. */
  #home = 0;
  #isSound = false;
  #conversation: Uint8Array = new Uint8Array(0);
  #conversationName = "";
  /** Messages in which escapes that JSON has not were read. */
  repaired = 0;

  constructor(options: ReaderOptions, batcher: Batcher) {
    this.#batcher = batcher;
    this.#keys = new KeyCodes(compileFieldNames(options));
    const steps = options.textField?.split(".") ?? [];
    this.#steps = steps.slice(0, -1).map((textField) => new KeyCodes(compileFieldNames({ source: "", textField })));
    this.#lastKeys = steps.length < 2 ? this.#keys : new KeyCodes(compileFieldNames({ ...options, textField: steps.at(-1)! }));
    this.#looksInside = options.textField === undefined;
    this.#keepsAny = (options.keepFields ?? []).length > 0;
    this.#keepsAll = options.keepFields?.includes("*") ?? false;
    this.#textName = options.textField === undefined ? "text" : `"${options.textField}"`;
  }

  /**
   * Finds the parts of the object at `bytes[start, end)`; they are valid until the next one.
   * @returns the place behind the object, -1 if it breaks off.
   */
  look(bytes: Uint8Array, start: number, end: number): number {
    const { cursor } = this.#levels[0]!;
    this.#bytes = bytes;
    this.#start = start;
    this.#isSound = this.#choose(0, start, end, this.#keys);
    this.#end = cursor.at;
    this.#home = 0;
    if (!this.#isSound) return -1;
    if (cursor.lenient) this.repaired++;
    if (!this.hasText && this.#steps.length > 0) this.#followSteps();
    for (let depth = 1; this.#looksInside && !this.hasText && depth <= NESTED_DEPTH; depth++) this.#search(0, start, this.#end, depth);
    return this.#end;
  }

  /** Whether the object that was looked at holds a text, even an empty one. */
  get hasText(): boolean {
    return this.#isSound && this.#levels[this.#home]!.chosen[ROLE.text * 4]! >= 0;
  }

  /**
   * Writes the object that was looked at as the next message; what cannot be read becomes an error record.
   * @param lineStart is where columns in error messages count from.
   * @param locator leads to the object in a document; null in a file of lines, where the line's number is its id.
   */
  write(line: number, lineStart: number, locator: string | null): void {
    const size = this.#isSound ? this.#end - this.#start : 0;
    const locatorSize = (locator?.length ?? 0) * 3;
    this.#batcher.reserve(size + locatorSize + MAX_DIGITS + (this.#keepsAny ? size * MAX_JSON_GROWTH : 0));
    const batch = this.#batcher.batch;
    const index = beginMessage(batch, line);
    if (locator !== null) appendPart(batch, index, PART.locator, encoder.encode(locator), 0, Buffer.byteLength(locator));
    if (!this.#isSound) {
      failMessage(batch, index, "E_JSON", this.describe(lineStart));
      return;
    }
    if (!this.#setParts(batch, index) && locator === null) appendNumberPart(batch, index, PART.id, line);
    const except = this.#keepsAll && this.#home === 0 ? this.#levels[0]!.chosen[ROLE.text * 4]! : -1;
    if (this.#keepsAny) keepMembers(this.#levels[0]!.cursor, this.#keys, batch, index, this.#bytes, this.#start, this.#end, except);
    if (!this.hasText) failMessage(batch, index, "E_NO_TEXT", this.describe(lineStart));
  }

  /** What is wrong with an object that breaks off or has no text, as a sentence; columns count from `lineStart`. */
  describe(lineStart: number): string {
    if (!this.#isSound) return describeBreak(this.#levels[0]!.cursor, lineStart);
    const seen = this.keys();
    const got = seen.length === 0 ? "no keys at all" : `the keys ${seen.join(", ")}`;
    return `Expected a string under ${this.#textName}, got ${got}. Name the key that holds the text with --text-field.`;
  }

  /** The first keys of the object that was looked at, for people. */
  keys(): string[] {
    const { cursor } = this.#levels[0]!;
    const keys: string[] = [];
    cursor.enter(this.#bytes, this.#start, this.#end, "{");
    while (cursor.nextMember()) {
      const key = stringText(this.#bytes, cursor.keyStart, cursor.keyEnd).slice(0, 40);
      if (keys.length < 20) keys.push(cursor.valueType === JSON_TYPE.string ? key : `${key} (no string)`);
      else if (keys.length === 20) keys.push("...");
    }
    return keys;
  }

  /** Chooses the values of an object by their keys. @returns whether the object is sound. */
  #choose(level: number, start: number, end: number, keys: KeyCodes): boolean {
    const { cursor } = this.#levels[level]!;
    const chosen = this.#levels[level]!.chosen.fill(-1);
    const opened = cursor.enter(this.#bytes, start, end, "{");
    while (opened && cursor.nextMember()) {
      const code = keys.codeOf(this.#bytes, cursor.keyStart, cursor.keyEnd);
      const slot = roleOf(code) * 4;
      if (slot === 0 || !holdsRole(roleOf(code), cursor.valueType)) continue;
      const rank = rankOf(code);
      if (chosen[slot]! >= 0 && rank > chosen[slot + 3]!) continue;
      chosen[slot] = cursor.valueStart;
      chosen[slot + 1] = cursor.valueEnd;
      chosen[slot + 2] = cursor.valueType;
      chosen[slot + 3] = rank;
    }
    return cursor.errorAt < 0;
  }

  /** Looks for a text in the objects that lie `depth` below the top. @returns whether there is one. */
  #search(level: number, start: number, end: number, depth: number): boolean {
    const { cursor } = this.#levels[level]!;
    cursor.enter(this.#bytes, start, end, "{");
    while (cursor.nextMember()) {
      if (cursor.valueType !== JSON_TYPE.object) continue;
      const { valueStart, valueEnd } = cursor;
      if (level + 1 < depth) {
        if (this.#search(level + 1, valueStart, valueEnd, depth)) return true;
        continue;
      }
      this.#choose(depth, valueStart, valueEnd, this.#keys);
      if (this.#levels[depth]!.chosen[ROLE.text * 4]! < 0) continue;
      this.#home = depth;
      return true;
    }
    return false;
  }

  /** Goes to the object that a text field with dots names. */
  #followSteps(): void {
    let start = this.#start;
    let end = this.#end;
    const { cursor } = this.#levels[1]!;
    for (const keys of this.#steps) {
      let [insideStart, insideEnd, best] = [-1, -1, 0];
      cursor.enter(this.#bytes, start, end, "{");
      while (cursor.nextMember()) {
        const code = keys.codeOf(this.#bytes, cursor.keyStart, cursor.keyEnd);
        if (roleOf(code) !== ROLE.text || cursor.valueType !== JSON_TYPE.object) continue;
        if (insideStart >= 0 && rankOf(code) > best) continue;
        [insideStart, insideEnd, best] = [cursor.valueStart, cursor.valueEnd, rankOf(code)];
      }
      if (insideStart < 0) return;
      [start, end] = [insideStart, insideEnd];
    }
    this.#choose(1, start, end, this.#lastKeys);
    this.#home = 1;
  }

  /** @returns whether the object has an id. */
  #setParts(batch: MessageBatch, index: number): boolean {
    this.#appendValue(batch, index, PART.text, ROLE.text);
    const hasId = this.#appendValue(batch, index, PART.id, ROLE.id);
    this.#setConversation(batch, index);
    this.#appendValue(batch, index, PART.author, ROLE.author);
    this.#appendValue(batch, index, PART.authorId, ROLE.authorId);
    this.#appendValue(batch, index, PART.replyTo, ROLE.replyTo);
    const time = this.#chosen(ROLE.time);
    if (time[ROLE.time * 4]! >= 0) {
      const quotes = time[ROLE.time * 4 + 2] === JSON_TYPE.string ? 1 : 0;
      this.#instant.set(batch, index, this.#bytes, time[ROLE.time * 4]! + quotes, time[ROLE.time * 4 + 1]! - quotes);
    }
    return hasId;
  }

  #setConversation(batch: MessageBatch, index: number): void {
    const bytes = this.#bytes;
    const named = this.#chosen(ROLE.conversation);
    const nameStart = named[ROLE.conversation * 4]!;
    if (nameStart < 0) return;
    const nameEnd = named[ROLE.conversation * 4 + 1]!;
    if (!sameBytes(this.#conversation, bytes, nameStart, nameEnd)) {
      this.#conversation = bytes.slice(nameStart, nameEnd);
      const quotes = named[ROLE.conversation * 4 + 2] === JSON_TYPE.string ? 1 : 0;
      this.#conversationName = stringText(bytes, nameStart + quotes, nameEnd - quotes);
    }
    if (this.#conversationName !== "") batch.conversation[index] = this.#batcher.conversationIndex(this.#conversationName);
  }

  /** The values among which a role's is: beside the text, else at the top. */
  #chosen(role: number): Int32Array {
    const beside = this.#levels[this.#home]!.chosen;
    return beside[role * 4]! >= 0 ? beside : this.#levels[0]!.chosen;
  }

  /** @returns whether there is such a value. Text may be empty, the other parts are unknown then. */
  #appendValue(batch: MessageBatch, index: number, part: number, role: number): boolean {
    const chosen = this.#chosen(role);
    const start = chosen[role * 4]!;
    const end = chosen[role * 4 + 1]!;
    if (start < 0) return false;
    if (chosen[role * 4 + 2] === JSON_TYPE.number) {
      appendPart(batch, index, part, this.#bytes, start, end);
      return true;
    }
    if (end - start === 2 && role !== ROLE.text) return false;
    const from = batch.used;
    batch.used = decodeString(this.#bytes, start + 1, end - 1, batch.bytes, from);
    setRange(batch, index, part, from, batch.used);
    return true;
  }
}

function holdsRole(role: number, type: number): boolean {
  return type === JSON_TYPE.string || (type === JSON_TYPE.number && role !== ROLE.text);
}

const encoder = new TextEncoder();
