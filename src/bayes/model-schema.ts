/** What a model's header may say. Apart from model.ts, so that the built-in model, checked by the build, loads without it. */
import { z } from "zod";
import { LABEL_NAMES, LANGUAGES } from "../core/label.ts";
import type { ModelHeader } from "./model.ts";

const combinationSchema = z.strictObject({
  prior: z.number(),
  signals: z.number(),
  evidence: z.number(),
  offset: z.number(),
  limit: z.number().min(0),
  review: z.number().min(0).max(1),
  flag: z.number().min(0).max(1),
});
const countsSchema = z.record(z.string(), z.number());
const headerSchema: z.ZodType<ModelHeader> = z.strictObject({
  features: z.string(),
  bits: z.int().min(8).max(24),
  heads: z.array(
    z.strictObject({
      label: z.enum(LABEL_NAMES),
      scale: z.number().positive(),
      languages: z.array(z.enum(LANGUAGES)),
    }),
  ),
  combinations: z.record(z.enum(LABEL_NAMES), combinationSchema),
  sets: z.array(
    z.strictObject({
      name: z.string(),
      rows: z.number(),
      positive: countsSchema,
      negative: countsSchema,
    }),
  ),
  options: z.strictObject({
    smoothing: z.number(),
    benignShare: z.number(),
    baseRate: z.number(),
    weights: countsSchema,
  }),
});

/** @returns what is wrong, null if nothing is. */
export function checkHeader(document: unknown): string | null {
  const parsed = headerSchema.safeParse(document);
  return parsed.success ? null : z.prettifyError(parsed.error);
}
