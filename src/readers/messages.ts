/** One source from its bytes to batches: recognises the format, surveys the file where that needs it, and reads it. */
import { FormatError } from "../core/error.ts";
import { type BatchSink, type Format, type Known, NOTHING_TO_REPORT, type ReaderOptions, type ReaderReport } from "./reader.ts";
import { isZip } from "./source/magic.ts";
import { readHead, readSource, type Source } from "./source/source.ts";
import { READERS, recogniseFormat } from "./table.ts";

/** What is known of a source while it is read and after. */
export interface SourceReading {
  /** Name of the format, null before it is known. */
  format: string | null;
  /** Of the text on disk: "UTF-8", "windows-1251"; null for files that hold none, and until it is known. */
  encoding: string | null;
  /** Complete at the end. */
  report: ReaderReport;
  /** Why nothing of it was read, in words that follow the path; null if it was. */
  passedOver: string | null;
}

export function beginReading(): SourceReading {
  return { format: null, encoding: null, report: NOTHING_TO_REPORT, passedOver: null };
}

/** Below this a page, script or document that was only found beside others is no chat. */
const SURE_ENOUGH = 0.3;
/** Extensions under which most files hold no messages, with what they are then. */
const SELDOM_CHATS: ReadonlyMap<string, string> = new Map([
  [".html", "a page"],
  [".htm", "a page"],
  [".js", "a script"],
  [".json", "a document"],
  [".md", "a text"],
]);

/**
 * Reads a source into batches, which go to the sink during the steps. What was read before an error is handed on.
 * @param from name of a format, or "auto".
 * @throws FormatError
 */
export async function* readMessages(
  source: Source,
  from: string,
  options: Omit<ReaderOptions, "source" | "known">,
  sink: BatchSink,
  reading: SourceReading,
): AsyncGenerator<void> {
  const format = await chooseFormat(source, from, reading);
  if (format === null) return;
  reading.format = format.name;
  const bytes = (): AsyncIterable<Uint8Array> =>
    format.unpack === undefined ? readSource(source, (name) => (reading.encoding = name)) : format.unpack(source.file);
  if (format.unpack !== undefined && source.kind !== "file")
    throw new FormatError(
      "E_SEEK",
      `${source.path}: ${format.name} can only be read from a file of its own, because its beginning does not say where its rows are. Save or unpack it and give the file.`,
    );
  const readerOptions = { ...options, source: source.path };
  const surveyed = source.byteLength === null && source.kind !== "member" ? {} : await survey(format, readerOptions, bytes);
  const reader = format.open({ ...readerOptions, known: { ...source.known, ...surveyed } }, sink);
  try {
    for await (const chunk of bytes()) {
      reader.push(chunk);
      if (source.kind === "stdin") reader.flush();
      yield;
    }
  } finally {
    reader.finish();
    reading.report = reader.report();
  }
}

/** What the whole file says; pipes can be read only once and are read without. */
async function survey(format: Format, options: ReaderOptions, bytes: () => AsyncIterable<Uint8Array>): Promise<Known> {
  if (format.survey === undefined) return {};
  const surveyor = format.survey(options);
  try {
    for await (const chunk of bytes()) if (surveyor.push(chunk)) break;
  } catch (error) {
    // A file that breaks off is read as far as it goes, and that is where its error is told.
    if (!(error instanceof FormatError)) throw error;
  }
  return surveyor.finish();
}

async function chooseFormat(source: Source, from: string, reading: SourceReading): Promise<Format | null> {
  const named = READERS.find((format) => format.name === from);
  if (named !== undefined) return named;
  const head = await readHead(source);
  // The listing has looked into archives: what is one here, is a workbook.
  if (isZip(head)) return READERS.find((format) => format.extensions.includes(source.extension)) ?? null;
  const { format, sureness } = recogniseFormat(head, source.extension);
  const kind = SELDOM_CHATS.get(source.extension);
  if (kind === undefined || sureness >= SURE_ENOUGH) return format;
  const reason = `is ${kind} of no export that is known`;
  if (source.named && (kind === "a page" || kind === "a script"))
    throw new FormatError(
      "E_FORMAT",
      `${source.path}: this ${reason}. Give the export's own files, or name the format with --from (lines reads any text).`,
    );
  if (source.named) return format;
  reading.passedOver = reason;
  return null;
}
