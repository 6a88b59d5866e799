/**
 * Training, in three passes over the files so that memory does not grow with them: how much text each set has of each
 * class; counts; and, on a tenth of the rows that was not counted, the layer that turns signals and evidence into
 * probabilities. Nothing is random: rows are told apart by a hash of their text.
 */
import { fitLogistic, trafficWeights } from "../bayes/calibrate.ts";
import { collectFeatures, FEATURE_LIMIT } from "../bayes/features.ts";
import { type Combination, encodeModel, FEATURES, type Model, type ModelHeader } from "../bayes/model.ts";
import { balanceWeight, HeadCounts, packWeights, type SetMass } from "../bayes/train.ts";
import { ConfigError } from "../core/error.ts";
import { LABEL_NAMES, type Label } from "../core/label.ts";
import type { LabelMap } from "../labelled/label-map.ts";
import type { CompiledLexicon } from "../lexicon/compile.ts";
import { createScorer } from "../scoring/decide.ts";
import { ARENA_BYTES, Tokenizer } from "../text/tokenize.ts";
import { Judge } from "./judge.ts";
import { type LabelledMessage, readLabelled } from "./labelled.ts";

export interface TrainOptions {
  readonly bits: number;
  /** Added to every count, in units of the average count. */
  readonly smoothing: number;
  /** Mass of benign sets beside the positives of their language. */
  readonly benignShare: number;
  /** Share of messages that carry a label, for the probabilities. */
  readonly baseRate: number;
  /** Sets that count for more or less than others. */
  readonly weights: Readonly<Record<string, number>>;
  /** What labels mean in the sets it names. */
  readonly map?: LabelMap | null;
}

/** Labels that the model has heads for. Slurs are the lexicons' alone: no set labels them. */
const HEADS: readonly Label[] = ["hate", "incitement"];
/** One row in so many is kept from the counts for the last pass. */
const HELD_BACK = 10;
/** Rows of each class that the last pass needs: a fit on fewer is certain of everything. */
const LEAST_HELD_BACK = 5;
/** Share of traffic's harmless messages that speak of groups the way the sets with hate in them do. */
const CONTESTED_SHARE = 0.05;
/** Flagged when more likely than not; hate a little above: there the model speaks along, and is wrong more often. */
const FLAG_AT: Readonly<Record<Label, number>> = { slur: 0.5, incitement: 0.5, hate: 0.55 };
const REVIEW_AT = 0.2;

/** FNV-1a over UTF-16 units: the same row is held back in every run and every set. */
function isHeldBack(text: string): boolean {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  return (hash >>> 8) % HELD_BACK === 0;
}

interface SetCounts {
  rows: number;
  positive: Record<string, number>;
  negative: Record<string, number>;
}

/** First pass: text and rows by set, head and class. */
async function weighSets(rows: AsyncIterable<LabelledMessage>): Promise<{ masses: Map<string, SetMass>[]; sets: Map<string, SetCounts> }> {
  const masses = HEADS.map(() => new Map<string, SetMass>());
  const sets = new Map<string, SetCounts>();
  for await (const row of rows) {
    const set = sets.get(row.set) ?? { rows: 0, positive: {}, negative: {} };
    sets.set(row.set, set);
    set.rows++;
    HEADS.forEach((label, head) => {
      const gold = row.gold[label];
      if (gold === null) return;
      const counts = gold === 1 ? set.positive : set.negative;
      counts[label] = (counts[label] ?? 0) + 1;
      const mass = masses[head]!.get(row.set) ?? {
        language: row.language ?? "",
        positive: 0,
        negative: 0,
      };
      masses[head]!.set(row.set, {
        ...mass,
        positive: mass.positive + gold * row.text.length,
        negative: mass.negative + (1 - gold) * row.text.length,
      });
    });
  }
  return { masses, sets };
}

/** Words of one message as feature numbers. */
class FeatureReader {
  readonly features = new Int32Array(FEATURE_LIMIT);
  #tokenizer = new Tokenizer();
  #encoder = new TextEncoder();

  read(text: string, bits: number): number {
    const bytes = this.#encoder.encode(text);
    const tokens = this.#tokenizer.tokenize(bytes.subarray(0, ARENA_BYTES));
    return collectFeatures(tokens, 0, tokens.count, bits, this.features);
  }
}

/**
 * Trains a model on labelled files.
 * @returns the bytes of the model file.
 * @throws ConfigError E_TRAIN_EMPTY where no row has a label that a head learns; FormatError where a file cannot be read.
 */
export async function trainModel(
  paths: readonly string[],
  lexicon: CompiledLexicon,
  options: TrainOptions,
  remark: (line: string) => void,
): Promise<{ file: Buffer; header: ModelHeader }> {
  const rows = (report: (line: string) => void) => readLabelled(paths, "train", report, { map: options.map ?? null });
  const { masses, sets } = await weighSets(rows(remark));
  const heads = HEADS.flatMap((label, head) => {
    const languages = [...new Set([...masses[head]!.values()].filter((mass) => mass.positive > 0).map((mass) => mass.language))].sort();
    return languages.length > 0
      ? [
          {
            label,
            languages,
            masses: masses[head]!,
            counts: new HeadCounts(label, options.bits),
          },
        ]
      : [];
  });
  if (heads.length === 0)
    throw new ConfigError(
      "E_TRAIN_EMPTY",
      'no row is labelled as hate or as a threat: each line needs "text", "label" (0 or 1) and "task" ("hate", "threat", "benign" ...), or "gold".',
    );
  remark(`${[...sets.values()].reduce((sum, set) => sum + set.rows, 0)} rows of ${sets.size} sets`);

  const reader = new FeatureReader();
  for await (const row of rows(() => {})) {
    if (isHeldBack(row.text)) continue;
    let count = -1;
    for (const head of heads) {
      const gold = row.gold[head.label];
      const weight = gold === null ? 0 : balanceWeight(head.masses, row.set, gold === 1, options.benignShare, options.weights);
      if (weight === 0) continue;
      if (count < 0) count = reader.read(row.text, options.bits);
      head.counts.add(reader.features, count, gold === 1, weight);
    }
  }
  const { weights, scales } = packWeights(heads.map((head) => head.counts.logRatios(options.smoothing)));
  const header: ModelHeader = {
    features: FEATURES,
    bits: options.bits,
    heads: heads.map(({ label, languages }, head) => ({
      label,
      scale: Number(scales[head]!.toPrecision(6)),
      languages,
    })),
    combinations: Object.fromEntries(
      LABEL_NAMES.map((label) => [
        label,
        beforeFit(
          options.baseRate,
          label,
          heads.some((head) => head.label === label),
        ),
      ]),
    ) as ModelHeader["combinations"],
    sets: [...sets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, set]) => ({ name, ...set })),
    options: {
      smoothing: options.smoothing,
      benignShare: options.benignShare,
      baseRate: options.baseRate,
      weights: { ...options.weights },
    },
  };
  remark("counted; fitting the probabilities");
  const model: Model = {
    header,
    bits: options.bits,
    heads: heads.length,
    weights,
  };
  for (const head of heads)
    header.combinations[head.label] = await fitCombination(
      head.label,
      head.masses,
      model,
      lexicon,
      rows(() => {}),
      options.baseRate,
      remark,
    );
  return { file: encodeModel(header, weights), header };
}

function beforeFit(baseRate: number, label: Label, hasHead: boolean): Combination {
  return {
    prior: round(Math.log(baseRate / (1 - baseRate))),
    signals: 1,
    evidence: hasHead ? 1 : 0,
    offset: 0,
    limit: hasHead ? EVIDENCE_LIMIT[label] : 0,
    review: REVIEW_AT,
    flag: FLAG_AT[label],
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/**
 * What the sum of the signals counts, by label. It is set and not fitted: the labelled sets are English and Russian, and half
 * of their negatives are insults next to a group's name, so a fit on them (0.4) would silence the rules in Kazakh, where nothing
 * else speaks. For incitement the only set counts threats against officials as positive, which the rules rightly leave alone.
 */
const SIGNAL_WEIGHT: Readonly<Record<Label, number>> = {
  slur: 1,
  incitement: 1,
  hate: 0.85,
};

/** How far the model may move a label, in nats. For incitement little: it has learnt threats against officials in one language. */
const EVIDENCE_LIMIT: Readonly<Record<Label, number>> = {
  slur: 0,
  incitement: 0.5,
  hate: 6,
};

/** Fits prior and evidence weight of a label on the rows held back; where these are too few, the base rate is the prior. */
async function fitCombination(
  label: Label,
  masses: ReadonlyMap<string, SetMass>,
  model: Model,
  lexicon: CompiledLexicon,
  rows: AsyncIterable<LabelledMessage>,
  baseRate: number,
  remark: (line: string) => void,
): Promise<Combination> {
  const judge = new Judge(lexicon, createScorer(model));
  const encoder = new TextEncoder();
  const number = LABEL_NAMES.indexOf(label);
  const signals: number[] = [];
  const evidence: number[] = [];
  /** 1 where the model was asked: elsewhere neither evidence nor offset counts. */
  const asked: number[] = [];
  const gold: number[] = [];
  const contested: number[] = [];
  for await (const row of rows) {
    const value = row.gold[label];
    if (value === null || !isHeldBack(row.text)) continue;
    const bytes = encoder.encode(row.text);
    const found = judge.judge(bytes, 0, bytes.length);
    signals.push(found.reduce((sum, signal) => sum + (signal.label === label ? signal.weight : 0), 0));
    evidence.push(judge.shares[number]!);
    asked.push(judge.shares[number] === 0 ? 0 : 1);
    gold.push(value);
    contested.push((masses.get(row.set)?.positive ?? 0) > 0 ? 1 : 0);
  }
  const rare = Math.min(gold.filter((value) => value === 1).length, gold.filter((value) => value === 0).length);
  if (rare < LEAST_HELD_BACK) {
    remark(
      `${label}: of the rows held back for the probabilities only ${rare} are of the rarer class, too few to fit; --base-rate is taken instead`,
    );
    return {
      ...beforeFit(baseRate, label, true),
      signals: SIGNAL_WEIGHT[label],
    };
  }
  const answers = Uint8Array.from(gold);
  const before = beforeFit(baseRate, label, true);
  const inputs = [signals, evidence, asked].map((column) => Float64Array.from(column));
  const weight = trafficWeights(answers, Uint8Array.from(contested), baseRate, CONTESTED_SHARE);
  const fitted = fitLogistic({ inputs, gold: answers, weight }, [SIGNAL_WEIGHT[label], Number.NaN, Number.NaN, before.prior]);
  return {
    ...before,
    signals: SIGNAL_WEIGHT[label],
    evidence: round(Math.max(0, fitted[1]!)),
    offset: round(fitted[2]!),
  };
}
