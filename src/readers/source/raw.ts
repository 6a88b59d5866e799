/** The bytes of a source as they lie on disk or in an archive, and simple ways to have some of them. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { readMember } from "./archive.ts";
import { decodeBytes } from "./bytes.ts";
import { mayBePacked } from "./magic.ts";
import type { Source } from "./source.ts";
import { readStdin } from "./stdin.ts";
import { CHUNK_BYTES } from "./through.ts";

export function rawBytes(source: Source): AsyncIterable<Uint8Array> {
  if (source.kind === "stdin") return readStdin();
  if (source.entry !== null) return readMember(source.entry);
  return createReadStream(source.file, { highWaterMark: CHUNK_BYTES });
}

/** The same, but a chunk of a file that is not packed is only valid until the next one is asked for: all lie in one buffer. */
export async function* borrowedBytes(source: Source): AsyncGenerator<Uint8Array> {
  if (source.kind !== "file" || source.byteLength === null) {
    yield* rawBytes(source);
    return;
  }
  const file = await open(source.file, "r");
  try {
    let buffer = new Uint8Array(CHUNK_BYTES);
    let isPacked: boolean | null = null;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      isPacked ??= mayBePacked(chunk);
      yield chunk;
      // What unpacks holds on to chunks.
      if (isPacked) buffer = new Uint8Array(CHUNK_BYTES);
    }
  } finally {
    await file.close();
  }
}

/** The first bytes of a file on disk. */
export async function readStart(path: string, byteLength: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(byteLength), 0, byteLength, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Of what `bytes` give, so much; a copy. */
export async function take(bytes: AsyncIterable<Uint8Array>, byteLength: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= byteLength) break;
  }
  return Buffer.concat(chunks).subarray(0, byteLength);
}

/** @returns null where it is no JSON, is larger or cannot be read. */
export async function readJson(source: Source, maxBytes: number): Promise<unknown> {
  try {
    const bytes = await take(decodeBytes(source.path, rawBytes(source)), maxBytes + 1);
    return bytes.length > maxBytes ? null : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
