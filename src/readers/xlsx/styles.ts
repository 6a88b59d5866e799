import type { XmlTarget } from "./xml.ts";

/** Formats of dates and times that every workbook has (ECMA-376 part 1, 18.8.30), Chinese, Japanese, Korean and Thai ones among them. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
  [71, 81],
];
const MAX_STYLES: number = 1 << 16;
/** Excel allows 255. */
const MAX_FORMAT_LENGTH = 1000;

/** Learns from a workbook's styles which of them show a number as a date or time. */
export class Styles implements XmlTarget {
  readonly #formats = new Set<number>();
  readonly #areDates: boolean[] = [];
  #inCells = false;

  /** @param style is the number that a cell gives; whatever it is. */
  isDate(style: number): boolean {
    return this.#areDates[style] === true;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "cellXfs") this.#inCells = true;
    else if (name === "numFmt" && isDateFormat(attributes["formatCode"] ?? "")) this.#formats.add(Number(attributes["numFmtId"]));
    else if (name === "xf" && this.#inCells && this.#areDates.length < MAX_STYLES) {
      const format = Number(attributes["numFmtId"]);
      this.#areDates.push(this.#formats.has(format) || BUILT_IN.some(([first, last]) => format >= first && format <= last));
    }
  }

  text(): void {}

  close(name: string): void {
    if (name === "cellXfs") this.#inCells = false;
  }
}

/** Whether a format has a letter of dates or times. `[h]:mm` counts hours without end and is none. */
export function isDateFormat(code: string): boolean {
  if (code.length > MAX_FORMAT_LENGTH || /\[[hms]+\]/iu.test(code)) return false;
  // Taken away: what is quoted, escaped, a filler or a space as wide as a letter, colours and languages in brackets.
  return /[ymdhs]/iu.test(code.replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/gu, ""));
}
