import { compileFieldNames, foldName, KEPT, ROLE, ROLE_COUNT, rankOf, roleOf } from "../field-names.ts";
import { HEAD_BYTES, type ReaderOptions } from "../reader.ts";
import { afterByteOrderMark } from "../utf8.ts";
import { chooseDialect } from "./dialect.ts";
import type { Dialect } from "./rows.ts";

/** What is known about a table after its first rows. */
export interface Layout {
  readonly dialect: Dialect;
  /** Bytes and lines before the first row: byte order mark and `sep=`. */
  readonly skippedBytes: number;
  readonly skippedLines: number;
  readonly hasHeader: boolean;
  /** Names of the columns; "column1" and so on where they have none. */
  readonly names: readonly string[];
  /** Column by ROLE, -1 for none. */
  readonly columns: readonly number[];
  /** The column with the time of day where `columns` has one with the day alone, -1 for none. */
  readonly clock: number;
  /** The column that names attached files, -1 for none. */
  readonly attachments: number;
  /** Columns to carry into the record. */
  readonly kept: readonly number[];
  /** Whether the text column was found by its name. */
  readonly textNamed: boolean;
  readonly notes: readonly string[];
}

/** How much of a table's beginning is looked at: as much as is sniffed, so that both find the same. */
export const SAMPLE_BYTES: number = HEAD_BYTES;

/**
 * Decides how a table is written and where the text is.
 * @param sample is its beginning; the last row is not believed if the table goes on.
 * @param delimiters are the bytes to choose from.
 */
export function detectLayout(sample: Uint8Array, goesOn: boolean, delimiters: string, options: ReaderOptions): Layout {
  const start = afterByteOrderMark(sample, 0, sample.length);
  const named = /^sep=(.)\r?\n/iu.exec(Buffer.from(sample.subarray(start, start + 8)).toString("latin1"));
  const skippedBytes = start + (named?.[0].length ?? 0);
  const body = sample.subarray(skippedBytes);
  const codeOf = compileFieldNames(options).codeOf;
  const isText = (name: string): boolean => roleOf(codeOf(name)) === ROLE.text;
  const { dialect, rows, width } = chooseDialect(body, goesOn, named?.[1] ?? delimiters, isText);
  const first = rows[0] ?? [];

  const columns: number[] = new Array(ROLE_COUNT).fill(-1);
  const ranks: number[] = new Array(ROLE_COUNT).fill(0);
  for (const [column, name] of first.entries()) {
    const code = codeOf(name.trim());
    const role = roleOf(code);
    if (role === ROLE.none || (columns[role]! >= 0 && ranks[role]! <= rankOf(code))) continue;
    columns[role] = column;
    ranks[role] = rankOf(code);
  }
  const textNamed = columns[ROLE.text]! >= 0;
  const rolesFound = columns.filter((column) => column >= 0).length;
  const longest = longestColumn(rows, first.length, columns);
  const hasHeader = textNamed || (first.length > 1 && (rolesFound > 1 || looksLikeHeader(rows, longest)));
  if (!hasHeader) columns.fill(-1);
  const names = Array.from({ length: hasHeader ? first.length : width }, (_, column) => {
    const name = hasHeader ? first[column]!.trim() : "";
    return name === "" ? `column${column + 1}` : name;
  });
  const folded = hasHeader ? names.map(foldName) : [];
  const isDay = DAYS.has(folded[columns[ROLE.time]!] ?? "");
  const notes: string[] = [];
  if (!textNamed) columns[ROLE.text] = chooseText(options, hasHeader, names, longest, rows.length, notes);
  const kept = names.flatMap((name, column) => {
    const isKept = (codeOf(name) & KEPT) !== 0;
    return isKept && !(options.keepFields?.includes("*") && column === columns[ROLE.text]) ? [column] : [];
  });
  return {
    dialect,
    skippedBytes,
    skippedLines: named === null ? 0 : 1,
    hasHeader,
    names,
    columns,
    clock: isDay ? folded.findIndex((name) => CLOCKS.has(name)) : -1,
    attachments: folded.findIndex((name) => ATTACHMENTS.has(name)),
    kept,
    textNamed,
    notes,
  };
}

/** Where no column has a known name. @returns the column, -1 if the one asked for is not there. */
function chooseText(
  options: ReaderOptions,
  hasHeader: boolean,
  names: readonly string[],
  longest: number,
  rowCount: number,
  notes: string[],
): number {
  const asked = options.textField;
  if (asked !== undefined) {
    const column = names.indexOf(asked) >= 0 ? names.indexOf(asked) : Number(asked) - 1;
    if (Number.isInteger(column) && column >= 0 && column < names.length) return column;
    notes.push(`There is no column "${asked}". The columns are: ${names.join(", ")}. Name one of them, or its number, with --text-field.`);
    return -1;
  }
  if (names.length > 1 && rowCount > 0) {
    const header = hasHeader ? "The first row was taken for the header." : "The first row was taken for a message, not a header.";
    notes.push(
      `No column has a known name for the text, so the one with the longest values was taken: column ${longest + 1}, "${names[longest]!}". ${header} Name another with --text-field.`,
    );
  }
  return longest;
}

/** The column whose values are longest on average; numbers, and columns that hold something else, do not count. */
function longestColumn(rows: readonly string[][], width: number, columns: readonly number[]): number {
  const body = rows.length > 1 ? rows.slice(1) : rows;
  let longest = 0;
  let most = -1;
  for (let column = 0; column < width; column++) {
    if (columns.includes(column)) continue;
    let total = 0;
    for (const row of body) total += NUMBER.test(row[column] ?? "") ? 0 : row[column]!.length;
    if (total > most) longest = column;
    most = Math.max(most, total);
  }
  return longest;
}

/** A header is short, whole and without numbers, and its longest column is longer below. */
function looksLikeHeader(rows: readonly string[][], longest: number): boolean {
  const first = rows[0]!;
  if (rows.length < 2 || first.some((name) => name.trim() === "" || name.length > 60 || NUMBER.test(name))) return false;
  const body = rows.slice(1);
  if (first.some((_, column) => body.every((row) => NUMBER.test(row[column] ?? "")))) return true;
  const average = body.reduce((total, row) => total + (row[longest] ?? "").length, 0) / body.length;
  return first[longest]!.length * 2 < average;
}

/** Names of columns, as `foldName` gives them. */
const DAYS: ReadonlySet<string> = new Set(["date", "дата", "күні"]);
const CLOCKS: ReadonlySet<string> = new Set(["time", "время", "уақыты"]);
const ATTACHMENTS: ReadonlySet<string> = new Set(["attachments", "attachment", "media"]);

const NUMBER = /^\s*(?:[-+]?[\d.,:/\s-]+)?$/u;
