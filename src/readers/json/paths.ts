/** Where in a JSON document records lie: a tree of the containers on the way to them. */

/** A container that is gone into. Every other value is passed over. */
export interface PathNode {
  readonly isArray: boolean;
  /** Of an array: whether its elements that are objects are records. */
  readonly holdsRecords: boolean;
  /** Of an object: what lies under a key. Of an array: what its elements are, null for records and what is passed over. */
  readonly members: ReadonlyMap<string, PathNode>;
  /** Of an object: what lies under any other key. Of an array: its elements. */
  readonly others: readonly PathNode[];
}

/**
 * Compiles paths such as `messages[]`, `chats.list[].messages[]`, `[]` and `*[]` (any key). Each ends in `[]`.
 * @returns what the root of the document may be: an object, an array.
 */
export function compilePaths(paths: readonly string[]): readonly PathNode[] {
  return compileSteps(paths.map(stepsOf));
}

/** "chats.list[].messages[]" to ["chats", "list", "[]", "messages", "[]"]. */
function stepsOf(path: string): readonly string[] {
  return path
    .replaceAll("[]", ".[]")
    .split(".")
    .filter((step) => step !== "");
}

function compileSteps(paths: readonly (readonly string[])[]): readonly PathNode[] {
  const nodes: PathNode[] = [];
  const throughArray = paths.filter(([step]) => step === "[]").map((steps) => steps.slice(1));
  if (throughArray.length > 0) {
    nodes.push({
      isArray: true,
      holdsRecords: throughArray.some((rest) => rest.length === 0),
      members: new Map(),
      others: compileSteps(throughArray.filter((rest) => rest.length > 0)),
    });
  }
  const throughObject = paths.filter(([step]) => step !== "[]" && step !== undefined);
  if (throughObject.length === 0) return nodes;
  const keys = new Set(throughObject.map(([step]) => step!));
  const below = (key: string): readonly PathNode[] =>
    compileSteps(throughObject.filter(([step]) => step === key).map((steps) => steps.slice(1)));
  keys.delete("*");
  const members = new Map<string, PathNode>();
  // A key holds an object or an array, never both in one format.
  for (const key of keys) for (const node of below(key)) members.set(key, node);
  nodes.push({ isArray: false, holdsRecords: false, members, others: below("*") });
  return nodes;
}
