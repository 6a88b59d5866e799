/** Entries that a compiled lexicon finds in a word or phrase. */
import type { CompiledLexicon } from "../../src/lexicon/compile.ts";
import { createHits, matchLexicon } from "../../src/lexicon/match.ts";
import { Tokenizer } from "../../src/text/tokenize.ts";

export interface FoundEntry {
  readonly class: string;
  readonly group: string | undefined;
}

export function lookUp(lexicon: CompiledLexicon): (text: string) => readonly FoundEntry[] {
  const tokenizer = new Tokenizer();
  const hits = createHits(64);
  const encoder = new TextEncoder();
  return (text) => {
    const tokens = tokenizer.tokenize(encoder.encode(text));
    tokens.wanted.fill(3, 0, tokens.count);
    matchLexicon(lexicon, tokens, 0, tokens.count, hits);
    return Array.from({ length: hits.count }, (_, hit) => {
      const entry = lexicon.entries[hits.entry[hit]!]!;
      return { class: String(entry.class), group: entry.group ?? undefined };
    });
  };
}
