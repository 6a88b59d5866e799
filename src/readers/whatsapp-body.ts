/**
 * Tells what a person typed from what WhatsApp wrote in its place. A mistake in one direction costs a little noise, in the
 * other it hides a message from the scan, and a sender can type a direction mark or a "(file attached)". So a body
 * only counts as a placeholder if all of it is accounted for, as a notice of open wording only with a direction mark and
 * little room; what could be words stays text.
 */
import { KIND } from "../core/message.ts";
import { isDirectionMark, isMarkTail, skipMarks, skipSpaces } from "./whatsapp-marks.ts";
import { ATTACHED_AFTER, ATTACHED_BEFORE, DEEDS, EDITED, MARKED_NOTICES, MEDIA, NOTICES, PLACEHOLDERS } from "./whatsapp-phrases.ts";

const encoder = new TextEncoder();
/** Longest line compared with the phrases, in bytes. */
const PHRASE_BYTES = 512;
/** Longest placeholder in a language that is not in the lists. */
const TOKEN_BYTES = 160;
/** Longest notice of what somebody did; subjects of groups have up to 100 characters. */
const DEED_BYTES = 320;
const ROLE = { placeholder: 1, media: 2, notice: 3, markedNotice: 4 } as const;

interface Phrase {
  readonly bytes: Uint8Array;
  readonly role: number;
}

/** Phrases by their first two bytes. */
const PHRASES: ReadonlyMap<number, readonly Phrase[]> = compilePhrases();
const AFTER: readonly Uint8Array[] = ATTACHED_AFTER.map((phrase) => encoder.encode(phrase));
const BEFORE: readonly Uint8Array[] = ATTACHED_BEFORE.map((phrase) => encoder.encode(phrase));
const EDITS: readonly Uint8Array[] = EDITED.map((phrase) => encoder.encode(phrase));
const ACTS: readonly Uint8Array[] = DEEDS.map((phrase) => encoder.encode(phrase));
const SELF: readonly Uint8Array[] = ["you", "вы"].map((phrase) => encoder.encode(phrase));
const MAPS: Uint8Array = encoder.encode(": https://maps.google.com/?q=");
const APP: Uint8Array = encoder.encode("WhatsApp");

/** What is known of a body besides its bytes. */
export interface BodyContext {
  /** The header's line opens with a direction mark. The sender cannot do this. */
  marked: boolean;
  /** The first message of the file: the notice on encryption, in whatever language. */
  first: boolean;
  /** Whether the bytes are a name seen as an author. */
  isAuthor(bytes: Uint8Array, start: number, end: number): boolean;
}

/** Result of `classifyBody`: what to keep, and as what. */
export interface Body {
  kind: number;
  textStart: number;
  textEnd: number;
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
  if (bytes[end - 1] === 0x3e && stripEdited(bytes, body)) {
    if (body.textEnd <= body.textStart) body.kind = KIND.placeholder;
    return;
  }
  if (lineEnd <= from) body.textStart = Math.min(lineEnd + 1, end);
  if (trimEnd(bytes, from, end) <= from) {
    body.kind = KIND.placeholder;
    return;
  }
  const role = findRole(bytes, from, lineEnd, led, context);
  if (role !== 0) {
    if (lineEnd >= end) body.kind = role === ROLE.notice || role === ROLE.markedNotice ? KIND.system : KIND.placeholder;
    else if (role === ROLE.media) body.textStart = lineEnd + 1;
    return;
  }
  const last = bytes[end - 1];
  if (context.marked || last === 0x3e) stripTail(bytes, body, context.marked);
  else if (bytes[lineEnd - 1] === 0x29) stripAttached(bytes, body, lineEnd);
}

function compilePhrases(): Map<number, Phrase[]> {
  const phrases = new Map<number, Phrase[]>();
  const lists = [[PLACEHOLDERS, ROLE.placeholder], [MEDIA, ROLE.media], [NOTICES, ROLE.notice], [MARKED_NOTICES, ROLE.markedNotice]] as const;
  for (const [list, role] of lists) {
    for (const phrase of list) {
      const bytes = encoder.encode(phrase);
      const key = (bytes[0]! << 8) | bytes[1]!;
      const row = phrases.get(key) ?? [];
      row.push({ bytes, role });
      phrases.set(key, row);
    }
  }
  return phrases;
}

/**
 * A set of hashes of the first four bytes of phrases, as listed and as a sentence would begin. It lets almost every body
 * go unfolded; by two bytes alone half of all Russian bodies stayed, which cost a third of the speed.
 */
const OPENINGS: Uint8Array = compileOpenings();

function compileOpenings(): Uint8Array {
  const openings = new Uint8Array(1 << 16);
  for (const list of [PLACEHOLDERS, MEDIA, NOTICES, MARKED_NOTICES]) {
    for (const phrase of list) {
      const capital = phrase.startsWith("<") ? 1 : 0;
      const sentence = phrase.slice(0, capital) + phrase.charAt(capital).toUpperCase() + phrase.slice(capital + 1);
      for (const form of [phrase, sentence, phrase.toUpperCase()]) openings[hashOpening(encoder.encode(form), 0)] = 1;
    }
  }
  return openings;
}

function hashOpening(bytes: Uint8Array, at: number): number {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return Math.imul(word, 0x9e3779b1) >>> 16;
}

const folded = new Uint8Array(PHRASE_BYTES);

/**
 * Brings a line to the form of the lists: no marks, plain spaces and apostrophes, lower case, no full stop at the end.
 * @returns its length in `folded`, -1 if too long.
 */
function foldPhrase(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > PHRASE_BYTES) return -1;
  let to = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    const second = bytes[at + 1]!;
    if (byte >= 0x41 && byte <= 0x5a) folded[to++] = byte | 0x20;
    else if (byte === 0xd0 && second >= 0x90 && second <= 0x9f) {
      folded[to++] = 0xd0;
      folded[to++] = second + 0x20;
      at++;
    } else if (byte === 0xd0 && second >= 0xa0 && second <= 0xaf) {
      folded[to++] = 0xd1;
      folded[to++] = second - 0x20;
      at++;
    } else if (byte === 0xe2 || byte === 0xef || byte === 0xc2) {
      const clean = skipMarks(bytes, at, end);
      const spaced = clean > at ? clean : skipSpaces(bytes, at, end);
      if (spaced > at && clean === at) folded[to++] = 0x20;
      if (spaced > at) {
        at = spaced;
        continue;
      }
      if (byte === 0xe2 && second === 0x80 && bytes[at + 2] === 0x99) {
        folded[to++] = 0x27;
        at += 2;
      } else folded[to++] = byte;
    } else folded[to++] = byte;
    at++;
  }
  while (to > 0 && (folded[to - 1] === 0x20 || folded[to - 1] === 0x2e || folded[to - 1] === 0x0d)) to--;
  return to;
}

function findRole(bytes: Uint8Array, from: number, end: number, led: boolean, context: BodyContext): number {
  if (!led && !context.first && OPENINGS[hashOpening(bytes, from)] === 0 && !isLocation(bytes, from, end)) return 0;
  const length = foldPhrase(bytes, from, end);
  if (length < 0) return 0;
  for (const phrase of PHRASES.get((folded[0]! << 8) | folded[1]!) ?? []) {
    const whole = phrase.role === ROLE.placeholder || phrase.role === ROLE.media;
    if (whole ? length !== phrase.bytes.length : length < phrase.bytes.length) continue;
    // The notice on encryption opens the file; anybody can type it later.
    if (phrase.role === ROLE.notice && !led && !context.first) continue;
    if (phrase.role === ROLE.markedNotice && (!led || length - phrase.bytes.length > roomAfter(phrase.bytes))) continue;
    if (startsWith(folded, 0, phrase.bytes)) return phrase.role;
  }
  if (isLocation(bytes, from, end)) return ROLE.placeholder;
  if (led && context.first && indexOf(bytes, from, end, APP) >= 0) return ROLE.notice;
  return led && isDeed(bytes, from, end, length, context) ? ROLE.notice : 0;
}

/** Bytes that may follow the opening of a notice: a name and an ending after a preposition, else no more than "Tap to call back". */
function roomAfter(phrase: Uint8Array): number {
  return phrase[phrase.length - 1] === 0x20 ? 160 : 64;
}

/** "Aigul added Bota": an act of somebody who has been seen as an author, or of "you". */
function isDeed(bytes: Uint8Array, from: number, end: number, length: number, context: BodyContext): boolean {
  if (length > DEED_BYTES) return false;
  for (const self of SELF) {
    if (startsWith(folded, 0, self) && ACTS.some((act) => self.length + act.length <= length && startsWith(folded, self.length, act))) return true;
  }
  for (const act of ACTS) {
    const at = indexOf(bytes, from, end, act);
    if (at > from && context.isAuthor(bytes, from, at)) return true;
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

/** Takes the note on editing off the end. @returns whether there was one. */
function stripEdited(bytes: Uint8Array, body: Body): boolean {
  const open = lastByte(bytes, 0x3c, body.textStart, body.textEnd);
  if (open < body.textStart || body.textEnd - open > 80) return false;
  const length = foldPhrase(bytes, open, body.textEnd);
  if (!EDITS.some((edit) => edit.length === length && startsWith(folded, 0, edit))) return false;
  body.textEnd = trimEnd(bytes, body.textStart, open);
  return true;
}

/** Takes "<attached: ...>" or, in a row that the program marked, the last marked piece of any language off the end. */
function stripTail(bytes: Uint8Array, body: Body, marked: boolean): void {
  let open = -1;
  let name = false;
  const last = bytes[body.textEnd - 1];
  if (last === 0x3e) {
    open = lastByte(bytes, 0x3c, body.textStart, body.textEnd);
    if (open < body.textStart) return;
    const length = foldPhrase(bytes, open, body.textEnd);
    const before = BEFORE.find((phrase) => phrase.length <= length && startsWith(folded, 0, phrase));
    if (before === undefined && !marked) return;
    if (before !== undefined && !marked && couldBeWords(bytes, open + before.length, body.textEnd - 1)) return;
  } else {
    // The note on a file, "name.pdf • 2 pages document omitted": each piece after the name has a mark before it.
    open = lastMark(bytes, body.textStart - 3, body.textEnd);
    if (open < 0 || last === 0x29 || body.textEnd - open > TOKEN_BYTES) return;
    for (let index = open; index < body.textEnd; index++) if (bytes[index] === 0x3a || bytes[index] === 0x0a) return;
  }
  let end = trimEnd(bytes, body.textStart, open);
  const pages = lastMark(bytes, body.textStart, end);
  if (pages > 0) {
    const bullet = trimEnd(bytes, body.textStart, pages);
    if (bytes[bullet - 1] === 0xa2 && bytes[bullet - 2] === 0x80 && bytes[bullet - 3] === 0xe2) {
      end = trimEnd(bytes, body.textStart, bullet - 3);
      name = true;
    }
  }
  name ||= isFileName(bytes, body.textStart, end);
  if (end <= body.textStart || (name && !couldBeWords(bytes, body.textStart, end))) body.kind = KIND.placeholder;
  else body.textEnd = end;
}

/** "IMG-20220323-WA0002.jpg (file attached)", and perhaps a caption on the next line. */
function stripAttached(bytes: Uint8Array, body: Body, lineEnd: number): void {
  const open = lastByte(bytes, 0x28, body.textStart, lineEnd);
  if (open <= body.textStart) return;
  const length = foldPhrase(bytes, open, lineEnd);
  if (!AFTER.some((phrase) => phrase.length === length && startsWith(folded, 0, phrase))) return;
  const end = trimEnd(bytes, body.textStart, open);
  if (!isFileName(bytes, body.textStart, end)) return;
  const wordy = couldBeWords(bytes, body.textStart, end);
  if (lineEnd < body.textEnd) {
    if (!wordy) body.textStart = lineEnd + 1;
  } else if (wordy) body.textEnd = end;
  else body.kind = KIND.placeholder;
}

/** Ends in a dot and one to five ASCII letters or digits. */
function isFileName(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = end - 1; at > start && at >= end - 6; at--) {
    const byte = bytes[at]!;
    if (byte === 0x2e) return at < end - 1;
    const lower = byte | 0x20;
    if (!((lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39))) return false;
  }
  return false;
}

/** File names with spaces or letters beyond ASCII were given by a person and may say something. */
function couldBeWords(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = skipMarks(bytes, start, end); at < end; at++) if (bytes[at] === 0x20 || bytes[at]! >= 0x80) return true;
  return false;
}

/** Offset of the last `byte` in the end of `bytes[start..end)`, -1 if none within reach. */
function lastByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let at = end - 1; at >= start && at >= end - PHRASE_BYTES; at--) if (bytes[at] === byte) return at;
  return -1;
}

/** Offset of the last direction mark in `bytes[start..end)`, -1 if none. */
function lastMark(bytes: Uint8Array, start: number, end: number): number {
  for (let at = end - 3; at >= start && at >= end - 2 * TOKEN_BYTES; at--) if (isDirectionMark(bytes, at)) return at;
  return -1;
}

/** End without white space and marks. */
function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  for (;;) {
    const byte = bytes[end - 1];
    if (end > start && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) end--;
    else if (end - 3 >= start && bytes[end - 3] === 0xe2 && isMarkTail(bytes[end - 2]!, byte!)) end -= 3;
    else return end;
  }
}

function startsWith(bytes: Uint8Array, at: number, phrase: Uint8Array): boolean {
  for (let index = 0; index < phrase.length; index++) if (bytes[at + index] !== phrase[index]) return false;
  return true;
}

function indexOf(bytes: Uint8Array, start: number, end: number, phrase: Uint8Array): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).indexOf(phrase);
  return at < 0 ? -1 : start + at;
}
