/** Lexicon files through their schema. What is wrong is said with file, entry and remedy. */
import { relative } from "node:path";
import type { z } from "zod";
import { LexiconError } from "../core/error.ts";
import type { LexiconEntry, Paradigm, RuleSet } from "./entry.ts";
import { type LexiconFile, type LexiconFiles, nameFingerprint, readLexiconFiles } from "./files.ts";
import { suggest } from "./nearest.ts";
import { isTable, readOwnEntries, type SwitchedOff } from "./own.ts";
import { mergeRules, rulesToValidate } from "./own-rules.ts";
import { lexiconSchema, paradigmsSchema, rulesSchema } from "./schema.ts";

export interface LexiconSource {
  entries: LexiconEntry[];
  /** The file of each entry, for errors. */
  paths: string[];
  paradigms: Record<string, Paradigm>;
  rules: RuleSet;
  fingerprint: string;
}

export interface LoadOptions {
  /** Rules and paradigms that come with the added folders take the place of the built-in ones, not only of those with the same id. */
  readonly alone?: boolean;
  /** Hears of every fault, and what is faulty is left out; absent, the first ends it. */
  readonly onFault?: (error: LexiconError) => void;
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

/** @throws LexiconError E_LEXICON_JSON. */
function parseJson({ path, text }: LexiconFile): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LexiconError(
      "E_LEXICON_JSON",
      `${path}: not JSON: ${(cause as Error).message}. Correct the file; each entry is one line of a JSON array.`,
      { cause },
    );
  }
}

/** @throws LexiconError E_LEXICON_SCHEMA. */
function validate<T>(path: string, document: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(document);
  if (!result.success) throw new LexiconError("E_LEXICON_SCHEMA", describeIssues(path, document, result.error.issues));
  return result.data;
}

interface FileEntries {
  readonly entries: readonly LexiconEntry[];
  readonly off: readonly SwitchedOff[];
  readonly named: boolean;
}

/** Entries of a file that the user adds. */
function readOwn(file: LexiconFile, onFault: LoadOptions["onFault"]): FileEntries {
  const document = isTable(file.path) ? null : parseJson(file);
  if (document !== null && !Array.isArray(document)) validate(file.path, document, lexiconSchema);
  const faults: LexiconError[] = [];
  const found = readOwnEntries(file, document, (error) => faults.push(error));
  if (onFault !== undefined) for (const fault of faults) onFault(fault);
  else if (faults.length > 0) throw firstFew(faults);
  return found;
}

const MOST_FAULTS = 3;

function firstFew(faults: readonly LexiconError[]): LexiconError {
  if (faults.length === 1) return faults[0]!;
  const more = faults.length > MOST_FAULTS ? [`and ${faults.length - MOST_FAULTS} more`] : [];
  return new LexiconError(faults[0]!.code, [...faults.slice(0, MOST_FAULTS).map(({ message }) => message), ...more].join("\n"));
}

/** Which ids are switched off, by the file that says so. */
function checkOff(
  offs: readonly SwitchedOff[],
  files: readonly { file: LexiconFile; found: FileEntries }[],
  builtin: boolean,
  fault: (error: LexiconError) => void,
): Map<string, string> {
  const byId = new Map(offs.map(({ id, path }) => [id, path]));
  if (offs.length === 0) return byId;
  const known = new Set(files.flatMap(({ found }) => found.entries.map(({ id }) => id)));
  // Those of the built-in lexicons that are left out are off already.
  if (!builtin)
    for (const file of readLexiconFiles().entries) for (const { id } of validate(file.path, parseJson(file), lexiconSchema)) known.add(id);
  for (const { id, path, place } of offs)
    if (!known.has(id))
      fault(
        new LexiconError(
          "E_LEXICON_OFF",
          `${path}: ${place}: ${JSON.stringify(id)} is to be switched off, and no entry has that id.${suggest(id, known)} Correct the id; qalqan lexicon list shows all.`,
        ),
      );
  return byId;
}

function loadRules(files: LexiconFiles, alone: boolean): RuleSet {
  let rules = validate(files.rules.path, parseJson(files.rules), rulesSchema);
  files.ownRules.forEach((file, k) => {
    const document = parseJson(file);
    const own = validate(file.path, rulesToValidate(document), rulesSchema);
    rules = mergeRules(file.path, alone && k === 0 ? { ...rules, guards: [], rules: [] } : rules, document, own);
  });
  return rules;
}

function loadParadigms(files: LexiconFiles, alone: boolean): Record<string, Paradigm> {
  const read = (file: LexiconFile) => validate(file.path, parseJson(file), paradigmsSchema);
  const own = files.ownParadigms.map(read);
  return Object.assign({}, ...(alone && own.length > 0 ? [] : [read(files.paradigms)]), ...own) as Record<string, Paradigm>;
}

/**
 * Loads the built-in lexicons and what the user adds.
 * @throws LexiconError where a file is unreadable or wrong, or two entries share an id.
 */
export function loadLexicons(added: readonly string[] = [], builtin = true, { alone = false, onFault }: LoadOptions = {}): LexiconSource {
  const fault = (error: unknown): void => {
    if (onFault === undefined || !(error instanceof LexiconError)) throw error;
    onFault(error);
  };
  const attempt = <T>(action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch (error) {
      fault(error);
      return otherwise;
    }
  };
  const nothing: FileEntries = { entries: [], off: [], named: false };
  const files = readLexiconFiles(added, builtin);
  const read = files.entries.map((file, k) => ({
    file,
    found: attempt(
      () => (k < files.builtin ? { ...nothing, entries: validate(file.path, parseJson(file), lexiconSchema) } : readOwn(file, onFault)),
      nothing,
    ),
  }));
  const off = checkOff(
    read.flatMap(({ found }) => found.off),
    read,
    builtin,
    fault,
  );
  const entries: LexiconEntry[] = [];
  const paths: string[] = [];
  const seen = new Map<string, string>();
  for (const { file, found } of read) {
    for (const entry of found.entries) {
      // A file may switch an entry off and give its own under the same id.
      if (off.has(entry.id) && off.get(entry.id) !== file.path) continue;
      const other = seen.get(entry.id);
      if (other !== undefined) {
        fault(
          new LexiconError(
            "E_LEXICON_DUPLICATE",
            `${file.path}: entry ${JSON.stringify(entry.id)} is already in ${relative(process.cwd(), other) || other}. Give one of them another id.`,
          ),
        );
        continue;
      }
      seen.set(entry.id, file.path);
      entries.push(entry);
      paths.push(file.path);
    }
  }
  if (entries.length === 0)
    fault(new LexiconError("E_LEXICON_EMPTY", "no lexicon entries: --no-builtin-lexicons needs at least one --lexicon PATH with entries."));
  const made = read.flatMap(({ found }) => (found.named ? found.entries.map(({ id }) => id) : []));
  return {
    entries,
    paths,
    paradigms: attempt(() => loadParadigms(files, alone), {}),
    rules: attempt(() => loadRules(files, alone), { guards: [], rules: [] }),
    fingerprint: made.length === 0 ? files.fingerprint : nameFingerprint(files.fingerprint, made),
  };
}
