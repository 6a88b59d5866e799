/** Entries that everyday words set off. */

import type { LexiconEntry } from "./entry.ts";
import { type Collision, findCollisions } from "./everyday.ts";
import { type CheckContext, type Finding, warn } from "./finding.ts";

/** So often in the everyday messages, an entry's word means something else more often than not. */
const COMMON = 150;
/** So often, and not among the common words of the entry's own language, a word is one of another language. */
const FOREIGN = 20;
/** Classes that speak against someone or name someone; others are made of everyday words. */
const POINTED: readonly string[] = ["target", "slur", "act", "predicate"];
const MOST_SHOWN = 5;

export function checkWords(context: CheckContext): Finding[] {
  const collisions = findCollisions(context.lexicon, context.words);
  const counts = new Map(context.words.map(({ word, language, count }) => [`${language} ${word}`, count]));
  return context.source.entries.flatMap((entry, index): Finding[] => {
    const found = context.isAsked(index) ? (collisions.get(index) ?? []) : [];
    const foreign = found.filter((word) => isForeign(context, entry, index, word, counts));
    const common = found.filter((word) => !foreign.includes(word) && isTooCommon(entry, word));
    return [
      ...(common.length > 0
        ? [
            warn(
              context,
              index,
              "everyday-word",
              `${shown(common)}: everyday messages have it. Take it out, except it, or make the entry ambiguous.`,
            ),
          ]
        : []),
      ...(foreign.length > 0
        ? [
            warn(
              context,
              index,
              "foreign-word",
              `${shown(foreign)}: a word of another language. Write forms instead of a stem, or except it.`,
            ),
          ]
        : []),
    ];
  });
}

function shown(words: readonly Collision[], most: number = MOST_SHOWN): string {
  const rest = words.length > most ? ` and ${words.length - most} more` : "";
  return `${words
    .slice(0, most)
    .map(({ word, count, language }) => `${word} (${language}, ${count} times)`)
    .join(", ")}${rest}`;
}

function isTooCommon(entry: LexiconEntry, { count }: Collision): boolean {
  return entry.class === "slur" || (POINTED.includes(entry.class) && count >= COMMON);
}

/** Whether the word belongs to another language, in which no entry of that language says the same of it. */
function isForeign(
  context: CheckContext,
  entry: LexiconEntry,
  index: number,
  { word, language, count }: Collision,
  counts: ReadonlyMap<string, number>,
): boolean {
  if (entry.language === "any" || entry.language === language || count < FOREIGN) return false;
  if (counts.has(`${entry.language} ${word}`)) return false;
  const { entries } = context.lexicon;
  return !context.looker
    .look(word)
    .seen.some((hit) => hit.entry !== index && entries[hit.entry]!.language === language && entries[hit.entry]!.class === entry.class);
}
