/** What the beginning of a JSON file tells about its format: which keys lie where. */
import { JSON_TYPE } from "./cursor.ts";
import { stringText } from "./member.ts";
import { escapeLength, findBareEnd, findScalarEnd, skipSpace } from "./text.ts";

export interface JsonHead {
  /** What stands before the first bracket: "window.YTD.tweets.part0 =" in an archive of X. */
  readonly prefix: string;
  /** Whether a value was seen at a path such as `guild.id`, `messages[].content` or `[].cid`. */
  has(...paths: readonly string[]): boolean;
  /** The paths of everything that was seen, in the order of the file. */
  paths(): Iterable<string>;
  /** JSON_TYPE of the first value at a path, 0 if none was seen. */
  typeOf(path: string): number;
  /** The first text at a path, null if none was seen or it is no string. */
  textOf(path: string): string | null;
  /** Whether the first value ends on its line and the next one begins with "{": one object a line. */
  readonly isLines: boolean;
}

/** Containers in containers that are looked into, and elements of an array. */
const MAX_DEPTH = 8;
const MAX_ELEMENTS = 3;
const MAX_PATHS = 4000;
const MAX_PREFIX = 256;
const MAX_TEXT = 200;

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const known = new WeakMap<Uint8Array, JsonHead>();

/** Reads a head once, however many formats ask; what the head's end cuts off still tells its keys. */
export function readJsonHead(head: Uint8Array): JsonHead {
  let found = known.get(head);
  if (found === undefined) {
    found = new HeadWalker(head).result;
    known.set(head, found);
  }
  return found;
}

class HeadWalker {
  readonly result: JsonHead;
  readonly #bytes: Uint8Array;
  readonly #types = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const start = this.#findOpening();
    const end = start < 0 ? -1 : this.#walk(start, "", 0);
    const newline = end < 0 ? -1 : bytes.indexOf(NEWLINE, start);
    const next = end < 0 ? bytes.length : skipSpace(bytes, end, bytes.length);
    this.result = {
      prefix: start < 0 ? "" : Buffer.from(bytes.subarray(0, start)).toString("latin1").trim(),
      has: (...paths) => paths.every((path) => this.#types.has(path)),
      paths: () => this.#types.keys(),
      typeOf: (path) => this.#types.get(path) ?? 0,
      textOf: (path) => this.#texts.get(path) ?? null,
      isLines:
        end >= 0 &&
        bytes[start] === OPEN_OBJECT &&
        (newline < 0 || newline >= end) &&
        (next === bytes.length || bytes[next] === OPEN_OBJECT),
    };
  }

  #findOpening(): number {
    const reach = Math.min(this.#bytes.length, MAX_PREFIX);
    for (let at = 0; at < reach; at++) if (this.#bytes[at] === OPEN_OBJECT || this.#bytes[at] === OPEN_ARRAY) return at;
    return -1;
  }

  /** Notes what lies at and under a value. @returns its end, -1 where it is cut off or broken. */
  #walk(start: number, path: string, depth: number): number {
    const bytes = this.#bytes;
    const byte = bytes[start]!;
    const isObject = byte === OPEN_OBJECT;
    const isArray = byte === OPEN_ARRAY;
    this.#note(
      path,
      isObject ? JSON_TYPE.object : isArray ? JSON_TYPE.array : byte === QUOTE ? JSON_TYPE.string : JSON_TYPE.literal,
      start,
    );
    if (byte === QUOTE) {
      const end = this.#stringEnd(start);
      if (end >= 0 && !this.#texts.has(path)) this.#texts.set(path, stringText(bytes, start + 1, end - 1).slice(0, MAX_TEXT));
      return end;
    }
    if (!isObject && !isArray) {
      const scalarEnd = findScalarEnd(bytes, start, bytes.length);
      const end = scalarEnd > start ? scalarEnd : findBareEnd(bytes, start, bytes.length);
      return end > start ? end : -1;
    }
    if (depth >= MAX_DEPTH) return this.#skipNested(start);
    let at = skipSpace(bytes, start + 1, bytes.length);
    if (bytes[at] === byte + 2) return at + 1;
    for (let count = 0; at < bytes.length; count++) {
      let inside = `${path}[]`;
      if (isObject) {
        const keyEnd = bytes[at] === QUOTE ? this.#stringEnd(at) : -1;
        const colon = keyEnd < 0 ? -1 : skipSpace(bytes, keyEnd, bytes.length);
        if (colon < 0 || bytes[colon] !== COLON) return -1;
        const key = stringText(bytes, at + 1, Math.min(keyEnd - 1, at + 1 + MAX_TEXT));
        inside = path === "" ? key : `${path}.${key}`;
        at = skipSpace(bytes, colon + 1, bytes.length);
        if (at === bytes.length) this.#note(inside, 0, at);
      }
      if (at === bytes.length) return -1;
      const isPlain = bytes[at] !== OPEN_OBJECT && bytes[at] !== OPEN_ARRAY;
      at = isObject || count < MAX_ELEMENTS || isPlain ? this.#walk(at, inside, depth + 1) : this.#skipNested(at);
      if (at < 0) return -1;
      at = skipSpace(bytes, at, bytes.length);
      if (bytes[at] === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = skipSpace(bytes, at + 1, bytes.length);
    }
    return -1;
  }

  #note(path: string, type: number, start: number): void {
    const digit =
      type === JSON_TYPE.literal &&
      start < this.#bytes.length &&
      (this.#bytes[start] === 45 || (this.#bytes[start]! >= 48 && this.#bytes[start]! <= 57));
    if (!this.#types.has(path) && this.#types.size < MAX_PATHS) this.#types.set(path, digit ? JSON_TYPE.number : type);
  }

  #skipNested(start: number): number {
    const bytes = this.#bytes;
    let depth = 0;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        const end = this.#stringEnd(at);
        if (end < 0) return -1;
        at = end - 1;
      } else if ((byte | 32) === OPEN_OBJECT) depth++;
      else if ((byte | 32) === CLOSE_OBJECT && --depth === 0) return at + 1;
    }
    return -1;
  }

  #stringEnd(start: number): number {
    const bytes = this.#bytes;
    for (let at = start + 1; at < bytes.length; ) {
      const byte = bytes[at]!;
      if (byte === QUOTE) return at + 1;
      if (byte === NEWLINE) return -1;
      at += byte === 92 ? Math.max(1, escapeLength(bytes, at, bytes.length)) : 1;
    }
    return -1;
  }
}
