import { type MessageBatch, PART, setRange } from "../../core/message.ts";
import { type FieldNames, KEPT } from "../field-names.ts";
import { asBuffer, decodeUtf8 } from "../utf8.ts";
import type { JsonCursor } from "./cursor.ts";
import { copyJson, decodeString } from "./text.ts";

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
/** Slots of the cache of keys; a file has a few dozen. */
const CACHE_SLOTS = 256;
const MAX_PROBES = 8;
const EMPTY = -1;
const MAX_CACHED_KEY = 256;

/** Codes of JSON keys, remembered by their bytes so that a key is decoded and looked up once, not once a message. */
export class KeyCodes {
  readonly #names: FieldNames;
  readonly #keys: Uint8Array[] = new Array(CACHE_SLOTS).fill(new Uint8Array(0));
  readonly #codes = new Int32Array(CACHE_SLOTS).fill(EMPTY);

  constructor(names: FieldNames) {
    this.#names = names;
  }

  /** @param start and `end` are of the key as written, without its quotes. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const first = (hash ^ (hash >>> 11)) & (CACHE_SLOTS - 1);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = (first + probe) & (CACHE_SLOTS - 1);
      const code = this.#codes[slot]!;
      if (code === EMPTY) return this.#remember(bytes, start, end, slot);
      if (sameBytes(this.#keys[slot]!, bytes, start, end)) return code;
    }
    return this.#remember(bytes, start, end, first);
  }

  #remember(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const code = this.#names.codeOf(stringText(bytes, start, end));
    if (end - start <= MAX_CACHED_KEY) {
      this.#keys[slot] = bytes.slice(start, end);
      this.#codes[slot] = code;
    }
    return code;
  }
}

/**
 * Makes the kept members of the object at `bytes[start, end)` the message's fields, as `"key":value` with commas between.
 * @param except is where a value starts that is left out, -1 for none.
 */
export function keepMembers(
  cursor: JsonCursor,
  keys: KeyCodes,
  batch: MessageBatch,
  index: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  except: number,
): void {
  const from = batch.used;
  cursor.enter(bytes, start, end, "{");
  while (cursor.nextMember()) {
    if ((keys.codeOf(bytes, cursor.keyStart, cursor.keyEnd) & KEPT) === 0 || cursor.valueStart === except) continue;
    batch.used = appendMember(cursor, batch.bytes, batch.used, from);
  }
  if (batch.used > from) setRange(batch, index, PART.fields, from, batch.used);
}

/** Appends the cursor's member to those that start at `from`. @returns the end in `target`. */
function appendMember(cursor: JsonCursor, target: Uint8Array, at: number, from: number): number {
  let to = at;
  if (to > from) target[to++] = COMMA;
  to = copyJson(cursor.bytes, cursor.keyStart - 1, cursor.keyEnd + 1, target, to);
  target[to++] = COLON;
  return copyJson(cursor.bytes, cursor.valueStart, cursor.valueEnd, target, to);
}

/**
 * Where a cursor broke off, as a sentence. Lines and columns count from 1 at `textStart`, columns in code points; the line
 * is left out if there is only one.
 */
export function describeBreak(cursor: JsonCursor, textStart: number): string {
  const { bytes, errorAt, end, expected } = cursor;
  let line = 1;
  let column = 1;
  for (let at = textStart; at < errorAt; at++) {
    if (bytes[at] === NEWLINE) line++;
    if (bytes[at] === NEWLINE) column = 1;
    else if ((bytes[at]! & 0xc0) !== 0x80) column++;
  }
  const place = line > 1 ? `line ${line}, column ${column} of the message` : `column ${column}`;
  let pieceEnd = Math.min(end, errorAt + 12);
  while (pieceEnd < end && (bytes[pieceEnd]! & 0xc0) === 0x80) pieceEnd++;
  const got = errorAt >= end ? "the end" : JSON.stringify(decodeUtf8(bytes, errorAt, pieceEnd));
  return `Not JSON at ${place}: expected ${expected}, got ${got}.`;
}

/** Decodes the inside of a checked string. */
export function stringText(bytes: Uint8Array, start: number, end: number): string {
  const decoded = new Uint8Array(end - start);
  return decodeUtf8(decoded, 0, decodeString(bytes, start, end, decoded, 0));
}

/** A string's text or a number as written, with all its digits; null for any other value and for the empty string. */
export function valueText(bytes: Uint8Array, start: number, end: number): string | null {
  const first = bytes[start]!;
  let text = "";
  if (first === QUOTE) text = stringText(bytes, start + 1, end - 1);
  else if (first === MINUS || (first >= ZERO && first <= NINE)) text = asBuffer(bytes, start, end).toString("latin1");
  return text === "" ? null : text;
}

export function sameBytes(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
