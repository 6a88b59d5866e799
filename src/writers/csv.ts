/**
 * CSV for spreadsheets (RFC 4180, comma, CRLF). A cell that a spreadsheet would run as a formula gets an apostrophe before
 * it; readers that need the text untouched take JSONL.
 */
import { DECISIONS, LABEL_NAMES, LABELS, LANGUAGES } from "../core/label.ts";
import { KIND_NAMES, type MessageBatch, PART } from "../core/message.ts";
import { highestScore, type VerdictBatch } from "../core/verdict.ts";
import type { ByteBuffer } from "./bytes.ts";
import { labelsOf, partText, scoreText, sentAtText } from "./record.ts";
import type { OutputFormat, Writer } from "./writer.ts";

const COLUMNS = [
  "id",
  "source",
  "line",
  "conversation",
  "author",
  "sentAt",
  "text",
  "language",
  "decision",
  "labels",
  "score",
  ...LABEL_NAMES,
  "reasons",
  "kind",
  "locator",
  "authorId",
  "replyTo",
  "forwarded",
  "forwardedFrom",
  "edited",
  "error",
];
const FORWARDED_TEXT = ["", "false", "true"] as const;

/** One cell; null is empty, and what a spreadsheet would run is disarmed. */
export function csvCell(value: string | null): string {
  if (value === null) return "";
  const safe = "=+-@\t\r|".includes(value[0] ?? " ") ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Standard input is "-", which is no formula. */
function sourceCell(source: string): string {
  return source === "-" ? source : csvCell(source);
}

class CsvWriter implements Writer {
  begin(out: ByteBuffer): void {
    out.text(`${COLUMNS.join(",")}\r\n`);
  }

  record(batch: MessageBatch, verdicts: VerdictBatch, message: number, out: ByteBuffer): void {
    const conversation = batch.conversation[message]!;
    const scores = LABELS.map((_, label) => scoreText(verdicts.scores[message * LABELS.length + label]!));
    const reasons = (verdicts.signals[message] ?? []).map((signal) => signal.entry).join(" ");
    const cells = [
      csvCell(partText(batch, message, PART.id)),
      sourceCell(batch.source),
      String(batch.line[message]),
      csvCell(conversation < 0 ? null : batch.conversations[conversation]!),
      csvCell(partText(batch, message, PART.author)),
      sentAtText(batch, message) ?? "",
      csvCell(partText(batch, message, PART.text)),
      LANGUAGES[verdicts.language[message]!],
      DECISIONS[verdicts.decision[message]!],
      labelsOf(verdicts.labels[message]!).join(" "),
      scoreText(highestScore(verdicts, message)),
      ...scores,
      reasons,
      KIND_NAMES[batch.kind[message]!],
      csvCell(partText(batch, message, PART.locator)),
      csvCell(partText(batch, message, PART.authorId)),
      csvCell(partText(batch, message, PART.replyTo)),
      FORWARDED_TEXT[batch.forwarded[message]!],
      csvCell(partText(batch, message, PART.origin)),
      batch.edited[message] === 1 ? "true" : "",
      "",
    ];
    out.text(`${cells.join(",")}\r\n`);
  }

  error(batch: MessageBatch, message: number, code: string, reason: string, out: ByteBuffer): void {
    const cells = COLUMNS.map((column) =>
      column === "source"
        ? sourceCell(batch.source)
        : column === "line"
          ? String(batch.line[message])
          : column === "error"
            ? csvCell(`${code}: ${reason}`)
            : "",
    );
    out.text(`${cells.join(",")}\r\n`);
  }
}

export const CSV: OutputFormat = {
  name: "csv",
  about: "a table for spreadsheets; cells that look like formulas are disarmed",
  onlyNotable: false,
  open: () => new CsvWriter(),
};
