/** The library's face: strings in, verdicts out. */
import { type Category, type Decision, LABEL_NAMES, LABELS, LANGUAGES, type Label, type Language } from "../core/label.ts";
import type { SignalSource } from "../core/verdict.ts";
import { decide } from "../scoring/decide.ts";
import { countUtf16 } from "../text/offsets.ts";
import { type ClassifierOptions, openJudge } from "./classifier.ts";
import type { Judge } from "./judge.ts";

/** One reason for a score. */
export interface MessageSignal {
  readonly label: Label;
  readonly category: Category | null;
  /** Half-open, in UTF-16 units: `text.slice(start, end)` are the words. (Records of the command line count code points.) */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Log-odds in nats; negative for what speaks against the label. */
  readonly weight: number;
  readonly source: SignalSource;
  readonly entry: string;
  /** The group it is about, as lexicon entries name groups ("dungan"); null where none is known. */
  readonly group: string | null;
}

export interface ClassifiedMessage {
  readonly text: string;
  readonly language: Language;
  readonly decision: Decision;
  /** Labels at or above their flag threshold. */
  readonly labels: readonly Label[];
  /** The highest of `scores`. */
  readonly score: number;
  /** Calibrated probabilities, 0..1. */
  readonly scores: Readonly<Record<Label, number>>;
  readonly signals: readonly MessageSignal[];
}

/**
 * Loads lexicons and model; some 50 ms.
 * @throws LexiconError or ConfigError where a file is missing or wrong.
 */
export async function createClassifier(options: ClassifierOptions = {}): Promise<Classifier> {
  return new Classifier(await openJudge(options));
}

/** Holds scratch memory: use one per thread. Classifying never throws because of what a message says. */
export class Classifier {
  readonly #judge: Judge;
  readonly #encoder = new TextEncoder();

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /** Judges one message, or each of an array. Lone surrogates are read as U+FFFD. */
  classify(text: string): ClassifiedMessage;
  classify(texts: readonly string[]): ClassifiedMessage[];
  classify(input: string | readonly string[]): ClassifiedMessage | ClassifiedMessage[] {
    return typeof input === "string" ? this.#classifyOne(input) : input.map((text) => this.#classifyOne(text));
  }

  /** Judges messages as they come, in order. */
  async *classifyStream(messages: Iterable<string> | AsyncIterable<string>): AsyncGenerator<ClassifiedMessage> {
    for await (const text of messages) yield this.#classifyOne(text);
  }

  #classifyOne(text: string): ClassifiedMessage {
    const judge = this.#judge;
    const bytes = this.#encoder.encode(text);
    const reasons = judge.judge(bytes, 0, bytes.length);
    const decision = decide(judge.scorer, judge.scores);
    const all = decision === "pass" ? reasons : [...reasons, ...judge.modelSignals(0, bytes.length)];
    const signals = all.map((signal): MessageSignal => {
      const start = countUtf16(bytes, 0, signal.start);
      const end = start + countUtf16(bytes, signal.start, signal.end);
      return { ...signal, start, end, text: text.slice(start, end) };
    });
    return {
      text,
      language: LANGUAGES[judge.language]!,
      decision,
      labels: LABEL_NAMES.filter((label, k) => judge.scores[k]! >= judge.scorer.thresholds[label].flag),
      score: Math.max(...judge.scores),
      scores: Object.fromEntries(LABELS.map(({ name }, k) => [name, judge.scores[k]!])) as Record<Label, number>,
      signals,
    };
  }
}
