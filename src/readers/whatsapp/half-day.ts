import { skipSpaces } from "./marks.ts";

/** Words for the halves of the day as bytes, 1 before noon, 2 after: ar, ru, kk, zh, ja, ko. */
const HALF_DAYS: ReadonlyArray<readonly [Uint8Array, number]> = (
  [
    ["ص", 1],
    ["م", 2],
    ["ДП", 1],
    ["ПП", 2],
    ["ТД", 1],
    ["ТК", 2],
    ["上午", 1],
    ["下午", 2],
    ["午前", 1],
    ["午後", 2],
    ["오전", 1],
    ["오후", 2],
  ] as const
).map(([token, half]) => [new TextEncoder().encode(token), half]);

/**
 * Reads "AM", "p. m.", "下午" and the like at `at`.
 * @returns its length times 4 plus 1 before noon or 2 after; 0 if there is none.
 */
export function matchHalfDay(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]! | 0x20;
  if (lead === 0x61 || lead === 0x70) {
    let to = at + 1;
    if (bytes[to] === 0x2e) to = skipSpaces(bytes, to + 1, end);
    if (to >= end || (bytes[to]! | 0x20) !== 0x6d) return 0;
    to++;
    if (bytes[to] === 0x2e) to++;
    else if (to < end && isLetter(bytes[to]!)) return 0;
    return ((to - at) << 2) | (lead === 0x61 ? 1 : 2);
  }
  if (lead < 0x80) return 0;
  for (const [token, half] of HALF_DAYS) {
    let length = 0;
    while (length < token.length && bytes[at + length] === token[length]) length++;
    if (length === token.length) return (length << 2) | half;
  }
  return 0;
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
