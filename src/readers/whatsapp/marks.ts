/** Invisible characters of WhatsApp exports: direction marks, isolates, byte order marks, and the odd spaces before "PM". */

/** Offset after any direction marks, isolates, zero-width spaces and byte order marks at `at`. */
export function skipMarks(bytes: Uint8Array, at: number, end: number): number {
  while (at + 2 < end) {
    const lead = bytes[at];
    if (lead === 0xe2 && isMarkTail(bytes[at + 1]!, bytes[at + 2]!)) at += 3;
    else if (lead === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    else break;
  }
  return at;
}

/** U+200B, U+200E, U+200F, U+202A..U+202E, U+2066..U+2069, given the second and third byte after 0xE2. */
export function isMarkTail(second: number, third: number): boolean {
  if (second === 0x80) return third === 0x8b || third === 0x8e || third === 0x8f || (third >= 0xaa && third <= 0xae);
  return second === 0x81 && third >= 0xa6 && third <= 0xa9;
}

/** Offset after any spaces at `at`: ASCII, U+00A0, U+2009, U+202F, and the underscore that some re-exports put there. */
export function skipSpaces(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const lead = bytes[at];
    if (lead === 0x20 || lead === 0x5f) at++;
    else if (lead === 0xc2 && bytes[at + 1] === 0xa0) at += 2;
    else if (lead === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0x89 || bytes[at + 2] === 0xaf)) at += 3;
    else break;
  }
  return Math.min(at, end);
}

/** Whether U+200E or U+200F stands at `at`: on iOS, what WhatsApp itself wrote begins so. */
export function isDirectionMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0x8e || bytes[at + 2] === 0x8f);
}

/**
 * Copies `bytes[start..end)` to `target` at `at` without marks, odd spaces made plain, outer spaces dropped.
 * `target` must have room for `end - start` bytes.
 * @returns the end of the copy.
 */
export function copyName(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  const opening = at;
  let from = start;
  while (from < end) {
    const clean = skipMarks(bytes, from, end);
    if (clean > from) {
      from = clean;
      continue;
    }
    const byte = bytes[from]!;
    if (byte === 0xc2 || byte === 0xe2) {
      const spaced = skipSpaces(bytes, from, end);
      if (spaced > from) {
        if (at > opening) target[at++] = 0x20;
        from = spaced;
        continue;
      }
    }
    if (byte !== 0x20 || at > opening) target[at++] = byte;
    from++;
  }
  while (at > opening && target[at - 1] === 0x20) at--;
  return at;
}
