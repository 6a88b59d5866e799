/**
 * Training: labelled files to a model file. Files are read once (training-rows.ts); heads are learnt from nine rows in ten
 * (learn-heads.ts); the tenth says when to stop and how the heads speak beside the signals (combine.ts). Memory does not grow
 * with the rows; everything random is seeded.
 */
import { createHash } from "node:crypto";
import {
  type Combination,
  createModel,
  encodeModel,
  FEATURES,
  type Model,
  type ModelHeader,
  type TrainingOptions,
  type Voice,
} from "../bayes/model.ts";
import { packWeights, unpackHead } from "../bayes/pack.ts";
import { ConfigError } from "../core/error.ts";
import { HEAD_NAMES, type Head, LABEL_NAMES, type Label, PRESETS, type Preset } from "../core/label.ts";
import type { LabelMap } from "../labelled/label-map.ts";
import type { CompiledLexicon } from "../lexicon/compile.ts";
import { fitCombination, fitHeadScales, plainCombination, readHeldBack } from "./combine.ts";
import { readLabelled } from "./labelled.ts";
import { learnHeads, planHeads } from "./learn-heads.ts";
import { readTrainingRows, type TrainingRows } from "./training-rows.ts";

/** What the trainer takes besides files. */
export interface TrainRequest {
  readonly options: TrainingOptions;
  /** What labels mean in the sets it names. */
  readonly map?: LabelMap | null;
  /** A model to go on from, and its file's bytes. */
  readonly base?: { readonly model: Model; readonly file: Buffer } | null;
}

/** Heard while training runs. */
export interface TrainListener {
  readonly remark: (line: string) => void;
  /** Rows read so far. */
  readonly progress: (rows: number) => void;
}

/**
 * Trains a model on labelled files.
 * @returns the bytes of the model file: the same files, lexicon and options give the same.
 * @throws ConfigError E_TRAIN_EMPTY where no row has a label that a head learns, E_TRAIN_BASE where the base does not fit,
 * E_TRAIN_DISK; FormatError where a file cannot be read.
 */
export async function trainModel(
  paths: readonly string[],
  lexicon: CompiledLexicon,
  request: TrainRequest,
  { remark, progress }: TrainListener,
): Promise<{ file: Buffer; header: ModelHeader }> {
  const { base = null } = request;
  // A set may be named as a property that every object has.
  const weights: TrainingOptions["weights"] = Object.assign(Object.create(null), request.options.weights);
  const options = { ...request.options, weights };
  if (base !== null) checkBase(base.model, options);
  const labelled = readLabelled(paths, "train", remark, { map: request.map ?? null });
  const rows = await readTrainingRows(labelled, lexicon, options.bits, progress);
  try {
    return trainOn(rows, { ...request, options }, remark);
  } finally {
    rows.learn.close();
    rows.heldBack.close();
  }
}

function checkBase(base: Model, { method, bits }: TrainingOptions): void {
  const reject = (what: string): never => {
    throw new ConfigError("E_TRAIN_BASE", `--base: ${what}.`);
  };
  if (method !== "nblr") reject(`only --method nblr goes on from a model; ${method} would have to count the base's own rows again`);
  if (base.bits !== bits) reject(`the model has 2^${base.bits} places; give --bits ${base.bits}`);
}

function trainOn(rows: TrainingRows, request: TrainRequest, remark: (line: string) => void): { file: Buffer; header: ModelHeader } {
  const { options } = request;
  const base = request.base?.model ?? null;
  const plans = planHeads(rows.masses);
  if (plans.length === 0)
    throw new ConfigError(
      "E_TRAIN_EMPTY",
      `no row to learn from says yes to hate, incitement or abuse (one row in ten is kept back); see the help on rows ("qalqan train --help"), or say with --map what the labels mean.`,
    );
  remark(`${rows.learn.rows + rows.heldBack.rows} labelled rows of ${rows.sets.length} sets, one in ten kept back`);
  // A head that only the base has stays as it is.
  const learnt = new Set(plans.map(({ head }) => HEAD_NAMES[head]!));
  const kept = base?.header.heads.filter(({ name }) => !learnt.has(name)) ?? [];
  const baseTables = plans.map(({ head }) => {
    const at = base?.header.heads.findIndex(({ name }) => name === HEAD_NAMES[head]) ?? -1;
    return base !== null && at >= 0 ? unpackHead(base, at) : null;
  });
  const tables = [
    ...learnHeads(rows, plans, options, baseTables, remark).map((table, k) => ({ name: HEAD_NAMES[plans[k]!.head]!, table })),
    ...kept.map(({ name }) => ({
      name,
      table: unpackHead(
        base!,
        base!.header.heads.findIndex((head) => head.name === name),
      ),
    })),
  ].sort((a, b) => HEAD_NAMES.indexOf(a.name) - HEAD_NAMES.indexOf(b.name));
  const { weights, scales } = packWeights(tables.map(({ table }) => table));
  const header: ModelHeader = {
    features: FEATURES,
    bits: options.bits,
    heads: tables.map(({ name }, head) => ({ name, scale: scales[head]!, languages: {} })),
    combinations: Object.fromEntries(
      LABEL_NAMES.map((label) => [label, plainCombination(label, options.baseRate)]),
    ) as ModelHeader["combinations"],
    sets: [...rows.sets].sort((a, b) => (a.name < b.name ? -1 : 1)),
    base: request.base == null ? null : createHash("sha256").update(request.base.file).digest("hex"),
    options,
  };
  const model = createModel(header, weights);
  const held = readHeldBack(rows.heldBack, model);
  fitHeadScales(held, model).forEach((languages, head) => {
    const before = base?.header.heads.find(({ name }) => name === header.heads[head]!.name)?.languages ?? {};
    header.heads[head]!.languages = { ...before, ...languages };
  });
  for (const label of LABEL_NAMES) {
    const masses = plans.find(({ head }) => HEAD_NAMES[head] === label)?.masses;
    if (masses !== undefined) {
      const sets = rows.sets.map(({ name }) => ({ contested: (masses.get(name)?.positive ?? 0) > 0, weight: options.weights[name] ?? 1 }));
      header.combinations[label] = fitCombination(label, held, model, sets, options, remark);
    }
    if (base !== null) header.combinations[label] = carryOver(header.combinations[label], base.header, label, header.heads);
  }
  return { file: encodeModel(header, weights), header };
}

/**
 * A label's combination where training went on from a base: in languages without rows to fit on, what the base had found holds,
 * and so do its thresholds where they are higher.
 */
function carryOver(fitted: Combination, base: ModelHeader, label: Label, heads: ModelHeader["heads"]): Combination {
  const { voices, thresholds } = base.combinations[label];
  const before = Object.entries(voices).map(([language, voice]): [string, Voice] => {
    const weightOf = (name: Head) => voice.evidence[base.heads.findIndex((head) => head.name === name)] ?? 0;
    return [language, { ...voice, evidence: heads.map(({ name }) => weightOf(name)) }];
  });
  const higher = (preset: Preset, at: "flag" | "review") => Math.max(thresholds[preset][at], fitted.thresholds[preset][at]);
  return {
    ...fitted,
    voices: { ...Object.fromEntries(before), ...fitted.voices },
    thresholds: Object.fromEntries(
      PRESETS.map((preset) => [preset, { flag: higher(preset, "flag"), review: higher(preset, "review") }]),
    ) as Combination["thresholds"],
  };
}
