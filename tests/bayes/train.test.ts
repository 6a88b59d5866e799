import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectFeatures, FEATURE_LIMIT } from "../../src/bayes/features.ts";
import { type Model, scoreFeatures } from "../../src/bayes/model.ts";
import { balanceWeight, HeadCounts, packWeights, type SetMass } from "../../src/bayes/train.ts";
import { batchOf } from "../text/tokens.ts";

const BITS = 16;
const scratch = new Int32Array(FEATURE_LIMIT);

function featuresOf(text: string): number {
  const { tokens } = batchOf(text);
  return collectFeatures(tokens, 0, tokens.count, BITS, scratch);
}

describe("a head trained on a tiny set", () => {
  const head = new HeadCounts("hate", BITS);
  const bad = ["зорблар флепай", "флепай екен бұл зорблар", "осы зорблар флепай ғой", "the zorbs are flepish"];
  const good = ["зорблар келді", "бұл жақсы екен", "осы ауыл үлкен ғой", "the zorbs are here"];
  for (const [texts, positive] of [
    [bad, true],
    [good, false],
  ] as const)
    for (const text of texts) head.add(scratch, featuresOf(text), positive, 1);
  const { weights, scales } = packWeights([head.logRatios(0.1)]);
  const model = {
    header: { heads: [{ label: "hate", scale: scales[0]!, languages: [] }] },
    bits: BITS,
    heads: 1,
    weights,
  } as unknown as Model;
  const evidenceOf = (text: string): number => {
    const evidence = new Float64Array(1);
    scoreFeatures(model, scratch, featuresOf(text), evidence);
    return evidence[0]!;
  };

  it("speaks for what it was shown as such and against the rest", () => {
    for (const text of bad) expect(evidenceOf(text), text).toBeGreaterThan(0.5);
    for (const text of good) expect(evidenceOf(text), text).toBeLessThan(-0.5);
  });

  it("knows the words again in other company and other endings", () => {
    expect(evidenceOf("олар флепай")).toBeGreaterThan(0.5);
    expect(evidenceOf("флепайлар")).toBeGreaterThan(0.5);
    expect(evidenceOf("ауыл жақсы")).toBeLessThan(-0.5);
  });

  it("makes nothing much of words of either kind and of words never seen", () => {
    expect(Math.abs(evidenceOf("зорблар"))).toBeLessThan(Math.abs(evidenceOf("флепай")) / 2);
    expect(Math.abs(evidenceOf("qwxyz"))).toBeLessThan(0.3);
  });
});

describe("logRatios", () => {
  it("are the logs of the ratio of smoothed shares", () => {
    const head = new HeadCounts("hate", 8);
    head.add(Int32Array.of(3, 3, 5), 3, true, 2);
    head.add(Int32Array.of(5, 7), 2, false, 1);
    const ratios = head.logRatios(0.5);
    const share = (count: number, total: number) => (count + (0.5 * total) / 256) / (total * 1.5);
    expect(ratios).toHaveLength(256);
    expect(ratios[3]).toBeCloseTo(Math.log(share(4, 6) / share(0, 2)), 12);
    expect(ratios[5]).toBeCloseTo(Math.log(share(2, 6) / share(1, 2)), 12);
    expect(ratios[7]).toBeCloseTo(Math.log(share(0, 6) / share(1, 2)), 12);
    expect(ratios[9]).toBeCloseTo(0, 12);
  });

  it("do not change when every count is doubled", () => {
    const [once, twice] = [1, 2].map((weight) => {
      const head = new HeadCounts("hate", 8);
      head.add(Int32Array.of(1, 2, 2), 3, true, weight);
      head.add(Int32Array.of(2, 4), 2, false, weight);
      return head.logRatios(0.3);
    });
    once!.forEach((ratio, place) => {
      expect(twice![place]).toBeCloseTo(ratio, 12);
    });
  });

  it("count only the first features of the array", () => {
    const [short, long] = [Int32Array.of(1, 2), Int32Array.of(1, 2, 9, 9)].map((features) => {
      const head = new HeadCounts("hate", 8);
      head.add(features, 2, true, 1);
      head.add(Int32Array.of(4), 1, false, 1);
      return head.logRatios(0.3);
    });
    expect(long).toEqual(short);
  });
});

describe("packWeights", () => {
  it("lays heads side by side, each within half a step of its ratios", () => {
    const ratios = [
      Float64Array.from({ length: 256 }, (_, k) => Math.sin(k)),
      Float64Array.from({ length: 256 }, (_, k) => 5 * Math.cos(k)),
    ];
    const { weights, scales } = packWeights(ratios);
    expect(weights).toHaveLength(512);
    for (const [h, head] of ratios.entries()) {
      for (const [place, ratio] of head.entries()) {
        expect(Math.abs(weights[place * 2 + h]! * scales[h]! - ratio)).toBeLessThanOrEqual(scales[h]! / 2 + 1e-12);
      }
    }
  });

  it("cuts the few largest rather than coarsening all", () => {
    const ratios = Float64Array.from({ length: 4096 }, (_, k) => (k === 0 ? 1000 : k === 1 ? -1000 : Math.sin(k)));
    const { weights, scales } = packWeights([ratios]);
    expect(scales[0]).toBeLessThan(0.01);
    expect([weights[0], weights[1]]).toEqual([127, -127]);
  });

  it("takes a head that has learnt nothing", () => {
    const { weights, scales } = packWeights([new Float64Array(256)]);
    expect(weights.every((weight) => weight === 0)).toBe(true);
    expect(scales[0]).toBeGreaterThan(0);
  });
});

describe("balanceWeight", () => {
  const sets = new Map<string, SetMass>([
    ["kk-both", { language: "kk", positive: 100, negative: 900 }],
    ["kk-more", { language: "kk", positive: 300, negative: 50 }],
    ["kk-only-positive", { language: "kk", positive: 20, negative: 0 }],
    ["kk-benign", { language: "kk", positive: 0, negative: 5000 }],
    ["kk-benign-2", { language: "kk", positive: 0, negative: 1000 }],
    ["ru-both", { language: "ru", positive: 7, negative: 3 }],
    ["en-benign", { language: "en", positive: 0, negative: 10 }],
  ]);
  const mass = (name: string, positive: boolean, share = 0.5) =>
    balanceWeight(sets, name, positive, share, {}) * sets.get(name)![positive ? "positive" : "negative"];

  it("gives a set's negatives the mass of its positives", () => {
    for (const name of ["kk-both", "kk-more", "ru-both"]) expect(mass(name, false)).toBeCloseTo(mass(name, true), 6);
  });

  it("brings the positives of every language to one mass", () => {
    const kk = mass("kk-both", true) + mass("kk-more", true) + mass("kk-only-positive", true);
    expect(kk).toBeCloseTo(mass("ru-both", true), 6);
    expect(kk).toBeGreaterThan(0);
  });

  it("keeps the shares of the sets within their language", () => {
    expect(mass("kk-more", true)).toBeCloseTo(3 * mass("kk-both", true), 6);
  });

  it("brings the benign sets of a language together to their share of its positives", () => {
    for (const share of [0, 0.5, 2])
      expect(mass("kk-benign", false, share) + mass("kk-benign-2", false, share)).toBeCloseTo(share * mass("ru-both", true), 6);
    expect(mass("kk-benign", false)).toBeCloseTo(5 * mass("kk-benign-2", false), 6);
  });

  it("is nought for a language without positives and for a set it does not know", () => {
    expect(balanceWeight(sets, "en-benign", false, 1, {})).toBe(0);
    expect(balanceWeight(sets, "lost", true, 1, {})).toBe(0);
  });

  it("multiplies by the factor of the set", () => {
    for (const name of ["kk-both", "kk-benign"])
      expect(balanceWeight(sets, name, false, 1, { [name]: 3 })).toBeCloseTo(3 * balanceWeight(sets, name, false, 1, {}), 6);
  });

  it("is a finite number for any sets", () => {
    const some = fc.array(
      fc.record({
        language: fc.constantFrom("kk", "ru"),
        positive: fc.nat(50),
        negative: fc.nat(50),
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(some, fc.boolean(), (rows, positive) => {
        const map = new Map(rows.map((row, k) => [`s${k}`, row]));
        for (const [name, row] of map)
          if (row.positive + row.negative > 0)
            expect(balanceWeight(map, name, positive, 1, {})).toSatisfy((weight: number) => Number.isFinite(weight) && weight >= 0);
      }),
    );
  });
});
