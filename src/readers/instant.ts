import { type MessageBatch, TIME } from "../core/message.ts";
import { DAY_MS, daysSince1970 } from "./calendar.ts";
import type { Draft } from "./draft.ts";

const SPACE = 32;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const LETTER_T = 84;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Unix times by count of digits: what to multiply with for milliseconds. */
const UNIX_SCALE = new Map([
  [9, 1000],
  [10, 1000],
  [13, 1],
  [16, 1e-3],
  [19, 1e-6],
]);

/**
 * Reads instants as generic exports write them: Unix time in seconds (9 or 10 digits, fraction allowed), milliseconds
 * (13), microseconds (16) or nanoseconds (19); `2020-02-07[T ]13:05[:00[.5]]` with `Z`, `UTC` or an offset, which is kept, or without as
 * local time; `2020-02-07` as local midnight; `07.02.2020[ 13:05[:00]]` as local time; Twitter's
 * `Fri Feb 07 13:05:00 +0600 2020`. Anything else is unknown; day and month with slashes are not guessed at.
 */
export class InstantReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #ms = Number.NaN;
  #utc = false;
  #offsetMinutes = 0;

  /** Sets the instant of a message; leaves it unknown where the bytes are none. */
  set(batch: MessageBatch, index: number, bytes: Uint8Array, start: number, end: number): void {
    if (!this.#parse(bytes, start, end)) return;
    batch.sentAtMs[index] = this.#ms;
    batch.timeKind[index] = this.#kind();
    batch.offsetMinutes[index] = this.#offsetMinutes;
  }

  /** The same for a message as plain data. @returns whether the bytes are an instant. */
  fill(draft: Pick<Draft, "sentAtMs" | "timeKind" | "offsetMinutes">, bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#parse(bytes, start, end)) return false;
    draft.sentAtMs = this.#ms;
    draft.timeKind = this.#kind();
    draft.offsetMinutes = this.#offsetMinutes;
    return true;
  }

  #kind(): number {
    return !this.#utc ? TIME.local : this.#offsetMinutes === 0 ? TIME.utc : TIME.offset;
  }

  #parse(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#ms = Number.NaN;
    this.#utc = false;
    this.#offsetMinutes = 0;
    this.#skip(SPACE);
    if (!this.#read() || Number.isNaN(this.#ms)) return false;
    this.#skip(SPACE);
    return this.#at === end;
  }

  #read(): boolean {
    const digits = this.#countDigits();
    if (digits >= 9) return this.#unixTime(digits);
    if (digits === 4) return this.#yearFirst();
    return digits > 0 ? this.#dayFirst() : this.#twitterTime();
  }

  #unixTime(digits: number): boolean {
    const scale = UNIX_SCALE.get(digits);
    if (scale === undefined) return false;
    const ms = this.#number(digits) * scale;
    this.#ms = Math.trunc(ms) + (scale === 1000 ? this.#fractionMs() : 0);
    this.#utc = true;
    return true;
  }

  #yearFirst(): boolean {
    const year = this.#number(4);
    const separator = this.#peek();
    if (separator !== MINUS && separator !== SLASH) return false;
    this.#at++;
    const month = this.#shortNumber();
    if (!this.#skip(separator)) return false;
    const day = this.#shortNumber();
    return this.#dateAndTime(year, month, day);
  }

  #dayFirst(): boolean {
    const day = this.#shortNumber();
    if (!this.#skip(DOT)) return false;
    const month = this.#shortNumber();
    if (!this.#skip(DOT) || this.#countDigits() !== 4) return false;
    return this.#dateAndTime(this.#number(4), month, day);
  }

  #dateAndTime(year: number, month: number, day: number): boolean {
    this.#ms = dateMs(year, month, day);
    if (this.#at === this.#end) return true;
    const comma = this.#skip(COMMA);
    if (!this.#skip(SPACE) && !comma && !this.#skip(LETTER_T) && !this.#skip(LETTER_T | 32)) return false;
    if (!this.#clock()) return false;
    this.#skip(SPACE);
    return this.#at === this.#end || this.#zone();
  }

  #clock(): boolean {
    const hours = this.#shortNumber();
    if (!this.#skip(COLON)) return false;
    const minutes = this.#shortNumber();
    const seconds = this.#skip(COLON) ? this.#shortNumber() : 0;
    if (hours > 24 || minutes > 59 || seconds > 60) return false;
    this.#ms += ((hours * 60 + minutes) * 60 + seconds) * 1000 + this.#fractionMs();
    return true;
  }

  #zone(): boolean {
    this.#utc = true;
    if (this.#word("utc") || this.#word("gmt") || this.#word("z")) return true;
    const sign = this.#peek();
    if (sign !== PLUS && sign !== MINUS) return false;
    this.#at++;
    const digits = this.#countDigits();
    const hours = this.#number(Math.min(2, digits));
    this.#skip(COLON);
    const minutes = this.#number(Math.min(2, this.#countDigits()));
    if (digits === 0 || hours > 15 || minutes > 59) return false;
    this.#offsetMinutes = (sign === MINUS ? -1 : 1) * (hours * 60 + minutes);
    this.#ms -= this.#offsetMinutes * 60_000;
    return true;
  }

  #twitterTime(): boolean {
    if (this.#end - this.#at !== 30) return false;
    this.#at += 4;
    const month = MONTHS.findIndex((name) => this.#word(name)) + 1;
    this.#skip(SPACE);
    const day = this.#shortNumber();
    this.#skip(SPACE);
    this.#ms = 0;
    if (month === 0 || !this.#clock()) return false;
    this.#skip(SPACE);
    if (!this.#zone()) return false;
    this.#skip(SPACE);
    if (this.#countDigits() !== 4) return false;
    this.#ms += dateMs(this.#number(4), month, day);
    return true;
  }

  /** Milliseconds of a fraction after a dot or comma, 0 if there is none. */
  #fractionMs(): number {
    const byte = this.#peek();
    if (byte !== DOT && byte !== COMMA) return 0;
    this.#at++;
    const digits = this.#countDigits();
    const ms = Math.trunc((this.#number(Math.min(digits, 9)) / 10 ** Math.min(digits, 9)) * 1000);
    this.#at += Math.max(0, digits - 9);
    return digits === 0 ? Number.NaN : ms;
  }

  #peek(): number {
    return this.#at < this.#end ? this.#bytes[this.#at]! : 0;
  }

  /** Skips a run of spaces, or one other byte. @returns whether there was any. */
  #skip(byte: number): boolean {
    const start = this.#at;
    while (this.#peek() === byte && (byte === SPACE || this.#at === start)) this.#at++;
    return this.#at > start;
  }

  #word(word: string): boolean {
    for (let i = 0; i < word.length; i++) {
      if (this.#at + i >= this.#end || (this.#bytes[this.#at + i]! | 32) !== word.charCodeAt(i)) return false;
    }
    this.#at += word.length;
    return true;
  }

  #countDigits(): number {
    let at = this.#at;
    while (at < this.#end && this.#bytes[at]! >= 48 && this.#bytes[at]! <= 57) at++;
    return at - this.#at;
  }

  /** One or two digits; NaN, which spreads, if there are none or more. */
  #shortNumber(): number {
    const digits = this.#countDigits();
    return digits === 1 || digits === 2 ? this.#number(digits) : Number.NaN;
  }

  #number(digits: number): number {
    let value = 0;
    for (let i = 0; i < digits; i++) value = value * 10 + this.#bytes[this.#at++]! - 48;
    return value;
  }
}

/** Midnight as if in UTC; NaN if there is no such day. */
function dateMs(year: number, month: number, day: number): number {
  return year >= 1000 ? daysSince1970(year, month, day) * DAY_MS : Number.NaN;
}
