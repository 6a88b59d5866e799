/**
 * Rows of one message each by another annotator, put together. What belongs together may lie anywhere in the file as long as
 * not more than HELD_LETTERS lie between; then the oldest message is let go, and a judgment that comes later makes
 * a message of its own.
 */
import type { Judgment, LabelledRow } from "./row.ts";

/** Letters that are held, each row counting ROW_LETTERS more: half a gigabyte or so, and 700,000 rows with short texts. */
const HELD_LETTERS = 1 << 28;
const ROW_LETTERS = 300;

interface Group {
  readonly key: string;
  readonly first: LabelledRow;
  readonly number: number;
  /** By annotator. */
  readonly judgments: Map<string, Judgment>;
  held: number;
}

/** A message, and the number of its first row. */
export interface GroupedRow {
  readonly row: LabelledRow;
  readonly number: number;
}

export class Grouping {
  /** In the order of their first rows. */
  readonly #groups = new Set<Group>();
  /** The newest group of an id or text. */
  readonly #newest = new Map<string, Group>();
  readonly #byId: boolean;
  readonly #keepsRecords: boolean;
  readonly #most: number;
  #held = 0;
  /** Messages that were let go before the end of the file. */
  letGo = 0;

  /**
   * @param byId rows of the same id belong together, otherwise rows of the same text
   * @param keepsRecords whether what rows were read from is wanted, as a map may
   * @param most letters held
   */
  constructor(byId: boolean, keepsRecords: boolean, most: number = HELD_LETTERS) {
    this.#byId = byId;
    this.#keepsRecords = keepsRecords;
    this.#most = most;
  }

  /** Takes a row of `annotator`. @returns messages let go, mostly none. */
  add(row: LabelledRow, number: number, annotator: string): GroupedRow[] {
    const key = this.#byId && row.id !== null ? row.id : row.text;
    const judgment: Judgment = { annotator, statement: row.own, record: this.#keepsRecords ? row.record : null };
    const known = this.#newest.get(key);
    // A second judgment on the same id corrects the first; the same text again, by another id, is another message.
    if (known !== undefined && (!known.judgments.has(annotator) || row.id === known.first.id)) known.judgments.set(annotator, judgment);
    else this.#open({ key, first: { ...row, record: NOTHING }, number, judgments: new Map([[annotator, judgment]]), held: 0 });
    const group = this.#newest.get(key)!;
    const size = ROW_LETTERS + (group.held === 0 ? row.text.length : 0) + (this.#keepsRecords ? lettersOf(row.record) : 0);
    group.held += size;
    this.#held += size;
    return this.#letGo();
  }

  /** What is left, in the order of first rows. */
  *finish(): Generator<GroupedRow> {
    for (const group of this.#groups) yield closed(group);
    this.#groups.clear();
    this.#newest.clear();
  }

  #open(group: Group): void {
    this.#groups.add(group);
    this.#newest.set(group.key, group);
  }

  #letGo(): GroupedRow[] {
    const gone: GroupedRow[] = [];
    for (const group of this.#groups) {
      if (this.#held <= this.#most) break;
      this.#groups.delete(group);
      if (this.#newest.get(group.key) === group) this.#newest.delete(group.key);
      this.#held -= group.held;
      this.letGo++;
      gone.push(closed(group));
    }
    return gone;
  }
}

const NOTHING: Readonly<Record<string, unknown>> = {};

function lettersOf(record: Readonly<Record<string, unknown>>): number {
  let letters = 0;
  for (const key in record) if (typeof record[key] === "string") letters += record[key].length;
  return letters;
}

function closed({ first, number, judgments }: Group): GroupedRow {
  const own = { task: first.own.task, gold: null, label: null, isCode: false, names: [], values: [] };
  return { row: { ...first, own, judgments: [...first.judgments, ...judgments.values()] }, number };
}
