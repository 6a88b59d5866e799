/** Counting the same place in bytes, code points and UTF-16 units. All input is sound UTF-8. */

/** Code points in `bytes[start, end)`; both ends lie between characters. */
export function countCodePoints(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) count++;
  return count;
}

/** UTF-16 units in `bytes[start, end)`: one a code point, two for those of four bytes. */
export function countUtf16(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) count += byte >= 0xf0 ? 2 : 1;
  }
  return count;
}

/** The first byte at or before `at` that begins a character. */
export function characterStart(bytes: Uint8Array, at: number): number {
  let place = Math.min(at, bytes.length);
  while (place > 0 && place < bytes.length && (bytes[place]! & 0xc0) === 0x80) place--;
  return place;
}
