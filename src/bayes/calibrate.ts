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
  const weights = Array.from({ length: size }, (_, k) => (Number.isNaN(fixed[k] ?? Number.NaN) ? 0 : fixed[k]!));
  for (let step = 0; step < STEPS; step++) {
    const gradient = free.map((k) => -RIDGE * weights[k]!);
    const curvature = free.map((_, i) => free.map((__, j) => (i === j ? RIDGE : 0)));
    for (let row = 0; row < rows.gold.length; row++) {
      const input = (k: number) => (k === size - 1 ? 1 : rows.inputs[k]![row]!);
      let logit = 0;
      for (let k = 0; k < size; k++) logit += weights[k]! * input(k);
      const chance = 1 / (1 + Math.exp(-logit));
      const mass = rows.weight[row]!;
      free.forEach((k, i) => {
        gradient[i]! += mass * (rows.gold[row]! - chance) * input(k);
        free.forEach((other, j) => {
          curvature[i]![j]! += mass * chance * (1 - chance) * input(k) * input(other);
        });
      });
    }
    const change = solve(curvature, gradient);
    free.forEach((k, i) => {
      weights[k]! += change[i]!;
    });
    if (Math.max(...change.map(Math.abs)) < 1e-8) break;
  }
  return weights;
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
 */
export function trafficWeights(gold: Uint8Array, contested: Uint8Array, baseRate: number, contestedShare: number): Float64Array {
  const kinds = Array.from(gold, (value, row) => (value === 1 ? 0 : contested[row] === 1 ? 1 : 2));
  const counts = [0, 1, 2].map((kind) => kinds.filter((other) => other === kind).length);
  const negatives = counts[0] === 0 ? 1 : 1 - baseRate;
  const share = counts[2] === 0 ? 1 : counts[1] === 0 ? 0 : contestedShare;
  const masses = [counts[1] === 0 && counts[2] === 0 ? 1 : baseRate, negatives * share, negatives * (1 - share)];
  return Float64Array.from(kinds, (kind) => (masses[kind]! * gold.length) / counts[kind]!);
}
