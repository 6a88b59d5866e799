/** How often everyday words come, and which entries they would set off. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompiledLexicon } from "./compile.ts";
import { BUILTIN_LEXICONS } from "./files.ts";
import { Looker } from "./look.ts";

/** A folded word of harmless messages. */
export interface EverydayWord {
  readonly word: string;
  readonly count: number;
  /** Language of the messages. */
  readonly language: string;
}

/** A word that an entry matches. */
export interface Collision extends EverydayWord {
  readonly moods: number;
}

/** The commonest words of harmless messages, those that entries list among them (models/counts.js). */
export function readEverydayWords(): EverydayWord[] {
  return readFileSync(join(BUILTIN_LEXICONS, "ordinary", "counts.tsv"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [word, count, language] = line.split("\t");
      return { word: word!, count: Number(count), language: language! };
    });
}

/** By entry: the everyday words that it matches by themselves, most frequent first. */
export function findCollisions(lexicon: CompiledLexicon, words: readonly EverydayWord[]): Map<number, Collision[]> {
  const looker = new Looker(lexicon);
  const found = new Map<number, Collision[]>();
  for (const word of words) {
    for (const { entry, moods } of looker.look(word.word).seen) {
      const collisions = found.get(entry) ?? [];
      if (collisions.length === 0) found.set(entry, collisions);
      collisions.push({ ...word, moods });
    }
  }
  for (const collisions of found.values()) collisions.sort((a, b) => b.count - a.count);
  return found;
}
