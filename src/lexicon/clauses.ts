/**
 * What the bytes between tokens say: where sentences end, what stands in quotation marks, what is asked. Run only for
 * messages in which a rule could fire.
 */
import type { TokenBatch } from "../core/token.ts";
import { classBit } from "./compile.ts";

/** Of one message; index 0 is its first token. */
export interface Clauses {
  /** Number of the sentence that holds the token. */
  sentence: Int32Array;
  /** Number of the clause that holds the token. */
  clause: Int32Array;
  /** Bits of the classes quoted, question, opening and clause. */
  classes: Int32Array;
}

export function createClauses(capacity: number): Clauses {
  return {
    sentence: new Int32Array(capacity),
    clause: new Int32Array(capacity),
    classes: new Int32Array(capacity),
  };
}

const QUOTED = classBit("quoted");
const QUESTION = classBit("question");
const OPENING = classBit("opening");
const CLAUSE = classBit("clause");

/** Families of quotation marks: what opens with one is closed by the same family, so that marks nest. */
const NO_QUOTE = 0;
const STRAIGHT = 1; // "
const ANGLE_OPEN = 2; // «
const ANGLE_CLOSE = 3; // »
const LOW_OPEN = 4; // „ ‟
const CURLY = 5; // “ ”: open or close, and close „
const SINGLE_OPEN = 6; // ‹
const SINGLE_CLOSE = 7; // ›

function quoteMark(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]!;
  if (byte === 0x22) return STRAIGHT;
  if (byte === 0xc2) return bytes[at + 1] === 0xab ? ANGLE_OPEN : bytes[at + 1] === 0xbb ? ANGLE_CLOSE : NO_QUOTE;
  if (byte !== 0xe2 || bytes[at + 1] !== 0x80) return NO_QUOTE;
  const last = bytes[at + 2]!;
  if (last === 0x9c || last === 0x9d) return CURLY;
  if (last === 0x9e || last === 0x9f) return LOW_OPEN;
  return last === 0xb9 ? SINGLE_OPEN : last === 0xba ? SINGLE_CLOSE : NO_QUOTE;
}

/** By opening family: the family that closes it, 0 for those that open nothing. */
const CLOSES = Uint8Array.of(0, STRAIGHT, ANGLE_CLOSE, 0, CURLY, CURLY, SINGLE_CLOSE, 0);

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** , : ( – — and a hyphen between spaces. */
function breaksClause(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]!;
  if (byte === 0x2c || byte === 0x3a || byte === 0x28) return true;
  if (byte === 0x2d) return bytes[at - 1] === 0x20;
  return byte === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0x93 || bytes[at + 2] === 0x94);
}

function endsSentence(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]!;
  if (byte === 0x2e) return !isDigit(bytes[at + 1]); // 8.30
  return (
    byte === 0x21 || byte === 0x3f || byte === 0x0a || byte === 0x3b || (byte === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xa6)
  );
}

/**
 * Describes tokens [from, to) of the message that lies in `bytes[start, end)`. Quotation marks that are never closed
 * quote nothing; a line that begins with ">" is quoted whole.
 */
export function readClauses(
  bytes: Uint8Array,
  start: number,
  end: number,
  tokens: TokenBatch,
  from: number,
  to: number,
  clauses: Clauses,
): void {
  const count = to - from;
  if (clauses.sentence.length <= count) {
    clauses.sentence = new Int32Array(count * 2);
    clauses.clause = new Int32Array(count * 2);
    clauses.classes = new Int32Array(count * 2);
  }
  const { sentence, clause, classes } = clauses;
  classes.fill(0, 0, count + 1); // one more, so that a neighbour may always be asked for
  let number = 0;
  let clauseNumber = 0;
  let sentenceStart = 0;
  let opener = NO_QUOTE;
  let depth = 0;
  let quoteStart = 0;
  let replyStart = -1;
  let at = start;
  let lineStart = true;
  for (let k = 0; k <= count; k++) {
    const stop = k < count ? tokens.start[from + k]! : end;
    let ended = k === 0;
    let asked = false;
    let broken = false;
    for (; at < stop; at++) {
      const byte = bytes[at]!;
      if (byte === 0x20) continue;
      const mark = byte === 0x22 || byte >= 0xc2 ? quoteMark(bytes, at) : NO_QUOTE;
      if (mark !== NO_QUOTE) {
        if (opener === NO_QUOTE) {
          if (CLOSES[mark] !== 0) {
            opener = mark;
            depth = 1;
            quoteStart = k;
          }
        } else if (mark === CLOSES[opener]) {
          if (--depth === 0) {
            for (let q = quoteStart; q < k; q++) classes[q]! |= QUOTED;
            opener = NO_QUOTE;
          }
        } else if (mark === opener) depth++;
      } else if (endsSentence(bytes, at)) {
        ended = true;
        asked ||= byte === 0x3f;
      } else if (breaksClause(bytes, at)) broken = true;
      if (byte === 0x0a) {
        if (replyStart >= 0) for (let q = replyStart; q < k; q++) classes[q]! |= QUOTED;
        replyStart = -1;
        lineStart = true;
      } else {
        if (byte === 0x3e && lineStart) replyStart = k;
        lineStart = false;
      }
    }
    if (asked) for (let q = sentenceStart; q < k; q++) classes[q]! |= QUESTION;
    if (k === count) break;
    if (ended) {
      number++;
      sentenceStart = k;
      classes[k]! |= OPENING;
    }
    if (broken) classes[k]! |= CLAUSE;
    if (ended || broken) clauseNumber++;
    sentence[k] = number;
    clause[k] = clauseNumber;
    at = tokens.end[from + k]!;
    lineStart = false;
  }
  if (replyStart >= 0) for (let q = replyStart; q < count; q++) classes[q]! |= QUOTED;
}
