import { CSV, TSV } from "./csv/csv.ts";
import { JSONL } from "./formats/jsonl.ts";
import { LINES } from "./formats/lines.ts";
import { PARQUET } from "./parquet/parquet.ts";
import type { Format } from "./reader.ts";
import { TELEGRAM } from "./telegram/telegram.ts";
import { WHATSAPP } from "./whatsapp/whatsapp.ts";
import { XLSX } from "./xlsx/xlsx.ts";

/** Every format that can be read, for --from and for sniffing; of equally sure ones the first wins. */
export const READERS: readonly Format[] = [LINES, WHATSAPP, TELEGRAM, JSONL, CSV, TSV, PARQUET, XLSX];

/**
 * Finds the format of a file by its first bytes; the extension only decides between equally sure ones.
 * @param head up to 64 KiB, without a byte order mark.
 * @param extension with the dot, in any case; "" if there is none.
 */
export function sniffFormat(head: Uint8Array, extension: string): Format {
  const ending = extension.toLowerCase();
  let best = LINES;
  let bestScore = 0;
  for (const format of READERS) {
    const sureness = format.sniff(head);
    // Smaller than any difference between two sniffs.
    const score = sureness === 0 ? 0 : sureness + (format.extensions.includes(ending) ? 1e-6 : 0);
    if (score > bestScore) best = format;
    bestScore = Math.max(score, bestScore);
  }
  return best;
}
