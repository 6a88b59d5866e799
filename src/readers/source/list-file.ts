/** What one file stands for: a source, the members of an archive, or nothing. */
import { constants, type Stats } from "node:fs";
import { access, stat } from "node:fs/promises";
import { FormatError } from "../../core/error.ts";
import type { Known } from "../reader.ts";
import type { ZipMember } from "./archive.ts";
import { extensionWithin } from "./extensions.ts";
import { readLayout } from "./layout.ts";
import { type BinaryKind, describeBinary, isGzip, isParquet, isZip, isZstd, PROBE_BYTES, UNPACK } from "./magic.ts";
import { rawBytes, readJson, readStart, take } from "./raw.ts";
import type { Source, SourceListing } from "./source.ts";
import { unpackBytes } from "./unpack.ts";
import { hasUtf32Mark } from "./utf16.ts";
import { listZip } from "./zip.ts";

export const NOTHING: SourceListing = { sources: [], skipped: [], failures: [] };

/** @param stats null where the size does not matter */
export function fileSource(path: string, stats: Stats | null, named: boolean, known?: Known): Source {
  return {
    path,
    extension: extensionWithin(path),
    kind: "file",
    file: path,
    member: null,
    entry: null,
    byteLength: stats?.isFile() === true ? stats.size : null,
    named,
    ...(known === undefined ? {} : { known }),
  };
}

/**
 * @param named whether the user gave this very file, so that it not being a chat is an error
 * @throws FormatError, or what the file system says
 */
export async function listFile(path: string, stats: Stats, named: boolean, known?: Known): Promise<SourceListing> {
  const source = fileSource(path, stats, named, known);
  // A named pipe or device can be read once, from its start: nothing of it may be looked at here.
  if (!stats.isFile()) return { ...NOTHING, sources: [source] };
  const start = await readStart(path, PROBE_BYTES);
  if (isZip(start)) return await listArchive(source);
  if (isParquet(start)) return { ...NOTHING, sources: [{ ...source, extension: ".parquet" }] };
  const isPacked = isGzip(start) || isZstd(start);
  const head = isPacked ? await take(unpackBytes(path, rawBytes(source), true), PROBE_BYTES) : start;
  if (hasUtf32Mark(head) && !named)
    return { ...NOTHING, skipped: [{ path, reason: "is text in UTF-32; save it as UTF-8 to have it read" }] };
  const binary = hasUtf32Mark(head) ? null : ((isPacked ? describePacked(head) : null) ?? describeBinary(head));
  if (binary === null) return { ...NOTHING, sources: [source] };
  if (named) throw new FormatError("E_BINARY", `${path}: this is ${binary.name}, not text. ${binary.advice}`);
  return { ...NOTHING, skipped: [{ path, reason: `is ${binary.name}` }] };
}

/** What may not be packed once more. */
function describePacked(head: Uint8Array): BinaryKind | null {
  if (isZip(head)) return { name: "a packed zip archive or workbook", advice: UNPACK };
  if (isParquet(head)) return { name: "a packed Parquet table", advice: UNPACK };
  return isGzip(head) || isZstd(head) ? { name: "packed twice", advice: UNPACK } : null;
}

async function listArchive(source: Source): Promise<SourceListing> {
  const { path, named } = source;
  const { members, skipped, failures, isWorkbook } = await listZip(path);
  if (isWorkbook) return { ...NOTHING, sources: [{ ...source, extension: ".xlsx" }] };
  const others = skipped.map(({ name, reason }) => ({ path: `${path}/${name}`, reason }));
  if (members.length === 0 && failures.length === 0) {
    if (named)
      throw new FormatError(
        "E_ZIP",
        `${path}: the archive holds no file of messages (.txt, .json, .jsonl, .csv, .tsv, .html). Unpack it and give the files themselves.`,
      );
    return { ...NOTHING, skipped: [...others, { path, reason: "is an archive without a file of messages" }] };
  }
  const layout = await readLayout(
    members.map(({ name }) => name),
    (name, maxBytes) => readJson(memberSource(path, members.find((member) => member.name === name)!, 1), maxBytes),
  );
  const sources: Source[] = [];
  const seen = new Map<string, number>();
  for (const member of members) {
    const reason = layout.skipped.get(member.name);
    if (reason !== undefined) {
      others.push({ path: `${path}/${member.name}`, reason });
      continue;
    }
    const ordinal = (seen.get(member.name) ?? 0) + 1;
    seen.set(member.name, ordinal);
    sources.push(memberSource(path, member, ordinal, layout.known.get(member.name)));
  }
  return { sources, skipped: others, failures };
}

/** @param ordinal of the members of this name, from 1 */
function memberSource(archive: string, entry: ZipMember, ordinal: number, known?: Known): Source {
  return {
    path: `${archive}/${entry.name}${ordinal === 1 ? "" : ` (${ordinal})`}`,
    extension: extensionWithin(entry.name),
    kind: "member",
    file: archive,
    member: entry.name,
    entry,
    byteLength: null,
    named: false,
    ...(known === undefined ? {} : { known }),
  };
}

/** @throws what the file system says, where it may not be read */
export async function statSource(path: string): Promise<Stats> {
  const stats = await stat(path);
  await access(path, constants.R_OK);
  return stats;
}
