import { asBuffer } from "../utf8.ts";

/** How much white space a page may begin with. */
const MARGIN = 1024;

/** Whether a file begins as HTML does and each of the lists has a piece that is in its first bytes. */
export function isPageWith(head: Uint8Array, ...pieces: readonly (readonly string[])[]): boolean {
  const page = asBuffer(head, 0, head.length);
  if (!page.toString("latin1", 0, MARGIN).trimStart().startsWith("<")) return false;
  return pieces.every((alternatives) => alternatives.some((piece) => page.includes(piece)));
}
