/**
 * Words that a hurried writer may have meant: one slip away, the commonest slips first. Letters are folded.
 *
 *     doubled letter  бейтте -> бейте      vowel left out  крек -> керек      two exchanged  уибть -> убить
 *     sound for sound нинавижу -> ненавижу      one too many  выганать -> выгнать      the key beside  кмльте -> жмльте
 */
import { isCyrillicLetter, isLatinLetter, letterOf } from "./letters.ts";

/** Longer words are left as they are. */
const LONGEST = 24;
/** The first letter is seldom wrong: slips begin at the second. */
const FIRST = 1;

const ROWS = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** Letters that sound alike where they are not stressed or end a syllable, in both directions. */
const SOUNDS = "ао еи ыи яе эе ую бп дт гк зс жш вф шщ цс йи кх ae ei ou iy sz ck".split(" ");
const VOWELS = "аеиоуыэюяьйaeiou";

/** By folded letter: letters that may have been meant instead, those that sound alike first. */
const INSTEAD: readonly Uint8Array[] = Array.from({ length: 256 }, (_, letter) => {
  const found = new Set<number>();
  for (const pair of SOUNDS) {
    const [one, other] = [letterOf(pair[0]!), letterOf(pair[1]!)];
    if (one === letter) found.add(other);
    if (other === letter) found.add(one);
  }
  for (const row of ROWS) {
    const at = [...row].findIndex((key) => letterOf(key) === letter);
    for (const beside of at < 0 ? [] : [row[at - 1], row[at + 1]]) if (beside !== undefined) found.add(letterOf(beside));
  }
  return Uint8Array.from(found);
});
const CYRILLIC_VOWELS = Uint8Array.from([...VOWELS].map(letterOf).filter(isCyrillicLetter));
const LATIN_VOWELS = Uint8Array.from([...VOWELS].map(letterOf).filter(isLatinLetter));

const scratch = new Uint8Array(LONGEST + 1);

/** Letters by which a word's beginning is told. */
const OPENING = 3;

/**
 * The first word one slip away from `word` that `accept` takes.
 * @param mayBegin whether a word that is taken may begin with the first three of `letters`; if not, only slips in them are tried
 * @param accept gets scratch, to be read up to a length and not kept
 * @returns its letters, null if there is none
 */
export function mendWord(
  word: Uint8Array,
  mayBegin: (letters: Uint8Array, length: number) => boolean,
  accept: (letters: Uint8Array, length: number) => boolean,
): Uint8Array | null {
  const { length } = word;
  if (length > LONGEST) return null;
  const last = mayBegin(word, length) ? length : Math.min(length, OPENING - 1);
  const taken = (count: number): Uint8Array | null => (accept(scratch, count) ? scratch.slice(0, count) : null);
  const vowels = isCyrillicLetter(word[0]!) ? CYRILLIC_VOWELS : LATIN_VOWELS;
  return (
    leaveOut(word, last, taken, (at) => word[at] === word[at - 1]) ??
    exchange(word, last, taken) ??
    putIn(word, last, vowels, taken) ??
    replace(word, last, taken) ??
    leaveOut(word, last, taken, (at) => word[at] !== word[at - 1])
  );
}

/** Slips are looked for from FIRST to `last`. */
type Taken = (count: number) => Uint8Array | null;

function leaveOut(word: Uint8Array, last: number, taken: Taken, mayGo: (at: number) => boolean): Uint8Array | null {
  for (let at = FIRST; at <= last && at < word.length; at++) {
    if (!mayGo(at)) continue;
    scratch.set(word.subarray(0, at));
    scratch.set(word.subarray(at + 1), at);
    const found = taken(word.length - 1);
    if (found !== null) return found;
  }
  return null;
}

function exchange(word: Uint8Array, last: number, taken: Taken): Uint8Array | null {
  scratch.set(word);
  for (let at = FIRST; at <= last && at + 1 < word.length; at++) {
    if (word[at] === word[at + 1]) continue;
    scratch[at] = word[at + 1]!;
    scratch[at + 1] = word[at]!;
    const found = taken(word.length);
    if (found !== null) return found;
    scratch[at] = word[at]!;
    scratch[at + 1] = word[at + 1]!;
  }
  return null;
}

function putIn(word: Uint8Array, last: number, vowels: Uint8Array, taken: Taken): Uint8Array | null {
  for (let at = FIRST; at <= last; at++) {
    scratch.set(word.subarray(0, at));
    scratch.set(word.subarray(at), at + 1);
    for (const vowel of vowels) {
      scratch[at] = vowel;
      const found = taken(word.length + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

function replace(word: Uint8Array, last: number, taken: Taken): Uint8Array | null {
  scratch.set(word);
  for (let at = FIRST; at <= last && at < word.length; at++) {
    for (const letter of INSTEAD[word[at]!]!) {
      scratch[at] = letter;
      const found = taken(word.length);
      if (found !== null) return found;
    }
    scratch[at] = word[at]!;
  }
  return null;
}
