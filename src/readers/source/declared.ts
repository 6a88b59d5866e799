import { type Charset, charsetNamed } from "./charsets.ts";

/** How far into a page its charset may be declared. */
export const DECLARATION_BYTES = 4096;
const LONGEST_NAME = 20;

/**
 * The code page that an HTML page (<meta charset="windows-1251">, or with http-equiv and content) or an XML declaration
 * names.
 * @param head the first DECLARATION_BYTES of the file
 * @returns null where there is none, or another encoding is named.
 */
export function declaredCharset(head: Uint8Array): Charset | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, DECLARATION_BYTES)).toString("latin1").toLowerCase();
  if (!text.trimStart().startsWith("<")) return null;
  const xml = tagFrom(text, text.indexOf("<?xml"));
  if (xml !== null) {
    const named = nameAfter(xml, "encoding");
    if (named !== null) return named;
  }
  for (let at = text.indexOf("<meta"); at >= 0; at = text.indexOf("<meta", at + 1)) {
    const named = nameAfter(tagFrom(text, at) ?? "", "charset");
    if (named !== null) return named;
  }
  return null;
}

function tagFrom(text: string, start: number): string | null {
  const end = start < 0 ? -1 : text.indexOf(">", start);
  return end < 0 ? null : text.slice(start, end);
}

/** What stands in `key="name"`, with or without quotes and spaces. */
function nameAfter(tag: string, key: string): Charset | null {
  const at = tag.indexOf(key);
  if (at < 0) return null;
  const value = tag.slice(at + key.length, at + key.length + LONGEST_NAME + 10).trimStart();
  if (!value.startsWith("=")) return null;
  const name = /^["']?([a-z0-9_:-]+)/.exec(value.slice(1).trimStart())?.[1];
  return name === undefined ? null : charsetNamed(name);
}
