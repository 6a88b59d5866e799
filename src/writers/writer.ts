import type { MessageBatch } from "../core/message.ts";
import type { VerdictBatch } from "../core/verdict.ts";
import type { ByteBuffer } from "./bytes.ts";

export interface WriterOptions {
  /** Terminal colours are welcome. */
  readonly color: boolean;
}

/** Turns judged messages into output bytes. The scan decides which messages are written, writers only how. */
export interface Writer {
  /** Before the first record. */
  begin(out: ByteBuffer): void;
  record(batch: MessageBatch, verdicts: VerdictBatch, message: number, out: ByteBuffer): void;
  /** A record that could not be read, in its place. */
  error(batch: MessageBatch, message: number, code: string, reason: string, out: ByteBuffer): void;
}

/** One row of the table of output formats. */
export interface OutputFormat {
  readonly name: string;
  readonly about: string;
  /** Whether only messages to look at are written unless --only says otherwise. */
  readonly onlyNotable: boolean;
  open(options: WriterOptions): Writer;
}
