/**
 * Lexicon files as texts, and their fingerprint. Apart from load.ts, which brings the schema library along: a start with the
 * lexicons that were compiled at build time needs only this.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
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
  /** SHA-256 over the files as read, in hexadecimal: the same fingerprint finds the same things. */
  readonly fingerprint: string;
}

function unreadable(path: string, cause: unknown): LexiconError {
  return new LexiconError("E_LEXICON_READ", `${path}: cannot be read: ${(cause as Error).message}. Check the path given to --lexicon.`, {
    cause,
  });
}

/** Entry files below a folder, or the file itself, in code point order. */
function listEntryFiles(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json") && name !== "paradigms.json" && name !== "rules.json")
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Folded words of everyday messages that no entry lists; read at the first message that is read again. */
export function readOrdinaryWords(): string[] {
  return ["kk", "ru", "en"].flatMap((language) => readFileSync(join(BUILTIN_LEXICONS, "ordinary", `${language}.txt`), "utf8").split("\n"));
}

/** When the built-in files were changed last, in milliseconds since 1970. */
export function lexiconsChangedAtMs(): number {
  const paths = [join(BUILTIN_LEXICONS, "paradigms.json"), join(BUILTIN_LEXICONS, "rules.json"), ...listEntryFiles(BUILTIN_LEXICONS)];
  return Math.max(...paths.map((path) => statSync(path).mtimeMs));
}

/**
 * Reads the built-in files and what the user adds. Paradigms and rules are always the built-in ones.
 * @param added files or folders of entries.
 * @throws LexiconError E_LEXICON_READ.
 */
export function readLexiconFiles(added: readonly string[] = [], builtin = true): LexiconFiles {
  const hash = createHash("sha256");
  const read = (path: string): LexiconFile => {
    try {
      const text = readFileSync(path, "utf8").replace(/^\ufeff/, "");
      hash.update(text);
      return { path, text };
    } catch (cause) {
      throw unreadable(path, cause);
    }
  };
  const paradigms = read(join(BUILTIN_LEXICONS, "paradigms.json"));
  const rules = read(join(BUILTIN_LEXICONS, "rules.json"));
  const entries = [...(builtin ? [BUILTIN_LEXICONS] : []), ...added].flatMap(listEntryFiles).map(read);
  return { paradigms, rules, entries, fingerprint: hash.digest("hex") };
}
