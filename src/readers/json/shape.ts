/** Where the texts of a JSON file of unknown origin seem to lie. */
import { compileFieldNames, type FieldNames, ROLE, roleOf } from "../field-names.ts";
import type { ReaderOptions } from "../reader.ts";
import { NESTED_DEPTH } from "./common-record.ts";
import { JSON_TYPE } from "./cursor.ts";
import type { JsonHead } from "./head.ts";

/** Keys on the way to an array of records. */
const MAX_ARRAY_KEYS = 3;

/**
 * `record`: the root object is a message itself. `arrays`: messages lie in the root array or in arrays inside the root object.
 * `nothing`: no text is to be seen.
 */
export type JsonShape = "record" | "arrays" | "nothing";

/**
 * An array under the root's own text belongs to the message (the tags of a post), unless texts lie right in it; a text
 * inside an object of the root counts only where no array has any.
 */
export function shapeOf(head: JsonHead, options: ReaderOptions): JsonShape {
  const names = compileFieldNames(options);
  let [ownText, insideText, arrayText, nearArrayText] = [false, false, false, false];
  for (const path of head.paths()) {
    if (head.typeOf(path) !== JSON_TYPE.string && head.textOf(path) === null) continue;
    const bracket = path.indexOf("[]");
    const inside = bracket < 0 ? path : path.slice(bracket + 2).replace(/^\./u, "");
    const depth = keyCount(inside);
    if (inside === "" || inside.includes("[]") || !isText(inside, depth, names, options)) continue;
    const arrayKeys = keyCount(path.slice(0, Math.max(0, bracket)));
    ownText ||= bracket < 0 && depth === 1;
    insideText ||= bracket < 0;
    arrayText ||= bracket >= 0 && arrayKeys <= MAX_ARRAY_KEYS;
    nearArrayText ||= bracket >= 0 && arrayKeys <= 1 && depth === 1;
  }
  if ((ownText && !nearArrayText) || (insideText && !arrayText)) return "record";
  return arrayText ? "arrays" : "nothing";
}

/** @param inside is the path from the record to the value. */
function isText(inside: string, depth: number, names: FieldNames, options: ReaderOptions): boolean {
  if (roleOf(names.codeOf(inside)) === ROLE.text) return true;
  if (options.textField !== undefined || depth > NESTED_DEPTH + 1) return false;
  return roleOf(names.codeOf(inside.slice(inside.lastIndexOf(".") + 1))) === ROLE.text;
}

function keyCount(path: string): number {
  return path === "" ? 0 : path.split(".").length;
}
