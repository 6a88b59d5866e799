/** A scan whose output stays in memory, and a folder for its input. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FileReport } from "../../src/pipeline/file-report.ts";
import type { Judge } from "../../src/pipeline/judge.ts";
import { type ScanOptions, scan } from "../../src/pipeline/scan.ts";
import type { ScanTally } from "../../src/pipeline/tally.ts";
import { JSONL } from "../../src/writers/jsonl.ts";
import type { OutputFormat } from "../../src/writers/writer.ts";

export interface ScannedRecord {
  id: string | null;
  source: string;
  line: number;
  text: string;
  kind?: string;
  locator?: string;
  authorId?: string;
  replyTo?: string;
  forwarded?: boolean;
  forwardedFrom?: string;
  edited?: boolean;
  decision: string;
  labels: string[];
  score: number;
  scores: Record<string, number>;
  signals: {
    label: string;
    start: number;
    end: number;
    text: string;
    entry: string;
    source: string;
  }[];
  error?: { code: string; message: string; source: string; line: number };
}

export interface Scanned {
  text: string;
  /** Of JSONL. */
  records: ScannedRecord[];
  tally: ScanTally;
  files: readonly FileReport[];
  failures: number;
  remarks: string[];
  complaints: string[];
}

export async function scanned(
  judge: Judge,
  paths: readonly string[],
  options: Partial<ScanOptions> = {},
  format: OutputFormat = JSONL,
): Promise<Scanned> {
  const pieces: Buffer[] = [];
  const remarks: string[] = [];
  const complaints: string[] = [];
  const { tally, files, failures } = await scan(
    {
      paths,
      from: "auto",
      lowestDecision: 0,
      includeSystem: false,
      ...options,
    },
    judge,
    format.open({ color: false }),
    {
      write: async (bytes) => void pieces.push(Buffer.from(bytes)),
      remark: (line) => void remarks.push(line),
      complain: (line) => void complaints.push(line),
      progress: () => {},
    },
  );
  const text = Buffer.concat(pieces).toString("utf8");
  return {
    text,
    records: format === JSONL ? recordsOf(text) : [],
    tally,
    files,
    failures: failures.length,
    remarks,
    complaints,
  };
}

export function recordsOf(jsonl: string): ScannedRecord[] {
  return jsonl
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ScannedRecord);
}

export interface TestFolder {
  readonly path: string;
  /** Writes a file, with the folders above it. @returns its path. */
  put(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function createFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "qalqan-"));
  return {
    path,
    put(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
