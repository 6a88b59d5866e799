/** Parts of a record that several writers share. */
import { LABEL_NAMES, type Label } from "../core/label.ts";
import { type MessageBatch, PART, RANGE_STRIDE, TIME } from "../core/message.ts";

/** Scores as written: four decimals, from a table, since every record has four of them. */
const SCORE_TEXT: readonly string[] = Array.from({ length: 10001 }, (_, k) => String(k / 10000));

export function scoreText(score: number): string {
  return SCORE_TEXT[Math.round(score * 10000)]!;
}

export function labelsOf(bits: number): Label[] {
  return LABEL_NAMES.filter((_, k) => (bits & (1 << k)) !== 0);
}

/** ISO 8601 to the second, with Z in UTC, with +06:00 where that is known, without both where the zone is unknown; null when the time is. */
export function sentAtText(batch: MessageBatch, message: number): string | null {
  const kind = batch.timeKind[message]!;
  const offset = kind === TIME.offset ? batch.offsetMinutes[message]! : 0;
  const wallMs = batch.sentAtMs[message]! + offset * 60_000;
  if (kind === TIME.none || !(Math.abs(wallMs) <= 8.64e15)) return null;
  const text = new Date(wallMs).toISOString().replace(".000", "");
  if (kind === TIME.utc) return text;
  return text.slice(0, -1) + (kind === TIME.offset ? offsetText(offset) : "");
}

function offsetText(minutes: number): string {
  const hours = String(Math.trunc(Math.abs(minutes) / 60)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${hours}:${String(Math.abs(minutes) % 60).padStart(2, "0")}`;
}

/** A part of a message as text, null when unknown. */
export function partText(batch: MessageBatch, message: number, part: number): string | null {
  const start = batch.ranges[message * RANGE_STRIDE + part * 2]!;
  if (start < 0) return null;
  return Buffer.from(
    batch.bytes.buffer,
    batch.bytes.byteOffset + start,
    batch.ranges[message * RANGE_STRIDE + part * 2 + 1]! - start,
  ).toString("utf8");
}

/** Where a message is, for people: file and line, and the id where it says more. */
export function locatorText(batch: MessageBatch, message: number): string {
  const line = batch.line[message]!;
  const id = partText(batch, message, PART.id);
  const source = batch.source === "-" ? "stdin" : batch.source;
  return `${source}:${line}${id === null || id === String(line) ? "" : ` #${id}`}`;
}
