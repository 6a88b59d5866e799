import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createFeatureScratch, describeFeatures, type FeatureKind, listFeatures } from "../../src/bayes/features.ts";
import { createModel, FEATURES, type Model, type ModelHeader } from "../../src/bayes/model.ts";
import { weightOf } from "../../src/bayes/pack.ts";
import { LANGUAGES, type Language } from "../../src/core/label.ts";
import { CLASSES } from "../../src/lexicon/entry.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { FeatureCensus } from "../../src/pipeline/feature-census.ts";
import { GROUP_MASK, type Judge } from "../../src/pipeline/judge.ts";
import { SlurVeil } from "../../src/pipeline/slur-veil.ts";
import { strongestFeatures } from "../../src/pipeline/strongest-features.ts";
import { hostileText } from "../writers/judged.ts";
import { CALLS, SMALL_TALK } from "./messages.ts";

const BITS = 12;

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge({ model: null });
});

const word = fc.constantFrom("bread", "breads", "нан", "наны", "and", "AND", "dungans", "дүнгендер", "burn", "керек", "b", "x7");
const chatter = fc.oneof(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(" ")),
  fc.constantFrom(...CALLS, ...SMALL_TALK),
  hostileText,
);

/** Messages by language, kind, name and place, each feature named anew in each message. */
function countedNaively(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const scratch = createFeatureScratch(BITS, GROUP_MASK);
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text);
    judge.judge(bytes, 0, bytes.length);
    const language = LANGUAGES[judge.language]!;
    const listed = listFeatures(judge.tokens, 0, judge.tokens.count, scratch);
    const named = describeFeatures(judge.tokens, 0, judge.tokens.count, GROUP_MASK, CLASSES);
    expect(named.length).toBe(listed);
    const keys = named.map(({ kind, name }) => `${kind === "class" || kind === "shape" ? "" : language} ${kind} ${name}`);
    for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

describe("a census of features", () => {
  it("counts each once a message, as naming them all in every message would", () => {
    fc.assert(
      fc.property(fc.array(chatter, { maxLength: 6 }), (texts) => {
        const census = new FeatureCensus(judge, BITS, null);
        for (const text of texts) census.addMessage(text, null);
        const counted = new Map<string, number>();
        for (const { kind, name, messages } of census.general.values()) counted.set(` ${kind} ${name}`, messages);
        for (const [language, features] of census.byLanguage)
          for (const { kind, name, messages } of features.values()) counted.set(`${language} ${kind} ${name}`, messages);
        expect(counted).toEqual(countedNaively(texts));
      }),
      { numRuns: 150 },
    );
  });

  it("gives a word the same runs whenever it comes first", () => {
    const census = new FeatureCensus(judge, BITS, null);
    for (const text of ["bread and salt", "bread", "no bread"]) census.addMessage(text, "en");
    const bread = census.byLanguage.get("en")!.get("word bread")!;
    expect(bread).toMatchObject({ messages: 3, hidden: false });
    expect(bread.runs.map(({ name }) => name)).toEqual(expect.arrayContaining(["^b", "^brea", "bread", "ead$", "d$"]));
    expect(new Set(bread.runs.map(({ name }) => name)).size).toBe(bread.runs.length);
  });

  it("takes a message for its own language, where one is given", () => {
    const census = new FeatureCensus(judge, BITS, null);
    census.addMessage("bread", "kk");
    expect([...census.messages]).toEqual([["kk", 1]]);
    expect(census.byLanguage.get("kk")!.has("word bread")).toBe(true);
  });
});

describe("the veil over slurs", () => {
  const entries = loadLexicons().entries;
  const slurs = entries.filter((entry) => entry.class === "slur" && entry.ambiguity === "none");
  const terms = slurs.flatMap(({ id, forms = [] }) => forms.filter((form) => /^\p{L}{5,}$/u.test(form)).map((form) => ({ id, form })));

  function namesOf(texts: readonly string[]): string[] {
    const census = new FeatureCensus(judge, BITS, new SlurVeil(judge.lexicon, entries));
    for (const text of texts) census.addMessage(text, null);
    return [census.general, ...census.byLanguage.values()].flatMap((features) =>
      [...features.values()].flatMap(({ name, words }) => [name, ...words]),
    );
  }

  it("hides every one in messages, pairs and runs, and names its entry", () => {
    expect(terms.length).toBeGreaterThan(50);
    const names = namesOf(terms.map(({ form }) => `we saw ${form} there`));
    const shown = terms.filter(({ form }) => names.some((name) => name.split(" ").includes(form)));
    expect(shown).toEqual([]);
    expect(names.filter((name) => /^<[a-z]+-slur-/.test(name)).length).toBeGreaterThan(50);
  });

  it("hides words that hold one", () => {
    const names = namesOf(terms.map(({ form }) => `zz${form}zz`));
    expect(terms.filter(({ form }) => names.some((name) => name.includes(form.toLowerCase())))).toEqual([]);
  });

  it("leaves other words alone", () => {
    expect(namesOf(["bread and salt"])).toEqual(expect.arrayContaining(["bread", "and salt", "^brea"]));
  });
});

describe("the strongest features", () => {
  /** Places have weights by their number, of either sign. */
  function model(languages: readonly Language[]): Model {
    const header = {
      features: FEATURES,
      bits: BITS,
      heads: [{ name: "hate", scale: 2, languages: Object.fromEntries(languages.map((name) => [name, { slope: 1, offset: 0 }])) }],
    } as unknown as ModelHeader;
    return createModel(
      header,
      Int8Array.from({ length: 1 << BITS }, (_, place) => ((place * 37) % 255) - 127),
    );
  }
  const WANTED = { top: 5, least: { words: 1, others: 1 }, language: null };

  it("rank words by the sum over their places", () => {
    const known = model(["en"]);
    const census = new FeatureCensus(judge, BITS, null);
    for (const text of SMALL_TALK) census.addMessage(text, "en");
    const { words } = strongestFeatures(known, 0, census, WANTED).languages[0]!;
    const effects = new Map(
      [...census.byLanguage.get("en")!.values()]
        .filter(({ kind }) => (kind satisfies FeatureKind) === "word")
        .map(({ name, place, runs }) => [
          name,
          [...new Set([place, ...runs.map((run) => run.place)])].reduce((sum, at) => sum + weightOf(known, at, 0), 0),
        ]),
    );
    expect(words.for.length).toBeGreaterThan(0);
    for (const { name, weight } of [...words.for, ...words.against]) expect(weight).toBeCloseTo(effects.get(name)!, 9);
    expect(words.for[0]!.weight).toBeCloseTo(Math.max(...effects.values()), 9);
    expect(words.against[0]!.weight).toBeCloseTo(Math.min(...effects.values()), 9);
    for (const { weight, parts } of words.for) for (const part of parts!) expect([weight > 0, part.weight > 0]).toEqual([true, true]);
  });

  it("let the strongest form stand for all of a word", () => {
    const census = new FeatureCensus(judge, BITS, null);
    for (const text of ["neighbour", "neighbours", "neighbouring"]) census.addMessage(text, "en");
    const { words } = strongestFeatures(model(["en"]), 0, census, WANTED).languages[0]!;
    expect(words.for.length + words.against.length).toBeLessThanOrEqual(2);
    expect([...words.for, ...words.against].flatMap(({ name, alike }) => [name, ...alike]).sort()).toEqual([
      "neighbour",
      "neighbouring",
      "neighbours",
    ]);
  });

  it("leave out what too few messages have, or shares its place with what more have", () => {
    const census = new FeatureCensus(judge, BITS, null);
    for (const text of ["glomp flerp", "glomp flerp", "glomp zimmer"]) census.addMessage(text, "en");
    const pairs = (least: number) => {
      const found = strongestFeatures(model(["en"]), 0, census, { ...WANTED, least: { words: 1, others: least } }).languages[0]!.pairs;
      return [...found.for, ...found.against].map(({ name }) => name);
    };
    expect(pairs(1)).toEqual(expect.arrayContaining(["glomp flerp", "glomp zimmer"]));
    expect(pairs(2)).toEqual(["glomp flerp"]);
    census.shared[census.byLanguage.get("en")!.get("pair glomp flerp")!.place]! += 3;
    expect(pairs(2)).toEqual([]);
  });

  it("are of the languages that the head has seen, or of the one that is asked for", () => {
    const census = new FeatureCensus(judge, BITS, null);
    const seen = (language: Language | null) =>
      strongestFeatures(model(["kk", "en"]), 0, census, { ...WANTED, language }).languages.map((row) => [row.language, row.seen]);
    expect(seen(null)).toEqual([
      ["kk", true],
      ["en", true],
    ]);
    expect(seen("ru")).toEqual([["ru", false]]);
  });
});
