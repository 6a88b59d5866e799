/**
 * One message from bytes to a verdict: tokens, lexicon, rules, model, decision. Owns all scratch, so that judging
 * allocates only the signals of the few messages that have some.
 */
import { collectFeatures, createFeatureScratch, type FeatureScratch, type Mask } from "../bayes/features.ts";
import { scoreFeatures } from "../bayes/model.ts";
import { DECISIONS, LABEL_NAMES, LABELS, LANGUAGES } from "../core/label.ts";
import { KIND, type MessageBatch, PART, RANGE_STRIDE } from "../core/message.ts";
import { FLAG, type TokenBatch } from "../core/token.ts";
import { NO_SIGNALS, type Signal, type VerdictBatch } from "../core/verdict.ts";
import type { CompiledLexicon } from "../lexicon/compile.ts";
import { CLASSES, type ClassName, GROUP_CLASSES } from "../lexicon/entry.ts";
import { createHits, type Hits, matchLexicon } from "../lexicon/match.ts";
import { Mender } from "../lexicon/mend.ts";
import { preferNames } from "../lexicon/prefer-names.ts";
import { DISGUISES, Rereader, type SecondReading } from "../lexicon/reread.ts";
import { NAMES_GROUP } from "../lexicon/rule-plan.ts";
import { applyRules, createRuleScratch } from "../lexicon/rules.ts";
import { decide, keepShares, modelShare, type Scorer, scoreLabel } from "../scoring/decide.ts";
import { looksEnglish, tagLanguage } from "../text/language.ts";
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
  tokens: TokenBatch;
  hits: Hits;
  readonly scores: Float64Array = new Float64Array(LABELS.length);
  readonly shares: Float64Array = new Float64Array(LABELS.length);
  /** By label number: share of the signals' claims that context leaves standing, 0..1; of the model's too. */
  readonly kept: Float64Array = new Float64Array(LABELS.length);
  readonly evidence: Float64Array;
  language: number = 0;
  /** Whether a group is named, in letters that the model knows: only then is it asked. */
  named: boolean = false;
  /** The model's features; null without a model. */
  readonly features: FeatureScratch | null;
  featureCount: number = 0;
  /** Signals of the reading that counts, and what disguise or a slip adds to each label. */
  #found: readonly Signal[] = NO_SIGNALS;
  readonly #extra = new Float64Array(LABELS.length);
  readonly #sums = new Float64Array(LABELS.length);
  readonly #claims = new Float64Array(LABELS.length);
  #rules = createRuleScratch();
  readonly #tokenizer = new Tokenizer();
  readonly #rereader: Rereader;
  /** Made at the first message that asks for it. */
  #mender: Mender | null = null;
  readonly #plainHits: Hits;
  /** Each remembers words of one lexicon. */
  readonly #secondHits: Hits = createHits(1024);
  readonly #coarseHits: Hits = createHits(1024);

  /** @param openCoarse gives the lexicon in coarse letters, for messages in other alphabets. */
  constructor(lexicon: CompiledLexicon, scorer: Scorer, openCoarse: () => CompiledLexicon = () => lexicon) {
    this.lexicon = lexicon;
    this.scorer = scorer;
    this.tokens = this.#tokenizer.tokens;
    this.#tokenizer.useFilters(lexicon);
    this.#plainHits = createHits(undefined, this.#tokenizer);
    this.hits = this.#plainHits;
    this.#rereader = new Rereader(lexicon, openCoarse);
    this.evidence = new Float64Array(scorer.model?.heads ?? 0);
    this.features = scorer.model === null ? null : createFeatureScratch(scorer.model.bits, GROUP_MASK);
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
    const signals = this.#readWindow(bytes, start, stop);
    this.#score();
    return signals;
  }

  /** Reads a window in the way that makes most of it; tokens, hits and what was found are left in the fields. @returns its signals. */
  #readWindow(bytes: Uint8Array, start: number, stop: number): readonly Signal[] {
    const tokenizer = this.#tokenizer;
    if (!tokenizer.holds(start, stop)) tokenizer.load(bytes, start, Math.min(bytes.length, start + ARENA_BYTES));
    const tokens = tokenizer.read(start, stop);
    this.language = tagLanguage(tokens, 0, tokens.count);
    tokenizer.sift();
    const signals = this.#match(this.lexicon, tokens, this.#plainHits, bytes, start, stop);
    const { flagsSeen } = tokenizer;
    const foreign = (flagsSeen & FLAG.latin) !== 0 && !looksEnglish(tokens, 0, tokens.count);
    const { named } = this;
    if (!foreign && tokenizer.hints === 0 && (flagsSeen & DOUBTFUL) === 0) return this.#mend(signals, bytes, start, stop);
    const second = this.#rereader.reread(bytes, start, stop, tokens, foreign, named);
    if (second === null) return this.#mend(signals, bytes, start, stop);
    const again = this.#readAgain(second, bytes, start, stop);
    if (signals.length > 0 || again.length > 0) return again;
    // Nothing came of it: the words count, and are shown, as they stand.
    return this.#restore(tokens, named);
  }

  /** Back to the plain reading, in which nothing was found. */
  #restore(tokens: TokenBatch, named: boolean): readonly Signal[] {
    this.tokens = tokens;
    this.hits = this.#plainHits;
    this.named = named;
    this.#found = NO_SIGNALS;
    return NO_SIGNALS;
  }

  /** Where nothing was found in a short message that names a group: whether slips of the pen hide something. Mended words count less. */
  #mend(signals: readonly Signal[], bytes: Uint8Array, start: number, stop: number): readonly Signal[] {
    if (signals.length > 0 || !this.named) return signals;
    this.#mender ??= new Mender(this.lexicon, this.#rereader.vocabulary);
    const plain = this.tokens;
    const tokens = this.#mender.mend(plain);
    if (tokens === null) return signals;
    const found = this.#match(this.lexicon, tokens, this.#secondHits, bytes, start, stop);
    if (found.length === 0) return this.#restore(plain, true);
    const slip = tokens.flags.findIndex((flags) => (flags & FLAG.misspelt) !== 0);
    return this.#weigh(found, tokens.start[slip]!, tokens.end[slip]!, "misspelt", MISSPELT_WEIGHT);
  }

  /** With a context signal for each label that anything speaks for. */
  #weigh(signals: readonly Signal[], start: number, end: number, entry: string, weight: number): Signal[] {
    const signs = LABEL_NAMES.flatMap((label, k): Signal[] => {
      const sum = signals.reduce((total, signal) => (signal.label === label ? total + signal.weight : total), 0);
      if (sum <= 0) return [];
      this.#extra[k] = weight;
      return [{ label, category: null, start, end, weight, source: "context", entry, group: null }];
    });
    return [...signals, ...signs].sort((a, b) => a.start - b.start || a.end - b.end);
  }

  /** Reads the message in its second reading. Disguise is a weak sign of its own where anything else speaks. */
  #readAgain({ tokens, coarse }: SecondReading, bytes: Uint8Array, start: number, stop: number): readonly Signal[] {
    const lexicon = coarse ? this.#rereader.coarse : this.lexicon;
    const signals = this.#match(lexicon, tokens, coarse ? this.#coarseHits : this.#secondHits, bytes, start, stop);
    const disguised = tokens.flags.findIndex((flags) => (flags & DISGUISES) !== 0);
    if (disguised < 0 || signals.length === 0) return signals;
    return this.#weigh(signals, tokens.start[disguised]!, tokens.end[disguised]!, "disguise", DISGUISE_WEIGHT);
  }

  /** Finds entries and fires rules. In coarse letters the model is not asked: it does not know them. @returns the signals. */
  #match(lexicon: CompiledLexicon, tokens: TokenBatch, hits: Hits, bytes: Uint8Array, start: number, stop: number): readonly Signal[] {
    this.tokens = tokens;
    this.hits = hits;
    matchLexicon(lexicon, tokens, 0, tokens.count, hits);
    if (lexicon !== this.lexicon) preferNames(lexicon, hits);
    this.#found = applyRules(lexicon, bytes, start, stop, tokens, 0, tokens.count, hits, this.#rules);
    this.#extra.fill(0);
    this.named = lexicon === this.lexicon && (hits.classes & NAMES_GROUP) !== 0;
    return this.#found;
  }

  /** Scores of what was found, and of what the model says of the tokens where a group is named. */
  #score(): void {
    const { scorer } = this;
    const asked = this.named && scorer.model !== null;
    if (asked) this.readEvidence();
    const sums = this.#sums.fill(0);
    const claims = this.#claims.fill(0);
    for (let k = 0; k < this.#found.length; k++) {
      const { label, weight } = this.#found[k]!;
      const number = LABEL_NAMES.indexOf(label);
      sums[number]! += weight;
      if (weight > 0) claims[number]! += weight;
    }
    keepShares(sums, claims, this.kept);
    for (let label = 0; label < LABELS.length; label++) {
      const share = asked ? this.kept[label]! * modelShare(scorer, label, this.evidence, this.language) : 0;
      this.shares[label] = share;
      this.scores[label] = scoreLabel(scorer, label, sums[label]! + this.#extra[label]!, share);
    }
  }

  /** Asks the model about the tokens judged last, whether a group is named or not: `evidence` of each head. */
  readEvidence(): void {
    const { tokens, scorer, features } = this;
    if (scorer.model === null || features === null) return;
    this.featureCount = collectFeatures(tokens, 0, tokens.count, features);
    scoreFeatures(scorer.model, features.features, this.featureCount, this.evidence);
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
      const signals = judged ? this.#judge(batch.bytes, start, end) : NO_SIGNALS;
      verdicts.language[message] = judged ? this.language : LANGUAGE_NONE;
      verdicts.labels[message] = 0;
      for (let label = 0; label < LABELS.length; label++) {
        const score = judged ? this.scores[label]! : 0;
        verdicts.scores[message * LABELS.length + label] = score;
        if (judged && score >= scorer.flags[label]!) verdicts.labels[message]! |= 1 << label;
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

/** Names of groups that are no slurs: one word to the model. */
export const GROUP_MASK: Mask = {
  any: bitsOf(["target"]),
  none: bitsOf(GROUP_CLASSES.filter((name) => name !== "target")),
  // Where it stands in the sentence is said of the place, not of the group.
  shown: bitsOf(["target", "quoted", "question", "opening", "clause"]),
};

function bitsOf(names: readonly ClassName[]): number {
  return names.reduce((bits, name) => bits | (1 << CLASSES.indexOf(name)), 0);
}

/** What the tokenizer may have seen in a word that reads otherwise than it is written. */
const DOUBTFUL = FLAG.figured | FLAG.mixedScript | FLAG.repeated | FLAG.otherScript | FLAG.styled | FLAG.invisible;
/** Weight in nats of the disguise itself: who hides a word knows why. */
const DISGUISE_WEIGHT = 0.3;
/** A guess at what was meant may be wrong. */
const MISSPELT_WEIGHT = -1;

/** For what has no text to judge. */
const LANGUAGE_NONE: number = LANGUAGES.indexOf("other");

/** Where a window that should end at `stop` ends: at the last space before, so that no word is cut, or at a character. */
function wordStart(bytes: Uint8Array, start: number, stop: number, end: number): number {
  if (stop === end) return end;
  const space = bytes.lastIndexOf(0x20, stop);
  return space > start + ((stop - start) >> 1) ? space : characterStart(bytes, stop);
}
