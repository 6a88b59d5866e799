/** `bytes[start, end)` where they lie, as a Buffer, which searches for pieces and decodes. */
export function asBuffer(bytes: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  return asBuffer(bytes, start, end).toString("utf8");
}

/** Where the text starts in `bytes[start, end)` of a file's beginning. */
export function afterByteOrderMark(bytes: Uint8Array, start: number, end: number): number {
  const marked = end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
  return marked ? start + 3 : start;
}
