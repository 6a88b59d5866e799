/** Names that someone may have meant. */

const MOST_SUGGESTED = 3;

/** The names that are most like `wanted`, nearest first: those that hold it, and those a few letters away. */
export function nearestNames(wanted: string, names: Iterable<string>): string[] {
  const allowed = Math.max(2, Math.floor(wanted.length / 4));
  const rated: { name: string; distance: number }[] = [];
  for (const name of names) {
    const held = wanted.length >= 3 && name.includes(wanted);
    const distance = held ? (name.length - wanted.length) / 100 : editDistance(wanted, name, allowed);
    if (distance <= allowed) rated.push({ name, distance });
  }
  return rated
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_SUGGESTED)
    .map(({ name }) => name);
}

/** "Did you mean a, b?", or nothing where no name is near. */
export function suggest(wanted: string, names: Iterable<string>): string {
  const near = nearestNames(wanted, names);
  return near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
}

/** Letters to change, add or leave out; more than `most` is `most + 1`. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return Math.min(row[b.length]!, most + 1);
}
