import { type Dialect, fieldText, type Row, RowSplitter, type RowTarget } from "./rows.ts";

/** A table's dialect and what its beginning gives when read so. */
interface Reading {
  readonly dialect: Dialect;
  readonly rows: readonly string[][];
  /** The number of fields that most rows have. */
  readonly width: number;
  /** Quotes that do not open and close a field. */
  readonly strayQuotes: number;
}

const SAMPLE_ROWS = 200;
/** Share of rows that must have the same number of fields for a delimiter to be believed. */
const MIN_AGREEMENT = 0.9;

/** In which ways quotes are tried; a later one is taken only where it reads better. */
const QUOTINGS = [
  { quotes: true, backslashes: false },
  { quotes: true, backslashes: true },
  { quotes: false, backslashes: false },
] as const;

/**
 * Reads the beginning of a table in every dialect and takes the one where most rows have the same number of fields, two or
 * more; one whose header names the text goes first. Where none convinces, the table has one column.
 * @param isText says whether a name is of a text column.
 */
export function chooseDialect(sample: Uint8Array, goesOn: boolean, delimiters: string, isText: (name: string) => boolean): Reading {
  let best: Reading | null = null;
  let bestScore = MIN_AGREEMENT;
  const hasEscapedQuotes = Buffer.from(sample.buffer, sample.byteOffset, sample.length).includes('\\"');
  for (const delimiter of delimiters) {
    for (const quoting of QUOTINGS) {
      if (quoting.backslashes && !hasEscapedQuotes) continue;
      const reading = read(sample, goesOn, { delimiter: delimiter.charCodeAt(0), ...quoting });
      const score = rate(reading, isText);
      const isWider = score === bestScore && best !== null && reading.width > best.width && !quoting.backslashes;
      if (score > bestScore || isWider) {
        best = reading;
        bestScore = score;
      }
    }
  }
  return best ?? read(sample, goesOn, { delimiter: -1, quotes: true, backslashes: false });
}

function rate({ rows, width, strayQuotes }: Reading, isText: (name: string) => boolean): number {
  const first = rows[0] ?? [];
  if (first.length < 2) return 0;
  const agreeing = rows.filter((row) => row.length === width).length - strayQuotes / 2;
  if (first.some((name) => isText(name.trim()))) return 1 + agreeing / rows.length;
  return width < 2 || looksLikeProse(rows) ? 0 : agreeing / rows.length;
}

/** In sentences a space follows the comma, in tables of machines it does not. */
function looksLikeProse(rows: readonly string[][]): boolean {
  const fields = rows.flatMap((row) => row.slice(1));
  return fields.filter((field) => field.startsWith(" ")).length * 2 > fields.length;
}

function read(sample: Uint8Array, goesOn: boolean, dialect: Dialect): Reading {
  const rows: string[][] = [];
  let unclosed = 0;
  const target: RowTarget = {
    row(row) {
      if (rows.length < SAMPLE_ROWS) rows.push(fieldsOf(row));
    },
    brokenRow() {
      unclosed++;
    },
  };
  const splitter = new RowSplitter(dialect, target);
  splitter.push(sample);
  // The last row may be cut off, but a single one is better than none.
  if (!goesOn || rows.length === 0) splitter.finish();
  const strayQuotes = splitter.strayQuotes + unclosed;
  return {
    dialect,
    rows,
    width: mostCommon(rows.map((row) => row.length)),
    strayQuotes,
  };
}

function fieldsOf(row: Row): string[] {
  return Array.from({ length: row.count }, (_, field) => fieldText(row, field).replaceAll("\0", ""));
}

function mostCommon(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let common = 1;
  for (const [width, count] of counts) if (count > (counts.get(common) ?? 0)) common = width;
  return common;
}
