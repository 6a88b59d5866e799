/**
 * What a lexicon file may say. One file is a JSON array of entries, one entry a line; lexicons/README.md explains the
 * fields to people who add terms. Errors name file, entry, field and remedy (load.ts).
 */
import { z } from "zod";
import { CATEGORIES, LABEL_NAMES, TARGET_KINDS } from "../core/label.ts";
import { openAlternatives } from "./alternatives.ts";
import {
  AMBIGUITIES,
  CLASSES,
  type ClassName,
  ENTRY_LANGUAGES,
  GROUP_CLASSES,
  type LexiconEntry,
  MOODS,
  type Paradigm,
  type RuleSet,
} from "./entry.ts";

/** What clauses and references set by themselves. */
const CLASSES_WITHOUT_ENTRIES: ReadonlySet<ClassName> = new Set(["quoted", "question", "opening", "clause", "named"]);

const term = z.string().trim().min(1).max(80);
/** Of a small class of words. */
const name = z.string().regex(/^[a-z][a-z-]{1,30}$/, "a tag is lower-case letters and hyphens");
const plainTerms = z.array(term).min(1);
/** Terms with alternatives opened. */
const terms = z
  .array(z.string().trim().min(1).max(2000))
  .min(1)
  .transform((written, context) =>
    written.flatMap((one) => {
      const opened = openAlternatives(one);
      if (opened?.every((each) => each.length <= 80)) return opened;
      context.addIssue({
        code: "custom",
        message: `${JSON.stringify(one.slice(0, 80))}: alternatives are {one|other}, not nested, of at most 4096 terms of 80 letters`,
      });
      return z.NEVER;
    }),
  );
const examples = z.array(z.string().trim().min(2).max(200)).min(1);
const homonym = z.strictObject({ sense: z.string().min(2), context: z.string().min(2) });

/** What lets a moderator judge a slur: how severe it is, and how often and where it is none. */
function checkSlur(entry: LexiconEntry, fault: (path: string, message: string) => void): void {
  if (entry.severity === undefined) fault("severity", "slurs need a severity, 1 mild .. 5");
  if (entry.ambiguity === undefined) fault("ambiguity", `slurs need an ambiguity: ${AMBIGUITIES.join(", ")}`);
  else if (entry.ambiguity === "none" && entry.class === "ambiguous-slur")
    fault("ambiguity", "a word that is always a slur is of class slur");
  else if (entry.ambiguity !== "none" && !entry.homonyms) fault("homonyms", "say what else it means, and what tells it apart");
}

export const entrySchema: z.ZodType<LexiconEntry> = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,60}$/, "an id is lower-case letters, digits and hyphens"),
    language: z.enum(ENTRY_LANGUAGES),
    class: z.enum(CLASSES),
    sense: z.string().min(2),
    forms: terms.optional(),
    moods: z.partialRecord(z.enum(MOODS), terms).optional(),
    stems: terms.optional(),
    inflect: z.string().optional(),
    except: terms.optional(),
    group: z.string().optional(),
    kind: z.enum(TARGET_KINDS).optional(),
    category: z.enum(CATEGORIES).optional(),
    severity: z.int().min(1).max(5).optional(),
    ambiguity: z.enum(AMBIGUITIES).optional(),
    homonyms: z.array(homonym).min(1).optional(),
    reclaimed: z.string().min(2).optional(),
    fires: examples.optional(),
    spares: examples.optional(),
    tag: name.optional(),
    note: z.string().optional(),
    source: z.string().min(3),
    reviewed: z.boolean(),
  })
  .superRefine((entry, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (CLASSES_WITHOUT_ENTRIES.has(entry.class)) fault("class", `${entry.class} is found in the text itself and takes no entries`);
    if (!entry.forms && !entry.stems && !entry.moods) fault("forms", "needs forms, moods or stems");
    if (entry.stems && !entry.inflect) fault("inflect", "stems need a paradigm that says what may follow");
    if (entry.inflect && !entry.stems) fault("stems", "a paradigm needs the stems it inflects");
    const grouped = GROUP_CLASSES.includes(entry.class);
    if (grouped && !(entry.group && entry.kind)) fault("group", "targets and slurs need group and kind");
    if ((entry.class === "act" || entry.class === "predicate") && !entry.category) fault("category", `${entry.class} needs a category`);
    if (entry.class === "slur" || entry.class === "ambiguous-slur") checkSlur(entry, fault);
    else if (entry.ambiguity || entry.homonyms || entry.reclaimed) fault("ambiguity", "only slurs have ambiguity, homonyms and reclaimed");
    if (entry.moods && entry.class !== "act" && entry.class !== "auxiliary") fault("moods", "only acts and auxiliaries have moods");
  });
export const lexiconSchema: z.ZodType<LexiconEntry[]> = z.array(entrySchema);

/** One step of a word's ending: at most one of these suffixes, each with the mood it gives ("" for none). */
const layerSchema = z.strictObject({
  required: z.boolean().optional(),
  suffixes: z.partialRecord(z.enum([...MOODS, ""]), plainTerms),
});
const paradigmSchema = z.strictObject({
  language: z.enum(ENTRY_LANGUAGES),
  about: z.string(),
  layers: z.array(layerSchema),
  bare: z.enum(MOODS).nullable().optional(),
  source: z.string(),
});
export const paradigmsSchema: z.ZodType<Record<string, Paradigm>> = z.record(z.string(), paradigmSchema);

const partClass = z.enum([...CLASSES, "group"]);
const wordSchema = z.strictObject({
  class: z.union([partClass, z.array(partClass).min(1)]),
  mood: z.array(z.enum(MOODS)).min(1).optional(),
  not: z.array(z.enum(MOODS)).min(1).optional(),
  category: z.array(z.enum(CATEGORIES)).min(1).optional(),
  language: z.array(z.enum(ENTRY_LANGUAGES)).min(1).optional(),
  sameLanguage: z.boolean().optional(),
  minSeverity: z.int().min(1).max(5).optional(),
  maxSeverity: z.int().min(1).max(5).optional(),
  before: z.int().min(0).max(60).optional(),
  after: z.int().min(0).max(60).optional(),
  of: z.int().min(0).max(7).optional(),
  at: z.boolean().optional(),
  scope: z.enum(["clause", "sentence", "message"]).optional(),
  tag: z.array(name).min(1).optional(),
});
const partSchema = wordSchema.extend({ unless: z.array(wordSchema).min(1).optional() });

const ruleSchema = z.strictObject({
  id: z.string(),
  label: z.enum(LABEL_NAMES),
  category: z.enum(CATEGORIES).optional(),
  about: z.string(),
  weight: z.number(),
  anchor: partSchema,
  with: z.array(partSchema).optional(),
  graded: z.boolean().optional(),
  guards: z.array(z.string()),
  fires: z.array(z.string()).optional(),
  spares: z.array(z.string()).optional(),
});

const guardSchema = z.strictObject({
  id: z.string(),
  about: z.string(),
  weight: z.number().max(0),
  near: partSchema,
  and: z.array(partSchema).optional(),
});

const gradeSchema = z.strictObject({
  id: z.string(),
  about: z.string(),
  anchor: partSchema.pick({ category: true, minSeverity: true, maxSeverity: true }),
  with: z.array(partSchema).optional(),
  weight: z.number().optional(),
  plus: z.number().optional(),
});

export const rulesSchema: z.ZodType<RuleSet> = z.strictObject({
  guards: z.array(guardSchema),
  guardSets: z.record(z.string(), z.array(z.string())).optional(),
  grades: z.array(gradeSchema).optional(),
  rules: z.array(ruleSchema),
});
