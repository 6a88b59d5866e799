/** Figures as people read them. "–" is what is undefined. */

const UNDEFINED = "–";

/** 0.986 */
export function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : UNDEFINED;
}

/** +0.013; without a sign where it rounds to nothing. */
export function signed(value: number, decimals: number = 3): string {
  if (!Number.isFinite(value)) return UNDEFINED;
  const size = Math.abs(value).toFixed(decimals);
  return Number(size) === 0 ? size : `${value < 0 ? "−" : "+"}${size}`;
}

/** .981–.990, so that two fit beside their figure. */
export function interval([low, high]: readonly [number, number]): string {
  return Number.isFinite(low) && Number.isFinite(high) ? `${bare(low)}–${bare(high)}` : UNDEFINED;
}

/** −0.016 … −0.006, of differences. */
export function signedInterval([low, high]: readonly [number, number]): string {
  return Number.isFinite(low) && Number.isFinite(high) ? `${signed(low)} … ${signed(high)}` : UNDEFINED;
}

/** 28.2 % */
export function percent(value: number): string {
  return Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : UNDEFINED;
}

/** Two decimals, or as many as it needs: thresholds are mostly 0.5. */
export function threshold(value: number): string {
  if (!Number.isFinite(value)) return UNDEFINED;
  return Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? value.toFixed(2) : value.toFixed(4);
}

/** 0.031, or <0.001 */
export function chance(p: number): string {
  return p < 0.001 ? "<0.001" : share(p);
}

/** How wide text is in a terminal, near enough: combining marks take no room. */
export function widthOf(text: string): number {
  return [...text.replaceAll(/\p{M}/gu, "")].length;
}

/** At most `width` characters, the last one "…" where something was cut. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = [...text.slice(0, width * 8)];
  while (characters.length > 0 && widthOf(characters.join("")) >= width) characters.pop();
  return `${characters.join("")}…`;
}

function bare(value: number): string {
  return value.toFixed(3).replace(/^0\./, ".");
}
