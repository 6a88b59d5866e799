import { MAX_RECORD_BYTES } from "../batcher.ts";
import { unescapeText } from "./cell-text.ts";

/**
 * Puts a text together from its runs: `<t>a</t>`, or `<r><t>a</t></r><r><t>b</t></r>` where parts are formatted. How it is
 * pronounced (`rPh`) does not belong to it.
 */
export class TextRuns {
  #text = "";
  #inText = false;
  #inPhonetic = false;

  start(): void {
    this.#text = "";
    this.#inText = false;
    this.#inPhonetic = false;
  }

  open(name: string): void {
    if (name === "t") this.#inText = !this.#inPhonetic;
    else if (name === "rPh") this.#inPhonetic = true;
  }

  text(data: string): void {
    if (this.#inText && this.#text.length <= MAX_RECORD_BYTES) this.#text += data;
  }

  close(name: string): void {
    if (name === "t") this.#inText = false;
    else if (name === "rPh") this.#inPhonetic = false;
  }

  finish(): string {
    return unescapeText(this.#text);
  }
}
