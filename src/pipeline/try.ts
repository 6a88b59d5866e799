/** What lexicons and rules see in one message, each rule by itself: for people who write entries and rules. */
import { type Decision, LABEL_NAMES, LANGUAGES, type Label, type Language } from "../core/label.ts";
import { type CompiledLexicon, moodNames } from "../lexicon/compile.ts";
import { describePart } from "../lexicon/parts.ts";
import type { RulePlan } from "../lexicon/rule-plan.ts";
import { applyRules, createRuleScratch, SET_BY_TEXT } from "../lexicon/rules.ts";
import { decide } from "../scoring/decide.ts";
import { lettersToString } from "../text/letters.ts";
import { countUtf16 } from "../text/offsets.ts";
import type { Judge } from "./judge.ts";

/** An entry found in the message. */
export interface TriedHit {
  readonly entry: string;
  readonly class: string;
  readonly moods: readonly string[];
  readonly category: string | null;
  readonly group: string | null;
  /** Its first and last word, counted from 0. */
  readonly token: number;
  readonly lastToken: number;
  /** Half-open, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Folded letters of its words. */
  readonly readAs: string;
}

/** A rule that fires by itself; together the strongest of a label counts in full and others a fifth. */
export interface TriedRule {
  readonly rule: string;
  readonly label: Label;
  readonly weight: number;
  readonly guards: readonly { readonly guard: string; readonly weight: number; readonly text: string }[];
  /** Weight less what guards take. */
  readonly net: number;
  readonly text: string;
}

/** A rule of which all is there but one part. */
export interface NearlyFired {
  readonly rule: string;
  readonly label: Label;
  readonly weight: number;
  readonly missing: string;
  readonly text: string;
}

export interface Tried {
  readonly text: string;
  readonly language: Language;
  readonly decision: Decision;
  readonly scores: Readonly<Record<Label, number>>;
  readonly hits: readonly TriedHit[];
  readonly rules: readonly TriedRule[];
  readonly nearly: readonly NearlyFired[];
}

export function tryText(judge: Judge, text: string): Tried {
  const bytes = new TextEncoder().encode(text);
  judge.judge(bytes, 0, bytes.length);
  const { tokens, hits, lexicon } = judge;
  const place = (offset: number): number => countUtf16(bytes, 0, offset);
  const slice = (start: number, end: number): string => text.slice(place(start), place(end));
  const scratch = createRuleScratch();
  const fire = (rule: RulePlan): TriedRule | null => {
    const found = applyRules(only(lexicon, rule), bytes, 0, bytes.length, tokens, 0, tokens.count, hits, scratch);
    const [signal, ...guards] = found;
    if (signal === undefined) return null;
    return {
      rule: rule.id,
      label: LABEL_NAMES[rule.label]!,
      weight: signal.weight,
      guards: guards.map(({ entry, weight, start, end }) => ({ guard: entry, weight, text: slice(start, end) })),
      net: found.reduce((sum, { weight }) => sum + weight, 0),
      text: slice(signal.start, signal.end),
    };
  };
  const { rules, tags: rulesTags } = lexicon.rules;
  const fired = rules.flatMap((rule) => fire(rule) ?? []);
  return {
    text,
    language: LANGUAGES[judge.language]!,
    decision: decide(judge.scorer, judge.scores),
    scores: Object.fromEntries(LABEL_NAMES.map((label, k) => [label, judge.scores[k]!])) as Record<Label, number>,
    hits: Array.from({ length: hits.count }, (_, hit): TriedHit => {
      const [first, last] = [hits.token[hit]!, hits.lastToken[hit]!];
      const entry = lexicon.entries[hits.entry[hit]!]!;
      const [start, end] = [place(tokens.start[first]!), place(tokens.end[last]!)];
      return {
        entry: entry.id,
        class: entry.class,
        moods: moodNames(hits.moods[hit]!),
        category: entry.category ?? null,
        group: entry.group ?? null,
        token: first,
        lastToken: last,
        start,
        end,
        text: text.slice(start, end),
        readAs: Array.from({ length: last - first + 1 }, (_, k) =>
          lettersToString(tokens.letters, tokens.letter[first + k]!, tokens.letter[first + k + 1]!),
        ).join(" "),
      };
    }),
    rules: fired.sort((a, b) => LABEL_NAMES.indexOf(a.label) - LABEL_NAMES.indexOf(b.label) || b.net - a.net),
    nearly: rules
      .filter((rule) => !fired.some(({ rule: id }) => id === rule.id))
      .flatMap((rule) => lacking(rule, rulesTags, fire))
      .sort((a, b) => b.weight - a.weight),
  };
}

/** The lexicon with one rule, whatever it needs. */
function only(lexicon: CompiledLexicon, rule: RulePlan): CompiledLexicon {
  return { ...lexicon, rules: { ...lexicon.rules, rules: [rule], needGroup: false, anchors: rule.anchor.classes } };
}

/** The rule with each of its parts left out in turn: where it then fires, that part is what it lacks. */
function lacking(rule: RulePlan, tags: readonly string[], fire: (rule: RulePlan) => TriedRule | null): NearlyFired[] {
  for (const [k, part] of rule.with.entries()) {
    if ((part.classes & SET_BY_TEXT) !== 0 && rule.with.length === 1) continue;
    if (rule.with.some(({ of }) => of === k)) continue; // another part is counted from it
    const others = rule.with.filter((_, other) => other !== k).map((other) => (other.of > k ? { ...other, of: other.of - 1 } : other));
    const found = fire({ ...rule, with: others });
    if (found === null || found.net <= 0) continue;
    return [{ rule: rule.id, label: found.label, weight: found.weight, missing: describePart(part, tags), text: found.text }];
  }
  return [];
}
