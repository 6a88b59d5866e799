/** What one judge, or the set itself, says of a message: labels as written, before anything is known of what they mean. */
import type { GoldName } from "../evaluation/gold.ts";
import type { Column } from "./columns.ts";
import { columnMeaning, meaningOf } from "./label-names.ts";

/** A column of zeros and ones. "other" is what is neither: a share, a count. */
export interface ColumnValue {
  readonly column: string;
  readonly name: GoldName;
  readonly value: 0 | 1 | null | "other";
}

export interface Statement {
  /** `task` and `gold` of this project's own rows. */
  readonly task: string | null;
  readonly gold: unknown;
  /** `label` where it is 0 or 1. */
  readonly label: 0 | 1 | null;
  /** Whether `label` is another number: a code that only a map can read. */
  readonly isCode: boolean;
  /** Labels said to hold, as written, also numbers and columns that are 1. At most MOST_NAMES, none twice. */
  readonly names: readonly string[];
  readonly values: readonly ColumnValue[];
}

type Writable = { -readonly [key in keyof Statement]: Statement[key] } & { names: string[]; values: ColumnValue[] };

/** What is looked at of a row's labels: whoever writes more means something else. */
export const MOST_NAMES = 256;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads the labels among a record's members.
 * @param columnOf says what a key holds
 * @param isTable the values are cells: a list may be written in one, as JSON or with a mark between its parts
 * @param extra keys that hold labels though their names do not say so
 */
export function readStatement(
  record: Readonly<Record<string, unknown>>,
  columnOf: (key: string) => Column | null,
  isTable: boolean,
  extra: ReadonlySet<string>,
): Statement {
  const statement: Writable = { task: null, gold: null, label: null, isCode: false, names: [], values: [] };
  for (const key in record) {
    const column = columnOf(key);
    if (column === null) {
      if (extra.has(key)) addLabel(statement, record[key], isTable);
      continue;
    }
    if (column.role === "label") addLabel(statement, record[key], isTable);
    else if (column.role === "value") addValue(statement, key, column.name, record[key]);
    else if (column.role === "task" && typeof record[key] === "string") statement.task = record[key];
    else if (column.role === "gold") addGold(statement, isTable ? parseCell(record[key]) : record[key]);
  }
  return { ...statement, names: [...new Set(statement.names)] };
}

/** A statement that is nothing but a label, as in `{"votes": {"a1": "hate"}}`. */
export function labelStatement(label: unknown, task: string | null): Statement {
  const statement: Writable = { task, gold: null, label: null, isCode: false, names: [], values: [] };
  addLabel(statement, label, false);
  return { ...statement, names: [...new Set(statement.names)] };
}

export function saysNothing(statement: Statement): boolean {
  return statement.names.length === 0 && statement.values.length === 0 && statement.task === null && !isRecord(statement.gold);
}

/** A cell that is written as JSON, or as a list of Python's, is what it says. */
export function parseCell(cell: unknown): unknown {
  if (typeof cell !== "string" || !/^\s*[[{]/u.test(cell)) return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return /^\s*\['/u.test(cell) ? Array.from(cell.matchAll(/'([^']*)'/gu), (item) => item[1]) : cell;
  }
}

/** By name, or a label like any other. */
function addGold(statement: Writable, gold: unknown): void {
  if (isRecord(gold)) statement.gold = gold;
  else addLabel(statement, gold, false);
}

function addLabel(statement: Writable, value: unknown, isTable: boolean): void {
  const read = isTable ? parseCell(value) : value;
  if (Array.isArray(read)) {
    if (read.length === 1 && typeof read[0] !== "object") addScalar(statement, read[0], false);
    else for (const item of read.slice(0, MOST_NAMES)) addItem(statement, item);
  } else if (isRecord(read)) addObject(statement, read);
  else addScalar(statement, read, isTable);
}

/** One of several labels: a name, or a span as `[start, end, name]` or `{start, end, label}`. */
function addItem(statement: Writable, item: unknown): void {
  if (Array.isArray(item)) addName(statement, item.at(2));
  else if (isRecord(item)) addObject(statement, item);
  else addName(statement, item);
}

/** `{choices: [...]}` of Label Studio, `{label: "x"}`, or zeros and ones by name as spaCy's `cats` are. */
function addObject(statement: Writable, object: Readonly<Record<string, unknown>>): void {
  for (const key of ["choices", "labels", "label", "name"]) {
    const inside = Object.hasOwn(object, key) ? object[key] : undefined;
    if (Array.isArray(inside)) for (const name of inside.slice(0, MOST_NAMES)) addName(statement, name);
    else if (typeof inside === "string") addName(statement, inside);
    if (Array.isArray(inside) || typeof inside === "string") return;
  }
  for (const [key, value] of Object.entries(object).slice(0, MOST_NAMES)) {
    const name = columnMeaning(key);
    if (name !== null) addValue(statement, key, name, value);
    else if (asBinary(value) === 1) addName(statement, key);
  }
}

/** Marks that stand between labels in one cell: doccano's, and what people take. */
const MARKS = /[#|;,]/u;

function addScalar(statement: Writable, value: unknown, isTable: boolean): void {
  const binary = asBinary(value);
  if (binary === 0 || binary === 1) statement.label ??= binary;
  else if (binary === "other") statement.isCode = true;
  addName(statement, value);
  if (!isTable || typeof value !== "string" || meaningOf(value) !== null || !MARKS.test(value)) return;
  for (const part of value.split(MARKS, MOST_NAMES)) addName(statement, part);
}

function addValue(statement: Writable, column: string, name: GoldName, value: unknown): void {
  if (statement.values.length >= MOST_NAMES) return;
  const read = asBinary(value);
  statement.values.push({ column, name, value: read });
  if (read === 1) addName(statement, column);
}

function addName(statement: Writable, value: unknown): void {
  if (statement.names.length >= MOST_NAMES) return;
  const name = typeof value === "string" ? value.trim() : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  if (name !== "") statement.names.push(name);
}

const YES = new Set(["1", "1.0", "true", "yes"]);
const NO = new Set(["0", "0.0", "false", "no"]);
/** Said of what was not judged, as in Jigsaw's tests. */
const UNJUDGED = -1;

/** A value as a number that is 0 or 1, "other" for another number; null for what is no number, or says that nobody judged. */
function asBinary(value: unknown): 0 | 1 | null | "other" {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") {
    const text = value.trim().toLowerCase();
    if (YES.has(text)) return 1;
    if (NO.has(text)) return 0;
    if (text === "" || text.length > 24) return null;
    return asBinary(Number(text));
  }
  if (typeof value !== "number" || Number.isNaN(value) || value === UNJUDGED) return null;
  return value === 0 || value === 1 ? value : "other";
}
