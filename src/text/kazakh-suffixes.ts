/**
 * The tables of the Kazakh suffix acceptor (kazakh-stem.ts), in folded letters: ә is а, қ к, ғ г, ң н, ө о, ұ and ү у, і и.
 * Folding merges allomorphs that differ in those letters alone, so a row is shorter here than in a grammar.
 *
 * Suffixes, their order and the sounds they follow: the grammar tables of the Apertium Kazakh transducer (apertium-kaz; facts, not
 * code) and Kazakh reference grammars: nouns are stem + derivation + plural + possessive + case + copula, verbs are
 * stem + voice + negation + mood or tense + person.
 */

/** What a suffix follows, by the last sound of what is left. A suffix is told apart from a root's own end mainly by this. */
export const AFTER = {
  /** Open vowel. */
  A: 1,
  /** й р у; и and ю may be vowels or this. */
  R: 2,
  /** л. */
  L: 4,
  /** м н ң. */
  N: 8,
  /** з ж ғ. */
  Z: 16,
  /** Voiceless, and б в г д, which are so at a word's end. */
  T: 32,
  /** Narrow vowel. Apart from open ones: -ыс, -ық and -ым end many nouns, so ысы, ығы and ым are seldom сы, ғы and м after ы. */
  Y: 64,
  /** Consonants that a root can end in: suffixes that begin with a vowel follow a single one or a cluster of END_CLUSTERS. */
  E: 128,
} as const;
const { A, Y, R, L, N, Z, T, E } = AFTER;
const V: number = A | Y;
const C: number = R | L | N | Z | T;
const ANY: number = V | C;
/** For rows that only roots of the list may follow. */
const LISTED = 99;

/** Two consonants that end native roots (sonorant and stop) or common loans. */
export const END_CLUSTERS = "рт лт нт йт рк лк нк йк рп лп мп ст кт лм рм тр рс нс";

/** Letters by the classes they may be: г stands for two sounds since folding; и is read as і; a soft sign says nothing. */
export const SOUNDS: readonly (readonly [letters: string, sounds: number])[] = [
  ["аеоэя", A],
  ["ыи", Y],
  ["ю", A | R],
  ["йру", R],
  ["л", L],
  ["мн", N],
  ["зж", Z],
  ["г", Z | T],
  ["кпстфхцчшщбвд", T],
  ["ьъ", ANY | E],
];

/**
 * Suffixes, what they follow, the state that reading goes on in to their left, and how many letters must be left where
 * no listed root is (3 unless said).
 */
export type SuffixRow = readonly [suffixes: string, after: number, next: StateName, least?: number];

export interface StateRows {
  /** States whose rows may be read here as well: layers that a word may leave out. */
  readonly or: readonly StateName[];
  /** False where what was read needs one more suffix to be a suffix at all. */
  readonly stem: boolean;
  readonly rows: readonly SuffixRow[];
}

export type StateName =
  | "word"
  | "asked"
  | "mood"
  | "tense"
  | "past"
  | "case"
  | "owned"
  | "ownedByThird"
  | "ownedByYouOrMe"
  | "plural"
  | "base"
  | "verb"
  | "voice"
  | "root";

/** Reading goes from the word's end to its beginning, so the first state reads the last suffixes. */
export const STATES: Readonly<Record<StateName, StateRows>> = {
  // Question particle written together; the emphatic шы of imperatives.
  word: {
    or: ["asked"],
    stem: true,
    rows: [
      ["ма ме", V | R | L, "asked"],
      ["ба бе", N | Z, "asked"],
      ["па пе", T, "asked"],
      ["шы ши", ANY, "mood"],
    ],
  },
  // Copula of nouns and full person endings of verbs are one set; after a tense they show a verb.
  asked: {
    or: ["case", "mood"],
    stem: true,
    rows: [
      ["мын мин мыз миз", V | R | L | N, "case"],
      ["бын бин быз биз", N | Z, "case"],
      ["пын пин пыз пиз", T, "case"],
      ["сын син", A | C, "case"],
      ["сыз сиз сындар синдер сыздар сиздер", ANY, "case"],
      ["мын мин мыз миз", V | R | L | N, "tense"],
      ["бын бин быз биз", N | Z, "tense"],
      ["пын пин пыз пиз", T, "tense"],
      ["сыз сиз сындар синдер сыздар сиздер", ANY, "tense"],
      ["м к н ныз низ ндар ндер ныздар низдер", V, "past"],
    ],
  },
  mood: {
    or: ["past"],
    stem: true,
    rows: [
      ["ндар ндер ныз низ ныздар низдер йык йик йын йин йк", V, "verb"],
      ["ындар индер ыныз иниз ыныздар иниздер айык ейик айк ейк айын ейин", E, "verb"],
      ["сын син", A | C, "verb"],
      ["гыр гир гай гей галы гели", V | R | L | N | Z, "verb"],
      ["гым гим гымыз гимиз", R | L | N | Z, "verb"],
      ["кыр кир кай кей калы кели кым ким кымыз кимиз", T, "verb"],
      ["мас мес май мей", V | R | L, "voice"],
      ["бас бес бай бей", N | Z, "voice"],
      ["пас пес пай пей", T, "voice"],
      ["ады еди ып ип ыпты ипти", E, "verb"],
      ["йды йди пты пти", V, "verb"],
      ["п", A, "verb", 4],
      ["п", Y, "verb"],
    ],
  },
  // Present and future, converbs and participles that only a person ending makes safe: roots end like the bare ones.
  tense: {
    or: [],
    stem: false,
    rows: [
      ["а е ар ер ып ип", E, "verb"],
      ["й п", V, "verb"],
      ["р", A, "verb"],
      ["ган ген", V | R | L | N | Z, "verb"],
      ["кан кен", T, "verb"],
      ["атын етин", E, "verb"],
      ["йтын йтин", V, "verb"],
      ["мас мес мак мек", V | R | L, "voice"],
      ["бас бес бак бек", N | Z, "voice"],
      ["пас пес пак пек", T, "voice"],
    ],
  },
  past: {
    or: [],
    stem: false,
    rows: [
      ["ды ди", V | R | L | N | Z, "verb"],
      ["ты ти", T, "verb"],
      ["са се", ANY, "verb"],
    ],
  },
  case: {
    or: ["owned"],
    stem: true,
    rows: [
      ["нын нин", V | N, "owned"],
      ["дын дин", R | L | Z, "owned"],
      ["тын тин", T, "owned"],
      ["ны ни", V, "owned"],
      ["ды ди", C & ~T, "owned"],
      ["ты ти", T, "owned"],
      ["га ге", ANY & ~T, "owned"],
      ["ка ке", T, "owned"],
      ["да де", ANY & ~T, "owned"],
      ["та те", T, "owned"],
      ["дан ден", V | R | L | Z, "owned"],
      ["нан нен", N, "owned"],
      ["тан тен", T, "owned"],
      ["мен менен", V | R | L | N, "owned"],
      ["бен бенен", Z, "owned"],
      ["пен пенен", T, "owned"],
      ["н на не нда нде нан нен ндай ндей", V, "ownedByThird"],
      ["а е", N, "ownedByYouOrMe"],
    ],
  },
  owned: {
    or: ["ownedByThird", "plural"],
    stem: true,
    rows: [
      ["м", A, "plural"],
      ["м", Y, "plural", LISTED],
      ["н", V, "plural", LISTED],
      ["шым шим", ANY, "base"],
      ["мыз миз ныз низ", V, "plural"],
      ["ым им ын ин ымыз имиз ыныз иниз", E, "plural"],
    ],
  },
  ownedByThird: {
    or: [],
    stem: false,
    rows: [
      ["сы си", A, "plural"],
      ["сы си", Y, "plural", LISTED],
      ["шысы шиси гысы гиси кысы киси", ANY, "base"],
      ["ы и", E, "plural"],
    ],
  },
  ownedByYouOrMe: {
    or: [],
    stem: false,
    rows: [
      ["м н", V, "plural"],
      ["ым им ын ин", E, "plural"],
    ],
  },
  plural: {
    or: ["base"],
    stem: true,
    rows: [
      ["лар лер", V | R, "base"],
      ["дар дер", L | N | Z, "base"],
      ["тар тер", T, "base"],
    ],
  },
  // Derivation, which may repeat, and the verbal nouns, which take all that nouns take.
  base: {
    or: [],
    stem: true,
    rows: [
      ["лык лик лы ли", V | R, "base"],
      ["дык дик ды ди", L | N | Z, "base"],
      ["тык тик ты ти", T, "base"],
      ["сыз сиз шы ши ша ше", ANY, "base"],
      ["дай дей", V | R | L | N | Z, "base"],
      ["тай тей", T, "base"],
      ["рак рек", A, "base", 4],
      ["ырак ирек", E, "base", 4],
      ["дагы деги", V | R | L | N | Z, "owned"],
      ["тагы теги", T, "owned"],
      ["ндагы ндеги", V, "ownedByThird"],
      ["ники", V | N, "owned"],
      ["дики", R | L | Z, "owned"],
      ["тики", T, "owned"],
      ["гы ги", C & ~T, "base"],
      ["кы ки", T, "base"],
      ["ншы нши", V, "base"],
      ["ыншы инши", E, "base"],
      ["у", ANY, "verb"],
      ["ган ген", V | R | L | N | Z, "verb"],
      ["кан кен", T, "verb"],
      ["атын етин арлык ерлик", E, "verb"],
      ["йтын йтин рлык рлик", V, "verb"],
      ["мак мек", V | R | L, "verb"],
      ["бак бек", N | Z, "verb"],
      ["пак пек", T, "verb"],
    ],
  },
  verb: {
    or: ["voice"],
    stem: true,
    rows: [
      ["ма ме", V | R | L, "voice"],
      ["ба бе", N | Z, "voice"],
      ["па пе", T, "voice"],
    ],
  },
  // Reflexive -ын and reciprocal -ыс stay: too many nouns end so.
  voice: {
    or: [],
    stem: true,
    rows: [
      ["дыр дир гыз гиз", V | R | L | N | Z, "root"],
      ["тыр тир кыз киз", T, "root"],
      ["ыл ил", E, "root"],
    ],
  },
  root: { or: [], stem: true, rows: [] },
};
