/** What a lexicon sees in a short text, for checks and for people; a scan has its own ways. */
import { lettersToString } from "../text/letters.ts";
import { tokensOf } from "../text/tokenize.ts";
import type { CompiledLexicon } from "./compile.ts";
import { createHits, type Hits, matchLexicon } from "./match.ts";

export interface Seen {
  /** Place in the lexicon's entries. */
  readonly entry: number;
  readonly token: number;
  readonly lastToken: number;
  readonly moods: number;
}

export class Looker {
  readonly #lexicon: CompiledLexicon;
  readonly #hits: Hits = createHits(256);

  constructor(lexicon: CompiledLexicon) {
    this.#lexicon = lexicon;
  }

  /** Entries found in the text, and how many words it has. */
  look(text: string): { seen: Seen[]; words: number } {
    const tokens = tokensOf(text);
    const hits = this.#hits;
    tokens.wanted.fill(3, 0, tokens.count);
    matchLexicon(this.#lexicon, tokens, 0, tokens.count, hits);
    const seen = Array.from({ length: hits.count }, (_, hit) => ({
      entry: hits.entry[hit]!,
      token: hits.token[hit]!,
      lastToken: hits.lastToken[hit]!,
      moods: hits.moods[hit]!,
    }));
    return { seen, words: tokens.count };
  }
}

/** A term as the tokenizer folds it: its words, in the letters that count. */
export function foldedText(term: string): string {
  const { count, letter, letters } = tokensOf(term);
  return Array.from({ length: count }, (_, token) => lettersToString(letters, letter[token]!, letter[token + 1]!)).join(" ");
}
