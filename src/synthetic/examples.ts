/** Examples of rules and entries as patterns, and in what turn they are dealt. */
import type { Label } from "../core/label.ts";
import type { LexiconEntry, Rule } from "../lexicon/entry.ts";
import { languageOf, type WrittenLanguage } from "./forms.ts";
import { type Pattern, parsePattern, wholePattern } from "./pattern.ts";
import { createDeck, type Random } from "./random.ts";

/** As rules and entries call them: messages that must be found, and messages close by that must not. */
export type SyntheticKind = "fires" | "spares";

export interface Example {
  readonly pattern: Pattern;
  readonly origin: string;
  readonly label: Label;
}

/** Examples of a language by class. A slur's examples come from entries and rules alike. */
export function examplesOf(
  rules: readonly Rule[],
  entries: readonly LexiconEntry[],
  language: WrittenLanguage,
): Record<SyntheticKind, Example[]> {
  const examples: Record<SyntheticKind, Example[]> = { fires: [], spares: [] };
  const add = (kind: SyntheticKind, texts: readonly string[] | undefined, origin: string, label: Label): void => {
    for (const text of texts ?? [])
      if (languageOf(text) === language)
        examples[kind].push({ pattern: label === "slur" ? wholePattern(text) : parsePattern(text), origin, label });
  };
  for (const { id, label, fires, spares } of rules) {
    add("fires", fires, id, label);
    add("spares", spares, id, label);
  }
  for (const { id, fires, spares } of entries) {
    add("fires", fires, id, "slur");
    add("spares", spares, id, "slur");
  }
  return examples;
}

/** Calls and all others by turns, however many there are of each. */
export function dealLabels(random: Random, examples: readonly Example[]): () => Example {
  const isCall = ({ label }: Example): boolean => label === "incitement";
  const decks = [examples.filter(isCall), examples.filter((example) => !isCall(example))].filter((list) => list.length > 0);
  const dealDeck = createDeck(
    random,
    decks.map((list) => createDeck(random, list)),
  );
  return () => dealDeck()();
}
