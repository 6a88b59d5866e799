import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createFeatureScratch, listFeatures, nameFeatures } from "../../src/bayes/features.ts";
import type { Model, Voice } from "../../src/bayes/model.ts";
import { weightOf } from "../../src/bayes/pack.ts";
import { LABELS, LANGUAGES } from "../../src/core/label.ts";
import { CLASSES } from "../../src/lexicon/entry.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { type ExplainedLabel, type Explanation, explain } from "../../src/pipeline/explain.ts";
import { GROUP_MASK, Judge } from "../../src/pipeline/judge.ts";
import { createScorer } from "../../src/scoring/decide.ts";
import { hostileText } from "../writers/judged.ts";
import { CALLS, SMALL_TALK, SUITE } from "./messages.ts";

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
});

/** Sums up to the score: true of every message. */
function expectAddsUp(explanation: Explanation): void {
  for (const { prior, signalWeight, signals, model, logOdds, score, flag, review } of explanation.labels) {
    const sum = signals.reduce((total, signal) => total + signal.weight, 0);
    expect(prior + signalWeight * sum + model).toBeCloseTo(logOdds, 9);
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(score, 9);
    expect(review).toBeLessThanOrEqual(flag);
  }
  const reached = explanation.labels.map(({ score, flag, review }) => (score >= flag ? "flag" : score >= review ? "review" : "pass"));
  expect(explanation.decision).toBe(["flag", "review", "pass"].find((decision) => (reached as string[]).includes(decision)));
}

/** What the heads say before it is cut and before context takes from it. */
function uncut({ heads, modelOffset }: ExplainedLabel): number {
  return heads.reduce((sum, { evidence, weight }) => sum + evidence * weight, modelOffset);
}

/** The model's part, too: of messages judged in one piece. */
function expectSound(explanation: Explanation): void {
  expectAddsUp(explanation);
  for (const label of explanation.labels) {
    const { model, modelLimit, modelKept, heads, features } = label;
    expect(modelKept).toBeGreaterThanOrEqual(0);
    expect(modelKept).toBeLessThanOrEqual(1);
    expect(model).toBeCloseTo(heads.length === 0 ? 0 : modelKept * Math.max(0, Math.min(modelLimit, uncut(label))), 9);
    expect(features.length > 0).toBe(heads.length > 0);
    const sizes = features.map(({ weight }) => Math.abs(weight));
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
  }
}

/** A judge like the other, whose model speaks for every label in every language as this voice changes it. */
function speaking(change: (voice: Voice) => Voice): Judge {
  const model = judge.scorer.model!;
  const combinations = Object.fromEntries(
    Object.entries(model.header.combinations).map(([label, combination]) => {
      const voices = Object.fromEntries(
        LANGUAGES.map((name) => [name, change(combination.voices[name] ?? { evidence: [0.5, 0.25, -0.125], offset: 0.5, limit: 4 })]),
      );
      return [label, { ...combination, voices }];
    }),
  ) as Model["header"]["combinations"];
  return new Judge(judge.lexicon, createScorer({ ...model, header: { ...model.header, combinations } }));
}

/** Weights of all features of the message explained last, by name, each place once: worked out apart from explain. */
function allFeatures(by: Judge, voice: readonly { head: number; weight: number }[]): { name: string; weight: number }[] {
  const model = by.scorer.model!;
  const scratch = createFeatureScratch(model.bits, GROUP_MASK);
  const { tokens } = by;
  const count = listFeatures(tokens, 0, tokens.count, scratch);
  const names = nameFeatures(tokens, 0, tokens.count, GROUP_MASK, CLASSES);
  const places = [...scratch.features.subarray(0, count)];
  const firsts = places.map((place, k) => ({ place, k })).filter(({ place, k }) => places.indexOf(place) === k);
  return firsts.map(({ place, k }) => ({
    name: names[k]!,
    weight: voice.reduce((sum, { head, weight }) => sum + weight * weightOf(model, place, head), 0) / Math.sqrt(firsts.length),
  }));
}

/** Signals that are weighed after context has taken from the rules. */
const ADDED_LATER = new Set(["disguise", "misspelt"]);
const SAMPLE = SUITE.filter((_, k) => k % 5 === 0);

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
    expectAddsUp(explain(judge, `${CALLS[2]}. ${`${SMALL_TALK[2]}. `.repeat(20_000)}${CALLS[1]}`));
  });

  it("adds up where the model is cut at its limit, and where it speaks against and counts nothing", () => {
    const seen = { cut: 0, against: 0, between: 0 };
    for (const limit of [0.3, 2]) {
      const own = speaking((voice) => ({ ...voice, limit }));
      for (const { text } of SAMPLE) {
        const explanation = explain(own, text);
        expectSound(explanation);
        for (const label of explanation.labels) {
          if (label.heads.length === 0) continue;
          const raw = uncut(label);
          if (raw < 0) expect(label.model).toBe(0);
          if (raw > limit) expect(label.model).toBeCloseTo(limit * label.modelKept, 9);
          seen[raw < 0 ? "against" : raw > limit ? "cut" : "between"]++;
        }
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(15);
  });

  it("adds up where guards take from the rules, of which the model loses as much", () => {
    const own = speaking((voice) => ({ ...voice, offset: 3, limit: 2 }));
    const seen = { nothing: 0, some: 0 };
    for (const { text } of SUITE.filter((_, k) => k % 2 === 0)) {
      const explanation = explain(own, text);
      expectSound(explanation);
      for (const { heads, signals, model, modelKept } of explanation.labels) {
        const claims = signals.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
        if (claims === 0) continue;
        const left = signals.reduce((sum, { weight, entry }) => sum + (ADDED_LATER.has(entry) ? 0 : weight), 0);
        const claimed = signals.reduce((sum, { weight, entry }) => sum + (ADDED_LATER.has(entry) ? 0 : Math.max(0, weight)), 0);
        if (heads.length === 0) continue;
        expect(modelKept).toBeCloseTo(Math.max(0, Math.min(1, left / claimed)), 9);
        if (modelKept < 1) seen[modelKept === 0 ? "nothing" : "some"]++;
        if (modelKept === 0) expect(model).toBe(0);
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  });

  it("names the features that count most; with the offset, all of them are what the heads say", () => {
    const own = speaking((voice) => voice);
    let explained = 0;
    for (const { text } of SAMPLE) {
      for (const label of explain(own, text).labels) {
        if (label.heads.length === 0) continue;
        explained++;
        const heads = own.scorer.model!.header.heads.map(({ name }) => name);
        const voice = label.heads.map(({ name, weight }) => ({ head: heads.indexOf(name), weight }));
        const all = allFeatures(own, voice);
        expect(all.reduce((sum, { weight }) => sum + weight, label.modelOffset)).toBeCloseTo(uncut(label), 9);
        const strongest = all.map(({ weight }) => Math.abs(weight)).sort((one, other) => other - one);
        expect(label.features).toHaveLength(Math.min(8, all.length));
        for (const [k, feature] of label.features.entries()) {
          expect(Math.abs(feature.weight)).toBeCloseTo(strongest[k]!, 9);
          const same = all.filter(({ name }) => name === feature.name).map(({ weight }) => weight);
          expect(Math.min(...same.map((weight) => Math.abs(weight - feature.weight)))).toBeLessThan(1e-9);
        }
      }
    }
    expect(explained).toBeGreaterThan(100);
  });

  it("shows all features of a message of few, which add up by themselves", () => {
    const hate = explain(
      speaking((voice) => voice),
      "Dungans, Uyghurs",
    ).labels[2]!;
    expect(hate.features.map(({ name }) => name).sort()).toEqual(
      ["<group>", "<group> <group>", "[target]", "[target] [target]", "[target] > <group>", "<group> < [target]", "(2 to 3 words)"].sort(),
    );
    expect(hate.features.reduce((sum, { weight }) => sum + weight, hate.modelOffset)).toBeCloseTo(uncut(hate), 9);
  });

  it("has no word of the model where no group is named", () => {
    for (const text of SMALL_TALK) {
      const own = speaking((voice) => ({ ...voice, offset: 100 }));
      expect(explain(own, text).labels.map(({ model, heads, features }) => ({ model, heads, features }))).toEqual(
        LABELS.map(() => ({ model: 0, heads: [], features: [] })),
      );
    }
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
