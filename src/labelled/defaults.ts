/**
 * What a row's own labels mean where no map says it:
 *
 *   {"gold": {...}}, {"task": ..., "label": 1}      goldOf (evaluation/gold.ts): this project's own shapes, before all others
 *   hate,toxic      1,0                              columns of 0 and 1, each for itself alone; of several for one thing a single 1 is enough
 *   hate | none                                      names: a name is 1 for what it means; `none` is 0 for what the file's names speak of
 *   hate | offensive | none                          one name a row: `offensive` was chosen over `hate`, so it is also 0 for every
 *                                                    label that the file has; `hate` says nothing of abuse, hate may be rude or not
 *   ["hate", "abuse"], ["hate"]                      rows with several names: what is not ticked is 0 among what the file's names speak of
 *   not hate                                         0 for hate; where it is all that is said, 0 for all that the file's names speak of
 *   harmless                                         0 for everything
 *   {"label": 1, "labels": ["hate"]}                 a suite, where `label` is 1 somewhere in the file (goldOf)
 *   label 0, 1, 2                                    codes: say nothing. Only a map can know what they mean
 *
 * Rows whose list of labels is empty say nothing: they may just not have been looked at.
 */
import { LABEL_NAMES } from "../core/label.ts";
import { eachName, type Gold, type GoldName, type GoldValue, goldOf, HARMLESS, UNKNOWN } from "../evaluation/gold.ts";
import { meaningOf } from "./label-names.ts";
import { isRecord, type Statement } from "./statement.ts";
import type { Survey } from "./survey.ts";

/** Whether a statement can be read without knowing the rest of its file. */
export function standsAlone(statement: Statement): boolean {
  return isRecord(statement.gold) || statement.task !== null;
}

export function defaultGold(statement: Statement, survey: Survey): Gold {
  if (standsAlone(statement)) return goldOf(statement);
  const columns = columnGold(statement, survey);
  const named = statedNames(statement, columns);
  if (columns !== null) {
    const gold = namedGold(named, survey);
    return eachName((name) => columns[name] ?? gold[name]);
  }
  if (survey.hasCodes || statement.label === null) return namedGold(named, survey);
  // A 0 beside names of labels, with no 1 anywhere, is how some write "none".
  if (!survey.hasOnes && survey.names.size > 0) return namedGold({ ...named, isNone: true }, survey);
  const gold = goldOf({ label: statement.label, labels: [...named.is] });
  const isRudeAlone = named.is.size === 1 && named.is.has("abuse");
  return isRudeAlone ? { ...gold, flagged: null } : gold;
}

/** Labels that say nothing here, for a remark; also columns named like labels that hold something else than 0 and 1. */
export function unknownNames(statement: Statement, survey: Survey): readonly string[] {
  if (standsAlone(statement)) return [];
  const columns = new Set(statement.values.map(({ column }) => column));
  const names = statement.names.filter((name) => meaningOf(name) === null && !columns.has(name) && !isPart(name, statement));
  return [...names.filter((name) => survey.hasCodes || !NUMBERS.has(name)), ...survey.notBinary];
}

/** As names; `label` has them as well. */
const NUMBERS: ReadonlySet<string> = new Set(["0", "1", "0.0", "1.0", "true", "false", "yes", "no"]);

/** Whether a name of a cell is there in parts that mean something, or as a part of one that does. */
function isPart(name: string, statement: Statement): boolean {
  return statement.names.some((other) => other !== name && other.length < name.length && name.includes(other) && meaningOf(other) !== null);
}

function columnGold({ values }: Statement, survey: Survey): Partial<Gold> | null {
  if (values.length === 0) return null;
  const gold: Partial<Record<GoldName, GoldValue>> = {};
  for (const { column, name, value } of values) {
    const said = value === "other" || survey.notBinary.has(column) ? null : value;
    const before = gold[name];
    // 1 if one says 1, 0 if all say 0.
    gold[name] = before === undefined ? said : before === 1 || said === 1 ? 1 : before === 0 && said === 0 ? 0 : null;
  }
  return gold;
}

interface Named {
  readonly is: ReadonlySet<GoldName>;
  readonly isNot: ReadonlySet<GoldName>;
  readonly isNone: boolean;
  readonly isHarmless: boolean;
}

/** What the names mean; names of columns that are 1 have been heard already. */
function statedNames(statement: Statement, columns: Partial<Gold> | null): Named {
  const heard = new Set(columns === null ? [] : statement.values.map(({ column }) => column));
  const is = new Set<GoldName>();
  const isNot = new Set<GoldName>();
  let isNone = false;
  let isHarmless = false;
  for (const name of statement.names) {
    const meaning = heard.has(name) ? null : meaningOf(name);
    if (meaning === null) continue;
    if (meaning.kind === "is") is.add(meaning.name);
    else if (meaning.kind === "is-not") isNot.add(meaning.name);
    else if (meaning.kind === "none") isNone = true;
    else isHarmless = true;
  }
  return { is, isNot, isNone, isHarmless };
}

function namedGold({ is, isNot, isNone, isHarmless }: Named, survey: Survey): Gold {
  if (is.size === 0) {
    if (isHarmless) return HARMLESS;
    return isNone || isNot.size > 0 ? withFlagged(eachName((name) => (survey.names.has(name) ? 0 : null))) : UNKNOWN;
  }
  const isMild = is.size === 1 && is.has("abuse") && !survey.isMultiple;
  return eachName((name) => {
    if (is.has(name)) return 1;
    if (isNot.has(name)) return 0;
    const isAsked = survey.names.has(name) && name !== "flagged";
    if (isMild) return isAsked && (LABEL_NAMES as readonly GoldName[]).includes(name) ? 0 : null;
    return isAsked && survey.isMultiple ? 0 : null;
  });
}

function withFlagged(gold: Gold): Gold {
  return LABEL_NAMES.every((name) => gold[name] === 0) ? { ...gold, flagged: 0 } : gold;
}
