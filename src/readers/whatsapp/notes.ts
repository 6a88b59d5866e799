import { MAX_RECORD_SIZE } from "../batcher.ts";
import type { DateOrder } from "../reader.ts";
import { SHAPE } from "./header.ts";

/** A shape whose headers begin messages. */
export interface AcceptedShape {
  order: DateOrder;
  /** How many began so. */
  messages: number;
}

/** What the reader of WhatsApp counts for its notes. */
export interface WhatsappCounts {
  /** Lines before the first header that are not empty. */
  preambleLines: number;
  /** Lines before the first header that are empty. */
  emptyLines: number;
  tooLong: number;
  impossibleDates: number;
  /** Line from which the date order was found to be another, 0 if never. */
  orderChangedAt: number;
  /** Lines from which a new shape of header was accepted. */
  readonly shapeChangedAt: number[];
}

export function createWhatsappCounts(): WhatsappCounts {
  return {
    preambleLines: 0,
    emptyLines: 0,
    tooLong: 0,
    impossibleDates: 0,
    orderChangedAt: 0,
    shapeChangedAt: [],
  };
}

const ORDER_NAMES = { dmy: "day.month.year", mdy: "month.day.year", ymd: "year.month.day" } as const;

/** The order of the shape that began the most messages; null where years come first, or no header was found. */
export function mainDateOrder(shapes: ReadonlyMap<number, AcceptedShape>): DateOrder | null {
  let main: AcceptedShape | null = null;
  for (const [shape, accepted] of shapes) if ((shape & SHAPE.yearFirst) === 0 && accepted.messages > (main?.messages ?? 0)) main = accepted;
  return main?.order ?? null;
}

/** Whole sentences about the file for a person. */
export function describeWhatsapp(counts: WhatsappCounts, shapes: ReadonlyMap<number, AcceptedShape>): string[] {
  const notes: string[] = [];
  let messageCount = 0;
  for (const shape of shapes.values()) messageCount += shape.messages;
  if (messageCount === 0 && counts.preambleLines > 0) {
    notes.push(`No WhatsApp header was found; ${lines(counts.preambleLines)} read as one message each.`);
    return notes;
  }
  const said = new Set<string>();
  let isCertain = true;
  for (const [shape, { order }] of shapes) {
    if ((shape & SHAPE.yearFirst) !== 0) continue;
    said.add(`dates read as ${ORDER_NAMES[order.order]} (${order.confidence === 1 ? "certain" : "likely"})`);
    isCertain &&= order.confidence === 1;
  }
  if (said.size > 1) notes.push(`The file mixes forms of headers: ${[...said].join("; ")}.`);
  else if (!isCertain) notes.push(`${[...said].join("").replace("dates", "Dates")}; --date-order overrules it.`);
  if (counts.orderChangedAt > 0)
    notes.push(
      `Line ${counts.orderChangedAt} has a date that does not exist in the order first assumed; earlier dates may have day and month swapped.`,
    );
  for (const line of counts.shapeChangedAt) notes.push(`From line ${line} on the headers have another form; it was accepted.`);
  if (counts.preambleLines > 0)
    notes.push(`Before the first header ${lines(counts.preambleLines)} read as one message each, without author and time.`);
  if (counts.impossibleDates > 0)
    notes.push(`The time of ${messages(counts.impossibleDates)} is unknown, because the date does not exist.`);
  if (counts.tooLong > 0) notes.push(`Longer than ${MAX_RECORD_SIZE} and not read: ${messages(counts.tooLong)}.`);
  return notes;
}

function lines(count: number): string {
  return count === 1 ? "1 line was" : `${count} lines were`;
}

function messages(count: number): string {
  return count === 1 ? "1 message" : `${count} messages`;
}
