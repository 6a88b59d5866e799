import { compileFieldNames, foldName, KEPT, ROLE, ROLE_COUNT, rankOf, roleOf } from "../field-names.ts";
import type { ReaderOptions } from "../reader.ts";

/** What the columns of a table hold. */
export interface Columns {
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

/**
 * Decides by a table's first rows which column is what.
 * @param width is the number of columns where there is no header.
 * @param headed whether the first row is known to be the header; else it is inferred.
 */
export function chooseColumns(rows: readonly string[][], width: number, options: ReaderOptions, headed = false): Columns {
  const codeOf = compileFieldNames(options).codeOf;
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
  const hasHeader = headed || textNamed || (first.length > 1 && (rolesFound > 1 || looksLikeHeader(rows, longest)));
  if (!hasHeader) columns.fill(-1);
  const names = Array.from({ length: hasHeader ? first.length : width }, (_, column) => {
    const name = hasHeader ? first[column]!.trim() : "";
    return name === "" ? `column${column + 1}` : name;
  });
  const folded = hasHeader ? names.map(foldName) : [];
  const isDay = DAYS.has(folded[columns[ROLE.time]!] ?? "");
  const notes: string[] = [];
  if (!textNamed) {
    const header = headed
      ? ""
      : hasHeader
        ? " The first row was taken for the header."
        : " The first row was taken for a message, not a header.";
    columns[ROLE.text] = chooseText(options, names, longest, header, notes);
  }
  const kept = names.flatMap((name, column) => {
    const isKept = (codeOf(name) & KEPT) !== 0;
    return isKept && !(options.keepFields?.includes("*") && column === columns[ROLE.text]) ? [column] : [];
  });
  return {
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
function chooseText(options: ReaderOptions, names: readonly string[], longest: number, header: string, notes: string[]): number {
  const asked = options.textField;
  if (asked !== undefined) {
    const column = names.indexOf(asked) >= 0 ? names.indexOf(asked) : Number(asked) - 1;
    if (Number.isInteger(column) && column >= 0 && column < names.length) return column;
    notes.push(`There is no column "${asked}". The columns are: ${names.join(", ")}. Name one of them, or its number, with --text-field.`);
    return -1;
  }
  if (names.length > 1) {
    notes.push(
      `No column has a known name for the text, so the one with the longest values was taken: column ${longest + 1}, "${names[longest]!}".${header} Name another with --text-field.`,
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

/** Of digits and their punctuation, times of ISO 8601 among them. */
const NUMBER = /^[\d.,:/\s+-]*(?:(?<=\d)T[\d.,:+-]*Z?)?$/u;
