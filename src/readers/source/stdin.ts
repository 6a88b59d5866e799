/** Standard input, whose first bytes can be looked at before it is read. */

let chunks: AsyncIterator<Uint8Array> | null = null;
/** Chunks taken for the head and not yet read. */
let taken: Uint8Array[] = [];
/** A chunk asked for and not yet come. */
let pending: Promise<IteratorResult<Uint8Array>> | null = null;

/** How long a pipe that has given a whole line may pause before the head is taken to be what has come. */
const PATIENCE_MS = 100;

/**
 * Waits for the first chunk, then for as much as `byteLength` while more keeps coming. What it returns stays to be read.
 */
export async function readStdinHead(byteLength: number): Promise<Uint8Array> {
  let length = taken.reduce((sum, chunk) => sum + chunk.length, 0);
  while (length < byteLength) {
    const hasLine = taken.some((chunk) => chunk.includes(0x0a));
    const next = await (hasLine ? Promise.race([nextChunk(), pause()]) : nextChunk());
    if (next === null) break;
    pending = null;
    if (next.done === true) {
      pending = Promise.resolve(next);
      break;
    }
    taken.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(taken);
}

/** The whole of standard input, once. Leaving early closes it, so that the process can end. */
export async function* readStdin(): AsyncGenerator<Uint8Array> {
  const head = taken;
  taken = [];
  try {
    yield* head;
    for (;;) {
      const next = await nextChunk();
      pending = null;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    process.stdin.destroy();
  }
}

function nextChunk(): Promise<IteratorResult<Uint8Array>> {
  chunks ??= (process.stdin as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  pending ??= chunks.next();
  return pending;
}

function pause(): Promise<null> {
  // Not referenced: it must not keep a finished program waiting.
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null).unref());
}
