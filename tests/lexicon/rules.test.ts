import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/core/verdict.ts";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import type { Guard, LexiconEntry, Rule } from "../../src/lexicon/entry.ts";
import { matchLexicon } from "../../src/lexicon/match.ts";
import { applyRules, createRuleScratch } from "../../src/lexicon/rules.ts";
import { batchOf } from "../text/tokens.ts";
import { entry, lexicon, scratchOf } from "./invented.ts";

/** Invented words: a group, an act in its moods, what may surround them. */
const ENTRIES: readonly LexiconEntry[] = [
  entry("group", {
    class: "target",
    forms: ["зорблар", "zorbs", "мыпа зорблар"],
    group: "zorb",
    kind: "ethnicity",
  }),
  entry("insult", {
    class: "slur",
    forms: ["зорбай"],
    group: "zorb",
    kind: "ethnicity",
    category: "slur",
  }),
  entry("strong-insult", {
    class: "slur",
    forms: ["зорбуй"],
    group: "zorb",
    kind: "ethnicity",
    category: "slur",
    severity: 5,
  }),
  entry("act", {
    class: "act",
    category: "violence",
    moods: {
      imperative: ["флепте", "флеп кет"],
      infinitive: ["флепу"],
      negated: ["флепме"],
    },
  }),
  entry("mild-act", {
    class: "act",
    category: "violence",
    severity: 1,
    moods: { imperative: ["тыкте"] },
  }),
  entry("severe-act", {
    class: "act",
    category: "expulsion",
    severity: 5,
    moods: { imperative: ["гронте"] },
  }),
  entry("must", { class: "necessity", forms: ["маст"] }),
  entry("must-in-english", {
    class: "necessity",
    language: "en",
    forms: ["mustly"],
  }),
  entry("not", { class: "negation", forms: ["ноп"] }),
  entry("reported", { class: "reporting", forms: ["айтты"] }),
  entry("stew", { class: "thing", forms: ["лагмо"] }),
  entry("house", { class: "thing", forms: ["домбо"] }),
  entry("house-to-burn", { class: "property", forms: ["домбо"] }),
  entry("they", { class: "pronoun", forms: ["они"] }),
  entry("act-and-wish", { class: "wish", forms: ["гронте"] }),
];

const GUARDS: readonly Guard[] = [
  {
    id: "negation",
    about: "",
    weight: -3,
    near: { class: "negation", before: 2, after: 1 },
  },
  { id: "quoted", about: "", weight: -4, near: { class: "quoted", at: true } },
  {
    id: "question",
    about: "",
    weight: -2,
    near: { class: "question", at: true },
  },
  {
    id: "reporting",
    about: "",
    weight: -1,
    near: { class: "reporting", before: 60, after: 60, scope: "message" },
  },
  {
    id: "reported-they",
    about: "",
    weight: -1,
    near: { class: "reporting", before: 60, after: 60 },
    and: [{ class: "pronoun", before: 60, after: 60 }],
  },
];

function rule(fields: Partial<Rule> & Pick<Rule, "anchor">): Rule {
  return {
    id: "rule",
    label: "incitement",
    about: "",
    weight: 4,
    guards: [],
    ...fields,
  };
}

const CALL: Rule = rule({
  id: "call",
  anchor: { class: "act", mood: ["imperative"], not: ["negated"] },
  with: [{ class: ["target", "slur"], before: 2, after: 1 }],
  guards: ["negation", "quoted", "question", "reporting"],
});

function signalsOf(rules: readonly Rule[], text: string): readonly Signal[] {
  const compiled = compileLexicon(lexicon(ENTRIES, {}, { guards: [...GUARDS], rules: [...rules] }));
  const { bytes, tokens } = batchOf(text);
  const hits = scratchOf(compiled);
  matchLexicon(compiled, tokens, 0, tokens.count, hits);
  return applyRules(compiled, bytes, 0, bytes.length, tokens, 0, tokens.count, hits, createRuleScratch());
}

/** Signals as "entry weight". */
function said(rules: readonly Rule[], text: string): string[] {
  return signalsOf(rules, text).map((signal) => `${signal.entry} ${+signal.weight.toFixed(3)}`);
}

describe("what stands in quotation marks", () => {
  it.each<[about: string, text: string, fires: boolean]>([
    ["is no part of what is said outside", "«зорблар мыпа» флепте", false],
    ["is, where it is one word put in marks", "«зорблар» флепте", true],
    ["is part of what is said inside", "«зорблар флепте» ол", true],
  ])("%s", (_, text, fires) => expect(said([{ ...CALL, guards: [] }], text).length > 0).toBe(fires));
});

describe("a word that must not stand near another", () => {
  const alone = rule({
    anchor: { class: "act", mood: ["imperative"] },
    with: [{ class: "target", before: 3, after: 3, unless: [{ class: "negation", before: 1 }] }],
  });

  it.each<[about: string, text: string, fires: boolean]>([
    ["has nothing beside it", "зорблар флепте", true],
    ["has it right before", "ноп зорблар флепте", false],
    ["has it further off, though near the anchor", "зорблар ноп флепте", true],
    ["has it beside one of two", "ноп зорблар х зорблар флепте", true],
  ])("%s", (_, text, fires) => expect(said([alone], text).length > 0).toBe(fires));

  it("may be said of the anchor", () => {
    const anchored = rule({ anchor: { class: "act", mood: ["imperative"], unless: [{ class: "target", after: 1 }] } });
    expect(said([anchored], "флепте")).toHaveLength(1);
    expect(said([anchored], "флепте зорблар")).toHaveLength(0);
  });
});

describe("a Russian name in a word that has Kazakh letters", () => {
  const entries = [
    ...ENTRIES,
    entry("builder", { class: "target", language: "ru", forms: ["курда", "булатка"], group: "k", kind: "ethnicity" }),
  ];
  const named = rule({ anchor: { class: "target" }, weight: 2 });
  const found = (text: string): number => {
    const compiled = compileLexicon(lexicon(entries, {}, { guards: [], rules: [named] }));
    const { bytes, tokens } = batchOf(text);
    const hits = scratchOf(compiled);
    matchLexicon(compiled, tokens, 0, tokens.count, hits);
    return applyRules(compiled, bytes, 0, bytes.length, tokens, 0, tokens.count, hits, createRuleScratch()).length;
  };

  it("is none where they are in its stem", () => {
    expect(found("курда")).toBe(1);
    expect(found("құрда")).toBe(0);
  });

  it("is one where they can be an ending", () => expect(found("булатқа")).toBe(1));
});

describe("a graded rule", () => {
  const graded = rule({
    id: "call",
    graded: true,
    weight: 4,
    anchor: { class: "act", category: ["violence", "expulsion"], mood: ["imperative"] },
  });
  const grades = [
    { id: "grave", about: "", anchor: { minSeverity: 3 } },
    { id: "mild", about: "", anchor: { maxSeverity: 2 }, plus: 1, with: [{ class: "target" as const, before: 2 }] },
    { id: "exile", about: "", anchor: { category: ["expulsion" as const], minSeverity: 5 }, weight: 9 },
    { id: "curse", about: "", anchor: { category: ["curse" as const] } },
  ];
  const plans = compileLexicon(lexicon(ENTRIES, {}, { guards: [], grades, rules: [graded] })).rules.rules;

  it("is one rule a grade that shares a category with it, the first under its own name", () => {
    expect(plans.map((plan) => [plan.id, plan.rule, plan.weight])).toEqual([
      ["call", "call", 4],
      ["call-mild", "call", 5],
      ["call-exile", "call", 9],
    ]);
  });

  it("asks what the rule asks and what the grade asks", () => {
    expect(plans[1]!.with).toHaveLength(1);
    expect(plans[1]!.anchor).toMatchObject({ maxSeverity: 2, minSeverity: 1 });
    expect(plans[2]!.anchor.categories).not.toBe(plans[0]!.anchor.categories);
  });
});

describe("a window", () => {
  it.each<[about: string, text: string, fires: boolean]>([
    ["right before", "зорблар флепте", true],
    ["as far before as it reaches", "зорблар х флепте", true],
    ["further before", "зорблар х х флепте", false],
    ["right after", "флепте зорблар", true],
    ["further after", "флепте х зорблар", false],
    ["emoji and signs count as the tokens they are", "зорблар, 🔥 флепте", true],
    ["in another sentence", "зорблар. флепте", false],
    ["on another line", "зорблар\nфлепте", false],
    ["with none at all", "флепте", false],
    ["in another mood", "зорблар флепу", false],
    ["counted from the end of a phrase", "флеп кет зорблар", true],
    ["counted to the end of a phrase", "мыпа зорблар х флепте", true],
  ])("%s: %j", (_, text, fires) => {
    expect(said([CALL], text)).toEqual(fires ? ["call 4"] : []);
  });

  it("opens to no side that the rule does not name", () => {
    const before = rule({
      anchor: { class: "act" },
      with: [{ class: "target", before: 3 }],
    });
    expect(said([before], "зорблар флепу")).toEqual(["rule 4"]);
    expect(said([before], "флепу зорблар")).toEqual([]);
  });

  it("over the whole message ignores where sentences end, not how far it reaches", () => {
    const wide = rule({
      anchor: { class: "act" },
      with: [{ class: "target", before: 3, after: 3, scope: "message" }],
    });
    expect(said([wide], "зорблар. Флепу!")).toEqual(["rule 4"]);
    expect(said([wide], "флепу?\nзорблар")).toEqual(["rule 4"]);
    expect(said([wide], "зорблар. х х х флепу")).toEqual([]);
  });

  it("needs every part", () => {
    const both = rule({
      anchor: { class: "act" },
      with: [
        { class: "target", before: 3, after: 3 },
        { class: "necessity", after: 2 },
      ],
    });
    expect(said([both], "зорблар флепу маст")).toEqual(["rule 4"]);
    expect(said([both], "зорблар флепу")).toEqual([]);
    expect(said([both], "флепу маст")).toEqual([]);
  });

  it("holds entries of a category, of a language or free of a mood where the part says so", () => {
    const violent = rule({
      anchor: { class: "act", category: ["violence"] },
      with: [{ class: "target", before: 3 }],
    });
    expect([said([violent], "зорблар флепу"), said([violent], "зорблар гронте")]).toEqual([["rule 4"], []]);
    const english = rule({
      anchor: { class: "act" },
      with: [{ class: "necessity", before: 3, language: ["en"] }],
    });
    expect([said([english], "mustly флепу"), said([english], "маст флепу")]).toEqual([["rule 4"], []]);
    const willing = rule({
      anchor: { class: "act", not: ["negated"] },
      with: [{ class: "target", before: 3 }],
    });
    expect(said([willing], "зорблар флепме")).toEqual([]);
  });

  it("holds entries of a severity where the part says so", () => {
    const severe = rule({ anchor: { class: "act", minSeverity: 4 } });
    const mild = rule({ anchor: { class: "act", maxSeverity: 2 } });
    expect(["тыкте", "флепте", "гронте"].map((text) => said([severe], text).length)).toEqual([0, 0, 1]);
    expect(["тыкте", "флепте", "гронте"].map((text) => said([mild], text).length)).toEqual([1, 0, 0]);
  });

  it("sees which pronouns stand for a group: those after its name", () => {
    const them = rule({
      anchor: { class: "act" },
      with: [{ class: "named", before: 3, after: 3 }],
    });
    expect(said([them], "зорблар келди. Они флепу")).toEqual(["rule 4"]);
    expect(said([them], "зорбай келди. Они флепу")).toEqual(["rule 4"]);
    expect(said([them], "они флепу, зорблар")).toEqual([]);
    expect(said([them], "зорблар лагмо. Они флепу")).toEqual([]);
    expect(said([them], "они флепу")).toEqual([]);
  });

  it("lets the anchor's own word be a second part only where the rule says so", () => {
    const own = (at: boolean) =>
      rule({
        anchor: { class: "act" },
        with: [{ class: "wish", before: 2, after: 2, at }],
      });
    expect(said([own(true)], "гронте")).toEqual(["rule 5"]);
    expect(said([own(false)], "гронте")).toEqual([]);
  });

  it("sees the first word of a sentence", () => {
    const first = rule({
      anchor: { class: "act" },
      with: [{ class: "opening", at: true }],
    });
    expect(said([first], "х. флепу х")).toEqual(["rule 4"]);
    expect(said([first], "х флепу")).toEqual([]);
  });
});

describe("a firing", () => {
  it("has a span from the first of its words to the last, label and category", () => {
    const text = "айттым: зорблар, флепте!";
    const [signal] = signalsOf([CALL], text);
    expect(Buffer.from(text).subarray(signal!.start, signal!.end).toString()).toBe("зорблар, флепте");
    expect(signal).toMatchObject({
      label: "incitement",
      category: "violence",
      source: "rule",
      entry: "call",
    });
  });

  it("has the rule's category rather than the entry's", () => {
    expect(signalsOf([{ ...CALL, category: "threat" }], "зорблар флепте")[0]!.category).toBe("threat");
  });

  it("weighs half a nat more or less for each step of the anchor's severity", () => {
    expect(said([CALL], "зорблар тыкте")).toEqual(["call 3"]);
    expect(said([CALL], "зорблар флепте")).toEqual(["call 4"]);
    expect(said([CALL], "зорблар гронте")).toEqual(["call 5"]);
  });

  it("that speaks against a label does not depend on severity", () => {
    expect(said([rule({ anchor: { class: "act" }, weight: -2 })], "гронте")).toEqual(["severe-act -2"]);
  });

  it("of an anchor alone is the lexicon's, by the entry's id", () => {
    const alone = rule({
      id: "insult-alone",
      label: "slur",
      anchor: { class: "slur" },
    });
    expect(signalsOf([alone], "ой зорбай")).toEqual([
      {
        label: "slur",
        category: "slur",
        start: 5,
        end: 17,
        weight: 4,
        source: "lexicon",
        entry: "insult",
        group: expect.anything(),
      },
    ]);
    expect(said([alone], "зорбуй")).toEqual(["strong-insult 5"]);
  });

  it("counts once a message, at its strongest place", () => {
    expect(said([CALL], "зорблар тыкте, зорблар гронте, зорблар флепте")).toEqual(["call 5"]);
    expect(said([CALL], "«зорблар гронте» х х зорблар тыкте")).toEqual(["call 3"]);
  });

  it("of the strongest rule of a label counts whole, those after it in part", () => {
    const weak = rule({
      id: "weak",
      weight: 2,
      anchor: { class: "act" },
      with: [{ class: "target", before: 3 }],
    });
    const other = { ...weak, id: "other", label: "hate" as const, weight: 1 };
    const signals = signalsOf([weak, other, CALL], "зорблар флепте");
    expect(signals.map(({ label, entry: id }) => `${label} ${id}`)).toEqual(["incitement call", "incitement weak", "hate other"]);
    expect(signals[0]!.weight).toBe(4);
    expect(signals[1]!.weight).toBeGreaterThan(0);
    expect(signals[1]!.weight).toBeLessThan(2);
    expect(signals[2]!.weight).toBe(1);
  });

  it("does not come from a message without an anchor", () => {
    expect(said([CALL], "зорблар маст ноп")).toEqual([]);
    expect(said([CALL], "")).toEqual([]);
    expect(said([], "зорблар флепте")).toEqual([]);
  });

  it("reads the message whose tokens it is given", () => {
    const compiled = compileLexicon(lexicon(ENTRIES, {}, { guards: [...GUARDS], rules: [CALL] }));
    const head = "зорблар ";
    const { bytes, tokens } = batchOf(`${head}флепте зорблар`);
    const hits = scratchOf(compiled);
    matchLexicon(compiled, tokens, 1, 3, hits);
    const signals = applyRules(compiled, bytes, Buffer.byteLength(head), bytes.length, tokens, 1, 3, hits, createRuleScratch());
    expect(signals.map(({ start, end }) => [start, end])).toEqual([[Buffer.byteLength(head), bytes.length]]);
  });
});

describe("a guard", () => {
  it("adds a signal of its own, with its weight and place", () => {
    const text = "зорблар ноп флепте";
    const signals = signalsOf([CALL], text);
    expect(signals.map(({ entry: id, weight }) => [id, weight])).toEqual([
      ["call", 4],
      ["negation", -3],
    ]);
    expect(signals[1]).toMatchObject({
      label: "incitement",
      category: null,
      source: "context",
    });
    expect(Buffer.from(text).subarray(signals[1]!.start, signals[1]!.end).toString()).toBe("ноп");
  });

  it.each<[about: string, text: string, signals: readonly string[]]>([
    ["quotation marks", "«зорблар флепте»", ["call 4", "quoted -4"]],
    ["a reply line", "> зорблар флепте\nноп", ["call 4", "quoted -4"]],
    ["a question", "зорблар флепте?", ["call 4", "question -2"]],
    ["reporting in another sentence", "зорблар флепте. Ол айтты", ["call 4", "reporting -1"]],
    ["negation out of reach", "зорблар флепте х ноп", ["call 4"]],
    ["negation in another sentence", "ноп. Флепте зорблар", ["call 4"]],
    ["two of them", "зорблар ноп флепте? х", ["call 4", "negation -3", "question -2"]],
  ])("weakens by %s", (_, text, signals) => {
    expect(said([CALL], text)).toEqual(signals);
  });

  it("counts only while the firing still speaks for the label", () => {
    // 4 - 3 - 4 is below the floor: question and reporting are not added.
    expect(said([CALL], "«зорблар ноп флепте»? айтты")).toEqual(["call 4", "negation -3", "quoted -4"]);
  });

  it("still counts where the firing stands at nought", () => {
    expect(said([CALL], "«зорблар флепте»? айтты")).toEqual(["call 4", "quoted -4", "question -2"]);
  });

  it("with a condition needs that too", () => {
    const guarded = rule({
      anchor: { class: "act" },
      guards: ["reported-they"],
    });
    expect(said([guarded], "айтты флепу")).toEqual(["act 4"]);
    expect(said([guarded], "они айтты флепу")).toEqual(["act 4", "reported-they -1"]);
  });

  it("of another rule does nothing", () => {
    expect(said([{ ...CALL, guards: ["question"] }], "«зорблар ноп флепте»")).toEqual(["call 4"]);
  });
});

describe("a thing", () => {
  it("right after a group's name leaves no group", () => {
    expect(said([CALL], "зорблар лагмо флепте")).toEqual([]);
    expect(said([CALL], "флепте зорблар лагмо")).toEqual([]);
    expect(said([CALL], "мыпа зорблар лагмо флепте")).toEqual([]);
  });

  it("that can be attacked leaves the group", () => {
    expect(said([CALL], "зорблар домбо флепте")).toEqual(["call 4"]);
  });

  it("further on or before it leaves the group", () => {
    expect(said([CALL], "лагмо зорблар флепте")).toEqual(["call 4"]);
    expect(said([CALL], "зорблар флепте лагмо")).toEqual(["call 4"]);
  });

  it("after one name leaves another", () => {
    expect(said([CALL], "зорблар лагмо. зорблар флепте")).toEqual(["call 4"]);
  });

  it("after an insult leaves the insult", () => {
    expect(said([CALL], "флепте зорбай лагмо")).toEqual(["call 4"]);
  });
});
