/**
 * What a file's labels speak of, seen over the whole file. "none" denies what the file's other labels name, a 2 in a column
 * shows that its 1 is no yes, and who is in a "user" column follows from whether ids come again.
 */
import type { GoldName } from "../evaluation/gold.ts";
import type { columnOf } from "./columns.ts";
import { meaningOf } from "./label-names.ts";
import { type LabelledRow, type RowShape, readRow } from "./row.ts";
import { isRecord, type Statement } from "./statement.ts";

export interface Survey {
  /** What labels that are names speak of. */
  readonly names: ReadonlySet<GoldName>;
  /** Whether some judgment names two things at once: then what it does not name does not hold. */
  readonly isMultiple: boolean;
  /** Whether `label` has numbers other than 0 and 1: then it is a code, and its 0 and 1 are too. */
  readonly hasCodes: boolean;
  /** Whether `label` is 1 somewhere: then its 0 is a no to everything, not one of the file's names. */
  readonly hasOnes: boolean;
  /** Columns named like labels with values that are neither 0 nor 1. */
  readonly notBinary: ReadonlySet<string>;
  /** Columns whose names say nothing, but whose values are names of labels. */
  readonly extra: ReadonlySet<string>;
  /** Whether ids come again: then they are of messages and not of judgments. */
  readonly idsRepeat: boolean;
  /** Whether who is in a "user" column judges: messages come again, which those of an author do not. */
  readonly usersJudge: boolean;
}

/** Ids and texts that are remembered, by their first 200 letters. */
const MOST_SEEN = 1 << 16;
const SEEN_LETTERS = 200;
/** Share of rows whose id, or text, was there before, from which on that is no chance. */
const REPEATED = 0.1;
/** Columns without a role that are watched. */
const MOST_WATCHED = 256;

export async function surveyRows(
  records: AsyncIterable<Readonly<Record<string, unknown>> | null>,
  columnOfKey: (key: string) => ReturnType<typeof columnOf>,
  isTable: boolean,
): Promise<Survey> {
  const shape: RowShape = { columnOf: columnOfKey, isTable, extra: new Set() };
  const names = new Set<GoldName>();
  const notBinary = new Set<string>();
  const ids = new Repeats();
  const texts = new Repeats();
  const watched = new WatchedColumns();
  let isMultiple = false;
  let hasCodes = false;
  let hasOnes = false;
  let isLabelled = false;
  const add = (statement: Statement): void => {
    isLabelled ||= statement.names.length > 0 || statement.values.length > 0 || statement.task !== null || statement.gold !== null;
    hasCodes ||= statement.isCode;
    hasOnes ||= statement.label === 1;
    for (const { column, value } of statement.values) if (value === "other") notBinary.add(column);
    if (addNames(statement, names) > 1) isMultiple = true;
  };
  for await (const record of records) {
    const row = record === null ? null : readRow(record, shape);
    if (row === null) continue;
    ids.add(row.id);
    texts.add(row.text);
    add(row.own);
    for (const { statement } of row.judgments) add(statement);
    if (!isLabelled) watched.add(row, columnOfKey);
  }
  const extra = isLabelled ? new Set<string>() : watched.addTo(names);
  isMultiple ||= !isLabelled && watched.isMultiple;
  const idsRepeat = ids.all > 0 && ids.repeated >= ids.all * REPEATED;
  const usersJudge = ids.all > 0 ? idsRepeat : texts.repeated >= texts.all * REPEATED;
  return { names, isMultiple, hasCodes, hasOnes, notBinary, extra, idsRepeat, usersJudge };
}

/** @returns how many things the statement says to hold. */
function addNames(statement: Statement, into: Set<GoldName>): number {
  const columns = new Set(statement.values.map(({ column }) => column));
  const held = new Set<GoldName>();
  for (const label of statement.names) {
    const meaning = columns.has(label) ? null : meaningOf(label);
    if (meaning === null || !("name" in meaning)) continue;
    into.add(meaning.name);
    if (meaning.kind === "is") held.add(meaning.name);
  }
  return held.size;
}

/** Counts values that came before, as far back as it remembers. */
class Repeats {
  readonly #seen = new Set<string>();
  repeated = 0;
  all = 0;

  add(value: string | null): void {
    if (value === null) return;
    this.all++;
    const short = value.slice(0, SEEN_LETTERS);
    if (this.#seen.has(short)) this.repeated++;
    else if (this.#seen.size < MOST_SEEN) this.#seen.add(short);
  }
}

/** Finds columns of labels by their values: the result columns of exports are named by whoever set up the project. */
class WatchedColumns {
  readonly #columns = new Map<string, { isLabels: boolean; isMultiple: boolean; readonly names: Set<GoldName> }>();

  add(row: LabelledRow, columnOfKey: (key: string) => ReturnType<typeof columnOf>): void {
    for (const key in row.record) {
      if (columnOfKey(key) !== null) continue;
      let column = this.#columns.get(key);
      if (column === undefined) {
        if (this.#columns.size === MOST_WATCHED) continue;
        column = { isLabels: true, isMultiple: false, names: new Set() };
        this.#columns.set(key, column);
      }
      if (!column.isLabels) continue;
      const named = readLabels(row.record[key]);
      if (named === null) column.isLabels = false;
      else for (const name of named) column.names.add(name);
      if (named !== null && named.size > 1) column.isMultiple = true;
    }
  }

  /** Whether a value of a column of labels names several things; known after `addTo`. */
  isMultiple = false;

  /** Adds what the columns of labels speak of. @returns these columns. */
  addTo(names: Set<GoldName>): Set<string> {
    const found = new Set<string>();
    for (const [key, column] of this.#columns) {
      if (!column.isLabels || column.names.size === 0) continue;
      found.add(key);
      this.isMultiple ||= column.isMultiple;
      for (const name of column.names) names.add(name);
    }
    return found;
  }
}

/** What a value speaks of that is nothing but names of labels; null for any other. */
function readLabels(value: unknown): Set<GoldName> | null {
  const names = new Set<GoldName>();
  if (value === null || value === "") return names;
  let choices: unknown = value;
  if (typeof value === "string" && value.startsWith('{"choices"')) choices = parseChoices(value);
  else if (isRecord(value)) choices = value["choices"];
  for (const label of Array.isArray(choices) ? choices.slice(0, MOST_WATCHED) : [choices]) {
    const meaning = typeof label === "string" ? meaningOf(label) : null;
    if (meaning === null) return null;
    if ("name" in meaning) names.add(meaning.name);
  }
  return names;
}

function parseChoices(text: string): unknown {
  try {
    return (JSON.parse(text) as { choices?: unknown }).choices;
  } catch {
    return null;
  }
}
