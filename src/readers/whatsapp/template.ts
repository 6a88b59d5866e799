/**
 * A short cut for the scanner. The headers of a chat differ in their digits only, so the last one serves as a template:
 *
 *     18.03.2022, 14:56 - Ann: text        literals  ??.??.????, ??:?? -
 *     00 11 2222  33 44                    slots     which number a digit belongs to
 *
 * One loop over some twenty bytes against the template takes a seventh of the time of the scan. What does not match (another
 * number of digits, marks, the other half of the day) is scanned, and becomes the template.
 */
import { type Header, SHAPE } from "./header.ts";

const LONGEST = 48;
const LITERAL = -1;

export class HeaderTemplate {
  /** Bytes of the header up to its content, 0 while there is no template. */
  #length = 0;
  readonly #literals = new Uint8Array(LONGEST);
  readonly #slots = new Int8Array(LONGEST);
  readonly #numbers = new Int32Array(6);
  #shape = 0;
  #era = 0;
  #halfDay = 0;

  /** Takes a header that starts at `start` as the template, if it is plain ASCII and of a kind that can be one. */
  learn(bytes: Uint8Array, start: number, header: Header): void {
    const length = header.contentStart - start;
    this.#length = 0;
    // A header with a weak end is only one with an author, which is not looked at here.
    if ((header.shape & (SHAPE.bracket | SHAPE.dash)) === 0) return;
    if (length > LONGEST || bytes[header.contentStart - 1] !== 0x20) return;
    let slot = -1;
    for (let index = 0; index < length; index++) {
      const byte = bytes[start + index]!;
      if (byte >= 0x80) return;
      const isDigit = byte >= 0x30 && byte <= 0x39;
      if (isDigit && (index === 0 || this.#slots[index - 1] === LITERAL)) slot++;
      this.#slots[index] = isDigit ? slot : LITERAL;
      this.#literals[index] = byte;
    }
    if (slot !== ((header.shape & SHAPE.seconds) !== 0 ? 5 : 4)) return;
    this.#length = length;
    this.#shape = header.shape;
    this.#era = header.era;
    this.#halfDay = header.halfDay;
  }

  /** As `scanHeader`, but false also where only the scan can tell. */
  match(bytes: Uint8Array, start: number, end: number, header: Header): boolean {
    const length = this.#length;
    if (length === 0 || end - start < length) return false;
    const slots = this.#slots;
    const literals = this.#literals;
    const numbers = this.#numbers;
    numbers.fill(0);
    for (let index = 0; index < length; index++) {
      const byte = bytes[start + index]!;
      const slot = slots[index]!;
      if (slot === LITERAL) {
        if (byte !== literals[index]) return false;
      } else {
        if (byte < 0x30 || byte > 0x39) return false;
        numbers[slot] = numbers[slot]! * 10 + byte - 0x30;
      }
    }
    const shape = this.#shape;
    const hasSeconds = (shape & SHAPE.seconds) !== 0;
    const isTimeFirst = (shape & SHAPE.timeFirst) !== 0;
    const date = isTimeFirst ? (hasSeconds ? 3 : 2) : 0;
    const time = isTimeFirst ? 0 : 3;
    // Numbers out of range are rare; the scan rejects them.
    if (numbers[date] === 0 || numbers[date + 1] === 0 || numbers[date + 1]! > 31 || numbers[date + 2] === 0) return false;
    if ((shape & SHAPE.yearFirst) !== 0 && numbers[date + 2]! > 31) return false;
    const hour = numbers[time]!;
    if (hour > 23 || numbers[time + 1]! > 59 || (hasSeconds && numbers[time + 2]! > 59)) return false;
    header.first = numbers[date]!;
    header.second = numbers[date + 1]!;
    header.third = numbers[date + 2]!;
    header.era = this.#era;
    header.halfDay = this.#halfDay;
    header.hour = this.#halfDay === 2 && hour < 12 ? hour + 12 : this.#halfDay === 1 && hour === 12 ? 0 : hour;
    header.minute = numbers[time + 1]!;
    header.secondOfMinute = hasSeconds ? numbers[time + 2]! : 0;
    header.marked = false;
    header.shape = shape;
    header.contentStart = start + length;
    return true;
  }
}
