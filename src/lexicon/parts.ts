/** Rules from the side of an entry: which of their parts it can be, and what a part asks for in words. */
import { CATEGORIES, LABEL_NAMES, type Label } from "../core/label.ts";
import type { CompiledLexicon } from "./compile.ts";
import { CLASSES, ENTRY_LANGUAGES, MOODS, type Paradigm } from "./entry.ts";
import { moodSetsOf } from "./expand.ts";
import { entryFits, hasMoods } from "./near.ts";
import type { PartPlan } from "./rule-plan.ts";
import { anchoredWeight } from "./rules.ts";

/** What a rule wants of an entry, and how it counts. */
export interface Role {
  readonly rule: string;
  readonly label: Label;
  /** anchor: weighs by the entry's severity; part: must stand near; guard: weakens. */
  readonly as: "anchor" | "part" | "guard";
  /** Nats that the rule gives with this anchor, that it gives at severity 3, or that the guard takes away. */
  readonly weight: number;
  /** Of guards: their id. */
  readonly guard: string | null;
}

/** Whether an entry that may be found in these sets of moods can be a rule's part. */
export function canBe(lexicon: CompiledLexicon, entry: number, moodSets: ReadonlySet<number>, part: PartPlan): boolean {
  if ((lexicon.classBits[entry]! & part.classes) === 0) return false;
  if (!entryFits(lexicon, entry, part)) return false;
  for (const moods of moodSets) if (hasMoods(moods, part)) return true;
  return false;
}

/** Every part that an entry can be of some rule, a role once a rule. */
export function rolesOf(lexicon: CompiledLexicon, entry: number, paradigms: Readonly<Record<string, Paradigm>>): Role[] {
  const moods = moodSetsOf(lexicon.entries[entry]!, paradigms);
  const fits = (part: PartPlan): boolean => canBe(lexicon, entry, moods, part);
  return lexicon.rules.rules.flatMap((rule): Role[] => {
    const label = LABEL_NAMES[rule.label]!;
    const roles: Role[] = [];
    if (fits(rule.anchor)) roles.push({ rule: rule.id, label, as: "anchor", weight: anchoredWeight(lexicon, rule, entry), guard: null });
    if (rule.with.some(fits)) roles.push({ rule: rule.id, label, as: "part", weight: rule.weight, guard: null });
    for (const guard of rule.guards)
      if (fits(guard.near) || guard.and.some(fits))
        roles.push({ rule: rule.id, label, as: "guard", weight: guard.weight, guard: guard.id });
    return roles;
  });
}

function namesOf(bits: number, table: readonly string[]): string {
  return table.filter((_, place) => (bits & (1 << place)) !== 0).join(" or ");
}

/**
 * A part in words: "act (imperative or hortative; violence), up to 10 words before or after".
 * @param tags of the rules, by bit
 */
export function describePart(part: PartPlan, tags: readonly string[]): string {
  const traits = [
    namesOf(part.moods, MOODS),
    part.notMoods === 0 ? "" : `not ${namesOf(part.notMoods, MOODS)}`,
    namesOf(part.categories, CATEGORIES),
    part.tags === 0 ? "" : `tagged ${namesOf(part.tags, tags)}`,
    namesOf(part.languages, ENTRY_LANGUAGES),
    part.minSeverity > 1 ? `severity ${part.minSeverity} or more` : "",
    part.maxSeverity < 5 ? `severity ${part.maxSeverity} or less` : "",
    part.sameLanguage ? "in the same language" : "",
  ].filter((trait) => trait !== "");
  const words = (count: number): string => `${count} word${count === 1 ? "" : "s"}`;
  const reach =
    part.before === part.after && part.before > 0
      ? `up to ${words(part.before)} before or after`
      : [part.before > 0 ? `up to ${words(part.before)} before` : "", part.after > 0 ? `up to ${words(part.after)} after` : ""]
          .filter((side) => side !== "")
          .join(" or ");
  const places = [
    part.at ? "on the same words" : "",
    reach,
    part.wholeMessage ? "in any sentence" : part.sameClause ? "in the same clause" : "",
  ].filter((place) => place !== "");
  return [`${namesOf(part.classes, CLASSES)}${traits.length > 0 ? ` (${traits.join("; ")})` : ""}`, ...places].join(", ");
}
