/**
 * Parquet's mix of runs and packed numbers, which levels and places in a dictionary are written in. A run of any length
 * takes a few bytes, so it is never believed further than the array that it fills.
 */

export type Integers = Uint8Array | Uint16Array | Int32Array;

/** An array for so many numbers of `bitWidth` bits. */
export function integersOf(bitWidth: number, count: number): Integers {
  if (bitWidth > 24) throw new Error(`it has numbers of ${bitWidth} bits where up to 24 are read`);
  return bitWidth <= 8 ? new Uint8Array(count) : bitWidth <= 16 ? new Uint16Array(count) : new Int32Array(count);
}

/**
 * Fills `out` with the numbers of `bitWidth` bits, up to 24, in `bytes[start, end)`.
 * @throws Error if there are fewer
 */
export function readHybrid(bytes: Uint8Array, start: number, end: number, bitWidth: number, out: Integers): void {
  let at = start;
  let filled = 0;
  // Nothing needs to be written for numbers that can only be 0.
  while (filled < out.length && bitWidth > 0) {
    let header = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      if (at >= end || shift > 28) throw new Error("a page breaks off");
      const byte = bytes[at++]!;
      header |= (byte & 127) << shift;
      more = byte >= 128;
    }
    if ((header & 1) === 0) {
      const valueBytes = (bitWidth + 7) >> 3;
      if (at + valueBytes > end) throw new Error("a page breaks off");
      let value = 0;
      for (let i = 0; i < valueBytes; i++) value |= bytes[at++]! << (8 * i);
      const run = Math.min(header >>> 1, out.length - filled);
      out.fill(value, filled, filled + run);
      filled += run;
    } else {
      const packed = (header >>> 1) * 8;
      const count = Math.min(packed, out.length - filled);
      unpackBits(bytes, at, end, bitWidth, out, filled, filled + count);
      at += (packed * bitWidth) / 8;
      filled += count;
    }
  }
}

/**
 * Fills `out[from, to)` with numbers of `bitWidth` bits, up to 24, that lie packed from `start` on, lowest bits first.
 * @throws Error if there are fewer
 */
export function unpackBits(bytes: Uint8Array, start: number, end: number, bitWidth: number, out: Integers, from: number, to: number): void {
  if (start + Math.ceil(((to - from) * bitWidth) / 8) > end) throw new Error("a page breaks off");
  const mask = (1 << bitWidth) - 1;
  let at = start;
  let bits = 0;
  let held = 0;
  for (let i = from; i < to; i++) {
    while (held < bitWidth) {
      bits |= bytes[at++]! << held;
      held += 8;
    }
    out[i] = bits & mask;
    bits >>>= bitWidth;
    held -= bitWidth;
  }
}
