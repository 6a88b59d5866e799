import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createClassifier } from "../../src/index.ts";
import { BUILTIN_MODEL, modelPath, openJudge, SHIPPED_MODELS } from "../../src/pipeline/classifier.ts";
import { openSystems } from "../../src/pipeline/open-systems.ts";

const OPEN_MODEL = SHIPPED_MODELS["open"]!;
const CHOICE = { compared: [], predictions: undefined, heads: false, keepReasons: false };

describe("the names of models", () => {
  it("stand for files that come with the program, and paths for themselves", () => {
    expect(modelPath("builtin")).toBe(BUILTIN_MODEL);
    for (const path of ["./open", "./builtin", "my.model", "toString", "Open", ""]) expect(modelPath(path)).toBe(path);
  });

  it("give the default model by its name", async () => {
    const [named, plain] = await Promise.all([openJudge({ model: "builtin" }), openJudge()]);
    expect(named.scorer.model!.header).toEqual(plain.scorer.model!.header);
  });

  it("reach a file that is named as one of them by ./", async () => {
    await expect(openJudge({ model: "./open" })).rejects.toMatchObject({
      code: "E_MODEL_READ",
      message: expect.stringMatching(/^\.\/open: the model cannot be read/) as string,
    });
  });

  it("are told apart in a comparison", async () => {
    const choice = { ...CHOICE, compared: ["builtin", "none"] };
    const names = (await openSystems(choice, [], {}, () => {})).map(({ name }) => name);
    expect(names).toEqual(["the built-in model", "lexicons and rules alone"]);
    const [only] = await openSystems(CHOICE, [], { model: "builtin" }, () => {});
    expect(only!.name).toBe("the built-in model");
  });
});

describe.skipIf(existsSync(OPEN_MODEL))("the open model, where it is not there", () => {
  const refusal = { code: "E_MODEL_READ", message: expect.stringMatching(/open\.model: the model "open" .*\.\/open for a file/) as string };

  it("is refused by the library", async () => {
    await expect(createClassifier({ model: "open" })).rejects.toMatchObject({ name: "ConfigError", ...refusal });
  });

  it("is refused by a comparison", async () => {
    await expect(openSystems({ ...CHOICE, compared: ["builtin", "open"] }, [], {}, () => {})).rejects.toMatchObject(refusal);
  });
});

describe.skipIf(!existsSync(OPEN_MODEL))("the open model", () => {
  it("is another than the default one, and can be compared with it", async () => {
    const [open, builtin] = await Promise.all([openJudge({ model: "open" }), openJudge()]);
    expect(open.scorer.model!.header.sets.length).toBeLessThan(builtin.scorer.model!.header.sets.length);
    const systems = await openSystems({ ...CHOICE, compared: ["builtin", "open"] }, [], {}, () => {});
    expect(systems.map(({ name }) => name)).toEqual(["the built-in model", "the open model"]);
  });
});
