const SIGNATURE: Buffer = Buffer.from("PK\x03\x04", "latin1");
/** Where the name's length and the name are, from the signature of a member on. */
const NAME_LENGTH = 26;
const NAME = 30;
/** What packages of Office begin with, whatever is in them. */
const PACKAGE_PARTS: readonly string[] = ["[Content_Types].xml", "_rels/", "docProps/", "xl/"];
const OTHER_PARTS: readonly string[] = ["word/", "ppt/", "visio/"];

/**
 * How sure the first bytes are of a workbook: a zip archive that begins with a part of an Office package and has one of a
 * workbook. Which packages they are is not always said at the beginning.
 */
export function looksLikeWorkbook(head: Uint8Array): number {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  let sureness = 0;
  for (let at = 0; at >= 0 && at + NAME <= bytes.length; at = bytes.indexOf(SIGNATURE, at + 1)) {
    if (!bytes.subarray(at, at + 4).equals(SIGNATURE)) return 0;
    const name = bytes.toString("latin1", at + NAME, at + NAME + Math.min(bytes.readUInt16LE(at + NAME_LENGTH), 64));
    if (at === 0 && !PACKAGE_PARTS.some((part) => name.startsWith(part))) return 0;
    if (name.startsWith("xl/")) return 1;
    if (OTHER_PARTS.some((part) => name.startsWith(part))) return 0;
    if (name === "[Content_Types].xml") sureness = 0.5;
  }
  return sureness;
}
