/** What a scan counted. */
import { DECISIONS, LABELS, LANGUAGES } from "../core/label.ts";

export interface ScanTally {
  sources: number;
  /** Judged messages. */
  messages: number;
  /** By kind. Those of people are judged; the others only where asked for. */
  users: number;
  system: number;
  placeholders: number;
  deleted: number;
  /** People's messages of nothing but white space, among `users`. */
  empty: number;
  /** Records that could not be read. */
  errors: number;
  /** Messages with bytes that were not UTF-8. */
  repaired: number;
  bytes: number;
  /** By place in LABELS, DECISIONS, LANGUAGES. A message may carry several labels. */
  labels: number[];
  decisions: number[];
  languages: number[];
}

export function createTally(): ScanTally {
  return {
    sources: 0,
    messages: 0,
    users: 0,
    system: 0,
    placeholders: 0,
    deleted: 0,
    empty: 0,
    errors: 0,
    repaired: 0,
    bytes: 0,
    labels: LABELS.map(() => 0),
    decisions: DECISIONS.map(() => 0),
    languages: LANGUAGES.map(() => 0),
  };
}

const COUNTS = ["sources", "messages", "users", "system", "placeholders", "deleted", "empty", "errors", "repaired", "bytes"] as const;

/** Adds the counts of a part to the whole. */
export function addTally(whole: ScanTally, part: ScanTally): void {
  for (const name of COUNTS) whole[name] += part[name];
  for (const name of ["labels", "decisions", "languages"] as const) {
    part[name].forEach((count, k) => {
      whole[name][k]! += count;
    });
  }
}
