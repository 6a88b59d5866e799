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
 * `both`: the root object has a text, and arrays in it have texts, like a post with its comments. `nothing`: no text is to be
 * seen.
 */
export type JsonShape = "record" | "arrays" | "both" | "nothing";

/** Arrays that are parts of a message: the tags and links in its text. */
const PARTS_OF_MESSAGE = /(?:^|[._])entities(?:$|[.[])/u;

/** @param head of the file, of which only the first root value counts. */
export function shapeOf(head: JsonHead, options: ReaderOptions): JsonShape {
  const names = compileFieldNames(options);
  let [rootText, arrayText] = [false, false];
  for (const path of head.paths()) {
    if (head.typeOf(path) !== JSON_TYPE.string && head.textOf(path) === null) continue;
    const bracket = path.indexOf("[]");
    const inside = bracket < 0 ? path : path.slice(bracket + 2).replace(/^\./u, "");
    if (inside === "" || inside.includes("[]") || !isText(inside, keyCount(inside), names, options)) continue;
    rootText ||= bracket < 0;
    const outside = path.slice(0, Math.max(0, bracket));
    arrayText ||= bracket >= 0 && keyCount(outside) <= MAX_ARRAY_KEYS && !PARTS_OF_MESSAGE.test(outside);
  }
  return rootText ? (arrayText ? "both" : "record") : arrayText ? "arrays" : "nothing";
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
