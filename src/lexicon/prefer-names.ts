/** What coarse letters leave open: a group's name and a slur that is one letter away from it. */
import { type CompiledLexicon, classBit } from "./compile.ts";
import { type Hits, moveHit } from "./match.ts";

const NAME = classBit("target");
const SLUR = classBit("slur") | classBit("ambiguous-slur");

/** Coarse letters do not tell a group's name from a slur that is one letter away: where a word may be both it is the name. */
export function preferNames(lexicon: CompiledLexicon, hits: Hits): void {
  let to = 0;
  hits.classes = 0;
  for (let hit = 0; hit < hits.count; hit++) {
    const classes = lexicon.classBits[hits.entry[hit]!]!;
    if ((classes & SLUR) !== 0 && hasName(lexicon, hits, hits.token[hit]!)) continue;
    hits.classes |= classes;
    moveHit(hits, hit, to++);
  }
  hits.count = to;
}

function hasName(lexicon: CompiledLexicon, hits: Hits, token: number): boolean {
  for (let hit = 0; hit < hits.count; hit++)
    if (hits.token[hit] === token && (lexicon.classBits[hits.entry[hit]!]! & NAME) !== 0) return true;
  return false;
}
