/**
 * What moves a head most, by name. Words are ranked by their whole effect: their own place and those of their runs, as they
 * are added up in a message, because a word's weight is spread over its letters and one place says little of it. What is not
 * made of one word is ranked by its one place.
 *
 * A place has one weight, whoever shares it: a name that few texts have may show a weight that another feature earned. So a
 * name counts only where most messages of its place have it, and a run only where several words do.
 */
import type { Model } from "../bayes/model.ts";
import { weightOf } from "../bayes/pack.ts";
import { type Head, LANGUAGES, type Language } from "../core/label.ts";
import type { CountedFeature, FeatureCensus } from "./feature-census.ts";

/** A part of a word's effect. */
export interface WordPart {
  /** A run; null for the word as a whole. */
  readonly run: string | null;
  readonly weight: number;
}

export interface StrongFeature {
  readonly name: string;
  /** In nats, before the sum of a message is divided by the root of its number of features. */
  readonly weight: number;
  /** Messages it was counted in. */
  readonly messages: number;
  /** Words: the places that do most of it; none where the word is hidden. */
  readonly parts?: readonly WordPart[];
  /** Runs: some words that they are in. */
  readonly words?: readonly string[];
  /** Forms of the word, or others of mostly the same letters, that would come before the last one shown. */
  readonly alike: readonly string[];
}

/** The strongest to either side, strongest first. */
export interface Sides {
  readonly for: readonly StrongFeature[];
  readonly against: readonly StrongFeature[];
}

export interface LanguageFeatures {
  readonly language: Language;
  /** Whether the head has seen both classes of it, so that the model may use what it says. */
  readonly seen: boolean;
  readonly words: Sides;
  /** Two words, or a word near one of a class. */
  readonly pairs: Sides;
  readonly runs: Sides;
}

export interface HeadFeatures {
  readonly head: Head;
  /** Classes of words and shapes of messages, of no language. */
  readonly general: Sides;
  readonly languages: readonly LanguageFeatures[];
}

export interface Wanted {
  /** To either side. */
  readonly top: number;
  /** How many messages must have a feature. */
  readonly least: { readonly words: number; readonly others: number };
  /** Null for all that the head has seen. */
  readonly language: Language | null;
}

const MOST_PARTS = 3;
/** Letters that runs which say the same have in a row. */
const SHARED_LETTERS = 3;
/** Words that a run must be in to be more than a piece of one. */
const RUN_WORDS = 3;

/** @param head its place in the model's header */
export function strongestFeatures(model: Model, head: number, census: FeatureCensus, { top, least, language }: Wanted): HeadFeatures {
  const { name, languages } = model.header.heads[head]!;
  const seen = LANGUAGES.filter((code) => Object.hasOwn(languages, code));
  const weigh = (place: number): number => weightOf(model, place, head);
  const words = (features: readonly CountedFeature[]): Sides => {
    const ranked = features
      .filter(({ kind, messages }) => kind === "word" && messages >= least.words)
      .map((feature) => ({ feature, weight: effectOf(feature, weigh) }));
    return bothSides(ranked, top, areWordsAlike, (feature, side) => ({ parts: partsOf(feature, side, weigh) }));
  };
  const others = (features: readonly CountedFeature[], kinds: readonly string[]): Sides => {
    const ranked = features
      .filter(({ kind, messages, place }) => kinds.includes(kind) && messages >= least.others && messages * 2 > census.shared[place]!)
      .map((feature) => ({ feature, weight: weigh(feature.place) }));
    return bothSides(ranked, top, areEqual, () => ({}));
  };
  const runs = (features: readonly CountedFeature[]): Sides => {
    const ranked = features
      .filter(
        ({ kind, messages, place, words: of }) =>
          kind === "run" && of.length >= RUN_WORDS && messages >= least.others && messages * 2 > census.shared[place]!,
      )
      .map((feature) => ({ feature, weight: weigh(feature.place) }));
    return bothSides(ranked, top, areRunsAlike, (feature) => ({ words: feature.words }));
  };
  return {
    head: name,
    general: others([...census.general.values()], ["class", "shape"]),
    languages: (language === null ? seen : [language]).map((code) => {
      const features = [...census.byLanguage.get(code)!.values()];
      return {
        language: code,
        seen: seen.includes(code),
        words: words(features),
        pairs: others(features, ["pair", "near"]),
        runs: runs(features),
      };
    }),
  };
}

/** A place counts once, as in a message. */
function effectOf({ place, runs }: CountedFeature, weigh: (place: number) => number): number {
  let sum = 0;
  for (const each of new Set([place, ...runs.map((run) => run.place)])) sum += weigh(each);
  return sum;
}

interface Ranked {
  readonly feature: CountedFeature;
  readonly weight: number;
}

type Alike = (a: CountedFeature, b: CountedFeature) => boolean;
type More = (feature: CountedFeature, side: 1 | -1) => Pick<StrongFeature, "parts" | "words">;

function bothSides(ranked: readonly Ranked[], top: number, alike: Alike, more: More): Sides {
  return { for: pick(ranked, 1, top, alike, more), against: pick(ranked, -1, top, alike, more) };
}

function pick(ranked: readonly Ranked[], side: 1 | -1, top: number, alike: Alike, more: More): StrongFeature[] {
  const sorted = ranked
    .filter(({ weight }) => weight * side > 0)
    .sort((a, b) => (b.weight - a.weight) * side || b.feature.messages - a.feature.messages || (a.feature.name < b.feature.name ? -1 : 1));
  const picked: { feature: CountedFeature; weight: number; alike: string[] }[] = [];
  for (const { feature, weight } of sorted) {
    const before = picked.find((other) => alike(other.feature, feature));
    if (before !== undefined) {
      if (feature.name !== before.feature.name && !before.alike.includes(feature.name)) before.alike.push(feature.name);
    } else if (picked.length === top) break;
    else picked.push({ feature, weight, alike: [] });
  }
  return picked.map(({ feature, weight, alike: names }) => ({
    name: feature.name,
    weight,
    messages: feature.messages,
    ...more(feature, side),
    alike: names,
  }));
}

function areEqual(a: CountedFeature, b: CountedFeature): boolean {
  return a.name === b.name;
}

/** Forms of one word, or words half of whose runs are the other's. */
function areWordsAlike(a: CountedFeature, b: CountedFeature): boolean {
  if (a.stem === b.stem) return true;
  const [short, long] = a.runs.length < b.runs.length ? [a, b] : [b, a];
  const places = new Set(long.runs.map(({ place }) => place));
  return short.runs.length > 0 && short.runs.filter(({ place }) => places.has(place)).length * 2 >= short.runs.length;
}

function areRunsAlike(a: CountedFeature, b: CountedFeature): boolean {
  if (a.name === b.name) return true;
  for (let at = 0; at + SHARED_LETTERS <= a.name.length; at++) if (b.name.includes(a.name.slice(at, at + SHARED_LETTERS))) return true;
  return false;
}

function partsOf({ place, runs, hidden }: CountedFeature, side: 1 | -1, weigh: (place: number) => number): WordPart[] {
  if (hidden) return [];
  return [{ run: null, place }, ...runs.map((run) => ({ run: run.name, place: run.place }))]
    .map((part) => ({ run: part.run, weight: weigh(part.place) }))
    .filter(({ weight }) => weight * side > 0)
    .sort((a, b) => (b.weight - a.weight) * side)
    .slice(0, MOST_PARTS);
}
