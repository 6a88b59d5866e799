/** Messages of the suite of calls: the only place tests take words from that must be found or left alone. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface SuiteRow {
  id: string;
  lang: string;
  text: string;
  label: 0 | 1;
  functionality: string;
}

const FOLDER = new URL("../../fixtures/functional/calls/", import.meta.url);

export const SUITE_FILES: readonly string[] = ["kk", "ru", "en"].map((language) => fileURLToPath(new URL(`${language}.jsonl`, FOLDER)));
export const SUITE: readonly SuiteRow[] = SUITE_FILES.flatMap((path) =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as SuiteRow),
);

export function suiteText(id: string): string {
  const row = SUITE.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`the suites have no row ${id}`);
  return row.text;
}

/** Plain calls, one a language, that any state of the lexicons flags. */
export const CALLS: readonly string[] = ["kk-call-01", "ru-call-03", "en-call-01"].map(suiteText);
/** Small talk, one a language. */
export const SMALL_TALK = ["Ертең сағат онда жиналыс болады", "Кто завтра едет в город?", "nice weather today"] as const;

export const SAMPLE: string = fileURLToPath(new URL("../../fixtures/sample/WhatsApp Chat with Ауыл чат.txt", import.meta.url));
