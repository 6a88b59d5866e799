/**
 * Finds the records of a JSON document of any size without holding more than one of them. It goes only into the
 * containers on the way to them (`paths.ts`):
 *
 *     { "name": "A", "id": 1, "messages": [ {...}, {...} ] }        messages[]
 *     { "other_data": {...}, "chats": { "list": [                   chats.list[].messages[]
 *         { "name": "A", "messages": [ {...} ] } ] } }
 *
 * Everything else is passed over (`nested.ts`); `messages` elsewhere are not messages.
 */
import { CarryOver, MAX_RECORD_BYTES } from "../batcher.ts";
import { stringText } from "./member.ts";
import { NestedValue } from "./nested.ts";
import type { PathNode } from "./paths.ts";

/** Takes what the scanner finds, in the order of the file. */
export interface RecordTarget {
  /** An object on the way to records begins, `depth` containers inside the root: what was said of another one there is past. */
  enterObject(depth: number): void;
  /** A member of such an object whose key is asked for, as written, valid during the call. */
  fact(depth: number, key: string, bytes: Uint8Array, start: number, end: number): void;
  /** An array of records begins. The path leads to it: ".chats.list[3].messages". */
  enterRecords(path: string): void;
  /** A whole record, brackets balanced but else unchecked, in `bytes[start, end)`, valid during the call. */
  record(bytes: Uint8Array, start: number, end: number, line: number): void;
  /** In the place of a record longer than MAX_RECORD_BYTES. */
  longRecord(line: number): void;
  /** In the place of anything between records that is no object; a run of it is reported once. */
  noRecord(line: number): void;
}

const MODE = { structure: 0, string: 1, nested: 2 } as const;
/** What becomes of a value that is passed over as a whole. */
const GATHER = { nothing: 0, record: 1, fact: 2 } as const;

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** Bytes of a key or scalar that are looked at; facts that are containers may be longer. */
const MAX_WORD = 4096;
const MAX_FACT_BYTES = 1 << 20;
/** Keys in a locator are cut to this: a key can be hostile. */
const MAX_LOCATOR_KEY = 64;

interface Level {
  readonly node: PathNode;
  /** Of an array: the index of the element that comes next. */
  index: number;
  readonly path: string;
}

export class RecordScanner {
  readonly #roots: readonly PathNode[];
  readonly #facts: ReadonlySet<string>;
  readonly #target: RecordTarget;
  readonly #levels: Level[] = [];
  /** The last of `#levels`, null outside of the root. */
  #level: Level | null = null;
  #mode: number = MODE.structure;
  #key = "";
  #afterColon = false;
  #garbage = false;
  /** The element between two commas has been counted as one that is no record. */
  #itemSpoilt = false;
  /** The levels down to the last records, to go back to when they seem to have ended too early. */
  #recordLevels: readonly Level[] = [];
  /** Bytes of the string or scalar that is being read. */
  readonly #word = new Uint8Array(MAX_WORD);
  #wordLength = 0;
  #wordIsString = false;
  readonly #value = new NestedValue();
  /** What the nested value is gathered for. */
  #gathering: number = GATHER.nothing;
  #nestedLine = 0;
  #escaped = false;
  readonly #carry = new CarryOver();
  /** Whether any array of records was found. */
  foundRecords = false;

  /** @param facts are the keys whose values the target takes from the objects on the way. */
  constructor(roots: readonly PathNode[], facts: ReadonlySet<string>, target: RecordTarget) {
    this.#roots = roots;
    this.#facts = facts;
    this.#target = target;
  }

  push(chunk: Uint8Array): void {
    let at = this.#mode === MODE.nested ? this.#nested(chunk, 0) : 0;
    while (at < chunk.length) {
      if (this.#mode === MODE.string) at = this.#string(chunk, at);
      else at = this.#structure(chunk, at);
    }
  }

  /** Index of the record that `record`, `longRecord` or `noRecord` was just called for, in its array. */
  get recordIndex(): number {
    return (this.#level?.index ?? 1) - 1;
  }

  /** What the file ends in the middle of. */
  get unfinished(): "nothing" | "record" | "file" {
    if (this.#level === null && this.#mode === MODE.structure) return "nothing";
    return this.#mode === MODE.nested && this.#gathering === GATHER.record ? "record" : "file";
  }

  /** Line on which the record starts that the file breaks off in. */
  get unfinishedLine(): number {
    return this.#mode === MODE.nested ? this.#nestedLine : this.#value.line;
  }

  /** One byte between strings and nested values. @returns where to go on. */
  #structure(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    switch (byte) {
      case NEWLINE:
        this.#value.line++;
        return at + 1;
      case 9:
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
        if (this.#level?.node.holdsRecords) this.#reportGarbage();
        else if (this.#wordLength < MAX_WORD) this.#word[this.#wordLength++] = byte;
        return at + 1;
    }
  }

  #string(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (!this.#escaped && (byte === QUOTE || byte === NEWLINE)) {
        if (byte === NEWLINE) this.#value.line++;
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
    if (this.#level?.node.holdsRecords) this.#reportGarbage();
    if (this.#afterColon) return;
    this.#key = stringText(this.#word, 0, this.#wordLength);
    this.#wordLength = 0;
    this.#wordIsString = false;
  }

  /** After a member or element: passes a scalar on that is asked for. */
  #endValue(): void {
    if (this.#afterColon && (this.#wordLength > 0 || this.#wordIsString) && this.#isFact()) {
      const word = this.#word.subarray(0, this.#wordLength);
      const bytes = this.#wordIsString ? quoted(word) : word;
      this.#target.fact(this.#levels.length - 1, this.#key, bytes, 0, bytes.length);
    }
    this.#startItem();
  }

  #isFact(): boolean {
    return this.#level !== null && !this.#level.node.isArray && this.#facts.has(this.#key);
  }

  #startItem(): void {
    this.#itemSpoilt = false;
    this.#key = "";
    this.#afterColon = false;
    this.#wordLength = 0;
    this.#wordIsString = false;
  }

  /** At an opening bracket: goes in if records may lie there, else over it. @returns where to go on. */
  #open(chunk: Uint8Array, at: number, byte: number): number {
    const child = this.#childFor(byte === OPEN_ARRAY);
    if (child !== null) {
      this.#enter(child);
      return at + 1;
    }
    const level = this.#level;
    if (this.foundRecords && byte === OPEN_OBJECT && !this.#afterColon && level !== null && !level.node.isArray) this.#returnToRecords();
    const inRecords = this.#level?.node.holdsRecords === true;
    this.#gathering = inRecords && byte === OPEN_OBJECT ? GATHER.record : this.#afterColon && this.#isFact() ? GATHER.fact : GATHER.nothing;
    if (inRecords && this.#gathering === GATHER.nothing) this.#reportGarbage();
    this.#mode = MODE.nested;
    this.#nestedLine = this.#value.line;
    return this.#nested(chunk, at);
  }

  /** The node to go into at an opening bracket, null if what it opens is passed over. */
  #childFor(isArray: boolean): PathNode | null {
    const level = this.#level;
    if (level === null) return this.#roots.find((node) => node.isArray === isArray) ?? null;
    if (level.node.isArray) return level.node.others.find((node) => node.isArray === isArray) ?? null;
    if (!this.#afterColon) return null;
    const named = level.node.members.get(this.#key);
    if (named !== undefined) return named.isArray === isArray ? named : null;
    return level.node.others.find((node) => node.isArray === isArray) ?? null;
  }

  #enter(node: PathNode): void {
    const outer = this.#level;
    let path = "";
    if (outer !== null) path = outer.node.isArray ? `${outer.path}[${outer.index++}]` : outer.path + keyStep(this.#key);
    this.#level = { node, index: 0, path };
    this.#levels.push(this.#level);
    if (!node.isArray) this.#target.enterObject(this.#levels.length - 1);
    else if (node.holdsRecords) {
      this.foundRecords = true;
      this.#recordLevels = [...this.#levels];
      this.#target.enterRecords(path);
    }
    this.#startItem();
  }

  /** An object where a key belongs: a spoilt record has closed the list too early. */
  #returnToRecords(): void {
    this.#levels.splice(0, this.#levels.length, ...this.#recordLevels);
    this.#level = this.#levels.at(-1)!;
    this.#reportGarbage();
  }

  #close(byte: number): void {
    const level = this.#level;
    if (level === null) return;
    if (level.node.isArray !== (byte === CLOSE_ARRAY)) {
      if (level.node.holdsRecords) this.#reportGarbage();
      return;
    }
    this.#endValue();
    this.#levels.pop();
    this.#level = this.#levels.at(-1) ?? null;
  }

  /**
   * Goes over the rest of a nested value and, if it is asked for, passes it on.
   * @param start is where the value starts in the chunk, 0 if it started in one before.
   */
  #nested(chunk: Uint8Array, start: number): number {
    const end = this.#value.skip(chunk, start);
    if (end < 0) {
      if (this.#gathering !== GATHER.nothing) this.#carry.append(chunk, start, chunk.length);
      return chunk.length;
    }
    this.#endNested(chunk, start, end);
    return end;
  }

  #endNested(chunk: Uint8Array, start: number, end: number): void {
    this.#mode = MODE.structure;
    const gathering = this.#gathering;
    if (gathering === GATHER.nothing) return;
    this.#gathering = GATHER.nothing;
    if (this.#carry.begun) {
      this.#carry.append(chunk, start, end);
      if (this.#carry.tooLong) this.#passLong(gathering);
      else this.#pass(gathering, this.#carry.bytes, 0, this.#carry.length);
    } else if (end - start > MAX_RECORD_BYTES) this.#passLong(gathering);
    else this.#pass(gathering, chunk, start, end);
    this.#carry.clear();
  }

  #pass(gathering: number, bytes: Uint8Array, start: number, end: number): void {
    if (gathering === GATHER.fact) {
      if (end - start <= MAX_FACT_BYTES) this.#target.fact(this.#levels.length - 1, this.#key, bytes, start, end);
      return;
    }
    this.#garbage = false;
    this.#level!.index++;
    this.#target.record(bytes, start, end, this.#nestedLine);
  }

  #passLong(gathering: number): void {
    if (gathering !== GATHER.record) return;
    this.#garbage = false;
    this.#level!.index++;
    this.#target.longRecord(this.#nestedLine);
  }

  /** Reports a run of what is no record once. */
  #reportGarbage(): void {
    if (!this.#itemSpoilt) this.#level!.index++;
    this.#itemSpoilt = true;
    if (!this.#garbage) this.#target.noRecord(this.#value.line);
    this.#garbage = true;
  }
}

/** A step of a path in the notation of jq. */
function keyStep(key: string): string {
  return /^[A-Za-z_]\w{0,63}$/u.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, MAX_LOCATOR_KEY))}]`;
}

function quoted(word: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(word.length + 2);
  bytes[0] = QUOTE;
  bytes.set(word, 1);
  bytes[word.length + 1] = QUOTE;
  return bytes;
}
