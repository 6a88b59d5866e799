/** One message of a labelled file, with what is said of it. */
import type { Column, Role } from "./columns.ts";
import { isRecord, labelStatement, MOST_NAMES, parseCell, readStatement, type Statement } from "./statement.ts";

/** A judgment, and whose it is. */
export interface Judgment {
  readonly annotator: string;
  readonly statement: Statement;
  /** What it was read from, for maps that ask for a column by name; null where it is a bare label. */
  readonly record: Readonly<Record<string, unknown>> | null;
}

export interface LabelledRow {
  readonly text: string;
  /** As the row says, null where it does not. */
  readonly id: string | null;
  readonly language: string | null;
  /** In lower case; "train" and "dev" under any of their common names. */
  readonly split: string | null;
  readonly functionality: string | null;
  readonly target: string | null;
  /** Who judged, where a column says it: then rows of the same message belong together. */
  readonly annotator: string | null;
  /** As `annotator`, but it may be who wrote the message. */
  readonly user: string | null;
  readonly own: Statement;
  /** Judgments that the row itself holds. */
  readonly judgments: readonly Judgment[];
  /** The row as it was read, for maps that ask for a column by name. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** How rows of a file are read. */
export interface RowShape {
  readonly columnOf: (key: string) => Column | null;
  readonly isTable: boolean;
  /** Keys that hold labels though their names do not say so. */
  readonly extra: ReadonlySet<string>;
}

/** @returns null for what has no text. */
export function readRow(given: Readonly<Record<string, unknown>>, shape: RowShape): LabelledRow | null {
  // A task of Label Studio keeps what it shows to people under "data".
  const data = Object.hasOwn(given, "data") && isRecord(given["data"]) ? given["data"] : null;
  const record: Readonly<Record<string, unknown>> = data === null ? given : { ...data, ...given };
  const found: Partial<Record<Role, { readonly rank: number; readonly value: string }>> = {};
  let votes: unknown;
  for (const key in record) {
    const column = shape.columnOf(key);
    if (column === null || column.role === "value" || column.role === "label") continue;
    if (column.role === "votes") {
      votes ??= shape.isTable ? parseCell(record[key]) : record[key];
      continue;
    }
    const value = scalarText(column.role, record[key]);
    const best = found[column.role];
    if (value !== null && (best === undefined || column.rank < best.rank)) found[column.role] = { rank: column.rank, value };
  }
  const text = found.text?.value ?? (data === null ? null : longestText(data));
  if (text === null) return null;
  const own = readStatement(record, shape.columnOf, shape.isTable, shape.extra);
  const judged = readJudgments(votes, shape, own.task);
  return {
    text,
    id: found.id?.value ?? null,
    language: found.language?.value ?? null,
    split: found.split === undefined ? null : splitName(found.split.value),
    functionality: found.functionality?.value ?? null,
    target: found.target?.value ?? null,
    annotator: found.annotator?.value ?? null,
    user: found.user?.value ?? null,
    own: judged.spans === null ? own : { ...own, names: [...new Set([...own.names, ...judged.spans.names])] },
    judgments: judged.judgments,
    record,
  };
}

function scalarText(role: Role, value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  if (role === "text") return null;
  if (typeof value === "number") return String(value);
  return (role === "annotator" || role === "user") && isRecord(value) ? personName(value) : null;
}

/** A person as Label Studio writes one: `{id, email, ...}`. */
function personName(person: Readonly<Record<string, unknown>>): string | null {
  for (const key of ["id", "email", "username"]) {
    const value = Object.hasOwn(person, key) ? person[key] : undefined;
    if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
  }
  return null;
}

function longestText(data: Readonly<Record<string, unknown>>): string | null {
  let longest: string | null = null;
  for (const key in data) {
    const value = data[key];
    if (typeof value === "string" && value.length > (longest?.length ?? 0)) longest = value;
  }
  return longest;
}

const SPLITS: ReadonlyMap<string, string> = new Map([
  ["training", "train"],
  ["validation", "dev"],
  ["valid", "dev"],
  ["val", "dev"],
  ["development", "dev"],
]);

function splitName(written: string): string {
  const name = written.trim().toLowerCase();
  return SPLITS.get(name) ?? name;
}

/**
 * Judgments under `annotations`, `votes` and the like, at most MOST_NAMES: by annotator, or a list of them. A list in which
 * nobody is named and that has no results is one of spans: they are the row's own labels.
 */
function readJudgments(
  votes: unknown,
  shape: RowShape,
  task: string | null,
): { readonly judgments: readonly Judgment[]; readonly spans: Statement | null } {
  if (isRecord(votes)) {
    const entries = Object.entries(votes).slice(0, MOST_NAMES);
    return {
      judgments: entries.map(([annotator, label]) => ({ annotator, statement: labelStatement(label, task), record: null })),
      spans: null,
    };
  }
  if (!Array.isArray(votes)) return { judgments: [], spans: null };
  const list = votes.slice(0, MOST_NAMES) as unknown[];
  const read = list.map((vote, place) => readVote(vote, `#${place + 1}`, shape, task));
  const judgments = read.filter((vote) => vote !== null);
  const isSpans = judgments.length > 0 && judgments.every((vote) => !vote.isNamed);
  return isSpans ? { judgments: [], spans: labelStatement(list, task) } : { judgments, spans: null };
}

/** @returns null for a vote that was taken back. */
function readVote(vote: unknown, place: string, shape: RowShape, task: string | null): (Judgment & { readonly isNamed: boolean }) | null {
  if (!isRecord(vote)) return { annotator: place, statement: labelStatement(vote, task), record: null, isNamed: true };
  if (vote["was_cancelled"] === true) return null;
  let annotator: string | null = null;
  for (const key in vote) {
    const role = shape.columnOf(key)?.role;
    if (role === "annotator" || role === "user") annotator ??= scalarText(role, vote[key]);
  }
  const result = Object.hasOwn(vote, "result") && Array.isArray(vote["result"]) ? vote["result"] : null;
  const statement = result === null ? { ...readStatement(vote, shape.columnOf, false, NO_KEYS), task } : resultStatement(result, task);
  return { annotator: annotator ?? place, statement, record: vote, isNamed: annotator !== null || result !== null };
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** The results of an annotation of Label Studio. One that was sent without any says that nothing holds. */
function resultStatement(result: readonly unknown[], task: string | null): Statement {
  const values = result.slice(0, MOST_NAMES).flatMap((one) => (isRecord(one) && isRecord(one["value"]) ? [one["value"]] : []));
  const names = values.flatMap((value) => labelStatement(value, task).names);
  return labelStatement(result.length === 0 ? ["none"] : names, task);
}
