/** Stems that another entry covers, and exceptions from what nothing would match. */

import { foldTerm } from "./compile.ts";
import type { LexiconEntry } from "./entry.ts";
import { expandStem, listedForms, stemsOf } from "./expand.ts";
import { type CheckContext, type Finding, warn } from "./finding.ts";
import { foldedText } from "./look.ts";
import { NO_READING } from "./paradigm.ts";
import { reads, stemRecords } from "./stem-records.ts";

/** Words of a stem that are tried, evenly from all it makes. */
const TRIED_WORDS = 60;

export function checkStems(context: CheckContext): Finding[] {
  return context.source.entries.flatMap((_, index) =>
    context.isAsked(index) ? [...coveredStems(context, index), ...uselessExceptions(context, index)] : [],
  );
}

/** Some words of a stem: the first, the last and those between, evenly. */
function someWords(words: readonly string[]): string[] {
  const step = Math.max(1, words.length / TRIED_WORDS);
  return Array.from({ length: Math.min(words.length, TRIED_WORDS) }, (_, k) => words[Math.floor(k * step)]!);
}

/** Stems of which every word that was tried is found by another entry that means the same. */
function coveredStems(context: CheckContext, index: number): Finding[] {
  const { lexicon, source, looker } = context;
  const entry = lexicon.entries[index]!;
  const means = (other: number): boolean => {
    const { class: name, group, category, language, severity } = lexicon.entries[other]!;
    return (
      name === entry.class &&
      group === entry.group &&
      category === entry.category &&
      language === entry.language &&
      severity === entry.severity
    );
  };
  return stemsOf(lexicon, index, source.paradigms).flatMap(({ stem, paradigm }) => {
    const others = (word: string): Set<number> =>
      new Set(looker.look(word).seen.flatMap((hit) => (hit.entry !== index && means(hit.entry) ? [hit.entry] : [])));
    let covering: Set<number> | null = null;
    // A word with each suffix of the first step, before all of them are built: most stems fail here.
    const first = expandStem(stem, { ...paradigm, layers: paradigm.layers.slice(0, 1) });
    for (const word of someWords([...first.keys()])) {
      covering = intersect(covering, others(word));
      if (covering.size === 0) return [];
    }
    for (const word of someWords([...expandStem(stem, paradigm).keys()])) {
      covering = intersect(covering, others(word));
      if (covering.size === 0) return [];
    }
    const [other] = covering ?? [];
    if (other === undefined || (other > index && context.isAsked(other) && isTwin(entry, lexicon.entries[other]!, stem))) return [];
    return [
      warn(
        context,
        index,
        "covered-stem",
        `the stem ${JSON.stringify(stem)} is covered by ${lexicon.entries[other]!.id}, which means the same. Keep it in one of them.`,
      ),
    ];
  });
}

/** Whether the other entry has the very same stem: one of the two says so. */
function isTwin(entry: LexiconEntry, other: LexiconEntry, stem: string): boolean {
  return entry.inflect === other.inflect && (other.stems ?? []).includes(stem);
}

function intersect(sofar: Set<number> | null, next: Set<number>): Set<number> {
  return sofar === null ? next : new Set([...sofar].filter((item) => next.has(item)));
}

/** Exceptions from what no stem and no form of the entry would match. */
function uselessExceptions(context: CheckContext, index: number): Finding[] {
  const { source, lexicon } = context;
  const entry = source.entries[index]!;
  if (entry.except === undefined) return [];
  const openings = new Set([...listedForms(entry).keys()].map((form) => foldedText(form).split(" ")[0]!));
  const stems = stemRecords(lexicon, index);
  const useless = entry.except.filter((exception) => {
    const [letters] = foldTerm(exception);
    return (
      letters !== undefined &&
      !openings.has(foldedText(exception).split(" ")[0]!) &&
      stems.every((stem) => reads(lexicon, stem, letters) === NO_READING)
    );
  });
  if (useless.length === 0) return [];
  return [
    {
      ...warn(
        context,
        index,
        "idle-exception",
        `${useless.map((word) => JSON.stringify(word)).join(", ")}: excepted from what the entry would not match anyway. Take it out.`,
      ),
      level: "note",
    },
  ];
}
