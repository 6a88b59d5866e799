import type { ScanTally } from "../pipeline/tally.ts";
import type { Source } from "../readers/source.ts";
import { showSafely } from "../writers/terminal.ts";

const EVERY_MS = 200;
const number = new Intl.NumberFormat("en-US");

/** One line on stderr that is written over; silent unless wanted. */
export class ProgressLine {
  readonly #wanted: boolean;
  #shownAtMs = 0;
  #shown = false;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  show(tally: ScanTally, source: Source): void {
    if (!this.#wanted) return;
    const now = performance.now();
    if (now - this.#shownAtMs < EVERY_MS) return;
    this.#shownAtMs = now;
    this.#shown = true;
    process.stderr.write(`\r\u001b[K${number.format(tally.messages)} messages, ${number.format(tally.decisions[2] ?? 0)} flagged, ${showSafely(source.path)}`.slice(0, process.stderr.columns ?? 100));
  }

  clear(): void {
    if (this.#shown) process.stderr.write("\r\u001b[K");
    this.#shown = false;
  }
}
