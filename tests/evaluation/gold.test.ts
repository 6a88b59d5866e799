import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GOLD_NAMES, type Gold, type GoldValue, goldOf, majorityOf, saysAnything } from "../../src/evaluation/gold.ts";

const UNKNOWN: Gold = {
  slur: null,
  incitement: null,
  hate: null,
  abuse: null,
  flagged: null,
};
const HARMLESS: Gold = { slur: 0, incitement: 0, hate: 0, abuse: 0, flagged: 0 };
/** Carries no label, and may be rude. */
const UNLABELLED: Gold = { ...HARMLESS, abuse: null };

describe("gold of a row of a functional suite", () => {
  it.each([
    { row: { label: 0, labels: [] }, gold: UNLABELLED },
    { row: { label: 0, labels: ["hate"] }, gold: UNLABELLED },
    {
      row: { label: 1, labels: ["incitement"] },
      gold: { ...UNKNOWN, incitement: 1, flagged: 1 },
    },
    {
      row: { label: 1, labels: ["slur", "hate"] },
      gold: { ...UNKNOWN, slur: 1, hate: 1, flagged: 1 },
    },
    { row: { label: 1 }, gold: { ...UNKNOWN, flagged: 1 } },
    {
      row: { label: 1, labels: ["flagged", "spam", 3] },
      gold: { ...UNKNOWN, flagged: 1 },
    },
    { row: { label: null, labels: ["hate"] }, gold: UNKNOWN },
    { row: {}, gold: UNKNOWN },
    { row: { label: "1" }, gold: UNKNOWN },
  ])("$row", ({ row, gold }) => expect(goldOf(row)).toEqual(gold));
});

describe("gold of a row of a corpus", () => {
  it.each([
    { row: { task: "hate", label: 1 }, gold: { ...UNKNOWN, hate: 1 } },
    {
      row: { task: "hate", label: 0, labels: ["neither"] },
      gold: { ...UNKNOWN, hate: 0 },
    },
    { row: { task: "hate", label: null }, gold: UNKNOWN },
    { row: { task: "threat", label: 1 }, gold: { ...UNKNOWN, incitement: 1 } },
    { row: { task: "threat", label: 0 }, gold: { ...UNKNOWN, incitement: 0 } },
    { row: { task: "benign", label: 0 }, gold: HARMLESS },
    { row: { task: "sentiment", label: null }, gold: HARMLESS },
    { row: { task: "toxicity", label: 0 }, gold: HARMLESS },
    { row: { task: "toxicity", label: 1 }, gold: { ...UNKNOWN, abuse: 1 } },
    { row: { task: "abuse", label: 0 }, gold: { ...UNKNOWN, abuse: 0 } },
    { row: { task: "incitement", label: 1 }, gold: { ...UNKNOWN, incitement: 1 } },
    { row: { task: "toxicity", label: null }, gold: UNKNOWN },
    { row: { task: "topic", label: 1 }, gold: UNKNOWN },
    { row: { task: "unheard of", label: 1 }, gold: UNKNOWN },
  ])("$row", ({ row, gold }) => expect(goldOf(row)).toEqual(gold));
});

describe("gold given label by label", () => {
  it.each([
    {
      row: { gold: { hate: 1 }, task: "benign", label: 0 },
      gold: { ...UNKNOWN, hate: 1, flagged: 1 },
    },
    { row: { gold: { slur: 0, incitement: 0, hate: 0 } }, gold: UNLABELLED },
    { row: { gold: { abuse: 1 } }, gold: { ...UNKNOWN, abuse: 1 } },
    {
      row: { gold: { slur: 0, hate: 0 } },
      gold: { ...UNKNOWN, slur: 0, hate: 0 },
    },
    {
      row: { gold: { hate: true, slur: false, incitement: "yes" } },
      gold: { ...UNKNOWN, slur: 0, hate: 1, flagged: 1 },
    },
    {
      row: { gold: { hate: 1, flagged: 0 } },
      gold: { ...UNKNOWN, hate: 1, flagged: 0 },
    },
    {
      row: { gold: { hate: 1, flagged: null } },
      gold: { ...UNKNOWN, hate: 1 },
    },
    { row: { gold: null, label: 0 }, gold: UNLABELLED },
    { row: { gold: ["hate"], label: 0 }, gold: UNLABELLED },
  ])("$row", ({ row, gold }) => expect(goldOf(row)).toEqual(gold));
});

describe("the majority of several judgments", () => {
  const value = fc.constantFrom<GoldValue>(0, 1, null);
  const gold = fc.record({ slur: value, incitement: value, hate: value, abuse: value, flagged: value });

  it("is what one counts by name, in any order", () => {
    fc.assert(
      fc.property(fc.array(gold, { maxLength: 9 }), (golds) => {
        const majority = majorityOf(golds);
        for (const name of GOLD_NAMES) {
          const ones = golds.filter((one) => one[name] === 1).length;
          const zeros = golds.filter((one) => one[name] === 0).length;
          expect(majority[name]).toBe(ones === zeros ? null : ones > zeros ? 1 : 0);
        }
        expect(majorityOf(golds.toReversed())).toEqual(majority);
      }),
    );
  });

  it("of nobody says nothing", () => expect(saysAnything(majorityOf([]))).toBe(false));
});
