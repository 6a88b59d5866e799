/**
 * One message from bytes to a verdict: tokens, lexicon, rules, model, decision. Owns all scratch, so that judging
 * allocates only the signals of the few messages that have some.
 */
import { collectFeatures, FEATURE_LIMIT } from "../bayes/features.ts";
import { scoreFeatures } from "../bayes/model.ts";
import { DECISIONS, LABEL_NAMES, LABELS, LANGUAGES } from "../core/label.ts";
import { KIND, type MessageBatch, PART, RANGE_STRIDE } from "../core/message.ts";
import type { TokenBatch } from "../core/token.ts";
import type { Signal, VerdictBatch } from "../core/verdict.ts";
import type { CompiledLexicon } from "../lexicon/compile.ts";
import { createHits, type Hits, matchLexicon } from "../lexicon/match.ts";
import { NAMES_GROUP } from "../lexicon/rule-plan.ts";
import { applyRules, createRuleScratch } from "../lexicon/rules.ts";
import { decide, modelShare, type Scorer, scoreLabel } from "../scoring/decide.ts";
import { tagLanguage } from "../text/language.ts";
import { characterStart } from "../text/offsets.ts";
import { ARENA_BYTES, Tokenizer } from "../text/tokenize.ts";

/** A message longer than this is judged in windows; of each label it carries the highest score, with its signals. */
const WINDOW_BYTES = 1 << 18;
/** How far windows lap over, so that a call which one of them cuts is whole in the next. */
const OVERLAP_BYTES = 1 << 12;

export class Judge {
  readonly lexicon: CompiledLexicon;
  readonly scorer: Scorer;
  /** Of the message judged last. */
  readonly tokens: TokenBatch;
  readonly hits: Hits;
  readonly scores: Float64Array = new Float64Array(LABELS.length);
  readonly shares: Float64Array = new Float64Array(LABELS.length);
  readonly evidence: Float64Array;
  language: number = 0;
  features: Int32Array = new Int32Array(FEATURE_LIMIT);
  featureCount: number = 0;
  #rules = createRuleScratch();
  #tokenizer = new Tokenizer();

  constructor(lexicon: CompiledLexicon, scorer: Scorer) {
    this.lexicon = lexicon;
    this.scorer = scorer;
    this.tokens = this.#tokenizer.tokens;
    this.#tokenizer.useFilters(lexicon);
    this.hits = createHits(undefined, this.#tokenizer);
    this.evidence = new Float64Array(scorer.model?.heads ?? 0);
  }

  /** Judges `bytes[start, end)`; scores, language, tokens and hits are left in the fields. @returns its signals. */
  judge(bytes: Uint8Array, start: number, end: number): readonly Signal[] {
    this.#tokenizer.load(bytes, start, Math.min(end, start + ARENA_BYTES));
    return this.#judge(bytes, start, end);
  }

  #judge(bytes: Uint8Array, start: number, end: number): readonly Signal[] {
    if (end - start <= WINDOW_BYTES) return this.#judgeWindow(bytes, start, end);
    const signals = LABEL_NAMES.map((): readonly Signal[] => []);
    const highest = new Float64Array(LABELS.length).fill(-1);
    const shares = new Float64Array(LABELS.length);
    let language = -1;
    for (let at = start, stop = start; stop < end; ) {
      stop = wordStart(bytes, at, Math.min(end, at + WINDOW_BYTES), end);
      const found = this.#judgeWindow(bytes, at, stop);
      if (language < 0) language = this.language;
      for (let label = 0; label < LABELS.length; label++) {
        if (this.scores[label]! <= highest[label]!) continue;
        highest[label] = this.scores[label]!;
        shares[label] = this.shares[label]!;
        signals[label] = found.filter((signal) => signal.label === LABEL_NAMES[label]);
      }
      at = wordStart(bytes, at, stop - OVERLAP_BYTES, end);
    }
    this.scores.set(highest);
    this.shares.set(shares);
    this.language = language;
    return signals.flat().sort((a, b) => a.start - b.start || a.end - b.end);
  }

  #judgeWindow(bytes: Uint8Array, start: number, stop: number): readonly Signal[] {
    const { tokens, hits, scorer } = this;
    if (!this.#tokenizer.holds(start, stop)) this.#tokenizer.load(bytes, start, Math.min(bytes.length, start + ARENA_BYTES));
    this.#tokenizer.read(start, stop);
    this.language = tagLanguage(tokens, 0, tokens.count);
    this.#tokenizer.sift();
    matchLexicon(this.lexicon, tokens, 0, tokens.count, hits);
    const namesGroup = (hits.classes & NAMES_GROUP) !== 0;
    const signals = applyRules(this.lexicon, bytes, start, stop, tokens, 0, tokens.count, hits, this.#rules);
    const { model } = scorer;
    const asked = model !== null && namesGroup;
    this.featureCount = 0;
    if (asked) {
      this.featureCount = collectFeatures(tokens, 0, tokens.count, model.bits, this.features);
      scoreFeatures(model, this.features, this.featureCount, this.evidence);
    }
    for (let label = 0; label < LABELS.length; label++) {
      let sum = 0;
      for (const signal of signals) if (signal.label === LABEL_NAMES[label]) sum += signal.weight;
      const share = asked ? modelShare(scorer, label, this.evidence, this.language) : 0;
      this.shares[label] = share;
      this.scores[label] = scoreLabel(scorer, label, sum, share);
    }
    return signals;
  }

  /** Judges the user messages of a batch, and system messages and placeholders where asked; others get an empty verdict. */
  judgeBatch(batch: MessageBatch, includeSystem: boolean, verdicts: VerdictBatch): void {
    const { scorer } = this;
    this.#tokenizer.load(batch.bytes, 0, Math.min(batch.used, ARENA_BYTES));
    for (let message = 0; message < batch.count; message++) {
      const kind = batch.kind[message]!;
      const start = batch.ranges[message * RANGE_STRIDE + PART.text * 2]!;
      const judged = start >= 0 && (kind === KIND.user || (includeSystem && kind !== KIND.error));
      const end = batch.ranges[message * RANGE_STRIDE + PART.text * 2 + 1]!;
      const signals = judged ? this.#judge(batch.bytes, start, end) : [];
      verdicts.language[message] = judged ? this.language : LANGUAGE_NONE;
      verdicts.labels[message] = 0;
      for (let label = 0; label < LABELS.length; label++) {
        const score = judged ? this.scores[label]! : 0;
        verdicts.scores[message * LABELS.length + label] = score;
        if (judged && score >= scorer.thresholds[LABEL_NAMES[label]!].flag) verdicts.labels[message]! |= 1 << label;
      }
      const decision = judged ? DECISIONS.indexOf(decide(scorer, this.scores)) : 0;
      verdicts.decision[message] = decision;
      verdicts.signals[message] =
        signals.length === 0 && decision === 0 ? null : decision === 0 ? signals : [...signals, ...this.modelSignals(start, end)];
    }
  }

  /** What the model said of the message judged last, as signals over its whole text. */
  modelSignals(start: number, end: number): Signal[] {
    return LABEL_NAMES.flatMap((label, k) =>
      this.shares[k] === 0
        ? []
        : [
            {
              label,
              category: null,
              start,
              end,
              weight: this.shares[k]!,
              source: "bayes" as const,
              entry: `model-${label}`,
              group: null,
            },
          ],
    );
  }
}

/** For what has no text to judge. */
const LANGUAGE_NONE: number = LANGUAGES.indexOf("other");

/** Where a window that should end at `stop` ends: at the last space before, so that no word is cut, or at a character. */
function wordStart(bytes: Uint8Array, start: number, stop: number, end: number): number {
  if (stop === end) return end;
  const space = bytes.lastIndexOf(0x20, stop);
  return space > start + ((stop - start) >> 1) ? space : characterStart(bytes, stop);
}
