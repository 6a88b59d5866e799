import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  type Combination,
  createModel,
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
import { type Head, LANGUAGES, PRESETS } from "../../src/core/label.ts";

const folder = mkdtempSync(join(tmpdir(), "qalqan-model-"));
afterAll(() => rmSync(folder, { recursive: true }));

const BITS = 8;

const HEADS = [["hate"], ["hate", "abuse"], ["hate", "incitement", "abuse"]] as const satisfies readonly (readonly Head[])[];

function header(heads: readonly Head[] = HEADS[1]): ModelHeader {
  const at = (flag: number) => ({ flag, review: flag / 2 });
  const combination: Combination = {
    prior: -4,
    signals: 1,
    voices: { kk: { evidence: heads.map((_, k) => 1.5 - k), offset: -0.25, limit: 2 } },
    thresholds: { precision: at(0.8), balanced: at(0.5), recall: at(0.3) },
  };
  return {
    features: FEATURES,
    bits: BITS,
    heads: heads.map((name, k) => ({ name, scale: 1.5 * (k + 1), languages: { kk: { slope: 0.9, offset: 0.1 } } })),
    combinations: { slur: { ...combination, voices: {} }, incitement: combination, hate: combination },
    sets: [{ name: "some-set", rows: 10, positive: { hate: 4 }, negative: { hate: 6 } }],
    base: null,
    options: {
      method: "nblr",
      bits: BITS,
      smoothing: 0.1,
      minimumCount: 1,
      benignShare: 1,
      baseRate: 0.01,
      weights: { "some-set": 2 },
      limits: { "hate.kk": 2 },
      rate: 0.2,
      ridge: 0,
      epochs: 3,
      seed: 1,
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

const VOICE = { evidence: [1, 2], offset: 0, limit: 1 };
const withHead = (changes: object) => withHeader({ heads: [header().heads[0], { ...header().heads[1], ...changes }] });
const withCombination = (changes: object) =>
  withHeader({ combinations: { ...header().combinations, hate: { ...header().combinations.hate, ...changes } } });
const withVoice = (voices: object) => withCombination({ voices });
const thresholdsAt = (flag: number) => Object.fromEntries(PRESETS.map((preset) => [preset, { flag, review: 0.1 }]));

describe("a model file", () => {
  it("gives back the header and weights it was written from", () => {
    for (const heads of HEADS) {
      const model = parseModel("some.model", encodeModel(header(heads), weightsOf(heads.length)), checkHeader);
      expect(model.header).toEqual(header(heads));
      expect(model.weights).toEqual(weightsOf(heads.length));
      expect([model.bits, model.heads]).toEqual([BITS, heads.length]);
    }
  });

  it("is of version 2: its name, the version, the length of its header, the header, a byte for each weight", () => {
    const json = JSON.stringify(header());
    expect(FILE.subarray(0, 8)).toEqual(Buffer.from("QALQAN\0\x02", "latin1"));
    expect(FILE.readUInt32LE(8)).toBe(json.length);
    expect(FILE.toString("utf8", JSON_START, JSON_START + json.length)).toBe(json);
    expect(new Int8Array(FILE.subarray(JSON_START + json.length))).toEqual(weightsOf(2));
  });

  it("says what is wrong with its header", () => {
    expect(() => parseModel("some.model", withVoice({ kk: { evidence: [1], offset: 0, limit: 1 } }), checkHeader)).toThrow(
      /combinations\.hate\.voices: evidence must have one weight for each of the 2 heads/,
    );
    expect(() => parseModel("some.model", withHead({ scale: 0 }), checkHeader)).toThrow(/heads\[1\]\.scale/);
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
  const first = Buffer.from(FILE);
  first[7] = 1;
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
    ["of a later version", version, "E_MODEL_VERSION"],
    ["of the first version", first, "E_MODEL_VERSION"],
    ["that ends inside its header", FILE.subarray(0, 40), "E_MODEL_FORMAT"],
    ["with a header longer than the file", endless, "E_MODEL_FORMAT"],
    ["with a header that is no JSON", brokenJson, "E_MODEL_FORMAT"],
    ["with weights missing", FILE.subarray(0, FILE.length - 1), "E_MODEL_FORMAT"],
    ["with weights too many", Buffer.concat([FILE, Buffer.alloc(1)]), "E_MODEL_FORMAT"],
    ["made for other features", withHeader({ features: "words/0" }), "E_MODEL_VERSION"],
    ["with a field missing", withHeader({ heads: undefined }), "E_MODEL_FORMAT"],
    ["with an unknown field", withHeader({ extra: 1 }), "E_MODEL_FORMAT"],
    ["with a label missing from its combinations", withHeader({ combinations: { hate: header().combinations.hate } }), "E_MODEL_FORMAT"],
    ["with a head of another name", withHead({ name: "slur" }), "E_MODEL_FORMAT"],
    ["with a head of languages without numbers", withHead({ languages: { kk: true } }), "E_MODEL_FORMAT"],
    ["with a head of a language that is none", withHead({ languages: { xx: { slope: 1, offset: 0 } } }), "E_MODEL_FORMAT"],
    ["with a scale of nought", withHead({ scale: 0 }), "E_MODEL_FORMAT"],
    ["without heads", withHeader({ heads: [] }), "E_MODEL_FORMAT"],
    ["with a voice of too few heads", withVoice({ kk: { evidence: [1], offset: 0, limit: 1 } }), "E_MODEL_FORMAT"],
    ["with a voice of too many heads", withVoice({ ru: { evidence: [1, 2, 3], offset: 0, limit: 1 } }), "E_MODEL_FORMAT"],
    ["with a voice without its limit", withVoice({ kk: { evidence: [1, 2], offset: 0 } }), "E_MODEL_FORMAT"],
    ["with a limit below nought", withVoice({ kk: { evidence: [1, 2], offset: 0, limit: -1 } }), "E_MODEL_FORMAT"],
    ["with a voice in a language that is none", withVoice({ xx: { evidence: [1, 2], offset: 0, limit: 1 } }), "E_MODEL_FORMAT"],
    ["without voices", withVoice({}), "read"],
    ["with a voice in every language", withVoice(Object.fromEntries(LANGUAGES.map((name) => [name, VOICE]))), "read"],
    ["with a preset missing", withCombination({ thresholds: { balanced: { flag: 0.5, review: 0.2 } } }), "E_MODEL_FORMAT"],
    ["with a threshold that is no probability", withCombination({ thresholds: thresholdsAt(1.5) }), "E_MODEL_FORMAT"],
    ["with a method that is none", withHeader({ options: { ...header().options, method: "guess" } }), "E_MODEL_FORMAT"],
    ["with a base that is no text", withHeader({ base: 7 }), "E_MODEL_FORMAT"],
    ["with a base", withHeader({ base: "ab12" }), "read"],
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

describe("what a byte stands for", () => {
  const { nats } = createModel(header(HEADS[2]), weightsOf(3));

  it("is the square of its share of 127 times the head's scale, with its sign", () => {
    for (const [head, scale] of [1.5, 3, 4.5].entries())
      for (let step = -127; step <= 127; step++)
        expect(nats[head * 256 + (step & 255)]).toBeCloseTo(Math.sign(step) * (step / 127) ** 2 * scale, 12);
  });
});

describe("scoreFeatures", () => {
  const bytes = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 3 << BITS, maxLength: 3 << BITS });
  const places = fc.array(fc.nat((1 << BITS) - 1), { maxLength: 50 });
  const evidenceOf = (model: Model, features: readonly number[]): number[] => {
    const evidence = new Float64Array(model.heads).fill(99);
    // What lies beyond the count is not read.
    scoreFeatures(model, Int32Array.from([...features, 1, 2]), features.length, evidence);
    return [...evidence];
  };

  it("sums each head's weights and divides by the root of their number", () => {
    fc.assert(
      fc.property(fc.constantFrom(...HEADS), bytes, places, (heads, weights, features) => {
        const model = createModel(header(heads), Int8Array.from(weights.slice(0, heads.length << BITS)));
        evidenceOf(model, features).forEach((value, head) => {
          const sum = features.reduce((total, place) => {
            const step = model.weights[place * heads.length + head]!;
            return total + Math.sign(step) * (step / 127) ** 2 * 1.5 * (head + 1);
          }, 0);
          expect(value).toBeCloseTo(sum / Math.sqrt(Math.max(1, features.length)), 10);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("says of three heads what it says of each alone", () => {
    fc.assert(
      fc.property(bytes, places, (weights, features) => {
        const together = createModel(header(HEADS[2]), Int8Array.from(weights));
        const alone = [0, 1, 2].map((head) => {
          const { heads, ...rest } = header(HEADS[2]);
          const own = { ...rest, heads: [heads[head]!] } as ModelHeader;
          return createModel(
            own,
            Int8Array.from({ length: 1 << BITS }, (_, place) => weights[place * 3 + head]!),
          );
        });
        expect(evidenceOf(together, features)).toEqual(alone.flatMap((model) => evidenceOf(model, features)));
      }),
      { numRuns: 50 },
    );
  });

  it("has no evidence where there are no features", () => {
    for (const heads of HEADS) expect(evidenceOf(createModel(header(heads), weightsOf(heads.length)), [])).toEqual(heads.map(() => 0));
  });
});
