/**
 * The list of members of a zip archive, read once, and their bytes. Each member opens the archive for itself, so that there
 * is nothing to close but what is being read. Files are read synchronously: ten thousand small members would mostly wait.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { constants, crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import type { Entry } from "yauzl";
import { FormatError } from "../../core/error.ts";
import { memberName } from "./member-name.ts";
import { CHUNK_BYTES, through } from "./unpack.ts";

/** As the list of members has it; all of it may be a lie. */
export interface ZipMember {
  /** The archive. */
  readonly file: string;
  /** With "/" between folders. */
  readonly name: string;
  readonly isEncrypted: boolean;
  /** Of the zip specification: 0 stored, 8 deflated. */
  readonly method: number;
  /** Where its local header begins. */
  readonly offset: number;
  readonly packedBytes: number;
  readonly byteLength: number;
  readonly checksum: number;
}

const MAX_MEMBERS = 200_000;
const MAX_NAME_BYTES: number = 64 << 20;
/** Of the list, which is read entry by entry. */
const READ_AHEAD_BYTES = 256 << 10;
const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
/** Members that are no larger, packed and unpacked, are unpacked at once. */
const SMALL_PACKED_BYTES: number = 256 << 10;
const SMALL_BYTES: number = 4 << 20;

/**
 * Files only, no folders, in the archive's order.
 * @throws FormatError E_ZIP, E_ZIP_ENCRYPTED, E_ZIP_BOMB
 */
export async function readDirectory(file: string): Promise<ZipMember[]> {
  try {
    const descriptor = openSync(file, "r");
    try {
      return await readEntries(file, descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw zipError(file, cause);
  }
}

async function readEntries(file: string, descriptor: number): Promise<ZipMember[]> {
  const { fromRandomAccessReaderPromise, RandomAccessReader } = await import("yauzl"); // only archives pay for it
  const { size } = fstatSync(descriptor);
  const read = readAhead(descriptor);
  const reader = new (class extends RandomAccessReader {
    override read(
      into: Buffer,
      at: number,
      length: number,
      position: number,
      done: (error: Error | null, byteLength?: number) => void,
    ): void {
      let byteLength: number;
      try {
        byteLength = read(into.subarray(at, at + length), position);
      } catch (cause) {
        done(cause as Error);
        return;
      }
      done(null, byteLength);
    }
  })();
  const zip = await fromRandomAccessReaderPromise(reader, size, { decodeStrings: false, validateEntrySizes: false, autoClose: false });
  if (zip.entryCount > MAX_MEMBERS)
    throw new FormatError(
      "E_ZIP_BOMB",
      `${file}: the archive declares ${zip.entryCount} members, which is more than any chat export has. It was not read.`,
    );
  const members: ZipMember[] = [];
  let nameBytes = 0;
  for await (const entry of zip.eachEntry()) {
    nameBytes += entry.fileNameLength;
    if (nameBytes > MAX_NAME_BYTES) throw new Error("the names of its members take more than 64 MiB");
    const name = memberName(entry);
    if (!name.endsWith("/")) members.push(toMember(file, name, entry));
  }
  return members;
}

function toMember(file: string, name: string, entry: Entry): ZipMember {
  return {
    file,
    name,
    isEncrypted: entry.isEncrypted(),
    method: entry.compressionMethod,
    offset: entry.relativeOffsetOfLocalHeader,
    packedBytes: entry.compressedSize,
    byteLength: entry.uncompressedSize,
    checksum: entry.crc32,
  };
}

/** Reads by large pieces what is asked for in small ones, mostly one after the other. */
function readAhead(descriptor: number): (into: Buffer, position: number) => number {
  const ahead = Buffer.alloc(READ_AHEAD_BYTES);
  let [start, length] = [0, 0];
  return (into, position) => {
    if (into.length > ahead.length) return readSync(descriptor, into, 0, into.length, position);
    if (position < start || position + into.length > start + length) {
      start = position;
      length = readSync(descriptor, ahead, 0, ahead.length, position);
    }
    return ahead.copy(into, 0, position - start, Math.min(length, position - start + into.length));
  };
}

/**
 * Streams one member. The archive is open only meanwhile; leaving the loop closes it. The size and the checksum that the
 * list declares are checked on the way.
 * @throws FormatError E_ZIP while iterating
 */
export async function* readMember(member: ZipMember): AsyncGenerator<Uint8Array> {
  try {
    const descriptor = openSync(member.file, "r");
    try {
      let [length, checksum] = [0, 0];
      for await (const chunk of unpackMember(descriptor, member)) {
        length += chunk.length;
        if (length > member.byteLength) throw new Error(`${member.name} is longer than the archive says`);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
      if (length < member.byteLength) throw new Error(`${member.name} is shorter than the archive says`);
      if (checksum !== member.checksum) throw new Error(`the checksum of ${member.name} is wrong`);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw zipError(member.file, cause);
  }
}

async function* unpackMember(descriptor: number, member: ZipMember): AsyncGenerator<Uint8Array> {
  const header = readExactly(descriptor, member.offset, LOCAL_HEADER_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new Error(`${member.name} does not lie where the archive says`);
  const start = member.offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (member.method === 0) {
    yield* readRange(descriptor, start, member.packedBytes);
    return;
  }
  if (member.packedBytes <= SMALL_PACKED_BYTES && member.byteLength <= SMALL_BYTES) {
    const unpacked = inflateAtOnce(readExactly(descriptor, start, member.packedBytes), member.byteLength);
    if (unpacked !== null) {
      yield unpacked;
      return;
    }
  }
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_FINISH });
  yield* through(readRange(descriptor, start, member.packedBytes), inflate);
}

/** @returns null for what is damaged: unpacked piece by piece it gives what comes before the damage. */
function inflateAtOnce(packed: Buffer, byteLength: number): Uint8Array | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, byteLength) });
  } catch {
    return null;
  }
}

async function* readRange(descriptor: number, start: number, byteLength: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < byteLength; at += CHUNK_BYTES) yield readExactly(descriptor, start + at, Math.min(CHUNK_BYTES, byteLength - at));
}

/** A buffer of its own, for chunks are kept. */
function readExactly(descriptor: number, position: number, byteLength: number): Buffer {
  const buffer = Buffer.alloc(byteLength);
  if (readSync(descriptor, buffer, 0, byteLength, position) < byteLength) throw new Error("it ends before its members do");
  return buffer;
}

function zipError(file: string, cause: unknown): unknown {
  if (cause instanceof FormatError || isFileError(cause)) return cause;
  const what = cause instanceof Error ? cause.message : String(cause);
  if (what.includes("strong encryption"))
    return new FormatError("E_ZIP_ENCRYPTED", `${file}: the archive is encrypted. Unpack it with its password and give what is inside.`, {
      cause,
    });
  return new FormatError(
    "E_ZIP",
    `${file}: the archive is damaged or unsafe (${what}). Export or download it again, or unpack it and give the files themselves.`,
    { cause },
  );
}

/** Of opening and reading the file; what they mean is told by those who list sources. */
function isFileError(cause: unknown): boolean {
  return cause instanceof Error && "syscall" in cause;
}
