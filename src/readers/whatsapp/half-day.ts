import { skipSpaces } from "./marks.ts";

/**
 * Words for the halves of the day, 1 before noon, 2 after; 0 for a word that only follows the time. Of Arabic, Persian, Russian,
 * Kazakh, Chinese (which tells parts of the day), Japanese, Korean, Turkish, Greek, Hindi, Vietnamese, Malay, Albanian, Czech, Hungarian
 * and Bulgarian; "AM" and "PM" are not among them, for they come with dots and spaces.
 */
const HALF_DAYS: ReadonlyArray<readonly [string, number]> = [
  ["ص", 1],
  ["م", 2],
  ["ق.ظ.", 1],
  ["ب.ظ.", 2],
  ["ДП", 1],
  ["ПП", 2],
  ["ТД", 1],
  ["ТК", 2],
  ["上午", 1],
  ["下午", 2],
  ["凌晨", 1],
  ["清晨", 1],
  ["早上", 1],
  ["中午", 2],
  ["晚上", 2],
  ["午前", 1],
  ["午後", 2],
  ["오전", 1],
  ["오후", 2],
  ["ÖÖ", 1],
  ["ÖS", 2],
  ["π.μ.", 1],
  ["μ.μ.", 2],
  ["पूर्वाह्न", 1],
  ["अपराह्न", 2],
  ["SA", 1],
  ["CH", 2],
  ["PG", 1],
  ["PTG", 2],
  ["PD", 1],
  ["MD", 2],
  ["dop.", 1],
  ["odp.", 2],
  ["de.", 1],
  ["du.", 2],
  ["ч.", 0],
];

interface HalfDay {
  readonly bytes: Uint8Array;
  readonly half: number;
}

/** Words by their first byte. */
const BY_LEAD: ReadonlyArray<readonly HalfDay[] | undefined> = byLead();

function byLead(): HalfDay[][] {
  const encoder = new TextEncoder();
  const table: HalfDay[][] = [];
  for (const [word, half] of HALF_DAYS) {
    const bytes = encoder.encode(word);
    const lead = bytes[0]!;
    table[lead] = [...(table[lead] ?? []), { bytes, half }];
  }
  return table;
}

/**
 * Reads "AM", "p. m.", "下午" and the like at `at`.
 * @returns its length times 4 plus 1 before noon or 2 after, or 0 for a word that does not say; 0 if there is none.
 */
export function matchHalfDay(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]! | 0x20;
  if (lead === 0x61 || lead === 0x70) {
    const found = matchLatin(bytes, at, end);
    if (found !== 0) return found;
  }
  const words = BY_LEAD[bytes[at]!];
  if (words === undefined) return 0;
  for (const { bytes: word, half } of words) {
    let length = 0;
    while (length < word.length && bytes[at + length] === word[length]) length++;
    const isWord = length === word.length && at + length <= end;
    if (isWord && !(isLetter(word[length - 1]!) && isLetter(bytes[at + length]!))) return (length << 2) | half;
  }
  return 0;
}

/** "am", "PM", "a.m.", "p. m." */
function matchLatin(bytes: Uint8Array, at: number, end: number): number {
  let to = at + 1;
  if (bytes[to] === 0x2e) to = skipSpaces(bytes, to + 1, end);
  if (to >= end || (bytes[to]! | 0x20) !== 0x6d) return 0;
  to++;
  if (bytes[to] === 0x2e) to++;
  else if (to < end && isLetter(bytes[to]!)) return 0;
  return ((to - at) << 2) | ((bytes[at]! | 0x20) === 0x61 ? 1 : 2);
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
