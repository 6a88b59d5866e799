/** What a model's header may say. Apart from model.ts, so that the built-in model, checked by the build, loads without it. */
import { z } from "zod";
import { HEAD_NAMES, LABEL_NAMES, LANGUAGES, PRESETS } from "../core/label.ts";
import { METHODS, type ModelHeader } from "./model.ts";

const probability = z.number().min(0).max(1);
const byLanguage = <T extends z.ZodType>(value: T) =>
  z.partialRecord(z.enum(LANGUAGES), value) as unknown as z.ZodType<Record<string, z.infer<T>>>;
const countsSchema = z.record(z.string(), z.number());
const combinationSchema = z.strictObject({
  prior: z.number(),
  signals: z.number(),
  voices: byLanguage(z.strictObject({ evidence: z.array(z.number()), offset: z.number(), limit: z.number().min(0) })),
  thresholds: z.record(z.enum(PRESETS), z.strictObject({ flag: probability, review: probability })),
});
const headerSchema: z.ZodType<ModelHeader> = z.strictObject({
  features: z.string(),
  bits: z.int().min(8).max(24),
  heads: z
    .array(
      z.strictObject({
        name: z.enum(HEAD_NAMES),
        scale: z.number().positive(),
        languages: byLanguage(z.strictObject({ slope: z.number(), offset: z.number() })),
      }),
    )
    .min(1),
  combinations: z.record(z.enum(LABEL_NAMES), combinationSchema),
  sets: z.array(z.strictObject({ name: z.string(), rows: z.number(), positive: countsSchema, negative: countsSchema })),
  base: z.string().nullable(),
  options: z.strictObject({
    method: z.enum(METHODS),
    bits: z.int(),
    smoothing: z.number(),
    minimumCount: z.number(),
    benignShare: z.number(),
    baseRate: z.number(),
    weights: countsSchema,
    limits: countsSchema,
    rate: z.number(),
    ridge: z.number(),
    epochs: z.number(),
    seed: z.number(),
  }),
});

/** @returns what is wrong, null if nothing is. */
export function checkHeader(document: unknown): string | null {
  const parsed = headerSchema.safeParse(document);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const heads = parsed.data.heads.length;
  const odd = LABEL_NAMES.find((label) =>
    Object.values(parsed.data.combinations[label].voices).some((voice) => voice.evidence.length !== heads),
  );
  return odd === undefined ? null : `combinations.${odd}.voices: evidence must have one weight for each of the ${heads} heads`;
}
