/**
 * The naive-Bayes model: one table of log-count ratios, all heads of a feature side by side so that they share a cache
 * line, one byte each. HOT: `scoreFeatures`.
 *
 *     file   "QALQAN" 0 version(1 byte) | header length, uint32 little-endian | header, JSON | weights, int8 [2^bits][heads]
 *
 * A weight is a log-odds in nats, packed into a byte (pack.ts). The evidence of a message is the sum of its features'
 * weights over the square root of their count, as the heads were trained: features of one word say much the same, and a
 * plain sum would let long messages be certain of anything.
 */
import { readFileSync } from "node:fs";
import { ConfigError } from "../core/error.ts";
import type { Head, Label, Preset } from "../core/label.ts";

export const MODEL_VERSION = 2;
const MAGIC: readonly number[] = [...Buffer.from("QALQAN\0")];

/** How the heads speak for one label in one language: what they add to its log-odds where a group is named. */
export interface Voice {
  /** Multiplies the evidence of each head, in the order of the heads. */
  evidence: number[];
  /** Added with it, in nats: evidence is not zero on average. */
  offset: number;
  /** The sum is cut to lie between 0 and this many nats. */
  limit: number;
}

/** How one label's signals and the heads' evidence become a probability: a logistic layer, and its thresholds. */
export interface Combination {
  /** Log-odds of the label before anything is known. */
  prior: number;
  /** Multiplies the sum of the signals' weights. */
  signals: number;
  /** By language of the message; where there is none the model is silent. */
  voices: { [language: string]: Voice };
  thresholds: { [preset in Preset]: { flag: number; review: number } };
}

/** A head by itself: the log-odds of its question in one language, where half of the rows are of either class. */
export interface HeadScale {
  slope: number;
  offset: number;
}

export interface ModelHeader {
  /** Changes whenever tokenizer or features change what a feature's place is. */
  features: string;
  bits: number;
  /** `scale`: its largest weight, in nats. `languages`: those it has seen both classes of, and how its evidence reads there. */
  heads: { name: Head; scale: number; languages: { [language: string]: HeadScale } }[];
  combinations: { [label in Label]: Combination };
  /** What it was trained on: one row a set. */
  sets: {
    name: string;
    rows: number;
    positive: { [head: string]: number };
    negative: { [head: string]: number };
  }[];
  /** SHA-256 of the model that training went on from; null for none. */
  base: string | null;
  options: TrainingOptions;
}

/** How a model was trained, as its header says. */
export interface TrainingOptions {
  method: Method;
  bits: number;
  /** Added to every count, in units of the average count of a place. */
  smoothing: number;
  /** Places that fewer training rows have are left at zero. */
  minimumCount: number;
  /** Mass of harmless sets beside the positives of their language, where features are counted. */
  benignShare: number;
  /** Share of messages that carry a label, for the probabilities. */
  baseRate: number;
  /** Sets, or classes of them ("set:1"), that count for more or less than others. */
  weights: { [set: string]: number };
  /** How far the model may raise a label, in nats: by "label.language", "label" or "all", the closest one counts. */
  limits: { [where: string]: number };
  /** nblr: step of AdaGrad, ridge on its weights, passes over the rows at most. */
  rate: number;
  ridge: number;
  epochs: number;
  seed: number;
}

/**
 * How a head's weights come from counts: log ratios of multinomial naive Bayes (McCallum and Nigam 1998), of its complement
 * form (Rennie et al. 2003), or the former refined by logistic regression (Wang and Manning 2012).
 */
export const METHODS = ["nb", "complement", "nblr"] as const;

export type Method = (typeof METHODS)[number];

/** Says which features a table was made for. */
export const FEATURES = "words-pairs-runs2to5-classes-shape/4";

export interface Model {
  readonly header: ModelHeader;
  readonly bits: number;
  readonly heads: number;
  /** One byte a place and head: see pack.ts. */
  readonly weights: Int8Array;
  /** What a byte stands for, in nats: 256 a head, by the byte's bits as a number. */
  readonly nats: Float64Array;
}

/** Steps of a byte to either side of zero. */
export const STEPS = 127;

/** @param weights one byte a place and head, in this order */
export function createModel(header: ModelHeader, weights: Int8Array): Model {
  const nats = Float64Array.from({ length: header.heads.length * 256 }, (_, at) => {
    const step = ((at & 255) << 24) >> 24;
    return Math.sign(step) * (step / STEPS) ** 2 * header.heads[at >> 8]!.scale;
  });
  return { header, bits: header.bits, heads: header.heads.length, weights, nats };
}

function reject(path: string, code: string, what: string): never {
  throw new ConfigError(
    code,
    `${path}: ${what}. Train a model with this version (qalqan train FILES -o MODEL), or leave out --model for the one that comes with the program.`,
  );
}

/** Says what is wrong with a header, null if nothing is. */
export type HeaderCheck = (document: unknown) => string | null;

/**
 * @param check of the header's fields (model-schema.ts); null for a file that the build has checked
 * @throws ConfigError E_MODEL_READ, E_MODEL_FORMAT or E_MODEL_VERSION.
 */
export function readModel(path: string, check: HeaderCheck | null): Model {
  return parseModel(path, readModelFile(path), check);
}

/** The bytes of a model file. @throws ConfigError E_MODEL_READ. */
export function readModelFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ConfigError(
      "E_MODEL_READ",
      `${path}: the model cannot be read: ${(cause as Error).message}. Check the path given to --model.`,
      { cause },
    );
  }
}

/** @throws as `readModel`. */
export function parseModel(path: string, file: Buffer, check: HeaderCheck | null): Model {
  if (file.length < MAGIC.length + 5 || MAGIC.some((byte, k) => file[k] !== byte)) reject(path, "E_MODEL_FORMAT", "not a Qalqan model");
  const version = file[MAGIC.length]!;
  if (version !== MODEL_VERSION) reject(path, "E_MODEL_VERSION", `model version ${version}; this program reads version ${MODEL_VERSION}`);
  const start = MAGIC.length + 5;
  const length = file.readUInt32LE(MAGIC.length + 1);
  if (start + length > file.length) reject(path, "E_MODEL_FORMAT", "the file ends inside its header");
  let document: unknown;
  try {
    document = JSON.parse(file.toString("utf8", start, start + length));
  } catch {
    reject(path, "E_MODEL_FORMAT", "its header is not JSON");
  }
  const wrong = check?.(document) ?? null;
  if (wrong !== null) reject(path, "E_MODEL_FORMAT", `its header is wrong: ${wrong}`);
  const header = document as ModelHeader;
  if (header.features !== FEATURES)
    reject(
      path,
      "E_MODEL_VERSION",
      `made for the features ${JSON.stringify(header.features)}; this program has ${JSON.stringify(FEATURES)}`,
    );
  const heads = header.heads.length;
  const bytes = file.subarray(start + length);
  if (bytes.length !== heads << header.bits)
    reject(path, "E_MODEL_FORMAT", `it holds ${bytes.length} weights where its header promises ${heads << header.bits}`);
  return createModel(header, new Int8Array(new Uint8Array(bytes).buffer));
}

/** The bytes of a model file. The same model gives the same bytes. */
export function encodeModel(header: ModelHeader, weights: Int8Array): Buffer {
  const json = Buffer.from(JSON.stringify(header), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([
    Buffer.from([...MAGIC, MODEL_VERSION]),
    length,
    json,
    Buffer.from(weights.buffer, weights.byteOffset, weights.length),
  ]);
}

/**
 * Evidence of each head for a message's features.
 * @param features the first `count` are indices below 2^bits
 * @param evidence one place a head, overwritten
 */
export function scoreFeatures(model: Model, features: Int32Array, count: number, evidence: Float64Array): void {
  const { weights, heads, nats } = model;
  const root = Math.sqrt(count || 1);
  if (heads === 3) {
    let first = 0;
    let second = 0;
    let third = 0;
    for (let k = 0; k < count; k++) {
      const at = features[k]! * 3;
      first += nats[weights[at]! & 255]!;
      second += nats[256 + (weights[at + 1]! & 255)]!;
      third += nats[512 + (weights[at + 2]! & 255)]!;
    }
    evidence[0] = first / root;
    evidence[1] = second / root;
    evidence[2] = third / root;
    return;
  }
  for (let head = 0; head < heads; head++) {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += nats[head * 256 + (weights[features[k]! * heads + head]! & 255)]!;
    evidence[head] = sum / root;
  }
}
