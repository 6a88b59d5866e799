/** What checks say, and what they look at. */
import type { CompiledLexicon } from "./compile.ts";
import type { EverydayWord } from "./everyday.ts";
import type { LexiconSource } from "./load.ts";
import type { Looker } from "./look.ts";

export interface Finding {
  /** note: harmless, something said twice or in vain. */
  readonly level: "error" | "warning" | "note";
  /** Stable, for programs. */
  readonly code: string;
  readonly file: string | null;
  readonly entry: string | null;
  /** A sentence that says what is so, and one that says what to do. */
  readonly message: string;
}

export interface CheckContext {
  readonly source: LexiconSource;
  readonly lexicon: CompiledLexicon;
  readonly looker: Looker;
  readonly words: readonly EverydayWord[];
  /** Whether what is wrong with the entry is to be told: with files of one's own, only theirs. */
  readonly isAsked: (entry: number) => boolean;
}

/** A warning about an entry. */
export function warn({ source }: CheckContext, entry: number, code: string, message: string): Finding {
  return { level: "warning", code, file: source.paths[entry]!, entry: source.entries[entry]!.id, message };
}
