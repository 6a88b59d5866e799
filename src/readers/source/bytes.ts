/** From the bytes of a file to UTF-8 text: unpacks gzip and Zstandard, decodes what is not UTF-8, takes off the byte order mark. */
import { type Encoding, TextDecoding } from "./encoding.ts";
import { unpackBytes } from "./unpack.ts";

export interface DecodeOptions {
  /** Only the beginning is looked at: it is no error if packed data breaks off or is damaged. */
  readonly isHead?: boolean;
  /** Called once, when the encoding is certain; at the latest at the end. */
  readonly onEncoding?: ((encoding: Encoding) => void) | undefined;
}

/**
 * Never gives a Buffer: that would make the readers' loops over bytes see two kinds of arrays. A chunk is the caller's for good.
 * @param path for messages of errors
 * @throws FormatError while iterating, as unpackBytes does, and E_ENCODING
 */
export async function* decodeBytes(
  path: string,
  raw: AsyncIterable<Uint8Array>,
  { isHead = false, onEncoding }: DecodeOptions = {},
): AsyncGenerator<Uint8Array> {
  let decoded: Uint8Array[] = [];
  const decoding = new TextDecoding(path, (bytes) => decoded.push(bytes), onEncoding);
  for await (const chunk of unpackBytes(path, raw, isHead)) {
    decoding.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
    yield* decoded;
    decoded = [];
  }
  decoding.finish();
  yield* decoded;
}
