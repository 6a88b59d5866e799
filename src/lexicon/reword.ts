/**
 * One disguised word: which word of the lexicon it may be. Tried in turn: the letters of its own script, look-alikes of the
 * other, Kazakh and Russian in Latin or Arabic letters. What was found is remembered, for chats repeat themselves.
 */
import { FLAG } from "../core/token.ts";
import { createPositions, looksLike, type Script, scriptOf, spell } from "../text/spellings.ts";
import { transliterate } from "../text/transliterate.ts";
import type { CompiledLexicon } from "./compile.ts";
import { readOrdinaryWords } from "./files.ts";
import { readPositions, Vocabulary } from "./lookup.ts";

/** Shorter Latin words stand for too many Kazakh and Russian ones. */
export const SHORTEST_TRANSLITERATED = 3;
const STEPS_A_WORD = 800;
/** Where no letter is any letter. */
const STEPS_WITHOUT_ANY = 300;
const STEPS_TO_CYRILLIC = 150;
const MOST_REMEMBERED = 20_000;
const LATIN_LETTER = /[a-z]/i;
const PLAIN_LATIN = /^(?:([a-z])(?!\1\1))+$/i;
const CYRILLIC_LETTER = /[\u0400-\u04ff]/;
/** Letters, without the marks that stand on them. */
const ARABIC_LETTER = /[\u0621-\u064a\u0674-\u06d3\u06d5]/;
const STRETCHED = /(.)\1{2,}/gu;

export interface WordReading {
  readonly letters: Uint8Array;
  /** FLAG bits: its script and its disguises. */
  readonly flags: number;
  /** Letters are coarse: only the coarse lexicon knows them. */
  readonly coarse: boolean;
}

export class WordReader {
  readonly #lexicon: CompiledLexicon;
  readonly #openCoarse: () => CompiledLexicon;
  readonly #classes: number;
  readonly #positions = createPositions();
  readonly #remembered = new Map<string, WordReading | null>();
  #vocabulary: Vocabulary | null = null;
  #coarseVocabulary: Vocabulary | null = null;

  /** @param classes bits of the classes whose words are looked for */
  constructor(lexicon: CompiledLexicon, openCoarse: () => CompiledLexicon, classes: number) {
    this.#lexicon = lexicon;
    this.#openCoarse = openCoarse;
    this.#classes = classes;
  }

  get vocabulary(): Vocabulary {
    this.#vocabulary ??= new Vocabulary(this.#lexicon, this.#classes, readOrdinaryWords);
    return this.#vocabulary;
  }

  /** Whether a word is one as it stands. */
  knows(letters: Uint8Array): boolean {
    return this.vocabulary.has(letters, letters.length) || this.vocabulary.isOrdinary(letters, letters.length);
  }

  /**
   * @param text one word however it is written, NFC
   * @param latinIsForeign whether Latin letters may be Kazakh or Russian ones
   * @param seen FLAG bits of all words of the message
   * @returns null where the lexicon knows no word that it may be
   */
  read(text: string, latinIsForeign: boolean, seen: number): WordReading | null {
    const mode = (latinIsForeign ? 4 : 0) | (seen & (FLAG.cyrillic | FLAG.latin));
    const key = `${mode}${text}`;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(text, latinIsForeign, seen);
    if (this.#remembered.size === MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(key, reading);
    return reading;
  }

  /** A Latin word of a message that is in Latin letters, however short: a negation has two. */
  transliterateShort(text: string): Uint8Array | null {
    return this.#transliterate([...text], "latin", 1);
  }

  #read(text: string, latinIsForeign: boolean, seen: number): WordReading | null {
    const script = scriptOf(text);
    const positions = this.#positions;
    // A word of plain Latin letters is none of the lexicon's own, or nobody would ask.
    const own = script === "latin" && PLAIN_LATIN.test(text);
    for (const way of scriptsOf(script, text, seen)) {
      if (own && way === "latin") continue;
      if (!spell(text, way, positions)) continue;
      const letters = this.#search(way);
      if (letters !== null) return { letters, flags: positions.flags | (way === "cyrillic" ? FLAG.cyrillic : FLAG.latin), coarse: false };
    }
    const mayBeLatin = script === "latin" || (script !== null && LATIN_LETTER.test(text));
    if (latinIsForeign && mayBeLatin && spell(text, "latin", positions)) {
      const letters = this.#transliterate(positions.written.slice(0, positions.count), "latin", SHORTEST_TRANSLITERATED);
      if (letters !== null) return { letters, flags: positions.flags | FLAG.cyrillic | FLAG.transliterated, coarse: true };
    }
    if (script === null && ARABIC_LETTER.test(text)) {
      const written = [...text.replace(STRETCHED, "$1")].filter((character) => ARABIC_LETTER.test(character));
      const letters = this.#transliterate(written, "arabic", SHORTEST_TRANSLITERATED);
      if (letters !== null) return { letters, flags: FLAG.cyrillic | FLAG.arabic, coarse: true };
    }
    return null;
  }

  #search(way: Script): Uint8Array | null {
    const { has, isOrdinary, mayBegin } = this.vocabulary;
    const wild = (this.#positions.flags & FLAG.wildcard) !== 0;
    const letters = readPositions(mayBegin, has, this.#positions, way, { steps: wild ? STEPS_A_WORD : STEPS_WITHOUT_ANY });
    if (letters === null || !wild) return letters;
    // Where any letter may stand, what everyday talk would say comes first.
    return readPositions(() => true, isOrdinary, this.#positions, way, { steps: STEPS_A_WORD }) ?? letters;
  }

  #transliterate(written: readonly string[], alphabet: "latin" | "arabic", shortest: number): Uint8Array | null {
    if (written.length < shortest) return null;
    this.#coarseVocabulary ??= new Vocabulary(this.#openCoarse(), this.#classes, readOrdinaryWords);
    const { has, mayBegin } = this.#coarseVocabulary;
    return transliterate(written, alphabet, mayBegin, (letters, length) => length >= shortest && has(letters, length), STEPS_TO_CYRILLIC);
  }
}

/** In which scripts a word may be meant: its own, and the other where both are in it, or where all of it looks so and the other is near. */
function scriptsOf(script: Script | null, text: string, seen: number): readonly Script[] {
  if (script === null) return [];
  const other = script === "cyrillic" ? "latin" : "cyrillic";
  const both = script === "cyrillic" ? LATIN_LETTER.test(text) : CYRILLIC_LETTER.test(text);
  const near = (seen & (other === "latin" ? FLAG.latin : FLAG.cyrillic)) !== 0;
  return both || (near && looksLike(text, other)) ? [script, other] : [script];
}
