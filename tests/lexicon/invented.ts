/** Lexicons of invented words, built by hand. */
import { type CompiledLexicon, compileLexicon, moodNames } from "../../src/lexicon/compile.ts";
import type { LexiconEntry, Paradigm, RuleSet } from "../../src/lexicon/entry.ts";
import type { LexiconSource } from "../../src/lexicon/load.ts";
import { createHits, type Hits, matchLexicon } from "../../src/lexicon/match.ts";
import { batchOf } from "../text/tokens.ts";

/** An entry with what the schema wants filled in. */
export function entry(id: string, fields: Partial<LexiconEntry> & Pick<LexiconEntry, "class">): LexiconEntry {
  return {
    id,
    language: "any",
    sense: `invented ${id}`,
    source: "invented",
    reviewed: true,
    ...fields,
  };
}

export function lexicon(
  entries: readonly LexiconEntry[],
  paradigms: Record<string, Paradigm> = {},
  rules: RuleSet = { guards: [], rules: [] },
): LexiconSource {
  return {
    entries: [...entries],
    paths: entries.map(() => "invented.json"),
    paradigms,
    rules,
    fingerprint: "invented",
  };
}

export interface FoundHit {
  entry: string;
  token: number;
  lastToken: number;
  moods: string[];
}

/** Scratch of each lexicon: it remembers words, so that later calls also try its memory. */
const scratches = new WeakMap<CompiledLexicon, Hits>();

export function scratchOf(compiled: CompiledLexicon): Hits {
  const hits = scratches.get(compiled) ?? createHits(256);
  scratches.set(compiled, hits);
  return hits;
}

export function hitsOf(compiled: CompiledLexicon, text: string): { hits: Hits; found: FoundHit[]; classes: number[] } {
  const { tokens } = batchOf(text);
  const hits = scratchOf(compiled);
  matchLexicon(compiled, tokens, 0, tokens.count, hits);
  const found = Array.from({ length: hits.count }, (_, hit) => ({
    entry: compiled.entries[hits.entry[hit]!]!.id,
    token: hits.token[hit]!,
    lastToken: hits.lastToken[hit]!,
    moods: moodNames(hits.moods[hit]!).sort(),
  }));
  return {
    hits,
    found,
    classes: Array.from(tokens.classes.subarray(0, tokens.count)),
  };
}

/** Ids of the entries found in a text, in the order found. */
export function idsIn(source: LexiconSource, text: string): string[] {
  return hitsOf(compileLexicon(source), text).found.map((hit) => hit.entry);
}
