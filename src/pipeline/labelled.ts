/** Labelled rows from JSONL files, streamed. A row that is no JSON object with a text is counted, said and left out. */
import { basename } from "node:path";
import { type Gold, goldOf } from "../evaluation/gold.ts";
import { listSources, openSource } from "../readers/source.ts";

export interface LabelledMessage {
  readonly text: string;
  readonly gold: Gold;
  /** The judgments of single annotators; empty where there is one gold. */
  readonly votes: readonly { readonly annotator: string; readonly gold: Gold }[];
  /** Name of the file without its endings: the set it is of. */
  readonly set: string;
  readonly id: string;
  /** As the row says, null where it does not. */
  readonly language: string | null;
  readonly split: string | null;
  readonly functionality: string | null;
  readonly target: string | null;
}

function fieldText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/**
 * @param split only rows of this split; rows that name none are always given. null: all.
 * @param remark told of what was left out
 * @throws FormatError where a file cannot be read: training and measuring on a part would mislead.
 */
export async function* readLabelled(
  paths: readonly string[],
  split: string | null,
  remark: (line: string) => void,
): AsyncGenerator<LabelledMessage> {
  const { sources, failures, skipped } = await listSources(paths);
  if (failures[0]) throw failures[0];
  for (const { path, reason } of skipped) remark(`${path}: skipped, ${reason}`);
  for (const source of sources) {
    const set = basename(source.path)
      .replace(/\.gz$/, "")
      .replace(/\.jsonl$/, "");
    let line = 0;
    let unread = 0;
    for await (const text of readLines(openSource(source))) {
      line++;
      if (text.trim() === "") continue;
      const row = parseRow(text);
      const message = row === null ? null : fieldText(row["text"]);
      if (row === null || message === null) {
        unread++;
        continue;
      }
      const rowSplit = fieldText(row["split"]);
      if (split !== null && rowSplit !== null && rowSplit !== split) continue;
      yield {
        text: message,
        gold: goldOf(row),
        votes: [],
        set,
        id: fieldText(row["id"]) ?? String(line),
        language: fieldText(row["lang"]) ?? fieldText(row["language"]),
        split: rowSplit,
        functionality: fieldText(row["functionality"]),
        target: fieldText(row["target"]),
      };
    }
    if (unread > 0) remark(`${source.path}: ${unread} of ${line} lines are no JSON objects with a "text"; they were left out`);
  }
}

function parseRow(text: string): Record<string, unknown> | null {
  try {
    const row: unknown = JSON.parse(text);
    return typeof row === "object" && row !== null && !Array.isArray(row) ? (row as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}
