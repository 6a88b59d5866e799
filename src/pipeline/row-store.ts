/**
 * Rows of training on disk: read once from their files, judged and turned into features, then visited as often as training
 * needs, in a seeded random order. Memory does not grow with the rows; the file takes four bytes a feature, some six times the text.
 *
 *     record   length | set | language, named, gold | a signal sum and what context leaves, for each label | features ...   Int32 each
 *     chunk    records one after another, at most CHUNK_NUMBERS; never cut
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "../core/error.ts";
import { LABELS } from "../core/label.ts";

const CHUNK_NUMBERS = 1 << 16;
/** Chunks that are shuffled together: 8 MB. */
const GROUP_CHUNKS = 32;

const SET_AT = 1;
const FACTS_AT = 2;
const SIGNALS_AT = 3;
/** Where a record's features begin. */
export const FEATURES_AT: number = SIGNALS_AT + 2 * LABELS.length;
/** Signal sums and shares are stored in ten-thousandths. */
const SIGNAL_UNIT = 1e-4;
const LANGUAGE_BITS = 3;
const NAMED_BIT = 1 << LANGUAGE_BITS;
const GOLD_SHIFT = LANGUAGE_BITS + 1;

/** What is known of a row besides its features. */
export interface RowFacts {
  readonly set: number;
  /** Place in LANGUAGES, as the tagger has it. */
  readonly language: number;
  /** Whether a group is named, so that the model would be asked. */
  readonly named: boolean;
  /** By place in HEAD_NAMES: 1, 0, or null where the row does not say. */
  readonly gold: readonly (0 | 1 | null)[];
  /** By label number: sum of the signals' weights, in nats. */
  readonly signals: readonly number[];
  /** By label number: as keepShares gives it. */
  readonly kept: ArrayLike<number>;
}

export class RowStore {
  readonly #folder: string;
  readonly #file: number;
  readonly #chunk = new Int32Array(CHUNK_NUMBERS);
  #used = 0;
  /** Numbers in each chunk on disk. */
  readonly #lengths: number[] = [];
  rows = 0;

  /** @throws ConfigError E_TRAIN_DISK where the folder for temporary files cannot be written. */
  constructor() {
    try {
      this.#folder = mkdtempSync(join(tmpdir(), "qalqan-train-"));
      this.#file = openSync(join(this.#folder, "rows"), "w+");
      // Where an open file outlives its name, an interrupted run leaves nothing behind.
      if (process.platform !== "win32") rmSync(this.#folder, { recursive: true, force: true });
    } catch (cause) {
      throw diskError(cause);
    }
  }

  add(facts: RowFacts, features: Int32Array, count: number): void {
    const length = FEATURES_AT + count;
    if (this.#used + length > CHUNK_NUMBERS) this.#flush();
    const chunk = this.#chunk;
    const at = this.#used;
    chunk[at] = length;
    chunk[at + SET_AT] = facts.set;
    chunk[at + FACTS_AT] =
      facts.language |
      (facts.named ? NAMED_BIT : 0) |
      facts.gold.reduce((bits: number, value, head) => bits | ((value === null ? 0 : value + 1) << (GOLD_SHIFT + 2 * head)), 0);
    facts.signals.forEach((sum, label) => {
      chunk[at + SIGNALS_AT + label * 2] = Math.round(sum / SIGNAL_UNIT);
      chunk[at + SIGNALS_AT + label * 2 + 1] = Math.round(facts.kept[label]! / SIGNAL_UNIT);
    });
    chunk.set(features.subarray(0, count), at + FEATURES_AT);
    this.#used += length;
    this.rows++;
  }

  /**
   * Visits every row; `visit` gets the array in which its record lies and where it begins and ends.
   * @param random numbers in 0..1 that give the order, null for the order of `add`
   */
  visit(random: (() => number) | null, visit: (numbers: Int32Array, start: number, end: number) => void): void {
    this.#flush();
    const order = this.#lengths.map((_, chunk) => chunk);
    if (random !== null) shuffle(order, random);
    const numbers = new Int32Array(Math.min(GROUP_CHUNKS, order.length) * CHUNK_NUMBERS);
    for (let first = 0; first < order.length; first += GROUP_CHUNKS) {
      let used = 0;
      for (const chunk of order.slice(first, first + GROUP_CHUNKS)) {
        const bytes = new Uint8Array(numbers.buffer, used * 4, this.#lengths[chunk]! * 4);
        readFully(this.#file, bytes, chunk * CHUNK_NUMBERS * 4);
        used += this.#lengths[chunk]!;
      }
      const starts: number[] = [];
      for (let at = 0; at < used; at += numbers[at]!) starts.push(at);
      if (random !== null) shuffle(starts, random);
      for (const start of starts) visit(numbers, start, start + numbers[start]!);
    }
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #flush(): void {
    if (this.#used === 0) return;
    const bytes = new Uint8Array(this.#chunk.buffer, 0, this.#used * 4);
    const at = this.#lengths.length * CHUNK_NUMBERS * 4;
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done, bytes.length - done, at + done);
    } catch (cause) {
      throw diskError(cause);
    }
    this.#lengths.push(this.#used);
    this.#used = 0;
  }
}

function readFully(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw diskError(new Error("the file has become shorter"));
    done += read;
  }
}

function diskError(cause: unknown): ConfigError {
  return new ConfigError(
    "E_TRAIN_DISK",
    `${tmpdir()}: training keeps its rows here while it runs, and cannot: ${(cause as Error).message}. Make room, or point TMPDIR elsewhere.`,
    { cause },
  );
}

/** Fisher and Yates, in place. */
function shuffle(numbers: number[], random: () => number): void {
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = numbers[last]!;
    numbers[last] = numbers[other]!;
    numbers[other] = kept;
  }
}

export const setOf = (numbers: Int32Array, start: number): number => numbers[start + SET_AT]!;
export const languageOf = (numbers: Int32Array, start: number): number => numbers[start + FACTS_AT]! & (NAMED_BIT - 1);
export const isNamed = (numbers: Int32Array, start: number): boolean => (numbers[start + FACTS_AT]! & NAMED_BIT) !== 0;
export const signalSum = (numbers: Int32Array, start: number, label: number): number =>
  numbers[start + SIGNALS_AT + label * 2]! * SIGNAL_UNIT;
export const keptAt = (numbers: Int32Array, start: number, label: number): number =>
  numbers[start + SIGNALS_AT + label * 2 + 1]! * SIGNAL_UNIT;

/** Gold of a head, by its place in HEAD_NAMES. */
export function goldAt(numbers: Int32Array, start: number, head: number): 0 | 1 | null {
  const code = (numbers[start + FACTS_AT]! >> (GOLD_SHIFT + 2 * head)) & 3;
  return code === 0 ? null : code === 2 ? 1 : 0;
}
