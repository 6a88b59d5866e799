/**
 * Slips of the pen. A short message that names a group and in which no rule fires is read once more: a word that neither
 * the lexicons nor everyday talk know is read as the word of the lexicons that is one slip away (text/misspellings.ts).
 * Names of groups are not guessed at: countries, cities and surnames are a slip away from them.
 */
import { FLAG, type TokenBatch } from "../core/token.ts";
import { writeKazakhStem } from "../text/kazakh-stem.ts";
import { letterOf, lettersToString } from "../text/letters.ts";
import { mendWord } from "../text/misspellings.ts";
import { porterStem } from "../text/stem.ts";
import { type CompiledLexicon, classBit } from "./compile.ts";
import { readEverydayWords } from "./everyday.ts";
import { readOrdinaryWords } from "./files.ts";
import { Vocabulary } from "./lookup.ts";
import { isListed } from "./match.ts";
import { batchOf, type Unit, unitOf } from "./units.ts";

/** Longer messages have words enough that one of them is a slip away from something. */
const MOST_TOKENS = 16;
/** More unknown words than this are names, or another language. */
const MOST_UNKNOWN = 4;
/** Of fewer letters too many words are one slip apart. */
const SHORTEST = 4;
/** Letters that all forms of a word share. */
const OPENING = 3;
const MOST_REMEMBERED = 20_000;
/** Words of these are not guessed at. */
const STRANGE = FLAG.digit | FLAG.link | FLAG.mention | FLAG.hashtag | FLAG.emoji | FLAG.otherScript | FLAG.figured;
const PREDICATE = classBit("predicate");
const CAPITALISED = FLAG.upper | FLAG.lower;
/** What a call or an attack is made of, and what takes it back. */
const MENDED = (
  ["act", "predicate", "necessity", "appeal", "auxiliary", "outward", "negation", "prohibition", "quantifier"] as const
).reduce((bits, name) => bits | classBit(name), 0);

export class Mender {
  readonly #lexicon: CompiledLexicon;
  readonly #all: Vocabulary;
  readonly #everyday: Vocabulary;
  readonly #mended: Vocabulary;
  readonly #remembered = new Map<string, Uint8Array | null>();
  #known: readonly string[] | null = null;
  readonly #openings = new Map<string, string[]>();

  /** @param all every word of the lexicon */
  constructor(lexicon: CompiledLexicon, all: Vocabulary) {
    this.#lexicon = lexicon;
    this.#all = all;
    this.#everyday = new Vocabulary(lexicon, 0, () => this.#knownWords);
    this.#mended = new Vocabulary(lexicon, MENDED, () => []);
  }

  /** @returns the message with its slips mended, null where there are none, or too many words are unknown. */
  mend(tokens: TokenBatch): TokenBatch | null {
    const { count, letter, letters, flags, classes } = tokens;
    if (count > MOST_TOKENS) return null;
    const unknown: number[] = [];
    for (let token = 0; token < count; token++) {
      if (letter[token + 1]! - letter[token]! < SHORTEST || (flags[token]! & STRANGE) !== 0 || classes[token] !== 0) continue;
      if (token > 0 && (flags[token]! & CAPITALISED) === CAPITALISED) continue; // a name
      const word = letters.subarray(letter[token]!, letter[token + 1]!);
      if (this.#everyday.isOrdinary(word, word.length) || this.#all.has(word, word.length)) continue;
      if (unknown.push(token) > MOST_UNKNOWN) return null;
    }
    let units: Unit[] | null = null;
    for (const token of unknown) {
      const word = this.#meant(letters.subarray(letter[token]!, letter[token + 1]!));
      if (word === null) continue;
      // A message may begin with an order, and with a name: what could be a noun is taken for one.
      if ((flags[token]! & CAPITALISED) === CAPITALISED && isListed(this.#lexicon, word, word.length, PREDICATE)) continue;
      units ??= Array.from({ length: count }, (_, k) => unitOf(tokens, k));
      units[token] = { ...units[token]!, key: 0, letters: word, flags: flags[token]! | FLAG.misspelt };
    }
    return units === null ? null : batchOf(units);
  }

  #meant(letters: Uint8Array): Uint8Array | null {
    const name = letters.join();
    const known = this.#remembered.get(name);
    if (known !== undefined) return known;
    const slip = mendWord(letters, this.#mended.mayBegin, this.#mended.has);
    const meant = slip === null || this.#isFormOfOrdinary(letters) ? null : slip;
    if (this.#remembered.size === MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(name, meant);
    return meant;
  }

  /** Words of everyday talk, those that entries list among them. */
  get #knownWords(): readonly string[] {
    this.#known ??= [...readOrdinaryWords(), ...readEverydayWords().map(({ word }) => word)];
    return this.#known;
  }

  /** Whether a word that everyday talk is not known to hold is an ending away from one that it holds. */
  #isFormOfOrdinary(letters: Uint8Array): boolean {
    const [kazakh, porter] = stemsOf(letters);
    return (this.#knownByOpening.get(lettersToString(letters, 0, OPENING)) ?? []).some((word) => {
      const [other, otherPorter] = stemsOf(Uint8Array.from(word, letterOf));
      return other === kazakh || otherPorter === porter;
    });
  }

  get #knownByOpening(): ReadonlyMap<string, readonly string[]> {
    if (this.#openings.size === 0) {
      for (const word of this.#knownWords) {
        const opening = word.slice(0, OPENING);
        const others = this.#openings.get(opening);
        if (others === undefined) this.#openings.set(opening, [word]);
        else others.push(word);
      }
    }
    return this.#openings;
  }
}

/** By the Kazakh acceptor and by Porter's stemmer of its script: short messages seldom say for sure which they are in. */
function stemsOf(letters: Uint8Array): [string, string] {
  const out = new Uint8Array(letters.length + 1);
  const length = writeKazakhStem(letters, 0, letters.length, out);
  return [lettersToString(out, 0, length), porterStem(lettersToString(letters, 0, letters.length), letters[0]!)];
}
