/** An evaluation as sections for people and as plain JSON for programs. */

import { grouped } from "../core/grouped.ts";
import { comparisonSections } from "./comparison-sections.ts";
import type { Evaluation, SystemResult, WrongRow } from "./evaluation.ts";
import { facetSections } from "./facet-sections.ts";
import { cut, percent, share, signed } from "./format.ts";
import { overallSections } from "./overall-sections.ts";
import { type ReportOptions, renderMarkdown, renderText, type Section } from "./section.ts";
import type { Mistake } from "./worst.ts";

/** Plain text, ends with a newline. */
export function renderReport(evaluation: Evaluation, options: ReportOptions): string {
  return renderText(reportSections(evaluation, options));
}

/** Tables for a model card, ends with a newline. */
export function renderMarkdownReport(evaluation: Evaluation, options: ReportOptions): string {
  return renderMarkdown(reportSections(evaluation, options));
}

/**
 * What cannot be JSON is null. One system's measures lie on the top level, where programs look for them; of two that are
 * compared, under `systems`.
 */
export function evaluationToJson(evaluation: Evaluation): unknown {
  const { systems, differences, ...run } = evaluation;
  const [first] = systems;
  const shown = systems.length === 1 ? { ...run, ...withoutCurves(first!) } : { ...run, systems: systems.map(withoutCurves), differences };
  return finite(shown);
}

/** Curves are for drawing and would be most of the output. */
function withoutCurves(system: SystemResult): object {
  return { ...system, details: system.details.map(({ curve: _, ...detail }) => detail) };
}

function finite(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(finite);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, finite(own)]));
}

function reportSections(evaluation: Evaluation, options: ReportOptions): Section[] {
  const { systems, agreement } = evaluation;
  return [
    ...(systems.length === 1
      ? [...overallSections(evaluation, options), ...facetSections(systems[0]!, options)]
      : comparisonSections(evaluation, options)),
    ...(agreement.length > 0 ? [agreementSection(agreement)] : []),
    ...systems.flatMap((system) => mistakeSections(system, systems.length === 1 ? "" : `${options.show(system.name)}: `, options)),
  ];
}

function agreementSection(agreement: Evaluation["agreement"]): Section {
  return {
    title: "Agreement of annotators",
    notes: [
      "On rows that two or more annotators judged. Kappa is Cohen's, of more than two annotators the mean over pairs; alpha is Krippendorff's, nominal.",
    ],
    tables: [
      {
        head: ["", "rows", "annotators", "judgments", "agreement", "kappa", "pairs", "alpha"],
        rows: agreement.map((row) => [
          row.label,
          grouped(row.rows),
          grouped(row.annotators),
          grouped(row.judgments),
          percent(row.percent),
          share(row.kappa),
          grouped(row.pairs),
          share(row.alpha),
        ]),
        textColumns: 1,
      },
    ],
  };
}

const SHOWN_CHARACTERS = 400;

function mistakeSections({ mistakes, labels }: SystemResult, prefix: string, { show }: ReportOptions): Section[] {
  return labels.flatMap((label) =>
    (["false positive", "false negative"] as const).flatMap((kind): Section[] => {
      const own = mistakes.filter((mistake) => mistake.label === label && mistake.kind === kind);
      if (own.length === 0) return [];
      const how =
        kind === "false positive" ? "called, and gold says no; highest scores first" : "not called, and gold says yes; lowest scores first";
      return [{ title: `${prefix}${label}: ${how}`, notes: [], tables: [], items: own.map((mistake) => mistakeLines(mistake, show)) }];
    }),
  );
}

function mistakeLines({ label, score, row }: Mistake<WrongRow>, show: (text: string) => string): string[] {
  const scores = Object.entries(row.scores).map(([name, value]) => `${show(name)} ${value.toFixed(2)}`);
  const reasons = row.reasons.map((reason) => {
    const whose = reason.label === label ? "" : `${show(reason.label)} `;
    return `${whose}${signed(reason.weight, 2)} ${show(reason.entry)}${reason.text === "" ? "" : `: ${show(cut(reason.text, 80))}`}`;
  });
  return [
    `${share(score)}  ${show(row.source)} ${show(row.id)}${row.language === null ? "" : ` (${show(row.language)})`}  ${scores.join(", ")}`,
    show(cut(row.text, SHOWN_CHARACTERS)),
    ...(reasons.length > 0 ? reasons : ["nothing spoke for or against it"]),
  ];
}
