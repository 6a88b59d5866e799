/** Names of people and chats that a JSON file keeps apart from its messages, mostly behind them: a survey finds them first. */
import type { Known, Survey } from "../reader.ts";
import { JsonFields } from "./fields.ts";
import { compilePaths, type PathNode } from "./paths.ts";
import { RecordScanner, type RecordTarget } from "./scanner.ts";

/** Names beyond these stay unknown: a hostile file must not fill the memory. */
const MAX_NAMES = 1 << 17;
const MAX_NAME_LENGTH = 200;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;

/** Where names lie in a document and how they are told. */
export interface NameSource<Path extends string> {
  /** Paths to the objects that hold names (`paths.ts`). */
  readonly records: readonly string[];
  /** Members of these objects that are asked for. */
  readonly paths: readonly Path[];
  /** The id as messages have it and the name. @param array leads to the array the object lies in: ".response.groups". */
  nameOf(record: JsonFields<Path>, array: string): { readonly id: string | null; readonly name: string | null };
}

/** Gathers `Known.names` of a file; the first name of an id counts. */
export function nameSurvey<Path extends string>(source: NameSource<Path>): Survey {
  return new NameSurvey(source);
}

/** First and last name as one, null if there is neither. */
export function fullName(first: string | null, last: string | null): string | null {
  return first !== null && last !== null ? `${first} ${last}` : (first ?? last);
}

/** How somebody is shown: a chat by its title, a person by their names, else by the name they are found under. */
export function shownName(title: string | null, first: string | null, last: string | null, username: string | null): string | null {
  return title ?? fullName(first, last) ?? username;
}

class NameSurvey<Path extends string> implements Survey, RecordTarget {
  readonly #source: NameSource<Path>;
  readonly #fields: JsonFields<Path>;
  readonly #roots: readonly PathNode[];
  readonly #scanner: RecordScanner;
  readonly #names = new Map<string, string>();
  #array = "";
  #sawRoot = false;
  #isDone = false;

  constructor(source: NameSource<Path>) {
    this.#source = source;
    this.#fields = new JsonFields(source.paths);
    this.#roots = compilePaths(source.records);
    this.#scanner = new RecordScanner(this.#roots, new Set(), this);
  }

  push(chunk: Uint8Array): boolean {
    if (!this.#sawRoot) this.#lookAtRoot(chunk);
    if (!this.#isDone) this.#scanner.push(chunk);
    return this.#isDone;
  }

  finish(): Known {
    return { names: this.#names };
  }

  /** A document whose root cannot hold names need not be read. */
  #lookAtRoot(chunk: Uint8Array): void {
    const opening = chunk.find((byte) => byte === OPEN_ARRAY || byte === OPEN_OBJECT);
    if (opening === undefined) return;
    this.#sawRoot = true;
    this.#isDone = !this.#roots.some((node) => node.isArray === (opening === OPEN_ARRAY));
  }

  enterObject(): void {}

  fact(): void {}

  enterRecords(path: string): void {
    this.#array = path;
  }

  record(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#fields.read(bytes, start, end)) return;
    const { id, name } = this.#source.nameOf(this.#fields, this.#array);
    if (id === null || name === null || this.#names.has(id)) return;
    this.#names.set(id.slice(0, MAX_NAME_LENGTH), name.slice(0, MAX_NAME_LENGTH));
    this.#isDone = this.#names.size >= MAX_NAMES;
  }

  longRecord(): void {}

  noRecord(): void {}
}
