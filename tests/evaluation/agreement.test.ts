import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AgreementTally, type Judgment } from "../../src/evaluation/agreement.ts";

/** Rows of judgments from one line an annotator; "." is none. */
function unitsOf(lines: Readonly<Record<string, string>>): Judgment[][] {
  const coders = Object.entries(lines).map(([annotator, line]) => ({ annotator, values: line.split(" ") }));
  return coders[0]!.values.map((_, unit) =>
    coders.flatMap(({ annotator, values }) => (values[unit] === "." ? [] : [{ annotator, value: Number(values[unit]) }])),
  );
}

function agreementOf(units: readonly (readonly Judgment[])[]) {
  const tally = new AgreementTally();
  for (const unit of units) tally.add(unit);
  return tally.result();
}

/** By the definition: a matrix of coincidences, filled pair by pair. */
function naiveAlpha(units: readonly (readonly Judgment[])[]): number {
  const cells = new Map<string, number>();
  const margins = new Map<number, number>();
  for (const unit of units) {
    for (const [i, one] of unit.entries())
      for (const [j, other] of unit.entries()) {
        if (i === j) continue;
        const part = 1 / (unit.length - 1);
        cells.set(`${one.value} ${other.value}`, (cells.get(`${one.value} ${other.value}`) ?? 0) + part);
        margins.set(one.value, (margins.get(one.value) ?? 0) + part);
      }
  }
  const n = [...margins.values()].reduce((sum, own) => sum + own, 0);
  let [observed, expected] = [0, 0];
  for (const c of margins.keys())
    for (const k of margins.keys()) {
      if (c === k) continue;
      observed += (cells.get(`${c} ${k}`) ?? 0) / n;
      expected += (margins.get(c)! * margins.get(k)!) / (n * (n - 1));
    }
  return 1 - observed / expected;
}

const units = fc.array(
  fc
    .uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 4 })
    .chain((annotators) =>
      fc.tuple(...annotators.map((annotator) => fc.integer({ min: 0, max: 2 }).map((value) => ({ annotator, value })))),
    ),
  { maxLength: 30 },
);

describe("Krippendorff's alpha", () => {
  it("is 0.743 on his example of four observers and twelve units", () => {
    const result = agreementOf(
      unitsOf({
        A: "1 2 3 3 2 1 4 1 2 . . .",
        B: "1 2 3 3 2 2 4 1 2 5 . 3",
        C: ". 3 3 3 2 3 4 2 2 5 1 .",
        D: "1 2 3 3 2 4 4 1 2 5 1 .",
      }),
    );
    expect(result.alpha).toBeCloseTo(0.743, 3);
    expect(result).toMatchObject({ rows: 11, annotators: 4, judgments: 40, pairs: 6 });
  });

  it("is 0.095 on his example of two observers and two values", () => {
    const { alpha, percent } = agreementOf(unitsOf({ A: "0 1 0 0 0 0 0 0 1 0", B: "1 1 1 0 0 1 0 0 0 0" }));
    expect(alpha).toBeCloseTo(0.095, 3);
    expect(percent).toBeCloseTo(0.6, 12);
  });

  it("equals its definition", () => {
    fc.assert(
      fc.property(units, (rows) => {
        const expected = naiveAlpha(rows.filter((row) => row.length > 1));
        const { alpha } = agreementOf(rows);
        if (Number.isNaN(expected)) expect(alpha).toBeNaN();
        else expect(alpha).toBeCloseTo(expected, 10);
      }),
    );
  });
});

describe("Cohen's kappa", () => {
  it("is 0.4 where 20 and 15 of 50 are agreed on, 5 and 10 not", () => {
    const both = (count: number, a: number, b: number) =>
      Array.from({ length: count }, () => [
        { annotator: "A", value: a },
        { annotator: "B", value: b },
      ]);
    const result = agreementOf([...both(20, 1, 1), ...both(5, 1, 0), ...both(10, 0, 1), ...both(15, 0, 0)]);
    expect(result.kappa).toBeCloseTo(0.4, 12);
    expect(result.percent).toBeCloseTo(0.7, 12);
    expect(result.pairs).toBe(1);
  });

  it("is the mean over pairs of annotators, whoever is named first", () => {
    const lines = { A: "0 1 1 0 1 0", B: "0 1 0 0 1 1", C: "1 1 1 0 1 0" };
    const pairs = [
      ["A", "B"],
      ["B", "C"],
      ["C", "A"],
    ].map(([x, y]) => agreementOf(unitsOf({ [x!]: lines[x as "A"], [y!]: lines[y as "A"] })).kappa);
    expect(agreementOf(unitsOf(lines)).kappa).toBeCloseTo(pairs.reduce((sum, kappa) => sum + kappa, 0) / 3, 12);
    expect(agreementOf(unitsOf(lines).map((row) => row.toReversed())).kappa).toBeCloseTo(agreementOf(unitsOf(lines)).kappa, 12);
  });
});

describe("agreement", () => {
  it("is undefined where no row was judged twice, and alpha and kappa where only one value was given", () => {
    expect(agreementOf([[{ annotator: "A", value: 1 }], []])).toMatchObject({
      rows: 0,
      percent: Number.NaN,
      kappa: Number.NaN,
      alpha: Number.NaN,
    });
    expect(agreementOf(unitsOf({ A: "1 1", B: "1 1" }))).toMatchObject({ percent: 1, kappa: Number.NaN, alpha: Number.NaN });
  });

  it("counts an annotator once a row, by the last judgment", () => {
    const twice = [
      { annotator: "A", value: 0 },
      { annotator: "A", value: 1 },
      { annotator: "B", value: 1 },
    ];
    expect(agreementOf([twice])).toMatchObject({ rows: 1, judgments: 2, percent: 1 });
  });
});
