const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Goes over an object or array, however its bytes are cut, by counting brackets outside of strings. A raw line end inside a
 * string ends it: no whole export holds one, and a lost quote then spoils one line.
 */
export class NestedValue {
  /** Line of the file at the place that was reached; whoever reads what lies between values counts on. */
  line = 1;
  #depth = 0;
  #inString = false;
  /** An escape was cut in two: its second byte must not be taken for a quote. */
  #skipNext = false;

  /**
   * HOT.
   * @param from is where the value begins or goes on.
   * @returns the place behind the value, -1 if it goes on in the next chunk.
   */
  skip(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    let depth = this.#depth;
    let inString = this.#inString;
    let line = this.line;
    let at = this.#skipNext && length > 0 ? from + 1 : from;
    this.#skipNext &&= length === 0;
    while (at < length) {
      const byte = chunk[at]!;
      if (inString) {
        if (byte === QUOTE || byte === NEWLINE) {
          inString = false;
          if (byte === NEWLINE) line++;
        }
        at += byte === BACKSLASH ? 2 : 1;
        continue;
      }
      at++;
      if (byte === QUOTE) inString = true;
      else if (byte === NEWLINE) line++;
      else if ((byte | 32) === OPEN_OBJECT) depth++;
      else if ((byte | 32) === CLOSE_OBJECT && --depth === 0) {
        this.#depth = 0;
        this.#inString = false;
        this.line = line;
        return at;
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#skipNext ||= at > length;
    this.line = line;
    return -1;
  }
}
