import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createModel, type Model, type ModelHeader } from "../../src/bayes/model.ts";
import { packWeights, unpackHead, weightOf } from "../../src/bayes/pack.ts";

const BITS = 8;
const SIZE = 1 << BITS;
const NAMES = ["hate", "incitement", "abuse"] as const;

function packed(heads: readonly Float64Array[]): Model {
  const { weights, scales } = packWeights(heads);
  const header = { bits: BITS, heads: scales.map((scale, k) => ({ name: NAMES[k]!, scale, languages: {} })) };
  return createModel(header as unknown as ModelHeader, weights);
}

const table = (values: readonly number[]): Float64Array => {
  const head = new Float64Array(SIZE);
  head.set(values);
  return head;
};

describe("a table of weights in bytes", () => {
  it("gives every weight back within half a step of its root, with its sign", () => {
    const weight = fc.oneof(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: -0.01, max: 0.01, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.array(weight, { minLength: 1, maxLength: SIZE }), { minLength: 1, maxLength: 3 }), (values) => {
        const heads = values.map(table);
        const model = packed(heads);
        heads.forEach((head, h) => {
          const { scale } = model.header.heads[h]!;
          unpackHead(model, h).forEach((back, place) => {
            const given = head[place]!;
            const rootError = Math.abs(Math.sqrt(Math.abs(back) / scale) - Math.sqrt(Math.abs(given) / scale));
            expect(rootError).toBeLessThanOrEqual(0.5 / 127 + 1e-5);
            if (back !== 0) expect(Math.sign(back)).toBe(Math.sign(given));
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it("keeps nothing as nothing and the largest to six digits, of either sign", () => {
    for (const sign of [1, -1]) {
      const back = unpackHead(packed([table([0, sign * 12.345678, sign * 3])]), 0);
      expect(back[0]).toBe(0);
      expect(back[1]).toBeCloseTo(sign * 12.3457, 10);
      expect(Math.abs(back[2]! - sign * 3)).toBeLessThan(0.06);
      expect(back[3]).toBe(0);
    }
  });

  it("tells small weights apart that even steps to the largest would make nothing", () => {
    const back = unpackHead(packed([table([20, 0.02, 0.04, -0.02])]), 0);
    expect(back[1]).toBeGreaterThan(0.012);
    expect(back[2]).toBeGreaterThan(back[1]!);
    expect(back[3]).toBe(-back[1]!);
  });

  it("lays heads side by side", () => {
    const { weights, scales } = packWeights([table([1, -1]), table([0, 2])]);
    expect([...weights.subarray(0, 4)]).toEqual([127, 0, -127, 127]);
    expect(scales).toEqual([1, 2]);
    expect(weights).toHaveLength(SIZE * 2);
  });

  it("is the same when it is packed again", () => {
    const heads = [0, 1, 2].map((h) => Float64Array.from({ length: SIZE }, (_, k) => (h + 1) * Math.sin(k * (h + 2)) ** 3));
    const model = packed(heads);
    const again = packed(heads.map((_, h) => unpackHead(model, h)));
    expect(again.weights).toEqual(model.weights);
    expect(again.header).toEqual(model.header);
  });

  it("says one weight as it says the whole head", () => {
    const model = packed([table([1, 2, -3]), table([-0.5])]);
    for (const head of [0, 1])
      for (const [place, nats] of unpackHead(model, head).entries()) expect(weightOf(model, place, head)).toBe(nats);
  });

  it("takes a head that has learnt nothing, and no heads", () => {
    const { weights, scales } = packWeights([new Float64Array(SIZE)]);
    expect(weights.every((weight) => weight === 0)).toBe(true);
    expect(scales).toEqual([1]);
    expect(packWeights([])).toEqual({ weights: new Int8Array(0), scales: [] });
  });
});
