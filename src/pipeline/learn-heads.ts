/** Second pass of training: rows on disk become one table of weights a head, in nats. */
import { balanceWeight, HeadCounts, type SetMass, setWeight } from "../bayes/counts.ts";
import type { TrainingOptions } from "../bayes/model.ts";
import { HeadRefiner, lossOf } from "../bayes/refine.ts";
import { HEAD_NAMES, LABEL_NAMES } from "../core/label.ts";
import { seededRandom } from "../core/random.ts";
import { FEATURES_AT, goldAt, isNamed, type RowStore, setOf } from "./row-store.ts";
import type { TrainingRows } from "./training-rows.ts";

/** Passes without a gain on the rows held back, after which a head has learnt enough. */
const PATIENCE = 2;
/** A gain smaller than this share of the loss is none. */
const LEAST_GAIN = 1e-3;
/**
 * What a harmless row counts for a head that is a label, where it names a group and where it does not: the model is asked only
 * of messages that name one, so that is where it must know hate from talk. On dev rows, against 1 and 1: AUC of hate against
 * harmless messages that name a group the same (.965 in Russian), within RuEthnoHate .916 instead of .899.
 */
const HARMLESS = { named: 1, other: 0.1 };

/** A head to be learnt. */
export interface HeadPlan {
  /** Place in HEAD_NAMES. */
  readonly head: number;
  readonly masses: ReadonlyMap<string, SetMass>;
}

/** Heads that some row says yes to. */
export function planHeads(masses: TrainingRows["masses"]): HeadPlan[] {
  return masses.flatMap((sets, head) => ([...sets.values()].some((mass) => mass.positive > 0) ? [{ head, masses: sets }] : []));
}

/**
 * @returns by plan: weights by place, in nats
 * @param bases by plan: table in nats that learning goes on from, null for none; only for nblr
 */
export function learnHeads(
  rows: TrainingRows,
  plans: readonly HeadPlan[],
  options: TrainingOptions,
  bases: readonly (Float64Array | null)[],
  progress: (line: string) => void,
): Float64Array[] {
  const ratios = countRatios(rows, plans, options);
  if (options.method !== "nblr") return ratios;
  return refineHeads(rows, plans, options, ratios, bases, progress);
}

function countRatios(rows: TrainingRows, plans: readonly HeadPlan[], options: TrainingOptions): Float64Array[] {
  const counts = plans.map(() => new HeadCounts(options.bits));
  const weights = plans.map(({ masses }) =>
    rows.sets.map(({ name }) => [0, 1].map((value) => balanceWeight(masses, name, value === 1, options.benignShare, options.weights))),
  );
  rows.learn.visit(null, (numbers, start, end) => {
    const features = numbers.subarray(start + FEATURES_AT, end);
    plans.forEach(({ head }, k) => {
      const gold = goldAt(numbers, start, head);
      const weight = gold === null ? 0 : weights[k]![setOf(numbers, start)]![gold]!;
      if (weight !== 0) counts[k]!.add(features, features.length, gold === 1, weight);
    });
  });
  return counts.map((count) =>
    options.method === "complement"
      ? count.complementRatios(options.smoothing, options.minimumCount)
      : count.logRatios(options.smoothing, options.minimumCount),
  );
}

/** A head on its way, with the best table so far. */
interface Course {
  readonly plan: HeadPlan;
  readonly refiner: HeadRefiner;
  /** By set number: its bias, and what a row of it counts, by class. */
  readonly bias: readonly number[];
  readonly weight: readonly (readonly [negative: number, positive: number])[];
  readonly harmless: readonly boolean[];
  best: Float64Array;
  bestLoss: number;
  bestEpoch: number;
  done: boolean;
}

function refineHeads(
  rows: TrainingRows,
  plans: readonly HeadPlan[],
  options: TrainingOptions,
  ratios: readonly Float64Array[],
  bases: readonly (Float64Array | null)[],
  progress: (line: string) => void,
): Float64Array[] {
  const courses = plans.map((plan, k): Course => {
    const bias = biasNumbers(rows, plan);
    return {
      plan,
      bias,
      refiner: new HeadRefiner(ratios[k]!, rows.sets.length + 1, options, bases[k]!),
      weight: rows.sets.map(({ name }) => [setWeight(options.weights, name, false), setWeight(options.weights, name, true)] as const),
      harmless: rows.sets.map(({ name }) => (plan.masses.get(name)?.positive ?? 0) === 0),
      best: bases[k] ?? new Float64Array(ratios[k]!.length),
      bestLoss: Number.POSITIVE_INFINITY,
      bestEpoch: 0,
      done: false,
    };
  });
  for (let epoch = 1; epoch <= options.epochs && courses.some((course) => !course.done); epoch++) {
    learnOnce(
      rows.learn,
      courses.filter((course) => !course.done),
      seededRandom(options.seed + epoch),
    );
    for (const course of courses) {
      if (course.done) continue;
      const loss = lossOn(rows.heldBack, course);
      progress(`pass ${epoch}, ${HEAD_NAMES[course.plan.head]}: loss ${loss.toFixed(4)} on rows held back`);
      // Without rows held back there is nothing to stop by: the last pass counts.
      if (Number.isNaN(loss) || loss < course.bestLoss * (1 - LEAST_GAIN)) {
        course.best = course.refiner.table();
        course.bestLoss = Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
        course.bestEpoch = epoch;
      } else course.done = epoch - course.bestEpoch >= PATIENCE;
    }
  }
  return courses.map(({ best }) => best);
}

/**
 * By set number: which bias its rows have. A set of both classes has its own. Harmless sets share that of the largest set of
 * their language, so that the table, and not a bias, tells harmless talk from hate.
 */
function biasNumbers({ sets }: TrainingRows, { masses }: HeadPlan): number[] {
  return sets.map(({ name }, set) => {
    const own = masses.get(name);
    if (own === undefined || own.positive > 0) return set + 1;
    const largest = sets
      .map((other, k) => ({ k, mass: masses.get(other.name) }))
      .filter(({ mass }) => mass?.language === own.language && mass.positive > 0)
      .sort((a, b) => b.mass!.positive - a.mass!.positive || a.k - b.k)[0];
    return largest === undefined ? 0 : largest.k + 1;
  });
}

function learnOnce(store: RowStore, courses: readonly Course[], random: () => number): void {
  store.visit(random, (numbers, start, end) => {
    for (const course of courses) {
      const gold = goldAt(numbers, start, course.plan.head);
      if (gold === null) continue;
      const mass = massOf(course, numbers, start, gold);
      const bias = course.bias[setOf(numbers, start)]!;
      // A row that counts a tenth is learnt in one pass of ten, whole: the same on average, and much less work.
      if (mass >= 1 || random() < mass) course.refiner.learn(numbers, start + FEATURES_AT, end, bias, gold === 1, Math.max(1, mass));
    }
  });
}

/** What a row counts for a head. Heads that are no label are asked of every message, so for them all harmless rows count alike. */
function massOf({ plan, weight, harmless }: Course, numbers: Int32Array, start: number, gold: 0 | 1): number {
  const set = setOf(numbers, start);
  const own = weight[set]![gold];
  if (!harmless[set]! || !(LABEL_NAMES as readonly string[]).includes(HEAD_NAMES[plan.head]!)) return own;
  return own * (isNamed(numbers, start) ? HARMLESS.named : HARMLESS.other);
}

/** Mean loss on the rows held back, weighted as rows are learnt; NaN where there are none. */
function lossOn(store: RowStore, course: Course): number {
  let sum = 0;
  let masses = 0;
  store.visit(null, (numbers, start, end) => {
    const gold = goldAt(numbers, start, course.plan.head);
    if (gold === null) return;
    const mass = massOf(course, numbers, start, gold);
    const logit = course.refiner.logit(numbers, start + FEATURES_AT, end, course.bias[setOf(numbers, start)]!);
    sum += mass * lossOf(logit, gold === 1);
    masses += mass;
  });
  return sum / masses;
}
