/** For people at a terminal: each message to look at, the words that did it marked, and why. */
import { DECISIONS, LABEL_NAMES, LABELS } from "../core/label.ts";
import { type MessageBatch, PART, RANGE_STRIDE } from "../core/message.ts";
import type { Signal, VerdictBatch } from "../core/verdict.ts";
import { characterStart } from "../text/offsets.ts";
import type { ByteBuffer } from "./bytes.ts";
import { locatorText, partText, sentAtText } from "./record.ts";
import { painter, type Style, showOnOneLine, showSafely } from "./terminal.ts";
import type { OutputFormat, Writer, WriterOptions } from "./writer.ts";

/** Text longer than this is shown around its first marked words. */
const SHOWN_BYTES = 1200;

class TextWriter implements Writer {
  readonly #paint: (style: Style, text: string) => string;
  readonly #color: boolean;

  constructor(options: WriterOptions) {
    this.#paint = painter(options.color);
    this.#color = options.color;
  }

  begin(): void {}

  record(batch: MessageBatch, verdicts: VerdictBatch, message: number, out: ByteBuffer): void {
    const paint = this.#paint;
    const decision = DECISIONS[verdicts.decision[message]!]!;
    const style: Style = decision === "flag" ? "red" : decision === "review" ? "yellow" : "green";
    const scores = LABEL_NAMES.map((name, label) => ({
      name,
      score: verdicts.scores[message * LABELS.length + label]!,
    }))
      .sort((a, b) => b.score - a.score)
      .filter(({ score }, rank) => rank === 0 || score >= 0.1)
      .map(({ name, score }) => `${name} ${score.toFixed(2)}`);
    const who = [
      sentAtText(batch, message)?.replace("T", " "),
      showOnOneLine(partText(batch, message, PART.author) ?? partText(batch, message, PART.authorId) ?? ""),
    ]
      .filter(Boolean)
      .join("  ");
    const signals = verdicts.signals[message] ?? [];
    const groups = [...new Set(signals.flatMap((signal) => (signal.weight > 0 && signal.group !== null ? [signal.group] : [])))].join(", ");
    out.text(
      `${paint(style, paint("bold", decision))}  ${scores.join(", ")}${groups ? `  against ${paint("bold", groups)}` : ""}  ${paint("dim", `${showOnOneLine(locatorText(batch, message))}${who ? `  ${who}` : ""}`)}\n`,
    );
    out.text(`  ${this.#marked(batch, message, signals)}\n`);
    const reasons = signals
      .filter((signal) => signal.source !== "bayes")
      .map(
        (signal) =>
          `${signal.entry}${signal.category ? ` (${signal.category})` : ""} ${signal.weight > 0 ? "+" : ""}${signal.weight.toFixed(1)}`,
      );
    if (reasons.length > 0) out.text(`  ${paint("dim", `why: ${reasons.join(", ")}`)}\n`);
    out.text("\n");
  }

  error(batch: MessageBatch, message: number, code: string, reason: string, out: ByteBuffer): void {
    out.text(`${this.#paint("yellow", "error")}  ${showOnOneLine(locatorText(batch, message))}  ${code}: ${showOnOneLine(reason)}\n\n`);
  }

  /** The text on indented lines, with the spans of what speaks for a label marked. */
  #marked(batch: MessageBatch, message: number, signals: readonly Signal[]): string {
    const start = batch.ranges[message * RANGE_STRIDE]!;
    const end = batch.ranges[message * RANGE_STRIDE + 1]!;
    if (start < 0) return "";
    const spans = mergeSpans(signals.filter((signal) => signal.weight > 0 && signal.source !== "bayes"));
    const from =
      end - start > SHOWN_BYTES && spans[0] ? Math.max(start, characterStart(batch.bytes, spans[0].start - SHOWN_BYTES / 4)) : start;
    const to = Math.min(end, characterStart(batch.bytes, from + SHOWN_BYTES));
    const slice = (a: number, b: number) =>
      showSafely(Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset + a, Math.max(0, b - a)).toString("utf8")).replaceAll("\n", "\n  ");
    let text = from > start ? "… " : "";
    let at = from;
    for (const span of spans) {
      if (span.start < at || (span.start >= to && to < end)) continue;
      const words = slice(span.start, Math.min(to, span.end));
      text += slice(at, span.start) + (this.#color ? this.#paint("mark", words) : `[${words}]`);
      at = Math.min(to, span.end);
    }
    return `${text}${slice(at, to)}${to < end ? " …" : ""}`;
  }
}

function mergeSpans(signals: readonly Signal[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of [...signals].sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

export const TEXT: OutputFormat = {
  name: "text",
  about: "for people: messages to look at, the words marked, the reasons",
  onlyNotable: true,
  open: (options) => new TextWriter(options),
};
