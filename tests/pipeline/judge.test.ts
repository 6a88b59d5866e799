import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { TargetKind } from "../../src/core/label.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { Judge } from "../../src/pipeline/judge.ts";
import { hostileText } from "../writers/judged.ts";
import { CALLS, SMALL_TALK, SUITE } from "./messages.ts";

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
});

function judgedBy(one: Judge, text: string): unknown {
  const bytes = new TextEncoder().encode(text);
  const signals = one.judge(bytes, 0, bytes.length);
  return {
    signals,
    scores: [...one.scores],
    shares: [...one.shares],
    kept: [...one.kept],
    named: one.named,
    language: one.language,
  };
}

describe("a judge", () => {
  it("gives a message the same scores whatever it judged before", () => {
    const texts = SUITE.filter((_, k) => k % 25 === 0).map((row) => row.text);
    const fresh = texts.map((text) => judgedBy(new Judge(judge.lexicon, judge.scorer), text));
    const used = new Judge(judge.lexicon, judge.scorer);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(texts.length - 1), hostileText), {
          maxLength: 30,
        }),
        (order) => {
          for (const next of order) {
            if (typeof next === "string") judgedBy(used, next);
            else expect(judgedBy(used, texts[next]!)).toEqual(fresh[next]);
          }
        },
      ),
      { numRuns: 50 },
    );
    for (const [k, text] of texts.entries()) expect(judgedBy(used, text)).toEqual(fresh[k]);
  });

  it("judges a text where it lies, not what lies around it", () => {
    const encoder = new TextEncoder();
    for (const text of [...CALLS, ...SMALL_TALK]) {
      const [before, bytes] = [encoder.encode(CALLS.join(" ")), encoder.encode(text)];
      const arena = Buffer.concat([before, bytes, before]);
      const alone = judgedBy(judge, text) as {
        signals: { start: number }[];
        scores: number[];
      };
      const signals = judge.judge(new Uint8Array(arena), before.length, before.length + bytes.length);
      expect([...judge.scores]).toEqual(alone.scores);
      expect(signals.map((signal) => signal.start - before.length)).toEqual(alone.signals.map((signal) => signal.start));
    }
  });

  it("judges anything: scores are probabilities, spans lie between characters of the text", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, fc.constantFrom(...CALLS))), (pieces) => {
        const text = pieces.join(" ");
        const bytes = new TextEncoder().encode(text);
        for (const { start, end } of judge.judge(bytes, 0, bytes.length)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(bytes.length);
          expect(Buffer.from(bytes.subarray(start, end)).toString()).not.toContain("\ufffd\ufffd\ufffd\ufffd");
          expect((bytes[start]! & 0xc0) === 0x80 || (end < bytes.length && (bytes[end]! & 0xc0) === 0x80)).toBe(false);
        }
        for (const score of judge.scores) expect(score >= 0 && score <= 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("judges bytes that are no UTF-8 without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        judge.judge(bytes, 0, bytes.length);
        expect([...judge.scores].every((score) => score >= 0 && score <= 1)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["a ", "\u200b", "(", '"', "\u0301", "@", "1 ", "😀", "😀 "])("takes a megabyte of %j in its stride", (unit) => {
    const began = performance.now();
    judgedBy(judge, unit.repeat(Math.ceil((1 << 20) / Buffer.byteLength(unit))));
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("takes a message that is nothing but calls in its stride", () => {
    const began = performance.now();
    judgedBy(judge, `${CALLS.join(" ")} `.repeat(1000));
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("adds up what it says of a message judged in windows", () => {
    const text = `${CALLS[2]}. ${`${SMALL_TALK[2]}. `.repeat(20_000)} ${CALLS[0]}`;
    const { signals, scores, shares } = judgedBy(judge, text) as {
      signals: { label: string; weight: number; start: number }[];
      scores: number[];
      shares: number[];
    };
    ["slur", "incitement", "hate"].forEach((label, k) => {
      const { prior, signals: weight } = judge.scorer.combinations[k]!;
      const sum = signals.filter((signal) => signal.label === label).reduce((total, signal) => total + signal.weight, 0);
      expect(scores[k]).toBeCloseTo(1 / (1 + Math.exp(-(prior + weight * sum + shares[k]!))), 10);
    });
  });
});

describe("openJudge", () => {
  it("finds nothing about groups of other kinds than those asked for", async () => {
    const kinds: TargetKind[] = ["disability"];
    const narrow = await openJudge({ targets: kinds });
    for (const call of CALLS) {
      judgedBy(narrow, call);
      expect(Math.max(...narrow.scores)).toBeLessThan(0.2);
    }
    const wide = await openJudge({ targets: ["ethnicity", "nationality"] });
    for (const call of CALLS) {
      judgedBy(wide, call);
      expect(Math.max(...wide.scores)).toBeGreaterThan(0.5);
    }
  });

  it("gives the same verdicts from the lexicons as compiled by the build and as compiled now", async () => {
    const compiled = await openJudge({
      targets: ["ethnicity", "nationality", "religion", "migration", "sex", "gender", "sexuality", "disability"],
    });
    for (const { text } of SUITE) expect(judgedBy(compiled, text)).toEqual(judgedBy(judge, text));
  });

  it.each([
    ["a model that is not there", { model: "/nowhere/x.model" }, "E_MODEL_READ"],
    ["a lexicon that is not there", { lexicons: ["/nowhere/x.json"] }, "E_LEXICON_READ"],
    ["no lexicon at all", { builtinLexicons: false }, "E_LEXICON_EMPTY"],
  ])("refuses %s", async (_, options, code) => {
    await expect(openJudge(options)).rejects.toMatchObject({ code });
  });
});
