/**
 * Bytes in, tokens out: decodes, folds, hashes and cuts in one pass. The pass itself is WebAssembly (text/kernel, which
 * says how it works and what was tried); this file gives it its tables and its memory the shape of a TokenBatch.
 *
 * A word is a run of letters and digits; invisible characters and apostrophes inside it are skipped. Links and mentions
 * are one token without letters, an emoji is a token of its own. Total: any bytes give tokens, bad UTF-8 separates.
 *
 *     бұл  t.me/x  @who  к и
 *     ^    ^       ^     ^ ^      token starts; keys come from folded letters, spans from the bytes as they are
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { KERNEL_CODE } from "./kernel-code.ts";
import {
  ASCII_CELLS,
  CYRILLIC_BASE,
  CYRILLIC_CELLS,
  cellFlags,
  cellLetter,
  cellOf,
  EMOJI_CELL,
  isCyrillicLetter,
  LATIN_BASE,
  LOOK_CYRILLIC,
  LOOK_LATIN,
  SAME_LOOK,
} from "./letters.ts";

/** Most bytes that can be loaded at once. */
export const ARENA_BYTES: number = 1 << 20;

/** Keys of tokens without letters; that no word has them is by convention only: a clash costs a confirmed miss. */
export const MENTION_KEY = 0x40404040;
export const LINK_KEY = 0x2f2f2f2f;

/** Addresses in the kernel's memory: text/kernel/layout.ts has them too. */
const AT = {
  asciiCells: 1024,
  cyrillicCells: 2048,
  lengthMasks: 4096,
  lookCyrillic: 5120,
  lookLatin: 5376,
  sameLook: 5632,
  cyrillicCodes: 6144,
  constants: 6400,
  arena: 65536 + 4 * 0x20000,
} as const;
const WINDOW = 64;
const TOKENS = ARENA_BYTES + 16;

interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly tokenize: (start: number, end: number, base: number) => number;
  readonly flagsSeen: () => number;
  readonly hintsSeen: () => number;
  readonly sift: () => void;
  readonly dismiss: (token: number) => void;
  readonly recall: () => void;
}

/** What a sieve lets pass: bits by a word's key (2^18), by its prefix (2^18), by a key that phrases begin with (2^18), by the first two of a phrase (2^20). */
export interface Filters {
  readonly wordBits: Uint32Array;
  readonly prefixBits: Uint32Array;
  readonly openBits: Uint32Array;
  readonly pairBits: Uint32Array;
}

let compiled: WebAssembly.Module | undefined;

/** A tokenizer with memory of its own, some 30 MB of address space of which only what is used is ever touched. */
export class Tokenizer {
  /** Tokens of the text read last, overwritten by the next; spans are offsets into the bytes that were loaded. */
  readonly tokens: TokenBatch;
  readonly #kernel: Kernel;
  readonly #arena: Uint8Array;
  readonly #filters: number;
  #from = 0;
  #to = -1;

  constructor() {
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_CODE, "base64"));
    this.#kernel = new WebAssembly.Instance(compiled, { host: { cellOf } }).exports as unknown as Kernel;
    const { buffer } = this.#kernel.memory;
    writeTables(buffer);
    this.#arena = new Uint8Array(buffer, AT.arena, ARENA_BYTES);
    let at = AT.arena + ARENA_BYTES + WINDOW;
    const integers = (): Int32Array => {
      const array = new Int32Array(buffer, at, TOKENS);
      at += array.byteLength;
      return array;
    };
    const [start, end, key, prefix, letter, classes] = [integers(), integers(), integers(), integers(), integers(), integers()];
    const flags = integers();
    const letters = new Uint8Array(buffer, at, 2 * TOKENS);
    const wanted = new Uint8Array(buffer, at + letters.byteLength + WINDOW, TOKENS);
    this.#filters = at + letters.byteLength + WINDOW + TOKENS;
    this.tokens = { count: 0, start, end, key, prefix, letter, flags, classes, letters, wanted };
  }

  /** Copies in `bytes[from, to)`, at most ARENA_BYTES, from which `read` then reads texts. */
  load(bytes: Uint8Array, from: number, to: number): void {
    if (to - from > ARENA_BYTES) throw new RangeError(`${to - from} bytes at once; a tokenizer takes ${ARENA_BYTES}`);
    this.#arena.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to));
    this.#from = from;
    this.#to = to;
  }

  /** Whether the bytes [start, end) of what was loaded last are there. */
  holds(start: number, end: number): boolean {
    return start >= this.#from && end <= this.#to;
  }

  /** Tokens of the bytes [start, end), which must have been loaded. One pass, no allocation. */
  read(start: number, end: number): TokenBatch {
    this.tokens.count = this.#kernel.tokenize(start - this.#from, end - this.#from, this.#from);
    return this.tokens;
  }

  /** Tokens of all of `bytes`. */
  tokenize(bytes: Uint8Array): TokenBatch {
    this.load(bytes, 0, bytes.length);
    return this.read(0, bytes.length);
  }

  /** Sets what `sift` lets pass. */
  useFilters({ wordBits, prefixBits, openBits, pairBits }: Filters): void {
    let at = this.#filters;
    for (const bits of [wordBits, prefixBits, openBits, pairBits]) {
      new Uint32Array(this.#kernel.memory.buffer, at, bits.length).set(bits);
      at += bits.byteLength;
    }
    this.#kernel.recall();
  }

  /** Fills `wanted` for the tokens of the text read last. */
  sift(): void {
    this.#kernel.sift();
  }

  /** Nothing was found in the word of a token: it will not be wanted again. */
  dismiss(token: number): void {
    this.#kernel.dismiss(token);
  }

  /** Not 0 where the text read last has a sign between letters (1), three words of one letter in a row (2) or a line end (4). */
  get hints(): number {
    return this.#kernel.hintsSeen();
  }

  /** The flags of all tokens of the text read last, or-ed. */
  get flagsSeen(): number {
    return this.#kernel.flagsSeen();
  }
}

let shared: Tokenizer | undefined;
const encoder = new TextEncoder();

/** Tokens of a short text, for tables that are built once; overwritten by the next call. */
export function tokensOf(text: string): TokenBatch {
  shared ??= new Tokenizer();
  return shared.tokenize(encoder.encode(text));
}

/** Fills in what the kernel reads. Rows of constants are in the order in which text/kernel/tokenize.ts names them. */
function writeTables(memory: ArrayBuffer): void {
  new Int32Array(memory, AT.asciiCells, ASCII_CELLS.length).set(ASCII_CELLS);
  new Int32Array(memory, AT.cyrillicCells, CYRILLIC_CELLS.length).set(CYRILLIC_CELLS);
  for (let length = 0; length <= 16; length++) new Uint8Array(memory, AT.lengthMasks + 16 * length, length).fill(255);
  new Uint8Array(memory, AT.lookCyrillic, 256).set(LOOK_CYRILLIC);
  new Uint8Array(memory, AT.lookLatin, 256).set(LOOK_LATIN);
  new Uint8Array(memory, AT.sameLook, 256).set(SAME_LOOK);
  const codes = new Uint8Array(memory, AT.cyrillicCodes, 96);
  for (let k = 0; k < 16; k++) codes[k] = cyrillicCode(0x440 + k) & 0xc0;
  for (let k = 0; k < 16; k++) codes[16 + k] = cyrillicCode(0x450 + k);
  for (let k = 0; k < 24; k++) {
    codes[32 + k] = cyrillicCode(0x490 + 2 * k);
    codes[64 + k] = cyrillicCode(0x4d0 + 2 * k);
  }
  const rows: readonly (number | Uint8Array)[] = [
    0x0f,
    Uint8Array.from({ length: 16 }, (_, half) => (half < 8 ? 1 << half : 0)),
    highHalves((character) => /[0-9A-Za-z]/.test(character)),
    highHalves((character) => "#':@`_".includes(character)),
    0x2e,
    0xfc,
    0xd0,
    0xd2,
    0xfe,
    0xc0,
    0x8f,
    0x20,
    0x61,
    LATIN_BASE,
    0x2f,
    26,
    16,
    31,
    32,
    CYRILLIC_BASE,
    0xd1,
    0xd3,
    0x90,
    0xa0,
    0x7f,
    0x01,
    0x0a,
    0x24,
    0x40,
  ];
  rows.forEach((row, k) => {
    const bytes = new Uint8Array(memory, AT.constants + 16 * k, 16);
    if (typeof row === "number") bytes.fill(row);
    else bytes.set(row);
  });
}

/** Code of a Cyrillic letter as text/kernel/tokenize.ts has them; 0 for what does not fold to а-я. */
function cyrillicCode(point: number): number {
  const cell = CYRILLIC_CELLS[point - 0x400]!;
  const letter = cellLetter(cell);
  if (cell >= EMOJI_CELL || !isCyrillicLetter(letter)) return 0;
  const flags = cellFlags(cell);
  return 32 | (letter - CYRILLIC_BASE) | (flags & FLAG.russian ? 64 : 0) | (flags & FLAG.kazakh ? 128 : 0);
}

/** A set of ASCII characters: by the low half of a character, bits of the high halves with which it is one of them. */
function highHalves(holds: (character: string) => boolean): Uint8Array {
  const halves = new Uint8Array(16);
  for (let code = 0; code < 128; code++) if (holds(String.fromCharCode(code))) halves[code & 15]! |= 1 << (code >> 4);
  return halves;
}
