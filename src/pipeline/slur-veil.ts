/** What slurs are shown as on a screen that nobody asked to show them: the ids of their entries, in angle brackets. */
import type { CompiledLexicon } from "../lexicon/compile.ts";
import { GROUP_CLASSES, type LexiconEntry } from "../lexicon/entry.ts";
import { foldedText, Looker } from "../lexicon/look.ts";
import type { Judge } from "./judge.ts";

/** Parts of a word as long as this, and of a run, are taken for a slur's; shorter ones only as all of its letters. */
const TELLING_IN_WORD = 5;
const TELLING_IN_RUN = 4;

export class SlurVeil {
  readonly #looker: Looker;
  readonly #entries: readonly LexiconEntry[];
  /** By folded letters: those of slurs that have no other sense. */
  readonly #telling: ReadonlyMap<string, string>;
  readonly #words = new Map<string, string | null>();
  readonly #runs = new Map<string, string | null>();

  /** @param entries those of the lexicon as their files have them: compiled by the build, they have no forms */
  constructor(lexicon: CompiledLexicon, entries: readonly LexiconEntry[]) {
    this.#looker = new Looker(lexicon);
    this.#entries = lexicon.entries;
    const slurs = entries.filter((entry) => isSlur(entry) && entry.ambiguity !== "homonym");
    this.#telling = new Map(
      slurs.flatMap((entry) =>
        [...(entry.forms ?? []), ...(entry.stems ?? [])].map((term): [string, string] => [foldedText(term), aliasOf(entry)]),
      ),
    );
  }

  /**
   * By token of the message judged last: those to hide, words that only hold a slur's letters among them.
   * @param words folded letters of each token
   */
  aliases({ hits, lexicon }: Judge, words: readonly string[]): Map<number, string> {
    const aliases = new Map<number, string>();
    for (let hit = 0; hit < hits.count; hit++) {
      const entry = lexicon.entries[hits.entry[hit]!]!;
      if (!isSlur(entry)) continue;
      for (let token = hits.token[hit]!; token <= hits.lastToken[hit]!; token++) aliases.set(token, aliasOf(entry));
    }
    words.forEach((word, token) => {
      const alias = aliases.has(token) ? null : remembered(this.#words, word, () => this.#partOf(word, TELLING_IN_WORD));
      if (alias !== null) aliases.set(token, alias);
    });
    return aliases;
  }

  /** The slur whose letters a run has, its edges aside; a harmless word may have them too. Null for none. */
  ofRun(run: string): string | null {
    return remembered(this.#runs, run, () => {
      const letters = run.replace(/[$^]/g, "");
      const seen = this.#looker.look(letters).seen.map(({ entry }) => this.#entries[entry]!);
      const slur = seen.find(isSlur);
      return slur === undefined ? this.#partOf(letters, TELLING_IN_RUN) : aliasOf(slur);
    });
  }

  #partOf(word: string, shortest: number): string | null {
    for (let start = 0; start + shortest <= word.length; start++)
      for (let end = start + shortest; end <= word.length; end++) {
        const alias = this.#telling.get(word.slice(start, end));
        if (alias !== undefined) return alias;
      }
    return null;
  }
}

function isSlur(entry: LexiconEntry): boolean {
  return entry.class !== "target" && GROUP_CLASSES.includes(entry.class);
}

function aliasOf(entry: LexiconEntry): string {
  return `<${entry.id}>`;
}

function remembered(known: Map<string, string | null>, key: string, find: () => string | null): string | null {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}
