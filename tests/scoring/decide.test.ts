import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Combination, Model, Voice } from "../../src/bayes/model.ts";
import { DECISIONS, LABEL_NAMES, LANGUAGES, PRESETS } from "../../src/core/label.ts";
import {
  createScorer,
  decide,
  keepShares,
  modelShare,
  presetThresholds,
  type Scorer,
  scoreLabel,
  sigmoid,
} from "../../src/scoring/decide.ts";

const [SLUR, INCITEMENT, HATE] = LABEL_NAMES.map((_, k) => k) as [number, number, number];
const [KK, RU, EN, MIXED, OTHER] = LANGUAGES.map((_, k) => k) as [number, number, number, number, number];

const voice = (evidence: number[], changes: Partial<Voice> = {}): Voice => ({ evidence, offset: 0, limit: 6, ...changes });
const combination = (voices: Combination["voices"], changes: Partial<Combination> = {}): Combination => ({
  prior: -4,
  signals: 1,
  voices,
  thresholds: presetThresholds(0.6, 0.3),
  ...changes,
});

function modelOf(combinations: Readonly<Record<string, Combination>>): Model {
  const heads = ["hate", "incitement", "abuse"].map((name) => ({ name, scale: 1, languages: {} }));
  return {
    header: { heads, combinations },
    bits: 8,
    heads: 3,
    weights: new Int8Array(3 << 8),
    nats: new Float64Array(768),
  } as unknown as Model;
}

/** Heads: hate, incitement, abuse. */
const MODEL = modelOf({
  slur: combination({}),
  incitement: combination({ ru: voice([0, 0.5, -0.25]) }),
  hate: combination(
    { kk: voice([0.5, 0, 0]), ru: voice([2, 0, -1], { offset: 0.25, limit: 3 }), mixed: voice([1, 0, 0]) },
    {
      prior: -3,
      signals: 0.5,
      thresholds: { precision: { flag: 0.9, review: 0.5 }, balanced: { flag: 0.7, review: 0.3 }, recall: { flag: 0.4, review: 0.2 } },
    },
  ),
});

describe("presetThresholds", () => {
  it("have the given ones in the balanced preset and rise for precision and fall for recall by 1.2 nats", () => {
    const logit = (p: number) => Math.log(p / (1 - p));
    const found = presetThresholds(0.7, 0.2);
    expect(found.balanced).toEqual({ flag: 0.7, review: 0.2 });
    expect(Object.keys(found)).toEqual([...PRESETS]);
    for (const [at, given] of [
      ["flag", 0.7],
      ["review", 0.2],
    ] as const) {
      expect(logit(found.precision[at]) - logit(given)).toBeCloseTo(1.2, 2);
      expect(logit(found.recall[at]) - logit(given)).toBeCloseTo(-1.2, 2);
    }
  });
});

describe("thresholds", () => {
  it("are the model's own, of the preset asked for", () => {
    const { thresholds } = MODEL.header.combinations.hate;
    for (const preset of PRESETS) expect(createScorer(MODEL, preset).thresholds.hate).toEqual(thresholds[preset]);
    expect(createScorer(MODEL).thresholds.hate).toEqual(thresholds.balanced);
  });

  it("have flag above review without a model, too", () => {
    for (const preset of PRESETS) {
      for (const { flag, review } of Object.values(createScorer(null, preset).thresholds)) {
        expect(review).toBeLessThan(flag);
        expect(review).toBeGreaterThan(0);
        expect(flag).toBeLessThan(1);
      }
    }
  });

  it("without a model rise for precision and fall for recall", () => {
    const [precision, balanced, recall] = PRESETS.map((preset) => createScorer(null, preset).thresholds.hate);
    expect(balanced).toEqual({ flag: 0.5, review: 0.2 });
    for (const at of ["flag", "review"] as const) {
      expect(precision![at]).toBeGreaterThan(balanced![at]);
      expect(recall![at]).toBeLessThan(balanced![at]);
    }
  });

  it("given by the user set flag, pull review down with them, and leave other labels alone", () => {
    const scorer = createScorer(MODEL, "balanced", { hate: 0.1, slur: 0.95 });
    expect(scorer.thresholds.hate).toEqual({ flag: 0.1, review: 0.1 });
    expect(scorer.thresholds.slur).toEqual({ flag: 0.95, review: 0.3 });
    expect(scorer.thresholds.incitement).toEqual({ flag: 0.6, review: 0.3 });
    expect([...scorer.flags]).toEqual([0.95, 0.6, 0.1]);
    expect([...scorer.reviews]).toEqual([0.3, 0.3, 0.1]);
  });

  it.each([0, 1])("may be given as %i", (flag) => {
    const scorer = createScorer(null, "balanced", { hate: flag });
    expect(scorer.thresholds.hate.flag).toBe(flag);
    expect(scorer.thresholds.hate.review).toBeLessThanOrEqual(flag);
  });
});

describe("decide", () => {
  const scorer = createScorer(MODEL, "balanced", {
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
  const scorer: Scorer = createScorer(MODEL);
  const share = (label: number, language: number, ...evidence: number[]) =>
    modelShare(scorer, label, Float64Array.from(evidence), language);

  it("adds up the evidence of all heads, each times its weight in the message's language", () => {
    expect(share(HATE, KK, 4, 9, 9)).toBe(2);
    expect(share(INCITEMENT, RU, 9, 6, 2)).toBe(2.5);
    expect(share(HATE, MIXED, 4, 0, 0)).toBe(4);
  });

  it("takes the offset along", () => {
    expect(share(HATE, RU, 1, 0, 0.5)).toBe(2 - 0.5 + 0.25);
  });

  it("never takes away: what speaks against counts nothing", () => {
    expect(share(HATE, KK, -4, 0, 0)).toBe(0);
    expect(share(HATE, RU, 0, 0, 0.3)).toBe(0);
    expect(share(HATE, RU, 0, 0, 0.2)).toBeCloseTo(0.05, 12);
  });

  it("is cut at the limit of the language", () => {
    expect(share(HATE, KK, 400, 0, 0)).toBe(6);
    expect(share(HATE, RU, 400, 0, 0)).toBe(3);
  });

  it("lies between nought and the limit whatever the evidence", () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, number, fc.constantFrom(KK, RU, MIXED), (...[hate, incitement, abuse, language]) => {
        const found = share(HATE, language, hate, incitement, abuse);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(language === RU ? 3 : 6);
      }),
    );
  });

  it("is nought in a language without a voice", () => {
    for (const language of [EN, OTHER]) expect(share(HATE, language, 9, 9, 9)).toBe(0);
    for (const language of [KK, EN, MIXED, OTHER]) expect(share(INCITEMENT, language, 9, 9, 9)).toBe(0);
  });

  it("is nought for a label without voices and without a model", () => {
    for (let language = 0; language < LANGUAGES.length; language++) {
      expect(share(SLUR, language, 9, 9, 9)).toBe(0);
      for (const label of [SLUR, INCITEMENT, HATE]) expect(modelShare(createScorer(null), label, new Float64Array(0), language)).toBe(0);
    }
  });
});

describe("keepShares", () => {
  function kept(...labels: readonly (readonly [sum: number, claims: number])[]): number[] {
    const found = new Float64Array(labels.length).fill(9);
    keepShares(
      Float64Array.from(labels, ([sum]) => sum),
      Float64Array.from(labels, ([, claims]) => claims),
      found,
    );
    return [...found];
  }

  it("keeps all where nothing speaks", () => {
    expect(kept([0, 0], [0, 0], [0, 0])).toEqual([1, 1, 1]);
  });

  it("keeps of each label what context left of its claims", () => {
    expect(kept([3, 4], [2, 2], [1, 4])).toEqual([0.75, 1, 0.25]);
  });

  it("keeps nothing where context took all and more", () => {
    expect(kept([0, 4], [-2, 4], [4, 4])).toEqual([0, 0, 1]);
  });

  it("keeps of a label that no rule claims as little as of the one that context took most from", () => {
    expect(kept([3, 4], [0, 0], [1, 4])).toEqual([0.75, 0.25, 0.25]);
    expect(kept([0, 0], [-1, 5], [0, 0])).toEqual([0, 0, 0]);
    expect(kept([0, 0], [2, 2], [0, 0])).toEqual([1, 1, 1]);
  });

  it("keeps between nothing and all of any label", () => {
    const label = fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: -20, max: 0, noNaN: true }));
    fc.assert(
      fc.property(label, label, label, (...labels) => {
        const found = kept(...labels.map(([claims, guards]) => [claims + guards, claims] as const));
        for (const [k, share] of found.entries()) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
          if (labels[k]![0] === 0) expect(share).toBe(Math.min(1, ...found));
        }
      }),
    );
  });
});

describe("scoreLabel", () => {
  it("is the logistic of prior, signals and share", () => {
    const scorer = createScorer(MODEL);
    expect(scoreLabel(scorer, HATE, 2, 1.5)).toBeCloseTo(sigmoid(-3 + 0.5 * 2 + 1.5), 12);
    expect(scoreLabel(scorer, HATE, 0, 1.5)).toBeCloseTo(sigmoid(-3 + 1.5), 12);
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
