import { describe, expect, it } from "vitest";
import { lexiconSchema, paradigmsSchema, rulesSchema } from "../../src/lexicon/schema.ts";

const ENTRY = {
  id: "zorb-people",
  language: "kk",
  class: "target",
  sense: "an invented people",
  forms: ["зорблар"],
  group: "zorb",
  kind: "ethnicity",
  source: "invented",
  reviewed: false,
};
const RULE = {
  id: "some-rule",
  label: "hate",
  about: "",
  weight: 3,
  anchor: { class: "slur" },
  guards: [],
};
const GUARD = {
  id: "some-guard",
  about: "",
  weight: -3,
  near: { class: ["negation", "counter"], before: 3 },
};
const PARADIGM = {
  language: "kk",
  about: "",
  layers: [{ required: true, suffixes: { "": ["лар"], imperative: ["ыңдар"] } }],
  bare: null,
  source: "",
};

describe("the schema of entries", () => {
  it("takes every kind of entry", () => {
    const act = {
      ...ENTRY,
      class: "act",
      group: undefined,
      kind: undefined,
      category: "violence",
      forms: undefined,
      moods: { imperative: ["флепте"] },
      stems: ["флеп"],
      inflect: "kk-verb",
      except: ["флепшы"],
      severity: 5,
      note: "",
    };
    expect(lexiconSchema.safeParse([ENTRY, act]).success).toBe(true);
  });

  it("takes off the spaces around terms", () => {
    expect(lexiconSchema.parse([{ ...ENTRY, forms: [" зорблар "] }])[0]!.forms).toEqual(["зорблар"]);
  });

  it("refuses terms beyond 80 characters", () => {
    expect(lexiconSchema.safeParse([{ ...ENTRY, forms: ["з".repeat(81)] }]).success).toBe(false);
  });
});

describe("the schema of slurs", () => {
  const HOMONYM = { sense: "an invented bird", context: "nests" };
  const SLUR = { ...ENTRY, class: "slur", category: "slur", severity: 4, ambiguity: "none" };
  const AMBIGUOUS = { ...SLUR, class: "ambiguous-slur", ambiguity: "homonym", homonyms: [HOMONYM], reclaimed: "in songs" };

  it("takes slurs that say how ambiguous they are", () => {
    expect(lexiconSchema.safeParse([SLUR, { ...AMBIGUOUS, fires: ["зорблар"], spares: ["зорб ұшты"] }]).error).toBeUndefined();
  });

  it("takes examples of entries of any class", () => {
    expect(lexiconSchema.safeParse([{ ...ENTRY, fires: ["зорблар келді"], spares: ["зорб ұшты"] }]).success).toBe(true);
  });

  it.each<[string, string, object]>([
    ["without a severity", "severity", { ...SLUR, severity: undefined }],
    ["without an ambiguity", "ambiguity", { ...SLUR, ambiguity: undefined }],
    ["with an ambiguity that does not exist", "ambiguity", { ...SLUR, ambiguity: "often" }],
    ["ambiguous by class and not by field", "ambiguity", { ...AMBIGUOUS, ambiguity: "none" }],
    ["ambiguous without homonyms", "homonyms", { ...AMBIGUOUS, homonyms: undefined }],
    ["with a homonym that nothing tells apart", "homonyms", { ...AMBIGUOUS, homonyms: [{ sense: "an invented bird" }] }],
    ["that are no slurs, with an ambiguity", "ambiguity", { ...ENTRY, ambiguity: "none" }],
    ["with an empty example", "fires", { ...SLUR, fires: [" "] }],
  ])("refuses entries %s", (_, field, wrong) => {
    const issues = lexiconSchema.safeParse([wrong]).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[1])).toEqual([field]);
  });
});

describe("the schema of paradigms", () => {
  it("takes layers of suffixes by mood", () => {
    expect(paradigmsSchema.safeParse({ some: PARADIGM }).success).toBe(true);
  });

  it.each([
    ["a mood that does not exist", { ...PARADIGM, bare: "optative" }],
    ["a suffix list without suffixes", { ...PARADIGM, layers: [{ suffixes: { "": [] } }] }],
    ["an unknown field", { ...PARADIGM, layer: [] }],
  ])("refuses %s", (_, wrong) => {
    expect(paradigmsSchema.safeParse({ some: wrong }).success).toBe(false);
  });
});

describe("the schema of rules", () => {
  it("takes rules and guards", () => {
    expect(
      rulesSchema.safeParse({
        guards: [GUARD],
        rules: [{ ...RULE, fires: ["x"], spares: ["y"] }],
      }).success,
    ).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ["a guard that strengthens", { ...GUARD, weight: 1 }, RULE],
    ["a label that does not exist", GUARD, { ...RULE, label: "rude" }],
    ["an anchor without a class", GUARD, { ...RULE, anchor: {} }],
    ["a window beyond a message", GUARD, { ...RULE, with: [{ class: "target", before: 61 }] }],
    ["a window of half a word", GUARD, { ...RULE, with: [{ class: "target", before: 1.5 }] }],
    ["a scope that does not exist", GUARD, { ...RULE, with: [{ class: "target", scope: "paragraph" }] }],
    ["a rule without guards said", GUARD, { ...RULE, guards: undefined }],
  ])("refuses %s", (_, guard, rule) => {
    expect(rulesSchema.safeParse({ guards: [guard], rules: [rule] }).success).toBe(false);
  });
});
