/**
 * Chats in zip archives: which members are read, and whether that is safe. Nothing is ever written to disk. What cannot
 * be read of an archive is one error for each reason, and the rest is read all the same.
 */
import { extname } from "node:path";
import { FormatError } from "../../core/error.ts";
import { readDirectory, type ZipMember } from "./archive.ts";
import { extensionWithin, isChatExtension, isHidden, isTableExtension } from "./extensions.ts";
import { sortByPath } from "./order.ts";

/** Members larger than this are only read if the archive has a plausible size. */
const SUSPECT_BYTES = 256 << 20;
/** Chats compress five- to twentyfold; past this it is a bomb, or members that overlap. */
const MAX_RATIO = 200;
const MAX_BYTES: number = 64 * 2 ** 30;
const LOCAL_HEADER_BYTES = 30;

/** How WhatsApp names the chat in its archives. */
const CHAT_NAMES: readonly string[] = ["_chat.txt", "whatsapp chat", "чат whatsapp", "whatsapp чаты"];
/** What every workbook of Excel holds. */
const WORKBOOK_NAMES: readonly string[] = ["[Content_Types].xml", "xl/workbook.xml"];

export interface ZipListing {
  /** What may hold messages, in the order of sortByPath; of several of one name all. */
  readonly members: readonly ZipMember[];
  readonly skipped: ReadonlyArray<{ readonly name: string; readonly reason: string }>;
  /** What may hold messages and cannot be read. */
  readonly failures: readonly FormatError[];
  /** The archive is a workbook: one source, and its members none. */
  readonly isWorkbook: boolean;
}

/**
 * Lists the members that hold messages: WhatsApp's chat if there is one (texts beside it are attachments), else all of a known kind.
 * @throws FormatError E_ZIP, E_ZIP_ENCRYPTED, E_ZIP_BOMB for an archive of which nothing is to be read
 */
export async function listZip(file: string): Promise<ZipListing> {
  const all = await readDirectory(file);
  const names = new Set(all.map(({ name }) => name));
  if (WORKBOOK_NAMES.every((name) => names.has(name))) return { members: [], skipped: [], failures: [], isWorkbook: true };
  const chats = all.filter(({ name }) => isChatName(name));
  const chosen = new Set(chats.length > 0 ? chats : all.filter(({ name }) => isKnownName(name)));
  const readable = [...chosen].filter((member) => !member.isEncrypted && canUnpack(member));
  checkSizes(readable, file);
  return {
    members: sortByPath(readable, ({ name }) => name),
    skipped: all
      .filter((member) => !chosen.has(member) && !isHidden(member.name))
      .map(({ name }) => ({ name, reason: skipReason(name, chats.length > 0) })),
    failures: unreadable(file, [...chosen], readable.length),
    isWorkbook: false,
  };
}

function canUnpack({ method }: ZipMember): boolean {
  return method === 0 || method === 8;
}

function unreadable(file: string, chosen: readonly ZipMember[], readableCount: number): FormatError[] {
  const rest = readableCount > 0 ? ` The other ${readableCount} are read.` : "";
  const encrypted = chosen.filter((member) => member.isEncrypted);
  const strange = chosen.filter((member) => !member.isEncrypted && !canUnpack(member));
  const failures: FormatError[] = [];
  if (encrypted[0] !== undefined)
    failures.push(
      new FormatError(
        "E_ZIP_ENCRYPTED",
        `${file}: ${namely(encrypted)} encrypted.${rest} Unpack the archive with its password and give what is inside.`,
      ),
    );
  if (strange[0] !== undefined)
    failures.push(
      new FormatError(
        "E_ZIP",
        `${file}: ${namely(strange)} packed by method ${strange[0].method}, which is not supported.${rest} Unpack the archive and give what is inside.`,
      ),
    );
  return failures;
}

function namely([first, ...others]: readonly ZipMember[]): string {
  return others.length === 0 ? `${first!.name} is` : `${first!.name} and ${others.length} other members are`;
}

/** @throws FormatError E_ZIP_BOMB */
export function checkSizes(members: readonly ZipMember[], file: string): void {
  let [total, packedTotal, end] = [0, 0, 0];
  for (const { name, offset, byteLength, packedBytes } of [...members].sort((a, b) => a.offset - b.offset)) {
    if (byteLength > SUSPECT_BYTES && byteLength / Math.max(1, packedBytes) > MAX_RATIO) throw bomb(file, byteLength, packedBytes);
    if (offset < end)
      throw new FormatError(
        "E_ZIP_BOMB",
        `${file}: ${name} shares bytes with another member, as only bombs do. It was not read; if you trust it, unpack it and give the file itself.`,
      );
    end = offset + LOCAL_HEADER_BYTES + packedBytes;
    total += byteLength;
    packedTotal += packedBytes;
  }
  if (total > MAX_BYTES || (total > SUSPECT_BYTES && total / Math.max(1, packedTotal) > MAX_RATIO)) throw bomb(file, total, packedTotal);
}

function bomb(file: string, unpacked: number, packed: number): FormatError {
  return new FormatError(
    "E_ZIP_BOMB",
    `${file}: ${packed} bytes would unpack to ${unpacked}, which no chat does. It was not read; if you trust it, unpack it and give the file itself.`,
  );
}

function isChatName(name: string): boolean {
  const base = name
    .slice(name.lastIndexOf("/") + 1)
    .normalize("NFC")
    .toLowerCase();
  return base.endsWith(".txt") && !isHidden(name) && CHAT_NAMES.some((chat) => base.startsWith(chat));
}

function isKnownName(name: string): boolean {
  const extension = extensionWithin(name);
  return extname(name) !== "" && isChatExtension(extension) && !isTableExtension(extension) && extension !== ".zip" && !isHidden(name);
}

function skipReason(name: string, isWhatsapp: boolean): string {
  const extension = extensionWithin(name);
  if (extension === ".zip") return "is an archive within an archive; unpack it to have it read";
  if (isWhatsapp) return "is an attachment of a WhatsApp chat";
  if (isTableExtension(extension)) return "is a table that can only be read on its own; unpack the archive to have it read";
  return "is not of a kind that holds messages";
}
