/** The worst mistakes of a run: negatives that were called with the highest scores, positives that were not with the lowest. */

export interface Mistake<Row> {
  readonly label: string;
  readonly kind: "false positive" | "false negative";
  readonly score: number;
  readonly row: Row;
}

/** Keeps the `size` worst of each label and kind, in memory that does not grow with rows. Of equal scores the first stays. */
export class WorstMistakes<Row> {
  readonly #size: number;
  /** By label and kind, the worst first. */
  readonly #lists = new Map<string, Mistake<Row>[]>();

  constructor(size: number) {
    this.#size = size;
  }

  /** @param make gives what is kept of the row; asked only where it is among the worst so far */
  add(label: string, gold: 0 | 1, score: number, make: () => Row): void {
    if (this.#size === 0) return;
    const kind = gold === 1 ? "false negative" : "false positive";
    const key = `${label} ${kind}`;
    const list = this.#lists.get(key) ?? [];
    this.#lists.set(key, list);
    const isWorse = (other: Mistake<Row>) => (gold === 1 ? score < other.score : score > other.score);
    const last = list[this.#size - 1];
    if (last !== undefined && !isWorse(last)) return;
    let at = list.length;
    while (at > 0 && isWorse(list[at - 1]!)) at--;
    list.splice(at, 0, { label, kind, score, row: make() });
    if (list.length > this.#size) list.pop();
  }

  /** By label in the given order, false positives first, the worst first. */
  list(labels: readonly string[]): Mistake<Row>[] {
    return labels.flatMap((label) => ["false positive", "false negative"].flatMap((kind) => this.#lists.get(`${label} ${kind}`) ?? []));
  }
}
