/** Which group a message names is no evidence: the same words about another get the same scores. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { CLASSES } from "../../src/lexicon/entry.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import type { Judge } from "../../src/pipeline/judge.ts";
import { type Word, WRITTEN_LANGUAGES, type WrittenLanguage } from "../../src/synthetic/forms.ts";
import { fillTemplate, namesFor, slotsOf } from "../../src/synthetic/templates.ts";
import { SMALL_TALK } from "./messages.ts";

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
});

const TARGET = 1 << CLASSES.indexOf("target");

interface Sentence {
  readonly text: string;
  readonly language: WrittenLanguage;
}

const SENTENCES: readonly Sentence[] = WRITTEN_LANGUAGES.flatMap((language) =>
  readFileSync(`fixtures/identity/${language}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => ({ text: (JSON.parse(line) as { text: string }).text, language })),
);

interface Filled {
  /** The words around the name: particles and articles follow its sound. */
  readonly around: string;
  readonly form: string;
  readonly text: string;
}

function fill({ text, language }: Sentence, name: Word): Filled {
  const filled = fillTemplate(text, [name], language);
  const form = name.forms.get(slotsOf(text)[0]!.form)!;
  return { around: filled.toLowerCase().replace(form.toLowerCase(), "_"), form, text: filled };
}

/**
 * What was made of a message, but for where its words are and whom they name. null where the form is not a word that lexicons
 * take for a group and for nothing else: some are also another word's forms, some are known only with the word before them.
 */
function judged(text: string, form: string): object | null {
  const bytes = new TextEncoder().encode(text);
  const signals = judge.judge(bytes, 0, bytes.length);
  const { classes, count, start, end } = judge.tokens;
  const names = Array.from({ length: count }, (_, token) => token).filter((token) => (classes[token]! & TARGET) !== 0);
  const written = names.map((token) => Buffer.from(bytes.subarray(start[token], end[token])).toString("utf8").toLowerCase());
  if (!judge.named || written.join() !== form.toLowerCase() || classes[names[0]!] !== TARGET) return null;
  return {
    scores: [...judge.scores],
    evidence: [...judge.evidence],
    shares: [...judge.shares],
    signals: signals.map(({ label, category, weight, source, entry }) => ({ label, category, weight, source, entry })),
  };
}

describe.each(WRITTEN_LANGUAGES)("Sentences about a group, %s", (language) => {
  it("have the same scores, evidence and signals whichever group it is", () => {
    let [filled, compared, asked] = [0, 0, 0];
    for (const sentence of SENTENCES.filter((one) => one.language === language)) {
      const known = new Map<string, { text: string; found: object }>();
      for (const name of namesFor(sentence.text, 1, language)) {
        const { around, form, text } = fill(sentence, name);
        const found = judged(text, form);
        filled++;
        if (found === null) continue;
        compared++;
        if (judge.evidence.some((value) => value !== 0)) asked++;
        const first = known.get(around) ?? { text, found };
        known.set(around, first);
        expect({ text, found }).toEqual({ text, found: first.found });
      }
    }
    // Nearly all names are known to the lexicons, as one word of one meaning.
    expect(compared).toBeGreaterThan(filled * 0.85);
    expect(asked).toBe(compared);
  });
});

describe("A message about a group", () => {
  it("has the same scores whichever group it is, whatever stands around it and however it is written", () => {
    const spelling = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => `${text}!!!`,
      (text) => `"${text}"`,
    );
    let compared = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...SENTENCES),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        fc.boolean(),
        spelling,
        (sentence, one, other, isLed, isFollowed, spell) => {
          // In the language of the sentence: where languages are mixed, the letters of a name may tip which one it is.
          const talk = SMALL_TALK[WRITTEN_LANGUAGES.indexOf(sentence.language)]!;
          const [before, after] = [isLed ? `${talk}. ` : "", isFollowed ? ` ${talk}` : ""];
          const names = namesFor(sentence.text, 1, sentence.language);
          const [first, second] = [names[one % names.length]!, names[other % names.length]!].map((name) => fill(sentence, name));
          if (first!.around !== second!.around) return;
          const [found, again] = [first!, second!].map(({ text, form }) => judged(before + spell(text) + after, form));
          if (found === null || again === null) return;
          compared++;
          expect({ texts: [first!.text, second!.text], found: again }).toEqual({ texts: [first!.text, second!.text], found });
        },
      ),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(150);
  });
});
