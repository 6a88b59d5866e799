/** How far annotators agree who judged the same rows, nominally: two judgments are the same or they are not. */

/** Shares and coefficients; NaN where undefined. A coefficient of 1 is agreement throughout, 0 what chance gives. */
export interface Agreement {
  /** Rows that two or more annotators judged; only these count. */
  readonly rows: number;
  readonly annotators: number;
  /** Judgments on those rows. */
  readonly judgments: number;
  /** Share of pairs of judgments of a row that agree, averaged over rows (Fleiss 1971). */
  readonly percent: number;
  /** Cohen's kappa (1960); of more than two annotators the mean over pairs (Light 1971), pairs without one left out. */
  readonly kappa: number;
  /** Pairs of annotators who share rows and have a kappa. Where they share few rows each, alpha says more. */
  readonly pairs: number;
  /** Krippendorff's alpha for nominal data; judgments may be missing (Krippendorff 2011). */
  readonly alpha: number;
}

/** One annotator's judgment of a row. Values are told apart by ===. */
export interface Judgment {
  readonly annotator: string;
  readonly value: number;
}

/** Adds up rows. Memory grows with annotators, and with pairs of them who share rows, not with rows. */
export class AgreementTally {
  readonly #annotators = new Map<string, number>();
  /** By pair of annotators, then by pair of values: rows. */
  readonly #tables = new Map<string, Map<string, PairCount>>();
  /** Judgments by value. */
  readonly #values = new Map<number, number>();
  #rows = 0;
  #judgments = 0;
  #agreeing = 0;
  /** Sum over rows of ordered pairs that disagree, each row's divided by its judgments less one. */
  #disagreement = 0;

  /** @param judgments of one row; of an annotator who is there twice, the last counts */
  add(judgments: readonly Judgment[]): void {
    const own = [...new Map(judgments.map(({ annotator, value }) => [annotator, value]))];
    if (own.length < 2) return;
    const ranked = own.map(([annotator, value]) => ({ number: this.#numberOf(annotator), value })).sort((a, b) => a.number - b.number);
    this.#rows++;
    this.#judgments += ranked.length;
    let disagreeing = 0;
    for (const [at, { number, value }] of ranked.entries()) {
      this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
      for (const other of ranked.slice(at + 1)) {
        if (other.value !== value) disagreeing++;
        this.#count(`${number} ${other.number}`, value, other.value);
      }
    }
    const pairs = (ranked.length * (ranked.length - 1)) / 2;
    this.#agreeing += 1 - disagreeing / pairs;
    this.#disagreement += (2 * disagreeing) / (ranked.length - 1);
  }

  result(): Agreement {
    const kappas = [...this.#tables.values()].map((table) => kappaOf([...table.values()])).filter((kappa) => !Number.isNaN(kappa));
    const total = this.#judgments;
    let expected = total * total;
    for (const count of this.#values.values()) expected -= count * count;
    return {
      rows: this.#rows,
      annotators: this.#annotators.size,
      judgments: total,
      percent: this.#agreeing / this.#rows,
      kappa: kappas.reduce((sum, kappa) => sum + kappa, 0) / kappas.length,
      pairs: kappas.length,
      alpha: 1 - this.#disagreement / (expected / (total - 1)),
    };
  }

  #numberOf(annotator: string): number {
    const number = this.#annotators.get(annotator) ?? this.#annotators.size;
    this.#annotators.set(annotator, number);
    return number;
  }

  #count(pair: string, a: number, b: number): void {
    const table = this.#tables.get(pair) ?? new Map<string, PairCount>();
    this.#tables.set(pair, table);
    const key = `${a} ${b}`;
    table.set(key, { a, b, rows: (table.get(key)?.rows ?? 0) + 1 });
  }
}

interface PairCount {
  readonly a: number;
  readonly b: number;
  readonly rows: number;
}

/** Cohen's kappa of two annotators; NaN where chance alone would make them agree throughout. */
function kappaOf(table: readonly PairCount[]): number {
  const total = table.reduce((sum, { rows }) => sum + rows, 0);
  const [byA, byB] = [new Map<number, number>(), new Map<number, number>()];
  let observed = 0;
  for (const { a, b, rows } of table) {
    if (a === b) observed += rows / total;
    byA.set(a, (byA.get(a) ?? 0) + rows / total);
    byB.set(b, (byB.get(b) ?? 0) + rows / total);
  }
  let expected = 0;
  for (const [value, share] of byA) expected += share * (byB.get(value) ?? 0);
  return expected === 1 ? Number.NaN : (observed - expected) / (1 - expected);
}
