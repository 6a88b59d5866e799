/** Batches and verdicts built by hand, and what a writer makes of them. */
import fc from "fast-check";
import { DECISIONS, type Decision, LABELS, LANGUAGES } from "../../src/core/label.ts";
import { beginMessage, createMessageBatch, FORWARDED, KIND, type MessageBatch, PART, setRange, TIME } from "../../src/core/message.ts";
import { createVerdictBatch, type Signal, type VerdictBatch } from "../../src/core/verdict.ts";
import { ByteBuffer } from "../../src/writers/bytes.ts";
import type { OutputFormat } from "../../src/writers/writer.ts";

export interface Given {
  text: string | null;
  id?: string;
  author?: string;
  conversation?: string;
  /** Members without braces. */
  fields?: string;
  sentAtMs?: number;
  timeKind?: number;
  kind?: number;
  /** Other parts of the message, by PART. */
  parts?: Readonly<Record<number, string>>;
  forwarded?: number;
  edited?: boolean;
  offsetMinutes?: number;
  line?: number;
  decision?: Decision;
  /** By label number. */
  scores?: readonly number[];
  labels?: number;
  /** Spans in UTF-16 units of `text`. */
  signals?: readonly (Partial<Omit<Signal, "start" | "end">> & {
    start: number;
    end: number;
  })[];
}

export function judged(messages: readonly Given[], source = "chat.txt"): { batch: MessageBatch; verdicts: VerdictBatch } {
  const encoder = new TextEncoder();
  const length = messages.reduce(
    (sum, { text, id, author, fields, parts }) =>
      sum + [text, id, author, fields, ...Object.values(parts ?? {})].reduce((bytes, part) => bytes + (part ?? "").length * 3, 0),
    0,
  );
  const batch = createMessageBatch(source, length, messages.length);
  const verdicts = createVerdictBatch(messages.length);
  messages.forEach((given, k) => {
    const message = beginMessage(batch, given.line ?? k + 1);
    const append = (part: number, value: string | null | undefined) => {
      if (value === null || value === undefined) return;
      const bytes = encoder.encode(value);
      batch.bytes.set(bytes, batch.used);
      setRange(batch, message, part, batch.used, batch.used + bytes.length);
      batch.used += bytes.length;
    };
    const textStart = batch.used;
    append(PART.text, given.text);
    append(PART.id, given.id);
    append(PART.author, given.author);
    append(PART.fields, given.fields);
    for (const [part, value] of Object.entries(given.parts ?? {})) append(Number(part), value);
    batch.forwarded[message] = given.forwarded ?? FORWARDED.unknown;
    batch.edited[message] = given.edited === true ? 1 : 0;
    batch.offsetMinutes[message] = given.offsetMinutes ?? 0;
    if (given.conversation !== undefined) batch.conversation[message] = batch.conversations.push(given.conversation) - 1;
    batch.sentAtMs[message] = given.sentAtMs ?? Number.NaN;
    batch.timeKind[message] = given.timeKind ?? TIME.none;
    batch.kind[message] = given.kind ?? KIND.user;
    verdicts.language[message] = LANGUAGES.indexOf("en");
    verdicts.decision[message] = DECISIONS.indexOf(given.decision ?? "flag");
    verdicts.labels[message] = given.labels ?? 0;
    LABELS.forEach((_, label) => {
      verdicts.scores[message * LABELS.length + label] = given.scores?.[label] ?? 0;
    });
    const at = (units: number) => textStart + encoder.encode((given.text ?? "").slice(0, units)).length;
    verdicts.signals[message] =
      given.signals?.map((signal) => ({
        label: "hate",
        category: null,
        weight: 1,
        source: "rule",
        entry: "some-rule",
        group: null,
        ...signal,
        start: at(signal.start),
        end: at(signal.end),
      })) ?? null;
  });
  return { batch, verdicts };
}

/** Everything a writer says of the messages; those of kind error with the code and reason given. */
export function write(
  format: OutputFormat,
  messages: readonly Given[],
  settings: {
    color?: boolean;
    source?: string;
    code?: string;
    reason?: string;
  } = {},
): string {
  const { batch, verdicts } = judged(messages, settings.source);
  const writer = format.open({ color: settings.color ?? false });
  const out = new ByteBuffer();
  writer.begin(out);
  for (let message = 0; message < batch.count; message++) {
    if (batch.kind[message] === KIND.error) writer.error(batch, message, settings.code ?? "E_CODE", settings.reason ?? "a reason", out);
    else writer.record(batch, verdicts, message, out);
  }
  return Buffer.from(out.take()).toString("utf8");
}

const NASTY = [
  "\0",
  "\u0007",
  "\b",
  "\t",
  "\n",
  "\r",
  "\u001b[2J",
  "\u001b]0;x\u0007",
  "\u007f",
  "\u0085",
  "\u009b31m",
  '"',
  "\\",
  "\u061c",
  "\u200b",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u2066",
  "\u2069",
  "\ufeff",
  "😀",
  "👩‍👩‍👧",
  "ә",
  "=",
  "+",
  ",",
  ";",
  "'",
  "\ud800",
  "\udc00",
  "\udbff",
];

/** Any UTF-16 there can be, with what breaks files and terminals much more often than chance has it. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NASTY),
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

/** What is left of a text in UTF-8: lone surrogates are replaced. */
export function asUtf8(text: string): string {
  return Buffer.from(text).toString();
}

/** A text as UTF-8 holds it, with one span between characters. */
export const markedText: fc.Arbitrary<{
  text: string;
  start: number;
  end: number;
}> = fc.tuple(hostileText, fc.nat(), fc.nat()).map(([hostile, a, b]) => {
  const text = asUtf8(hostile);
  const fences = [0];
  for (const character of text) fences.push(fences.at(-1)! + character.length);
  const [start, end] = [fences[a % fences.length]!, fences[b % fences.length]!].sort((left, right) => left - right) as [number, number];
  return { text, start, end };
});
