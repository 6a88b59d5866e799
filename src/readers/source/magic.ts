/** Tells text from media by the first bytes. Names lie, and folders of exports are full of photos and voice notes. */

interface Magic {
  readonly name: string;
  readonly offset: number;
  readonly bytes: readonly number[];
}

/** Signatures of what lies beside chats in exports. Only those that text cannot begin with. */
const MAGICS: readonly Magic[] = [
  { name: "a JPEG image", offset: 0, bytes: [0xff, 0xd8, 0xff] },
  { name: "a PNG image", offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { name: "a GIF image", offset: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  {
    name: "a WebP image, WAV or AVI",
    offset: 0,
    bytes: [0x52, 0x49, 0x46, 0x46],
  },
  {
    name: "an Ogg or Opus recording",
    offset: 0,
    bytes: [0x4f, 0x67, 0x67, 0x53],
  },
  { name: "an MP3 recording", offset: 0, bytes: [0x49, 0x44, 0x33] },
  {
    name: "an MP4 or similar video",
    offset: 4,
    bytes: [0x66, 0x74, 0x79, 0x70],
  },
  {
    name: "a Matroska or WebM video",
    offset: 0,
    bytes: [0x1a, 0x45, 0xdf, 0xa3],
  },
  { name: "a PDF document", offset: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  {
    name: "an SQLite database",
    offset: 0,
    bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66],
  },
  { name: "a Parquet table", offset: 0, bytes: [0x50, 0x41, 0x52, 0x31] },
  { name: "a Zstandard archive", offset: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: "an xz archive", offset: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: "a bzip2 archive", offset: 0, bytes: [0x42, 0x5a, 0x68] },
  {
    name: "a 7-Zip archive",
    offset: 0,
    bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  },
  { name: "a RAR archive", offset: 0, bytes: [0x52, 0x61, 0x72, 0x21] },
];

/** How far into a file a NUL byte is looked for. */
export const PROBE_BYTES = 8192;

export function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** An archive with members, or an empty one. */
export function isZip(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === head[2]! + 1;
}

/**
 * What a file is if it is not text, in words that follow "is"; null for text, also in UTF-16 with a byte order mark.
 * @param head its first bytes, PROBE_BYTES are enough.
 */
export function describeBinary(head: Uint8Array): string | null {
  for (const { name, offset, bytes } of MAGICS) if (bytes.every((byte, index) => head[offset + index] === byte)) return name;
  if (isUtf16(head)) return null;
  return head.subarray(0, PROBE_BYTES).includes(0) ? "a binary file" : null;
}

/** Begins with the byte order mark of UTF-16, and not of UTF-32. */
export function isUtf16(head: Uint8Array): boolean {
  if (head[0] === 0xfe && head[1] === 0xff) return true;
  return head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0);
}
