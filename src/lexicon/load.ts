/**
 * Reads lexicon files. Everything a file says passes the schema; what is wrong is said with file, entry and remedy.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { LexiconError } from "../core/error.ts";
import type { LexiconEntry, Paradigm, RuleSet } from "./entry.ts";
import { lexiconSchema, paradigmsSchema, rulesSchema } from "./schema.ts";

export interface LexiconSource {
  entries: LexiconEntry[];
  paradigms: Record<string, Paradigm>;
  rules: RuleSet;
  /** SHA-256 over the files as read, in hexadecimal: the same fingerprint finds the same things. */
  fingerprint: string;
}

/** The folder of the lexicons that come with the program. */
export const BUILTIN_LEXICONS: string = fileURLToPath(new URL("../../lexicons", import.meta.url));

/** Readable form of the first few things the schema did not like. */
function describeIssues(path: string, document: unknown, issues: readonly z.core.$ZodIssue[]): string {
  const shown = issues.slice(0, 3).map((issue) => {
    const [head, ...rest] = issue.path;
    const item = Array.isArray(document) && typeof head === "number" ? document[head] : undefined;
    const id = typeof item === "object" && item !== null && "id" in item ? ` (id ${JSON.stringify(item.id)})` : "";
    const place = typeof head === "number" ? `entry ${head + 1}${id}${rest.length ? `, field ${rest.join(".")}` : ""}` : issue.path.join(".") || "the file";
    return `${path}: ${place}: ${issue.message}`;
  });
  if (issues.length > shown.length) shown.push(`and ${issues.length - shown.length} more`);
  return `${shown.join("; ")}. Correct the file; lexicons/README.md says what each field may hold.`;
}

/**
 * Parses one JSON file through its schema.
 * @throws LexiconError E_LEXICON_READ, E_LEXICON_JSON or E_LEXICON_SCHEMA.
 */
export function parseFile<T>(path: string, text: string, schema: z.ZodType<T>): T {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new LexiconError("E_LEXICON_JSON", `${path}: not JSON: ${(cause as Error).message}. Correct the file; each entry is one line of a JSON array.`, { cause });
  }
  const result = schema.safeParse(document);
  if (!result.success) throw new LexiconError("E_LEXICON_SCHEMA", describeIssues(path, document, result.error.issues));
  return result.data;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (cause) {
    throw new LexiconError("E_LEXICON_READ", `${path}: cannot be read: ${(cause as Error).message}. Check the path given to --lexicon.`, { cause });
  }
}

/** Entry files below a folder, or the file itself, in code point order. */
function listEntryFiles(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (cause) {
    throw new LexiconError("E_LEXICON_READ", `${path}: cannot be read: ${(cause as Error).message}. Check the path given to --lexicon.`, { cause });
  }
  if (!isFolder) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && name !== "paradigms.json" && name !== "rules.json")
    .sort()
    .map((name) => join(path, name));
}

/**
 * Loads the built-in lexicons and what the user adds. Paradigms and rules are always the built-in ones.
 * @param added files or folders of entries.
 * @throws LexiconError where a file is unreadable or wrong, or two entries share an id.
 */
export function loadLexicons(added: readonly string[] = [], builtin = true): LexiconSource {
  const hash = createHash("sha256");
  const read = <T>(path: string, schema: z.ZodType<T>): T => {
    const text = readText(path);
    hash.update(text);
    return parseFile(path, text, schema);
  };
  const paradigms = read(join(BUILTIN_LEXICONS, "paradigms.json"), paradigmsSchema);
  const rules = read(join(BUILTIN_LEXICONS, "rules.json"), rulesSchema);
  const entries: LexiconEntry[] = [];
  const seen = new Map<string, string>();
  for (const path of [...(builtin ? [BUILTIN_LEXICONS] : []), ...added].flatMap(listEntryFiles)) {
    for (const entry of read(path, lexiconSchema)) {
      const other = seen.get(entry.id);
      if (other !== undefined) throw new LexiconError("E_LEXICON_DUPLICATE", `${path}: entry ${JSON.stringify(entry.id)} is already in ${relative(process.cwd(), other) || other}. Give one of them another id.`);
      seen.set(entry.id, path);
      entries.push(entry);
    }
  }
  if (entries.length === 0) throw new LexiconError("E_LEXICON_EMPTY", "no lexicon entries: --no-builtin-lexicons needs at least one --lexicon PATH with entries.");
  return { entries, paradigms, rules, fingerprint: hash.digest("hex") };
}
