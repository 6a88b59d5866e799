/**
 * One JSON object a line. Text goes from the arena to the output as bytes: the arena is sound UTF-8, so only quotes,
 * backslashes and control characters are touched.
 */
import { DECISIONS, LABEL_NAMES, LABELS, LANGUAGES } from "../core/label.ts";
import { FORWARDED, KIND, KIND_NAMES, type MessageBatch, PART, RANGE_STRIDE } from "../core/message.ts";
import { highestScore, type Signal, type VerdictBatch } from "../core/verdict.ts";
import { countCodePoints } from "../text/offsets.ts";
import type { ByteBuffer } from "./bytes.ts";
import { labelsOf, partText, scoreText, sentAtText } from "./record.ts";
import type { OutputFormat, Writer } from "./writer.ts";

/** By ASCII byte: 0 as it is, otherwise the letter after the backslash, "u" for \u00XX. */
const ESCAPES = new Uint8Array(256);
ESCAPES.fill(0x75, 0, 0x20);
ESCAPES[0x7f] = 0x75;
for (const [byte, letter] of [
  [0x22, '"'],
  [0x5c, "\\"],
  [0x08, "b"],
  [0x0c, "f"],
  [0x0a, "n"],
  [0x0d, "r"],
  [0x09, "t"],
] as const)
  ESCAPES[byte] = letter.charCodeAt(0);
const HEX = "0123456789abcdef";

/** Appends `source[start, end)` as a JSON string with its quotes. */
export function writeJsonString(source: Uint8Array, start: number, end: number, out: ByteBuffer): void {
  out.reserve((end - start) * 6 + 2);
  const { bytes } = out;
  let at = out.length;
  bytes[at++] = 0x22;
  for (let k = start; k < end; k++) {
    const byte = source[k]!;
    const letter = ESCAPES[byte]!;
    if (letter === 0) bytes[at++] = byte;
    else {
      bytes[at++] = 0x5c;
      bytes[at++] = letter;
      if (letter === 0x75) {
        bytes[at++] = 0x30;
        bytes[at++] = 0x30;
        bytes[at++] = HEX.charCodeAt(byte >> 4);
        bytes[at++] = HEX.charCodeAt(byte & 15);
      }
    }
  }
  bytes[at++] = 0x22;
  out.length = at;
}

function writePart(batch: MessageBatch, message: number, part: number, out: ByteBuffer): void {
  const start = batch.ranges[message * RANGE_STRIDE + part * 2]!;
  if (start < 0) out.ascii("null");
  else writeJsonString(batch.bytes, start, batch.ranges[message * RANGE_STRIDE + part * 2 + 1]!, out);
}

function writeSignal(batch: MessageBatch, textStart: number, signal: Signal, out: ByteBuffer): void {
  const start = countCodePoints(batch.bytes, textStart, signal.start);
  out.ascii(
    `{"label":"${signal.label}","category":${signal.category === null ? "null" : `"${signal.category}"`},"start":${start},"end":${start + countCodePoints(batch.bytes, signal.start, signal.end)},"text":`,
  );
  writeJsonString(batch.bytes, signal.start, signal.end, out);
  out.ascii(`,"weight":${Math.round(signal.weight * 1000) / 1000},"source":"${signal.source}","entry":"${signal.entry}"}`);
}

/** Fixed text by label bits and decision, worked out once. */
const LABELS_TEXT: readonly string[] = Array.from({ length: 1 << LABELS.length }, (_, bits) => JSON.stringify(labelsOf(bits)));
const DECISION_TEXT: readonly string[] = LANGUAGES.flatMap((language) =>
  DECISIONS.map((decision) => `,"language":"${language}","decision":"${decision}","labels":`),
);

/** Plain lines have neither chat nor author nor time: one piece instead of six. */
const NOTHING_KNOWN: Uint8Array = Buffer.from(',"conversation":null,"author":null,"sentAt":null,"text":');

const EXTRAS: readonly (readonly [part: number, key: string])[] = [
  [PART.locator, ',"locator":'],
  [PART.authorId, ',"authorId":'],
  [PART.replyTo, ',"replyTo":'],
  [PART.origin, ',"forwardedFrom":'],
];
const FORWARDED_YES = ',"forwarded":true';
const FORWARDED_NO = ',"forwarded":false';

class JsonlWriter implements Writer {
  #source: string | null = null;
  #sourceText: Uint8Array = new Uint8Array();
  #state = -1;
  readonly #scores = new Float64Array(LABELS.length);
  #tail: Uint8Array = new Uint8Array();

  begin(): void {}

  record(batch: MessageBatch, verdicts: VerdictBatch, message: number, out: ByteBuffer): void {
    this.#place(batch, message, out);
    const conversation = batch.conversation[message]!;
    const authorStart = batch.ranges[message * RANGE_STRIDE + PART.author * 2]!;
    const sentAt = sentAtText(batch, message);
    if (conversation < 0 && authorStart < 0 && sentAt === null) out.piece(NOTHING_KNOWN);
    else {
      out.ascii(',"conversation":');
      out.text(conversation < 0 ? "null" : JSON.stringify(batch.conversations[conversation]));
      out.ascii(',"author":');
      writePart(batch, message, PART.author, out);
      out.ascii(sentAt === null ? ',"sentAt":null,"text":' : `,"sentAt":"${sentAt}","text":`);
    }
    writePart(batch, message, PART.text, out);
    if (batch.kind[message] !== KIND.user) out.ascii(`,"kind":"${KIND_NAMES[batch.kind[message]!]}"`);
    this.#origins(batch, message, out);
    this.#verdict(verdicts, message, out);
    const textStart = batch.ranges[message * RANGE_STRIDE]!;
    verdicts.signals[message]?.forEach((signal, k) => {
      if (k > 0) out.ascii(",");
      writeSignal(batch, textStart, signal, out);
    });
    out.ascii("]");
    const fields = batch.ranges[message * RANGE_STRIDE + PART.fields * 2]!;
    if (fields >= 0) {
      out.ascii(',"fields":{');
      out.copy(batch.bytes, fields, batch.ranges[message * RANGE_STRIDE + PART.fields * 2 + 1]!);
      out.ascii("}");
    }
    out.ascii("}\n");
  }

  error(batch: MessageBatch, message: number, code: string, reason: string, out: ByteBuffer): void {
    const locator = partText(batch, message, PART.locator);
    const error = { code, message: reason, source: batch.source, line: batch.line[message], ...(locator === null ? {} : { locator }) };
    out.text(`${JSON.stringify({ error })}\n`);
  }

  /** What only some sources tell; left out where it is unknown, as it is for every plain line. */
  #origins(batch: MessageBatch, message: number, out: ByteBuffer): void {
    const at = message * RANGE_STRIDE;
    const { ranges } = batch;
    for (const [part, key] of EXTRAS) {
      if (ranges[at + part * 2]! < 0) continue;
      out.ascii(key);
      writePart(batch, message, part, out);
    }
    if (batch.forwarded[message] !== FORWARDED.unknown)
      out.ascii(batch.forwarded[message] === FORWARDED.yes ? FORWARDED_YES : FORWARDED_NO);
    if (batch.edited[message] === 1) out.ascii(',"edited":true');
  }

  /** From the language to the beginning of the signals. Most messages have the scores of the one before: then its text is written again. */
  #verdict(verdicts: VerdictBatch, message: number, out: ByteBuffer): void {
    const { scores } = verdicts;
    const at = message * LABELS.length;
    const state = (verdicts.language[message]! << 16) | (verdicts.decision[message]! << 8) | verdicts.labels[message]!;
    let same = state === this.#state;
    for (let label = 0; same && label < LABELS.length; label++) same = scores[at + label] === this.#scores[label];
    if (!same) {
      this.#state = state;
      for (let label = 0; label < LABELS.length; label++) this.#scores[label] = scores[at + label]!;
      const listed = LABEL_NAMES.map((name, label) => `"${name}":${scoreText(scores[at + label]!)}`).join(",");
      const verdict =
        DECISION_TEXT[verdicts.language[message]! * DECISIONS.length + verdicts.decision[message]!]! +
        LABELS_TEXT[verdicts.labels[message]!]!;
      this.#tail = Buffer.from(`${verdict},"score":${scoreText(highestScore(verdicts, message))},"scores":{${listed}},"signals":[`);
    }
    out.piece(this.#tail);
  }

  #place(batch: MessageBatch, message: number, out: ByteBuffer): void {
    if (this.#source !== batch.source) {
      this.#source = batch.source;
      this.#sourceText = Buffer.from(`,"source":${JSON.stringify(batch.source)},"line":`);
    }
    out.ascii('{"id":');
    writePart(batch, message, PART.id, out);
    out.piece(this.#sourceText);
    out.ascii(String(batch.line[message]));
  }
}

export const JSONL: OutputFormat = {
  name: "jsonl",
  about: "one JSON object a line, for every message, in order",
  onlyNotable: false,
  open: () => new JsonlWriter(),
};
