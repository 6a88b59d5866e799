import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PREFIX_LETTERS, prefixOf, wordKey } from "../../src/text/hash.ts";
import { letterOf } from "../../src/text/letters.ts";
import { ARENA_BYTES, Tokenizer } from "../../src/text/tokenize.ts";
import { naiveTokens } from "./naive.ts";
import { batchOf, copyOf, describeTokens, type FlagName, tokensOf } from "./tokens.ts";

const CHARACTERS = [
  ..."абвгдежзийклмнопрстуфхцчшщъыьэюяё",
  ..."АВСЕНКМОРТХЗҚҒЁЙИ",
  ..."әғқңөұүһіӘІəƏ",
  ..."abcehikmnoprtuxyzqwsABCNH",
  ..."0123",
  ..." .,!?:;/@#_'`’\"«»-<>\n\t",
  ..."🔪🐍☠🇰🏻",
  ..."\u200b\u200d\u00ad\ufe0f\u0306\u2060",
] as const;
const PIECES = [
  "http://",
  "https://a.kz/x?y=1",
  "www.",
  "t.me/x",
  "@who_1",
  "#тег",
  "ааа",
  "aаa",
  "и\u0306",
  "❤️",
  "👨‍👩‍👧",
  "қазақ",
  "ол ",
  "she ",
] as const;
const texts = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...CHARACTERS) }, { weight: 1, arbitrary: fc.constantFrom(...PIECES) }), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));
const RUNS = { numRuns: 100_000, seed: 20200207 };

function lettersOf(folded: string): Uint8Array {
  return Uint8Array.from(folded, letterOf);
}

describe("tokenize", () => {
  it("cuts, folds and marks as its slow twin does", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const seen = tokensOf(text).map(({ start, end, folded, flags }) => ({
          start,
          end,
          folded: flags.includes("emoji") ? "" : folded,
          flags: [...flags].sort(),
        }));
        expect(seen).toEqual(
          naiveTokens(text).map(({ start, end, folded, flags }) => ({
            start,
            end,
            folded,
            flags: [...flags].sort(),
          })),
        );
      }),
      RUNS,
    );
  });

  it("hashes nothing but the folded letters into key and prefix", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const token of tokensOf(text)) {
          if (token.flags.some((flag) => flag === "link" || flag === "mention" || flag === "emoji")) continue;
          const letters = lettersOf(token.folded);
          expect(token.key).toBe(wordKey(letters));
          expect(token.prefix).toBe(prefixOf(letters, Math.min(letters.length, PREFIX_LETTERS)));
        }
      }),
      RUNS,
    );
  });

  // A word that keeps letters of both scripts may change sides once its repeats are gone: such words are left out.
  it("folds what is folded to itself", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const token of tokensOf(text)) {
          if (token.folded === "" || token.folded.includes("·") || (token.flags.includes("cyrillic") && token.flags.includes("latin")))
            continue;
          expect(tokensOf(token.folded).map(({ folded }) => folded)).toEqual([token.folded]);
        }
      }),
      RUNS,
    );
  });

  it("gives spans in order that do not touch each other's bytes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          texts.map((text) => new TextEncoder().encode(text)),
          fc.uint8Array({ maxLength: 80 }),
        ),
        (bytes) => {
          let before = 0;
          for (const { start, end } of tokensOf(bytes)) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            before = end;
          }
          expect(before).toBeLessThanOrEqual(bytes.length);
        },
      ),
      RUNS,
    );
  });

  it("finds the same word again in the slice of its span", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const token of tokensOf(text)) {
          if (token.flags.includes("link") || token.flags.includes("mention")) continue;
          expect(tokensOf(token.text).map(({ key }) => key)).toEqual([token.key]);
        }
      }),
      RUNS,
    );
  });

  it("takes any bytes, and they separate or belong to words", () => {
    const hostile = fc
      .array(
        fc.constantFrom(
          0x00,
          0x23,
          0x27,
          0x40,
          0x61,
          0x80,
          0xbf,
          0xc2,
          0xa9,
          0xcc,
          0x86,
          0xd0,
          0xb8,
          0xd1,
          0xe0,
          0xe2,
          0x98,
          0xa0,
          0xed,
          0xf0,
          0x9f,
          0x94,
          0xaa,
          0xf4,
          0xf5,
          0xff,
        ),
        { maxLength: 120 },
      )
      .map((bytes) => Uint8Array.from(bytes));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), hostile), (bytes) => {
        const { tokens } = batchOf(bytes);
        expect(tokens.letter[0] ?? 0).toBe(0);
        for (let token = 0; token < tokens.count; token++) expect(tokens.letter[token + 1]).toBeGreaterThanOrEqual(tokens.letter[token]!);
      }),
      RUNS,
    );
  });

  it("has room for as many bytes as can be loaded, of nothing but the widest signs", () => {
    const tokenizer = new Tokenizer();
    for (const sign of ["©", "☠", "🔪", "a", "a ", "я", "я ", "\u0430\u200b"]) {
      const bytes = new TextEncoder().encode(sign.repeat(Math.floor(ARENA_BYTES / Buffer.byteLength(sign))));
      const { count, letter, letters, start } = tokenizer.tokenize(bytes);
      expect(letter[count]).toBeLessThanOrEqual(letters.length);
      expect(count).toBeLessThanOrEqual(start.length);
    }
    expect(() => tokenizer.load(new Uint8Array(ARENA_BYTES + 1), 0, ARENA_BYTES + 1)).toThrow(RangeError);
  });

  it("reads a message the same wherever it lies among what was loaded and whatever lies around it", () => {
    const tokenizer = new Tokenizer();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          texts.map((text) => new TextEncoder().encode(text)),
        ),
        fc.uint8Array({ maxLength: 80 }),
        fc.uint8Array({ maxLength: 80 }),
        fc.nat(20),
        (message, head, tail, skipped) => {
          const arena = Uint8Array.from([...head, ...message, ...tail]);
          tokenizer.load(arena, Math.min(skipped, head.length), arena.length);
          const tokens = copyOf(tokenizer.read(head.length, head.length + message.length));
          const moved = describeTokens(arena, tokens).map((token) => ({
            ...token,
            start: token.start - head.length,
            end: token.end - head.length,
          }));
          expect(moved).toEqual(tokensOf(message));
        },
      ),
      RUNS,
    );
  });

  it("ors the flags of all tokens", () => {
    const tokenizer = new Tokenizer();
    fc.assert(
      fc.property(texts, (text) => {
        const { count, flags } = tokenizer.tokenize(new TextEncoder().encode(text));
        expect(tokenizer.flagsSeen).toBe(flags.slice(0, count).reduce((all, some) => all | some, 0));
      }),
      RUNS,
    );
  });
});

/** Spellings that mean the same word. */
const TWINS: readonly (readonly [about: string, one: string, other: string])[] = [
  ["upper and lower case", "ҚАЛҚАН", "қалқан"],
  ["ә and а", "мәселе", "маселе"],
  ["ғ and г", "ғалым", "галым"],
  ["қ and к", "қалқан", "калкан"],
  ["ң and н", "жаңа", "жана"],
  ["ө and о", "өлең", "олен"],
  ["ұ and у", "ұлт", "улт"],
  ["ү and у", "үй", "уй"],
  ["һ and х", "қаһарман", "кахарман"],
  ["і and и", "бірге", "бирге"],
  ["ё and е", "ёлка", "елка"],
  ["ё as two code points", "е\u0308лка", "ёлка"],
  ["й as two code points", "и\u0306од", "йод"],
  ["й as two code points at the fourth letter", "абаи\u0306", "абай"],
  ["Й as two code points", "И\u0306ОД", "йод"],
  ["Latin schwa for ә", "əлем", "әлем"],
  ["turned e for ә", "ǝлем", "әлем"],
  ["ң of a neighbouring alphabet", "жаӊа", "жаңа"],
  ["Latin i in a Cyrillic word", "бiрге", "бірге"],
  ["Latin h in a Cyrillic word", "қаhарман", "қаһарман"],
  ["Latin letters in a Cyrillic word", "кaлкaн", "калкан"],
  ["Cyrillic letters in a Latin word", "shiеld", "shield"],
  ["as many letters of either script: Cyrillic", "cом", "сом"],
  ["a letter many times over", "алғааааа", "алға"],
  ["two letters many times over", "ууурррааа", "ура"],
  ["a letter many times over in two scripts", "алғaаaаa", "алға"],
  ["full-width letters", "ｓｈｉｅｌｄ", "shield"],
  ["mathematical letters", "𝐬𝐡𝐢𝐞𝐥𝐝", "shield"],
  ["mathematical capitals", "𝐒𝐇𝐈𝐄𝐋𝐃", "shield"],
  ["accents on Latin letters", "shíëld", "shield"],
  ["Turkish dotless i", "qalqanı", "qalqani"],
  ["straight apostrophe", "o'lar", "olar"],
  ["typographic apostrophe", "o’lar", "olar"],
  ["modifier apostrophe", "o\u02bclar", "olar"],
  ["keyboard apostrophe", "o`lar", "olar"],
  ["apostrophe in a Cyrillic word", "об'єкт", "обєкт"],
  ["zero-width space", "қал\u200bқан", "қалқан"],
  ["zero-width joiner", "қал\u200dқан", "қалқан"],
  ["soft hyphen", "қал\u00adқан", "қалқан"],
  ["word joiner", "қал\u2060қан", "қалқан"],
  ["byte order mark", "қал\ufeffқан", "қалқан"],
  ["direction marks", "\u202eқал\u202cқан", "қалқан"],
  ["combining strokes", "қ\u0336а\u0336л\u0336қ\u0336а\u0336н\u0336", "қалқан"],
  ["hashtag", "#қалқан", "қалқан"],
];

describe("spellings of one word", () => {
  it.each(TWINS)("%s give one key: %s, %s", (_, one, other) => {
    const [first, second] = [tokensOf(one), tokensOf(other)];
    expect(first.map(({ folded }) => folded)).toEqual(second.map(({ folded }) => folded));
    expect(first).toHaveLength(1);
    expect(first[0]!.key).toBe(second[0]!.key);
    expect(first[0]!.prefix).toBe(second[0]!.prefix);
  });

  it.each([
    ["honest letters of either script", "сор", "cop"],
    ["a doubled letter", "сана", "санна"],
    ["digits in a row", "1000", "10"],
    ["й and и", "май", "маи"],
    ["ы and і", "ыс", "іс"],
    ["ш and щ", "шит", "щит"],
    ["ь and nothing", "брат", "брать"],
  ])("%s stay different words: %s, %s", (_, one, other) => {
    expect(tokensOf(one)[0]!.key).not.toBe(tokensOf(other)[0]!.key);
  });
});

/** Texts, the spans cut from them, and flags that must be among each token's. */
const CUTS: readonly [about: string, text: string, tokens: readonly string[], flags?: readonly (readonly FlagName[])[]][] = [
  ["nothing", "", []],
  ["signs alone", " .,!? — … «»\n", []],
  [
    "words and signs",
    "Бұл, мен!",
    ["Бұл", "мен"],
    [
      ["cyrillic", "kazakh", "upper", "lower"],
      ["cyrillic", "lower"],
    ],
  ],
  ["hyphens", "кім-кім", ["кім", "кім"]],
  ["digits in a word", "covid19 2020", ["covid19", "2020"], [["latin", "digit"], ["digit"]]],
  ["an apostrophe at an edge", "'so' rock'", ["so", "rock"]],
  ["a hashtag", "бар #тег екен", ["бар", "тег", "екен"], [[], ["hashtag"], []]],
  ["a hash sign apart", "# тег", ["тег"]],
  ["a mention", "сен @User_1, кел", ["сен", "@User_1", "кел"], [[], ["mention"], []]],
  ["an at sign alone", "@ @! a", ["a"]],
  ["a mail address", "me@host", ["me", "@host"], [[], ["mention"]]],
  ["a link", "қара https://site.kz/p?q=1#x осы", ["қара", "https://site.kz/p?q=1#x", "осы"], [[], ["link"], []]],
  ["links without a scheme", "www.site.kz t.me/chat", ["www.site.kz", "t.me/chat"], [["link"], ["link"]]],
  ["a link in capitals", "HTTPS://SITE.KZ", ["HTTPS://SITE.KZ"], [["link"]]],
  ["a link at the very end", "http://", ["http://"], [["link"]]],
  ["what begins like a link", "http www", ["http", "www"], [["latin"], ["latin"]]],
  ["a link in quotation marks", '"http://a.kz" <http://b.kz>', ["http://a.kz", "http://b.kz"], [["link"], ["link"]]],
  ["an emoji", "ә🔪б", ["ә", "🔪", "б"], [["kazakh"], ["emoji"], ["cyrillic"]]],
  ["a skin colour", "👍🏽", ["👍"], [["emoji"]]],
  ["a flag", "🇰🇿", ["🇰", "🇿"], [["emoji"], ["emoji"]]],
  ["an old emoji with its selector", "☠️ ❤️", ["☠", "❤"], [["emoji"], ["emoji"]]],
  ["a family joined to one", "👨‍👩‍👧", ["👨", "👩", "👧"]],
  ["other scripts", "汉字 مرحبا", ["汉字", "مرحبا"], [["otherScript"], ["otherScript"]]],
  ["letters of Russian only", "щука цапля", ["щука", "цапля"], [["russian"], ["russian"]]],
  ["two scripts", "қaлқан", ["қaлқан"], [["mixedScript", "kazakh", "cyrillic"]]],
  ["a repeat", "жооок", ["жооок"], [["repeated"]]],
  ["an invisible sign", "жо\u200bқ", ["жо\u200bқ"], [["invisible"]]],
  ["bytes that are no text between words", "а\u0000б\ufffdв", ["а", "б", "в"]],
  ["the number sign before a number", "№5", ["5"]],
];

describe("cuts", () => {
  it.each(CUTS)("%s", (_, text, cut, flags = []) => {
    const tokens = tokensOf(text);
    expect(tokens.map((token) => token.text)).toEqual(cut);
    flags.forEach((wanted, token) => {
      expect(tokens[token]!.flags).toEqual(expect.arrayContaining([...wanted]));
    });
  });

  it("reads a word of one script as honest, with no mark of two", () => {
    expect(tokensOf("сор cop").map(({ flags }) => flags)).toEqual([
      ["cyrillic", "lower"],
      ["latin", "lower"],
    ]);
  });

  it("keeps the mark of both scripts where a letter looks like none of the other", () => {
    expect(tokensOf("жqа")[0]).toMatchObject({
      folded: "жqа",
      flags: expect.arrayContaining(["cyrillic", "latin", "figured"]),
    });
    expect(tokensOf("жqа")[0]?.flags).not.toContain("mixedScript");
  });

  it("does not call a decomposed й or a row of digits a repeat", () => {
    for (const { flags } of tokensOf("и\u0306од 100000")) expect(flags).not.toContain("repeated");
  });

  it("separates at broken UTF-8", () => {
    expect(tokensOf(Uint8Array.of(0x61, 0xff, 0x62, 0xd0, 0x63, 0xe2, 0x80)).map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it("gives each emoji a key of its own", () => {
    const keys = tokensOf("🔪🐍☠❤🔥🐷").map(({ key }) => key);
    expect(new Set(keys).size).toBe(6);
  });
});
