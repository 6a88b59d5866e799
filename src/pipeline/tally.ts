/** What a scan counted. */
import { DECISIONS, LABELS, LANGUAGES } from "../core/label.ts";

export interface ScanTally {
  sources: number;
  /** Judged messages. */
  messages: number;
  /** Seen and not judged: written by a program, or without text. */
  system: number;
  placeholders: number;
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
    system: 0,
    placeholders: 0,
    errors: 0,
    repaired: 0,
    bytes: 0,
    labels: LABELS.map(() => 0),
    decisions: DECISIONS.map(() => 0),
    languages: LANGUAGES.map(() => 0),
  };
}

/** Adds the counts of a part to the whole. */
export function addTally(whole: ScanTally, part: ScanTally): void {
  for (const name of ["sources", "messages", "system", "placeholders", "errors", "repaired", "bytes"] as const) whole[name] += part[name];
  for (const name of ["labels", "decisions", "languages"] as const) {
    part[name].forEach((count, k) => {
      whole[name][k]! += count;
    });
  }
}
