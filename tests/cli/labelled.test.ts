import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createFolder, type TestFolder } from "../pipeline/collected.ts";
import { run, shell } from "./run.ts";

vi.setConfig({ testTimeout: 30_000 });

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

/** Rows with hate gold, and how many of them carry it. */
function hateRows(stdout: string): unknown {
  const { measures } = JSON.parse(stdout) as { measures: { label: string; facet: string | null; n: number; positives: number }[] };
  const row = measures.find((measure) => measure.label === "hate" && measure.facet === null)!;
  return [row.n, row.positives];
}

describe.concurrent("labelled files", () => {
  const table = readFileSync("fixtures/labelled/tsv-one-of-three/input.tsv", "utf8");

  it("can be read once, from standard input and from a pipe", async () => {
    expect(hateRows((await run(["evaluate", "-", "--json"], { input: table })).stdout)).toEqual([3, 1]);
    expect(hateRows((await shell('Q evaluate <(cat "$1") --json', [folder.put("piped.tsv", table)])).stdout)).toEqual([3, 1]);
  });

  it("mean to evaluate and train what --map says", async () => {
    const file = folder.put(
      "mine.csv",
      `text,label\n${Array.from({ length: 40 }, (_, row) => `text number ${row},${row % 2 === 0 ? "x" : "y"}`).join("\n")}`,
    );
    const map = folder.put("map.json", '{"mine": {"x": {"hate": 1}, "y": {"hate": 0}}}');
    expect(hateRows((await run(["evaluate", file, "--map", map, "--json"])).stdout)).toEqual([40, 20]);
    const output = join(folder.path, "mapped.model");
    expect(await run(["train", file, "-o", output, "--bits", "10"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/E_TRAIN_EMPTY/),
    });
    const trained = await run(["train", file, "-o", output, "--bits", "10", "--map", map]);
    expect(trained).toMatchObject({ code: 0, stderr: expect.stringMatching(/40 labelled rows of 1 sets/) });
  });

  it("are not read where the map is wrong", async () => {
    const map = folder.put("wrong.json", '{"mine": {"x": {"hat": 1}}}');
    const { code, stderr } = await run(["evaluate", folder.put("any.tsv", table), "--map", map]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.json: \$\["mine"\]\["x"\]: expected .* got \{"hat": 1\}.*E_MAP/);
  });
});
