import { FormatError } from "../../src/core/error.ts";
import { beginReading, readMessages, type SourceReading } from "../../src/readers/messages.ts";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { listSources } from "../../src/readers/source/source.ts";
import { type CollectedMessage, copyOut } from "./collect.ts";

/** What became of the sources at a path, as a scan would read them. */
export interface CollectedFile {
  messages: CollectedMessage[];
  readings: SourceReading[];
  /** Codes and messages of what could not be read. */
  failures: string[];
  /** Reasons why files were passed over. */
  skipped: string[];
}

/** @param from name of a format, or "auto". */
export async function collectFile(
  path: string,
  from = "auto",
  options: Omit<ReaderOptions, "source" | "known"> = {},
): Promise<CollectedFile> {
  const { sources, skipped, failures } = await listSources([path]);
  const found: CollectedFile = {
    messages: [],
    readings: [],
    failures: failures.map(describe),
    skipped: skipped.map(({ reason }) => reason),
  };
  for (const source of sources) {
    const reading = beginReading();
    found.readings.push(reading);
    try {
      for await (const _ of readMessages(source, from, options, (batch) => copyOut(batch, found.messages), reading));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      found.failures.push(describe(error));
    }
    if (reading.passedOver !== null) found.skipped.push(reading.passedOver);
  }
  return found;
}

function describe({ code, message }: FormatError): string {
  return `${code} ${message}`;
}

/** Whether a person is told that something, or nothing, was in the file. */
export function isHonest({ messages, readings, failures, skipped }: CollectedFile): boolean {
  if (messages.length > 0 || failures.length > 0 || skipped.length > 0) return true;
  return readings.some(({ report }) => report.notes.length > 0 || report.skipped > 0);
}
