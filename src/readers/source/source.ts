/** Where bytes come from: files, gzip, members of zips, folders of them, standard input. All of them as chunks of UTF-8 text. */
import { constants, createReadStream, fstatSync, type Stats } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { extname } from "node:path";
import pLimit, { type LimitFunction } from "p-limit";
import { FormatError } from "../../core/error.ts";
import { HEAD_BYTES } from "../reader.ts";
import { CHUNK_BYTES, decodeBytes } from "./bytes.ts";
import { walkFolder } from "./folder.ts";
import { describeBinary, isGzip, isZip, PROBE_BYTES } from "./magic.ts";
import { readStdin, readStdinHead } from "./stdin.ts";
import { listZip, readZipMember } from "./zip.ts";

export interface Source {
  /** As given; within a folder joined to it; "chat.zip/_chat.txt" for a member; "-" for standard input. */
  readonly path: string;
  /** Lower-case, with the dot, that of "chat.jsonl.gz" being ".jsonl"; "" if there is none. */
  readonly extension: string;
  readonly kind: "file" | "member" | "stdin";
  /** The file on disk; the archive for a member. */
  readonly file: string;
  /** Name within the archive, null unless `kind` is "member". */
  readonly member: string | null;
  /** Size on disk for showing progress, null if unknown. */
  readonly byteLength: number | null;
}

/** A file of a folder or archive that holds no messages as far as its name and first bytes tell. */
export interface SkippedFile {
  readonly path: string;
  /** Follows the path: "is a JPEG image". */
  readonly reason: string;
}

/** Everything found, each list in the order of the arguments and within folders in code-point order. */
export interface SourceListing {
  readonly sources: readonly Source[];
  readonly skipped: readonly SkippedFile[];
  /** What was asked for and cannot be read; the other sources are not affected. */
  readonly failures: readonly FormatError[];
}

const OPEN_AT_ONCE = 8;

/** Lists what the paths stand for, none at all being standard input. Never throws because of a file. */
export async function listSources(paths: readonly string[]): Promise<SourceListing> {
  const limit = pLimit(OPEN_AT_ONCE);
  return joinListings(await Promise.all((paths.length === 0 ? ["-"] : paths).map((path) => listPath(path, limit))));
}

/**
 * Chunks of some 256 KiB, unpacked, without byte order mark. A chunk is the caller's for good, and never a Buffer: that
 * would make the readers' loops over bytes see two kinds of arrays. Leaving the loop closes the file.
 * @throws FormatError while iterating
 */
export async function* openSource(source: Source): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of decodeBytes(source.path, rawBytes(source)))
      yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
  } catch (cause) {
    throw asFormatError(source.path, cause);
  }
}

/**
 * The first bytes, unpacked, up to HEAD_BYTES. Standard input keeps them for `openSource` and gives what has come so far
 * once it holds a line, so that a slow pipe is not waited for.
 * @throws FormatError
 */
export async function readHead(source: Source): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const raw = source.kind === "stdin" ? replay(await readStdinHead(HEAD_BYTES)) : rawBytes(source);
    for await (const chunk of decodeBytes(source.path, raw, true)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (cause) {
    throw asFormatError(source.path, cause);
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

async function* replay(head: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
}

function rawBytes(source: Source): AsyncIterable<Uint8Array> {
  if (source.kind === "stdin") return readStdin();
  if (source.member !== null) return readZipMember(source.file, source.member);
  return createReadStream(source.file, { highWaterMark: CHUNK_BYTES });
}

function isFolder(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isDirectory();
  } catch {
    return false;
  }
}

const NOTHING: SourceListing = { sources: [], skipped: [], failures: [] };

function joinListings(listings: readonly SourceListing[]): SourceListing {
  return {
    sources: listings.flatMap((listing) => listing.sources),
    skipped: listings.flatMap((listing) => listing.skipped),
    failures: listings.flatMap((listing) => listing.failures),
  };
}

async function listPath(path: string, limit: LimitFunction): Promise<SourceListing> {
  if (path === "-") return listStdin();
  try {
    const stats = await statSource(path);
    if (!stats.isDirectory()) return await limit(() => listFile(path, stats, true));
    const { files, skipped } = await walkFolder(path);
    const listings = await Promise.all(files.map((file) => limit(() => listFolderFile(file))));
    const found = joinListings([{ ...NOTHING, skipped }, ...listings]);
    if (found.sources.length > 0 || found.failures.length > 0) return found;
    const failure = new FormatError(
      "E_EMPTY_FOLDER",
      `${path}: the folder holds no file that could be a chat (${found.skipped.length} skipped). Give a chat export, or name a file itself to have it read as it is.`,
    );
    return { ...found, failures: [failure] };
  } catch (cause) {
    return { ...NOTHING, failures: [asFormatError(path, cause)] };
  }
}

function listStdin(): SourceListing {
  if (isFolder(0)) {
    const failure = new FormatError("E_DIRECTORY", "stdin: this is a folder, not text. Give its path as an argument instead.");
    return { ...NOTHING, failures: [failure] };
  }
  return { ...NOTHING, sources: [{ path: "-", extension: "", kind: "stdin", file: "-", member: null, byteLength: null }] };
}

async function listFolderFile(path: string): Promise<SourceListing> {
  try {
    return await listFile(path, await statSource(path), false);
  } catch (cause) {
    return { ...NOTHING, failures: [asFormatError(path, cause)] };
  }
}

/** @param named whether the user gave this very file, so that it not being a chat is an error. */
async function listFile(path: string, stats: Stats, named: boolean): Promise<SourceListing> {
  const source: Source = {
    path,
    extension: textExtension(path),
    kind: "file",
    file: path,
    member: null,
    byteLength: stats.isFile() ? stats.size : null,
  };
  // A named pipe or device can be read once, from its start: nothing of it may be looked at here.
  if (!stats.isFile()) return { ...NOTHING, sources: [source] };
  const packed = await readProbe(path);
  if (isZip(packed)) return await listArchive(path, named);
  const binary = describeBinary(isGzip(packed) ? await readHead(source) : packed);
  if (binary === null) return { ...NOTHING, sources: [source] };
  if (named)
    throw new FormatError(
      "E_BINARY",
      `${path}: this is ${binary}, not text. Give the chat export itself (a .txt, .json, .jsonl, .csv or .zip file).`,
    );
  return { ...NOTHING, skipped: [{ path, reason: `is ${binary}` }] };
}

async function listArchive(path: string, named: boolean): Promise<SourceListing> {
  const { members, skipped } = await listZip(path);
  const others = skipped.map(({ name, reason }) => ({
    path: `${path}/${name}`,
    reason,
  }));
  if (members.length === 0) {
    if (named)
      throw new FormatError(
        "E_ZIP",
        `${path}: the archive holds no file of messages (.txt, .json, .jsonl, .csv, .tsv). Unpack it and give the files themselves.`,
      );
    return { ...NOTHING, skipped: [...others, { path, reason: "is an archive without a file of messages" }] };
  }
  const sources = members.map(
    (member): Source => ({
      path: `${path}/${member}`,
      extension: textExtension(member),
      kind: "member",
      file: path,
      member,
      byteLength: null,
    }),
  );
  return { ...NOTHING, sources, skipped: others };
}

async function statSource(path: string): Promise<Stats> {
  const stats = await stat(path);
  await access(path, constants.R_OK);
  return stats;
}

async function readProbe(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(PROBE_BYTES), 0, PROBE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function textExtension(path: string): string {
  const extension = extname(path).toLowerCase();
  return extension === ".gz" ? extname(path.slice(0, -3)).toLowerCase() : extension;
}

function asFormatError(path: string, cause: unknown): FormatError {
  if (cause instanceof FormatError) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new FormatError("E_NOT_FOUND", `${path}: there is no such file or folder. Check the name; names with spaces need quotes.`, {
      cause,
    });
  if (code === "EACCES" || code === "EPERM")
    return new FormatError("E_UNREADABLE", `${path}: reading it is not permitted. Check its permissions.`, { cause });
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FormatError("E_UNREADABLE", `${path}: it cannot be read (${what}).`, { cause });
}
