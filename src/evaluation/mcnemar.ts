/** Whether two systems that decided on the same rows differ by more than chance (McNemar 1947). */

export interface McNemar {
  /** Rows that one system alone got right. */
  readonly onlyA: number;
  readonly onlyB: number;
  readonly method: "exact binomial" | "chi-squared";
  /** Chi-squared with continuity correction (Edwards 1948), one degree of freedom; NaN for the exact test. */
  readonly statistic: number;
  /** Two-sided, 0..1: how likely a difference as large is where neither is better. 1 where the two never differ. */
  readonly p: number;
}

/** Below this many rows the normal approximation is poor and the binomial is summed instead. */
const FEW_DISCORDANT = 25;

export function mcNemar(onlyA: number, onlyB: number): McNemar {
  const discordant = onlyA + onlyB;
  if (discordant < FEW_DISCORDANT)
    return { onlyA, onlyB, method: "exact binomial", statistic: Number.NaN, p: binomialTails(Math.min(onlyA, onlyB), discordant) };
  const statistic = Math.max(0, Math.abs(onlyA - onlyB) - 1) ** 2 / discordant;
  return { onlyA, onlyB, method: "chi-squared", statistic, p: chiSquaredTail(statistic) };
}

/** Both tails of a fair coin: twice the chance of `low` heads or fewer in `tosses`, at most 1. */
function binomialTails(low: number, tosses: number): number {
  let term = 2 ** -tosses;
  let sum = term;
  for (let heads = 1; heads <= low; heads++) {
    term *= (tosses - heads + 1) / heads;
    sum += term;
  }
  return Math.min(1, 2 * sum);
}

/**
 * Chance that a chi-squared variable of one degree of freedom is at least `x`: the upper incomplete gamma function Q(1/2, x/2),
 * by its series for small x and by its continued fraction (Lentz's method) for others. Good to about 1e-14.
 */
export function chiSquaredTail(x: number): number {
  const half = x / 2;
  const front = Math.sqrt(half / Math.PI) * Math.exp(-half);
  if (half < 1.5) {
    let term = 2;
    let sum = term;
    for (let k = 1; k < 200 && term > sum * 1e-17; k++) {
      term *= half / (k + 0.5);
      sum += term;
    }
    return 1 - front * sum;
  }
  let b = half + 0.5;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 1000; k++) {
    const a = -k * (k - 0.5);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * fraction;
}
