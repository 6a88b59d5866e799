import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceWeight, HeadCounts, type SetMass, setWeight } from "../../src/bayes/counts.ts";
import { collectFeatures, createFeatureScratch } from "../../src/bayes/features.ts";
import { createModel, type ModelHeader, scoreFeatures } from "../../src/bayes/model.ts";
import { packWeights } from "../../src/bayes/pack.ts";
import { batchOf } from "../text/tokens.ts";

const BITS = 16;
const scratch = createFeatureScratch(BITS, { any: 0, none: 0, shown: 0 });

function featuresOf(text: string): number {
  const { tokens } = batchOf(text);
  return collectFeatures(tokens, 0, tokens.count, scratch);
}

describe.each([
  ["log ratios", (head: HeadCounts) => head.logRatios(0.1)],
  ["complement ratios", (head: HeadCounts) => head.complementRatios(0.1)],
])("a head of %s, counted of a tiny set", (_, ratiosOf) => {
  const head = new HeadCounts(BITS);
  const bad = ["зорблар флепай", "флепай екен бұл зорблар", "осы зорблар флепай ғой", "the zorbs are flepish"];
  const good = ["зорблар келді", "бұл жақсы екен", "осы ауыл үлкен ғой", "the zorbs are here"];
  for (const [texts, positive] of [
    [bad, true],
    [good, false],
  ] as const)
    for (const text of texts) head.add(scratch.features, featuresOf(text), positive, 1);
  const { weights, scales } = packWeights([ratiosOf(head)]);
  const model = createModel({ heads: [{ name: "hate", scale: scales[0]!, languages: {} }], bits: BITS } as unknown as ModelHeader, weights);
  const evidenceOf = (text: string): number => {
    const evidence = new Float64Array(1);
    scoreFeatures(model, scratch.features, featuresOf(text), evidence);
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
    const head = new HeadCounts(8);
    head.add(Int32Array.of(3, 5), 2, true, 2);
    head.add(Int32Array.of(3), 1, true, 2);
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
      const head = new HeadCounts(8);
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
      const head = new HeadCounts(8);
      head.add(features, 2, true, 1);
      head.add(Int32Array.of(4), 1, false, 1);
      return head.logRatios(0.3);
    });
    expect(long).toEqual(short);
  });
});

describe("the minimum count", () => {
  const head = new HeadCounts(8);
  head.add(Int32Array.of(1, 2), 2, true, 10);
  head.add(Int32Array.of(2, 3), 2, false, 0.1);
  head.add(Int32Array.of(3, 4), 2, false, 0.1);

  it.each([
    ["log", (minimum?: number) => head.logRatios(0.5, minimum)],
    ["complement", (minimum?: number) => head.complementRatios(0.5, minimum)],
  ])("leaves out of the %s ratios what fewer rows have, whatever they weigh", (_, ratiosOf) => {
    const places = (minimum?: number) => [...ratiosOf(minimum).keys()].filter((place) => ratiosOf(minimum)[place] !== 0);
    expect(places()).toEqual([1, 2, 3, 4]);
    expect(places(1)).toEqual([1, 2, 3, 4]);
    expect(places(2)).toEqual([2, 3]);
    expect(places(3)).toEqual([]);
  });

  it("leaves the log ratios of the rest as they are", () => {
    expect(head.logRatios(0.5, 2)[3]).toBe(head.logRatios(0.5)[3]);
  });
});

describe("complementRatios", () => {
  /** Four places: shares of the positive class 5/8 1/8 1/8 1/8, of the negative one 1/8 3/8 3/8 1/8. */
  const head = new HeadCounts(2);
  head.add(Int32Array.of(0), 1, true, 4);
  head.add(Int32Array.of(1, 2), 2, false, 1);
  head.add(Int32Array.of(2, 3), 2, true, 0);
  function close(numbers: ArrayLike<number>, wanted: readonly number[]): void {
    for (const [place, value] of wanted.entries()) expect(numbers[place]).toBeCloseTo(value, 12);
  }

  it("are each class's logs of shares over the sum of their sizes, the mean size given back", () => {
    const log = (one: number, of: number) => Math.log(one / of);
    const positive = [log(5, 8), log(1, 8), log(1, 8), log(1, 8)];
    const negative = [log(1, 8), log(3, 8), log(3, 8), log(1, 8)];
    const ofPositive = Math.log(8 / 5) + 3 * Math.log(8);
    const ofNegative = 2 * Math.log(8) + 2 * Math.log(8 / 3);
    const mean = (ofPositive + ofNegative) / 2;
    close(
      head.complementRatios(1),
      positive.map((share, place) => mean * (share / ofPositive - negative[place]! / ofNegative)),
    );
    expect(head.complementRatios(1)[0]).toBeCloseTo(1.7299, 3);
  });

  it("leave places out of the sizes that too few rows have", () => {
    const often = new HeadCounts(2);
    for (const positive of [true, false]) {
      often.add(Int32Array.of(0, 1), 2, positive, 1);
      often.add(Int32Array.of(positive ? 0 : 1), 1, positive, 1);
    }
    often.add(Int32Array.of(3), 1, true, 1);
    // Shares of the positive class 3/8 2/8 1/8 2/8, of the negative one 7/24 11/24 3/24 3/24; places 0 and 1 alone count.
    const [one, other] = [Math.log(8 / 3) + Math.log(4), Math.log(24 / 7) + Math.log(24 / 11)];
    const mean = (one + other) / 2;
    close(often.complementRatios(1, 2), [
      mean * (Math.log(3 / 8) / one - Math.log(7 / 24) / other),
      mean * (Math.log(1 / 4) / one - Math.log(11 / 24) / other),
      0,
      0,
    ]);
  });

  it("add up to nothing: what speaks for one class is taken from elsewhere", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(15), fc.boolean(), fc.nat(9)), { minLength: 1, maxLength: 30 }), (rows) => {
        const some = new HeadCounts(4);
        some.add(
          Int32Array.from({ length: 16 }, (_, k) => k),
          16,
          true,
          1,
        );
        for (const [place, positive, weight] of rows) some.add(Int32Array.of(place), 1, positive, weight);
        expect(some.complementRatios(0.5).reduce((sum, ratio) => sum + ratio, 0)).toBeCloseTo(0, 8);
      }),
    );
  });
});

describe("setWeight", () => {
  it("is that of the class where one is given, else of the set, else 1", () => {
    const weights = { "a:1": 3, a: 2, "b:0": 0 };
    expect([setWeight(weights, "a", true), setWeight(weights, "a", false)]).toEqual([3, 2]);
    expect([setWeight(weights, "b", true), setWeight(weights, "b", false)]).toEqual([1, 0]);
    expect(setWeight({}, "c", true)).toBe(1);
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
