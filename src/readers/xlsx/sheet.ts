import { MAX_RECORD_BYTES } from "../batcher.ts";
import { dateText, numberText, unescapeText } from "./cell-text.ts";
import { type GridWriter, MAX_COLUMNS } from "./grid.ts";
import type { SharedStrings } from "./shared-strings.ts";
import type { Styles } from "./styles.ts";
import { TextRuns } from "./text-runs.ts";
import type { XmlTarget } from "./xml.ts";

const MAX_ROWS: number = 1 << 20;

/** What the sheets of a workbook have in common. */
export interface Workbook {
  readonly strings: SharedStrings;
  readonly styles: Styles;
  readonly is1904: boolean;
}

/** Writes the rows of one sheet. Of formulas it takes what they came to when the workbook was saved. */
export class Sheet implements XmlTarget {
  readonly #workbook: Workbook;
  readonly #out: GridWriter;
  readonly #runs = new TextRuns();
  #inData = false;
  #inValue = false;
  #row = 0;
  #column = -1;
  #type = "";
  #style = 0;
  #value = "";

  constructor(workbook: Workbook, out: GridWriter) {
    this.#workbook = workbook;
    this.#out = out;
  }

  get isFull(): boolean {
    return this.#out.isFull;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "sheetData") this.#inData = true;
    if (!this.#inData) return;
    if (name === "row") this.#startRow(Number(attributes["r"]));
    else if (name === "c") this.#startCell(attributes);
    else if (name === "v") this.#inValue = true;
    else this.#runs.open(name);
  }

  text(data: string): void {
    if (this.#inValue && this.#value.length <= MAX_RECORD_BYTES) this.#value += data;
    else this.#runs.text(data);
  }

  close(name: string): void {
    if (!this.#inData) return;
    if (name === "sheetData") this.#inData = false;
    else if (name === "row") this.#out.endRow();
    else if (name === "c") this.#endCell();
    else if (name === "v") this.#inValue = false;
    else this.#runs.close(name);
  }

  /** Rows and cells that do not say where they are follow the one before. */
  #startRow(number: number): void {
    this.#row = number > this.#row && number <= MAX_ROWS ? Math.floor(number) : this.#row + 1;
    this.#column = -1;
    this.#out.startRow(this.#row);
  }

  #startCell(attributes: Readonly<Record<string, string>>): void {
    const place = attributes["r"];
    this.#column = place === undefined ? this.#column + 1 : columnOf(place);
    this.#type = attributes["t"] ?? "n";
    this.#style = Number(attributes["s"] ?? 0);
    this.#value = "";
    this.#runs.start();
  }

  #endCell(): void {
    const { strings, styles, is1904 } = this.#workbook;
    const value = this.#value;
    this.#inValue = false;
    if (this.#type === "s") {
      const index = value === "" ? -1 : Number(value);
      if (strings.has(index)) this.#out.cellBytes(this.#column, strings.bytes, strings.start(index), strings.end(index));
      return;
    }
    let text = value;
    if (this.#type === "inlineStr") text = this.#runs.finish();
    else if (this.#type === "str") text = unescapeText(value);
    else if (this.#type === "b") text = value === "1" || value === "true" ? "TRUE" : value === "" ? "" : "FALSE";
    else if (this.#type === "n") text = styles.isDate(this.#style) ? dateText(value, is1904) : numberText(value);
    this.#out.cell(this.#column, text);
  }
}

/** The column of `BC23`, from 0; one past the last for what is none. */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at++) {
    const letter = (place.charCodeAt(at) | 32) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > MAX_COLUMNS) return MAX_COLUMNS;
  }
  return column === 0 ? MAX_COLUMNS : column - 1;
}
