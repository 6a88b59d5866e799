/** Forms: those that can never match, those that say what something else says already. */

import { foldTerm } from "./compile.ts";
import type { LexiconEntry } from "./entry.ts";
import { listedForms } from "./expand.ts";
import { type CheckContext, type Finding, warn } from "./finding.ts";
import { foldedText } from "./look.ts";
import { NO_READING } from "./paradigm.ts";
import { reads, stemRecords } from "./stem-records.ts";

export function checkForms(context: CheckContext): Finding[] {
  const byForm = new Map<string, number>();
  return context.source.entries.flatMap((entry, index) => [
    ...repeatedForms(context, entry, index, byForm),
    ...(context.isAsked(index) ? [...unmatchedForms(context, entry, index), ...formsOfOwnStem(context, entry, index)] : []),
  ]);
}

function quoted(words: readonly string[]): string {
  const shown = words.slice(0, 5).map((word) => JSON.stringify(word));
  return `${shown.join(", ")}${words.length > shown.length ? ` and ${words.length - shown.length} more` : ""}`;
}

/** The same words in two entries of one class and language. What was seen first is in `byForm`. */
function repeatedForms(context: CheckContext, entry: LexiconEntry, index: number, byForm: Map<string, number>): Finding[] {
  const same = new Map<number, string[]>();
  for (const form of listedForms(entry).keys()) {
    const key = `${entry.class} ${entry.language} ${foldTerm(form).join()}`;
    const other = byForm.get(key);
    if (other === undefined) byForm.set(key, index);
    else if (other !== index && (context.isAsked(index) || context.isAsked(other))) same.set(other, [...(same.get(other) ?? []), form]);
  }
  return [...same].map(([other, forms]) =>
    warn(
      context,
      index,
      "same-form",
      `${quoted(forms)}: in ${context.source.entries[other]!.id}, too, which has the same class and language. Keep each word in one of them, unless it means both.`,
    ),
  );
}

/** Forms in which the entry is not found when they stand alone. */
function unmatchedForms(context: CheckContext, entry: LexiconEntry, index: number): Finding[] {
  const forms = [...listedForms(entry).keys()];
  const isFound = (form: string): boolean => {
    const { seen, words } = context.looker.look(form);
    return seen.some((hit) => hit.entry === index && hit.token === 0 && hit.lastToken === words - 1);
  };
  const lost = forms.filter((form) => !isFound(form));
  if (lost.length === 0) return [];
  const hidden = new Set((entry.except ?? []).map(foldedText));
  const byException = lost.filter((form) => hidden.has(foldedText(form)));
  const otherwise = lost.filter((form) => !hidden.has(foldedText(form)));
  const findings: Finding[] = [];
  if (byException.length > 0)
    findings.push(
      warn(
        context,
        index,
        "hidden-form",
        `${quoted(byException)}: never matches, for "except" of the same entry has it. Take it out of one.`,
      ),
    );
  if (otherwise.length > 0)
    findings.push(
      warn(
        context,
        index,
        "impossible-form",
        `${quoted(otherwise)}: is not found where it stands alone. Write words as people write them.`,
      ),
    );
  if (lost.length === forms.length && entry.stems === undefined)
    findings.push({
      ...warn(context, index, "impossible-entry", "none of its forms can match. Correct them or take the entry out."),
      level: "error",
    });
  return findings;
}

/** Forms that the entry's own stems make already, with the same moods. */
function formsOfOwnStem(context: CheckContext, entry: LexiconEntry, index: number): Finding[] {
  const { lexicon } = context;
  const stems = stemRecords(lexicon, index);
  const made = [...listedForms(entry)].filter(([form, moods]) => {
    const [letters, ...more] = foldTerm(form);
    if (letters === undefined || more.length > 0) return false;
    return stems.some((stem) => {
      const reading = reads(lexicon, stem, letters);
      return reading !== NO_READING && (reading & moods) === moods;
    });
  });
  if (made.length === 0) return [];
  return [
    {
      ...warn(
        context,
        index,
        "form-of-own-stem",
        `${quoted(made.map(([form]) => form))}: the entry's own stem makes it already. Take it out of the forms.`,
      ),
      level: "note",
    },
  ];
}
