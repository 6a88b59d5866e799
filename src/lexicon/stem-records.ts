/** The stems of one entry, out of the compiled tables. */
import type { CompiledLexicon } from "./compile.ts";
import { NO_READING, readEnding } from "./paradigm.ts";

export interface StemRecord {
  /** Folded. */
  readonly letters: Uint8Array;
  /** Number of its paradigm in the lexicon. */
  readonly paradigm: number;
}

export function stemRecords(lexicon: CompiledLexicon, entry: number): StemRecord[] {
  const found: StemRecord[] = [];
  lexicon.recordEntry.forEach((owner, record) => {
    const paradigm = lexicon.recordParadigm[record]!;
    if (owner !== entry || paradigm < 0) return;
    found.push({ letters: lexicon.pool.subarray(lexicon.recordStart[record], lexicon.recordEnd[record]), paradigm });
  });
  return found;
}

/** Moods in which a stem reads a folded word, NO_READING where it does not. */
export function reads(lexicon: CompiledLexicon, { letters, paradigm }: StemRecord, word: Uint8Array): number {
  if (letters.length > word.length || !letters.every((letter, k) => word[k] === letter)) return NO_READING;
  return readEnding(lexicon.paradigms[paradigm]!, word, letters.length, word.length);
}
