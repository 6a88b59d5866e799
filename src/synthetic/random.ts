/** Choices by chance that is the same in every run. */
import { seededRandom } from "../core/random.ts";

export interface Random {
  /** 0 <= number < 1 */
  next(): number;
  /** One of the list, which must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** true in `share` of the cases. */
  chance(share: number): boolean;
}

/** @param seed any 32-bit number */
export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  return { next, pick: (list) => list[Math.floor(next() * list.length)]!, chance: (share) => next() < share };
}

/** The list in another order, again and again: each is dealt as often as any other. */
export function createDeck<T>(random: Random, list: readonly T[]): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...list];
    const at = Math.floor(random.next() * left.length);
    const dealt = left[at]!;
    left[at] = left.at(-1)!;
    left.pop();
    return dealt;
  };
}
