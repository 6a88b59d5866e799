/** The order of files: the same on every machine, unlike a locale's. */

/** Sorted by folders, then by names. @param pathOf with "/" between folders */
export function sortByPath<T>(items: readonly T[], pathOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, parts: pathOf(item).split("/") }))
    .sort((a, b) => compareParts(a.parts, b.parts))
    .map(({ item }) => item);
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const order = compareNames(a[index]!, b[index]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/**
 * Where both have digits, by the number they make (messages2.html before messages10.html), else by code points. Different
 * names are never equal: "01" comes before "1".
 */
export function compareNames(a: string, b: string): number {
  let [at, bt] = [0, 0];
  while (at < a.length && bt < b.length) {
    if (isDigit(a, at) && isDigit(b, bt)) {
      at = skipZeros(a, at);
      bt = skipZeros(b, bt);
      let order = 0;
      // Of numbers of one length the first digit that differs tells them apart.
      for (; isDigit(a, at) && isDigit(b, bt); at++, bt++) if (order === 0) order = a.charCodeAt(at) - b.charCodeAt(bt);
      if (isDigit(a, at)) return 1;
      if (isDigit(b, bt)) return -1;
      if (order !== 0) return order;
    } else {
      const [aPoint, bPoint] = [a.codePointAt(at)!, b.codePointAt(bt)!];
      if (aPoint !== bPoint) return aPoint - bPoint;
      const length = aPoint > 0xffff ? 2 : 1;
      at += length;
      bt += length;
    }
  }
  const rest = a.length - at - (b.length - bt);
  return rest !== 0 ? rest : a < b ? -1 : a > b ? 1 : 0;
}

function skipZeros(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 0x30) at++;
  return at;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}
