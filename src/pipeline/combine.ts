/**
 * Third pass of training, on the rows kept back: how much the heads' evidence counts beside the signals, label by label and
 * language by language, and where the thresholds lie.
 */
import { fitLogistic, trafficWeights } from "../bayes/calibrate.ts";
import { type Combination, type HeadScale, type Model, scoreFeatures, type TrainingOptions, type Voice } from "../bayes/model.ts";
import { HEAD_NAMES, LABEL_NAMES, LANGUAGES, type Label, PRESETS } from "../core/label.ts";
import { createScorer, modelShare, presetThresholds, scoreLabel } from "../scoring/decide.ts";
import { FEATURES_AT, goldAt, isNamed, keptAt, languageOf, type RowStore, setOf, signalSum } from "./row-store.ts";

/** Rows of each class that a fit needs: one on fewer is certain of everything. */
const LEAST_ROWS = 5;
/** Share of traffic's harmless messages that speak of groups the way the sets with hate in them do. */
const CONTESTED_SHARE = 0.005;
/**
 * Where a message is flagged at the earliest: more likely than not by the rules, and a good deal more where the model may decide
 * by itself, because it is wrong more often: on dev rows at 1 in 100, precision was .895 at .5 and .906 at .7.
 */
const LEAST_FLAG = { rules: 0.5, model: 0.7 };
const REVIEW_AT = 0.2;
/** In nats: further than any evidence goes. */
const NO_LIMIT = 20;
/** Share of true ones among what a preset flags, in traffic of the base rate. */
const PRECISION: Readonly<Record<(typeof PRESETS)[number], number>> = { precision: 0.95, balanced: 0.9, recall: 0.8 };

/**
 * What the sum of the signals counts. It is set and not fitted: half of the sets' negatives are insults next to a group's
 * name, which their annotators called offensive and not hate, so a fit on them (0.4) would silence the rules in Kazakh,
 * where little else speaks. The only set for incitement counts threats against officials as positive, which the rules
 * rightly leave alone.
 */
const SIGNAL_WEIGHT: Readonly<Record<Label, number>> = { slur: 1, incitement: 1, hate: 1 };

/** Rows kept back, as columns. */
export interface HeldBack {
  readonly rows: number;
  readonly set: Int32Array;
  readonly language: Uint8Array;
  readonly named: Uint8Array;
  /** By place in HEAD_NAMES: 1, 0, or 2 where the row does not say. */
  readonly gold: readonly Uint8Array[];
  /** By label number: sum of signals, and how much of the model's claim context leaves. */
  readonly signals: readonly Float64Array[];
  readonly kept: readonly Float64Array[];
  /** By head of the model. */
  readonly evidence: readonly Float64Array[];
}

export function readHeldBack(store: RowStore, model: Model): HeldBack {
  const { rows } = store;
  const numbers = () => new Float64Array(rows);
  const columns = {
    rows,
    set: new Int32Array(rows),
    language: new Uint8Array(rows),
    named: new Uint8Array(rows),
    gold: HEAD_NAMES.map(() => new Uint8Array(rows)),
    signals: LABEL_NAMES.map(numbers),
    kept: LABEL_NAMES.map(numbers),
    evidence: model.header.heads.map(numbers),
  };
  const evidence = new Float64Array(model.heads);
  let row = 0;
  store.visit(null, (record, start, end) => {
    columns.set[row] = setOf(record, start);
    columns.language[row] = languageOf(record, start);
    columns.named[row] = isNamed(record, start) ? 1 : 0;
    columns.gold.forEach((column, head) => {
      column[row] = goldAt(record, start, head) ?? 2;
    });
    columns.signals.forEach((column, label) => {
      column[row] = signalSum(record, start, label);
    });
    columns.kept.forEach((column, label) => {
      column[row] = keptAt(record, start, label);
    });
    const features = record.subarray(start + FEATURES_AT, end);
    scoreFeatures(model, features, features.length, evidence);
    columns.evidence.forEach((column, head) => {
      column[row] = evidence[head]!;
    });
    row++;
  });
  return columns;
}

/** Numbers of the rows for which `wanted` holds. */
function rowsWhere(held: HeldBack, wanted: (row: number) => boolean): number[] {
  return Array.from({ length: held.rows }, (_, row) => row).filter(wanted);
}

function haveBoth(gold: Uint8Array): boolean {
  const positives = gold.reduce((sum, value) => sum + value, 0);
  return Math.min(positives, gold.length - positives) >= LEAST_ROWS;
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** How each head reads by itself, by language, where half of the rows are of either class (Platt 1999). */
export function fitHeadScales(held: HeldBack, model: Model): { [language: string]: HeadScale }[] {
  return model.header.heads.map(({ name }, head) => {
    const golds = held.gold[HEAD_NAMES.indexOf(name)]!;
    return Object.fromEntries(
      LANGUAGES.flatMap((language, number) => {
        const rows = rowsWhere(held, (row) => held.language[row] === number && golds[row] !== 2);
        const gold = Uint8Array.from(rows, (row) => golds[row]!);
        if (!haveBoth(gold)) return [];
        const weight = trafficWeights(gold, new Uint8Array(gold.length), 0.5, 0);
        const [slope, offset] = fitLogistic({ inputs: [Float64Array.from(rows, (row) => held.evidence[head]![row]!)], gold, weight }, []);
        return [[language, { slope: round(slope!), offset: round(offset!) }]];
      }),
    );
  });
}

/** Before anything is fitted: the base rate, and signals alone. */
export function plainCombination(label: Label, baseRate: number): Combination {
  return {
    prior: round(Math.log(baseRate / (1 - baseRate))),
    signals: SIGNAL_WEIGHT[label],
    voices: {},
    thresholds: presetThresholds(LEAST_FLAG.rules, REVIEW_AT),
  };
}

/**
 * Voices and thresholds of a label that the model has a head for. Where the model may not say by itself that a message is more
 * likely than not to carry the label, rules decide, and the thresholds stay as they are without it.
 * @param sets by set number: whether the set speaks of groups as those with positives do, and how much its rows count
 */
export function fitCombination(
  label: Label,
  held: HeldBack,
  model: Model,
  sets: readonly SetShare[],
  options: TrainingOptions,
  remark: (line: string) => void,
): Combination {
  const combination = plainCombination(label, options.baseRate);
  const own = model.header.heads.findIndex((head) => head.name === label);
  const golds = held.gold[HEAD_NAMES.indexOf(label as (typeof HEAD_NAMES)[number])]!;
  const heads = model.header.heads.flatMap(({ name }, head) => (head === own || name === "abuse" ? [head] : []));
  const known = rowsWhere(held, (row) => golds[row] !== 2);
  const number = LABEL_NAMES.indexOf(label);
  for (const [place, language] of LANGUAGES.entries()) {
    // Where languages are mixed, all that are known speak together.
    const rows = language === "mixed" ? known : known.filter((row) => held.language[row] === place);
    const gold = Uint8Array.from(rows, (row) => golds[row]!);
    if (language === "other" || !haveBoth(gold)) continue;
    const asked = (row: number) => held.named[row]! * held.kept[number]![row]!;
    const inputs = [
      Float64Array.from(rows, (row) => held.signals[number]![row]!),
      ...heads.map((head) => Float64Array.from(rows, (row) => asked(row) * held.evidence[head]![row]!)),
      Float64Array.from(rows, asked),
    ];
    const weight = weighTraffic(held, rows, gold, sets, options.baseRate, CONTESTED_SHARE);
    const fixed = [combination.signals, ...heads.map(() => Number.NaN), Number.NaN, combination.prior];
    const fitted = fitLogistic({ inputs, gold, weight }, fixed);
    const weights = heads.map((_, k) => fitted[k + 1]!);
    if (!(weights[heads.indexOf(own)]! > 0)) continue;
    combination.voices[language] = {
      evidence: model.header.heads.map((_, head) => round(weights[heads.indexOf(head)] ?? 0)),
      offset: round(fitted[heads.length + 1]!),
      limit: limitOf(label, language, options),
    } satisfies Voice;
  }
  if (Object.keys(combination.voices).length === 0)
    remark(
      `${label}: too few rows kept back are of the rarer class to fit probabilities; the head stays silent and --base-rate is the prior`,
    );
  else if (Object.values(combination.voices).some(({ limit }) => combination.prior + limit > 0))
    combination.thresholds = fitThresholds(label, held, golds, model, combination, sets, options);
  return combination;
}

/** What a set counts for in a fit. */
export interface SetShare {
  readonly contested: boolean;
  readonly weight: number;
}

function weighTraffic(
  held: HeldBack,
  rows: readonly number[],
  gold: Uint8Array,
  sets: readonly SetShare[],
  baseRate: number,
  contestedShare: number,
): Float64Array {
  const contested = Uint8Array.from(rows, (row) => (sets[held.set[row]!]!.contested ? 1 : 0));
  const own = Float64Array.from(rows, (row) => Math.min(1, sets[held.set[row]!]!.weight));
  return trafficWeights(gold, contested, baseRate, contestedShare, own);
}

function limitOf(label: Label, language: string, { limits }: TrainingOptions): number {
  return limits[`${label}.${language}`] ?? limits[label] ?? limits["all"] ?? NO_LIMIT;
}

/**
 * The lowest flag thresholds that reach the presets' precision in ordinary traffic: positives at the base rate among the rows of
 * harmless sets, one in thirty of which names a group. So few harmless rows are flagged that a share is known to some hundredths:
 * one standard error below the aim is no miss (the rule of Breiman et al. 1984).
 */
function fitThresholds(
  label: Label,
  held: HeldBack,
  golds: Uint8Array,
  model: Model,
  combination: Combination,
  sets: readonly SetShare[],
  options: TrainingOptions,
): Combination["thresholds"] {
  const number = LABEL_NAMES.indexOf(label);
  const combinations = { ...model.header.combinations, [label]: combination };
  const scorer = createScorer({ ...model, header: { ...model.header, combinations } });
  // What the model may not decide by itself it does not find: those positives say nothing of where its threshold should lie.
  const decides = LANGUAGES.map((language) => combination.prior + (combination.voices[language]?.limit ?? 0) > 0);
  const rows = rowsWhere(held, (row) => golds[row] === 0 || (golds[row] === 1 && decides[held.language[row]!]!));
  const gold = Uint8Array.from(rows, (row) => golds[row]!);
  const weight = weighTraffic(held, rows, gold, sets, options.baseRate, 0);
  const evidence = new Float64Array(model.heads);
  const scores = Float64Array.from(rows, (row) => {
    for (let head = 0; head < model.heads; head++) evidence[head] = held.evidence[head]![row]!;
    const share = held.named[row] === 1 ? held.kept[number]![row]! * modelShare(scorer, number, evidence, held.language[row]!) : 0;
    return scoreLabel(scorer, number, held.signals[number]![row]!, share);
  });
  const order = rows.map((_, k) => k).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const lowestFor = (precision: number): number | null => {
    let [right, all, wrong] = [0, 0, 0];
    let best: number | null = null;
    order.forEach((k, at) => {
      right += weight[k]! * gold[k]!;
      all += weight[k]!;
      if (gold[k] === 0 && weight[k]! > 0) wrong++;
      const next = order[at + 1];
      if (next !== undefined && scores[next] === scores[k]) return;
      const share = right / all;
      if (share + (share * (1 - share)) / Math.sqrt(wrong || 1) >= precision) best = scores[k]!;
    });
    return best;
  };
  const plain = presetThresholds(LEAST_FLAG.model, REVIEW_AT);
  return Object.fromEntries(
    PRESETS.map((preset) => {
      // Where no threshold is so precise, a higher one would only miss more.
      const lowest = lowestFor(PRECISION[preset]);
      const flag = lowest === null ? plain[preset].flag : Math.max(plain[preset].flag, roundUp(lowest));
      return [preset, { flag, review: Math.min(flag, plain[preset].review) }];
    }),
  ) as Combination["thresholds"];
}

/** To hundredths, but never to 1, which no score reaches: then down to the fourth digit. */
function roundUp(score: number): number {
  const up = Math.ceil(score * 100) / 100;
  return up < 1 ? up : Math.floor(score * 1e4) / 1e4;
}
