/** Finds the words that a rule or a guard asks for near its anchor. */
import type { TokenBatch } from "../core/token.ts";
import type { Clauses } from "./clauses.ts";
import { type CompiledLexicon, classBit } from "./compile.ts";
import type { Hits } from "./match.ts";
import type { PartPlan } from "./rule-plan.ts";

const QUOTED = classBit("quoted");
/** What clauses set, and no entry. */
export const SET_BY_CLAUSES: number = classBit("quoted") | classBit("question") | classBit("opening") | classBit("clause");
/** Words that a phrase may reach back over. */
const LONGEST_PHRASE = 12;

/** One message as the rules see it. */
export interface Scene {
  readonly lexicon: CompiledLexicon;
  readonly tokens: TokenBatch;
  readonly from: number;
  readonly hits: Hits;
  /** Class bits by hit: the entry's, less what its neighbours take away, more what they give. */
  readonly classes: Int32Array;
  readonly clauses: Clauses;
}

/** Whether a hit is what the part asks for, wherever it stands. */
export function hitIs(scene: Scene, hit: number, part: PartPlan): boolean {
  if ((scene.classes[hit]! & part.classes) === 0) return false;
  return hasMoods(scene.hits.moods[hit]!, part) && entryFits(scene.lexicon, scene.hits.entry[hit]!, part);
}

export function hasMoods(moods: number, part: PartPlan): boolean {
  return (part.moods === 0 || (moods & part.moods) !== 0) && (moods & part.notMoods) === 0;
}

/** Whether an entry has what the part asks for, whatever its class here and its moods. */
export function entryFits(lexicon: CompiledLexicon, entry: number, part: PartPlan): boolean {
  const severity = lexicon.severity[entry]!;
  if (severity < part.minSeverity || severity > part.maxSeverity) return false;
  if (part.tags !== 0 && (lexicon.tagBits[entry]! & part.tags) === 0) return false;
  if (part.languages !== 0 && (lexicon.languageBits[entry]! & part.languages) === 0) return false;
  return part.categories === 0 || (lexicon.categoryBits[entry]! & part.categories) !== 0;
}

/** Whether a token stands in quotation marks with others: what is quoted is no part of what is said outside. One word alone may be put in marks for scorn. */
function isInQuotation({ classes }: Clauses, token: number): boolean {
  const before = token > 0 ? classes[token - 1]! : 0;
  return (classes[token]! & QUOTED) !== 0 && ((before | classes[token + 1]!) & QUOTED) !== 0;
}

/** Tokens of a word found near an anchor, and its hit, -1 where clauses set it. */
export interface Near {
  readonly first: number;
  readonly last: number;
  readonly hit: number;
}

/**
 * The word nearest to the anchor that fits the part, among hits and among what clauses know of the tokens.
 * @param inside whether words of the anchor's own phrase count: they complete it ("have to" in "have to leave"), and do not weaken it
 */
export function findNear(scene: Scene, part: PartPlan, anchor: number, inside: boolean): Near | null {
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
