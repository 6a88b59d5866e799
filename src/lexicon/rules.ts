/**
 * Composes lexicon hits of a message into signals: an anchor word, the words that must stand near it, and the guards that
 * weaken it. Runs for the few messages in which some rule's anchor was seen.
 *
 *     Дүнгендерді   бұл   жерден   қуу    керек
 *     target                        anchor necessity         call-necessity, weight from the act's severity
 *
 * A rule counts once a message, at the place where it is strongest, and the strongest rule of a label counts most; guards at that place are signals of their own, with
 * negative weight. Guards stop being added once a firing speaks neither way, so quoting cannot outweigh a second, real call.
 */
import { LABEL_NAMES } from "../core/label.ts";
import type { TokenBatch } from "../core/token.ts";
import { NO_SIGNALS, type Signal } from "../core/verdict.ts";
import { type Clauses, createClauses, readClauses } from "./clauses.ts";
import type { CompiledLexicon } from "./compile.ts";
import type { Hits } from "./match.ts";
import { findNear, hitIs, type Scene, SET_BY_CLAUSES } from "./near.ts";
import { NAMED, readReferences } from "./references.ts";
import { type GuardPlan, NAMES_GROUP, type PartPlan, type RulePlan } from "./rule-plan.ts";

/** Caller-owned scratch; `classes` has one place a hit and grows. */
export interface RuleScratch {
  readonly clauses: Clauses;
  classes: Int32Array;
}
export function createRuleScratch(hitCapacity: number = 4096): RuleScratch {
  return { clauses: createClauses(1024), classes: new Int32Array(hitCapacity) };
}

interface Firing {
  readonly rule: RulePlan;
  net: number;
  weight: number;
  anchor: number;
  first: number;
  last: number;
  /** The group that the words name. */
  group: string | null;
  guards: { guard: GuardPlan; token: number }[];
}

/** Bits of the classes that the text itself sets. */
export const SET_BY_TEXT: number = NAMED | SET_BY_CLAUSES;
const NATS_PER_SEVERITY = 0.5;
/** Rules of one label mostly see the same words, so those after the strongest count this much. */
const FURTHER_SHARE = 0.2;
/** Below this a firing is not weakened further. */
const FLOOR = -0.5;

/**
 * Signals of the message whose tokens are [from, to) and whose text is `bytes[start, end)`.
 * @returns the signals by label, strongest rule first; empty when no rule fires.
 */
export function applyRules(
  lexicon: CompiledLexicon,
  bytes: Uint8Array,
  start: number,
  end: number,
  tokens: TokenBatch,
  from: number,
  to: number,
  hits: Hits,
  scratch: RuleScratch,
): readonly Signal[] {
  const { rules, anchors, needGroup } = lexicon.rules;
  if ((hits.classes & anchors) === 0 || (needGroup && (hits.classes & NAMES_GROUP) === 0)) return NO_SIGNALS;
  let firstRule = 0;
  while (firstRule < rules.length && !canFire(rules[firstRule]!, hits.classes)) firstRule++;
  if (firstRule === rules.length) return NO_SIGNALS;
  if (scratch.classes.length < hits.count) scratch.classes = new Int32Array(hits.token.length);
  readReferences(lexicon, bytes, tokens, hits, scratch.classes);
  readClauses(bytes, start, end, tokens, from, to, scratch.clauses);
  const scene: Scene = {
    lexicon,
    tokens,
    from,
    hits,
    classes: scratch.classes,
    clauses: scratch.clauses,
  };
  const firings: Firing[] = [];
  const seen = lookOver(lexicon, hits);
  for (let k = firstRule; k < rules.length; k++) {
    const rule = rules[k]!;
    if (!canFire(rule, hits.classes) || !mayFire(rule, seen)) continue;
    const firing = strongestFiring(scene, rule);
    if (firing !== null) firings.push(firing);
  }
  if (firings.length === 0) return NO_SIGNALS;
  const signals: Signal[] = [];
  firings.sort((a, b) => a.rule.label - b.rule.label || b.net - a.net);
  firings.forEach((firing, k) => {
    pushSignals(scene, firing, k > 0 && firings[k - 1]!.rule.label === firing.rule.label ? FURTHER_SHARE : 1, signals);
  });
  return signals;
}

/** Whether the message has a word of every class the rule needs; those that the text itself sets may yet be there. */
function canFire(rule: RulePlan, classes: number): boolean {
  if ((classes & rule.anchor.classes) === 0) return false;
  for (let k = 0; k < rule.with.length; k++) if (((classes | SET_BY_TEXT) & rule.with[k]!.classes) === 0) return false;
  return true;
}

/** What the hits of a message have between them: most rules ask for a mood, a category or a tag that none of them has. */
interface Seen {
  moods: number;
  categories: number;
  tags: number;
  languages: number;
}

function lookOver(lexicon: CompiledLexicon, hits: Hits): Seen {
  const seen = { moods: 0, categories: 0, tags: 0, languages: 0 };
  for (let hit = 0; hit < hits.count; hit++) {
    const entry = hits.entry[hit]!;
    seen.moods |= hits.moods[hit]!;
    seen.categories |= lexicon.categoryBits[entry]!;
    seen.tags |= lexicon.tagBits[entry]!;
    seen.languages |= lexicon.languageBits[entry]!;
  }
  return seen;
}

function mayFire(rule: RulePlan, seen: Seen): boolean {
  if (!mayBe(rule.anchor, seen)) return false;
  for (let k = 0; k < rule.with.length; k++) if (!mayBe(rule.with[k]!, seen)) return false;
  return true;
}

function mayBe(part: PartPlan, seen: Seen): boolean {
  return (
    (part.moods === 0 || (part.moods & seen.moods) !== 0) &&
    (part.categories === 0 || (part.categories & seen.categories) !== 0) &&
    (part.tags === 0 || (part.tags & seen.tags) !== 0) &&
    (part.languages === 0 || (part.languages & seen.languages) !== 0)
  );
}

function strongestFiring(scene: Scene, rule: RulePlan): Firing | null {
  let best: Firing | null = null;
  for (let hit = 0; hit < scene.hits.count; hit++) {
    if (!hitIs(scene, hit, rule.anchor) || rule.anchor.unless.some((other) => findNear(scene, other, hit, false) !== null)) continue;
    const firing = fire(scene, rule, hit);
    if (firing !== null && (best === null || firing.net > best.net)) best = firing;
  }
  return best;
}

/** Group of a hit's entry; of a pronoun, that of the first group named. Null for clause marks (-1) and other words. */
function groupOf(scene: Scene, hit: number): string | null {
  if (hit < 0) return null;
  const { hits, classes, lexicon } = scene;
  let named = hit;
  if ((classes[hit]! & NAMED) !== 0) for (named = 0; (classes[named]! & NAMES_GROUP) === 0; ) named++;
  return lexicon.entries[hits.entry[named]!]!.group ?? null;
}

/** Nats of a firing with this entry as its anchor, before guards. */
export function anchoredWeight(lexicon: CompiledLexicon, rule: RulePlan, entry: number): number {
  return rule.weight + (rule.weight > 0 ? (lexicon.severity[entry]! - 3) * NATS_PER_SEVERITY : 0);
}

function fire(scene: Scene, rule: RulePlan, anchor: number): Firing | null {
  const { hits, lexicon } = scene;
  const weight = anchoredWeight(lexicon, rule, hits.entry[anchor]!);
  const firing: Firing = {
    rule,
    net: weight,
    weight,
    anchor,
    first: hits.token[anchor]!,
    last: hits.lastToken[anchor]!,
    group: groupOf(scene, anchor),
    guards: [],
  };
  const found: number[] = [];
  for (const part of rule.with) {
    const from = part.of < 0 ? anchor : (found[part.of] ?? -1);
    const hit = from < 0 ? null : findNear(scene, part, from, true);
    if (hit === null) return null;
    found.push(hit.hit);
    firing.group ??= groupOf(scene, hit.hit);
    firing.first = Math.min(firing.first, hit.first);
    firing.last = Math.max(firing.last, hit.last);
  }
  for (const guard of rule.guards) {
    if (firing.net <= FLOOR) break;
    const hit = findNear(scene, guard.near, anchor, false);
    if (hit === null || guard.and.some((part) => findNear(scene, part, anchor, false) === null)) continue;
    firing.net += guard.weight;
    firing.guards.push({ guard, token: hit.first });
  }
  return firing;
}

function pushSignals(scene: Scene, firing: Firing, share: number, signals: Signal[]): void {
  const { tokens, hits, lexicon } = scene;
  const { rule } = firing;
  const entry = lexicon.entries[hits.entry[firing.anchor]!]!;
  const label = LABEL_NAMES[rule.label]!;
  const category = rule.category ?? entry.category ?? null;
  const source = rule.with.length === 0 ? "lexicon" : "rule";
  signals.push({
    label,
    category,
    start: tokens.start[firing.first]!,
    end: tokens.end[firing.last]!,
    weight: firing.weight * share,
    source,
    entry: source === "lexicon" ? entry.id : rule.id,
    group: firing.group,
  });
  for (const { guard, token } of firing.guards) {
    signals.push({
      label,
      category: null,
      start: tokens.start[token]!,
      end: tokens.end[token]!,
      weight: guard.weight * share,
      source: "context",
      entry: guard.id,
      group: null,
    });
  }
}
