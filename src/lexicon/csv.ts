/**
 * A strict reader of small tables (RFC 4180; comma, semicolon or tab): what is doubtful is refused, for a term read
 * wrongly would go unnoticed. (readers/csv.ts guesses, because chats come as they are.)
 */
import { LexiconError } from "../core/error.ts";

export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [",", ";", "\t"] as const;

/** The delimiter that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const header = (/^(?:"[^"]*"|[^"\n])*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length - 1 }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function wrong(path: string, row: number, column: number, what: string): LexiconError {
  return new LexiconError("E_LEXICON_CSV", `${path}: row ${row}, column ${column}: ${what}`);
}

/**
 * Rows of a table, without those in which every cell is empty.
 * @throws LexiconError E_LEXICON_CSV where quotes are not as they should be.
 */
export function readCsv(path: string, text: string): CsvRow[] {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let row = 1;
  let at = 0;
  const endRow = (): void => {
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ row, cells });
    cells = [];
    row++;
  };
  while (at < text.length) {
    let cell: string;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0)
        throw wrong(path, row, cells.length + 1, 'a quotation mark " opens and none closes; expected one at the end of the cell. Add it.');
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      if (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r")
        throw wrong(
          path,
          row,
          cells.length + 1,
          `got ${JSON.stringify(text.slice(at, at + 10))} after the closing quotation mark; expected the end of the cell. Write a quotation mark inside a cell twice: "".`,
        );
    } else {
      let end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end++;
      cell = text.slice(at, end);
      at = end;
      if (cell.includes('"'))
        throw wrong(
          path,
          row,
          cells.length + 1,
          `got ${JSON.stringify(cell)}, a quotation mark inside a cell without any around it; expected the whole cell in quotation marks, and those inside it twice. Quote the cell.`,
        );
    }
    cells.push(cell);
    if (text[at] === delimiter) {
      at++;
      // A delimiter at the very end has an empty cell after it.
      if (at === text.length) cells.push("");
      continue;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    endRow();
  }
  if (cells.length > 0) endRow();
  return rows;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}
