/** A model file's header and card as plain data, for people and programs. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Model, type ModelHeader, parseModel, readModelFile, type TrainingOptions } from "../bayes/model.ts";
import { checkHeader } from "../bayes/model-schema.ts";
import { type Head, LABEL_NAMES, type Label, type Preset } from "../core/label.ts";

export interface DescribedHead {
  readonly name: Head;
  /** Its largest weight, in nats. */
  readonly scale: number;
  /** Share of places whose weight is not zero, 0..1. */
  readonly used: number;
  /** Rows of all sets that said yes and no, those kept back among them. */
  readonly positive: number;
  readonly negative: number;
  /** By language that it has seen both classes of: log-odds = slope x evidence + offset where half of the rows are of either. */
  readonly languages: ModelHeader["heads"][number]["languages"];
}

/** How a label's log-odds are made where a group is named: prior + signals x (sum of signals) + what the voice of the language says. */
export interface DescribedLabel {
  readonly label: Label;
  readonly prior: number;
  readonly signals: number;
  readonly voices: readonly {
    readonly language: string;
    /** By head: what its evidence is multiplied by. */
    readonly evidence: { readonly [head: string]: number };
    readonly offset: number;
    /** The sum is cut to 0..limit nats. */
    readonly limit: number;
  }[];
  readonly thresholds: { readonly [preset in Preset]: { readonly flag: number; readonly review: number } };
}

export interface DescribedSet {
  readonly name: string;
  readonly rows: number;
  readonly weight: number;
  /** By head: rows that said yes and no. */
  readonly positive: { readonly [head: string]: number };
  readonly negative: { readonly [head: string]: number };
  /** As the card beside the model says; null where it does not know the set. */
  readonly source: string | null;
  readonly licence: string | null;
  /** Whether the licence lets anyone use it for anything, as the card judges. */
  readonly open: boolean | null;
}

export interface ModelDescription {
  readonly path: string;
  readonly bytes: number;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly features: string;
  readonly bits: number;
  readonly options: TrainingOptions;
  /** SHA-256 of the model that training went on from. */
  readonly base: string | null;
  readonly heads: readonly DescribedHead[];
  readonly labels: readonly DescribedLabel[];
  /** File that knows the sets' sources; null where there is none. */
  readonly card: string | null;
  readonly sets: readonly DescribedSet[];
}

/** Reads a model file. @throws ConfigError as `readModel`. */
export function openDescribed(path: string): { model: Model; description: ModelDescription } {
  const file = readModelFile(path);
  const model = parseModel(path, file, checkHeader);
  return { model, description: describeModel(path, file, model) };
}

function describeModel(path: string, file: Uint8Array, model: Model): ModelDescription {
  const { header } = model;
  const { features, bits, base, options } = header;
  const card = readCard(join(dirname(path), CARD));
  return {
    path,
    bytes: file.length,
    sha256: createHash("sha256").update(file).digest("hex"),
    features,
    bits,
    options,
    base,
    heads: header.heads.map((head, number) => ({
      name: head.name,
      scale: head.scale,
      used: usedShare(model, number),
      positive: header.sets.reduce((sum, set) => sum + (set.positive[head.name] ?? 0), 0),
      negative: header.sets.reduce((sum, set) => sum + (set.negative[head.name] ?? 0), 0),
      languages: head.languages,
    })),
    labels: LABEL_NAMES.map((label) => describeLabel(header, label)),
    card: card === null ? null : join(dirname(path), CARD),
    sets: header.sets.map(({ name, rows, positive, negative }) => {
      const { source = null, licence = null, open = null } = card?.get(name) ?? {};
      return { name, rows, weight: options.weights[name] ?? 1, positive, negative, source, licence, open };
    }),
  };
}

function describeLabel(header: ModelHeader, label: Label): DescribedLabel {
  const { prior, signals, voices, thresholds } = header.combinations[label];
  return {
    label,
    prior,
    signals,
    voices: Object.entries(voices).map(([language, { evidence, offset, limit }]) => ({
      language,
      evidence: Object.fromEntries(header.heads.map(({ name }, head) => [name, evidence[head]!])),
      offset,
      limit,
    })),
    thresholds,
  };
}

function usedShare({ weights, heads, bits }: Model, head: number): number {
  let used = 0;
  for (let at = head; at < weights.length; at += heads) if (weights[at] !== 0) used++;
  return used / 2 ** bits;
}

/** The map that training took, which says of each set where it is from (models/sets.json). */
const CARD = "sets.json";
const cardSchema = z.record(z.string(), z.unknown());
const cardSetSchema = z.object({ source: z.string().optional(), licence: z.string().optional(), open: z.boolean().optional() });

type Card = ReadonlyMap<string, z.infer<typeof cardSetSchema>>;

/** Null where there is none: any folder may hold a file of that name, so what is no card is passed over. */
function readCard(path: string): Card | null {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  const sets = cardSchema.safeParse(document);
  if (!sets.success) return null;
  const known = Object.entries(sets.data).flatMap(([name, set]) => {
    const read = cardSetSchema.safeParse(set);
    return read.success && read.data.licence !== undefined ? [[name, read.data] as const] : [];
  });
  return known.length === 0 ? null : new Map(known);
}
