/** What words refer to, before rules look at them. */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { cellFlags, cellOf, letterOf } from "../text/letters.ts";
import { type CompiledLexicon, classBit } from "./compile.ts";
import { ENTRY_LANGUAGES } from "./entry.ts";
import type { Hits } from "./match.ts";
import { NAMES_GROUP } from "./rule-plan.ts";

const TARGET = classBit("target");
const THING = classBit("thing");
const PROPERTY = classBit("property");
const PRONOUN = classBit("pronoun");
/** Of a pronoun before which a group was named. */
export const NAMED: number = classBit("named");
const RUSSIAN = 1 << ENTRY_LANGUAGES.indexOf("ru");

/**
 * What words refer to. A group's name right before its language, food or music names no people, unless that is a property
 * that can be attacked; a pronoun after a group's name stands for the group.
 */
export function readReferences(lexicon: CompiledLexicon, bytes: Uint8Array, tokens: TokenBatch, hits: Hits, classes: Int32Array): void {
  let named = false;
  for (let hit = 0; hit < hits.count; hit++) {
    let bits = lexicon.classBits[hits.entry[hit]!]!;
    if ((bits & TARGET) !== 0 && (isFollowedByThing(lexicon, tokens, hits, hit) || isKazakhWord(lexicon, bytes, tokens, hits, hit)))
      bits &= ~TARGET;
    if ((bits & PRONOUN) !== 0 && named) bits |= NAMED;
    named ||= (bits & NAMES_GROUP) !== 0;
    classes[hit] = bits;
  }
}

/** Whether a Russian name was read in a word that begins with Kazakh letters, which are folded: құрды (built) is not курды. */
function isKazakhWord(lexicon: CompiledLexicon, bytes: Uint8Array, tokens: TokenBatch, hits: Hits, hit: number): boolean {
  const token = hits.token[hit]!;
  if ((tokens.flags[token]! & FLAG.kazakh) === 0 || lexicon.languageBits[hits.entry[hit]!] !== RUSSIAN) return false;
  const start = tokens.start[token]!;
  // Endings may be Kazakh; of the first four letters, two bytes each, none is part of one.
  const end = Math.min(tokens.end[token]!, start + 8);
  for (let at = start; at + 1 < end; at += 2) if ((cellFlags(cellOf(letterAt(bytes, at))) & FLAG.kazakh) !== 0) return true;
  return false;
}

function letterAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
}

function isFollowedByThing(lexicon: CompiledLexicon, tokens: TokenBatch, hits: Hits, hit: number): boolean {
  const next = hits.lastToken[hit]! + 1;
  let following = 0;
  for (let other = hit + 1; other < hits.count && hits.token[other]! <= next; other++) {
    if (hits.token[other] === next) following |= lexicon.classBits[hits.entry[other]!]!;
  }
  if ((following & THING) === 0 || (following & PROPERTY) !== 0) return false;
  return !endsAs(NOUN_ENDINGS[lexicon.languageBits[hits.entry[hit]!]!], tokens, hits.lastToken[hit]!);
}

/** Endings of names, folded, that say what happens to people: what follows them is not theirs. By language bit. */
const NOUN_ENDINGS: Readonly<Record<number, readonly Uint8Array[]>> = {
  [1 << ENTRY_LANGUAGES.indexOf("kk")]: "га ге ка ке на не ды ди ты ти ны ни дан ден тан тен нан нен мен бен пен"
    .split(" ")
    .map(foldLetters),
  [1 << ENTRY_LANGUAGES.indexOf("ru")]: "ам ям ов ев цу ину".split(" ").map(foldLetters),
};

function foldLetters(text: string): Uint8Array {
  return Uint8Array.from(text, letterOf);
}

function endsAs(endings: readonly Uint8Array[] | undefined, tokens: TokenBatch, token: number): boolean {
  const end = tokens.letter[token + 1]!;
  return (endings ?? []).some((ending) => {
    const start = end - ending.length;
    return start > tokens.letter[token]! && ending.every((letter, k) => tokens.letters[start + k] === letter);
  });
}
