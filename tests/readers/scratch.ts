import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { FormatError } from "../../src/core/error.ts";
import { listSources, openSource, type Source } from "../../src/readers/source/source.ts";

/** A folder that exists while the tests of a file run. */
export function scratchFolder(): { path(name: string): string; put(name: string, content: string | Uint8Array): string } {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "qalqan-sources-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    /** Writes a file and returns its path. */
    put(name, content) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}

export async function readAll(source: Source): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openSource(source)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** The code of the one error that a path gives, and nothing else. */
export async function failureOf(path: string): Promise<string> {
  const { sources, failures } = await listSources([path]);
  expect(sources).toEqual([]);
  expect(failures.length).toBe(1);
  expect(failures[0]).toBeInstanceOf(FormatError);
  expect(failures[0]!.message).toContain(path);
  return failures[0]!.code;
}
