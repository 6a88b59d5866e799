/** Takes files out of gzip and Zstandard, one layer of it. */
import { pipeline, Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { FormatError } from "../../core/error.ts";
import { isGzip, isParquet, isZip, isZstd, mayBePacked } from "./magic.ts";
import { unpackZstd } from "./zstd.ts";

/** Size of the chunks that are handed on, roughly. */
export const CHUNK_BYTES: number = 256 << 10;
/** Bytes needed to recognise what is packed. */
const PROBE_BYTES = 4;
/** A stream that grows more than this is let go on only while it is small. */
const MAX_RATIO = 500;
const SUSPECT_BYTES = 1 << 30;

/**
 * @param path for messages of errors
 * @param isHead only the beginning is looked at: it is no error if packed data breaks off or is damaged
 * @throws FormatError E_GZIP, E_GZIP_BOMB, E_ZSTD, E_ZSTD_BOMB, E_ZIP, E_BINARY while iterating
 */
export async function* unpackBytes(path: string, raw: AsyncIterable<Uint8Array>, isHead = false): AsyncGenerator<Uint8Array> {
  const { head, rest } = await splitHead(raw);
  const bytes = concatenate(head, rest);
  if (isGzip(head)) yield* unpack(path, GZIP, bytes, isHead);
  else if (isZstd(head)) yield* unpack(path, ZSTD, bytes, isHead);
  else if (isZip(head) || isParquet(head)) {
    await rest.return?.();
    throw notAlone(path, isZip(head));
  } else yield* bytes;
}

/** Archives and tables that lie on disk by themselves are read by their names; this one came through a pipe or is wanted as text. */
function notAlone(path: string, isArchive: boolean): FormatError {
  return isArchive
    ? new FormatError(
        "E_ZIP",
        `${path}: a zip archive or an Excel workbook can only be scanned, from a file by its name, because its list of members is at its end. Save it and give the file, or unpack it (a workbook: save it as CSV).`,
      )
    : new FormatError(
        "E_BINARY",
        `${path}: a Parquet table can only be scanned, from a file by its name, because its description is at its end. Save it and give the file, or convert it to CSV or JSONL.`,
      );
}

interface Packing {
  readonly name: string;
  /** Of errors. */
  readonly code: string;
  open(path: string, packed: AsyncIterable<Uint8Array>, isHead: boolean): AsyncIterable<Uint8Array>;
}

const GZIP: Packing = {
  name: "gzip",
  code: "E_GZIP",
  open: (_, packed, isHead) =>
    through(
      packed,
      zlib.createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: isHead ? zlib.constants.Z_SYNC_FLUSH : zlib.constants.Z_FINISH }),
    ),
};

/** Of Node 22.15 and later. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform };

const ZSTD: Packing = {
  name: "Zstandard",
  code: "E_ZSTD",
  open: (path, packed) =>
    createZstdDecompress === undefined ? unpackZstd(path, packed) : through(packed, createZstdDecompress({ chunkSize: CHUNK_BYTES })),
};

async function* unpack(path: string, packing: Packing, packed: AsyncIterable<Uint8Array>, isHead: boolean): AsyncGenerator<Uint8Array> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  let readingError: unknown = null;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of packed) {
        packedBytes += chunk.length;
        yield chunk;
      }
    } catch (cause) {
      readingError = cause;
      throw cause;
    }
  };
  try {
    for await (const chunk of packing.open(path, counted(), isHead)) {
      unpackedBytes += chunk.length;
      if (unpackedBytes > SUSPECT_BYTES && unpackedBytes / packedBytes > MAX_RATIO)
        throw new FormatError(
          `${packing.code}_BOMB`,
          `${path}: ${packedBytes} bytes have unpacked to ${unpackedBytes} so far, which no chat does. Reading stopped; if you trust it, unpack it and give the file itself.`,
        );
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof FormatError || cause === readingError) throw cause;
    if (isHead) return; // reading on will tell
    throw new FormatError(
      packing.code,
      `${path}: the ${packing.name} data is cut off or damaged (${cause instanceof Error ? cause.message : cause}). Copy or download the file again; only what could be unpacked before that was read.`,
      { cause },
    );
  }
}

/** What comes out of a transform; leaving the loop closes both ends. */
export async function* through(packed: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  // The error, if any, comes out of the iteration below; `pipeline` only sees to it that both ends are closed.
  pipeline(source, transform, () => {});
  try {
    yield* transform as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
    transform.destroy();
  }
}

/** Reads until the first bytes tell. */
async function splitHead(bytes: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; rest: AsyncIterator<Uint8Array> }> {
  const rest = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < PROBE_BYTES && mayBePacked(head)) {
    const next = await rest.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head, rest };
}

async function* concatenate(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await rest.next();
      if (next.done === true) return;
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
