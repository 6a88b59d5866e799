/**
 * A logistic layer fitted by Newton's method: how much signals and model evidence are worth, and the log-odds before
 * anything is known. Rows carry weights, so that the probabilities hold at a stated base rate and not at the share of
 * positives that the sets happen to have.
 */

/** Rows for the fit: parallel arrays, `inputs` one array a feature. */
export interface CalibrationRows {
  readonly inputs: readonly Float64Array[];
  readonly gold: Uint8Array;
  /** How much each row counts. */
  readonly weight: Float64Array;
}

const STEPS = 50;
const RIDGE = 1e-3;

/**
 * Fits weights and intercept (last) that maximise the weighted likelihood, with a slight ridge for separable data.
 * @param fixed weights that are given, NaN where they are to be fitted; the intercept too, where the array goes that far
 */
export function fitLogistic(rows: CalibrationRows, fixed: readonly number[]): number[] {
  const size = rows.inputs.length + 1;
  const free = Array.from({ length: size }, (_, k) => k).filter((k) => Number.isNaN(fixed[k] ?? Number.NaN));
  let weights = Array.from({ length: size }, (_, k) => (Number.isNaN(fixed[k] ?? Number.NaN) ? 0 : fixed[k]!));
  let fit = penalisedLikelihood(rows, weights, free);
  for (let step = 0; step < STEPS; step++) {
    const change = newtonStep(rows, weights, free);
    // A full step may overshoot where chances are near 0 or 1: halve it until the fit is no worse.
    for (let share = 1; share > 1e-9; share /= 2) {
      const next = [...weights];
      free.forEach((k, i) => {
        next[k]! += share * change[i]!;
      });
      const better = penalisedLikelihood(rows, next, free);
      if (!(better >= fit)) continue;
      weights = next;
      fit = better;
      break;
    }
    if (Math.max(...change.map(Math.abs)) < 1e-8) break;
  }
  return weights;
}

/** Log-odds of a row; the last weight is the intercept. */
function logitOf(rows: CalibrationRows, weights: readonly number[], row: number): number {
  let logit = weights[weights.length - 1]!;
  for (let k = 0; k < rows.inputs.length; k++) logit += weights[k]! * rows.inputs[k]![row]!;
  return logit;
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function penalisedLikelihood(rows: CalibrationRows, weights: readonly number[], free: readonly number[]): number {
  let sum = 0;
  for (const k of free) sum -= (RIDGE / 2) * weights[k]! ** 2;
  for (let row = 0; row < rows.gold.length; row++) {
    const logit = logitOf(rows, weights, row);
    sum -= rows.weight[row]! * softplus(rows.gold[row] === 1 ? -logit : logit);
  }
  return sum;
}

function newtonStep(rows: CalibrationRows, weights: readonly number[], free: readonly number[]): number[] {
  const gradient = free.map((k) => -RIDGE * weights[k]!);
  const curvature = free.map((_, i) => free.map((__, j) => (i === j ? RIDGE : 0)));
  for (let row = 0; row < rows.gold.length; row++) {
    const input = (k: number) => (k === rows.inputs.length ? 1 : rows.inputs[k]![row]!);
    const chance = 1 / (1 + Math.exp(-logitOf(rows, weights, row)));
    const mass = rows.weight[row]!;
    free.forEach((k, i) => {
      gradient[i]! += mass * (rows.gold[row]! - chance) * input(k);
      free.forEach((other, j) => {
        curvature[i]![j]! += mass * chance * (1 - chance) * input(k) * input(other);
      });
    });
  }
  return solve(curvature, gradient);
}

/** Solves a small symmetric positive system by Gaussian elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k]!]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows[k]!;
    for (let other = k + 1; other < rows.length; other++) {
      const factor = rows[other]![k]! / pivot[k]!;
      for (let column = k; column < pivot.length; column++) rows[other]![column]! -= factor * pivot[column]!;
    }
  }
  const result = new Array<number>(rows.length).fill(0);
  for (let k = rows.length - 1; k >= 0; k--) {
    let value = rows[k]![rows.length]!;
    for (let column = k + 1; column < rows.length; column++) value -= rows[k]![column]! * result[column]!;
    result[k] = value / rows[k]![k]!;
  }
  return result;
}

/**
 * Row weights that stand for ordinary traffic: positives count `baseRate` of the whole, negatives of contested sets (talk
 * of groups, some of it hate) `contestedShare` of the negatives, negatives of benign sets the rest.
 * @param own how much each row counts among those of its kind
 */
export function trafficWeights(
  gold: Uint8Array,
  contested: Uint8Array,
  baseRate: number,
  contestedShare: number,
  own: Float64Array = new Float64Array(gold.length).fill(1),
): Float64Array {
  const kinds = Array.from(gold, (value, row) => (value === 1 ? 0 : contested[row] === 1 ? 1 : 2));
  const sums = [0, 0, 0];
  kinds.forEach((kind, row) => {
    sums[kind]! += own[row]!;
  });
  const negatives = sums[0] === 0 ? 1 : 1 - baseRate;
  const share = sums[2] === 0 ? 1 : sums[1] === 0 ? 0 : contestedShare;
  const masses = [sums[1] === 0 && sums[2] === 0 ? 1 : baseRate, negatives * share, negatives * (1 - share)];
  return Float64Array.from(kinds, (kind, row) => (own[row]! === 0 ? 0 : (own[row]! * masses[kind]! * gold.length) / sums[kind]!));
}
