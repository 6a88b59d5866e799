import { CSV, TSV } from "./csv/csv.ts";
import { BOT_API } from "./formats/bot-api.ts";
import { DISCORD } from "./formats/discord.ts";
import { JSON_DOCUMENT } from "./formats/json.ts";
import { JSONL } from "./formats/jsonl.ts";
import { LINES } from "./formats/lines.ts";
import { MATRIX } from "./formats/matrix.ts";
import { MESSENGER } from "./formats/messenger.ts";
import { SIGNAL } from "./formats/signal.ts";
import { SLACK } from "./formats/slack.ts";
import { TELEGRAM_HTML } from "./formats/telegram-html.ts";
import { TELETHON } from "./formats/telethon.ts";
import { VK_API } from "./formats/vk-api.ts";
import { VK_HTML } from "./formats/vk-html.ts";
import { X } from "./formats/x-archive.ts";
import { YOUTUBE } from "./formats/youtube.ts";
import { FOUR_CAT } from "./formats/zeeschuimer.ts";
import { PARQUET } from "./parquet/parquet.ts";
import type { Format } from "./reader.ts";
import { TELEGRAM } from "./telegram/telegram.ts";
import { WHATSAPP } from "./whatsapp/whatsapp.ts";
import { XLSX } from "./xlsx/xlsx.ts";

/** Every format that can be read, for --from and for sniffing; of equally sure ones the first wins. */
export const READERS: readonly Format[] = [
  LINES,
  WHATSAPP,
  TELEGRAM,
  TELETHON,
  BOT_API,
  DISCORD,
  VK_API,
  X,
  SIGNAL,
  MESSENGER,
  SLACK,
  MATRIX,
  TELEGRAM_HTML,
  VK_HTML,
  YOUTUBE,
  FOUR_CAT,
  JSON_DOCUMENT,
  PARQUET,
  XLSX,
  JSONL,
  CSV,
  TSV,
];

/**
 * Finds the format of a file by its first bytes; the extension only decides between equally sure ones.
 * @param head up to HEAD_BYTES, without a byte order mark.
 * @param extension with the dot, in any case; "" if there is none.
 * @returns how sure it is, 0..1, too: plain lines are what any text could be.
 */
export function recogniseFormat(head: Uint8Array, extension: string): { readonly format: Format; readonly sureness: number } {
  const ending = extension.toLowerCase();
  let best = { format: LINES, sureness: 0 };
  let bestScore = 0;
  for (const format of READERS) {
    const sureness = format.sniff(head);
    // Smaller than any difference between two sniffs.
    const score = sureness === 0 ? 0 : sureness + (format.extensions.includes(ending) ? 1e-6 : 0);
    if (score > bestScore) best = { format, sureness };
    bestScore = Math.max(score, bestScore);
  }
  return best;
}

export function sniffFormat(head: Uint8Array, extension: string): Format {
  return recogniseFormat(head, extension).format;
}
