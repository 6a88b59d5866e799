/** Where bytes come from: files, gzip, Zstandard, members of zips, folders of them, standard input. All of them as chunks of UTF-8 text. */
import { fstatSync } from "node:fs";
import { relative, sep } from "node:path";
import pLimit, { type LimitFunction } from "p-limit";
import { FormatError } from "../../core/error.ts";
import { HEAD_BYTES, type Known } from "../reader.ts";
import type { ZipMember } from "./archive.ts";
import { decodeBytes } from "./bytes.ts";
import type { Encoding } from "./encoding.ts";
import { isTableExtension } from "./extensions.ts";
import { asFormatError } from "./file-error.ts";
import { walkFolder } from "./folder.ts";
import { type Layout, readLayout } from "./layout.ts";
import { fileSource, listFile, NOTHING, statSource } from "./list-file.ts";
import { isParquet, isZip } from "./magic.ts";
import { borrowedBytes, rawBytes, readJson, readStart, take } from "./raw.ts";
import { readStdinHead } from "./stdin.ts";

export interface Source {
  /**
   * As given; within a folder joined to it; "chat.zip/_chat.txt" for a member, "chat.zip/_chat.txt (2)" for the second one
   * of that name; "-" for standard input.
   */
  readonly path: string;
  /**
   * Lower-case, with the dot, that of "chat.jsonl.gz" being ".jsonl"; "" if there is none. Of an Excel workbook ".xlsx" and
   * of a Parquet table ".parquet", whatever the name: those are read by Format.unpack.
   */
  readonly extension: string;
  readonly kind: "file" | "member" | "stdin";
  /** The file on disk; the archive for a member. */
  readonly file: string;
  /** Name within the archive, null unless `kind` is "member". */
  readonly member: string | null;
  /** Where it lies in the archive, null unless `kind` is "member". The archive is open only while it is read. */
  readonly entry: ZipMember | null;
  /** Size on disk for showing progress, null if unknown. */
  readonly byteLength: number | null;
  /** The user gave this very file, or it is standard input; else it was found in a folder or an archive. */
  readonly named: boolean;
  /** What files beside it tell. */
  readonly known?: Known;
}

/** A file of a folder or archive that holds no messages as far as its name and first bytes tell. */
export interface SkippedFile {
  readonly path: string;
  /** Follows the path: "is a JPEG image". */
  readonly reason: string;
}

/** Everything found, each list in the order of the arguments and within folders and archives in that of names. */
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
export function openSource(source: Source): AsyncGenerator<Uint8Array> {
  return decodeSource(source, rawBytes(source));
}

/**
 * The same for those who read on: a chunk is only valid until the next one is asked for, so that a file of gigabytes leaves
 * no buffers behind for the garbage collector to find.
 * @param onEncoding called once when it is certain what the text is in, at the latest at the end
 * @throws FormatError while iterating
 */
export function readSource(source: Source, onEncoding?: (encoding: Encoding) => void): AsyncGenerator<Uint8Array> {
  return decodeSource(source, borrowedBytes(source), onEncoding);
}

async function* decodeSource(
  source: Source,
  raw: AsyncIterable<Uint8Array>,
  onEncoding?: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* decodeBytes(source.path, raw, { onEncoding });
  } catch (cause) {
    throw asFormatError(source.path, cause);
  }
}

/**
 * The first bytes, unpacked and decoded, up to HEAD_BYTES; of a workbook or a Parquet table as they are. Standard input
 * keeps them for `openSource` and gives what has come so far once it holds a line, so that a slow pipe is not waited for.
 * @throws FormatError
 */
export async function readHead(source: Source): Promise<Uint8Array> {
  try {
    if (source.kind === "file" && isTableExtension(source.extension)) {
      const raw = await readStart(source.file, HEAD_BYTES);
      if (isZip(raw) || isParquet(raw)) return raw;
    }
    const raw = source.kind === "stdin" ? replay(await readStdinHead(HEAD_BYTES)) : rawBytes(source);
    return await take(decodeBytes(source.path, raw, { isHead: true }), HEAD_BYTES);
  } catch (cause) {
    throw asFormatError(source.path, cause);
  }
}

async function* replay(head: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
}

function isFolder(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isDirectory();
  } catch {
    return false;
  }
}

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
    return await listFolder(path, limit);
  } catch (cause) {
    return { ...NOTHING, failures: [asFormatError(path, cause)] };
  }
}

function listStdin(): SourceListing {
  if (isFolder(0)) {
    const failure = new FormatError("E_DIRECTORY", "stdin: this is a folder, not text. Give its path as an argument instead.");
    return { ...NOTHING, failures: [failure] };
  }
  const source: Source = { path: "-", extension: "", kind: "stdin", file: "-", member: null, entry: null, byteLength: null, named: true };
  return { ...NOTHING, sources: [source] };
}

async function listFolder(folder: string, limit: LimitFunction): Promise<SourceListing> {
  const { files, skipped } = await walkFolder(folder);
  const byName = new Map(files.map((file) => [relative(folder, file).split(sep).join("/"), file]));
  const layout = await readLayout([...byName.keys()], (name, maxBytes) => readJson(fileSource(byName.get(name)!, null, false), maxBytes));
  const listings = [...byName].map(([name, file]) => limit(() => listFolderFile(file, name, layout)));
  const found = joinListings([{ ...NOTHING, skipped }, ...(await Promise.all(listings))]);
  if (found.sources.length > 0 || found.failures.length > 0) return found;
  const failure = new FormatError(
    "E_EMPTY_FOLDER",
    `${folder}: the folder holds no file that could be a chat (${found.skipped.length} skipped). Give a chat export, or name a file itself to have it read as it is.`,
  );
  return { ...found, failures: [failure] };
}

async function listFolderFile(path: string, name: string, layout: Layout): Promise<SourceListing> {
  const reason = layout.skipped.get(name);
  if (reason !== undefined) return { ...NOTHING, skipped: [{ path, reason }] };
  try {
    return await listFile(path, await statSource(path), false, layout.known.get(name));
  } catch (cause) {
    return { ...NOTHING, failures: [asFormatError(path, cause)] };
  }
}
