/**
 * Finds the messages in a Telegram Desktop `result.json` of any size without holding more than one of them. It follows
 * only the containers on the way to `$.messages[*]` and `$.(chats|left_chats).list[*].messages[*]`:
 *
 *     { "name": "A", "id": 1, "messages": [ {...}, {...} ] }        ROOT > MESSAGES
 *     { "other_data": {...}, "chats": { "list": [                   ROOT > CHATS > LIST > CHAT > MESSAGES
 *         { "name": "A", "messages": [ {...} ] } ] } }
 *
 * Everything else is passed over by counting brackets outside of strings; `messages` elsewhere are not messages.
 * A raw line end inside a string never comes from a whole export, so it ends the string: a lost quote spoils one line.
 */
import { CarryOver, MAX_RECORD_BYTES } from "../batcher.ts";
import { stringText } from "../json/member.ts";

/** Takes what the scanner finds, in the order of the file. */
export interface TelegramTarget {
  /** A list of messages begins. The name is the chat's, or else its id, as far as they stand before the messages. */
  chat(name: string | null): void;
  /** A whole message, brackets balanced but else unchecked, in `bytes[start, end)`, valid during the call. */
  message(bytes: Uint8Array, start: number, end: number): void;
  /** In the place of a message longer than MAX_RECORD_BYTES. */
  longMessage(): void;
  /** In the place of anything between messages that is no object. */
  noMessage(): void;
}

const PLACE = {
  outside: 0,
  root: 1,
  chats: 2,
  list: 3,
  chat: 4,
  messages: 5,
} as const;
/** The place around a place; that of messages depends on where they are. */
const PARENTS = [PLACE.outside, PLACE.outside, PLACE.root, PLACE.chats, PLACE.list] as const;
const MODE = { structure: 0, string: 1, nested: 2 } as const;

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** Bytes of a key, name or id that are looked at. */
const MAX_WORD = 1024;

export class TelegramScanner {
  readonly #target: TelegramTarget;
  #place: number = PLACE.outside;
  #mode: number = MODE.structure;
  #key = "";
  #afterColon = false;
  #inList = false;
  #name: string | null = null;
  #id: string | null = null;
  #garbage = false;
  /** Bytes of the string or number that is being read. */
  readonly #word = new Uint8Array(MAX_WORD);
  #wordLength = 0;
  #wordIsString = false;
  /** Nested value: open brackets, whether in a string, whether it is a message to gather. */
  #depth = 0;
  #inString = false;
  #gathering = false;
  #skipNext = false;
  #escaped = false;
  readonly #carry = new CarryOver();
  /** Whether any list of messages was found. */
  foundMessages = false;

  constructor(target: TelegramTarget) {
    this.#target = target;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    if (this.#skipNext && chunk.length > 0) {
      this.#skipNext = false;
      at = 1;
    }
    if (this.#mode === MODE.nested) at = this.#nested(chunk, 0, at);
    while (at < chunk.length) {
      if (this.#mode === MODE.string) at = this.#string(chunk, at);
      else at = this.#structure(chunk, at);
    }
    // An escape cut in two: its second byte must not be taken for a quote.
    this.#skipNext = at > chunk.length;
  }

  /** What the file ends in the middle of. */
  get unfinished(): "nothing" | "message" | "file" {
    if (this.#place === PLACE.outside && this.#mode === MODE.structure) return "nothing";
    return this.#mode === MODE.nested && this.#gathering ? "message" : "file";
  }

  /** One byte between strings and nested values. @returns where to go on. */
  #structure(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    switch (byte) {
      case 9:
      case NEWLINE:
      case 13:
      case 32:
        return at + 1;
      case COLON:
        this.#afterColon = true;
        this.#wordLength = 0;
        return at + 1;
      case COMMA:
        this.#endValue();
        return at + 1;
      case QUOTE:
        this.#mode = MODE.string;
        this.#wordLength = 0;
        return at + 1;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        return this.#open(chunk, at, byte);
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.#close(byte);
        return at + 1;
      default:
        if (this.#place === PLACE.messages) this.#reportGarbage();
        else if (this.#wordLength < MAX_WORD) this.#word[this.#wordLength++] = byte;
        return at + 1;
    }
  }

  #string(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (!this.#escaped && (byte === QUOTE || byte === NEWLINE)) {
        this.#endString();
        return at + 1;
      }
      this.#escaped = !this.#escaped && byte === BACKSLASH;
      if (this.#wordLength < MAX_WORD) this.#word[this.#wordLength++] = byte;
    }
    return chunk.length;
  }

  #endString(): void {
    this.#mode = MODE.structure;
    this.#escaped = false;
    this.#wordIsString = true;
    if (this.#place === PLACE.messages) this.#reportGarbage();
    if (this.#afterColon) return;
    this.#key = stringText(this.#word, 0, this.#wordLength);
    this.#wordLength = 0;
    this.#wordIsString = false;
  }

  /** After a member or element: remembers what names the chat. */
  #endValue(): void {
    if (this.#afterColon && (this.#key === "name" || this.#key === "id") && this.#wordLength > 0) {
      const word = stringText(this.#word, 0, this.#wordLength);
      const value = this.#wordIsString || word !== "null" ? word : null;
      if (this.#key === "name") this.#name = value;
      else this.#id = value;
    }
    this.#startItem();
  }

  #startItem(): void {
    this.#key = "";
    this.#afterColon = false;
    this.#wordLength = 0;
    this.#wordIsString = false;
  }

  /** At an opening bracket: goes in if messages may lie there, else over it. @returns where to go on. */
  #open(chunk: Uint8Array, at: number, byte: number): number {
    const place = this.#place;
    const isObject = byte === OPEN_OBJECT;
    const key = this.#afterColon ? this.#key : "";
    if (place === PLACE.outside && isObject) return this.#enter(PLACE.root, at);
    if (place === PLACE.root && isObject && (key === "chats" || key === "left_chats")) return this.#enter(PLACE.chats, at);
    if (place === PLACE.chats && !isObject && key === "list") return this.#enter(PLACE.list, at);
    if (place === PLACE.list && isObject) return this.#enter(PLACE.chat, at);
    if ((place === PLACE.root || place === PLACE.chat) && !isObject && key === "messages") {
      this.foundMessages = true;
      this.#inList = place === PLACE.chat;
      this.#target.chat(this.#name ?? this.#id);
      return this.#enter(PLACE.messages, at);
    }
    if (this.foundMessages && (place === PLACE.root || place === PLACE.chat) && isObject && !this.#afterColon) {
      // An object where a key belongs: a spoilt message has closed the list too early.
      this.#place = PLACE.messages;
      this.#reportGarbage();
    }
    this.#gathering = this.#place === PLACE.messages && isObject;
    if (this.#place === PLACE.messages && !isObject) this.#reportGarbage();
    this.#mode = MODE.nested;
    return this.#nested(chunk, at, at);
  }

  #enter(place: number, at: number): number {
    this.#place = place;
    if (place === PLACE.root || place === PLACE.chat) {
      this.#name = null;
      this.#id = null;
    }
    this.#startItem();
    return at + 1;
  }

  #close(byte: number): void {
    const isArray = this.#place === PLACE.messages || this.#place === PLACE.list;
    if (isArray !== (byte === CLOSE_ARRAY)) {
      if (this.#place === PLACE.messages) this.#reportGarbage();
      return;
    }
    this.#endValue();
    if (this.#place === PLACE.messages) this.#place = this.#inList ? PLACE.chat : PLACE.root;
    else this.#place = PARENTS[this.#place]!;
  }

  /**
   * Goes over the rest of a nested value and, if it is a message, passes it on. HOT.
   * @param start is where the value starts in the chunk, 0 if it started in one before.
   */
  #nested(chunk: Uint8Array, start: number, from: number): number {
    const length = chunk.length;
    let depth = this.#depth;
    let inString = this.#inString;
    let at = from;
    while (at < length) {
      const byte = chunk[at]!;
      if (inString) {
        if (byte === QUOTE || byte === NEWLINE) inString = false;
        at += byte === BACKSLASH ? 2 : 1;
        continue;
      }
      at++;
      if (byte === QUOTE) inString = true;
      else if ((byte | 32) === OPEN_OBJECT) depth++;
      else if ((byte | 32) === CLOSE_OBJECT && --depth === 0) {
        this.#depth = 0;
        this.#endNested(chunk, start, at);
        return at;
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    if (this.#gathering) this.#carry.append(chunk, start, length);
    return at;
  }

  #endNested(chunk: Uint8Array, start: number, end: number): void {
    this.#mode = MODE.structure;
    this.#inString = false;
    if (!this.#gathering) return;
    this.#gathering = false;
    this.#garbage = false;
    if (this.#carry.begun) {
      this.#carry.append(chunk, start, end);
      if (this.#carry.tooLong) this.#target.longMessage();
      else this.#target.message(this.#carry.bytes, 0, this.#carry.length);
    } else if (end - start > MAX_RECORD_BYTES) this.#target.longMessage();
    else this.#target.message(chunk, start, end);
    this.#carry.clear();
  }

  /** Reports a run of what is no message once. */
  #reportGarbage(): void {
    if (!this.#garbage) this.#target.noMessage();
    this.#garbage = true;
  }
}
