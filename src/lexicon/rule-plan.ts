/** Rules compiled: names become bits, guards become numbers. */
import { LexiconError } from "../core/error.ts";
import { CATEGORIES, LABEL_NAMES } from "../core/label.ts";
import { CLASSES, ENTRY_LANGUAGES, GROUP_CLASSES, type Grade, type Guard, MOODS, type Rule, type RulePart, type RuleSet } from "./entry.ts";

export interface PartPlan {
  readonly classes: number;
  /** Mood bits of which one must be there; 0 for any. */
  readonly moods: number;
  readonly notMoods: number;
  /** Category bits of which one must be there; 0 for any. */
  readonly categories: number;
  /** Bits of ENTRY_LANGUAGES of which the entry must have one; 0 for any. */
  readonly languages: number;
  readonly sameLanguage: boolean;
  readonly minSeverity: number;
  readonly maxSeverity: number;
  readonly before: number;
  readonly after: number;
  /** Place in `with` of the word that distances are counted from; -1 for the anchor. */
  readonly of: number;
  readonly at: boolean;
  readonly wholeMessage: boolean;
  readonly sameClause: boolean;
  /** Bits of tags of which the entry must have one; 0 for any. */
  readonly tags: number;
  readonly unless: readonly PartPlan[];
}

export interface GuardPlan {
  readonly id: string;
  readonly weight: number;
  readonly near: PartPlan;
  readonly and: readonly PartPlan[];
}

export interface RulePlan {
  /** The rule's, or of its further grades the rule's and the grade's. */
  readonly id: string;
  readonly rule: string;
  /** Place in LABELS. */
  readonly label: number;
  readonly category: Rule["category"] | null;
  readonly weight: number;
  readonly anchor: PartPlan;
  readonly with: readonly PartPlan[];
  readonly guards: readonly GuardPlan[];
}

export interface CompiledRules {
  readonly rules: readonly RulePlan[];
  /** Whether every rule needs a group's name, in its anchor or beside it: then most messages are done after matching. */
  readonly needGroup: boolean;
  /** By bit. */
  readonly tags: readonly string[];
  /** Classes that some rule is anchored on: a message with none of them is done after matching. */
  readonly anchors: number;
}

function bitsOf(names: readonly string[] | undefined, table: readonly string[]): number {
  return (names ?? []).reduce((bits, name) => bits | (1 << table.indexOf(name)), 0);
}

/** Class bits of words that name a group. */
export const NAMES_GROUP: number = bitsOf(GROUP_CLASSES, CLASSES);
/** The same, and of pronouns that stand for one named before. */
const SPEAKS_OF_GROUP = NAMES_GROUP | bitsOf(["named"], CLASSES);

function planPart(part: RulePart, tags: readonly string[]): PartPlan {
  return {
    classes: (Array.isArray(part.class) ? part.class : [part.class]).reduce(
      (bits, name) => bits | (name === "group" ? SPEAKS_OF_GROUP : bitsOf([name], CLASSES)),
      0,
    ),
    moods: bitsOf(part.mood, MOODS),
    notMoods: bitsOf(part.not, MOODS),
    categories: bitsOf(part.category, CATEGORIES),
    languages: bitsOf(part.language, ENTRY_LANGUAGES),
    sameLanguage: part.sameLanguage ?? false,
    minSeverity: part.minSeverity ?? 1,
    maxSeverity: part.maxSeverity ?? 5,
    before: part.before ?? 0,
    after: part.after ?? 0,
    of: part.of ?? -1,
    at: part.at ?? false,
    wholeMessage: part.scope === "message",
    sameClause: part.scope === "clause",
    tags: bitsOf(part.tag, tags),
    unless: (part.unless ?? []).map((other) => planPart(other, tags)),
  };
}

function needsGroup(rule: RulePlan): boolean {
  return [rule.anchor, ...rule.with].some((part) => (part.classes & ~SPEAKS_OF_GROUP) === 0);
}

/** The rule once a grade: each asks its own of the anchor and what stands near, and has its own weight. */
function gradesOf(rule: Rule, grades: readonly Grade[]): (Rule & { rule: string })[] {
  if (!rule.graded) return [{ ...rule, rule: rule.id }];
  return grades.flatMap((grade, k) => {
    const category = grade.anchor.category?.filter((name) => rule.anchor.category?.includes(name) ?? true) ?? rule.anchor.category;
    if (category?.length === 0) return [];
    return {
      ...rule,
      rule: rule.id,
      id: k === 0 ? rule.id : `${rule.id}-${grade.id}`,
      weight: grade.weight ?? rule.weight + (grade.plus ?? 0),
      anchor: { ...rule.anchor, ...grade.anchor, category },
      with: [...(rule.with ?? []), ...(grade.with ?? [])],
    };
  });
}

/** Guards by id, sets of guards opened. @throws LexiconError E_RULE_GUARD for a guard that is not defined. */
function planGuards(source: RuleSet, tags: readonly string[]): (rule: Rule) => GuardPlan[] {
  const guards = new Map<string, GuardPlan>(
    source.guards.map((guard: Guard) => [
      guard.id,
      {
        id: guard.id,
        weight: guard.weight,
        near: planPart(guard.near, tags),
        and: (guard.and ?? []).map((part) => planPart(part, tags)),
      },
    ]),
  );
  return (rule) =>
    rule.guards
      .flatMap((name) => source.guardSets?.[name] ?? [name])
      .map((id) => {
        const guard = guards.get(id);
        if (guard === undefined)
          throw new LexiconError(
            "E_RULE_GUARD",
            `rule ${JSON.stringify(rule.id)}: guard ${JSON.stringify(id)} is not defined. Known: ${[...guards.keys()].join(", ")}.`,
          );
        return guard;
      });
}

/**
 * All tags that rules ask for, in code unit order: a tag's place is its bit.
 * @throws LexiconError E_RULE_TAGS for more than an integer has bits.
 */
export function tagsOf(source: RuleSet): string[] {
  const parts = [
    ...source.rules.flatMap((rule) => [rule.anchor, ...(rule.with ?? [])]),
    ...source.guards.flatMap((guard) => [guard.near, ...(guard.and ?? [])]),
    ...(source.grades ?? []).flatMap((grade) => grade.with ?? []),
  ];
  const tags = [...new Set(parts.flatMap((part) => [part, ...(part.unless ?? [])]).flatMap((part) => part.tag ?? []))].sort();
  if (tags.length > MOST_TAGS)
    throw new LexiconError("E_RULE_TAGS", `the rules ask for ${tags.length} tags; at most ${MOST_TAGS} are possible.`);
  return tags;
}
const MOST_TAGS = 32;

/**
 * @param tags as tagsOf gives them
 * @throws LexiconError E_RULE_GUARD for a guard that is not defined.
 */
export function compileRules(source: RuleSet, tags: readonly string[]): CompiledRules {
  const guardsOf = planGuards(source, tags);
  const rules = source.rules
    .flatMap((rule) => gradesOf(rule, source.grades ?? []))
    .map(
      (rule): RulePlan => ({
        id: rule.id,
        rule: rule.rule,
        label: LABEL_NAMES.indexOf(rule.label),
        category: rule.category ?? null,
        weight: rule.weight,
        anchor: planPart(rule.anchor, tags),
        with: (rule.with ?? []).map((part) => planPart(part, tags)),
        guards: guardsOf(rule),
      }),
    );
  return {
    rules,
    tags,
    needGroup: rules.every(needsGroup),
    anchors: rules.reduce((bits, rule) => bits | rule.anchor.classes, 0),
  };
}
