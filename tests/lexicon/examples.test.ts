/** Every entry keeps the word of its examples, judged by the built-in lexicons and rules without a model. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Decision, LABEL_NAMES } from "../../src/core/label.ts";
import type { LexiconEntry } from "../../src/lexicon/entry.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import type { Judge } from "../../src/pipeline/judge.ts";
import { decide } from "../../src/scoring/decide.ts";

const ENTRIES = loadLexicons().entries;
const SLURS = ENTRIES.filter((entry) => entry.class === "slur" || entry.class === "ambiguous-slur");

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge({ model: null });
});

/** Decision and labels of a text, and the entries found in it. */
function judged(text: string): { decision: Decision; labels: string[]; entries: Set<string> } {
  const bytes = Buffer.from(text);
  judge.judge(bytes, 0, bytes.length);
  const { hits, scorer, scores } = judge;
  return {
    decision: decide(scorer, scores),
    labels: LABEL_NAMES.filter((label, k) => scores[k]! >= scorer.thresholds[label].flag),
    entries: new Set(Array.from(hits.entry.subarray(0, hits.count), (entry) => judge.lexicon.entries[entry]!.id)),
  };
}

describe("slurs", () => {
  it("each have a message that fires them", () => {
    expect(SLURS.filter((entry) => !entry.fires).map((entry) => entry.id)).toEqual([]);
  });

  it("with an innocent sense each have two messages that they spare", () => {
    const short = SLURS.filter((entry) => entry.class === "ambiguous-slur" && (entry.spares?.length ?? 0) < 2);
    expect(short.map((entry) => entry.id)).toEqual([]);
  });

  it("have no example twice", () => {
    const all = ENTRIES.flatMap((entry) => [...(entry.fires ?? []), ...(entry.spares ?? [])]);
    expect(all.filter((text, k) => all.indexOf(text) !== k)).toEqual([]);
  });
});

const LANGUAGES = [...new Set(ENTRIES.map((entry) => entry.language))];
const withExamples = (language: string): LexiconEntry[] => ENTRIES.filter((entry) => entry.language === language);

describe.each(LANGUAGES)("examples of entries in %s", (language) => {
  const entries = withExamples(language);

  it("that fire hold the entry", () => {
    const silent = entries.flatMap((entry) =>
      (entry.fires ?? []).filter((text) => !judged(text).entries.has(entry.id)).map((text) => `${entry.id}: ${text}`),
    );
    expect(silent).toEqual([]);
  });

  it("that fire a slur are labelled so, lesser slurs at least given to review", () => {
    const isSeen = (entry: LexiconEntry, text: string): boolean =>
      (entry.severity ?? 3) > 2 ? judged(text).labels.includes("slur") : judged(text).decision !== "pass";
    const passed = entries
      .filter((entry) => entry.class === "slur")
      .flatMap((entry) => (entry.fires ?? []).filter((text) => !isSeen(entry, text)).map((text) => `${entry.id}: ${text}`));
    expect(passed).toEqual([]);
  });

  it("that are spared get no label", () => {
    const flagged = entries.flatMap((entry) =>
      (entry.spares ?? []).filter((text) => judged(text).labels.length > 0).map((text) => `${entry.id}: ${text}`),
    );
    expect(flagged).toEqual([]);
  });
});
