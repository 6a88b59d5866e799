/** Names and verbs of synthetic rows: every form is one that the lexicons know, and the one that the grammar asks for. */
import { describe, expect, test } from "vitest";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { NAMES, VERBS, WRITTEN_LANGUAGES } from "../../src/synthetic/forms.ts";
import { afterWord } from "../../src/synthetic/kazakh.ts";
import { EXCHANGED_WORDS } from "../../src/synthetic/predicates.ts";
import { lookUp } from "./look-up.ts";

const found = lookUp(compileLexicon(loadLexicons()));
const form = (language: "kk" | "ru" | "en", lemma: string, name: string): string | undefined =>
  NAMES[language].find((word) => word.lemma === lemma)?.forms.get(name);

describe("Forms of names", () => {
  test.each([
    ["kk", "дүнген", "acc.pl", "дүнгендерді"],
    ["kk", "ұйғыр", "dat.pl", "ұйғырларға"],
    ["kk", "қазақ", "gen.pl", "қазақтардың"],
    ["kk", "сыған", "abl.sg", "сығаннан"],
    ["kk", "өзбек", "ins.sg", "өзбекпен"],
    ["kk", "ингуш", "nom.pl", "ингуштар"],
    ["kk", "грузин", "nom.pl", "грузиндер"],
    ["ru", "дунганин", "gen.pl", "дунган"],
    ["ru", "китаец", "dat.pl", "китайцам"],
    ["ru", "турок", "nom.pl", "турки"],
    ["ru", "турок", "acc.pl", "турок"],
    ["ru", "ингуш", "ins.pl", "ингушами"],
    ["ru", "таджик", "nom.pl", "таджики"],
    ["ru", "русский", "acc.pl", "русских"],
    ["ru", "немец", "attr.ие", "немецкие"],
    ["en", "Poles", "attr", "Polish"],
  ] as const)("%s %s %s is %s", (language, lemma, name, expected) => {
    expect(form(language, lemma, name)).toBe(expected);
  });

  test("A Kazakh name whose singular is a country has none", () => {
    expect(form("kk", "қытай", "acc.sg")).toBeUndefined();
    expect(form("kk", "қытай", "attr")).toBe("қытай");
  });

  test("Particles after a name follow its vowels and its last letter", () => {
    expect(["ұйғырларға", "өзбектер", "қазақ"].map((word) => afterWord(word, "де"))).toEqual(["да", "де", "та"]);
    expect(afterWord("дүнгендер", "ма")).toBe("ме");
    expect(afterWord("дүнгендер", "келді")).toBe("келді");
  });

  test("The lexicons find every form of every name, as its group, but those that mean something else where they stand alone", () => {
    const missing = WRITTEN_LANGUAGES.flatMap((language) =>
      NAMES[language].flatMap(({ forms, group }) =>
        [...forms]
          .filter(([name, text]) => !name.startsWith("attr") && !found(text).some((entry) => entry.group === group))
          .map(([, text]) => text),
      ),
    );
    expect(missing).toEqual(["русскому", "русском", "Pole", "Roma", "Christian"]);
  });
});

describe("Forms of verbs", () => {
  test("Kazakh moods", () => {
    const forms = VERBS.kk.find(({ lemma }) => lemma === "қу")!.forms;
    const wanted = [
      "imperative.2pl",
      "hortative",
      "jussive",
      "not.imperative.2pl",
      "infinitive",
      "present.1pl",
      "converb",
      "conditional.1pl",
    ];
    expect(wanted.map((name) => forms.get(name))).toEqual(["қуыңдар", "қуайық", "қусын", "қумаңдар", "қуу", "қуамыз", "қуып", "қусақ"]);
  });

  test("Russian persons", () => {
    const forms = VERBS.ru.find(({ lemma }) => lemma === "сжечь")!.forms;
    const wanted = ["imperative.2pl", "present.1pl", "past.m", "past.pl"];
    expect(wanted.map((name) => forms.get(name))).toEqual(["сожгите", "сожжём", "сжёг", "сожгли"]);
  });

  test("The lexicons know orders, infinitives and intents as acts, but those that are nouns or other verbs as well", () => {
    const orders = /^(?:imperative|hortative|infinitive$|present\.1|base$|ing$)/;
    const missing = WRITTEN_LANGUAGES.flatMap((language) =>
      VERBS[language].flatMap(({ forms }) =>
        [...forms]
          .filter(([name, text]) => orders.test(name) && !found(text).some((entry) => entry.class === "act"))
          .map(([, text]) => text),
      ),
    );
    expect(missing).toEqual(["сабау", "ұру", "тонау", "давлю", "гоню"]);
  });

  test("The lexicons know every predicate that is exchanged, animals in the singular only in company", () => {
    const missing = EXCHANGED_WORDS.filter((word) => !found(word).some((entry) => entry.class === "predicate"));
    expect(missing).toEqual(["шошқа", "ит", "сүлік", "маймыл", "хайуан", "айуан", "animals"]);
  });
});
