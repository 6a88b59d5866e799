import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  encodeModel,
  FEATURES,
  MODEL_VERSION,
  type Model,
  type ModelHeader,
  parseModel,
  readModel,
  scoreFeatures,
} from "../../src/bayes/model.ts";
import { checkHeader } from "../../src/bayes/model-schema.ts";
import { ConfigError } from "../../src/core/error.ts";

const folder = mkdtempSync(join(tmpdir(), "qalqan-model-"));
afterAll(() => rmSync(folder, { recursive: true }));

const BITS = 8;

function header(labels: readonly ("slur" | "incitement" | "hate")[] = ["incitement", "hate"]): ModelHeader {
  const combination = {
    prior: -4,
    signals: 1,
    evidence: 0.5,
    offset: 0,
    limit: 6,
    review: 0.2,
    flag: 0.5,
  };
  return {
    features: FEATURES,
    bits: BITS,
    heads: labels.map((label, k) => ({
      label,
      scale: 0.01 * (k + 1),
      languages: ["kk", "ru"],
    })),
    combinations: {
      slur: combination,
      incitement: combination,
      hate: combination,
    },
    sets: [
      {
        name: "some-set",
        rows: 10,
        positive: { hate: 4 },
        negative: { hate: 6 },
      },
    ],
    options: {
      smoothing: 0.1,
      benignShare: 1,
      baseRate: 0.01,
      weights: { "some-set": 2 },
    },
  };
}

const weightsOf = (heads: number) => Int8Array.from({ length: heads << BITS }, (_, k) => ((k * 37) % 255) - 127);
const FILE = encodeModel(header(), weightsOf(2));
/** Where the header's JSON begins. */
const JSON_START = 12;

function codeOf(file: Buffer): string {
  try {
    parseModel("some.model", file, checkHeader);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(/^some\.model: .*qalqan train/s);
    return (error as ConfigError).code;
  }
  return "read";
}

function withHeader(changes: Record<string, unknown>): Buffer {
  return encodeModel({ ...header(), ...changes } as ModelHeader, weightsOf(2));
}

describe("a model file", () => {
  it("gives back the header and weights it was written from", () => {
    for (const labels of [["hate"], ["incitement", "hate"], ["slur", "incitement", "hate"]] as const) {
      const model = parseModel("some.model", encodeModel(header(labels), weightsOf(labels.length)), checkHeader);
      expect(model.header).toEqual(header(labels));
      expect(model.weights).toEqual(weightsOf(labels.length));
      expect([model.bits, model.heads]).toEqual([BITS, labels.length]);
    }
  });

  it("has the same bytes for the same model, also when read and written again", () => {
    expect(encodeModel(header(), weightsOf(2)).equals(FILE)).toBe(true);
    const model = parseModel("some.model", FILE, checkHeader);
    expect(encodeModel(model.header, model.weights).equals(FILE)).toBe(true);
  });

  it("writes only the weights of a view into a larger array", () => {
    const whole = new Int8Array(600).fill(9);
    whole.set(weightsOf(2), 44);
    expect(encodeModel(header(), whole.subarray(44, 44 + 512)).equals(FILE)).toBe(true);
  });

  it("is read from disk", () => {
    const path = join(folder, "some.model");
    writeFileSync(path, FILE);
    expect(readModel(path, checkHeader).weights).toEqual(weightsOf(2));
  });

  it("that is not there cannot be read", () => {
    expect(() => readModel(join(folder, "nowhere"), checkHeader)).toThrow(
      expect.objectContaining({
        name: "ConfigError",
        code: "E_MODEL_READ",
        message: expect.stringContaining("nowhere"),
      }),
    );
  });

  const version = Buffer.from(FILE);
  version[7] = MODEL_VERSION + 1;
  const magic = Buffer.from(FILE);
  magic[0] = 0x71;
  const brokenJson = Buffer.from(FILE);
  brokenJson[JSON_START] = 0x5b;
  const endless = Buffer.from(FILE);
  endless.writeUInt32LE(0xffffffff, 8);

  it.each<[about: string, file: Buffer, code: string]>([
    ["as it should be", FILE, "read"],
    ["empty", Buffer.alloc(0), "E_MODEL_FORMAT"],
    ["of other magic", magic, "E_MODEL_FORMAT"],
    ["that ends after its magic", FILE.subarray(0, 7), "E_MODEL_FORMAT"],
    ["of another version", version, "E_MODEL_VERSION"],
    ["that ends inside its header", FILE.subarray(0, 40), "E_MODEL_FORMAT"],
    ["with a header longer than the file", endless, "E_MODEL_FORMAT"],
    ["with a header that is no JSON", brokenJson, "E_MODEL_FORMAT"],
    ["with weights missing", FILE.subarray(0, FILE.length - 1), "E_MODEL_FORMAT"],
    ["with weights too many", Buffer.concat([FILE, Buffer.alloc(1)]), "E_MODEL_FORMAT"],
    ["made for other features", withHeader({ features: "words/0" }), "E_MODEL_VERSION"],
    ["with a field missing", withHeader({ heads: undefined }), "E_MODEL_FORMAT"],
    ["with an unknown field", withHeader({ extra: 1 }), "E_MODEL_FORMAT"],
    ["with a label missing from its combinations", withHeader({ combinations: { hate: header().combinations.hate } }), "E_MODEL_FORMAT"],
    ["with a head of no label", withHeader({ heads: [{ label: "rude", scale: 1, languages: [] }] }), "E_MODEL_FORMAT"],
    ["with a scale of nought", withHeader({ heads: [{ label: "hate", scale: 0, languages: [] }] }), "E_MODEL_FORMAT"],
    ["with a table beyond reason", withHeader({ bits: 30 }), "E_MODEL_FORMAT"],
  ])("%s", (_, file, code) => {
    expect(codeOf(file)).toBe(code);
  });

  it("cut or changed anywhere gives a ConfigError or a model, nothing else", () => {
    fc.assert(
      fc.property(fc.nat(FILE.length), fc.nat(FILE.length - 1), fc.nat(255), (length, at, byte) => {
        const file = Buffer.from(FILE.subarray(0, length));
        if (at < length) file[at] = byte;
        expect(["read", "E_MODEL_FORMAT", "E_MODEL_VERSION"]).toContain(codeOf(file));
      }),
      { numRuns: 500 },
    );
  });
});

describe("scoreFeatures", () => {
  function model(labels: readonly ("slur" | "incitement" | "hate")[]): Model {
    return parseModel("some.model", encodeModel(header(labels), weightsOf(labels.length)), checkHeader);
  }

  it("sums each head's weights and divides by the root of their number", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<("slur" | "incitement" | "hate")[]>(["hate"], ["incitement", "hate"], ["slur", "incitement", "hate"]),
        fc.array(fc.nat(255), { maxLength: 50 }),
        (labels, features) => {
          const some = model(labels);
          const evidence = new Float64Array(some.heads).fill(99);
          scoreFeatures(some, Int32Array.from([...features, 1, 2]), features.length, evidence);
          evidence.forEach((value, head) => {
            const sum = features.reduce((total, feature) => total + some.weights[feature * some.heads + head]!, 0);
            expect(value).toBeCloseTo((sum * some.header.heads[head]!.scale) / Math.sqrt(Math.max(1, features.length)), 10);
          });
        },
      ),
    );
  });

  it("has no evidence where there are no features", () => {
    const evidence = new Float64Array(2).fill(99);
    scoreFeatures(model(["incitement", "hate"]), new Int32Array(4), 0, evidence);
    expect([...evidence]).toEqual([0, 0]);
  });
});
