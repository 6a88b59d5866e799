/** Parquet's encodings of differences: integers, and byte arrays by their lengths or by what they share with the one before. */
import { MAX_PAGE_BYTES } from "./limits.ts";

/**
 * DELTA_BINARY_PACKED: integers of `width` bytes, 4 or 8, in the byte order of DataView's `true`.
 * @throws Error if there are fewer than `count`
 */
export function readIntegers(bytes: Uint8Array, start: number, count: number, width: number): Uint8Array {
  const out = new DataView(new ArrayBuffer(count * width));
  eachInteger(bytes, start, count, (value, i) => {
    if (width === 4) out.setInt32(i * 4, Number(BigInt.asIntN(32, value)), true);
    else out.setBigInt64(i * 8, value, true);
  });
  return new Uint8Array(out.buffer);
}

/** Lengths of arrays, and where behind them the next thing begins. */
export function readLengths(bytes: Uint8Array, start: number, count: number): { lengths: Int32Array; at: number } {
  const lengths = new Int32Array(count);
  const at = eachInteger(bytes, start, count, (value, i) => {
    if (value < 0n || value > MAX_PAGE_BYTES) throw new Error("a page has an array of an impossible length");
    lengths[i] = Number(value);
  });
  return { lengths, at };
}

/** Where arrays of these lengths start that lie one behind the other from `at` on, and where the last one ends. */
export function sumLengths(lengths: Int32Array, at: number, end: number): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  let next = at;
  for (let i = 0; i < lengths.length; i++) {
    starts[i] = next;
    next += lengths[i]!;
    if (next > end) throw new Error("a page breaks off");
  }
  starts[lengths.length] = next;
  return starts;
}

/** DELTA_BYTE_ARRAY: each array is a beginning of the one before and bytes of its own. */
export function readByteArrays(bytes: Uint8Array, start: number, count: number): { joined: Uint8Array; starts: Int32Array } {
  const shared = readLengths(bytes, start, count);
  const own = readLengths(bytes, shared.at, count);
  const ownStarts = sumLengths(own.lengths, own.at, bytes.length);
  const starts = sumLengths(
    own.lengths.map((length, i) => length + shared.lengths[i]!),
    0,
    MAX_PAGE_BYTES,
  );
  const joined = new Uint8Array(starts[count]!);
  for (let i = 0; i < count; i++) {
    const at = starts[i]!;
    const length = shared.lengths[i]!;
    if (length > 0 && (i === 0 || length > at - starts[i - 1]!)) throw new Error("a page has an array that shares more than there is");
    if (length > 0) joined.copyWithin(at, starts[i - 1]!, starts[i - 1]! + length);
    joined.set(bytes.subarray(ownStarts[i]!, ownStarts[i + 1]!), at + length);
  }
  return { joined, starts };
}

/** @returns the end of the integers. */
function eachInteger(bytes: Uint8Array, start: number, count: number, take: (value: bigint, i: number) => void): number {
  const bits = new BitReader(bytes, start);
  const blockSize = Number(bits.varint());
  const miniblocks = Number(bits.varint());
  const total = Number(bits.varint());
  let value = bits.zigzag();
  const size = blockSize / miniblocks;
  if (!Number.isInteger(size / 8) || size <= 0 || miniblocks > bytes.length || total < count) throw new Error("a page breaks off");
  if (count > 0) take(value, 0);
  for (let i = 1; i < count; ) {
    const least = bits.zigzag();
    const widths = bits.take(miniblocks);
    for (let block = 0; block < miniblocks && i < count; block++) {
      const width = widths[block]!;
      if (width > 64) throw new Error("a page has integers of more than 64 bits");
      const blockEnd = bits.at + (size / 8) * width;
      for (let end = Math.min(count, i + size); i < end; i++) {
        value = BigInt.asIntN(64, value + least + bits.packed(width));
        take(value, i);
      }
      bits.goTo(blockEnd);
    }
  }
  return bits.at;
}

/** Reads numbers of bytes and of bits. Every method throws at the end of the bytes. */
class BitReader {
  readonly #bytes: Uint8Array;
  at: number;
  #bits = 0n;
  #held = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error("a page has a number that does not end");
  }

  zigzag(): bigint {
    const value = this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  take(length: number): Uint8Array {
    this.at += length;
    if (this.at > this.#bytes.length) throw new Error("a page breaks off");
    return this.#bytes.subarray(this.at - length, this.at);
  }

  /** The next number of `width` bits, which begin where those before it ended or at `at`. */
  packed(width: number): bigint {
    while (this.#held < width) {
      this.#bits |= BigInt(this.#byte()) << BigInt(this.#held);
      this.#held += 8;
    }
    const value = BigInt.asUintN(width, this.#bits);
    this.#bits >>= BigInt(width);
    this.#held -= width;
    return value;
  }

  /** Goes on at a whole byte. The last block of a page may be cut off behind its last number. */
  goTo(at: number): void {
    this.at = Math.min(at, this.#bytes.length);
    this.#bits = 0n;
    this.#held = 0;
  }

  #byte(): number {
    if (this.at >= this.#bytes.length) throw new Error("a page breaks off");
    return this.#bytes[this.at++]!;
  }
}
