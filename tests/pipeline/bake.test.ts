import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { encodeModel, FEATURES } from "../../src/bayes/model.ts";
import { LABEL_NAMES } from "../../src/core/label.ts";
import { presetThresholds } from "../../src/scoring/decide.ts";
import { ROOT } from "../cli/run.ts";
import { createFolder, type TestFolder } from "./collected.ts";

/** A model that knows nothing. */
const SOUND = encodeModel(
  {
    features: FEATURES,
    bits: 8,
    heads: [{ name: "hate", scale: 1, languages: {} }],
    combinations: Object.fromEntries(
      LABEL_NAMES.map((label) => [label, { prior: -4.6, signals: 1, voices: {}, thresholds: presetThresholds(0.5, 0.2) }]),
    ) as never,
    sets: [],
    base: null,
    options: {
      method: "nb",
      bits: 8,
      smoothing: 1,
      minimumCount: 1,
      benignShare: 1,
      baseRate: 0.01,
      weights: {},
      limits: {},
      rate: 0.2,
      ridge: 0,
      epochs: 1,
      seed: 1,
    },
  },
  new Int8Array(1 << 8),
);
const OLD = Buffer.from(SOUND);
OLD[7] = 1;

/** The built program and its lexicons, in a folder whose models may be changed. */
let copy: TestFolder;
beforeAll(() => {
  copy = createFolder();
  cpSync(join(ROOT, "dist"), join(copy.path, "dist"), { recursive: true, filter: (path) => !path.endsWith(".bin") });
  cpSync(join(ROOT, "package.json"), join(copy.path, "package.json"));
  for (const name of ["lexicons", "node_modules"]) symlinkSync(join(ROOT, name), join(copy.path, name));
});
afterAll(() => copy.remove());
beforeEach(() => {
  rmSync(join(copy.path, "models"), { recursive: true, force: true });
  rmSync(join(copy.path, "dist/lexicons.bin"), { force: true });
  mkdirSync(join(copy.path, "models"));
});

function bake(...args: string[]): { status: number | null; stderr: string; hasWritten: boolean } {
  const { status, stderr } = spawnSync(process.execPath, [join(copy.path, "dist/pipeline/bake.js"), ...args], { encoding: "utf8" });
  return { status, stderr, hasWritten: existsSync(join(copy.path, "dist/lexicons.bin")) };
}

function put(name: "qalqan" | "open", bytes: Uint8Array): void {
  writeFileSync(join(copy.path, `models/${name}.model`), bytes);
}

describe("the build's last step", () => {
  it("goes on where a model is of another version, with a warning that says which and what to do", () => {
    put("qalqan", OLD);
    put("open", OLD);
    const { status, stderr, hasWritten } = bake();
    expect([status, hasWritten]).toEqual([0, true]);
    expect(stderr).toMatch(/^warning: .*qalqan\.model: model version 1; .* Train a model[^\n]*\nwarning: .*open\.model: [^\n]*\n$/);
  });

  it("goes on without the built-in model, which is still to be trained", () => {
    const { status, stderr, hasWritten } = bake();
    expect([status, hasWritten]).toEqual([0, true]);
    expect(stderr).toMatch(/^warning: .*qalqan\.model is not there/);
  });

  it("ends where a model is damaged", () => {
    put("qalqan", SOUND.subarray(0, SOUND.length - 1));
    const { status, stderr } = bake();
    expect(status).not.toBe(0);
    expect(stderr).toContain("E_MODEL_FORMAT");
  });
});

describe("the build's last step with --check", () => {
  it("ends with 1 where models are of another version, and writes nothing", () => {
    put("qalqan", OLD);
    put("open", OLD);
    const { status, stderr, hasWritten } = bake("--check");
    expect([status, hasWritten]).toEqual([1, false]);
    expect(stderr).toMatch(/^error: .*qalqan\.model: model version 1[^\n]*\nerror: .*open\.model: [^\n]*\n$/);
  });

  it("does not ask for the open model", () => {
    put("qalqan", SOUND);
    expect(bake("--check")).toEqual({ status: 0, stderr: "", hasWritten: false });
  });

  it("ends with 1 without the built-in model", () => {
    expect(bake("--check")).toMatchObject({ status: 1, stderr: expect.stringContaining("qalqan.model is not there") as string });
  });

  it("passes for the models that this version comes with", () => {
    for (const name of ["qalqan", "open"] as const)
      if (existsSync(join(ROOT, `models/${name}.model`))) put(name, readFileSync(join(ROOT, `models/${name}.model`)));
    expect(bake("--check")).toMatchObject({ status: 0, stderr: "" });
  });
});
