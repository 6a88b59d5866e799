/** What became of one source, for people and for `--summary`. */

import type { SourceReading } from "../readers/messages.ts";
import type { DateOrder } from "../readers/reader.ts";
import type { ScanTally } from "./tally.ts";

export interface FileReport {
  readonly path: string;
  readonly format: string | null;
  readonly encoding: string | null;
  /** Everything that takes a message's place: users + system + placeholders + deleted + errors. */
  readonly records: number;
  readonly users: number;
  readonly system: number;
  readonly placeholders: number;
  readonly deleted: number;
  /** People's messages of nothing but white space, among `users`. */
  readonly empty: number;
  /** Lines, rows or values that are no messages. */
  readonly skipped: number;
  /** Messages in which mistakes of the program that wrote the file, or bytes that are not UTF-8, were repaired. */
  readonly repaired: number;
  readonly errors: number;
  readonly dateOrder: DateOrder | null;
  readonly notes: readonly string[];
  /** Why reading ended before the file did, null if it did not. */
  readonly failure: string | null;
}

const COUNTED = ["users", "system", "placeholders", "deleted", "empty", "errors"] as const;

/** @param before the counts when the source was begun; `tally` holds what came since, too. */
export function reportFile(path: string, reading: SourceReading, before: ScanTally, tally: ScanTally, failure: string | null): FileReport {
  const counts = Object.fromEntries(COUNTED.map((name) => [name, tally[name] - before[name]])) as Record<(typeof COUNTED)[number], number>;
  const { notes, skipped, repaired, dateOrder } = reading.report;
  return {
    path,
    format: reading.format,
    encoding: reading.encoding,
    records: counts.users + counts.system + counts.placeholders + counts.deleted + counts.errors,
    ...counts,
    skipped,
    repaired: repaired + tally.repaired - before.repaired,
    dateOrder,
    notes,
    failure,
  };
}
