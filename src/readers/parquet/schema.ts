import type { SchemaElement } from "hyparquet";

/** Levels of nesting that are followed. */
const MAX_DEPTH = 64;
export const MAX_COLUMNS = 10_000;

/**
 * A column of the schema, or what lies in one. Levels are Dremel's: an entry of a column of values says by its definition
 * level how much of the path to it is there, and by its repetition level which list it goes on with (Melnik et al. 2010).
 */
export interface SchemaNode {
  readonly name: string;
  /** `"name":` */
  readonly key: Uint8Array;
  readonly shape: "value" | "struct" | "list" | "map";
  readonly isRepeated: boolean;
  readonly definitionLevel: number;
  readonly repetitionLevel: number;
  readonly children: readonly SchemaNode[];
  /** The columns of values below it, or the one that it is, by their number: half-open. */
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly element: SchemaElement;
}

/**
 * Builds the tree of a schema that is listed in depth-first order.
 * @returns the table's own columns.
 * @throws Error if the list makes no tree, or one too large
 */
export function readSchema(elements: readonly SchemaElement[]): readonly SchemaNode[] {
  let next = 1;
  let columns = 0;

  function node(depth: number, parentDefinition: number, parentRepetition: number): SchemaNode {
    const element = elements[next++];
    if (element === undefined) throw new Error("its schema breaks off");
    if (depth > MAX_DEPTH) throw new Error(`its columns are nested more than ${MAX_DEPTH} levels deep`);
    const isRepeated = element.repetition_type === "REPEATED";
    const definitionLevel = parentDefinition + (element.repetition_type === "REQUIRED" ? 0 : 1);
    const repetitionLevel = parentRepetition + (isRepeated ? 1 : 0);
    const firstColumn = columns;
    const count = element.num_children ?? 0;
    if (count > elements.length) throw new Error("its schema breaks off");
    const children = Array.from({ length: count }, () => node(depth + 1, definitionLevel, repetitionLevel));
    if (children.length === 0 && element.type === undefined) throw new Error("its schema has a column without a type");
    if (children.length === 0) columns++;
    if (columns > MAX_COLUMNS) throw new Error(`it has more than ${MAX_COLUMNS} columns`);
    return {
      name: element.name,
      key: new TextEncoder().encode(`${JSON.stringify(element.name)}:`),
      shape: shapeOf(element, children),
      isRepeated,
      definitionLevel,
      repetitionLevel,
      children,
      firstColumn,
      endColumn: columns,
      element,
    };
  }

  const top: SchemaNode[] = [];
  while (top.length < (elements[0]?.num_children ?? 0)) top.push(node(1, 0, 0));
  return top;
}

/** What the elements of a list are: its repeated child, or where that is only a wrapper, what it wraps. */
export function elementOf(list: SchemaNode): SchemaNode {
  const repeated = list.children[0]!;
  // https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists, "Backward-compatibility rules"
  const isElement = repeated.children.length !== 1 || repeated.name === "array" || repeated.name === `${list.name}_tuple`;
  return isElement ? repeated : repeated.children[0]!;
}

function shapeOf(element: SchemaElement, children: readonly SchemaNode[]): SchemaNode["shape"] {
  if (children.length === 0) return "value";
  if (children.length > 1 || !children[0]!.isRepeated) return "struct";
  const type = element.converted_type ?? element.logical_type?.type;
  if (type === "LIST") return "list";
  const [key, value] = children[0]!.children;
  const isMap = (type === "MAP" || type === "MAP_KEY_VALUE") && children[0]!.children.length === 2;
  return isMap && key!.shape === "value" && !key!.isRepeated && !value!.isRepeated ? "map" : "struct";
}
