import { brotliDecompressSync, unzipSync } from "node:zlib";
import type { CompressionCodec } from "hyparquet";
import { compressors, decompressZstd } from "hyparquet-compressors";

/**
 * Unpacks a page.
 * @param length is what it must unpack to; no more than that is ever allocated.
 * @throws Error if it does not, or the codec is unknown
 */
export function unpackPage(codec: CompressionCodec, packed: Uint8Array, length: number): Uint8Array {
  if (codec === "UNCOMPRESSED") return packed;
  if (length === 0) return packed.subarray(0, 0);
  const page = unpackBy(codec, packed, length);
  if (page.length !== length) throw new Error(`a page unpacks to ${page.length} bytes, not to ${length}`);
  return page;
}

function unpackBy(codec: CompressionCodec, packed: Uint8Array, length: number): Uint8Array {
  switch (codec) {
    case "GZIP":
      return unzipSync(packed, { maxOutputLength: length });
    case "BROTLI":
      return brotliDecompressSync(packed, { maxOutputLength: length });
    case "ZSTD":
      return decompressZstd(packed, new Uint8Array(length));
    case "SNAPPY":
      // It fills as much as the page says itself.
      if (snappyLength(packed) !== length) throw new Error(`a page unpacks to ${snappyLength(packed)} bytes, not to ${length}`);
      return compressors.SNAPPY!(packed, length);
    case "LZ4":
    case "LZ4_RAW":
      return compressors[codec]!(packed, length);
    default:
      throw new Error(`its pages are packed by ${codec}, which is not supported`);
  }
}

/** The length that packed bytes begin with. */
function snappyLength(packed: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = packed[at] ?? 0;
    length += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) break;
  }
  return length;
}
