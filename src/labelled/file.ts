/** One labelled file: its format, its records, and what its labels speak of. */
import { openSource, type Source } from "../readers/source/source.ts";
import { type Column, rememberColumns } from "./columns.ts";
import { detectFormat, HEAD_BYTES, type LabelledFormat, type LabelledRecord } from "./format.ts";
import { type Survey, surveyRows } from "./survey.ts";

export interface NumberedRecord {
  readonly record: LabelledRecord;
  /** Of the line, row or element, from 1. */
  readonly number: number;
}

export interface LabelledFile {
  readonly format: LabelledFormat;
  readonly columnOf: (key: string) => Column | null;
  /** All records, in order. Call once. */
  records(): AsyncGenerator<NumberedRecord>;
  /**
   * Reads the file a first time to the end, or its beginning only where it can be read just once (standard input, a pipe).
   * Made at the first call and kept.
   */
  survey(): Promise<Survey>;
}

/**
 * @param isMapped whether a map says what the file's labels are
 * @returns null for a file in which there is nothing
 * @throws FormatError where it cannot be read or is in no known format
 */
export async function openLabelled(source: Source, isMapped: boolean): Promise<LabelledFile | null> {
  const chunks = openSource(source);
  const { begun, goesOn } = await readBeginning(chunks);
  let format: LabelledFormat | null = null;
  try {
    format = detectFormat(Buffer.concat(begun).subarray(0, HEAD_BYTES), goesOn, {
      path: source.path,
      extension: source.extension,
      isMapped,
    });
  } finally {
    if (format === null) await chunks.return(undefined);
  }
  if (format === null) return null;
  const columnOf = rememberColumns();
  const canReopen = source.kind === "member" || source.byteLength !== null;
  let survey: Promise<Survey> | null = null;
  return {
    format,
    columnOf,
    records: () => readRecords(format, concatenate(begun, chunks)),
    survey() {
      survey ??= surveyRows(bare(readRecords(format, canReopen ? openSource(source) : concatenate(begun, null))), columnOf, format.isTable);
      return survey;
    },
  };
}

/** Chunks that hold at least HEAD_BYTES, or all there is. */
async function readBeginning(chunks: AsyncGenerator<Uint8Array>): Promise<{ begun: Uint8Array[]; goesOn: boolean }> {
  const begun: Uint8Array[] = [];
  let length = 0;
  while (length <= HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) return { begun, goesOn: false };
    begun.push(next.value);
    length += next.value.length;
  }
  return { begun, goesOn: true };
}

async function* concatenate(begun: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  yield* begun;
  if (rest !== null) yield* rest;
}

async function* bare(records: AsyncIterable<NumberedRecord>): AsyncGenerator<LabelledRecord> {
  for await (const { record } of records) yield record;
}

async function* readRecords(format: LabelledFormat, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedRecord> {
  let ready: NumberedRecord[] = [];
  const reader = format.open((record, number) => ready.push({ record, number }));
  for await (const chunk of chunks) {
    reader.push(chunk);
    yield* ready;
    ready = [];
  }
  reader.finish();
  yield* ready;
}
