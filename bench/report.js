/** Prints the medians of all runs, surface by surface, and whether each rival is left behind as far as it has to be. */
import { SURFACES } from "./surfaces.js";

const TITLES = ["case", "messages", "tokens", "found", "seconds", "min..max", "messages/s", "MB/s", "peak MiB"];
const VERDICT_TITLES = ["ours against", "ratio", "at least", "aim", ""];

/** @param cases file, figures of its runs, and the reason where there are none */
export function printReport(cases) {
  const medians = cases.filter((each) => each.reason === undefined).map((each) => medianOf(each.figures));
  for (const { name, note, rate, ours, rivals } of SURFACES) {
    const rows = medians.filter((each) => each.surface === name).sort((left, right) => right[rate] - left[rate]);
    console.log(`\n${name}: ${note}`);
    printColumns([TITLES, ...rows.map(cellsOf)]);
    const our = rows.find((each) => each.case === ours);
    if (our === undefined) continue;
    console.log("");
    printColumns([VERDICT_TITLES, ...rivals.map((rival) => verdictOn(rival, our, rows, rate))]);
    for (const row of rows) if (row.note !== undefined) console.log(`${row.case}: ${row.note}`);
  }
  for (const each of cases) if (each.reason !== undefined) console.log(`\nno figures of ${each.file}: ${each.reason}`);
}

/** The run with the median time, its rates with it; of an even number the slower of the two in the middle. */
function medianOf(figures) {
  const ordered = figures.toSorted((left, right) => left.seconds - right.seconds);
  const peaks = figures.map((each) => each.peakRssMb);
  return {
    ...ordered[ordered.length >> 1],
    peakRssMb: peaks.includes(null) ? null : Math.max(...peaks),
    fastest: ordered[0].seconds,
    slowest: ordered.at(-1).seconds,
  };
}

function cellsOf(row) {
  return [
    row.case,
    `${row.messages}${row.slice ? " (slice)" : ""}`,
    String(row.tokens ?? "–"),
    String(row.matches ?? "–"),
    row.seconds.toFixed(3),
    `${row.fastest.toFixed(3)}..${row.slowest.toFixed(3)}`,
    Math.round(row.messagesPerSecond).toString(),
    row.megabytesPerSecond.toFixed(2),
    row.peakRssMb === null ? "–" : Math.round(row.peakRssMb).toString(),
  ];
}

function verdictOn({ name, least, aim }, our, rows, rate) {
  const rival = rows.find((each) => each.case !== our.case && each.case.startsWith(name));
  if (rival === undefined) return [name, "not run", times(least), times(aim), ""];
  const ratio = our[rate] / rival[rate];
  const met = least === undefined ? "reported" : ratio >= aim ? "aim met" : ratio >= least ? "met" : "NOT MET";
  return [rival.case, times(ratio), times(least), times(aim), met];
}

function times(ratio) {
  return ratio === undefined ? "–" : `${Number(ratio.toPrecision(3))}x`;
}

function printColumns(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd(),
    );
}
