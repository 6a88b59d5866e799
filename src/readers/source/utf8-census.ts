/** Counts what in bytes is UTF-8 and what is not, byte by byte; ASCII is neither. */
export class Utf8Census {
  /** Sequences of two bytes and more. */
  valid = 0;
  /** Bytes above 127 that are part of none. */
  invalid = 0;
  /** Bytes of the sequence that has begun, and of those it lacks. */
  #begun = 0;
  #lacking = 0;
  /** What the next byte of it may be. */
  #least = 0x80;
  #most = 0xbf;

  push(byte: number): void {
    if (this.#lacking > 0) {
      if (byte >= this.#least && byte <= this.#most) {
        this.#least = 0x80;
        this.#most = 0xbf;
        this.#begun++;
        if (--this.#lacking === 0) this.valid++;
        return;
      }
      this.breakOff();
    }
    if (byte < 0x80) return;
    if (byte < 0xc2 || byte > 0xf4) {
      this.invalid++;
      return;
    }
    this.#begun = 1;
    this.#lacking = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.#least = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.#most = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  }

  /** The bytes end here: what has begun of a sequence is no part of one. */
  breakOff(): void {
    if (this.#lacking > 0) this.invalid += this.#begun;
    this.#lacking = 0;
  }
}
