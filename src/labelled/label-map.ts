/**
 * The map of `--map`: what labels mean in sets whose words mean something else than they seem to.
 *
 *     {"en-davidson": {"hate speech": {"hate": 1}, "offensive language": {"hate": 0, "abuse": 1}, "neither": "harmless"},
 *      "my-reviews":  {"*": "harmless"},
 *      "my-topics":   {"licence": "CC0", "why": "topics are no labels", "map": {"topic:*": "ignore"}}}
 *
 * A set is a file's name without its endings, or `*` for all that are not named. A label is an element of a row's labels, or its
 * label as text ("0", "1"), or `column:value`, as written; with `*` at its end all that begin so, alone all rows. A row is
 * held against the lines of its set from the first to the last: an object fills in what no line before it spoke of, null
 * being said too; "harmless" (0 for everything) and "ignore" (the row is left out) count only where nothing fitted before them. As
 * JavaScript reads objects, names that are whole numbers come first.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { ConfigError } from "../core/error.ts";
import { eachName, GOLD_NAMES, type Gold, type GoldName, type GoldValue, HARMLESS } from "../evaluation/gold.ts";
import { isRecord, type Statement } from "./statement.ts";

type Verdict = "harmless" | "ignore" | Partial<Readonly<Record<GoldName, GoldValue>>>;

interface Line {
  /** Without its `*`. */
  readonly label: string;
  readonly isBeginning: boolean;
  readonly verdict: Verdict;
}

/** Lines by the name of a set. */
export type LabelMap = ReadonlyMap<string, readonly Line[]>;

const value = z.union([z.literal(0), z.literal(1), z.null()]).optional();
const verdictSchema = z.union([
  z.literal("harmless"),
  z.literal("ignore"),
  z.strictObject(Object.fromEntries(GOLD_NAMES.map((name) => [name, value]))),
]);
const EXPECTED = `"harmless", "ignore", or an object that gives 1, 0 or null for some of ${GOLD_NAMES.join(", ")}`;

/** @throws ConfigError E_MAP where the file cannot be read or is no map; it names the place in it. */
export function loadLabelMap(path: string): LabelMap {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new ConfigError("E_MAP", `${path}: the map cannot be read (${(cause as Error).message}).`, { cause });
  }
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch (cause) {
    throw new ConfigError("E_MAP", `${path}: the map is not JSON (${(cause as Error).message}).`, { cause });
  }
  return compileLabelMap(document, path);
}

/** @throws ConfigError E_MAP */
export function compileLabelMap(document: unknown, path: string): LabelMap {
  const sets = objectAt(document, path, "$", "an object of sets");
  return new Map(
    Object.entries(sets).map(([set, entry]) => {
      const place = `$[${JSON.stringify(set)}]`;
      const labels = objectAt(entry, path, place, "an object of labels");
      // An entry that tells the licence describes its set, and has the labels under "map".
      const described = Object.hasOwn(labels, "licence") && Object.hasOwn(labels, "map");
      const inner = described ? `${place}["map"]` : place;
      return [set, compileLines(described ? objectAt(labels["map"], path, inner, "an object of labels") : labels, path, inner)];
    }),
  );
}

function compileLines(labels: Readonly<Record<string, unknown>>, path: string, place: string): Line[] {
  return Object.entries(labels).map(([written, given]) => {
    const verdict = verdictSchema.safeParse(given);
    if (!verdict.success) throw fault(path, `${place}[${JSON.stringify(written)}]`, EXPECTED, given);
    const isBeginning = written.endsWith("*");
    return { label: isBeginning ? written.slice(0, -1) : written, isBeginning, verdict: verdict.data as Verdict };
  });
}

function objectAt(given: unknown, path: string, place: string, expected: string): Readonly<Record<string, unknown>> {
  if (isRecord(given)) return given;
  throw fault(path, place, expected, given);
}

function fault(path: string, place: string, expected: string, given: unknown): ConfigError {
  const got = Array.isArray(given) ? "an array" : isRecord(given) ? shown(given) : JSON.stringify(given);
  return new ConfigError("E_MAP", `${path}: ${place}: expected ${expected}; got ${got.slice(0, 120)}. See qalqan train --help.`);
}

/** One level of an object: what is nested in it may be too deep to be written. */
function shown(given: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(given).slice(0, 8);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}: ${isRecord(member) ? "{...}" : Array.isArray(member) ? "[...]" : JSON.stringify(member)}`).join(", ")}}`;
}

/** The lines for a set, null for one that follows the defaults. */
export function linesFor(map: LabelMap | null, set: string): readonly Line[] | null {
  return map?.get(set) ?? map?.get("*") ?? null;
}

/**
 * What the map makes of a statement.
 * @param record the row or the judgment within one, for labels such as `column:value`; null where there is none
 * @returns null where no line fits.
 */
export function mappedGold(
  lines: readonly Line[],
  statement: Statement,
  record: Readonly<Record<string, unknown>> | null,
): Gold | "ignore" | null {
  const said = new Map<GoldName, GoldValue>();
  let fitted = false;
  for (const line of lines) {
    if (!fits(line, statement, record)) continue;
    if (typeof line.verdict === "string") {
      if (!fitted) return line.verdict === "ignore" ? "ignore" : HARMLESS;
      continue;
    }
    fitted = true;
    for (const name of GOLD_NAMES) if (line.verdict[name] !== undefined && !said.has(name)) said.set(name, line.verdict[name]);
  }
  return fitted ? eachName((name) => said.get(name) ?? null) : null;
}

function fits({ label, isBeginning }: Line, { names, values }: Statement, record: Readonly<Record<string, unknown>> | null): boolean {
  if (isBeginning && label === "") return true;
  const isIt = (name: string): boolean => (isBeginning ? name.startsWith(label) : name === label);
  if (names.some(isIt) || values.some(({ column, value }) => isIt(`${column}:${value}`))) return true;
  const colon = label.indexOf(":");
  const column = label.slice(0, colon);
  if (record === null || colon <= 0 || !Object.hasOwn(record, column)) return false;
  const held = record[column];
  return (typeof held === "string" || typeof held === "number" || typeof held === "boolean") && isIt(`${column}:${held}`);
}
