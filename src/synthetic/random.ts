/** Chance that is the same in every run: mulberry32, one 32-bit state. */

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
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
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
