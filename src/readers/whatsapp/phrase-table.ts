/** The phrases of WhatsApp, compiled to be compared with bytes. */
import { skipMarks, skipSpaces } from "./marks.ts";
import { DELETED, MARKED_DELETED, MARKED_NOTICES, MEDIA, NOTICES, PLACEHOLDERS, VIEWED_ONCE } from "./phrases.ts";
import { DELETED_ABROAD, MARKED_NOTICES_ABROAD, MEDIA_ABROAD, NOTICES_ABROAD, PLACEHOLDERS_ABROAD } from "./phrases-abroad.ts";

/** Longest line compared with the phrases, in bytes. */
export const PHRASE_BYTES = 512;

/**
 * What a phrase stands for. Up to `media`, which may have a caption on the next line, it is the whole of a line; from
 * `notice` on its opening, from `markedNotice` on believed only with a direction mark.
 */
export const ROLE = {
  placeholder: 1,
  viewedOnce: 2,
  deleted: 3,
  media: 4,
  notice: 5,
  markedNotice: 6,
  markedDeleted: 7,
} as const;

const LISTS: ReadonlyArray<readonly [readonly string[], number]> = [
  [[...PLACEHOLDERS, ...PLACEHOLDERS_ABROAD], ROLE.placeholder],
  [VIEWED_ONCE, ROLE.viewedOnce],
  [[...DELETED, ...DELETED_ABROAD], ROLE.deleted],
  [[...MEDIA, ...MEDIA_ABROAD], ROLE.media],
  [[...NOTICES, ...NOTICES_ABROAD], ROLE.notice],
  [[...MARKED_NOTICES, ...MARKED_NOTICES_ABROAD], ROLE.markedNotice],
  [MARKED_DELETED, ROLE.markedDeleted],
];

export interface Phrase {
  readonly bytes: Uint8Array;
  readonly role: number;
}

const encoder = new TextEncoder();
/** Phrases by their first two bytes. */
const PHRASES: ReadonlyMap<number, readonly Phrase[]> = compilePhrases();

/** Phrases that may be what `FOLDED` holds. */
export function phrasesFor(length: number): readonly Phrase[] {
  return length < 2 ? [] : (PHRASES.get((FOLDED[0]! << 8) | FOLDED[1]!) ?? []);
}

function compilePhrases(): Map<number, Phrase[]> {
  const phrases = new Map<number, Phrase[]>();
  for (const [list, role] of LISTS) {
    for (const phrase of list) {
      const bytes = encoder.encode(phrase);
      const key = (bytes[0]! << 8) | bytes[1]!;
      const row = phrases.get(key) ?? [];
      row.push({ bytes, role });
      phrases.set(key, row);
    }
  }
  return phrases;
}

/**
 * A set of hashes of the first four bytes of phrases, as listed and as a sentence would begin. It lets almost every body
 * go unfolded; by two bytes alone half of all Russian bodies stayed, which cost a third of the speed.
 */
const OPENINGS: Uint8Array = compileOpenings();

function compileOpenings(): Uint8Array {
  const openings = new Uint8Array(1 << 16);
  for (const [list] of LISTS) {
    for (const phrase of list) {
      const capital = phrase.startsWith("<") ? 1 : 0;
      const sentence = phrase.slice(0, capital) + phrase.charAt(capital).toUpperCase() + phrase.slice(capital + 1);
      for (const form of [phrase, sentence, phrase.toUpperCase()]) openings[hashOpening(encoder.encode(form), 0)] = 1;
    }
  }
  return openings;
}

/** Whether a phrase could start at `at`; false for almost every body. */
export function isOpening(bytes: Uint8Array, at: number): boolean {
  return OPENINGS[hashOpening(bytes, at)] === 1;
}

function hashOpening(bytes: Uint8Array, at: number): number {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return Math.imul(word, 0x9e3779b1) >>> 16;
}

/** Where `foldPhrase` leaves its result; valid until its next call. */
export const FOLDED: Uint8Array = new Uint8Array(PHRASE_BYTES);

/**
 * Brings a line to the form of the lists: no marks, plain spaces and apostrophes, lower case, no full stop at the end, Latin or Chinese.
 * @returns its length in `FOLDED`, -1 if too long.
 */
export function foldPhrase(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > PHRASE_BYTES) return -1;
  let to = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    const second = bytes[at + 1]!;
    if (byte >= 0x41 && byte <= 0x5a) FOLDED[to++] = byte | 0x20;
    else if (byte === 0xd0 && second >= 0x90 && second <= 0x9f) {
      FOLDED[to++] = 0xd0;
      FOLDED[to++] = second + 0x20;
      at++;
    } else if (byte === 0xd0 && second >= 0xa0 && second <= 0xaf) {
      FOLDED[to++] = 0xd1;
      FOLDED[to++] = second - 0x20;
      at++;
    } else if (byte === 0xd0 && second >= 0x80 && second <= 0x8f) {
      FOLDED[to++] = 0xd1;
      FOLDED[to++] = second + 0x10;
      at++;
    } else if (byte === 0xc3 && second >= 0x80 && second <= 0x9e) {
      FOLDED[to++] = 0xc3;
      FOLDED[to++] = second + 0x20;
      at++;
    } else if ((byte === 0xd2 && second >= 0x90) || (byte === 0xd3 && second >= 0x90)) {
      // Kazakh capitals are even, their small letters come next.
      FOLDED[to++] = byte;
      FOLDED[to++] = second | 1;
      at++;
    } else if (byte === 0xe2 || byte === 0xef || byte === 0xc2) {
      const clean = skipMarks(bytes, at, end);
      const spaced = clean > at ? clean : skipSpaces(bytes, at, end);
      if (spaced > at && clean === at) FOLDED[to++] = 0x20;
      if (spaced > at) {
        at = spaced;
        continue;
      }
      if (byte === 0xe2 && second === 0x80 && bytes[at + 2] === 0x99) {
        FOLDED[to++] = 0x27;
        at += 2;
      } else FOLDED[to++] = byte;
    } else FOLDED[to++] = byte;
    at++;
  }
  for (;;) {
    const last = FOLDED[to - 1];
    if (to > 0 && (last === 0x20 || last === 0x2e || last === 0x0d)) to--;
    else if (to >= 3 && last === 0x82 && FOLDED[to - 2] === 0x80 && FOLDED[to - 3] === 0xe3) to -= 3;
    else return to;
  }
}

export function startsWith(bytes: Uint8Array, at: number, phrase: Uint8Array): boolean {
  for (let index = 0; index < phrase.length; index++) if (bytes[at + index] !== phrase[index]) return false;
  return true;
}
