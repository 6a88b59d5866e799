/**
 * Tells what a person typed from what WhatsApp wrote in its place. A mistake in one direction costs a little noise, in the
 * other it hides a message from the scan, and a sender can type a direction mark or a "(file attached)". So a body
 * only counts as a placeholder if all of it is accounted for, as a notice of open wording only with a direction mark and
 * little room; what could be words stays text.
 */
import { KIND } from "../../core/message.ts";
import { asBuffer } from "../utf8.ts";
import { isDirectionMark, skipMarks } from "./marks.ts";
import { FOLDED, foldPhrase, isOpening, phrasesFor, ROLE, startsWith } from "./phrase-table.ts";
import { DEEDS } from "./phrases.ts";
import { MARKED_CLAUSES } from "./phrases-abroad.ts";
import { type Body, nextLine, stripAttached, stripEdited, stripTail, trimEnd } from "./tokens.ts";

const encoder = new TextEncoder();
/** Longest notice of what somebody did; subjects of groups have up to 100 characters. */
const DEED_BYTES = 320;

const ACTS: readonly Uint8Array[] = DEEDS.map((phrase) => encoder.encode(phrase));
const SELF: readonly Uint8Array[] = ["you", "вы"].map((phrase) => encoder.encode(phrase));
const MAPS: Uint8Array = encoder.encode(": https://maps.google.com/?q=");
const APP: Uint8Array = encoder.encode("WhatsApp");
const CLAUSES: readonly Uint8Array[] = MARKED_CLAUSES.map((phrase) => encoder.encode(phrase));
/** Bytes of a name before a clause and of what follows it. */
const CLAUSE_ROOM = 100;
/** By `ROLE`. */
const KINDS: readonly number[] = [
  KIND.user,
  KIND.placeholder,
  KIND.placeholder,
  KIND.deleted,
  KIND.placeholder,
  KIND.system,
  KIND.system,
  KIND.deleted,
];

/** What is known of a body besides its bytes. */
export interface BodyContext {
  /** The header's line opens with a direction mark. The sender cannot do this. */
  marked: boolean;
  /** The first message of the file: the notice on encryption, in whatever language. */
  first: boolean;
  /** The header ends in a dash: Android wrote it. */
  dashed: boolean;
  /** Whether the bytes are a name seen as an author. */
  isAuthor(bytes: Uint8Array, start: number, end: number): boolean;
}

/**
 * Classifies the body `bytes[start..end)` of a message with an author.
 * @param lineEnd end of the body's first line
 * @param body takes the result. User text is the body without marks in front, attachment tokens and the edited mark; others keep all of it.
 */
export function classifyBody(bytes: Uint8Array, start: number, lineEnd: number, end: number, context: BodyContext, body: Body): void {
  const from = skipMarks(bytes, start, end);
  const led = from > start && isDirectionMark(bytes, from - 3);
  body.kind = KIND.user;
  body.textStart = from;
  body.textEnd = end;
  body.edited = bytes[end - 1] === 0x3e && stripEdited(bytes, body);
  if (body.edited) {
    end = body.textEnd;
    lineEnd = Math.min(lineEnd, end);
  }
  if (lineEnd <= from) body.textStart = nextLine(bytes, lineEnd, end);
  if (trimEnd(bytes, from, end) <= from) {
    body.kind = KIND.placeholder;
    return;
  }
  const role = findRole(bytes, from, lineEnd, led, context);
  if (role !== 0) {
    if (lineEnd >= end) body.kind = KINDS[role]!;
    else if (role === ROLE.media) body.textStart = nextLine(bytes, lineEnd, end);
    return;
  }
  const last = bytes[end - 1];
  if (context.marked || last === 0x3e) stripTail(bytes, body, context.marked);
  else if (bytes[lineEnd - 1] === 0x29) stripAttached(bytes, body, lineEnd);
}

function findRole(bytes: Uint8Array, from: number, end: number, led: boolean, context: BodyContext): number {
  if (!led && !context.first && !isOpening(bytes, from) && !isLocation(bytes, from, end)) return 0;
  const length = foldPhrase(bytes, from, end);
  if (length < 0) return 0;
  for (const phrase of phrasesFor(length)) {
    if (phrase.role <= ROLE.media ? length !== phrase.bytes.length : length < phrase.bytes.length) continue;
    // The notice on encryption opens the file; anybody can type it later.
    if (phrase.role === ROLE.notice && !led && !context.first) continue;
    if (phrase.role === ROLE.viewedOnce && !context.dashed) continue;
    if (phrase.role >= ROLE.markedNotice && (!led || length - phrase.bytes.length > roomAfter(phrase.bytes))) continue;
    if (startsWith(FOLDED, 0, phrase.bytes)) return phrase.role;
  }
  if (isLocation(bytes, from, end)) return ROLE.placeholder;
  if (led && context.first && indexOf(bytes, from, end, APP) >= 0) return ROLE.notice;
  return led && (isDeed(bytes, from, end, length, context) || hasClause(length)) ? ROLE.notice : 0;
}

function hasClause(length: number): boolean {
  return CLAUSES.some((clause) => {
    const at = indexOf(FOLDED, 0, length, clause);
    return at >= 0 && at <= CLAUSE_ROOM && length - at - clause.length <= CLAUSE_ROOM;
  });
}

/** Bytes that may follow the opening of a notice: a name and an ending after a preposition, else no more than "Tap to call back". */
function roomAfter(phrase: Uint8Array): number {
  return phrase[phrase.length - 1] === 0x20 ? 160 : 64;
}

/** "Aigul added Bota": an act of somebody who has been seen as an author, or of "you". */
function isDeed(bytes: Uint8Array, from: number, end: number, length: number, context: BodyContext): boolean {
  if (length > DEED_BYTES) return false;
  for (const self of SELF) {
    if (startsWith(FOLDED, 0, self) && ACTS.some((act) => self.length + act.length <= length && startsWith(FOLDED, self.length, act)))
      return true;
  }
  const line = asBuffer(bytes, from, end);
  for (const act of ACTS) {
    const at = line.indexOf(act);
    if (at > 0 && context.isAuthor(bytes, from, from + at)) return true;
  }
  return false;
}

/** A label of any language, a map link with coordinates, nothing else. */
function isLocation(bytes: Uint8Array, from: number, end: number): boolean {
  // The link ends in a digit: enough to let most bodies go.
  const last = bytes[end - 1] === 0x0d ? end - 2 : end - 1;
  if (!(bytes[last]! >= 0x30 && bytes[last]! <= 0x39) || end - from > 120) return false;
  const at = indexOf(bytes, from, end, MAPS);
  if (at < 0 || at - from > 48) return false;
  for (let index = at + MAPS.length; index <= last; index++) {
    const byte = bytes[index]!;
    if (!((byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2c || byte === 0x2d)) return false;
  }
  for (let index = from; index < at; index++) if (bytes[index] === 0x20) return at - from <= 24;
  return true;
}

function indexOf(bytes: Uint8Array, start: number, end: number, phrase: Uint8Array): number {
  const at = asBuffer(bytes, start, end).indexOf(phrase);
  return at < 0 ? -1 : start + at;
}
