import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Combination, Model } from "../../src/bayes/model.ts";
import { DECISIONS, LABEL_NAMES, LANGUAGES, type Label } from "../../src/core/label.ts";
import { createScorer, decide, modelShare, PRESETS, type Preset, type Scorer, scoreLabel, sigmoid } from "../../src/scoring/decide.ts";

const SLUR = LABEL_NAMES.indexOf("slur");
const INCITEMENT = LABEL_NAMES.indexOf("incitement");
const HATE = LABEL_NAMES.indexOf("hate");
const [KK, RU, EN, MIXED, OTHER] = LANGUAGES.map((_, k) => k) as [number, number, number, number, number];

const combination = (changes: Partial<Combination> = {}): Combination => ({
  prior: -4,
  signals: 1,
  evidence: 0.5,
  offset: 0,
  limit: 6,
  review: 0.3,
  flag: 0.6,
  ...changes,
});

function model(heads: readonly { label: Label; languages: string[] }[]): Model {
  const combinations = {
    slur: combination({ evidence: 0 }),
    incitement: combination(),
    hate: combination({ prior: -3, flag: 0.7 }),
  };
  return {
    header: {
      heads: heads.map((head) => ({ ...head, scale: 1 })),
      combinations,
    },
    bits: 8,
    heads: heads.length,
    weights: new Int8Array(heads.length << 8),
  } as unknown as Model;
}

const TWO_HEADS = model([
  { label: "hate", languages: ["kk", "ru"] },
  { label: "incitement", languages: ["ru"] },
]);

describe("thresholds", () => {
  it("are the model's own in the balanced preset", () => {
    expect(createScorer(TWO_HEADS).thresholds.hate.flag).toBeCloseTo(0.7, 12);
    expect(createScorer(TWO_HEADS).thresholds.incitement.review).toBeCloseTo(0.3, 12);
  });

  it("have flag at or above review without a model, too", () => {
    for (const preset of Object.keys(PRESETS) as Preset[]) {
      for (const { flag, review } of Object.values(createScorer(null, preset).thresholds)) {
        expect(review).toBeLessThan(flag);
        expect(review).toBeGreaterThan(0);
        expect(flag).toBeLessThan(1);
      }
    }
  });

  it("rise for precision and fall for recall, by the preset's log-odds", () => {
    const logit = (p: number) => Math.log(p / (1 - p));
    for (const [preset, shift] of Object.entries(PRESETS) as [Preset, number][]) {
      const { flag, review } = createScorer(TWO_HEADS, preset).thresholds.hate;
      expect(logit(flag) - logit(0.7)).toBeCloseTo(shift, 10);
      expect(logit(review) - logit(0.3)).toBeCloseTo(shift, 10);
    }
    expect(PRESETS.precision).toBeGreaterThan(PRESETS.balanced);
    expect(PRESETS.recall).toBeLessThan(PRESETS.balanced);
  });

  it("given by the user set flag, pull review down with them, and leave other labels alone", () => {
    const { thresholds } = createScorer(TWO_HEADS, "balanced", {
      hate: 0.1,
      slur: 0.95,
    });
    expect(thresholds.hate).toEqual({ flag: 0.1, review: 0.1 });
    expect(thresholds.slur.flag).toBe(0.95);
    expect(thresholds.slur.review).toBeCloseTo(0.3, 12);
    expect(thresholds.incitement.flag).toBeCloseTo(0.6, 12);
  });

  it.each([0, 1])("may be given as %i", (flag) => {
    const scorer = createScorer(null, "balanced", { hate: flag });
    expect(scorer.thresholds.hate.flag).toBe(flag);
    expect(scorer.thresholds.hate.review).toBeLessThanOrEqual(flag);
  });
});

describe("decide", () => {
  const scorer = createScorer(TWO_HEADS, "balanced", {
    slur: 0.5,
    incitement: 0.5,
    hate: 0.5,
  });
  const decision = (slur: number, incitement: number, hate: number) => decide(scorer, Float64Array.of(slur, incitement, hate));

  it.each<[slur: number, incitement: number, hate: number, decision: string]>([
    [0, 0, 0, "pass"],
    [0.29, 0.29, 0.29, "pass"],
    [0.31, 0, 0, "review"],
    [0, 0, 0.49, "review"],
    [0, 0.5, 0, "flag"],
    [0.4, 0.9, 0.1, "flag"],
    [1, 1, 1, "flag"],
  ])("takes the most urgent of the labels: %d %d %d is %s", (slur, incitement, hate, wanted) => {
    expect(decision(slur, incitement, hate)).toBe(wanted);
  });

  it("never gets milder as a score rises", () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, score, score, fc.nat(2), (a, b, c, higher, label) => {
        const scores = Float64Array.of(a, b, c);
        const raised = Float64Array.from(scores);
        raised[label] = Math.max(scores[label]!, higher);
        expect(DECISIONS.indexOf(decide(scorer, raised))).toBeGreaterThanOrEqual(DECISIONS.indexOf(decide(scorer, scores)));
      }),
    );
  });
});

describe("modelShare", () => {
  const scorer: Scorer = createScorer(TWO_HEADS);
  const evidence = Float64Array.of(4, -6); // heads: hate, incitement
  const share = (label: number, language: number) => modelShare(scorer, label, evidence, language);

  it("is the head's evidence times its weight in a language it knows", () => {
    expect(share(HATE, KK)).toBe(2);
    expect(share(HATE, RU)).toBe(2);
    expect(share(INCITEMENT, RU)).toBe(-3);
  });

  it("takes the offset along", () => {
    const shifted = model([{ label: "hate", languages: ["kk"] }]);
    shifted.header.combinations.hate.offset = 0.25;
    expect(modelShare(createScorer(shifted), HATE, evidence, KK)).toBe(2.25);
  });

  it("is cut to the limit on either side", () => {
    expect(modelShare(scorer, HATE, Float64Array.of(400, 0), KK)).toBe(6);
    expect(modelShare(scorer, INCITEMENT, Float64Array.of(0, -400), RU)).toBe(-6);
  });

  it("is nought in a language of which the head has not seen both classes", () => {
    for (const language of [EN, OTHER]) expect(share(HATE, language)).toBe(0);
    for (const language of [KK, EN, MIXED, OTHER]) expect(share(INCITEMENT, language)).toBe(0);
  });

  it("speaks in mixed messages for a head of several languages", () => {
    expect(share(HATE, MIXED)).toBe(2);
  });

  it("is nought for a label without a head and without a model", () => {
    expect(share(SLUR, KK)).toBe(0);
    for (const label of [SLUR, INCITEMENT, HATE]) expect(modelShare(createScorer(null), label, new Float64Array(0), KK)).toBe(0);
  });
});

describe("scoreLabel", () => {
  it("is the logistic of prior, signals and share", () => {
    const scorer = createScorer(TWO_HEADS);
    expect(scoreLabel(scorer, HATE, 2, 1.5)).toBeCloseTo(sigmoid(-3 + 2 + 1.5), 12);
    expect(scoreLabel(scorer, INCITEMENT, 0, 0)).toBeCloseTo(sigmoid(-4), 12);
  });

  it("passes an unremarkable message and flags a strong signal without a model", () => {
    const scorer = createScorer(null);
    const scores = (sum: number) => Float64Array.from(LABEL_NAMES, (_, label) => scoreLabel(scorer, label, label === HATE ? sum : 0, 0));
    expect([0, 4, 7.5].map((sum) => decide(scorer, scores(sum)))).toEqual(["pass", "review", "flag"]);
  });

  it("rises with the signals and stays a probability", () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }), (sum, more) => {
        const scorer = createScorer(null);
        const [low, high] = [scoreLabel(scorer, HATE, sum, 0), scoreLabel(scorer, HATE, sum + more, 0)];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(high).toBeGreaterThanOrEqual(low);
      }),
    );
  });
});
