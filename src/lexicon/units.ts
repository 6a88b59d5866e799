/** Words of a message read again, and the tokens that they make. */
import type { TokenBatch } from "../core/token.ts";
import { PREFIX_LETTERS, prefixOf, wordKey } from "../text/hash.ts";
import { coarsen } from "../text/transliterate.ts";

/** A word as read again. */
export interface Unit {
  start: number;
  end: number;
  letters: Uint8Array;
  /** The token's own key; 0 where letters are not its own. */
  key: number;
  flags: number;
  /** Letters are coarse: only the coarse lexicon knows them. */
  coarse: boolean;
}

/** A token as it stands. */
export function unitOf({ start, end, key, letter, letters, flags }: TokenBatch, token: number): Unit {
  return {
    key: key[token]!,
    start: start[token]!,
    end: end[token]!,
    letters: letters.slice(letter[token]!, letter[token + 1]!),
    flags: flags[token]!,
    coarse: false,
  };
}

/** The words as tokens; where one is coarse all are. */
export function batchOf(units: readonly Unit[]): TokenBatch {
  const coarse = units.some((unit) => unit.coarse);
  const words = units.map((unit) => (coarse && !unit.coarse ? coarsen(unit.letters) : unit.letters));
  const count = units.length;
  const batch: TokenBatch = {
    count,
    start: new Int32Array(count),
    end: new Int32Array(count),
    key: new Int32Array(count),
    prefix: new Int32Array(count),
    letter: new Int32Array(count + 1),
    flags: new Int32Array(count),
    classes: new Int32Array(count),
    letters: new Uint8Array(words.reduce((sum, word) => sum + word.length, 0)),
    wanted: new Uint8Array(count).fill(3),
  };
  units.forEach((unit, k) => {
    const word = words[k]!;
    batch.start[k] = unit.start;
    batch.end[k] = unit.end;
    batch.key[k] = coarse || unit.key === 0 ? wordKey(word) : unit.key;
    batch.prefix[k] = prefixOf(word, Math.min(word.length, PREFIX_LETTERS));
    batch.letters.set(word, batch.letter[k]);
    batch.letter[k + 1] = batch.letter[k]! + word.length;
    batch.flags[k] = unit.flags;
  });
  return batch;
}
