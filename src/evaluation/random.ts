/**
 * Random numbers that are the same in every run: sfc32 (Chris Doty-Humphrey's small fast counter, passes PractRand), 32 bits
 * at a time, period at least 2^32 for any seed.
 * @param seed any number; its low 32 bits count
 */
export function createRandom(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 16; warm++) next();
  return next;
}
