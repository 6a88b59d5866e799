import { CSV } from "./csv.ts";
import { JSONL } from "./jsonl.ts";
import { TEXT } from "./text.ts";
import type { OutputFormat } from "./writer.ts";

/** All output formats. To add one: a file, a row here, a fixture. */
export const WRITERS: readonly OutputFormat[] = [TEXT, JSONL, CSV];
