/** The matcher again, slow and obvious: every entry is tried on every word, with every ending its paradigm can build. */
import type { LexiconEntry, Paradigm } from "../../src/lexicon/entry.ts";
import type { LexiconSource } from "../../src/lexicon/load.ts";
import { naiveTokens } from "../text/naive.ts";
import type { FoundHit } from "./invented.ts";

type Moods = ReadonlySet<string>;

function fold(term: string): string[] {
  return naiveTokens(term).map((token) => token.folded);
}

/** Every ending of a paradigm with the moods of all ways to build it. */
function endingsOf(paradigm: Paradigm): ReadonlyMap<string, Moods> {
  let built: { ending: string; moods: string[] }[] = [{ ending: "", moods: [] }];
  for (const layer of paradigm.layers) {
    const steps = Object.entries(layer.suffixes).flatMap(([mood, suffixes]) =>
      suffixes.map((suffix) => ({
        suffix: fold(suffix)[0]!,
        moods: mood === "" ? [] : [mood],
      })),
    );
    if (!layer.required) steps.push({ suffix: "", moods: [] });
    built = built.flatMap(({ ending, moods }) =>
      steps.map((step) => ({
        ending: ending + step.suffix,
        moods: [...moods, ...step.moods],
      })),
    );
  }
  const endings = new Map<string, Set<string>>();
  for (const { ending, moods } of built) {
    if (ending === "") continue;
    const all = endings.get(ending) ?? new Set<string>();
    for (const mood of moods) all.add(mood);
    endings.set(ending, all);
  }
  if (paradigm.bare !== null) endings.set("", new Set(paradigm.bare ? [paradigm.bare] : []));
  return endings;
}

function spellings(entry: LexiconEntry, term: string): string[] {
  return entry.language === "kk" && term.includes("і") && term.length >= 4 ? [term, term.replaceAll("і", "ы")] : [term];
}

export function naiveMatcher(source: LexiconSource): (text: string) => FoundHit[] {
  const endings = new Map(Object.entries(source.paradigms).map(([name, paradigm]) => [name, endingsOf(paradigm)]));
  return (text) => {
    const words = fold(text);
    return words.flatMap((_, token) =>
      source.entries.flatMap((entry): FoundHit[] => {
        const phraseEnd = (term: string): number => {
          const phrase = fold(term);
          return phrase.every((part, k) => words[token + k] === part) ? token + phrase.length - 1 : -1;
        };
        const terms = (list: readonly string[] | undefined) => (list ?? []).flatMap((term) => spellings(entry, term));
        // A phrase forbids whatever begins at any of its words; a single word forbids that word, not the phrases that begin with it.
        const spared = terms(entry.except).map(fold);
        const isSpared = (phrase: readonly string[], at: number): boolean => phrase.every((part, k) => words[at + k] === part);
        if (spared.some((phrase) => phrase.length > 1 && phrase.some((_, back) => isSpared(phrase, token - back)))) return [];
        const first = spared.some((phrase) => phrase.length === 1 && isSpared(phrase, token)) ? token + 1 : token;
        const readings: { last: number; moods: Iterable<string> }[] = [];
        for (const form of terms(entry.forms)) readings.push({ last: phraseEnd(form), moods: [] });
        for (const [mood, forms] of Object.entries(entry.moods ?? {}))
          for (const form of terms(forms)) readings.push({ last: phraseEnd(form), moods: [mood] });
        for (const stem of terms(entry.stems)) {
          const phrase = fold(stem);
          const last = token + phrase.length - 1;
          const open = phrase.at(-1)!;
          if (phrase.slice(0, -1).every((part, k) => words[token + k] === part) && words[last]?.startsWith(open)) {
            const moods = endings.get(entry.inflect!)!.get(words[last]!.slice(open.length));
            if (moods) readings.push({ last, moods });
          }
        }
        const found = readings.filter(({ last }) => last >= first);
        if (found.length === 0) return [];
        return [
          {
            entry: entry.id,
            token,
            lastToken: Math.max(...found.map(({ last }) => last)),
            moods: [...new Set(found.flatMap(({ moods }) => [...moods]))].sort(),
          },
        ];
      }),
    );
  };
}
