/**
 * The main job: sources to batches to verdicts to records, in input order, in constant memory. A file that cannot be
 * read is reported and the others are still scanned; a record that cannot be read becomes an error record.
 */
import { statSync } from "node:fs";
import { FormatError } from "../core/error.ts";
import type { Format, Reader } from "../readers/reader.ts";
import { listSources, openSource, readHead, type Source } from "../readers/source/source.ts";
import { READERS, sniffFormat } from "../readers/table.ts";
import { ByteBuffer } from "../writers/bytes.ts";
import type { Writer } from "../writers/writer.ts";
import { BatchScorer, type RecordChoice } from "./batch-scorer.ts";
import type { Judge } from "./judge.ts";
import type { WorkerPool } from "./pool.ts";
import { createTally, type ScanTally } from "./tally.ts";

export interface ScanOptions extends RecordChoice {
  /** None: standard input. */
  readonly paths: readonly string[];
  /** Name of a format, or "auto". */
  readonly from: string;
  readonly textField?: string | undefined;
  readonly idField?: string | undefined;
  readonly keepFields?: readonly string[] | undefined;
  /** The file that records go to: found in a folder it is passed over, for it would never end. */
  readonly writtenTo?: string | undefined;
}

/** Where results and remarks go. */
export interface ScanOutput {
  /** Takes bytes for good; resolves when more may come. */
  write(bytes: Uint8Array): Promise<void>;
  /** Something a person should know; one line without its end. */
  remark(line: string): void;
  /** A source that could not be read; the same form. */
  complain(line: string): void;
  /** Called now and then with what is done so far. */
  progress(tally: ScanTally, source: Source): void;
}

/**
 * @param pool workers that judge instead of this thread, with the same lexicons, model and writer; null for none
 * @returns the counts, and how many sources could not be read.
 */
export async function scan(
  options: ScanOptions,
  judge: Judge,
  writer: Writer,
  output: ScanOutput,
  pool: WorkerPool | null = null,
): Promise<{ tally: ScanTally; failures: number }> {
  const tally = createTally();
  const out = new ByteBuffer();
  const listing = await listSources(options.paths);
  for (const { path, reason } of listing.skipped) output.remark(`${path}: skipped, ${reason}`);
  for (const failure of listing.failures) output.complain(failure.message);
  let failures = listing.failures.length;
  const run: Run = { options, scorer: new BatchScorer(judge, writer, options), pool, tally, out, output };
  writer.begin(out);
  for (const source of listing.sources) {
    if (options.writtenTo !== undefined && isSameFile(source.file, options.writtenTo)) {
      output.remark(`${source.path}: skipped, the records are written to it`);
      continue;
    }
    try {
      await scanSource(source, run);
      tally.sources++;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      output.complain(error.message);
      failures++;
    }
  }
  await output.write(out.take());
  return { tally, failures };
}

/** Whether both paths lead to one file on disk; a pipe or a device is none. */
export function isSameFile(a: string, b: string): boolean {
  try {
    const [one, other] = [statSync(a, { bigint: true }), statSync(b, { bigint: true })];
    return one.isFile() && one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}

function chooseFormat(source: Source, from: string, head: Uint8Array): Format {
  return READERS.find((format) => format.name === from) ?? sniffFormat(head, source.extension);
}

/** What all sources of a scan share. */
interface Run {
  readonly options: ScanOptions;
  readonly scorer: BatchScorer;
  readonly pool: WorkerPool | null;
  readonly tally: ScanTally;
  readonly out: ByteBuffer;
  readonly output: ScanOutput;
}

async function scanSource(source: Source, run: Run): Promise<void> {
  const { options, pool, tally, out, output } = run;
  const format = chooseFormat(source, options.from, await readHead(source));
  const { textField, idField, keepFields } = options;
  const readerOptions = {
    source: source.path,
    ...(textField === undefined ? {} : { textField }),
    ...(idField === undefined ? {} : { idField }),
    ...(keepFields === undefined ? {} : { keepFields }),
  };
  const reader: Reader = format.open(readerOptions, (batch) => (pool === null ? run.scorer.score(batch, tally, out) : pool.submit(batch)));
  const before = {
    messages: tally.messages,
    errors: tally.errors,
    repaired: tally.repaired,
  };
  const drain = async (ended: boolean): Promise<void> => {
    await pool?.collect(ended, tally, out);
    if (out.length > 0) await output.write(out.take());
    output.progress(tally, source);
  };
  try {
    for await (const chunk of openSource(source)) {
      reader.push(chunk);
      if (source.kind === "stdin") reader.flush();
      await drain(source.kind === "stdin");
    }
  } finally {
    // What was read before an error is still judged and written.
    reader.finish();
    await drain(true);
    const name = source.kind === "stdin" ? "stdin" : source.path;
    for (const note of reader.report().notes) output.remark(`${name}: ${note}`);
    if (tally.errors > before.errors)
      output.remark(`${name}: ${tally.errors - before.errors} records could not be read; each has an error record in its place`);
    if (tally.repaired > before.repaired)
      output.remark(
        `${name}: ${tally.repaired - before.repaired} messages held bytes that are not UTF-8, shown as \ufffd; if there are many, convert the file first (iconv -f WINDOWS-1251 -t UTF-8)`,
      );
    if (tally.messages === before.messages && tally.errors === before.errors)
      output.remark(`${name}: no messages found (read as ${format.name})`);
  }
}
