/**
 * The main job: sources to batches to verdicts to records, in input order, in constant memory. A file that cannot be
 * read is reported and the others are still scanned; a record that cannot be read becomes an error record.
 */
import { statSync } from "node:fs";
import { FormatError } from "../core/error.ts";
import type { MessageBatch } from "../core/message.ts";
import { beginReading, readMessages } from "../readers/messages.ts";
import type { DateOrderName } from "../readers/reader.ts";
import { listSources, type SkippedFile, type Source } from "../readers/source/source.ts";
import { ByteBuffer } from "../writers/bytes.ts";
import type { Writer } from "../writers/writer.ts";
import { BatchScorer, type RecordChoice } from "./batch-scorer.ts";
import { type FileReport, reportFile } from "./file-report.ts";
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
  readonly dateOrder?: DateOrderName | undefined;
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

export interface ScanResult {
  readonly tally: ScanTally;
  /** One for each source that was read, in order. */
  readonly files: readonly FileReport[];
  /** Files that hold no messages, as far as their names and first bytes tell. */
  readonly skipped: readonly SkippedFile[];
  /** What could not be read, whole or in part: messages for people. */
  readonly failures: readonly string[];
}

/** @param pool workers that judge instead of this thread, with the same lexicons, model and writer; null for none */
export async function scan(
  options: ScanOptions,
  judge: Judge,
  writer: Writer,
  output: ScanOutput,
  pool: WorkerPool | null = null,
): Promise<ScanResult> {
  const tally = createTally();
  const out = new ByteBuffer();
  const run: Run = {
    options,
    scorer: new BatchScorer(judge, writer, options),
    pool,
    tally,
    out,
    output,
    files: [],
    skipped: [],
    failures: [],
  };
  const listing = await listSources(options.paths);
  for (const { path, reason } of listing.skipped) passOver(run, path, reason);
  for (const failure of listing.failures) fail(run, failure);
  writer.begin(out);
  for (const source of listing.sources) {
    if (options.writtenTo !== undefined && isSameFile(source.file, options.writtenTo))
      passOver(run, source.path, "the records are written to it");
    else await scanSource(source, run);
  }
  await output.write(out.take());
  return run;
}

function passOver(run: Run, path: string, reason: string): void {
  run.output.remark(`${path}: skipped, ${reason}`);
  run.skipped.push({ path, reason });
}

function fail(run: Run, failure: FormatError): void {
  run.output.complain(failure.message);
  run.failures.push(failure.message);
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

/** What all sources of a scan share, and what came of them. */
interface Run extends ScanResult {
  readonly options: ScanOptions;
  readonly scorer: BatchScorer;
  readonly pool: WorkerPool | null;
  readonly out: ByteBuffer;
  readonly output: ScanOutput;
  readonly files: FileReport[];
  readonly skipped: SkippedFile[];
  readonly failures: string[];
}

async function scanSource(source: Source, run: Run): Promise<void> {
  const { options, pool, tally, out, output } = run;
  const { textField, idField, keepFields, dateOrder } = options;
  const readerOptions = {
    ...(textField === undefined ? {} : { textField }),
    ...(idField === undefined ? {} : { idField }),
    ...(keepFields === undefined ? {} : { keepFields }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  };
  const before = { ...tally };
  const reading = beginReading();
  let failure: FormatError | null = null;
  const drain = async (ended: boolean): Promise<void> => {
    await pool?.collect(ended, tally, out);
    if (out.length > 0) await output.write(out.take());
    output.progress(tally, source);
  };
  const sink = (batch: MessageBatch): void => (pool === null ? run.scorer.score(batch, tally, out) : pool.submit(batch));
  try {
    for await (const _ of readMessages(source, options.from, readerOptions, sink, reading)) await drain(source.kind === "stdin");
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    failure = error;
  }
  // What was read before an error is still judged and written.
  await drain(true);
  if (reading.passedOver !== null) {
    passOver(run, source.path, reading.passedOver);
    return;
  }
  const name = source.kind === "stdin" ? "stdin" : source.path;
  if (reading.format !== null) {
    const report = reportFile(name, reading, before, tally, failure?.message ?? null);
    run.files.push(report);
    for (const note of remarksOn(report, tally.repaired - before.repaired)) output.remark(`${name}: ${note}`);
  }
  if (failure === null) tally.sources++;
  else fail(run, failure);
}

/** What a person should be told about a file beyond its counts. */
function* remarksOn(report: FileReport, brokenUtf8: number): Generator<string> {
  yield* report.notes;
  if (report.errors === 1) yield "1 record could not be read; it has an error record in its place";
  if (report.errors > 1) yield `${report.errors} records could not be read; each has an error record in its place`;
  if (brokenUtf8 > 0)
    yield `${brokenUtf8} messages held bytes that are not UTF-8, shown as \ufffd; if there are many, the file is in an encoding that was not recognised: convert it first (iconv -t UTF-8 -f ...)`;
  if (report.records === 0) yield `no messages found (read as ${report.format})`;
}
