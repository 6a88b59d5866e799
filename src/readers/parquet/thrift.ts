/** Values in one struct, all levels together; a footer has some twenty for each column of each row group. */
const MAX_VALUES: number = 1 << 21;
/** Parquet's own structs are six levels deep. */
const MAX_DEPTH = 16;

const TYPE = { true: 1, false: 2, byte: 3, int16: 4, int32: 5, int64: 6, double: 7, binary: 8, list: 9, struct: 12 } as const;

/**
 * Walks a struct of Thrift's compact protocol without building it. What decodes it afterwards believes every count that it
 * reads, so counts of more than there are bytes, deep nesting and endless numbers are found here.
 * @returns the end of the struct, -1 if it goes on behind `end`.
 * @throws Error if it is none
 */
export function findStructEnd(bytes: Uint8Array, start: number, end: number): number {
  return new Walk(bytes, start, end).struct(0);
}

/** Every method gives false, or -1, if the bytes are at an end. */
class Walk {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  #values = 0;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** @returns the end. */
  struct(depth: number): number {
    if (depth > MAX_DEPTH) throw new Error("its structure is nested too deeply");
    while (this.#at < this.#end) {
      const header = this.#bytes[this.#at++]!;
      const type = header & 15;
      if (type === 0) return this.#at;
      if (header >> 4 === 0 && this.#count() < 0) return -1;
      // In a field the type says which of both it is.
      if (type !== TYPE.true && type !== TYPE.false && !this.#value(type, depth)) return -1;
    }
    return -1;
  }

  #value(type: number, depth: number): boolean {
    if (++this.#values > MAX_VALUES) throw new Error("its structure has too many parts");
    switch (type) {
      case TYPE.true:
      case TYPE.false:
      case TYPE.byte:
        return this.#skip(1);
      case TYPE.int16:
      case TYPE.int32:
      case TYPE.int64:
        return this.#number();
      case TYPE.double:
        return this.#skip(8);
      case TYPE.binary: {
        const length = this.#count();
        return length >= 0 && this.#skip(length);
      }
      case TYPE.list:
        return this.#list(depth);
      case TYPE.struct:
        return this.struct(depth + 1) >= 0;
      default:
        throw new Error("its structure has a part of an unknown type");
    }
  }

  #list(depth: number): boolean {
    if (this.#at >= this.#end) return false;
    const header = this.#bytes[this.#at++]!;
    const count = header >> 4 < 15 ? header >> 4 : this.#count();
    // Every element takes a byte or more.
    if (count < 0 || count > this.#end - this.#at) return false;
    if (depth === MAX_DEPTH) throw new Error("its structure is nested too deeply");
    for (let i = 0; i < count; i++) if (!this.#value(header & 15, depth + 1)) return false;
    return true;
  }

  #skip(length: number): boolean {
    if (length > this.#end - this.#at) return false;
    this.#at += length;
    return true;
  }

  #number(): boolean {
    for (let length = 1; this.#at < this.#end; length++) {
      if (this.#bytes[this.#at++]! < 128) return true;
      if (length === 10) throw new Error("its structure has a number that does not end");
    }
    return false;
  }

  /** A number of up to 31 bits, -1 at the end. */
  #count(): number {
    let value = 0;
    for (let shift = 0; this.#at < this.#end; shift += 7) {
      const byte = this.#bytes[this.#at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128 && value >= 0) return value;
      if (shift === 28) throw new Error("its structure has a count that is too large");
    }
    return -1;
  }
}
