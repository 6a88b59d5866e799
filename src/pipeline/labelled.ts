/**
 * Labelled messages from files of any format that is known (labelled/format.ts), streamed. A row that cannot be read or has no
 * text is counted, said and left out.
 */
import { basename } from "node:path";
import { type Gold, majorityOf, saysAnything, UNKNOWN } from "../evaluation/gold.ts";
import { defaultGold, standsAlone, unknownNames } from "../labelled/defaults.ts";
import { type LabelledFile, openLabelled } from "../labelled/file.ts";
import { namesOf, unknownFormat } from "../labelled/format.ts";
import { Grouping } from "../labelled/grouping.ts";
import { type LabelMap, linesFor, mappedGold } from "../labelled/label-map.ts";
import { type LabelledRow, readRow } from "../labelled/row.ts";
import { type Statement, saysNothing } from "../labelled/statement.ts";
import type { Survey } from "../labelled/survey.ts";
import { listSources, type Source } from "../readers/source/source.ts";

/** One annotator's judgment. */
export interface Vote {
  readonly annotator: string;
  readonly gold: Gold;
}

export interface LabelledMessage {
  readonly text: string;
  /** What the row itself says; what most annotators say, name by name, where it says nothing. */
  readonly gold: Gold;
  /** By annotator, in the order of the file; empty where the file tells no annotators apart. */
  readonly votes: readonly Vote[];
  /** Name of the file without its endings: the set it is of. */
  readonly set: string;
  readonly id: string;
  /** As the row says, null where it does not. */
  readonly language: string | null;
  readonly split: string | null;
  readonly functionality: string | null;
  readonly target: string | null;
}

export interface LabelledOptions {
  /** What labels mean in the sets it names; other sets follow the defaults (labelled/defaults.ts). */
  readonly map?: LabelMap | null;
}

/**
 * @param split only rows of this split; rows that name none are always given. null: all.
 * @param remark told of what was left out, and of labels that nobody understood
 * @throws FormatError where a file cannot be read or holds no labelled row: training and measuring on a part would mislead.
 */
export async function* readLabelled(
  paths: readonly string[],
  split: string | null,
  remark: (line: string) => void,
  options: LabelledOptions = {},
): AsyncGenerator<LabelledMessage> {
  const { sources, failures, skipped } = await listSources(paths);
  if (failures[0]) throw failures[0];
  for (const { path, reason } of skipped) remark(`${path}: skipped, ${reason}`);
  for (const source of sources) {
    if (!source.named && NEVER_LABELLED.has(source.extension)) remark(`${source.path}: skipped, has the extension of no labelled file`);
    else yield* readFile(source, split, remark, options.map ?? null);
  }
}

/** What is scanned but passed over where labelled files are looked for in a folder or an archive. */
const NEVER_LABELLED: ReadonlySet<string> = new Set([".html", ".htm", ".js", ".md", ".xlsx", ".parquet"]);

async function* readFile(
  source: Source,
  split: string | null,
  remark: (line: string) => void,
  map: LabelMap | null,
): AsyncGenerator<LabelledMessage> {
  const set = setName(source.path);
  const lines = linesFor(map, set);
  const file = await openLabelled(source, lines !== null);
  if (file === null) return remark(`${source.path}: is empty`);
  const puzzles = new Puzzles();
  const goldOf = async (statement: Statement, record: Readonly<Record<string, unknown>> | null): Promise<Gold | null> => {
    if (lines !== null) {
      const gold = mappedGold(lines, statement, record);
      if (gold === null) puzzles.add(statement.names);
      return gold === "ignore" ? null : (gold ?? UNKNOWN);
    }
    if (standsAlone(statement)) return defaultGold(statement, NOTHING_KNOWN);
    const survey = await file.survey();
    puzzles.add(unknownNames(statement, survey));
    return defaultGold(statement, survey);
  };
  const finish = async (row: LabelledRow, number: number): Promise<LabelledMessage | null> => {
    const votes: Vote[] = [];
    for (const { annotator, statement, record } of row.judgments) {
      const gold = await goldOf(statement, record);
      if (gold !== null) votes.push({ annotator, gold });
    }
    if (row.judgments.length > 0 && votes.length === 0) return null;
    const own = votes.length > 0 && saysNothing(row.own) ? UNKNOWN : await goldOf(row.own, row.record);
    if (own === null) return null;
    const { text, language, functionality, target } = row;
    const gold = saysAnything(own) || votes.length === 0 ? own : majorityOf(votes.map((vote) => vote.gold));
    return { text, gold, votes, set, id: row.id ?? String(number), language, split: row.split, functionality, target };
  };
  for await (const { row, number } of groupedRows(source.path, file, split, lines !== null, remark)) {
    const message = await finish(row, number);
    if (message !== null) yield message;
  }
  puzzles.tell(source.path, lines !== null, remark);
}

const NOTHING_KNOWN: Survey = {
  names: new Set(),
  isMultiple: false,
  hasCodes: false,
  hasOnes: false,
  notBinary: new Set(),
  extra: new Set(),
  idsRepeat: false,
  usersJudge: false,
};

/** The rows of a split; those of one message by several annotators are one. */
async function* groupedRows(
  path: string,
  file: LabelledFile,
  split: string | null,
  isMapped: boolean,
  remark: (line: string) => void,
): AsyncGenerator<{ readonly row: LabelledRow; readonly number: number }> {
  let shape = { columnOf: file.columnOf, isTable: file.format.isTable, extra: new Set<string>() as ReadonlySet<string> };
  let groups: Grouping | null = null;
  let all = 0;
  let found = 0;
  let unread = 0;
  let keys: readonly string[] = [];
  for await (const { record, number } of file.records()) {
    // Lines that hold nothing are not handed on, but count.
    all = number;
    found++;
    if (record !== null && keys.length === 0) keys = Object.keys(record);
    let row = record === null ? null : readRow(record, shape);
    if (row === null) {
      unread++;
      continue;
    }
    if (saysNothing(row.own) && row.judgments.length === 0 && shape.extra.size === 0) {
      shape = { ...shape, extra: (await file.survey()).extra };
      if (shape.extra.size > 0) row = readRow(record!, shape)!;
    }
    if (split !== null && row.split !== null && row.split !== split) continue;
    const annotator = row.annotator ?? (row.user !== null && (await file.survey()).usersJudge ? row.user : null);
    if (annotator === null) yield { row, number };
    else {
      groups ??= new Grouping((await file.survey()).idsRepeat, isMapped);
      yield* groups.add(row, number, annotator);
    }
  }
  if (found > 0 && unread === found)
    throw unknownFormat(
      path,
      keys.length > 0 ? `${file.format.name} with ${namesOf(keys)}, and no text` : `${file.format.name} that cannot be read`,
    );
  if (groups !== null) yield* groups.finish();
  if (groups !== null && groups.letGo > 0)
    remark(
      `${path}: ${groups.letGo} messages had to be let go before the end; judgments of them that came later count as messages of their own. Sort the rows by message.`,
    );
  if (unread > 0) remark(`${path}: ${unread} of ${all} ${file.format.unit} are broken or have no text; they were left out`);
}

/** Counts rows with labels that nobody understood. */
class Puzzles {
  readonly #names = new Set<string>();
  #rows = 0;

  add(names: readonly string[]): void {
    if (names.length === 0) return;
    this.#rows++;
    for (const name of names) if (this.#names.size < MOST_PUZZLES) this.#names.add(name);
  }

  tell(path: string, isMapped: boolean, remark: (line: string) => void): void {
    if (this.#rows === 0) return;
    const rows = this.#rows === 1 ? "1 row has" : `${this.#rows} rows have`;
    const what = isMapped ? "labels that the map does not name" : "labels that say nothing here";
    const remedy = isMapped ? "add them to the map" : "say with --map what they mean";
    remark(`${path}: ${rows} ${what} (${namesOf([...this.#names])}); ${remedy}`);
  }
}

/** One more than is shown. */
const MOST_PUZZLES = 13;

const ENDINGS = /\.(?:jsonl|ndjson|jsonlines|json|csv|tsv|tab|txt|ft)$/iu;

function setName(path: string): string {
  return basename(path).replace(/\.gz$/iu, "").replace(ENDINGS, "");
}
