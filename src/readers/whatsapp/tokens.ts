/** Takes off what WhatsApp adds to typed text: notes on attachments and on editing. */
import { KIND } from "../../core/message.ts";
import { isDirectionMark, isMarkTail, skipMarks } from "./marks.ts";
import { FOLDED, foldPhrase, PHRASE_BYTES, startsWith } from "./phrase-table.ts";
import { ATTACHED_AFTER, ATTACHED_BEFORE, EDITED } from "./phrases.ts";
import { ATTACHED_AFTER_ABROAD, ATTACHED_BEFORE_ABROAD, EDITED_ABROAD } from "./phrases-abroad.ts";

/** What to keep of a message's body, and as what. */
export interface Body {
  kind: number;
  edited: boolean;
  textStart: number;
  textEnd: number;
}

/** Longest placeholder in a language that is not in the lists. */
const TOKEN_BYTES = 160;
const encoder = new TextEncoder();
const AFTER: readonly Uint8Array[] = [...ATTACHED_AFTER, ...ATTACHED_AFTER_ABROAD].map((phrase) => encoder.encode(phrase));
const BEFORE: readonly Uint8Array[] = [...ATTACHED_BEFORE, ...ATTACHED_BEFORE_ABROAD].map((phrase) => encoder.encode(phrase));
/** Without the bracket at the end. */
const EDITS: readonly Uint8Array[] = [...EDITED, ...EDITED_ABROAD].map((phrase) => encoder.encode(phrase.slice(0, -1)));

/** Takes the note on editing off the end. @returns whether there was one. */
export function stripEdited(bytes: Uint8Array, body: Body): boolean {
  const open = lastByte(bytes, 0x3c, body.textStart, body.textEnd);
  if (open < body.textStart || body.textEnd - open > 80) return false;
  const length = foldPhrase(bytes, open, body.textEnd - 1);
  if (!EDITS.some((edit) => edit.length === length && startsWith(FOLDED, 0, edit))) return false;
  body.textEnd = trimEnd(bytes, body.textStart, open);
  return true;
}

/** Takes "<attached: ...>" or, in a row that the program marked, the last marked piece of any language off the end. */
export function stripTail(bytes: Uint8Array, body: Body, marked: boolean): void {
  let open = -1;
  let name = false;
  const last = bytes[body.textEnd - 1];
  if (last === 0x3e) {
    open = lastByte(bytes, 0x3c, body.textStart, body.textEnd);
    if (open < body.textStart) return;
    const length = foldPhrase(bytes, open, body.textEnd);
    const before = BEFORE.find((phrase) => phrase.length <= length && startsWith(FOLDED, 0, phrase));
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
export function stripAttached(bytes: Uint8Array, body: Body, lineEnd: number): void {
  const open = lastByte(bytes, 0x28, body.textStart, lineEnd);
  if (open <= body.textStart) return;
  const length = foldPhrase(bytes, open, lineEnd);
  if (!AFTER.some((phrase) => phrase.length === length && startsWith(FOLDED, 0, phrase))) return;
  const end = trimEnd(bytes, body.textStart, open);
  if (!isFileName(bytes, body.textStart, end)) return;
  const wordy = couldBeWords(bytes, body.textStart, end);
  if (lineEnd < body.textEnd) {
    if (!wordy) body.textStart = nextLine(bytes, lineEnd, body.textEnd);
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

/** Offset after the LF or CRLF at `lineEnd`, at most `end`. */
export function nextLine(bytes: Uint8Array, lineEnd: number, end: number): number {
  return Math.min(bytes[lineEnd] === 0x0d ? lineEnd + 2 : lineEnd + 1, end);
}

/** End without white space and marks. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  for (;;) {
    const byte = bytes[end - 1];
    if (end > start && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) end--;
    else if (end - 3 >= start && bytes[end - 3] === 0xe2 && isMarkTail(bytes[end - 2]!, byte!)) end -= 3;
    else return end;
  }
}
