import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { hostileText } from "../writers/judged.ts";
import { CALLS, SMALL_TALK, SUITE } from "./messages.ts";

let classifier: library.Classifier;
beforeAll(async () => {
  classifier = await library.createClassifier();
});

describe("a classifier", () => {
  it("classifies a string", () => {
    const message = classifier.classify(CALLS[2]!);
    expect(message).toMatchObject({
      text: CALLS[2],
      language: "en",
      decision: "flag",
      labels: ["incitement"],
    });
    expect(message.score).toBe(Math.max(...Object.values(message.scores)));
    expect(Object.keys(message.scores)).toEqual(library.LABELS.map((row) => row.name));
    expect(classifier.classify(SMALL_TALK[0])).toMatchObject({
      decision: "pass",
      labels: [],
      signals: [],
    });
  });

  it("classifies an array, message by message", () => {
    const texts = SUITE.map((row) => row.text);
    expect(classifier.classify(texts)).toEqual(texts.map((text) => classifier.classify(text)));
    expect(classifier.classify([])).toEqual([]);
  });

  it("classifies a stream, in order, as messages come", async () => {
    const texts = [...CALLS, ...SMALL_TALK];
    async function* slowly(): AsyncGenerator<string> {
      for (const text of texts) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield text;
      }
    }
    for (const stream of [slowly(), texts]) {
      const messages: library.ClassifiedMessage[] = [];
      for await (const message of classifier.classifyStream(stream)) messages.push(message);
      expect(messages).toEqual(classifier.classify(texts));
    }
  });

  it("says where words are in UTF-16 units", () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...SUITE), hostileText, (before, { text: words }, after) => {
        for (const between of ["", " ", ". "]) {
          const text = before + between + words + between + after;
          for (const { start, end, text: found } of classifier.classify(text).signals) {
            expect(start).toBeLessThanOrEqual(end);
            expect(text.slice(start, end)).toBe(found);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("finds a call behind characters of every width", () => {
    for (const before of ["a", "қ", "€", "😀", "\ud800", "👩‍👩‍👧", "\ufeff"]) {
      const text = `${before} ${CALLS[1]}`;
      const { signals, decision } = classifier.classify(text);
      expect(decision).toBe("flag");
      const rule = signals.find((signal) => signal.source === "rule")!;
      expect(CALLS[1]).toContain(rule.text);
      expect(text.slice(rule.start, rule.end)).toBe(rule.text);
    }
  });

  it("never throws, whatever a message says", () => {
    for (const text of [
      "",
      " ",
      "\0",
      "\ud800",
      "\udc00\ud800",
      "\uffff",
      "\u{10ffff}",
      "{",
      "__proto__",
      "constructor",
      "-",
      "a".repeat(1 << 20),
    ])
      expect(() => classifier.classify(text)).not.toThrow();
    fc.assert(
      fc.property(hostileText, (text) => {
        const { score, decision, text: same } = classifier.classify(text);
        expect(same).toBe(text);
        expect(score >= 0 && score <= 1).toBe(true);
        expect(["pass", "review", "flag"]).toContain(decision);
      }),
      { numRuns: 300 },
    );
  });

  it("passes what has no words", () => {
    for (const text of ["", "   ", "\n", "😀😀", "123 456", "...", "https://example.org/a?b=c"])
      expect(classifier.classify(text).decision).toBe("pass");
  });
});

describe("createClassifier", () => {
  it("flags nothing at thresholds of one, and everything at nought", async () => {
    const none = await library.createClassifier({
      thresholds: { slur: 1, incitement: 1, hate: 1 },
    });
    expect(none.classify(CALLS.slice()).map((message) => message.labels)).toEqual([[], [], []]);
    const all = await library.createClassifier({
      thresholds: { slur: 0, incitement: 0, hate: 0 },
    });
    expect(all.classify(SMALL_TALK.slice()).map((message) => message.labels.length)).toEqual([3, 3, 3]);
  });

  it("sets the threshold of one label and leaves scores alone", async () => {
    const strict = await library.createClassifier({ thresholds: { hate: 0 } });
    const message = strict.classify(SMALL_TALK[2]);
    expect(message.labels).toEqual(["hate"]);
    expect(message.scores).toEqual(classifier.classify(SMALL_TALK[2]).scores);
  });

  it("flags less for precision and more for recall", async () => {
    const count = async (preset: "precision" | "balanced" | "recall") =>
      (await library.createClassifier({ preset })).classify(SUITE.map((row) => row.text)).filter((message) => message.decision === "flag")
        .length;
    const [precision, balanced, recall] = [await count("precision"), await count("balanced"), await count("recall")];
    expect(precision).toBeLessThanOrEqual(balanced);
    expect(balanced).toBeLessThanOrEqual(recall);
    expect(precision).toBeLessThan(recall);
  });

  it("judges by lexicons and rules alone without a model", async () => {
    const alone = await library.createClassifier({ model: null });
    const messages = alone.classify(CALLS.slice());
    expect(messages.map((message) => message.decision)).toEqual(["flag", "flag", "flag"]);
    expect(messages.flatMap((message) => message.signals).some((signal) => signal.source === "bayes")).toBe(false);
    expect(alone.classify(SMALL_TALK.slice()).map((message) => message.decision)).toEqual(["pass", "pass", "pass"]);
  });

  it("narrows to kinds of groups", async () => {
    const narrow = await library.createClassifier({ targets: ["disability"] });
    expect(narrow.classify(CALLS.slice()).map((message) => message.decision)).toEqual(["pass", "pass", "pass"]);
  });

  it("rejects with an error of the library", async () => {
    await expect(library.createClassifier({ model: "/nowhere/x.model" })).rejects.toBeInstanceOf(library.ConfigError);
    await expect(library.createClassifier({ lexicons: ["/nowhere/x.json"] })).rejects.toBeInstanceOf(library.LexiconError);
    await expect(library.createClassifier({ model: "/nowhere/x.model" })).rejects.toBeInstanceOf(library.ClassifierError);
  });
});
