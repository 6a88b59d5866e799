/**
 * Lexicons of the user's own: JSON or CSV rows to entries. What an own file may leave out is filled in here, and rows that
 * switch a built-in entry off are told apart; everything else is the schema's, the same for all.
 */
import { basename, extname } from "node:path";
import { z } from "zod";
import { LexiconError } from "../core/error.ts";
import { readCsv } from "./csv.ts";
import { type LexiconEntry, MOODS } from "./entry.ts";
import type { LexiconFile } from "./files.ts";
import { suggest } from "./nearest.ts";
import { entrySchema } from "./schema.ts";

/** An entry that is to be left out. */
export interface SwitchedOff {
  readonly id: string;
  readonly path: string;
  /** Where it says so, for errors. */
  readonly place: string;
}

export interface OwnEntries {
  readonly entries: readonly LexiconEntry[];
  readonly off: readonly SwitchedOff[];
  /** Whether an id was made from the file's name: then the name is part of what the lexicon is. */
  readonly named: boolean;
}

/** What is wrong at one place of a file. */
export type Fault = (error: LexiconError) => void;

const MOST_NAME = 24;
const OWN_SENSE = "an entry of one's own";
const YES = new Set(["yes", "true", "1", "да", "иә", "on"]);
const NO = new Set(["", "no", "false", "0", "нет", "жоқ", "off"]);

type Kind = "list" | "pairs" | "number" | "boolean" | "text" | "moods";

/** Fields of an entry by what the schema takes in them, so that a new field is a new column by itself. */
const FIELDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries((entrySchema as unknown as z.ZodObject).shape).map(([name, schema]): [string, Kind] => {
    let inner: unknown = schema;
    while (inner instanceof z.ZodOptional || inner instanceof z.ZodPipe) inner = inner instanceof z.ZodPipe ? inner.in : inner.unwrap();
    if (name === "moods") return [name, "moods"];
    if (inner instanceof z.ZodArray) return [name, inner.element instanceof z.ZodObject ? "pairs" : "list"];
    if (inner instanceof z.ZodNumber) return [name, "number"];
    return [name, inner instanceof z.ZodBoolean ? "boolean" : "text"];
  }),
);

/** Columns that a table of entries may have: the fields, a column for the forms of each mood, and `off`. */
export const CSV_COLUMNS: readonly string[] = [...[...FIELDS.keys()].flatMap((name) => (name === "moods" ? MOODS : [name])), "off"];

/** What stands between the items of a list in one cell; what has a sense and a context is written "sense: context". */
export const LIST_MARK = "|";

/** The parts of a list in a cell; a mark between braces parts alternatives of one term. */
function splitList(cell: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of cell) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (character === LIST_MARK && depth <= 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

export function isTable(path: string): boolean {
  return [".csv", ".tsv"].includes(extname(path).toLowerCase());
}

/**
 * Entries of a user's own file.
 * @param fault hears of each row that is wrong; it may throw.
 */
export function readOwnEntries(file: LexiconFile, document: unknown, fault: Fault): OwnEntries {
  const rows = isTable(file.path) ? tableRows(file, fault) : jsonRows(file.path, document, fault);
  const entries: LexiconEntry[] = [];
  const off: SwitchedOff[] = [];
  let named = false;
  for (const row of rows) {
    const { off: switchedOff, ...fields } = row.fields;
    if (switchedOff === true) {
      const id = fields["id"];
      if (typeof id === "string" && id !== "") off.push({ id, path: file.path, place: row.place });
      else fault(new LexiconError("E_LEXICON_SCHEMA", `${file.path}: ${row.place}: switches off no entry. Give the id of one.`));
      continue;
    }
    if (switchedOff !== undefined && switchedOff !== false) {
      fault(
        new LexiconError(
          "E_LEXICON_SCHEMA",
          `${file.path}: ${row.place}, off: got ${JSON.stringify(switchedOff)}, expected ${isTable(file.path) ? "yes or no" : "true or false"}. Correct it or leave it out.`,
        ),
      );
      continue;
    }
    const result = entrySchema.safeParse(withDefaults(fields, file.path, row.number));
    if (result.success) {
      named ||= fields["id"] === undefined;
      entries.push(result.data);
    } else for (const issue of result.error.issues) fault(row.explain(issue));
  }
  return { entries, off, named };
}

interface OwnRow {
  readonly number: number;
  readonly place: string;
  readonly fields: Readonly<Record<string, unknown>>;
  explain(issue: z.core.$ZodIssue): LexiconError;
}

function withDefaults(fields: Readonly<Record<string, unknown>>, path: string, row: number): Record<string, unknown> {
  const name = basename(path);
  const stem = name
    .slice(0, name.length - extname(name).length)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, MOST_NAME);
  return {
    ...slurDefaults(fields),
    ...fields,
    id: fields["id"] ?? `${stem === "" ? "own" : stem}-${fields["class"]}-${row}`,
    sense: fields["sense"] ?? OWN_SENSE,
    source: fields["source"] ?? `file ${name}`,
    reviewed: fields["reviewed"] ?? false,
  };
}

/** What the shipped files must say of a slur, where it is not said: that nothing is known. */
function slurDefaults(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isAmbiguous = fields["class"] === "ambiguous-slur";
  if (!FIELDS.has("ambiguity") || !(isAmbiguous || fields["class"] === "slur")) return {};
  const ambiguity = fields["ambiguity"] ?? (fields["homonyms"] !== undefined ? "homonym" : isAmbiguous ? "context" : "none");
  return { severity: 3, ambiguity, ...(ambiguity === "none" ? {} : { homonyms: [{ sense: "not given", context: "not given" }] }) };
}

/** The objects of a JSON array. */
function jsonRows(path: string, document: unknown, fault: Fault): OwnRow[] {
  const remedy = "Correct the file; lexicons/README.md says what each field may hold.";
  return (document as unknown[]).flatMap((item, k): OwnRow[] => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      fault(new LexiconError("E_LEXICON_SCHEMA", `${path}: entry ${k + 1}: got ${JSON.stringify(item)}, expected an object. ${remedy}`));
      return [];
    }
    const place = `entry ${k + 1}${"id" in item ? ` (id ${JSON.stringify(item.id)})` : ""}`;
    const explain = (issue: z.core.$ZodIssue): LexiconError =>
      new LexiconError(
        "E_LEXICON_SCHEMA",
        `${path}: ${place}${issue.path.length > 0 ? `, field ${issue.path.join(".")}` : ""}: ${issue.message}. ${remedy}`,
      );
    return [{ number: k + 1, place, fields: item as Record<string, unknown>, explain }];
  });
}

/** A cell's value as the schema takes it; undefined where it is empty. */
function readCell(kind: Kind, cell: string): unknown {
  const text = cell.trim();
  if (kind === "boolean") return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? (text === "" ? undefined : false) : text;
  if (text === "") return undefined;
  if (kind === "number") return /^\d+$/.test(text) ? Number(text) : text;
  // What a writer of CSV put before text that a spreadsheet would run.
  const plain = /^'[=+\-@|]/.test(text) ? text.slice(1) : text;
  if (kind === "text") return plain;
  const items = splitList(plain)
    .map((item) => item.trim())
    .filter((item) => item !== "");
  if (kind === "list") return items;
  return items.map((item) => {
    const [sense, ...context] = item.split(":");
    return { sense: sense!.trim(), context: context.join(":").trim() };
  });
}

function tableRows(file: LexiconFile, fault: Fault): OwnRow[] {
  const [header, ...rows] = readCsv(file.path, file.text);
  if (header === undefined)
    throw new LexiconError(
      "E_LEXICON_CSV",
      `${file.path}: row 1: got nothing; expected the names of the columns. Begin with: id,language,class,forms`,
    );
  const columns = header.cells.map((cell) => cell.trim().toLowerCase());
  columns.forEach((name, k) => {
    const what = CSV_COLUMNS.includes(name)
      ? columns.indexOf(name) < k
        ? "a column that is there already"
        : null
      : "no column of a lexicon";
    if (what === null) return;
    throw new LexiconError(
      "E_LEXICON_CSV",
      `${file.path}: row ${header.row}, column ${k + 1}: got ${JSON.stringify(name)}, ${what};${suggest(name, CSV_COLUMNS)} expected some of ${CSV_COLUMNS.join(", ")}. Correct the name or leave the column out.`,
    );
  });
  return rows.flatMap(({ row, cells }) => {
    if (cells.length > columns.length || (cells.length < columns.length && cells.length === 1 && columns.length > 1)) {
      fault(
        new LexiconError(
          "E_LEXICON_CSV",
          `${file.path}: row ${row}, column ${Math.min(cells.length, columns.length) + 1}: got ${cells.length} cells, expected ${columns.length} as in the header. Put a cell that holds the delimiter in quotation marks; separate the items of a list by ${LIST_MARK}.`,
        ),
      );
      return [];
    }
    return [tableRow(file.path, row, columns, cells)];
  });
}

function tableRow(path: string, row: number, columns: readonly string[], cells: readonly string[]): OwnRow {
  const fields: Record<string, unknown> = {};
  const moods: Record<string, unknown> = {};
  columns.forEach((name, k) => {
    const isMood = !FIELDS.has(name) && name !== "off";
    const value = readCell(isMood ? "list" : name === "off" ? "boolean" : FIELDS.get(name)!, cells[k] ?? "");
    if (value !== undefined) (isMood ? moods : fields)[name] = value;
  });
  if (Object.keys(moods).length > 0) fields["moods"] = moods;
  const place = `row ${row}`;
  const explain = (issue: z.core.$ZodIssue): LexiconError => {
    const [first, second] = issue.path;
    const column = first === "moods" && typeof second === "string" ? second : String(first ?? columns[0]);
    const cell = cells[columns.indexOf(column)] ?? "";
    const expected = issue.code === "invalid_value" ? `one of ${issue.values.join(", ")}` : issue.message;
    return new LexiconError(
      "E_LEXICON_CSV",
      `${path}: ${place}, column ${column}: got ${cell.trim() === "" ? "nothing" : JSON.stringify(cell)}, expected: ${expected}. Correct the cell; lexicons/README.md says what each column may hold.`,
    );
  };
  return { number: row, place, fields, explain };
}
