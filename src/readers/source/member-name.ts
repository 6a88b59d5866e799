import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import type { Entry } from "yauzl";

const UTF8_FLAG = 0x800;
/** Info-ZIP's field for the name in UTF-8, beside one in an old code page. */
const UNICODE_PATH = 0x7075;

/**
 * The name of an archive's member, with "/" between folders. Nothing is ever written by such a name, but an archive whose
 * names climb out of it is not to be trusted.
 * @throws Error saying what is wrong with it
 */
export function memberName(entry: Entry): string {
  // Some programs of Windows write "\\", and some of others "./" in front.
  const name = decodeName(entry)
    .replaceAll("\\", "/")
    .replace(/^(\.\/)+/, "");
  if (name.includes("\0")) throw new Error("a name of a member holds a NUL character");
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) throw new Error(`absolute path: ${name}`);
  if (name.split("/").includes("..")) throw new Error(`invalid relative path: ${name}`);
  return name;
}

/** Windows writes names in the code page of its console, which in Russian is 866, and says nothing of it; macOS writes UTF-8 and says nothing. */
function decodeName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const field = entry.extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  if (field !== undefined && field.length > 5 && field[0] === 1 && field.readUInt32LE(1) === crc32(raw)) return field.toString("utf8", 5);
  const isMarked = (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0;
  return isMarked || isUtf8(raw) ? raw.toString("utf8") : new TextDecoder("ibm866").decode(raw);
}
