/** The attributes that are read; "" where there is none. */
export interface Attributes {
  class: string;
  id: string;
  title: string;
  href: string;
  alt: string;
  name: string;
  content: string;
  dataId: string;
}

/** By the length of their names, which most attributes that are not read do not share. */
const FIELDS: readonly (readonly (readonly [name: string, field: keyof Attributes])[])[] = [
  [],
  [],
  [["id", "id"]],
  [["alt", "alt"]],
  [
    ["href", "href"],
    ["name", "name"],
  ],
  [
    ["class", "class"],
    ["title", "title"],
  ],
  [],
  [
    ["data-id", "dataId"],
    ["content", "content"],
  ],
];

/** Gathers the attributes of a tag while it is read. */
export class AttributeReader {
  readonly attributes: Attributes = { class: "", id: "", title: "", href: "", alt: "", name: "", content: "", dataId: "" };
  #field: keyof Attributes | undefined;
  #value = "";

  /** Whether the value that follows is wanted. */
  get wanted(): boolean {
    return this.#field !== undefined;
  }

  /** A tag begins. */
  clear(): void {
    const attributes = this.attributes;
    attributes.class = "";
    attributes.id = "";
    attributes.title = "";
    attributes.href = "";
    attributes.alt = "";
    attributes.name = "";
    attributes.content = "";
    attributes.dataId = "";
  }

  /** An attribute begins whose name, in any case, is `page[start, end)`. */
  begin(page: string, start: number, end: number): void {
    this.#field = undefined;
    this.#value = "";
    const fields = FIELDS[end - start];
    if (fields === undefined || fields.length === 0) return;
    for (const [name, field] of fields) if (page.startsWith(name, start)) this.#field = field;
    if (this.#field !== undefined) return;
    const lower = page.slice(start, end).toLowerCase();
    this.#field = fields.find(([name]) => name === lower)?.[1];
  }

  /** A piece of its value. */
  add(piece: string): void {
    this.#value += piece;
  }

  /** It ends; of two attributes of one name the first counts. */
  end(): void {
    if (this.#field !== undefined && this.attributes[this.#field] === "") this.attributes[this.#field] = this.#value;
    this.#field = undefined;
  }
}
