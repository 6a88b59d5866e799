import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WorstMistakes } from "../../src/evaluation/worst.ts";

describe("worst mistakes", () => {
  it("are what sorting all of them would put first", () => {
    const mistake = fc.record({ gold: fc.constantFrom(0 as const, 1 as const), score: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(mistake, { maxLength: 40 }), fc.integer({ min: 0, max: 5 }), (mistakes, size) => {
        const worst = new WorstMistakes<number>(size);
        for (const [row, { gold, score }] of mistakes.entries()) worst.add("x", gold, score, () => row);
        const numbered = mistakes.map((one, row) => ({ ...one, row }));
        const expected = [
          ...numbered
            .filter(({ gold }) => gold === 0)
            .sort((a, b) => b.score - a.score)
            .slice(0, size),
          ...numbered
            .filter(({ gold }) => gold === 1)
            .sort((a, b) => a.score - b.score)
            .slice(0, size),
        ];
        expect(worst.list(["x"]).map(({ row }) => row)).toEqual(expected.map(({ row }) => row));
      }),
    );
  });

  it("are asked for only where they stay", () => {
    const worst = new WorstMistakes<string>(1);
    worst.add("x", 0, 0.9, () => "kept");
    worst.add("x", 0, 0.8, () => expect.fail("was made in vain"));
    expect(worst.list(["x", "y"])).toEqual([{ label: "x", kind: "false positive", score: 0.9, row: "kept" }]);
  });
});
