import type { FileHandle } from "node:fs/promises";
import type { ColumnMetaData, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { FileWindow } from "./file.ts";
import type { Budget } from "./limits.ts";
import { checkHeader, checkSum, type Page, readDictionary, readPage } from "./page.ts";
import type { SchemaNode } from "./schema.ts";
import { findStructEnd } from "./thrift.ts";
import { sizeOf, type Values } from "./values.ts";

/** Longest header of a page; it may quote the least and the greatest value. */
const MAX_HEADER_BYTES: number = 8 << 20;
const FIRST_HEADER_BYTES = 512;

/**
 * One column of one row group, read a page at a time. `load` pages until rows are `ready`, then go through their entries
 * with `advance` and say with `endRows` how many rows that were.
 */
export class Column {
  readonly node: SchemaNode;
  readonly #file: FileWindow;
  readonly #chunk: ColumnMetaData;
  readonly #budget: Budget;
  /** Place in the file of what comes next. */
  #next: number;
  #entriesLeft: number;
  #dictionary: Values | null = null;
  /** The page that entries are taken from, and those behind it. */
  #page: Page | null = null;
  #waiting: Page[] = [];
  #entry = 0;
  #value = 0;
  /** Rows of which the first entry is there. */
  #begun = 0;

  constructor(handle: FileHandle, windowBytes: number, chunk: ColumnMetaData, node: SchemaNode, budget: Budget) {
    this.node = node;
    this.#file = new FileWindow(handle, windowBytes);
    this.#chunk = chunk;
    this.#budget = budget;
    const data = Number(chunk.data_page_offset);
    const dictionary = Number(chunk.dictionary_page_offset ?? 0);
    this.#next = dictionary > 0 && dictionary < data ? dictionary : data;
    this.#entriesLeft = Number(chunk.num_values);
  }

  /** Rows that are wholly there. The last one may go on in the next page if its column is in a list. */
  get ready(): number {
    return this.node.repetitionLevel === 0 || this.#entriesLeft <= 0 ? this.#begun : Math.max(0, this.#begun - 1);
  }

  endRows(count: number): void {
    this.#begun -= count;
  }

  /** Whether there is an entry. */
  get hasEntry(): boolean {
    return this.#page !== null;
  }

  get definition(): number {
    const page = this.#page;
    return page === null || page.definitions === null ? this.node.definitionLevel : page.definitions[this.#entry]!;
  }

  get repetition(): number {
    return this.#page?.repetitions?.[this.#entry] ?? 0;
  }

  /** The values that the entry's own one is in, at `valueIndex`. */
  get values(): Values {
    return this.#page!.values;
  }

  /** @throws Error if it is not in the dictionary. */
  get valueIndex(): number {
    const { places, values } = this.#page!;
    const index = places === null ? this.#value : places[this.#value]!;
    if (index >= values.count) throw new Error("it has a column with a value that is not in its dictionary");
    return index;
  }

  /** Goes to the next entry. @throws Error if there is none to leave */
  advance(): void {
    const page = this.#page;
    if (page === null) throw new Error("its columns do not agree on their rows");
    if (this.definition === this.node.definitionLevel) this.#value++;
    if (++this.#entry < page.count) return;
    this.#budget.giveBack(page.size);
    this.#page = this.#waiting.shift() ?? null;
    this.#entry = 0;
    this.#value = 0;
  }

  /** Reads on to the end of the next page of data. @throws Error if there is none, or it cannot be read */
  async load(): Promise<void> {
    for (;;) {
      if (this.#entriesLeft <= 0) throw new Error(`its column "${this.node.name}" has fewer rows than the table`);
      const header = await this.#readHeader();
      checkHeader(header);
      const packed = await this.#file.read(this.#next, header.compressed_page_size);
      this.#next += header.compressed_page_size;
      checkSum(header, packed);
      if (header.type === "DICTIONARY_PAGE") this.#setDictionary(readDictionary(header, packed, this.#chunk.codec, this.node));
      else if (header.type === "DATA_PAGE" || header.type === "DATA_PAGE_V2") {
        const page = readPage(header, packed, this.#chunk.codec, this.node, this.#dictionary);
        this.#entriesLeft -= page.count;
        if (page.count === 0) continue;
        this.#add(page);
        return;
      }
    }
  }

  /** Lets go of everything. */
  close(): void {
    for (const page of [this.#page, ...this.#waiting]) if (page !== null) this.#budget.giveBack(page.size);
    this.#page = null;
    this.#waiting = [];
    this.#setDictionary(null);
  }

  #add(page: Page): void {
    this.#budget.take(page.size);
    if (this.#page === null) this.#page = page;
    else this.#waiting.push(page);
    if (page.repetitions === null) this.#begun += page.count;
    else for (let entry = 0; entry < page.count; entry++) if (page.repetitions[entry] === 0) this.#begun++;
  }

  #setDictionary(dictionary: Values | null): void {
    if (this.#dictionary !== null) this.#budget.giveBack(sizeOf(this.#dictionary));
    if (dictionary !== null) this.#budget.take(sizeOf(dictionary));
    this.#dictionary = dictionary;
  }

  async #readHeader(): Promise<PageHeader> {
    for (let length = FIRST_HEADER_BYTES; ; length *= 16) {
      const bytes = await this.#file.read(this.#next, length);
      const end = findStructEnd(bytes, 0, bytes.length);
      if (end >= 0) {
        this.#next += end;
        return parquetHeader({ view: new DataView(bytes.buffer, bytes.byteOffset, end), offset: 0 });
      }
      if (bytes.length < length || length > MAX_HEADER_BYTES) throw new Error(`its column "${this.node.name}" breaks off`);
    }
  }
}
