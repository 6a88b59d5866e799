import type { MessageBatch } from "../core/message.ts";

/** Takes a full batch and is done with it when it returns; the reader then clears and reuses it. */
export type BatchSink = (batch: MessageBatch) => void;

export interface ReaderOptions {
  /** Name of the file for records and errors, "-" for stdin. */
  readonly source: string;
  /** Column or key that holds the text, where the common names are not to be tried. */
  readonly textField?: string;
  readonly idField?: string;
  /** Columns or keys to carry into the record, as given; "*" for all. Values are kept as JSON. */
  readonly keepFields?: readonly string[];
}

/**
 * A synchronous state machine from bytes to batches. It accepts chunks cut anywhere, gives the same messages for any
 * cutting, never throws because of what the bytes say, and holds no more than one batch and one unfinished record.
 */
export interface Reader {
  /** @param chunk is only valid during the call; a Buffer would be read right, and slower. */
  push(chunk: Uint8Array): void;
  /** Hands on every message that is complete, so that a slow pipe is answered line by line. */
  flush(): void;
  /** Ends the input: hands on what is left. Call once. */
  finish(): void;
  /** What a person should be told about the file, whole sentences without the file's name; complete after `finish`. */
  notes(): readonly string[];
}

/** How much of a file formats are sniffed by. */
export const HEAD_BYTES: number = 64 << 10;

/** One row of the table of formats. */
export interface Format {
  readonly name: string;
  /** For the help text: what it reads. */
  readonly about: string;
  /** Lower-case, with the dot; only breaks ties. */
  readonly extensions: readonly string[];
  /** How sure the first bytes (up to HEAD_BYTES, without a UTF-8 byte order mark) are of this format: 0 no .. 1 certain. */
  sniff(head: Uint8Array): number;
  open(options: ReaderOptions, sink: BatchSink): Reader;
}
