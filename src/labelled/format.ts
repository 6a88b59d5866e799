/** Which format a labelled file is in, told by its beginning, and its records one by one. */
import { FormatError } from "../core/error.ts";
import { LineSplitter } from "../readers/line-splitter.ts";
import { decodeUtf8 } from "../readers/utf8.ts";
import { LABEL_COLUMN_NAMES, TEXT_NAMES } from "./columns.ts";
import { ElementSplitter } from "./json-array.ts";
import { isLabelledTable, openTable, readTableHead } from "./table.ts";

/** A row as members; null for one that cannot be read. */
export type LabelledRecord = Readonly<Record<string, unknown>> | null;

/** @param number of the line, or of the row or element where rows are no lines; from 1. */
export type TakeRecord = (record: LabelledRecord, number: number) => void;

/** Takes chunks cut anywhere, hands on records as they are complete, and holds no more than one that is not. */
export interface RecordReader {
  push(chunk: Uint8Array): void;
  finish(): void;
}

export interface LabelledFormat {
  readonly name: "JSON Lines" | "JSON array" | "fastText" | "table";
  /** What is counted in it. */
  readonly unit: "lines" | "elements" | "rows";
  /** Whether values are cells of text. */
  readonly isTable: boolean;
  open(take: TakeRecord): RecordReader;
}

/** What is known of a file before it is looked at. */
interface Named {
  readonly path: string;
  /** In lower case, with the dot. */
  readonly extension: string;
  /** Whether a map says what its labels are: then any column may hold them. */
  readonly isMapped: boolean;
}

/** What is looked at of a file to know its format. */
export const HEAD_BYTES: number = 64 << 10;

const JSON_LINES: LabelledFormat = { name: "JSON Lines", unit: "lines", isTable: false, open: (take) => openLines(parseObject, take) };
const JSON_ARRAY: LabelledFormat = { name: "JSON array", unit: "elements", isTable: false, open: openArray };
const FAST_TEXT: LabelledFormat = { name: "fastText", unit: "lines", isTable: false, open: (take) => openLines(parseFastText, take) };

/**
 * @param head the beginning, without byte order mark; HEAD_BYTES are enough
 * @param goesOn whether there is more
 * @returns null for a file in which there is nothing
 * @throws FormatError E_LABELLED where the beginning fits no format
 */
export function detectFormat(head: Uint8Array, goesOn: boolean, { path, extension, isMapped }: Named): LabelledFormat | null {
  const text = decodeUtf8(head, 0, Math.min(head.length, HEAD_BYTES));
  if (text.trim() === "" && !goesOn) return null;
  if (/^\s*\[\s*[{\]]/u.test(text.slice(0, 1024))) return JSON_ARRAY;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  // The last line may be cut off.
  const whole = goesOn && lines.length > 1 ? lines.slice(0, -1) : lines;
  const sample = whole.slice(0, SAMPLE_LINES);
  if (sample.filter((line) => isObjectLine(line, goesOn && whole.length === 1)).length * 5 >= sample.length) return JSON_LINES;
  if (sample.filter((line) => line.trimStart().startsWith(MARK)).length * 2 >= sample.length) return FAST_TEXT;
  const table = readTableHead(head, goesOn, extension);
  if (isLabelledTable(table, isMapped)) return { name: "table", unit: "rows", isTable: true, open: (take) => openTable(table, take) };
  throw unknownFormat(path, describe(text, table.header));
}

const SAMPLE_LINES = 50;

/** @param found what the file is instead, after "found". */
export function unknownFormat(path: string, found: string): FormatError {
  return new FormatError(
    "E_LABELLED",
    `${path}: no labelled rows. Looked for JSON Lines or a JSON array of objects with a text (${TEXT_NAMES}); a table whose header names a text and a label (${LABEL_COLUMN_NAMES}); lines of fastText (${MARK}hate some text); exports of doccano and Label Studio (JSON, JSON-MIN, CSV). Found ${found}. Rename the columns or keys, or export in one of these.`,
  );
}

function describe(text: string, header: readonly string[]): string {
  const begin = text.trimStart();
  if (begin.startsWith("{")) return "JSON that is neither one object a line nor an array of objects";
  if (begin.startsWith("[")) return "a JSON array of something else than objects";
  if (header.length > 1) return `a table with the columns ${namesOf(header)}`;
  return `lines such as ${JSON.stringify(begin.split("\n", 1)[0]!.slice(0, 60))}`;
}

/** Some names for a message. */
export function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => JSON.stringify(name.slice(0, 40)));
  return names.length > shown.length ? `${shown.join(", ")} ...` : shown.join(", ");
}

/** @param isCut the line goes on behind what is seen of it. */
function isObjectLine(line: string, isCut: boolean): boolean {
  if (!line.trimStart().startsWith("{")) return false;
  return isCut || parseObject(line) !== null;
}

function parseObject(text: string): LabelledRecord {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as LabelledRecord) : null;
  } catch {
    return null;
  }
}

function openLines(parse: (line: string) => LabelledRecord, take: TakeRecord): RecordReader {
  return new LineSplitter({
    line(bytes, start, end, number) {
      const text = decodeUtf8(bytes, start, end);
      if (text.trim() !== "") take(parse(text), number);
    },
    longLine: (number) => take(null, number),
  });
}

function openArray(take: TakeRecord): RecordReader {
  return new ElementSplitter((bytes, number) => take(bytes === null ? null : parseObject(decodeUtf8(bytes, 0, bytes.length)), number));
}

const MARK = "__label__";

/** Words that begin with the mark are labels, wherever they stand. A comma may stand between label and text. */
function parseFastText(line: string): LabelledRecord {
  const labels: string[] = [];
  const words: string[] = [];
  for (const word of line.trim().split(/\s/u)) {
    if (word.startsWith(MARK)) labels.push(word.slice(MARK.length).replace(/,$/u, ""));
    else words.push(word);
  }
  if (words[0] === ",") words.shift();
  return labels.length === 0 ? null : { text: words.join(" ").trim(), labels };
}
