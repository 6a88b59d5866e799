import type { XmlTarget } from "./xml.ts";

/** More than anybody could open. */
const MAX_SHEETS = 10_000;
const MAX_RELATIONS = 100_000;

export interface Relation {
  /** The last word of its type: "worksheet". */
  readonly type: string;
  /** Name of a member of the archive. */
  readonly target: string;
}

/** What one part of the archive says of the others that belong to it. */
export class Relations implements XmlTarget {
  readonly #folder: string;
  readonly byId: Map<string, Relation> = new Map();

  /** @param part is the member that they belong to, "" for the archive itself. */
  constructor(part: string) {
    this.#folder = part.slice(0, part.lastIndexOf("/") + 1);
  }

  /** The first of a type. */
  find(type: string): string | null {
    for (const relation of this.byId.values()) if (relation.type === type) return relation.target;
    return null;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { Id: id = "", Type: type = "", Target: target = "" } = attributes;
    if (name !== "Relationship" || attributes["TargetMode"] === "External" || this.byId.size === MAX_RELATIONS) return;
    this.byId.set(id, { type: type.slice(type.lastIndexOf("/") + 1), target: joinNames(this.#folder, target) });
  }

  text(): void {}
  close(): void {}
}

/** Where a part's relations are. */
export function relationsOf(part: string): string {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  return `${folder}_rels/${part.slice(folder.length)}.rels`;
}

/** The names of the sheets, in the order of their tabs, and from when the workbook counts its days. */
export class SheetList implements XmlTarget {
  readonly sheets: { readonly name: string; readonly relation: string }[] = [];
  is1904 = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "workbookPr") this.is1904 = attributes["date1904"] === "1" || attributes["date1904"] === "true";
    if (name !== "sheet" || this.sheets.length === MAX_SHEETS) return;
    // `r:id` by custom; what counts is that it has a prefix, which `sheetId` has not.
    const relation = Object.keys(attributes).find((key) => key.endsWith(":id"));
    this.sheets.push({ name: attributes["name"] ?? "", relation: relation === undefined ? "" : attributes[relation]! });
  }

  text(): void {}
  close(): void {}
}

/** Targets are relative to their part's folder, or begin with a slash. */
function joinNames(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const parts = folder.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
