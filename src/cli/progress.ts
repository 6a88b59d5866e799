import { grouped } from "../core/grouped.ts";
import type { ScanTally } from "../pipeline/tally.ts";
import type { Source } from "../readers/source/source.ts";
import { showSafely } from "../writers/terminal.ts";

const EVERY_MS = 200;

/** One line on stderr that is written over; silent unless wanted. */
export class ProgressLine {
  readonly #wanted: boolean;
  #shownAtMs = 0;
  #shown = false;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  show(tally: ScanTally, source: Source): void {
    this.showText(`${grouped(tally.messages)} messages, ${grouped(tally.decisions[2] ?? 0)} flagged, ${showSafely(source.path)}`);
  }

  /** @param text safe to print */
  showText(text: string): void {
    if (!this.#wanted) return;
    const now = performance.now();
    if (now - this.#shownAtMs < EVERY_MS) return;
    this.#shownAtMs = now;
    this.#shown = true;
    process.stderr.write(`\r\u001b[K${text}`.slice(0, process.stderr.columns ?? 100));
  }

  clear(): void {
    if (this.#shown) process.stderr.write("\r\u001b[K");
    this.#shown = false;
  }
}
