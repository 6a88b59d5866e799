/**
 * Terms that say several at once: `{чтоб|чтобы} {вы|они|} сдохли` is six phrases. An empty alternative leaves its word out.
 * Braces do not nest; a term without them is itself.
 */

/** More from one term is a mistake. */
const MOST = 4096;

/** @returns all terms, spaces put right; null for braces that do not match, or too many terms. */
export function openAlternatives(term: string): string[] | null {
  if (!term.includes("{") && !term.includes("}")) return [term];
  let opened = [""];
  for (const [k, piece] of term.split("{").entries()) {
    const [choices, rest, ...more] = k === 0 ? ["", piece] : piece.split("}");
    if (rest === undefined || more.length > 0 || rest.includes("}")) return null;
    const several = choices!.split("|");
    if (opened.length * several.length > MOST) return null;
    opened = opened.flatMap((before) => several.map((choice) => before + choice + rest));
  }
  return [...new Set(opened.map((one) => one.replaceAll(/\s+/g, " ").trim()))].filter((one) => one !== "");
}
