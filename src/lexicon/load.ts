/** Lexicon files through their schema. What is wrong is said with file, entry and remedy. */
import { relative } from "node:path";
import type { z } from "zod";
import { LexiconError } from "../core/error.ts";
import type { LexiconEntry, Paradigm, RuleSet } from "./entry.ts";
import { type LexiconFile, readLexiconFiles } from "./files.ts";
import { lexiconSchema, paradigmsSchema, rulesSchema } from "./schema.ts";

export interface LexiconSource {
  entries: LexiconEntry[];
  /** The file of each entry, for errors. */
  paths: string[];
  paradigms: Record<string, Paradigm>;
  rules: RuleSet;
  fingerprint: string;
}

/** Readable form of the first few things the schema did not like. */
function describeIssues(path: string, document: unknown, issues: readonly z.core.$ZodIssue[]): string {
  const shown = issues.slice(0, 3).map((issue) => {
    const [head, ...rest] = issue.path;
    const item = Array.isArray(document) && typeof head === "number" ? document[head] : undefined;
    const id = typeof item === "object" && item !== null && "id" in item ? ` (id ${JSON.stringify(item.id)})` : "";
    const place =
      typeof head === "number"
        ? `entry ${head + 1}${id}${rest.length ? `, field ${rest.join(".")}` : ""}`
        : issue.path.join(".") || "the file";
    return `${path}: ${place}: ${issue.message}`;
  });
  if (issues.length > shown.length) shown.push(`and ${issues.length - shown.length} more`);
  return `${shown.join("; ")}. Correct the file; lexicons/README.md says what each field may hold.`;
}

/**
 * Parses one JSON file through its schema.
 * @throws LexiconError E_LEXICON_JSON or E_LEXICON_SCHEMA.
 */
function parseFile<T>({ path, text }: LexiconFile, schema: z.ZodType<T>): T {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new LexiconError(
      "E_LEXICON_JSON",
      `${path}: not JSON: ${(cause as Error).message}. Correct the file; each entry is one line of a JSON array.`,
      { cause },
    );
  }
  const result = schema.safeParse(document);
  if (!result.success) throw new LexiconError("E_LEXICON_SCHEMA", describeIssues(path, document, result.error.issues));
  return result.data;
}

/**
 * Loads the built-in lexicons and what the user adds.
 * @throws LexiconError where a file is unreadable or wrong, or two entries share an id.
 */
export function loadLexicons(added: readonly string[] = [], builtin = true): LexiconSource {
  const files = readLexiconFiles(added, builtin);
  const entries: LexiconEntry[] = [];
  const paths: string[] = [];
  const seen = new Map<string, string>();
  for (const file of files.entries) {
    for (const entry of parseFile(file, lexiconSchema)) {
      const other = seen.get(entry.id);
      if (other !== undefined)
        throw new LexiconError(
          "E_LEXICON_DUPLICATE",
          `${file.path}: entry ${JSON.stringify(entry.id)} is already in ${relative(process.cwd(), other) || other}. Give one of them another id.`,
        );
      seen.set(entry.id, file.path);
      entries.push(entry);
      paths.push(file.path);
    }
  }
  if (entries.length === 0)
    throw new LexiconError("E_LEXICON_EMPTY", "no lexicon entries: --no-builtin-lexicons needs at least one --lexicon PATH with entries.");
  return {
    entries,
    paths,
    paradigms: parseFile(files.paradigms, paradigmsSchema),
    rules: parseFile(files.rules, rulesSchema),
    fingerprint: files.fingerprint,
  };
}
