import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DROPPING_ROOTS, ROOTS } from "../../src/text/kazakh-roots.ts";
import { kazakhStemEnd, writeKazakhStem } from "../../src/text/kazakh-stem.ts";
import { letterOf, lettersToString } from "../../src/text/letters.ts";
import { attach, nounForms, verbForms } from "./kazakh-forms.ts";
import { batchOf } from "./tokens.ts";

const out = new Uint8Array(64);

function stemOf(word: string): string {
  const { tokens } = batchOf(word);
  return lettersToString(out, 0, writeKazakhStem(tokens.letters, 0, tokens.letter[1]!, out));
}

function folded(word: string): string {
  const { tokens } = batchOf(word);
  return lettersToString(tokens.letters, 0, tokens.letter[1]!);
}

/** Nouns by final sound, back and front; where a vowel is dropped, the stem without it after a stroke. */
const NOUNS: Readonly<Record<string, string>> = {
  "open vowel": "бала қала аға дала сорпа арба әке шеше төбе бөлме кеме терезе",
  "narrow vowel": "қайғы жылқы балықшы кісі жазушы тілші",
  "р, й, у": "тау той жер қар дәптер сиыр көпір шай",
  л: "жол мал көл тіл ауыл/аул көңіл/көңл сақал",
  "м, н, ң": "адам заман күн кілем таң орын/орн мойын/мойн мұғалім айран дүкен шаң қалың",
  "з, ж": "қыз сөз көз жүз теңіз жұлдыз ауыз/ауз қаржы",
  voiceless: "қазақ кітап мектеп дос халық/халқ жүрек тас ағаш қонақ бет жұмыс сағат орыс мемлекет тарих есік қасық",
};
const VERBS =
  "бар кел жаз айт кет шық көр бер тұр қой сал қал жүр күт қорқ өлтір көтер тексер ұмыт жібер отыр жина баста ойна таста өрте тыңда жаса сөйле оқы таны";

interface Share {
  readonly forms: number;
  readonly failures: readonly string[];
}

/** Forms whose stem is not the dictionary form's. */
function shareOf(words: readonly string[], formsOf: (word: string) => string[]): Share {
  const forms = words.flatMap((word) => formsOf(word).map((form) => ({ form, word: word.split("/")[0]! })));
  return {
    forms: forms.length,
    failures: forms.filter(({ form, word }) => stemOf(form) !== stemOf(word)).map(({ form }) => `${form}: ${stemOf(form)}`),
  };
}

function covered({ forms, failures }: Share): number {
  return 1 - failures.length / forms;
}

const nouns = Object.values(NOUNS).flatMap((row) => row.split(" "));
const verbs = VERBS.split(" ");
const listed = new Set(`${ROOTS} ${DROPPING_ROOTS}`.split(/\s+/));
const isListed = (word: string) => listed.has(folded(word.split("/")[0]!));

describe("the forms of the tables", () => {
  it("have the right allomorphs", () => {
    expect(["LAр", "NYң", "CY", "GA", "DA", "nAн", "mен"].map((suffix) => attach("кітап", suffix))).toEqual(
      "кітаптар кітаптың кітапты кітапқа кітапта кітаптан кітаппен".split(" "),
    );
    expect(nounForms("қазақ")).toEqual(expect.arrayContaining("қазағым қазақтарымыздың қазағынан қазақтардамыз қазағына".split(" ")));
    expect(nounForms("ауыз/ауз")).toEqual(expect.arrayContaining("аузы аузымнан ауыздар ауызда".split(" ")));
    expect(nounForms("көз")).toEqual(expect.arrayContaining("көзім көздеріңіз көзбен көзіме".split(" ")));
    expect(verbForms("өлтір")).toEqual(expect.arrayContaining("өлтірейік өлтіріңдер өлтірмеңдер өлтіргенше өлтірсек өлтіруге".split(" ")));
    expect(verbForms("жина")).toEqual(expect.arrayContaining("жинайық жинаңдар жинамайды жинапты жинаған".split(" ")));
    expect(verbForms("шық")).toEqual(expect.arrayContaining("шығайық шықпады шыққанда шығу".split(" ")));
  });
});

describe("the stem of a Kazakh word", () => {
  it(`is one for at least 95 of 100 forms of ${nouns.length} nouns: number, possessive, case, copula`, () => {
    const share = shareOf(nouns, nounForms);
    expect(share.forms).toBeGreaterThan(12_000);
    expect(covered(share), share.failures.join(", ")).toBeGreaterThan(0.95);
  });

  it("is one for as many forms of the nouns that the list of roots lacks", () => {
    const share = shareOf(
      nouns.filter((word) => !isListed(word)),
      nounForms,
    );
    expect(share.forms).toBeGreaterThan(6000);
    expect(covered(share), share.failures.join(", ")).toBeGreaterThan(0.95);
  });

  it(`is one for at least 95 of 100 forms of ${verbs.length} verbs: moods, tenses, persons, negation`, () => {
    const share = shareOf(verbs, verbForms);
    expect(share.forms).toBeGreaterThan(1800);
    expect(covered(share), share.failures.join(", ")).toBeGreaterThan(0.95);
  });

  it.each(Object.entries(NOUNS))("holds for most forms of every noun that ends in a sound of the class %s", (_, row) => {
    for (const word of row.split(" ")) {
      const share = shareOf([word], nounForms);
      expect(covered(share), share.failures.join(", ")).toBeGreaterThan(0.75);
    }
  });

  it.each([
    ["attributive", "қаладағы қаладағылар қаладағылардың", "кала"],
    ["possession", "қазақтікі қазақтардікі", "казак"],
    ["derivation", "балалық балалы баласыз", "бала"],
    ["language", "қазақша", "казак"],
    ["agent", "жазушы жазушылар жазушысы жазушым", "жаз"],
    ["ordinal", "жетінші жетіншісі", "жети"],
    ["passive", "жазылды жазылған жазылмайды", "жаз"],
    ["causative", "жаздырды жаздырған", "жаз"],
    ["question", "қазақтарма қазақсыңба", "казак"],
    ["emphatic imperative", "келіңдерші келіңізші", "кел"],
    ["letters of a Russian keyboard", "казактардын казагымыз казактарга", "казак"],
    ["the vowel dropped or not", "халық халқы халқының халықтар", "халык"],
    ["voiced and voiceless", "кітап кітабы кітаптар кітабымыз", "китап"],
  ])("takes off %s", (_, words, stem) => {
    expect(words.split(" ").map(stemOf)).toEqual(words.split(" ").map(() => stem));
  });

  /** Words that end like a suffix, and what must be left of them at least. */
  const SUFFIX_LIKE = [
    "қалам адам алтын заман орман әлем мектеп кітап талап жауап қазан дүкен алты жеті сары кәрі жақын орын ойын ауыл",
    "ауыз көңіл қызыл жасыл базар назар хабар өнер жағдай сарай пайда сауда астана қазақстан отан теңге бөлме халық қару тау",
    "жаңбыр темір көпір айран тарих жұлдыз домбыра балық шаңырақ жапырақ батыр тұман қымыз қуаныш бұлақ дастарқан тамыз қасқыр",
    "сәуір мамыр дәрігер жүрек сүйек түркістан маман шешен дүнген",
  ].join(" ");
  it.each(SUFFIX_LIKE.split(" "))("leaves %s whole", (word) => {
    expect(stemOf(word)).toBe(folded(word));
  });

  it.each([
    ["кеме", "кем"],
    ["түлкі", "тулк"],
    ["маусым", "маус"],
    ["ғылым", "гыл"],
    ["жайлау", "жайла"],
    ["көктем", "кокте"],
    ["сенбі", "сен"],
  ])("may cut %s, for no table can tell, but leaves %s", (word, least) => {
    expect(stemOf(word).startsWith(least)).toBe(true);
  });
});

describe("any letters", () => {
  const word = fc.array(fc.oneof(fc.constantFrom(...Array.from("абгдеиклмнпрстушы", letterOf)), fc.integer({ min: 0, max: 255 })), {
    maxLength: 40,
  });

  it("have a stem that begins the word, of three letters or the whole word", () => {
    fc.assert(
      fc.property(word, fc.nat(8), (letters, before) => {
        const bytes = Uint8Array.from([...new Array<number>(before).fill(letterOf("а")), ...letters]);
        const end = kazakhStemEnd(bytes, before, bytes.length);
        expect(end).toBeLessThanOrEqual(bytes.length);
        expect(end - before).toBeGreaterThanOrEqual(Math.min(3, letters.length));
        const length = writeKazakhStem(bytes, before, bytes.length, out);
        expect(length - (end - before)).toBeGreaterThanOrEqual(0);
        expect(length - (end - before)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 5000 },
    );
  });

  it("never throw as text", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void stemAll(bytes)));
  });
});

function stemAll(bytes: Uint8Array): void {
  const { tokens } = batchOf(bytes);
  for (let token = 0; token < tokens.count; token++) writeKazakhStem(tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!, out);
}
