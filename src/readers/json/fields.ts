/** Picks the members of a JSON object that a format asks for, at any depth, and passes over the rest. */
import { JSON_TYPE, JsonCursor } from "./cursor.ts";
import { KeyCodes, stringText, valueText } from "./member.ts";
import { isWord } from "./text.ts";

const SLOT_STRIDE = 3;

interface FieldNode {
  readonly keys: KeyCodes;
  /** By code - 1: slot of the value (-1 if only what is inside is asked for), and what is asked for inside. */
  readonly slots: readonly number[];
  readonly inside: readonly (FieldNode | null)[];
  readonly cursor: JsonCursor;
}

/**
 * The members found in one object. Paths are keys joined by dots, as `author.name`; a dot in a key is written `\.`. Of a
 * key that occurs twice the last value counts. Reused for one object after another; nothing is allocated until a value is asked for.
 */
export class JsonFields<Path extends string> {
  /** The object's bytes, valid as long as the caller's are. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  readonly #paths: readonly Path[];
  readonly #slotOf: Readonly<Record<Path, number>>;
  readonly #root: FieldNode;
  /** By path: start, end, JSON_TYPE; start -1 for none. */
  readonly #values: Int32Array;
  readonly #items = new Map<Path, { readonly fields: JsonFields<string>; readonly cursor: JsonCursor }>();

  constructor(paths: readonly Path[]) {
    this.#paths = paths;
    this.#slotOf = Object.fromEntries(paths.map((path, index) => [path, index * SLOT_STRIDE])) as Record<Path, number>;
    this.#values = new Int32Array(paths.length * SLOT_STRIDE);
    this.#root = compileNode(paths.map((path, index) => ({ steps: stepsOf(path), slot: index * SLOT_STRIDE })));
  }

  /** Reads the object at `bytes[start, end)`. @returns whether it is sound; what came before a break can be asked for. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.#values.fill(-1);
    return this.#readNode(this.#root, start, end);
  }

  /** Reads the object that is a member of another's, or with null that other one itself. @returns whether it is sound. */
  readIn<Outer extends string>(outer: JsonFields<Outer>, path: Outer | null): boolean {
    const { start, end } = path === null ? outer : outer.range(path)!;
    return this.read(outer.bytes, start, end);
  }

  /** The cursor that `read` has used: where the object breaks off. */
  get cursor(): JsonCursor {
    return this.#root.cursor;
  }

  /** Whether the member is there, even as null. */
  has(path: Path): boolean {
    return this.#values[this.#slotOf[path]]! >= 0;
  }

  /** A JSON_TYPE, 0 if the member is not there. */
  type(path: Path): number {
    const slot = this.#slotOf[path];
    return this.#values[slot]! < 0 ? 0 : this.#values[slot + 2]!;
  }

  isTrue(path: Path): boolean {
    const slot = this.#slotOf[path];
    return this.#values[slot]! >= 0 && isWord(this.bytes, this.#values[slot]!, this.#values[slot + 1]!, "true");
  }

  /** A string's text or a number as written, with all its digits; null for anything else and for the empty string. */
  string(path: Path): string | null {
    const slot = this.#slotOf[path];
    const start = this.#values[slot]!;
    if (start < 0) return null;
    return valueText(this.bytes, start, this.#values[slot + 1]!);
  }

  /** The first of several members that gives a text. */
  first(...paths: readonly Path[]): string | null {
    for (const path of paths) {
      const text = this.string(path);
      if (text !== null) return text;
    }
    return null;
  }

  /** A number, also one written as a string; NaN for anything else. */
  number(path: Path): number {
    const text = this.string(path);
    return text === null || text.trim() === "" ? Number.NaN : Number(text);
  }

  /** Byte range of a value as written, with its quotes; null if it is not there. */
  range(path: Path): { readonly start: number; readonly end: number } | null {
    const slot = this.#slotOf[path];
    const start = this.#values[slot]!;
    return start < 0 ? null : { start, end: this.#values[slot + 1]! };
  }

  /**
   * The objects in an array, one after another in the same fields, valid until the next one is asked for. Always ask for the
   * same paths of the same array.
   */
  *items<Inner extends string>(path: Path, paths: readonly Inner[]): Generator<JsonFields<Inner>> {
    const slot = this.#slotOf[path];
    if (this.type(path) !== JSON_TYPE.array) return;
    let item = this.#items.get(path);
    if (item === undefined) {
      item = { fields: new JsonFields<string>(paths), cursor: new JsonCursor(true) };
      this.#items.set(path, item);
    }
    const { fields, cursor } = item;
    cursor.enter(this.bytes, this.#values[slot]!, this.#values[slot + 1]!, "[");
    while (cursor.nextElement()) {
      if (cursor.valueType !== JSON_TYPE.object) continue;
      fields.read(cursor.bytes, cursor.valueStart, cursor.valueEnd);
      yield fields as JsonFields<Inner>;
    }
  }

  /** The strings in an array. */
  strings(path: Path): string[] {
    const slot = this.#slotOf[path];
    if (this.type(path) !== JSON_TYPE.array) return [];
    const found: string[] = [];
    const cursor = new JsonCursor(true);
    cursor.enter(this.bytes, this.#values[slot]!, this.#values[slot + 1]!, "[");
    while (cursor.nextElement())
      if (cursor.valueType === JSON_TYPE.string) found.push(stringText(cursor.bytes, cursor.valueStart + 1, cursor.valueEnd - 1));
    return found;
  }

  /** The paths whose members are there. */
  present(): Path[] {
    return this.#paths.filter((path) => this.has(path));
  }

  #readNode(node: FieldNode, start: number, end: number): boolean {
    const { cursor } = node;
    const entered = cursor.enter(this.bytes, start, end, "{");
    while (entered && cursor.nextMember()) {
      const code = node.keys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (code === 0) continue;
      const slot = node.slots[code - 1]!;
      if (slot >= 0) {
        this.#values[slot] = cursor.valueStart;
        this.#values[slot + 1] = cursor.valueEnd;
        this.#values[slot + 2] = cursor.valueType;
      }
      const inside = node.inside[code - 1]!;
      if (inside !== null && cursor.valueType === JSON_TYPE.object) this.#readNode(inside, cursor.valueStart, cursor.valueEnd);
    }
    return cursor.errorAt < 0;
  }
}

/** "a.b\\.c" to ["a", "b.c"]. */
function stepsOf(path: string): readonly string[] {
  return path.split(/(?<!\\)\./u).map((step) => step.replaceAll("\\.", "."));
}

function compileNode(paths: readonly { readonly steps: readonly string[]; readonly slot: number }[]): FieldNode {
  const names = [...new Set(paths.map(({ steps }) => steps[0]!))];
  const codes = new Map(names.map((name, index) => [name, index + 1]));
  const under = names.map((name) => paths.filter(({ steps }) => steps[0] === name));
  return {
    keys: new KeyCodes({ codeOf: (name) => codes.get(name) ?? 0 }),
    slots: under.map((group) => group.find(({ steps }) => steps.length === 1)?.slot ?? -1),
    inside: under.map((group) => {
      const deeper = group.filter(({ steps }) => steps.length > 1).map(({ steps, slot }) => ({ steps: steps.slice(1), slot }));
      return deeper.length === 0 ? null : compileNode(deeper);
    }),
    cursor: new JsonCursor(true),
  };
}
