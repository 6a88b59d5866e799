/** From the bytes of a file to UTF-8 text: unpacks gzip, takes off the byte order mark, decodes UTF-16. */
import { pipeline, Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { FormatError } from "../../core/error.ts";
import { afterByteOrderMark } from "../utf8.ts";
import { isGzip, isUtf16, isZip } from "./magic.ts";

/** Size of the chunks that are handed on, roughly. */
export const CHUNK_BYTES: number = 256 << 10;
/** Bytes needed to recognise gzip and any byte order mark. */
const PROBE_BYTES = 4;
/** A stream that grows more than this is let go on only while it is small. */
const MAX_RATIO = 500;
const SUSPECT_BYTES = 1 << 30;

/**
 * @param path for messages of errors
 * @param isHead the bytes are the beginning of something longer, so that it is no error if packed data breaks off
 * @throws FormatError E_GZIP, E_ZIP
 */
export async function* decodeBytes(path: string, raw: AsyncIterable<Uint8Array>, isHead = false): AsyncGenerator<Uint8Array> {
  const { head, rest } = await splitHead(raw);
  if (isGzip(head)) {
    yield* decodeText(gunzip(path, concatenate(head, rest), isHead));
  } else if (isZip(head)) {
    // Archives in files are listed by their members; this one came through a pipe or inside gzip.
    throw new FormatError(
      "E_ZIP",
      `${path}: a zip archive can only be read from a file by its name, because its list of members is at its end. Save it and give the file.`,
    );
  } else yield* decodeText(concatenate(head, rest));
}

/** Takes off a byte order mark and turns UTF-16 into UTF-8. */
async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, rest } = await splitHead(bytes);
  if (isUtf16(head)) {
    const decoder = new TextDecoder(head[0] === 0xfe ? "utf-16be" : "utf-16le");
    const encoder = new TextEncoder();
    for await (const chunk of concatenate(head, rest)) yield encoder.encode(decoder.decode(chunk, { stream: true }));
    yield encoder.encode(decoder.decode());
    return;
  }
  yield* concatenate(head.subarray(afterByteOrderMark(head, 0, head.length)), rest);
}

async function* gunzip(path: string, packed: AsyncIterable<Uint8Array>, isHead: boolean): AsyncGenerator<Uint8Array> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  const count = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      packedBytes += chunk.length;
      yield chunk;
    }
  };
  const source = Readable.from(count(), { objectMode: false });
  const unpacking = createGunzip({
    chunkSize: CHUNK_BYTES,
    finishFlush: isHead ? constants.Z_SYNC_FLUSH : constants.Z_FINISH,
  });
  // The error, if any, comes out of the iteration below; `pipeline` only sees to it that both ends are closed.
  pipeline(source, unpacking, () => {});
  try {
    for await (const chunk of unpacking as AsyncIterable<Uint8Array>) {
      unpackedBytes += chunk.length;
      if (unpackedBytes > SUSPECT_BYTES && unpackedBytes / packedBytes > MAX_RATIO) {
        throw new FormatError(
          "E_GZIP_BOMB",
          `${path}: ${packedBytes} bytes have unpacked to ${unpackedBytes} so far, which no chat does. Reading stopped; if you trust it, unpack it and give the file itself.`,
        );
      }
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    if (!isZlibError(cause)) throw cause;
    throw new FormatError(
      "E_GZIP",
      `${path}: the gzip data is cut off or damaged (${cause.message}). Copy or download the file again; only what could be unpacked before that was read.`,
      { cause },
    );
  } finally {
    source.destroy();
    unpacking.destroy();
  }
}

function isZlibError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code ?? "").startsWith("Z_");
}

/** Reads until the first bytes are certain. */
async function splitHead(bytes: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; rest: AsyncIterator<Uint8Array> }> {
  const rest = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < PROBE_BYTES) {
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
