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
  /** Order of day, month and year in dates of numbers, where it is not to be inferred. */
  readonly dateOrder?: DateOrderName;
  /** What is known of the file before it is read: from files beside it, or from its survey. */
  readonly known?: Known;
}

export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
export type DateOrderName = (typeof DATE_ORDERS)[number];

/** What a reader would otherwise learn too late, or not at all. */
export interface Known {
  /** The chat's name. */
  readonly conversation?: string;
  /** Names of people by their ids. */
  readonly names?: ReadonlyMap<string, string>;
  /** Of WhatsApp, by shape of header. */
  readonly dateOrders?: ReadonlyMap<number, DateOrder>;
}

/** The order of dates of numbers, and how sure it is. */
export interface DateOrder {
  readonly order: DateOrderName;
  /** 0.5 is a guess, 1 means that every other order makes impossible dates or that the user said so. */
  readonly confidence: number;
}

/** Reads a file once before its reader does, for what only the whole of it tells. Total, like a reader, and as bounded. */
export interface Survey {
  /** @returns whether it knows enough and need not see the rest. */
  push(chunk: Uint8Array): boolean;
  finish(): Known;
}

/** What became of a file, for people and summaries. */
export interface ReaderReport {
  /** What a person should be told, whole sentences without the file's name. */
  readonly notes: readonly string[];
  /** Lines, rows or values that are no messages and were passed over. */
  readonly skipped: number;
  /** Messages in which mistakes of the program that wrote the file were undone. */
  readonly repaired: number;
  /** Null where dates need no order. */
  readonly dateOrder: DateOrder | null;
}

export const NOTHING_TO_REPORT: ReaderReport = { notes: [], skipped: 0, repaired: 0, dateOrder: null };

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
  /** Complete after `finish`. */
  report(): ReaderReport;
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
  /** Present where something in the middle or at the end of a file says how all of it is to be read. */
  survey?(options: ReaderOptions): Survey;
  /**
   * Present where files cannot be read from front to back: their content as bytes that `open` reads. Such a file must lie
   * on disk by itself.
   * @throws FormatError while iterating
   */
  unpack?(file: string): AsyncGenerator<Uint8Array>;
}
