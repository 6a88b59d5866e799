/**
 * Chats in zip archives, streamed: nothing is written to disk, so what the names of members say can do no harm, but an
 * archive whose names climb out of it is refused all the same.
 */
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { FormatError } from "../../core/error.ts";

/** Members larger than this are only read if the archive has a plausible size. */
const SUSPECT_BYTES = 256 << 20;
/** Chats compress five- to twentyfold; past this it is a bomb, or members that overlap. */
const MAX_RATIO = 200;
const MAX_BYTES: number = 64 * 2 ** 30;
const MAX_MEMBERS = 200_000;

/** How WhatsApp names the chat in its archives. */
const CHAT_NAMES: readonly string[] = ["_chat.txt", "whatsapp chat", "чат whatsapp", "whatsapp чаты"];
const MEMBER_EXTENSIONS: readonly string[] = [".txt", ".json", ".jsonl", ".ndjson", ".csv", ".tsv"];

export interface ZipListing {
  /** Names of the members to read, in code-point order. */
  readonly members: readonly string[];
  readonly skipped: ReadonlyArray<{
    readonly name: string;
    readonly reason: string;
  }>;
}

/**
 * Lists the members that hold messages: WhatsApp's chat if there is one (texts beside it are attachments), else all of a known kind.
 * @throws FormatError E_ZIP, E_ZIP_ENCRYPTED, E_ZIP_BOMB
 */
export async function listZip(file: string): Promise<ZipListing> {
  const zip = await openZip(file);
  try {
    const entries = await readEntries(zip, file);
    const chats = entries.filter((entry) => isChatName(entry.fileName));
    const chosen = chats.length > 0 ? chats : entries.filter((entry) => isKnownName(entry.fileName));
    checkSizes(chosen, zip.fileSize, file);
    const skipped = entries
      .filter((entry) => !chosen.includes(entry) && !isHidden(entry.fileName))
      .map((entry) => ({
        name: entry.fileName,
        reason: skipReason(entry.fileName, chats.length > 0),
      }));
    return {
      members: [...new Set(chosen.map((entry) => entry.fileName))].sort(compareCodePoints),
      skipped,
    };
  } finally {
    zip.close();
  }
}

/**
 * Streams one member. The checksum and the size the archive declares are checked on the way.
 * @throws FormatError E_ZIP
 */
export async function* readZipMember(file: string, member: string): AsyncGenerator<Uint8Array> {
  const zip = await openZip(file);
  try {
    const entry = (await readEntries(zip, file)).find((candidate) => candidate.fileName === member);
    if (entry === undefined)
      throw new FormatError("E_ZIP", `${file}: the archive has no member ${member} any more. Run the command again.`);
    checkSizes([entry], zip.fileSize, file);
    let checksum = 0;
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (checksum !== entry.crc32) throw new Error(`the checksum of ${member} is wrong`);
  } catch (cause) {
    throw zipError(file, cause);
  } finally {
    zip.close();
  }
}

/** By code points, which for UTF-8 is by bytes; the same on every machine, unlike a locale's order. */
export function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    const { openPromise } = await import("yauzl"); // only archives pay for it
    return await openPromise(file, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
    });
  } catch (cause) {
    throw zipError(file, cause);
  }
}

async function readEntries(zip: ZipFile, file: string): Promise<Entry[]> {
  if (zip.entryCount > MAX_MEMBERS)
    throw new FormatError(
      "E_ZIP_BOMB",
      `${file}: the archive declares ${zip.entryCount} members, which is more than any chat export has. It was not read.`,
    );
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) entries.push(entry);
  } catch (cause) {
    throw zipError(file, cause);
  }
  return entries;
}

function checkSizes(entries: readonly Entry[], archiveBytes: number, file: string): void {
  let total = 0;
  for (const entry of entries) {
    if (entry.isEncrypted())
      throw new FormatError(
        "E_ZIP_ENCRYPTED",
        `${file}: ${entry.fileName} is encrypted. Unpack the archive with its password and give the file itself.`,
      );
    if (!entry.canDecodeFileData())
      throw new FormatError(
        "E_ZIP",
        `${file}: ${entry.fileName} is packed by method ${entry.compressionMethod}, which is not supported. Unpack the archive and give the file itself.`,
      );
    total += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (entry.uncompressedSize > SUSPECT_BYTES && ratio > MAX_RATIO) throw bomb(file, entry.uncompressedSize, entry.compressedSize);
  }
  // Members that share their packed bytes are each plausible; all of them together are not.
  if (total > MAX_BYTES || (total > SUSPECT_BYTES && total / Math.max(1, archiveBytes) > MAX_RATIO)) throw bomb(file, total, archiveBytes);
}

function bomb(file: string, unpacked: number, packed: number): FormatError {
  return new FormatError(
    "E_ZIP_BOMB",
    `${file}: ${packed} bytes would unpack to ${unpacked}, which no chat does. It was not read; if you trust it, unpack it and give the file itself.`,
  );
}

function zipError(file: string, cause: unknown): FormatError {
  if (cause instanceof FormatError) return cause;
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FormatError(
    "E_ZIP",
    `${file}: the archive is damaged or unsafe (${what}). Export or download it again, or unpack it and give the files themselves.`,
    { cause },
  );
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function isChatName(name: string): boolean {
  const base = baseName(name).normalize("NFC").toLowerCase();
  return base.endsWith(".txt") && !isHidden(name) && CHAT_NAMES.some((chat) => base.startsWith(chat));
}

function isKnownName(name: string): boolean {
  return !isHidden(name) && MEMBER_EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension));
}

/** Dot files and what macOS adds to archives. */
function isHidden(name: string): boolean {
  return name.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "node_modules");
}

function skipReason(name: string, isWhatsapp: boolean): string {
  if (name.toLowerCase().endsWith(".zip")) return "is an archive within an archive; unpack it to have it read";
  return isWhatsapp ? "is an attachment of a WhatsApp chat" : "is not of a kind that holds messages";
}
