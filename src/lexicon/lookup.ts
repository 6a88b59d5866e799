/** Readings of a disguised word that a lexicon knows. */
import { ANY_LETTER, MOST_OPTIONS, MOST_POSITIONS, NOTHING, type Positions } from "../text/spellings.ts";
import { CYRILLIC_BASE, LATIN_BASE } from "../text/letters.ts";
import type { Script } from "../text/spellings.ts";
import type { CompiledLexicon } from "./compile.ts";
import { isListed } from "./match.ts";

/** Of fewer letters every word is near some entry. */
const SHORTEST_WORD = 3;
const SHORTEST_WITH_ANY = 4;

const letters = new Uint8Array(MOST_POSITIONS);

/**
 * The first reading of `positions`, in the order of their options, that the lexicon lists.
 * @param budget steps left, counted down: what a message can cost is bounded
 * @returns its letters, null if there is none
 */
export function readPositions(lexicon: CompiledLexicon, positions: Positions, script: Script, budget: { steps: number }): Uint8Array | null {
  const [first, count] = script === "cyrillic" ? [CYRILLIC_BASE, 32] : [LATIN_BASE, 26];
  const step = (place: number, length: number, anyLetters: number): number => {
    if (budget.steps-- <= 0) return 0;
    if (place === positions.count)
      return length >= (anyLetters > 0 ? SHORTEST_WITH_ANY : SHORTEST_WORD) && isListed(lexicon, letters, length) ? length : 0;
    for (let k = 0; k < positions.counts[place]!; k++) {
      const option = positions.options[place * MOST_OPTIONS + k]!;
      let found = 0;
      if (option === NOTHING) found = step(place + 1, length, anyLetters);
      else if (option === ANY_LETTER) {
        for (let letter = first; found === 0 && letter < first + count; letter++) {
          letters[length] = letter;
          found = step(place + 1, length + 1, anyLetters + 1);
        }
      } else {
        letters[length] = option;
        found = step(place + 1, length + 1, anyLetters);
      }
      if (found > 0) return found;
    }
    return 0;
  };
  const length = step(0, 0, 0);
  return length > 0 ? letters.slice(0, length) : null;
}

/** First two and three letters of everything a lexicon lists, for searches that would otherwise try in vain. */
export class Beginnings {
  readonly #known = new Set<number>();

  constructor(lexicon: CompiledLexicon) {
    for (let record = 0; record < lexicon.recordStart.length; record++) {
      const start = lexicon.recordStart[record]!;
      const length = Math.min(3, lexicon.recordEnd[record]! - start);
      this.#known.add(pack(lexicon.pool, start, length));
    }
  }

  readonly holds = (found: Uint8Array, length: number): boolean =>
    this.#known.has(pack(found, 0, 3)) || this.#known.has(pack(found, 0, 2)) || length < 3;
}

function pack(from: Uint8Array, at: number, length: number): number {
  let packed = 0;
  for (let k = 0; k < length; k++) packed = (packed << 8) | from[at + k]!;
  return packed;
}
