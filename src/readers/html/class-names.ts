/** Lists of classes that are remembered; a page has a few dozen. */
const MAX_LISTS = 256;
/** Longer lists are not remembered. */
const MAX_REMEMBERED = 128;

/** Reads `class` attributes: which of up to 31 known names are in the list, as a set of bits. */
export class ClassNames {
  readonly #names: ReadonlyMap<string, number>;
  readonly #known = new Map<string, number>();

  /** @param names by which the bit of each is given, one bit each. */
  constructor(names: Readonly<Record<string, number>>) {
    this.#names = new Map(Object.entries(names));
  }

  /** @param list as in the attribute: names with spaces between them. */
  bitsOf(list: string): number {
    if (list === "") return 0;
    const known = this.#known.get(list);
    if (known !== undefined) return known;
    let bits = 0;
    for (const name of list.split(/\s+/u)) bits |= this.#names.get(name) ?? 0;
    // Copied, because a piece of a page keeps all of it in memory.
    if (list.length <= MAX_REMEMBERED && this.#known.size < MAX_LISTS) this.#known.set(Buffer.from(list).toString(), bits);
    return bits;
  }
}
