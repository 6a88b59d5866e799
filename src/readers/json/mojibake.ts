import { isUtf8 } from "node:buffer";

/**
 * Undoes what Facebook's exports do to text: each byte of its UTF-8 stands as a letter of its own, `\u00d0\u0096` for Ж.
 * A string of ASCII is sound; one with a letter above U+00FF was not written so; one whose bytes are no UTF-8 was cut in
 * the middle of a letter, or never was such text. These stay as they are.
 */
export class MojibakeRepair {
  /** Strings that were put right. */
  repaired = 0;
  /** Strings that hold a letter above U+00FF. */
  foreign = 0;
  /** Strings whose bytes are no UTF-8. */
  broken = 0;

  repair(text: string): string {
    let units = 0;
    for (let at = 0; at < text.length; at++) units |= text.charCodeAt(at);
    if (units < 0x80) return text;
    if (units > 0xff) {
      this.foreign++;
      return text;
    }
    // Every code unit is one byte; a decoder named latin1 would be Windows-1252.
    const bytes = Buffer.from(text, "latin1");
    if (!isUtf8(bytes)) {
      this.broken++;
      return text;
    }
    this.repaired++;
    return bytes.toString("utf8");
  }
}
