/** A file of scores that were given elsewhere: records as `qalqan scan --to jsonl` writes them, or of any other system. */
import { basename } from "node:path";
import { FormatError } from "../core/error.ts";
import { DECISIONS, type Decision } from "../core/label.ts";
import type { Reason } from "../evaluation/evaluation.ts";
import { LineSplitter } from "../readers/line-splitter.ts";
import { listSources, openSource } from "../readers/source/source.ts";

export interface Prediction {
  /** 0..1 by label; a label that the record has no score for is absent. "flagged" is the record's highest score. */
  readonly scores: Readonly<Record<string, number>>;
  /** Labels at or above their thresholds, with "flagged" where the decision was to flag; null where the record does not say. */
  readonly labels: readonly string[] | null;
  /** null where the record does not say. */
  readonly decision: Decision | null;
  readonly reasons: readonly Reason[];
}

/** Name of the set that a file is: as readLabelled names the sets of gold rows. */
export function setOfPath(path: string): string {
  return basename(path)
    .replace(/\.gz$/, "")
    .replace(/\.jsonl$/, "");
}

/**
 * Records by id. A gold row takes the record of its id and its set; where the file names none of the gold sets (the messages
 * were scanned from elsewhere, or it names no source at all), the record of its id. A record is taken once, so rows and records
 * that repeat an id are paired in order.
 */
export class Predictions {
  /** By id: numbers of records that are not taken yet, in order. */
  readonly #byId = new Map<string, number[]>();
  readonly #records: Prediction[] = [];
  readonly #sets: (string | null)[] = [];
  readonly #goldSets: ReadonlySet<string>;
  #taken = 0;
  /** Whether every record says what was decided. */
  decides = true;

  constructor(goldSets: ReadonlySet<string>) {
    this.#goldSets = goldSets;
  }

  get count(): number {
    return this.#records.length;
  }

  /** Records that no gold row took. */
  get unused(): number {
    return this.#records.length - this.#taken;
  }

  /** An id of the file, to show what they look like. */
  get anyId(): string | undefined {
    return this.#byId.keys().next().value;
  }

  add(id: string, source: string | null, prediction: Prediction): void {
    const numbers = this.#byId.get(id);
    if (numbers === undefined) this.#byId.set(id, [this.#records.length]);
    else numbers.push(this.#records.length);
    this.#records.push(prediction);
    this.#sets.push(source === null ? null : setOfPath(source));
    if (prediction.labels === null) this.decides = false;
  }

  /** The record of a gold row; null where there is none left. */
  take(id: string, set: string): Prediction | null {
    const numbers = this.#byId.get(id) ?? [];
    const own = numbers.findIndex((number) => this.#sets[number] === set);
    const at = own >= 0 ? own : numbers.findIndex((number) => !this.#goldSets.has(this.#sets[number] ?? ""));
    const [number] = at < 0 ? [] : numbers.splice(at, 1);
    if (number === undefined) return null;
    this.#taken++;
    return this.#records[number]!;
  }
}

/**
 * @param goldPaths as they will be given to readLabelled
 * @param keepReasons whether signals are kept, which takes memory
 * @param remark told of lines that could not be read
 * @throws FormatError where the file cannot be read or holds no record.
 */
export async function readPredictions(
  path: string,
  goldPaths: readonly string[],
  keepReasons: boolean,
  remark: (line: string) => void,
): Promise<Predictions> {
  const [listed, gold] = [await listSources([path]), await listSources(goldPaths)];
  if (listed.failures[0]) throw listed.failures[0];
  const predictions = new Predictions(new Set(gold.sources.map((source) => setOfPath(source.path))));
  let unread = 0;
  const decoder = new TextDecoder("utf-8");
  for (const source of listed.sources) {
    const splitter = new LineSplitter({
      line: (bytes, start, end, line) => {
        const text = decoder.decode(bytes.subarray(start, end));
        if (text.trim() === "") return;
        if (!addRecord(predictions, text, line, keepReasons)) unread++;
      },
      longLine: () => {
        unread++;
      },
    });
    for await (const chunk of openSource(source)) splitter.push(chunk);
    splitter.finish();
  }
  if (predictions.count === 0)
    throw new FormatError(
      "E_PREDICTIONS",
      `${path}: none of its lines is a prediction. Expected is a JSON object a line with "id" and "scores", as qalqan scan --to jsonl writes them.`,
    );
  if (unread > 0) remark(`${path}: ${unread} lines are no JSON objects with "scores" from 0 to 1; they were left out`);
  return predictions;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns whether the line could be read. A record without id has the number of its line, as gold rows do. */
function addRecord(predictions: Predictions, text: string, line: number, keepReasons: boolean): boolean {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return false;
  }
  if (!isObject(record) || !isObject(record["scores"])) return false;
  const scores = Object.fromEntries(Object.entries(record["scores"]).filter((entry): entry is [string, number] => isShare(entry[1])));
  const highest = isShare(record["score"]) ? record["score"] : Object.values(scores).reduce((most, score) => Math.max(most, score), -1);
  if (!isShare(highest)) return false;
  const id = record["id"] ?? record["line"] ?? line;
  const { labels, decision, source } = record;
  const named = Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : null;
  const decided = DECISIONS.find((name) => name === decision) ?? null;
  const flagged = decided === null ? named !== null && named.length > 0 : decided === "flag";
  predictions.add(String(id), typeof source === "string" ? source : null, {
    scores: { flagged: highest, ...scores },
    labels: named === null ? null : flagged ? [...named, "flagged"] : named,
    decision: decided,
    reasons: keepReasons && Array.isArray(record["signals"]) ? record["signals"].filter(isObject).map(reasonOf) : [],
  });
  return true;
}

function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function reasonOf(signal: Fields): Reason {
  const text = (name: string) => (typeof signal[name] === "string" ? signal[name] : "");
  const weight = typeof signal["weight"] === "number" ? signal["weight"] : Number.NaN;
  return {
    label: text("label"),
    source: text("source"),
    entry: text("entry"),
    weight,
    text: text("source") === "bayes" ? "" : text("text"),
  };
}
