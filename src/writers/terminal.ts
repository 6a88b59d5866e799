/** Text for a terminal: nothing that a message holds may act on it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Shows control, direction and invisible characters as visible symbols; keeps line breaks and tabs as spaces. */
export function showSafely(text: string): string {
  return text.replaceAll("\t", " ").replace(CONTROLS, (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20) return String.fromCodePoint(0x2400 + point);
    return point === 0x7f ? "␡" : `\\u${point.toString(16).padStart(4, "0")}`;
  });
}

/** The same on one line, for names: a line break in one would begin a line that looks like the program's own. */
export function showOnOneLine(text: string): string {
  return showSafely(text).replaceAll("\n", "␊");
}

const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  mark: [7, 27],
} as const;
export type Style = keyof typeof STYLES;

/** A painter that does nothing where colours are not wanted. */
export function painter(color: boolean): (style: Style, text: string) => string {
  return (style, text) => (color ? `\u001b[${STYLES[style][0]}m${text}\u001b[${STYLES[style][1]}m` : text);
}
