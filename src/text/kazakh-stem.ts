/**
 * Kazakh stems of folded words: suffixes are taken off from the end as the tables of kazakh-suffixes.ts allow, with no lexicon but a
 * short list of roots that end like suffixes (kazakh-roots.ts).
 *
 *     казактардын    тар + дын  plural + genitive            -> казак
 *     казагым        ым         possessive, after it г is к  -> казак
 *     аузы           ы          possessive, the vowel of ауыз dropped before it
 *     олтирмендер    ме + ндер  negation + imperative        -> олтир
 *
 * The states are a finite automaton that reads to the left; a word may be read in several ways, and the shortest stem is taken,
 * for that is what all forms of a word have in common. A root of the list stops the reading. Harmony is not checked: folding has lost
 * half of it, and people type ы for і. Tried: the longest suffix first, layer by layer. Then барамын is бара + мын and not бар + а + мын,
 * and 75 % of the forms of the tests' verbs have their verb's stem instead of 98 %; nouns do as well.
 */

import { finishHash, HASH_START, hashLetter, hashLetters } from "./hash.ts";
import { DROPPING_ROOTS, ROOTS } from "./kazakh-roots.ts";
import { AFTER, END_CLUSTERS, SOUNDS, STATES, type StateName, type SuffixRow } from "./kazakh-suffixes.ts";
import { letterOf } from "./letters.ts";

/** No stem is shorter. */
const SHORTEST_STEM = 3;
/** Longer words are left alone: they are no words, and a mask of roots' ends must hold them. */
const LONGEST_WORD = 31;

const FIRST = letterOf("а");
const LETTERS = 32;
const NAMES = Object.keys(STATES) as StateName[];
const WORD = NAMES.indexOf("word");
const OWNED = NAMES.indexOf("owned");

const sounds = new Uint8Array(256);
for (const [letters, classes] of SOUNDS) for (const letter of letters) sounds[letterOf(letter)] = classes;
const endCluster = new Uint8Array(LETTERS * LETTERS);
for (const [a, b] of END_CLUSTERS.split(" ")) endCluster[(letterOf(a!) - FIRST) * LETTERS + letterOf(b!) - FIRST] = 1;
const VOWELS: number = AFTER.A | AFTER.Y;
const U = letterOf("у");

/** What suffixes may follow at `cut`, as bits of AFTER. At least two letters must be before it. */
function soundsBefore(letters: Uint8Array, cut: number): number {
  const last = letters[cut - 1]!;
  const before = letters[cut - 2]!;
  const classes = sounds[last]!;
  const single = last === U || before === U || (sounds[before]! & VOWELS) !== 0;
  return single || endCluster[(before - FIRST) * LETTERS + last - FIRST] === 1 ? classes | AFTER.E : classes;
}

/** Suffixes of all states, those of one state and one last letter together. */
const suffixLetters: Uint8Array[] = [];
const suffixAfter: number[] = [];
const suffixNext: number[] = [];
const suffixLeast: number[] = [];
/** By state and last letter: where its suffixes begin; they end where the next's begin. */
const suffixFirst = new Uint16Array(NAMES.length * LETTERS + 1);
const isStem = Uint8Array.from(NAMES, (name) => (STATES[name].stem ? 1 : 0));

function rowsOf(name: StateName): SuffixRow[] {
  return [...STATES[name].rows, ...STATES[name].or.flatMap(rowsOf)];
}

NAMES.forEach((name, state) => {
  const rows = rowsOf(name).flatMap(([suffixes, after, next, least]) =>
    suffixes.split(" ").map((suffix) => ({ letters: Uint8Array.from(suffix, letterOf), after, next: NAMES.indexOf(next), least })),
  );
  for (let last = 0; last < LETTERS; last++) {
    suffixFirst[state * LETTERS + last] = suffixLetters.length;
    for (const row of rows) {
      if (row.letters[row.letters.length - 1] !== FIRST + last) continue;
      suffixLetters.push(row.letters);
      suffixAfter.push(row.after);
      suffixNext.push(row.next);
      suffixLeast.push(row.least ?? SHORTEST_STEM);
    }
  }
});
suffixFirst[NAMES.length * LETTERS] = suffixLetters.length;

const G = letterOf("г");
const K = letterOf("к");
const B = letterOf("б");
const P = letterOf("п");
const Y = letterOf("ы");
const I = letterOf("и");

function canonicalLast(letter: number): number {
  return letter === G ? K : letter === B ? P : letter;
}

/** Roots by the hash of their letters: 0 none, 1 whole, else the vowel that was dropped before the last letter. */
const ROOT_PLACES = 1024;
const rootKey = new Int32Array(ROOT_PLACES);
const rootKind = new Uint8Array(ROOT_PLACES);

function addRoot(letters: readonly number[], kind: number): void {
  const last = letters.at(-1)!;
  for (const end of last === K ? [K, G] : last === P ? [P, B] : [last]) {
    const key = hashLetters([...letters.slice(0, -1), end], 0, letters.length);
    let place = key & (ROOT_PLACES - 1);
    while (rootKind[place] !== 0) place = (place + 1) & (ROOT_PLACES - 1);
    rootKey[place] = key;
    rootKind[place] = kind;
  }
}
for (const root of ROOTS.trim().split(/\s+/)) addRoot(Array.from(root, letterOf), 1);
for (const root of DROPPING_ROOTS.split(" ")) {
  const letters = Array.from(root, letterOf);
  addRoot(letters, 1);
  addRoot([...letters.slice(0, -2), letters.at(-1)!], letters.at(-2)!);
}

/** A hash that happens to be a root's costs a stem that is too long, no more. */
function rootKindOf(key: number): number {
  let place = key & (ROOT_PLACES - 1);
  while (rootKind[place] !== 0 && rootKey[place] !== key) place = (place + 1) & (ROOT_PLACES - 1);
  return rootKind[place]!;
}

/** Added to a length: a root ends there. The longest root is better than any other reading. */
const AT_ROOT = 64;

/**
 * The shortest stem that is reached by reading on from `state`, when the first `length` letters are left.
 * @param roots bit n says that a root ends after n letters
 * @returns its length, AT_ROOT added where it is a root; 0 where what was read so far is no suffix
 */
function read(state: number, letters: Uint8Array, start: number, length: number, roots: number): number {
  if (isStem[state] === 1 && ((roots >>> length) & 1) !== 0) return length | AT_ROOT;
  let best = isStem[state] === 1 ? length : 0;
  const at = state * LETTERS + letters[start + length - 1]! - FIRST;
  const stop = suffixFirst[at + 1]!;
  for (let s = suffixFirst[at]!; s < stop; s++) {
    const suffix = suffixLetters[s]!;
    const left = length - suffix.length;
    if (left < SHORTEST_STEM) continue;
    const listed = ((roots >>> left) & 1) !== 0;
    if (left < suffixLeast[s]! && !listed) continue;
    const cut = start + left;
    let k = 0;
    while (k < suffix.length && letters[cut + k] === suffix[k]) k++;
    if (k < suffix.length || ((soundsBefore(letters, cut) | (listed ? AFTER.E : 0)) & suffixAfter[s]!) === 0) continue;
    const found = read(suffixNext[s]!, letters, start, left, roots);
    if (found >= AT_ROOT ? found > best : best < AT_ROOT && found !== 0 && (best === 0 || found < best)) best = found;
  }
  return best;
}

/** Where the stem of the word `letters[start, end)` ends. Total; words of other letters than а-я are their own stems. */
export function kazakhStemEnd(letters: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length <= SHORTEST_STEM || length > LONGEST_WORD) return end;
  let roots = 0;
  let state = HASH_START;
  for (let n = 0; n < length; n++) {
    const letter = letters[start + n]!;
    if (letter < FIRST || letter >= FIRST + LETTERS) return end;
    state = hashLetter(state, letter);
    if (n + 1 >= SHORTEST_STEM && rootKindOf(finishHash(state)) !== 0) roots |= 1 << (n + 1);
  }
  // What is left is read again until nothing goes: a noun that ends like a possessive loses that end where it stands alone, so it
  // must lose it here. Not from the first state: баста- (begin) would become бас (head).
  let left = length;
  for (let first = WORD; ; first = OWNED) {
    const found = read(first, letters, start, left, roots);
    if (found >= AT_ROOT) return start + found - AT_ROOT;
    if (found === left) break;
    left = found;
  }
  // A narrow vowel at the end comes and goes: оқы, оқу.
  const last = letters[start + left - 1]!;
  return start + (left > SHORTEST_STEM && (last === Y || last === I) ? left - 1 : left);
}

/**
 * Writes the stem as all forms of the word have it: voiceless at its end, a dropped vowel restored.
 * @param out at least one longer than the word
 * @returns the length.
 */
export function writeKazakhStem(letters: Uint8Array, start: number, end: number, out: Uint8Array): number {
  const stop = kazakhStemEnd(letters, start, end);
  const length = stop - start;
  for (let k = 0; k < length; k++) out[k] = letters[start + k]!;
  if (length < SHORTEST_STEM) return length;
  const last = canonicalLast(out[length - 1]!);
  out[length - 1] = last;
  const vowel = droppedVowel(out, length);
  if (vowel === 0) return length;
  out[length - 1] = vowel;
  out[length] = last;
  return length + 1;
}

/** The vowel that a root has lost before its last letter, 0 for none. */
function droppedVowel(letters: Uint8Array, length: number): number {
  const kind = rootKindOf(hashLetters(letters, 0, length));
  return kind > 1 ? kind : 0;
}
