/** What names of files tell of what is inside. */
import { extname } from "node:path";

/** Extensions of files that may hold messages; files of a folder without any are judged by their content alone. */
const CHAT_EXTENSIONS: ReadonlySet<string> = new Set([
  "",
  ".txt",
  ".text",
  ".log",
  ".json",
  ".jsonl",
  ".ndjson",
  ".csv",
  ".tsv",
  ".html",
  ".htm",
  ".js",
  ".xlsx",
  ".parquet",
  ".zip",
]);

/** Tables that cannot be read from front to back. */
const TABLE_EXTENSIONS: ReadonlySet<string> = new Set([".xlsx", ".parquet"]);

/** Packed alone, they keep the extension of what is inside: "chat.jsonl.gz". */
const PACKED_EXTENSIONS: ReadonlySet<string> = new Set([".gz", ".zst"]);

export function isChatExtension(extension: string): boolean {
  return CHAT_EXTENSIONS.has(extension);
}

export function isTableExtension(extension: string): boolean {
  return TABLE_EXTENSIONS.has(extension);
}

/** Lower-case, with the dot, that of "chat.jsonl.gz" being ".jsonl"; "" if there is none. */
export function extensionWithin(path: string): string {
  const extension = extname(path).toLowerCase();
  return PACKED_EXTENSIONS.has(extension) ? extname(path.slice(0, -extension.length)).toLowerCase() : extension;
}

/** Dot files and what macOS adds to archives. @param name with "/" between folders */
export function isHidden(name: string): boolean {
  return name.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "node_modules");
}
