/** Rules of which some part no entry can be. */

import { moodSetsOf } from "./expand.ts";
import type { CheckContext, Finding } from "./finding.ts";
import { canBe, describePart } from "./parts.ts";
import type { PartPlan } from "./rule-plan.ts";
import { SET_BY_TEXT } from "./rules.ts";

export function checkRules({ lexicon, source }: CheckContext): Finding[] {
  const moods = source.entries.map((entry) => moodSetsOf(entry, source.paradigms));
  const isThere = (part: PartPlan): boolean =>
    (part.classes & SET_BY_TEXT) !== 0 || moods.some((sets, entry) => canBe(lexicon, entry, sets, part));
  const finding = (code: string, message: string): Finding => ({ level: "warning", code, file: null, entry: null, message });
  const { rules } = lexicon.rules;
  const guards = new Set(rules.flatMap((rule) => rule.guards.map(({ id }) => id)));
  return [
    ...rules.flatMap((rule) =>
      [rule.anchor, ...rule.with]
        .filter((part) => !isThere(part))
        .map((part) =>
          finding(
            "idle-rule",
            `rule ${rule.id} cannot fire: no entry can be its ${describePart(part, lexicon.rules.tags)}. Add one or take the rule out.`,
          ),
        ),
    ),
    ...source.rules.guards
      .filter(({ id }) => !guards.has(id))
      .map(({ id }) => finding("idle-guard", `guard ${id} weakens nothing: no rule names it. Name it in a rule or take it out.`)),
  ];
}
