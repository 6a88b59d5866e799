/**
 * Paradigms compiled: which endings a stem may take, and the moods they give. An ending is at most one suffix of each
 * layer in turn; a match reads the whole rest of the word. Words are short and layers few, so plain backtracking over
 * at most four layers is bounded: every step consumes letters or a layer.
 */
import { MOODS, type MoodName, type Paradigm } from "./entry.ts";

export interface CompiledLayer {
  readonly required: boolean;
  /** Suffixes as folded letters, those with one first letter together, and the mood bits of each. */
  readonly suffixes: readonly Uint8Array[];
  readonly moods: Int32Array;
  /** By first letter: where its suffixes begin; they end where the next letter's begin. */
  readonly firsts: Uint16Array;
}

export interface CompiledParadigm {
  readonly name: string;
  readonly layers: readonly CompiledLayer[];
  /** Moods of the stem alone, -1 where it may not stand alone. */
  readonly bare: number;
}

/** What a reading of an ending found; `moods` of -1 says no reading. */
export const NO_READING = -1;

export function moodBit(mood: MoodName): number {
  return 1 << MOODS.indexOf(mood);
}

/** @param fold gives a term's folded letters. */
export function compileParadigm(name: string, paradigm: Paradigm, fold: (term: string) => Uint8Array): CompiledParadigm {
  /** Moods of suffixes of which no letter is left: a soft sign in coarse letters. */
  let unwritten = NO_READING;
  const layers = paradigm.layers.map((layer, depth): CompiledLayer => {
    const byLetters = new Map<string, { letters: Uint8Array; moods: number }>();
    for (const [mood, suffixes] of Object.entries(layer.suffixes)) {
      const bit = mood === "" ? 0 : moodBit(mood as MoodName);
      for (const suffix of suffixes) {
        const letters = fold(suffix);
        if (letters.length === 0) {
          if (depth === 0) unwritten = Math.max(unwritten, 0) | bit;
          continue;
        }
        const same = byLetters.get(letters.join());
        if (same) same.moods |= bit;
        else byLetters.set(letters.join(), { letters, moods: bit });
      }
    }
    const rows = [...byLetters.values()].sort((a, b) => a.letters[0]! - b.letters[0]!);
    return {
      required: layer.required ?? false,
      suffixes: rows.map((row) => row.letters),
      moods: Int32Array.from(rows, (row) => row.moods),
      firsts: indexFirsts(rows.map((row) => row.letters)),
    };
  });
  const bare = paradigm.bare === null ? NO_READING : paradigm.bare ? moodBit(paradigm.bare) : 0;
  return { name, layers, bare: unwritten === NO_READING ? bare : unwritten | Math.max(bare, 0) };
}

/** @param suffixes sorted by first letter */
export function indexFirsts(suffixes: readonly Uint8Array[]): Uint16Array {
  const firsts = new Uint16Array(257);
  for (const suffix of suffixes) firsts[suffix[0]! + 1]!++;
  for (let letter = 0; letter < 256; letter++) firsts[letter + 1]! += firsts[letter]!;
  return firsts;
}

/**
 * Reads `letters[at, end)` as an ending.
 * @returns the moods of all readings together, or NO_READING.
 */
export function readEnding(paradigm: CompiledParadigm, letters: Uint8Array, at: number, end: number): number {
  return at === end ? paradigm.bare : readLayer(paradigm, 0, letters, at, end);
}

function readLayer(paradigm: CompiledParadigm, depth: number, letters: Uint8Array, at: number, end: number): number {
  const layer = paradigm.layers[depth];
  if (layer === undefined) return at === end ? 0 : NO_READING;
  let found = layer.required ? NO_READING : readLayer(paradigm, depth + 1, letters, at, end);
  if (at === end) return found;
  const first = letters[at]!;
  const stop = layer.firsts[first + 1]!;
  for (let s = layer.firsts[first]!; s < stop; s++) {
    const suffix = layer.suffixes[s]!;
    if (at + suffix.length > end) continue;
    let k = 0;
    while (k < suffix.length && letters[at + k] === suffix[k]) k++;
    if (k < suffix.length) continue;
    const rest = readLayer(paradigm, depth + 1, letters, at + k, end);
    if (rest !== NO_READING) found = (found === NO_READING ? 0 : found) | rest | layer.moods[s]!;
  }
  return found;
}

/** The first `length` letters that endings can begin with; shorter ones are whole endings. For the matcher's prefilter. */
export function endingOpenings(paradigm: CompiledParadigm, length: number): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const walk = (depth: number, sofar: number[]): void => {
    if (sofar.length >= length || depth === paradigm.layers.length) {
      const cut = Uint8Array.from(sofar.slice(0, length));
      found.set(cut.join(), cut);
      return;
    }
    const layer = paradigm.layers[depth]!;
    if (!layer.required) walk(depth + 1, sofar);
    for (const suffix of layer.suffixes) walk(depth + 1, [...sofar, ...suffix]);
  };
  walk(0, []);
  return [...found.values()];
}
