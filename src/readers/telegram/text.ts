import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { decodeString, isWord } from "../json/text.ts";

const NEWLINE = 10;
const QUOTE = 34;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;

/**
 * Puts together what people wrote from the values Telegram Desktop keeps it in. All have been checked by a cursor, and
 * what is put together is never longer than the value.
 */
export class TelegramText {
  readonly #pieces = new JsonCursor(true);
  readonly #piece = new JsonCursor(true);
  readonly #poll = new JsonCursor(true);
  readonly #answers = new JsonCursor(true);

  /**
   * Appends the text of a value: of a string; of the pieces of formatted text, without anything between them; or of a
   * poll or task list, its question and answers on lines of their own. Nothing for other values.
   * @returns the end in `target`.
   */
  append(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
    if (bytes[start] === OPEN_OBJECT) return this.#appendPoll(bytes, start, end, target, at);
    return this.#appendRichText(bytes, start, end, target, at);
  }

  /** Appends the `text` of each element of an array on a line of its own. */
  appendItems(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
    const answers = this.#answers;
    let to = at;
    if (!answers.enter(bytes, start, end, "[")) return to;
    while (answers.nextElement()) {
      const text = this.#findText(answers);
      if (text === null) continue;
      const lineStart = to > at ? to + 1 : to;
      const lineEnd = this.#appendRichText(bytes, text.valueStart, text.valueEnd, target, lineStart);
      if (lineEnd === lineStart) continue;
      if (lineStart > to) target[to] = NEWLINE;
      to = lineEnd;
    }
    return to;
  }

  #appendRichText(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
    if (bytes[start] === QUOTE) return decodeString(bytes, start + 1, end - 1, target, at);
    const pieces = this.#pieces;
    let to = at;
    if (bytes[start] !== OPEN_ARRAY || !pieces.enter(bytes, start, end, "[")) return to;
    while (pieces.nextElement()) {
      const text = pieces.valueType === JSON_TYPE.object ? this.#findText(pieces) : pieces;
      if (text === null || text.valueType !== JSON_TYPE.string) continue;
      to = decodeString(bytes, text.valueStart + 1, text.valueEnd - 1, target, to);
    }
    return to;
  }

  #appendPoll(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
    const poll = this.#poll;
    let answersStart = -1;
    let answersEnd = -1;
    let to = at;
    const entered = poll.enter(bytes, start, end, "{");
    while (entered && poll.nextMember()) {
      if (isKey(poll, "question") || isKey(poll, "title")) {
        to = this.#appendRichText(bytes, poll.valueStart, poll.valueEnd, target, at);
      } else if (isKey(poll, "answers")) {
        answersStart = poll.valueStart;
        answersEnd = poll.valueEnd;
      }
    }
    if (answersStart < 0) return to;
    const answersAt = to > at ? to + 1 : to;
    const answersTo = this.appendItems(bytes, answersStart, answersEnd, target, answersAt);
    if (answersTo === answersAt) return to;
    if (answersAt > to) target[to] = NEWLINE;
    return answersTo;
  }

  /** @returns a cursor at the `text` of the element, null if it has none. Valid until the next call. */
  #findText(element: JsonCursor): JsonCursor | null {
    const piece = this.#piece;
    const entered = piece.enter(element.bytes, element.valueStart, element.valueEnd, "{");
    while (entered && piece.nextMember()) if (isKey(piece, "text")) return piece;
    return null;
  }
}

function isKey(cursor: JsonCursor, key: string): boolean {
  return isWord(cursor.bytes, cursor.keyStart, cursor.keyEnd, key);
}
