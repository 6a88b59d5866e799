import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquaredTail, mcNemar } from "../../src/evaluation/mcnemar.ts";

/** Every outcome of the tosses that is as unlikely as the one seen or more, counted out. */
function naiveExact(a: number, b: number): number {
  const tosses = a + b;
  const choose = (n: number, k: number): number => (k === 0 || k === n ? 1 : choose(n - 1, k - 1) + choose(n - 1, k));
  let sum = 0;
  for (let heads = 0; heads <= tosses; heads++) if (choose(tosses, heads) <= choose(tosses, a)) sum += choose(tosses, heads);
  return sum / 2 ** tosses;
}

describe("McNemar's test", () => {
  it("is the exact binomial one where few rows differ", () => {
    expect(mcNemar(1, 9)).toMatchObject({ method: "exact binomial", p: 22 / 1024, statistic: Number.NaN });
    expect(mcNemar(0, 0).p).toBe(1);
    expect(mcNemar(5, 5).p).toBe(1);
  });

  it("equals counting out all outcomes", () => {
    const few = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(mcNemar(a, b).p).toBeCloseTo(naiveExact(a, b), 12);
      }),
    );
  });

  it("is chi-squared with continuity correction where many do: Agresti's panel of voters, 150 and 86 who changed", () => {
    const { method, statistic, p } = mcNemar(150, 86);
    expect(method).toBe("chi-squared");
    expect(statistic).toBeCloseTo(63 ** 2 / 236, 12);
    expect(p).toBeGreaterThan(4.0e-5);
    expect(p).toBeLessThan(4.2e-5);
  });

  it("does not find a difference where there is none", () => {
    expect(mcNemar(100, 100)).toMatchObject({ statistic: 0, p: 1 });
  });

  it("agrees with the other method where they meet", () => {
    for (const a of [8, 10, 12]) {
      const { p } = mcNemar(a, 25 - a);
      expect(Math.abs(p - naiveExact(a, 25 - a))).toBeLessThan(0.02);
    }
  });
});

describe("the tail of chi-squared", () => {
  it.each([
    [0, 1],
    [0.4549364231195724, 0.5],
    [2.705543454095404, 0.1],
    [3.841458820694124, 0.05],
    [6.634896601021213, 0.01],
    [10.827566170662733, 0.001],
    [23.92812697687947, 1e-6],
  ])("has its textbook quantiles: %d, %d", (x, p) => {
    expect(chiSquaredTail(x) / p).toBeCloseTo(1, 10);
  });

  it("falls without a step where series and fraction meet", () => {
    for (let x = 2.9; x < 3.1; x += 0.001) expect(chiSquaredTail(x)).toBeGreaterThan(chiSquaredTail(x + 0.001));
    expect(chiSquaredTail(3 - 1e-12)).toBeCloseTo(chiSquaredTail(3 + 1e-12), 12);
  });
});
