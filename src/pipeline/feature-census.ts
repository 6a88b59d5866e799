/**
 * Names for the places of a hashed table: features of texts, with how many messages have each. A table knows no names, so
 * what nobody counted cannot be named.
 */
import { createFeatureScratch, describeFeatures, type FeatureKind, type FeatureScratch, listFeatures } from "../bayes/features.ts";
import { LANGUAGES, type Language } from "../core/label.ts";
import { CLASSES } from "../lexicon/entry.ts";
import { lettersToString } from "../text/letters.ts";
import { createStemCache, stemText } from "../text/stem-cache.ts";
import { GROUP_MASK, type Judge } from "./judge.ts";
import type { SlurVeil } from "./slur-veil.ts";

export interface CountedFeature {
  readonly kind: FeatureKind;
  readonly name: string;
  readonly place: number;
  /** Whether `name` is an entry's id in place of a slur. */
  readonly hidden: boolean;
  /** Words: their runs, each once; some may share a place. */
  readonly runs: CountedFeature[];
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
  readonly #veil: SlurVeil | null;
  /** By language, then by folded letters: words whose runs are known, so that they need not be named again. */
  readonly #known: ReadonlyMap<Language, Map<string, CountedFeature>> = new Map(LANGUAGES.map((name) => [name, new Map()]));
  #number = 0;
  #kept = 0;
  #floor = 0;

  /**
   * @param judge reads the texts, as it reads training rows; it needs no model
   * @param bits size of the model's table
   * @param veil hides slurs; null shows them
   */
  constructor(judge: Judge, bits: number, veil: SlurVeil | null) {
    this.#judge = judge;
    this.#scratch = createFeatureScratch(bits, GROUP_MASK);
    this.shared = new Float64Array(2 ** bits);
    this.#veil = veil;
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
    const known = this.#known.get(language)!;
    const words = Array.from({ length: tokens.count }, (_, token) =>
      lettersToString(tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!),
    );
    const aliases = this.#veil?.aliases(judge, words) ?? NO_ALIASES;
    const aliasOf = (token: number): string | null => aliases.get(token) ?? null;
    const isKnown = (token: number): boolean => !aliases.has(token) && known.has(words[token]!);
    const listed = listFeatures(tokens, 0, tokens.count, this.#scratch);
    const named = describeFeatures(tokens, 0, tokens.count, GROUP_MASK, CLASSES, aliasOf, (token) => !isKnown(token));
    const places = this.#scratch.features;
    this.#number++;
    let word: CountedFeature | null = null;
    for (let at = 0; at < listed; at++) {
      const { kind, name, token } = named[at]!;
      if (kind === "run") {
        if (name === "") {
          for (const run of known.get(words[token]!)!.runs) this.#add(run, messages);
          while (at + 1 < listed && named[at + 1]!.kind === "run" && named[at + 1]!.token === token) at++;
          continue;
        }
        const run = this.#find(language, kind, name, places[at]!, aliasOf(token) ?? this.#veil?.ofRun(name) ?? null, "");
        if (!run.hidden && run.words.length < MOST_WORDS && !run.words.includes(words[token]!)) run.words.push(words[token]!);
        if (!word!.runs.includes(run)) word!.runs.push(run);
        this.#add(run, messages);
        if (!aliases.has(token)) known.set(words[token]!, word!);
        continue;
      }
      if (!isMessage && kind !== "word" && kind !== "pair") continue;
      const alias = aliasOf(token);
      const stem = kind === "word" ? (alias ?? stemText(this.#stems, tokens, token, LANGUAGES.indexOf(language))) : "";
      const feature = this.#find(language, kind, name, places[at]!, alias, stem);
      this.#add(feature, messages);
      if (kind === "word") word = feature;
    }
    if (this.#kept > MOST_FEATURES) this.#prune();
    return language;
  }

  /** Features of one name are one, those of an alias one for each place. */
  #find(language: Language, kind: FeatureKind, name: string, place: number, alias: string | null, stem: string): CountedFeature {
    const features = kind === "class" || kind === "shape" ? this.general : this.byLanguage.get(language)!;
    const key = alias === null ? `${kind} ${name}` : `${kind} ${name} ${place}`;
    let feature = features.get(key);
    if (feature === undefined) {
      const shown = kind === "run" && alias !== null ? `letters of ${alias}` : name;
      feature = { kind, name: shown, place, hidden: alias !== null, runs: [], stem, words: [], messages: 0, last: 0 };
      features.set(key, feature);
      this.#kept++;
    }
    return feature;
  }

  /** Once a message. */
  #add(feature: CountedFeature, messages: number): void {
    if (feature.last === this.#number) return;
    feature.last = this.#number;
    feature.messages += messages;
    this.shared[feature.place]! += messages;
  }

  #prune(): void {
    this.#floor++;
    for (const features of [this.general, ...this.byLanguage.values()])
      for (const [key, { messages }] of features)
        if (messages <= this.#floor) {
          features.delete(key);
          this.#kept--;
        }
    for (const known of this.#known.values()) known.clear();
  }
}

const NO_ALIASES: ReadonlyMap<number, string> = new Map();
