import type { Column } from "./column.ts";
import type { JsonLines } from "./json-lines.ts";
import { elementOf, type SchemaNode } from "./schema.ts";
import { type ValueWriter, valueWriter } from "./value-writer.ts";

/**
 * Puts rows together again from the entries of columns and writes each as a JSON object. Every entry is taken exactly once,
 * so columns that do not fit each other are found at the next row at the latest.
 */
export class RowWriter {
  readonly #top: readonly SchemaNode[];
  readonly #out: JsonLines;
  #columns: readonly Column[] = [];
  readonly #writers: readonly ValueWriter[];

  constructor(top: readonly SchemaNode[], leaves: readonly SchemaNode[], out: JsonLines) {
    this.#top = top;
    this.#out = out;
    this.#writers = leaves.map((leaf) => valueWriter(leaf.element));
  }

  /** Takes the columns of a row group. */
  start(columns: readonly Column[]): void {
    this.#columns = columns;
  }

  /** Writes the next row, which must be ready in every column. @throws Error if the columns do not fit each other */
  write(): void {
    for (const column of this.#columns) if (column.repetition !== 0) throw misfit();
    this.#members(this.#top);
    this.#out.endLine();
  }

  #members(nodes: readonly SchemaNode[]): void {
    this.#out.ascii("{");
    for (let i = 0; i < nodes.length; i++) {
      if (i > 0) this.#out.ascii(",");
      this.#out.raw(nodes[i]!.key);
      if (nodes[i]!.isRepeated) this.#list(nodes[i]!, nodes[i]!);
      else this.#value(nodes[i]!);
    }
    this.#out.ascii("}");
  }

  /** Writes a node that is there once, or null. */
  #value(node: SchemaNode): void {
    const column = this.#columns[node.firstColumn]!;
    if (column.definition < node.definitionLevel) {
      this.#skip(node);
      this.#out.ascii("null");
    } else if (node.shape === "value") this.#leaf(node, column);
    else if (node.shape === "list") this.#list(node.children[0]!, elementOf(node));
    else if (node.shape === "map") this.#map(node.children[0]!);
    else this.#members(node.children);
  }

  /** Writes what a repeated node has: itself, or the child that it only wraps. */
  #list(repeated: SchemaNode, element: SchemaNode): void {
    this.#out.ascii("[");
    this.#each(repeated, () => this.#value(element));
    this.#out.ascii("]");
  }

  #map(repeated: SchemaNode): void {
    const [key, value] = repeated.children as [SchemaNode, SchemaNode];
    this.#out.ascii("{");
    this.#each(repeated, () => {
      const start = this.#out.length;
      this.#value(key);
      this.#out.quoteFrom(start);
      this.#out.ascii(":");
      this.#value(value);
    });
    this.#out.ascii("}");
  }

  #each(repeated: SchemaNode, write: () => void): void {
    const column = this.#columns[repeated.firstColumn]!;
    if (column.definition < repeated.definitionLevel) {
      this.#skip(repeated);
      return;
    }
    write();
    while (column.hasEntry && column.repetition === repeated.repetitionLevel) {
      this.#out.ascii(",");
      write();
    }
  }

  #leaf(node: SchemaNode, column: Column): void {
    if (!column.hasEntry) throw misfit();
    const { values, valueIndex } = column;
    const { starts } = values;
    const start = starts === null ? valueIndex * values.width : starts[valueIndex]!;
    const end = starts === null ? start + values.width : starts[valueIndex + 1]! - values.gap;
    this.#writers[node.firstColumn]!(this.#out, values, start, end);
    column.advance();
  }

  /** Where a node is not there, each column below it has one entry that says so. */
  #skip(node: SchemaNode): void {
    for (let column = node.firstColumn; column < node.endColumn; column++) this.#columns[column]!.advance();
  }
}

function misfit(): Error {
  return new Error("its columns do not agree on their rows");
}
