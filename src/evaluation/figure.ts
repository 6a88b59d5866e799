/**
 * One SVG of an evaluation: precision-recall curves on the left, the reliability diagram on the right, a legend with average
 * precisions below. It stands alone (no scripts, fonts or links), brings its own background, and turns dark where the reader's
 * screen is. Labels differ by colour (Okabe and Ito's, told apart by colour-blind people) and by the shape of their marks; of
 * two systems that are compared the second is dashed.
 */

import { grouped } from "../core/grouped.ts";
import type { Evaluation } from "./evaluation.ts";
import { axes, bottom, escapeXml, HEIGHT, left, line, mark, PANEL, STYLE, steps, WIDTH } from "./figure-parts.ts";
import { share } from "./format.ts";
import type { GroupDetail, Measure } from "./tally.ts";

/** Fewer rows than this in a bin: its mark is hollow. */
const FEW_ROWS = 20;
const LEGEND_ROW = 24;
const NOTE_ROW = 18;

interface Series {
  readonly name: string;
  readonly measure: Measure;
  readonly detail: GroupDetail;
  /** Place of its label, which gives colour and shape. */
  readonly place: number;
  readonly dashed: boolean;
}

/** @returns the file's text. A label without positives has no curve. */
export function renderFigure(evaluation: Evaluation): string {
  const series = seriesOf(evaluation);
  const legendRows = Math.ceil(series.length / 2);
  const notes = notesOf(evaluation);
  const height = HEIGHT + legendRows * LEGEND_ROW + notes.length * NOTE_ROW;
  const title = evaluation.systems.map((system) => system.name).join(" and ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">Precision-recall curves and reliability of ${escapeXml(title)}</title>`,
    `<desc id="d">${escapeXml(series.map(({ name, measure }) => `${name}: average precision ${share(measure.ap)}`).join("; "))}</desc>`,
    STYLE,
    `<rect class="page" width="${WIDTH}" height="${height}"/>`,
    axes(0, "Precision and recall", "recall", "precision"),
    axes(1, "Reliability", `mean score of the bin${readAtNote(evaluation)}`, "share of positives"),
    `<path class="guide" d="${line([point(1, 0, 0), point(1, 1, 1)])}"/>`,
    ...series.flatMap(drawCurve),
    ...series.flatMap(drawReliability),
    ...series.map((own, k) => legend(own, k, legendRows)),
    ...notes.map(
      (note, k) => `<text class="small" x="${left(0)}" y="${HEIGHT + legendRows * LEGEND_ROW + k * NOTE_ROW}">${escapeXml(note)}</text>`,
    ),
    "</svg>\n",
  ].join("\n");
}

function seriesOf({ systems }: Evaluation): Series[] {
  const labels = [...new Set(systems.flatMap((system) => system.labels))].filter((label) =>
    systems.some(({ measures }) => measures.some((measure) => measure.facet === null && measure.label === label && measure.positives > 0)),
  );
  return labels.flatMap((label, place) =>
    systems.map((system, k) => ({
      name: systems.length === 1 ? label : `${label}, ${"AB"[k]}`,
      measure: system.measures.find((measure) => measure.facet === null && measure.label === label)!,
      detail: system.details.find((detail) => detail.facet === null && detail.label === label)!,
      place,
      dashed: k > 0,
    })),
  );
}

function notesOf({ rows, systems }: Evaluation): string[] {
  const names = systems.map(({ name }, k) => (systems.length === 1 ? `judged by ${name}` : `${"AB"[k]} is ${name}`));
  return [
    `${grouped(rows)} rows; ${names.join(", ")}.`,
    `Left: the filled mark is where the decisions lie. Right: hollow marks are bins of fewer than ${FEW_ROWS} rows.`,
  ];
}

function readAtNote({ baseRate }: Evaluation): string {
  if (baseRate === "as-is") return "";
  return baseRate === "gold" ? ", read at the gold share of positives" : `, read at ${baseRate}`;
}

function point(panel: number, x: number, y: number): readonly [number, number] {
  return [left(panel) + x * PANEL, bottom() - y * PANEL];
}

function drawCurve({ detail, measure, place, dashed }: Series): string[] {
  const [first] = detail.curve;
  if (first === undefined) return [];
  const places = [point(0, 0, first.precision), ...detail.curve.map(({ recall, precision }) => point(0, recall, precision))];
  const decided = measure.tp > 0 ? [mark(place, point(0, measure.recall, measure.precision), 5, true)] : [];
  return [`<path class="line c${place % 6}"${dashed ? ' stroke-dasharray="7 4"' : ""} d="${steps(places)}"/>`, ...decided];
}

function drawReliability({ detail, place, dashed }: Series): string[] {
  const bins = detail.reliability.filter((bin) => bin.n > 0 && Number.isFinite(bin.meanScore));
  if (bins.length === 0) return [];
  const places = bins.map((bin) => point(1, bin.meanScore, bin.positiveRate));
  return [
    `<path class="line thin c${place % 6}"${dashed ? ' stroke-dasharray="7 4"' : ""} d="${line(places)}"/>`,
    ...bins.map((bin, k) => mark(place, places[k]!, 5, bin.n >= FEW_ROWS)),
  ];
}

function legend({ name, measure, place, dashed }: Series, k: number, rows: number): string {
  const x = left(k < rows ? 0 : 1);
  const y = HEIGHT + (k % rows) * LEGEND_ROW - 12;
  const own = measure.intervals?.ap;
  const range = own === undefined || Number.isNaN(own[0]) ? "" : ` (${share(own[0])}–${share(own[1])})`;
  const text = `${name}: AP ${share(measure.ap)}${range}, ECE ${share(measure.ece)}`;
  return [
    `<path class="line c${place % 6}"${dashed ? ' stroke-dasharray="7 4"' : ""} d="M${x} ${y}h36"/>`,
    mark(place, [x + 18, y], 5, true),
    `<text x="${x + 46}" y="${y + 5}">${escapeXml(text)}</text>`,
  ].join("");
}
