/**
 * Lexicon files as texts, and their fingerprint. Apart from load.ts, which brings the schema library along: a start with the
 * lexicons that were compiled at build time needs only this.
 */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LexiconError } from "../core/error.ts";

/** The folder of the lexicons that come with the program. */
export const BUILTIN_LEXICONS: string = fileURLToPath(new URL("../../lexicons", import.meta.url));

export interface LexiconFile {
  readonly path: string;
  readonly text: string;
}

export interface LexiconFiles {
  readonly paradigms: LexiconFile;
  readonly rules: LexiconFile;
  readonly entries: readonly LexiconFile[];
  /** How many of `entries` come with the program; they are the first. */
  readonly builtin: number;
  /** rules.json and paradigms.json of folders that the user adds. */
  readonly ownRules: readonly LexiconFile[];
  readonly ownParadigms: readonly LexiconFile[];
  /** SHA-256 over the files as read, in hexadecimal: the same fingerprint finds the same things. */
  readonly fingerprint: string;
}

function unreadable(path: string, cause: unknown): LexiconError {
  return new LexiconError("E_LEXICON_READ", `${path}: cannot be read: ${(cause as Error).message}. Check the path given to --lexicon.`, {
    cause,
  });
}

const RULES = "rules.json";
const PARADIGMS = "paradigms.json";
/** Words and counts, not entries. */
const ORDINARY = /(?:^|[\\/])ordinary[\\/]/;
const BUILTIN_ENTRIES = /\.json$/;
const OWN_ENTRIES = /\.(?:json|csv|tsv)$/i;

/** Lexicon files below a folder, or the file itself, in code point order. */
function listFiles(path: string, wanted: RegExp): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => wanted.test(name) && !ORDINARY.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function isEntryFile(path: string): boolean {
  return ![RULES, PARADIGMS].includes(basename(path));
}

/** Folded words of everyday messages that no entry lists; read at the first message that is read again. */
export function readOrdinaryWords(): string[] {
  return ["kk", "ru", "en"].flatMap((language) => readFileSync(join(BUILTIN_LEXICONS, "ordinary", `${language}.txt`), "utf8").split("\n"));
}

/** When the built-in files were changed last, in milliseconds since 1970. */
export function lexiconsChangedAtMs(): number {
  return Math.max(...listFiles(BUILTIN_LEXICONS, BUILTIN_ENTRIES).map((path) => statSync(path).mtimeMs));
}

/** A fingerprint that ids take part in: those that were made from the names of files. */
export function nameFingerprint(fingerprint: string, ids: readonly string[]): string {
  return createHash("sha256")
    .update([fingerprint, ...ids].join("\n"))
    .digest("hex");
}

/** @throws LexiconError E_LEXICON_ENCODING where a file is in another encoding: its words would never match. */
function decode(path: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8").replace(/^\ufeff/, "");
  throw new LexiconError(
    "E_LEXICON_ENCODING",
    `${path}: is not UTF-8, as the bytes show; expected UTF-8. In a spreadsheet, save it as "CSV UTF-8"; elsewhere: iconv -f WINDOWS-1251 -t UTF-8.`,
  );
}

/**
 * Reads the built-in files and what the user adds. The built-in paradigms and rules are always among them.
 * @param added files or folders: entries as JSON, CSV or TSV; a folder may hold rules.json and paradigms.json, too.
 * @throws LexiconError E_LEXICON_READ or E_LEXICON_ENCODING.
 */
export function readLexiconFiles(added: readonly string[] = [], builtin = true): LexiconFiles {
  const hash = createHash("sha256");
  const read = (path: string): LexiconFile => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (cause) {
      throw unreadable(path, cause);
    }
    const text = decode(path, bytes);
    hash.update(text);
    return { path, text };
  };
  /** What is added is told apart from what was there before it. */
  const readOwn = (path: string): LexiconFile => {
    hash.update(`\0${isEntryFile(path) ? "" : basename(path)}\0`);
    return read(path);
  };
  const paradigms = read(join(BUILTIN_LEXICONS, PARADIGMS));
  const rules = read(join(BUILTIN_LEXICONS, RULES));
  const shipped = builtin ? listFiles(BUILTIN_LEXICONS, BUILTIN_ENTRIES).filter(isEntryFile).map(read) : [];
  const own = added.flatMap((path) => listFiles(path, OWN_ENTRIES)).map(readOwn);
  const named = (name: string) => own.filter(({ path }) => basename(path) === name);
  return {
    paradigms,
    rules,
    entries: [...shipped, ...own.filter(({ path }) => isEntryFile(path))],
    builtin: shipped.length,
    ownRules: named(RULES),
    ownParadigms: named(PARADIGMS),
    fingerprint: hash.digest("hex"),
  };
}
