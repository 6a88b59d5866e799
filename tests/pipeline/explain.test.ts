import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { type Explanation, explain } from "../../src/pipeline/explain.ts";
import type { Judge } from "../../src/pipeline/judge.ts";
import { hostileText } from "../writers/judged.ts";
import { CALLS, SMALL_TALK, SUITE } from "./messages.ts";

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
});

function expectSound(explanation: Explanation): void {
  for (const { prior, signalWeight, signals, model, logOdds, score, flag, review, features } of explanation.labels) {
    const sum = signals.reduce((total, signal) => total + signal.weight, 0);
    expect(prior + signalWeight * sum + model).toBeCloseTo(logOdds, 9);
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(score, 9);
    expect(review).toBeLessThanOrEqual(flag);
    if (model !== 0) expect(features.length).toBeGreaterThan(0);
    else expect(features).toEqual([]);
  }
  const reached = explanation.labels.map(({ score, flag, review }) => (score >= flag ? "flag" : score >= review ? "review" : "pass"));
  expect(explanation.decision).toBe(["flag", "review", "pass"].find((decision) => (reached as string[]).includes(decision)));
}

describe("an explanation", () => {
  it("adds up for every message of the suites", () => {
    for (const { text } of SUITE) expectSound(explain(judge, text));
  });

  it("adds up without a model", async () => {
    const alone = await openJudge({ model: null });
    for (const { text } of SUITE) {
      const explanation = explain(alone, text);
      expectSound(explanation);
      expect(explanation.labels.map((label) => label.model)).toEqual([0, 0, 0]);
    }
  });

  it("adds up for anything", () => {
    fc.assert(fc.property(hostileText, (text) => expectSound(explain(judge, text))));
  });

  it("adds up for a message judged in windows", () => {
    expectSound(explain(judge, `${CALLS[2]}. ${`${SMALL_TALK[2]}. `.repeat(20_000)}${CALLS[1]}`));
  });

  it("shows each word as written and as read, and what it is to the lexicons", () => {
    const { tokens } = explain(judge, CALLS[2]!.toUpperCase());
    expect(tokens.map((token) => token.text).join(" ")).toBe(CALLS[2]!.toUpperCase());
    const target = tokens.find((token) => token.entries.some((entry) => entry.class === "target"))!;
    expect(target.readAs).toBe(target.text.toLowerCase());
    expect(target.flags).toContain("latin");
    expect(tokens.some((token) => token.entries.some((entry) => entry.class === "act" && entry.moods.length > 0))).toBe(true);
  });

  it("shows the stem of each word that is not its own, by the language", () => {
    const stems = (text: string) => explain(judge, text).tokens.map((token) => token.stem);
    expect(stems("Бізге балалардың кітаптары керек 🔥")).toEqual(["биз", "бала", "китап", null, null]);
    expect(stems("Наши соседи принесли нам свежий хлеб")).toEqual(["наш", "сосед", "принесл", null, "свеж", null]);
    expect(stems("The neighbours were walking home")).toEqual([null, "neighbour", null, "walk", null]);
  });

  it("quotes the words of each signal from the message", () => {
    for (const call of CALLS)
      for (const { signals } of explain(judge, call).labels) for (const signal of signals) expect(call).toContain(signal.text);
  });

  it("has the scores and decisions of a scan", async () => {
    const other = await openJudge();
    for (const { text } of SUITE.slice(0, 20)) {
      const bytes = new TextEncoder().encode(text);
      other.judge(bytes, 0, bytes.length);
      expect(explain(judge, text).labels.map((label) => label.score)).toEqual([...other.scores]);
    }
  });

  it("explains an empty message", () => {
    const explanation = explain(judge, "");
    expectSound(explanation);
    expect(explanation).toMatchObject({
      text: "",
      decision: "pass",
      tokens: [],
    });
  });
});
