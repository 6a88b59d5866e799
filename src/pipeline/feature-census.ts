/**
 * Names for the places of a hashed table: features of texts, with how many messages have each. A table knows no names, so
 * what nobody counted cannot be named.
 */
import { createFeatureScratch, describeFeatures, type FeatureKind, type FeatureScratch, listFeatures } from "../bayes/features.ts";
import { LANGUAGES, type Language } from "../core/label.ts";
import { CLASSES } from "../lexicon/entry.ts";
import { createStemCache, stemText } from "../text/stem-cache.ts";
import { GROUP_MASK, type Judge } from "./judge.ts";
import { SlurVeil } from "./slur-veil.ts";

export interface CountedFeature {
  readonly kind: FeatureKind;
  readonly name: string;
  readonly place: number;
  /** Whether `name` is an entry's id in place of a slur. */
  readonly hidden: boolean;
  /** Words: their runs, each place once and none of them `place`. */
  readonly runs: readonly { readonly name: string; readonly place: number }[];
  /** Words: what their forms share. */
  readonly stem: string;
  /** Runs: some words that they are in, none of them hidden. */
  readonly words: string[];
  messages: number;
  /** Number of the message that had it last. */
  last: number;
}

/** More are not kept: the rarest go first (lossy counting, Manku and Motwani 2002). */
const MOST_FEATURES = 1_500_000;
const MOST_WORDS = 3;
const STEM_CACHE_BITS = 12;

export class FeatureCensus {
  /** By place: messages that its counted features came in, all together. */
  readonly shared: Float64Array;
  /** Of classes and shapes, which are of no language. */
  readonly general: Map<string, CountedFeature> = new Map();
  readonly byLanguage: ReadonlyMap<Language, Map<string, CountedFeature>> = new Map(LANGUAGES.map((name) => [name, new Map()]));
  /** Messages in full by language, and single words and phrases. */
  readonly messages: Map<Language, number> = new Map();
  phrases = 0;
  readonly #judge: Judge;
  readonly #scratch: FeatureScratch;
  readonly #stems = createStemCache(STEM_CACHE_BITS);
  readonly #encoder = new TextEncoder();
  /** Null where slurs are shown. */
  readonly #veil: SlurVeil | null;
  #number = 0;
  #kept = 0;
  #floor = 0;

  /**
   * @param judge reads the texts, as it reads training rows; it needs no model
   * @param bits size of the model's table
   * @param hidesSlurs shows a slur as its entry's id
   */
  constructor(judge: Judge, bits: number, hidesSlurs: boolean) {
    this.#judge = judge;
    this.#scratch = createFeatureScratch(bits, GROUP_MASK);
    this.shared = new Float64Array(2 ** bits);
    this.#veil = hidesSlurs ? new SlurVeil(judge.lexicon) : null;
  }

  /** Counts all features of a message. @param language its own, if known; else as the judge reads it */
  addMessage(text: string, language: Language | null): void {
    const read = this.#count(text, language, 1, true);
    this.messages.set(read, (this.messages.get(read) ?? 0) + 1);
  }

  /** Counts words, their runs and pairs of a word or phrase that stands for so many messages. */
  addPhrase(text: string, language: Language, messages: number): void {
    this.phrases++;
    this.#count(text, language, messages, false);
  }

  #count(text: string, given: Language | null, messages: number, isMessage: boolean): Language {
    const judge = this.#judge;
    const bytes = this.#encoder.encode(text);
    judge.judge(bytes, 0, bytes.length);
    const { tokens } = judge;
    const language = given ?? LANGUAGES[judge.language]!;
    const stemmed = LANGUAGES.indexOf(language);
    const aliases = this.#veil?.aliases(judge) ?? NO_ALIASES;
    const listed = listFeatures(tokens, 0, tokens.count, this.#scratch);
    const named = describeFeatures(tokens, 0, tokens.count, GROUP_MASK, CLASSES, (token) => aliases.get(token) ?? null);
    const own = this.byLanguage.get(language)!;
    const places = this.#scratch.features;
    const number = ++this.#number;
    for (let at = 0; at < listed; at++) {
      const { kind, name, token } = named[at]!;
      const isGeneral = kind === "class" || kind === "shape";
      if (!isMessage && (isGeneral || kind === "near")) continue;
      const alias = aliases.get(token) ?? (kind === "run" ? (this.#veil?.ofRun(name) ?? null) : null);
      const place = places[at]!;
      const key = `${kind} ${alias === null ? name : `${name} ${place}`}`;
      const features = isGeneral ? this.general : own;
      let feature = features.get(key);
      if (feature === undefined) {
        const runs = kind === "word" ? runsOf(named, places, at) : [];
        const stem = kind === "word" ? (alias ?? stemText(this.#stems, tokens, token, stemmed)) : "";
        const shown = kind === "run" && alias !== null ? `letters of ${alias}` : name;
        feature = { kind, name: shown, place, hidden: alias !== null, runs, stem, words: [], messages: 0, last: 0 };
        features.set(key, feature);
        this.#kept++;
      }
      if (feature.last === number) continue;
      feature.last = number;
      feature.messages += messages;
      this.shared[place]! += messages;
      if (kind === "run" && alias === null && feature.words.length < MOST_WORDS) addWord(feature.words, wordOf(named, at));
    }
    if (this.#kept > MOST_FEATURES) this.#prune();
    return language;
  }

  #prune(): void {
    this.#floor++;
    for (const features of [this.general, ...this.byLanguage.values()])
      for (const [key, { messages }] of features)
        if (messages <= this.#floor) {
          features.delete(key);
          this.#kept--;
        }
  }
}

const NO_ALIASES: ReadonlyMap<number, string> = new Map();

type Named = readonly { readonly kind: FeatureKind; readonly name: string; readonly token: number }[];

function runsOf(named: Named, places: Int32Array, word: number): CountedFeature["runs"] {
  const runs = new Map<number, string>();
  for (let at = word + 1; at < named.length && named[at]!.token === named[word]!.token; at++)
    if (named[at]!.kind === "run" && places[at] !== places[word] && !runs.has(places[at]!)) runs.set(places[at]!, named[at]!.name);
  return [...runs].map(([place, name]) => ({ name, place }));
}

/** The word that a run is of: the last before it. */
function wordOf(named: Named, run: number): string {
  let at = run;
  while (named[at]!.kind !== "word") at--;
  return named[at]!.name;
}

function addWord(words: string[], word: string): void {
  if (!words.includes(word)) words.push(word);
}
