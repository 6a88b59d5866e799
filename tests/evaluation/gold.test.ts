import { describe, expect, it } from "vitest";
import { type Gold, goldOf } from "../../src/evaluation/gold.ts";

const UNKNOWN: Gold = {
  slur: null,
  incitement: null,
  hate: null,
  flagged: null,
};
const HARMLESS: Gold = { slur: 0, incitement: 0, hate: 0, flagged: 0 };

describe("gold of a row of a functional suite", () => {
  it.each([
    { row: { label: 0, labels: [] }, gold: HARMLESS },
    { row: { label: 0, labels: ["hate"] }, gold: HARMLESS },
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
    { row: { task: "toxicity", label: 1 }, gold: UNKNOWN },
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
    { row: { gold: { slur: 0, incitement: 0, hate: 0 } }, gold: HARMLESS },
    {
      row: { gold: { slur: 0, hate: 0 } },
      gold: { ...UNKNOWN, slur: 0, hate: 0 },
    },
    {
      row: { gold: { hate: true, slur: false, incitement: "yes" } },
      gold: { slur: 0, incitement: null, hate: 1, flagged: 1 },
    },
    {
      row: { gold: { hate: 1, flagged: 0 } },
      gold: { ...UNKNOWN, hate: 1, flagged: 0 },
    },
    {
      row: { gold: { hate: 1, flagged: null } },
      gold: { ...UNKNOWN, hate: 1 },
    },
    { row: { gold: null, label: 0 }, gold: HARMLESS },
    { row: { gold: ["hate"], label: 0 }, gold: HARMLESS },
  ])("$row", ({ row, gold }) => expect(goldOf(row)).toEqual(gold));
});
