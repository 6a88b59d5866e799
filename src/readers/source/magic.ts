/** Tells text from media by the first bytes. Names lie, and folders of exports are full of photos and voice notes. */
import { utf16Mark, utf16WithoutMark } from "./utf16.ts";

/** What a file is if it is not text. */
export interface BinaryKind {
  /** Follows "is". */
  readonly name: string;
  /** What to give instead; a whole sentence. */
  readonly advice: string;
}

interface Magic {
  readonly name: string;
  readonly offset: number;
  /** In latin1. */
  readonly bytes: string;
  readonly advice?: string;
}

const GIVE_THE_EXPORT = "Give the chat export itself (a .txt, .json, .jsonl, .csv, .html, .xlsx, .parquet or .zip file).";
/** Advice for whatever is packed. */
export const UNPACK = "Unpack it and give what is inside.";

/** Signatures of what lies beside chats in exports. Only those that text cannot begin with. */
const MAGICS: readonly Magic[] = [
  { name: "a JPEG image", offset: 0, bytes: "\xff\xd8\xff" },
  { name: "a PNG image", offset: 0, bytes: "\x89PNG" },
  { name: "a GIF image", offset: 0, bytes: "GIF8" },
  { name: "a WebP image, WAV or AVI", offset: 0, bytes: "RIFF" },
  { name: "an Ogg or Opus recording", offset: 0, bytes: "OggS" },
  { name: "an MP3 recording", offset: 0, bytes: "ID3" },
  { name: "an MP4 or similar video", offset: 4, bytes: "ftyp" },
  { name: "a Matroska or WebM video", offset: 0, bytes: "\x1a\x45\xdf\xa3" },
  { name: "a PDF document", offset: 0, bytes: "%PDF-" },
  {
    name: "an SQLite database",
    offset: 0,
    bytes: "SQLite f",
    advice:
      'Messages are to be exported from it: those of iMessage (chat.db) by imessage-exporter as text, those of WhatsApp by "Export chat" and of Viber by "Export message history" in the program itself, any table by sqlite3 -header -csv FILE "SELECT * FROM table".',
  },
  {
    name: "an old Office document",
    offset: 0,
    bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    advice: "Save a table as .xlsx or CSV, a text as plain text.",
  },
  { name: "a tar archive", offset: 257, bytes: "ustar", advice: UNPACK },
  { name: "an xz archive", offset: 0, bytes: "\xfd7zXZ", advice: UNPACK },
  { name: "a bzip2 archive", offset: 0, bytes: "BZh", advice: UNPACK },
  { name: "a 7-Zip archive", offset: 0, bytes: "7z\xbc\xaf\x27\x1c", advice: UNPACK },
  { name: "a RAR archive", offset: 0, bytes: "Rar!", advice: UNPACK },
];

/** How far into a file a NUL byte is looked for. */
export const PROBE_BYTES = 8192;

const GZIP = "\x1f\x8b\x08";
const ZSTD = "\x28\xb5\x2f\xfd";
/** Frames that may be skipped, as some programs put before the first one; the lower half of the first byte says nothing. */
const ZSTD_SKIPPED = "\x50\x2a\x4d\x18";
const ZIP = "PK\x03\x04";
/** An archive without members. */
const EMPTY_ZIP = "PK\x05\x06";
const PARQUET = "PAR1";

export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, 0, GZIP);
}

export function isZstd(head: Uint8Array): boolean {
  return startsWith(head, 0, ZSTD) || startsWith(withoutSkippedKind(head), 0, ZSTD_SKIPPED);
}

export function isZip(head: Uint8Array): boolean {
  return startsWith(head, 0, ZIP) || startsWith(head, 0, EMPTY_ZIP);
}

export function isParquet(head: Uint8Array): boolean {
  return startsWith(head, 0, PARQUET);
}

/** Whether a beginning that may be too short to tell can become one of the above. */
export function mayBePacked(head: Uint8Array): boolean {
  const begins = (bytes: Uint8Array, mark: string): boolean => startsWith(bytes, 0, mark.slice(0, bytes.length));
  return [GZIP, ZSTD, ZIP, EMPTY_ZIP, PARQUET].some((mark) => begins(head, mark)) || begins(withoutSkippedKind(head), ZSTD_SKIPPED);
}

function withoutSkippedKind(head: Uint8Array): Uint8Array {
  return Uint8Array.from(head.subarray(0, 4), (byte, index) => (index === 0 ? byte & 0xf0 : byte));
}

/**
 * @param head the first bytes, PROBE_BYTES are enough
 * @returns null for text, also in UTF-16.
 */
export function describeBinary(head: Uint8Array): BinaryKind | null {
  for (const { name, offset, bytes, advice } of MAGICS)
    if (startsWith(head, offset, bytes)) return { name, advice: advice ?? GIVE_THE_EXPORT };
  const probe = head.subarray(0, PROBE_BYTES);
  if (utf16Mark(probe) !== null || !probe.includes(0) || utf16WithoutMark(probe) !== null) return null;
  return { name: "a binary file", advice: GIVE_THE_EXPORT };
}

function startsWith(head: Uint8Array, offset: number, bytes: string): boolean {
  if (head.length < offset + bytes.length) return false;
  for (let index = 0; index < bytes.length; index++) if (head[offset + index] !== bytes.charCodeAt(index)) return false;
  return true;
}
