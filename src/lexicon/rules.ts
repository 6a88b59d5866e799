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
import { FLAG, type TokenBatch } from "../core/token.ts";
import { NO_SIGNALS, type Signal } from "../core/verdict.ts";
import { cellFlags, cellOf, letterOf } from "../text/letters.ts";
import { type Clauses, createClauses, readClauses } from "./clauses.ts";
import { type CompiledLexicon, classBit } from "./compile.ts";
import { ENTRY_LANGUAGES } from "./entry.ts";
import type { Hits } from "./match.ts";
import { type GuardPlan, NAMES_GROUP, type PartPlan, type RulePlan } from "./rule-plan.ts";

/** Caller-owned scratch; `classes` has one place a hit and grows. */
export interface RuleScratch {
  readonly clauses: Clauses;
  classes: Int32Array;
}
export function createRuleScratch(hitCapacity: number = 4096): RuleScratch {
  return { clauses: createClauses(1024), classes: new Int32Array(hitCapacity) };
}

/** One message as the rules see it. */
interface Scene {
  readonly lexicon: CompiledLexicon;
  readonly tokens: TokenBatch;
  readonly from: number;
  readonly hits: Hits;
  /** Class bits by hit: the entry's, less what its neighbours take away, more what they give. */
  readonly classes: Int32Array;
  readonly clauses: Clauses;
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

const TARGET = classBit("target");
const RUSSIAN = 1 << ENTRY_LANGUAGES.indexOf("ru");
const THING = classBit("thing");
const PROPERTY = classBit("property");
const PRONOUN = classBit("pronoun");
const NAMED = classBit("named");
const QUOTED = classBit("quoted");
const SET_BY_CLAUSES = classBit("quoted") | classBit("question") | classBit("opening") | classBit("clause");
const SET_BY_TEXT = NAMED | SET_BY_CLAUSES;
const NATS_PER_SEVERITY = 0.5;
/** Rules of one label mostly see the same words, so those after the strongest count this much. */
const FURTHER_SHARE = 0.2;
/** Words that a phrase may reach back over. */
const LONGEST_PHRASE = 12;
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

/**
 * What words refer to. A group's name right before its language, food or music names no people, unless that is a property
 * that can be attacked; a pronoun after a group's name stands for the group.
 */
function readReferences(lexicon: CompiledLexicon, bytes: Uint8Array, tokens: TokenBatch, hits: Hits, classes: Int32Array): void {
  let named = false;
  for (let hit = 0; hit < hits.count; hit++) {
    let bits = lexicon.classBits[hits.entry[hit]!]!;
    if ((bits & TARGET) !== 0 && (isFollowedByThing(lexicon, tokens, hits, hit) || isKazakhWord(lexicon, bytes, tokens, hits, hit)))
      bits &= ~TARGET;
    if ((bits & PRONOUN) !== 0 && named) bits |= NAMED;
    named ||= (bits & NAMES_GROUP) !== 0;
    classes[hit] = bits;
  }
}

/** Whether a Russian name was read in a word that begins with Kazakh letters, which are folded: құрды (built) is not курды. */
function isKazakhWord(lexicon: CompiledLexicon, bytes: Uint8Array, tokens: TokenBatch, hits: Hits, hit: number): boolean {
  const token = hits.token[hit]!;
  if ((tokens.flags[token]! & FLAG.kazakh) === 0 || lexicon.languageBits[hits.entry[hit]!] !== RUSSIAN) return false;
  const start = tokens.start[token]!;
  // Endings may be Kazakh; of the first four letters, two bytes each, none is part of one.
  const end = Math.min(tokens.end[token]!, start + 8);
  for (let at = start; at + 1 < end; at += 2) if ((cellFlags(cellOf(letterAt(bytes, at))) & FLAG.kazakh) !== 0) return true;
  return false;
}

function letterAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
}

function isFollowedByThing(lexicon: CompiledLexicon, tokens: TokenBatch, hits: Hits, hit: number): boolean {
  const next = hits.lastToken[hit]! + 1;
  let following = 0;
  for (let other = hit + 1; other < hits.count && hits.token[other]! <= next; other++) {
    if (hits.token[other] === next) following |= lexicon.classBits[hits.entry[other]!]!;
  }
  if ((following & THING) === 0 || (following & PROPERTY) !== 0) return false;
  return !endsAs(NOUN_ENDINGS[lexicon.languageBits[hits.entry[hit]!]!], tokens, hits.lastToken[hit]!);
}

/** Endings of names, folded, that say what happens to people: what follows them is not theirs. By language bit. */
const NOUN_ENDINGS: Readonly<Record<number, readonly Uint8Array[]>> = {
  [1 << ENTRY_LANGUAGES.indexOf("kk")]: "га ге ка ке на не ды ди ты ти ны ни дан ден тан тен нан нен мен бен пен"
    .split(" ")
    .map(foldLetters),
  [1 << ENTRY_LANGUAGES.indexOf("ru")]: "ам ям ов ев цу ину".split(" ").map(foldLetters),
};

function foldLetters(text: string): Uint8Array {
  return Uint8Array.from(text, letterOf);
}

function endsAs(endings: readonly Uint8Array[] | undefined, tokens: TokenBatch, token: number): boolean {
  const end = tokens.letter[token + 1]!;
  return (endings ?? []).some((ending) => {
    const start = end - ending.length;
    return start > tokens.letter[token]! && ending.every((letter, k) => tokens.letters[start + k] === letter);
  });
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

function fire(scene: Scene, rule: RulePlan, anchor: number): Firing | null {
  const { hits, lexicon } = scene;
  const weight = rule.weight + (rule.weight > 0 ? (lexicon.severity[hits.entry[anchor]!]! - 3) * NATS_PER_SEVERITY : 0);
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

function hitIs(scene: Scene, hit: number, part: PartPlan): boolean {
  const entry = scene.hits.entry[hit]!;
  const moods = scene.hits.moods[hit]!;
  if ((scene.classes[hit]! & part.classes) === 0) return false;
  const severity = scene.lexicon.severity[entry]!;
  if (severity < part.minSeverity || severity > part.maxSeverity) return false;
  if (part.moods !== 0 && (moods & part.moods) === 0) return false;
  if ((moods & part.notMoods) !== 0) return false;
  if (part.tags !== 0 && (scene.lexicon.tagBits[entry]! & part.tags) === 0) return false;
  if (part.languages !== 0 && (scene.lexicon.languageBits[entry]! & part.languages) === 0) return false;
  return part.categories === 0 || (scene.lexicon.categoryBits[entry]! & part.categories) !== 0;
}

/** Whether a token stands in quotation marks with others: what is quoted is no part of what is said outside. One word alone may be put in marks for scorn. */
function isInQuotation({ classes }: Clauses, token: number): boolean {
  const before = token > 0 ? classes[token - 1]! : 0;
  return (classes[token]! & QUOTED) !== 0 && ((before | classes[token + 1]!) & QUOTED) !== 0;
}

/** Tokens of a word found near an anchor, and its hit, -1 where clauses set it. */
interface Near {
  readonly first: number;
  readonly last: number;
  readonly hit: number;
}

/**
 * The word nearest to the anchor that fits the part, among hits and among what clauses know of the tokens.
 * @param inside whether words of the anchor's own phrase count: they complete it ("have to" in "have to leave"), and do not weaken it
 */
function findNear(scene: Scene, part: PartPlan, anchor: number, inside: boolean): Near | null {
  const { hits, clauses, from, lexicon } = scene;
  const first = hits.token[anchor]!;
  const last = hits.lastToken[anchor]!;
  const sentence = clauses.sentence[first - from]!;
  if ((part.classes & SET_BY_CLAUSES) !== 0) {
    const begin = part.at || part.before > 0 ? Math.max(first - part.before, from) : first + 1;
    for (let token = begin; token <= first; token++) {
      if ((clauses.classes[token - from]! & part.classes) !== 0 && clauses.sentence[token - from] === sentence)
        return { first, last, hit: -1 };
    }
  }
  const language = lexicon.languageBits[hits.entry[anchor]!]!;
  const outside = inside && (clauses.classes[first - from]! & QUOTED) === 0;
  let best: Near | null = null;
  let nearest = 1 << 30;
  // Hits are in the order of their first tokens: only those within reach are looked at, however long the message.
  let hit = anchor;
  while (hit > 0 && hits.token[hit - 1]! >= first - part.before - LONGEST_PHRASE) hit--;
  for (; hit < hits.count && hits.token[hit]! <= last + part.after; hit++) {
    if (hit === anchor) continue;
    const start = hits.token[hit]!;
    const end = hits.lastToken[hit]!;
    const within = start <= last && end >= first;
    const distance = within ? 0 : start > last ? start - last : first - end;
    // Another reading of the very same words does not count, unless the rule says so.
    const reach = within ? (part.at || (inside && end - start < last - first) ? 0 : -1) : start > last ? part.after : part.before;
    if (distance > reach || distance >= nearest) continue;
    if (!part.wholeMessage && clauses.sentence[start - from] !== sentence) continue;
    if (outside && isInQuotation(clauses, start - from)) continue;
    if (part.sameClause && clauses.clause[start - from] !== clauses.clause[first - from]) continue;
    if (part.sameLanguage && lexicon.languageBits[hits.entry[hit]!] !== language) continue;
    if (!hitIs(scene, hit, part) || part.unless.some((other) => findNear(scene, other, hit, false) !== null)) continue;
    nearest = distance;
    best = { first: start, last: end, hit };
  }
  return best;
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
