import { readFileSync } from "node:fs";
import { FORWARDED, KIND_NAMES, type MessageBatch, PART, RANGE_STRIDE, TIME } from "../../src/core/message.ts";
import type { Format, ReaderOptions, ReaderReport } from "../../src/readers/reader.ts";
import { sentAtText } from "../../src/writers/record.ts";

/** A message as plain data: names for codes, null for unknown, so that tests and fixtures can be read. */
export interface CollectedMessage {
  id: string | null;
  author: string | null;
  text: string | null;
  line: number;
  /** ISO 8601, with "Z" if `timeKind` is "utc", with "+06:00" if it is "offset", without if it is "local". */
  sentAt: string | null;
  timeKind: "none" | "utc" | "local" | "offset";
  kind: "user" | "system" | "placeholder" | "deleted" | "error";
  forwarded: "unknown" | "no" | "yes";
  edited: boolean;
  conversation: string | null;
  authorId: string | null;
  replyTo: string | null;
  origin: string | null;
  locator: string | null;
  /** Kept JSON members, comma-separated, without braces. */
  fields: string | null;
  error: { code: string; message: string } | null;
}

/** Reads all bytes, cut into pieces of `chunk` bytes, and returns the messages of all batches. */
export function collect(
  format: Format,
  bytes: Uint8Array,
  settings: { chunk?: number; options?: Partial<ReaderOptions> } = {},
): { messages: CollectedMessage[]; notes: readonly string[]; report: ReaderReport } {
  const messages: CollectedMessage[] = [];
  const reader = format.open({ source: "test", ...settings.options }, (batch) => copyOut(batch, messages));
  const size = settings.chunk ?? 1 << 16;
  for (let start = 0; start < bytes.length; start += size) {
    // A copy that is overwritten afterwards catches readers that hold on to a chunk.
    const chunk = new Uint8Array(bytes.subarray(start, start + size));
    reader.push(chunk);
    chunk.fill(0xff);
  }
  reader.finish();
  const report = reader.report();
  return { messages, notes: report.notes, report };
}

/** The bytes of a file as the format's reader takes them. */
export async function readInput(format: Format, file: string): Promise<Uint8Array> {
  if (format.unpack === undefined) return readFileSync(file);
  const chunks: Uint8Array[] = [];
  for await (const chunk of format.unpack(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Appends the messages of a batch as plain data. */
export function copyOut(batch: MessageBatch, messages: CollectedMessage[]): void {
  for (let index = 0; index < batch.count; index++) {
    const failure = batch.errors.find((error) => error.index === index);
    messages.push({
      id: partText(batch, index, PART.id),
      author: partText(batch, index, PART.author),
      text: partText(batch, index, PART.text),
      line: batch.line[index]!,
      sentAt: sentAtText(batch, index),
      timeKind: (Object.keys(TIME) as (keyof typeof TIME)[]).find((name) => TIME[name] === batch.timeKind[index])!,
      kind: KIND_NAMES[batch.kind[index]!]!,
      forwarded: batch.forwarded[index] === FORWARDED.yes ? "yes" : batch.forwarded[index] === FORWARDED.no ? "no" : "unknown",
      edited: batch.edited[index] === 1,
      conversation: batch.conversation[index]! < 0 ? null : batch.conversations[batch.conversation[index]!]!,
      authorId: partText(batch, index, PART.authorId),
      replyTo: partText(batch, index, PART.replyTo),
      origin: partText(batch, index, PART.origin),
      locator: partText(batch, index, PART.locator),
      fields: partText(batch, index, PART.fields),
      error: failure === undefined ? null : { code: failure.code, message: failure.message },
    });
  }
}

function partText(batch: MessageBatch, index: number, part: number): string | null {
  const start = batch.ranges[index * RANGE_STRIDE + part * 2]!;
  const end = batch.ranges[index * RANGE_STRIDE + part * 2 + 1]!;
  if (start < 0) return null;
  if (end < start || end > batch.used) throw new Error(`range ${start}..${end} lies outside the arena of ${batch.used}`);
  return Buffer.from(batch.bytes.subarray(start, end)).toString("utf8");
}
