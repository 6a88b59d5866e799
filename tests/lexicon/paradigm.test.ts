/** The Kazakh paradigms that come with the program, on invented stems: plain nouns and verbs of every sound class. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import type { MoodName, Paradigm } from "../../src/lexicon/entry.ts";
import { paradigmsSchema } from "../../src/lexicon/schema.ts";
import { entry, hitsOf, lexicon } from "./invented.ts";

const paradigms: Record<string, Paradigm> = paradigmsSchema.parse(
  JSON.parse(readFileSync(new URL("../../lexicons/paradigms.json", import.meta.url), "utf8")),
);

/** Kazakh suffixes by the sound the stem ends in, back / front (reference grammar, table of allomorphs). */
const NOUN_STEMS = {
  vowel: ["зорба", "дөрпе"],
  glide: ["зорбай", "дөрпей"],
  l: ["зорбал", "дөрпел"],
  nasal: ["зорбан", "дөрпен"],
  z: ["зорбаз", "дөрпез"],
  voiceless: ["зорбат", "дөрпет"],
} as const;
type Sound = keyof typeof NOUN_STEMS;
const NOUN_SUFFIXES: Readonly<Record<string, Readonly<Record<Sound, string>>>> = {
  plural: {
    vowel: "лар/лер",
    glide: "лар/лер",
    l: "дар/дер",
    nasal: "дар/дер",
    z: "дар/дер",
    voiceless: "тар/тер",
  },
  genitive: {
    vowel: "ның/нің",
    glide: "дың/дің",
    l: "дың/дің",
    nasal: "ның/нің",
    z: "дың/дің",
    voiceless: "тың/тің",
  },
  accusative: {
    vowel: "ны/ні",
    glide: "ды/ді",
    l: "ды/ді",
    nasal: "ды/ді",
    z: "ды/ді",
    voiceless: "ты/ті",
  },
  dative: {
    vowel: "ға/ге",
    glide: "ға/ге",
    l: "ға/ге",
    nasal: "ға/ге",
    z: "ға/ге",
    voiceless: "қа/ке",
  },
  locative: {
    vowel: "да/де",
    glide: "да/де",
    l: "да/де",
    nasal: "да/де",
    z: "да/де",
    voiceless: "та/те",
  },
  ablative: {
    vowel: "дан/ден",
    glide: "дан/ден",
    l: "дан/ден",
    nasal: "нан/нен",
    z: "дан/ден",
    voiceless: "тан/тен",
  },
  instrumental: {
    vowel: "мен/мен",
    glide: "мен/мен",
    l: "мен/мен",
    nasal: "мен/мен",
    z: "бен/бен",
    voiceless: "пен/пен",
  },
  "colloquial instrumental": {
    vowel: "менен/менен",
    glide: "менен/менен",
    l: "менен/менен",
    nasal: "менен/менен",
    z: "бенен/бенен",
    voiceless: "пенен/пенен",
  },
  "question particle": {
    vowel: "ма/ме",
    glide: "ма/ме",
    l: "ма/ме",
    nasal: "ба/бе",
    z: "ба/бе",
    voiceless: "па/пе",
  },
  "copula of I": {
    vowel: "мын/мін",
    glide: "мын/мін",
    l: "мын/мін",
    nasal: "мын/мін",
    z: "бын/бін",
    voiceless: "пын/пін",
  },
  "copula of we": {
    vowel: "мыз/міз",
    glide: "мыз/міз",
    l: "мыз/міз",
    nasal: "быз/біз",
    z: "быз/біз",
    voiceless: "пыз/піз",
  },
  "copula of you": {
    vowel: "сың/сің",
    glide: "сың/сің",
    l: "сың/сің",
    nasal: "сың/сің",
    z: "сың/сің",
    voiceless: "сың/сің",
  },
  "copula of you all": {
    vowel: "сыңдар/сіңдер",
    glide: "сыңдар/сіңдер",
    l: "сыңдар/сіңдер",
    nasal: "сыңдар/сіңдер",
    z: "сыңдар/сіңдер",
    voiceless: "сыңдар/сіңдер",
  },
  mine: {
    vowel: "м/м",
    glide: "ым/ім",
    l: "ым/ім",
    nasal: "ым/ім",
    z: "ым/ім",
    voiceless: "ым/ім",
  },
  theirs: {
    vowel: "сы/сі",
    glide: "ы/і",
    l: "ы/і",
    nasal: "ы/і",
    z: "ы/і",
    voiceless: "ы/і",
  },
  ours: {
    vowel: "мыз/міз",
    glide: "ымыз/іміз",
    l: "ымыз/іміз",
    nasal: "ымыз/іміз",
    z: "ымыз/іміз",
    voiceless: "ымыз/іміз",
  },
  "theirs in the accusative": {
    vowel: "сын/сін",
    glide: "ын/ін",
    l: "ын/ін",
    nasal: "ын/ін",
    z: "ын/ін",
    voiceless: "ын/ін",
  },
  "theirs in the dative": {
    vowel: "сына/сіне",
    glide: "ына/іне",
    l: "ына/іне",
    nasal: "ына/іне",
    z: "ына/іне",
    voiceless: "ына/іне",
  },
  "theirs in the locative": {
    vowel: "сында/сінде",
    glide: "ында/інде",
    l: "ында/інде",
    nasal: "ында/інде",
    z: "ында/інде",
    voiceless: "ында/інде",
  },
  "theirs in the ablative": {
    vowel: "сынан/сінен",
    glide: "ынан/інен",
    l: "ынан/інен",
    nasal: "ынан/інен",
    z: "ынан/інен",
    voiceless: "ынан/інен",
  },
  "those at": {
    vowel: "дағы/дегі",
    glide: "дағы/дегі",
    l: "дағы/дегі",
    nasal: "дағы/дегі",
    z: "дағы/дегі",
    voiceless: "тағы/тегі",
  },
};
const AFTER_PLURAL = [
  "",
  "дың/дің",
  "ды/ді",
  "ға/ге",
  "да/де",
  "дан/ден",
  "мен/мен",
  "ы/і",
  "ын/ін",
  "ына/іне",
  "ымыз/іміз",
  "ымызға/імізге",
  "мыз/міз",
  "сыңдар/сіңдер",
  "дікі/дікі",
  "дағы/дегі",
  "ма/ме",
];

function sides(suffix: string): readonly [string, string] {
  const [back = "", front = back] = suffix.split("/");
  return [back, front];
}

const nouns = compileLexicon(
  lexicon(
    Object.entries(NOUN_STEMS).map(([sound, [back, front]]) =>
      entry(`noun-${sound}`, {
        language: "kk",
        class: "target",
        stems: [back, front],
        inflect: "kk-noun",
      }),
    ),
    paradigms,
  ),
);

describe("a Kazakh noun", () => {
  it.each(Object.entries(NOUN_SUFFIXES))("takes the endings of every sound: %s", (_, bySound) => {
    for (const sound of Object.keys(NOUN_STEMS) as Sound[]) {
      sides(bySound[sound]).forEach((suffix, side) => {
        const word = NOUN_STEMS[sound][side] + suffix;
        expect(
          hitsOf(nouns, word).found.map((hit) => hit.entry),
          word,
        ).toContain(`noun-${sound}`);
      });
    }
  });

  it("takes possessives, cases and persons after the plural", () => {
    for (const sound of Object.keys(NOUN_STEMS) as Sound[]) {
      for (const suffix of AFTER_PLURAL) {
        for (const side of [0, 1] as const) {
          const word = NOUN_STEMS[sound][side] + sides(NOUN_SUFFIXES["plural"]![sound])[side] + sides(suffix)[side];
          expect(
            hitsOf(nouns, word).found.map((hit) => hit.entry),
            word,
          ).toContain(`noun-${sound}`);
        }
      }
    }
  });

  it("is not the language, the manner or a longer word that begins alike", () => {
    for (const word of ["зорбатша", "дөрпетше", "зорбатхана", "зорбатстан", "зорбатлық", "дөрпетқұл"])
      expect(hitsOf(nouns, word).found, word).toEqual([]);
  });

  it("in the plural paradigm never stands in the singular", () => {
    const plural = compileLexicon(
      lexicon(
        [
          entry("plural", {
            language: "kk",
            class: "target",
            stems: ["зорбат"],
            inflect: "kk-plural",
          }),
        ],
        paradigms,
      ),
    );
    expect(hitsOf(plural, "зорбат зорбатты зорбаттың зорбатым").found).toEqual([]);
    expect(hitsOf(plural, "зорбаттар зорбаттарды зорбаттарымыз зорбаттармен").found).toHaveLength(4);
  });
});

/** Verb forms on a back and a front stem that end in a consonant, then in a vowel; and their moods. */
const VERB_FORMS: readonly (readonly [about: string, moods: readonly MoodName[], consonant: string, vowel: string])[] = [
  ["the stem alone", ["bare"], "", ""],
  ["infinitive", ["infinitive"], "у", "у"],
  ["polite imperative", ["imperative"], "ыңыз/іңіз", "ңыз/ңіз"],
  ["imperative to many", ["imperative"], "ыңдар/іңдер", "ңдар/ңдер"],
  ["polite imperative to many", ["imperative"], "ыңыздар/іңіздер", "ңыздар/ңіздер"],
  ["imperative that begs", ["imperative"], "шы/ші", "шы/ші"],
  ["let us", ["hortative"], "айық/ейік", "йық/йік"],
  ["let us, clipped", ["hortative"], "айк/ейк", "йк/йк"],
  ["let them", ["jussive"], "сын/сін", "сын/сін"],
  ["may they", ["jussive"], "қыр/кір", "ғыр/гір"],
  ["would that", ["jussive"], "қай/кей", "ғай/гей"],
  ["let me", ["intent"], "айын/ейін", "йын/йін"],
  ["we shall", ["intent"], "амыз/еміз", "ймыз/йміз"],
  ["we mean to", ["intent"], "пақпыз/пекпіз", "мақпыз/мекпіз"],
  ["we mean to, emphatic", ["intent"], "пақшымыз/пекшіміз", "мақшымыз/мекшіміз"],
  ["I want to", ["intent"], "қым/кім", "ғым/гім"],
  ["if we", ["conditional"], "сақ/сек", "сақ/сек"],
  ["converb", ["converb"], "ып/іп", "п/п"],
  ["past", ["indicative"], "ты/ті", "ды/ді"],
  ["participle", ["indicative"], "қан/кен", "ған/ген"],
  ["evidential", ["indicative"], "ыпты/іпті", "пты/пті"],
  ["habitual", ["prospective"], "атын/етін", "йтын/йтін"],
  ["doer", ["nominal"], "ушы/уші", "ушы/уші"],
  ["do not, to many", ["imperative", "negated"], "паңдар/пеңдер", "маңдар/меңдер"],
  ["let us not", ["hortative", "negated"], "пайық/пейік", "майық/мейік"],
  ["let them not", ["jussive", "negated"], "пасын/песін", "масын/месін"],
  ["not to", ["infinitive", "negated"], "пау/пеу", "мау/меу"],
  ["without doing", ["converb", "negated"], "пай/пей", "май/мей"],
  ["we shall not", ["intent", "negated"], "паймыз/пейміз", "маймыз/мейміз"],
  ["will not", ["negated"], "пас/пес", "мас/мес"],
];
const VERB_STEMS = {
  consonant: ["зорбат", "дөрпет"],
  vowel: ["зорба", "дөрпе"],
} as const;

function moodsOf(inflect: string, stem: string, ending: string): string[] | null {
  const verbs = compileLexicon(
    lexicon(
      [
        entry("verb", {
          language: "kk",
          class: "act",
          category: "violence",
          stems: [stem],
          inflect,
        }),
      ],
      paradigms,
    ),
  );
  return hitsOf(verbs, stem + ending).found[0]?.moods ?? null;
}

describe("a Kazakh verb", () => {
  it.each(VERB_FORMS)("says %s: %j", (_, moods, consonant, vowel) => {
    for (const [stems, suffix] of [
      [VERB_STEMS.consonant, consonant],
      [VERB_STEMS.vowel, vowel],
    ] as const) {
      sides(suffix).forEach((ending, side) => {
        expect(moodsOf("kk-verb", stems[side]!, ending), stems[side]! + ending).toEqual(expect.arrayContaining([...moods]));
      });
    }
  });

  it("typed on a Russian keyboard says the same", () => {
    expect(moodsOf("kk-verb", "дөрпет", "индер")).toEqual(["imperative"]);
    expect(moodsOf("kk-verb", "зорбат", "ындар")).toEqual(["imperative"]);
    expect(moodsOf("kk-verb", "зорбат", "айык")).toEqual(["hortative"]);
  });

  it("says no call where it only tells", () => {
    for (const ending of ["ты", "қан", "ыпты", "атын", "ушы", "сақ", "қанда"]) {
      for (const call of ["imperative", "hortative", "jussive", "intent", "infinitive", "bare"])
        expect(moodsOf("kk-verb", "зорбат", ending), ending).not.toContain(call);
    }
  });

  it("whose stem is also a noun never stands alone", () => {
    expect(moodsOf("kk-verb-inflected", "зорбат", "")).toBeNull();
    expect(moodsOf("kk-verb-inflected", "зорбат", "ыңдар")).toEqual(["imperative"]);
  });
});
