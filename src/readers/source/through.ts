import { pipeline, Readable, type Transform } from "node:stream";

/** Size of the chunks that are handed on, roughly. */
export const CHUNK_BYTES: number = 256 << 10;
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
