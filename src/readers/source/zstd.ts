/** Zstandard: by Node's own decoder where it has one (from 22.15 on), else in JavaScript. */
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { CHUNK_BYTES, through } from "./through.ts";
import { ZstdFrames, type ZstdPiece } from "./zstd-frames.ts";

const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform };

/** What Node's decoder asks for at most, and above what fzstd reads distances wrongly. */
const MAX_WINDOW_BYTES = createZstdDecompress === undefined ? 32 << 20 : 128 << 20;

/**
 * @param path for messages of errors
 * @throws Error for data that is damaged or breaks off (fzstd does not look at checksums), FormatError E_ZSTD for a window that is too large
 */
export async function* unpackZstd(path: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const frames = new ZstdFrames(path, MAX_WINDOW_BYTES);
  const pieces = async function* (): AsyncGenerator<ZstdPiece> {
    for await (const chunk of packed) yield* frames.pass(chunk);
  };
  yield* createZstdDecompress === undefined ? unpackWithFzstd(pieces()) : unpackWithNode(pieces(), createZstdDecompress);
  frames.finish();
}

async function* unpackWithNode(
  pieces: AsyncGenerator<ZstdPiece>,
  createDecoder: NonNullable<typeof createZstdDecompress>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next())
      yield* through(oneFrame(next.value, pieces), createDecoder({ chunkSize: CHUNK_BYTES }));
  } finally {
    await pieces.return(undefined);
  }
}

/** Takes no more of the pieces than the frame has. */
async function* oneFrame(first: ZstdPiece, pieces: AsyncGenerator<ZstdPiece>): AsyncGenerator<Uint8Array> {
  yield first.bytes;
  for (let piece = first; !piece.endsFrame; ) {
    const next = await pieces.next();
    if (next.done === true) return;
    piece = next.value;
    yield piece.bytes;
  }
}

/** A block of four bytes may become 128 KiB, so that little may be pushed at once: this much becomes 32 MiB at most. */
const PIECE_BYTES = 1024;

async function* unpackWithFzstd(pieces: AsyncIterable<ZstdPiece>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import("fzstd"); // only such files pay for it
  let blocks: Uint8Array[] = [];
  let length = 0;
  const decoder = new Decompress((block) => {
    blocks.push(block);
    length += block.length;
  });
  const take = (): Uint8Array => {
    const chunk = Buffer.concat(blocks, length);
    [blocks, length] = [[], 0];
    return chunk;
  };
  for await (const { bytes } of pieces) {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      decoder.push(bytes.subarray(start, start + PIECE_BYTES));
      if (length >= CHUNK_BYTES) yield take();
    }
    if (length > 0) yield take(); // a slow pipe is not waited for
  }
  decoder.push(new Uint8Array(0), true);
  if (length > 0) yield take();
}
