import { MAX_RECORD_BYTES } from "../batcher.ts";
import type { Attributes } from "./attributes.ts";

/**
 * Puts together what a person sees of an element's text. Line ends of the page and what surrounds them are the page's
 * layout and become one space, or nothing at either end of a line; spaces within a line stay as they were typed.
 */
export class HtmlText {
  readonly #limit: number;
  /** Whole lines, and the line that is being put together, in pieces as they came. */
  #lines = "";
  #line = "";
  #atLineStart = true;
  /** A block begins or ended here: what comes next stands on a line of its own. */
  #breaks = false;
  /** It grew over the limit; the end is missing. */
  tooLong = false;

  /** @param limit in UTF-16 units */
  constructor(limit: number = MAX_RECORD_BYTES) {
    this.#limit = limit;
  }

  add(piece: string): void {
    if (this.tooLong) return;
    this.#line += piece;
    if (this.#lines.length + this.#line.length > this.#limit) this.#cut();
  }

  /** What `<br>` stands for. */
  breakLine(): void {
    this.#endLine();
    this.#startLine();
  }

  /** What comes next stands on a line of its own: a block begins or ends here. */
  breakBlock(): void {
    this.#endLine();
    this.#breaks = !this.#atLineStart;
  }

  /** @returns the text without space at its ends, null if there is none, and starts over. */
  take(): string | null {
    this.#endLine();
    const text = this.#lines.trim();
    this.clear();
    return text === "" ? null : text;
  }

  clear(): void {
    this.#lines = "";
    this.#line = "";
    this.#atLineStart = true;
    this.#breaks = false;
    this.tooLong = false;
  }

  #endLine(): void {
    if (this.#line === "") return;
    const line = joinLines(this.#line);
    this.#line = "";
    if (line === "") return;
    if (this.#breaks) this.#startLine();
    this.#append(line);
    this.#atLineStart = false;
  }

  #startLine(): void {
    this.#append("\n");
    this.#atLineStart = true;
    this.#breaks = false;
  }

  #append(piece: string): void {
    if (this.tooLong) return;
    this.#lines += piece;
    if (this.#lines.length > this.#limit) this.#cut();
  }

  #cut(): void {
    this.#lines = (this.#lines + this.#line).slice(0, this.#limit);
    this.#line = "";
    this.tooLong = true;
  }
}

const BLOCKS: ReadonlySet<string> = new Set(["blockquote", "div", "pre"]);

/** Does what the beginning of an element means for the text around it: a line end, an emoji in a picture, a block. */
export function addElement(text: HtmlText, tag: string, attributes: Attributes): void {
  if (tag === "br") text.breakLine();
  else if (tag === "img") text.add(attributes.alt);
  else if (BLOCKS.has(tag)) text.breakBlock();
}

/** Does what the end of an element means for the text around it. */
export function endElement(text: HtmlText, tag: string): void {
  if (BLOCKS.has(tag)) text.breakBlock();
}

/** Lines of the page as one line. */
function joinLines(lines: string): string {
  let newline = lines.indexOf("\n");
  if (newline < 0) return lines;
  let joined = "";
  for (let start = 0; start <= lines.length; start = newline + 1) {
    newline = lines.indexOf("\n", start);
    if (newline < 0) newline = lines.length;
    const line = lines.slice(start, newline).trim();
    if (line !== "") joined = joined === "" ? line : `${joined} ${line}`;
  }
  return joined;
}
