/**
 * From an Excel workbook to the rows of its sheets. What is held is the texts that cells share, and of the sheets a piece of
 * XML and the rows it gives.
 *
 *     _rels/.rels -> workbook.xml -> sheets in the order of their tabs
 *                        |-> sharedStrings.xml, styles.xml --\
 *                        |-> sheet1.xml, sheet2.xml ... ------+-> rows (grid.ts)
 */
import { stat } from "node:fs/promises";
import { FormatError } from "../../core/error.ts";
import { readDirectory, readMember, type ZipMember } from "../source/archive.ts";
import { decodeBytes } from "../source/bytes.ts";
import { GridWriter } from "./grid.ts";
import { SharedStrings } from "./shared-strings.ts";
import { Sheet } from "./sheet.ts";
import { Styles } from "./styles.ts";
import { Relations, relationsOf, SheetList } from "./workbook.ts";
import { parseXml, type XmlTarget } from "./xml.ts";

const CHUNK_BYTES: number = 256 << 10;
/** Parts that share their packed bytes, or cells their text, can make much of little; past this nobody wrote it. */
const MAX_GROWTH = 1000;
const SUSPECT_BYTES: number = 2 ** 30;

/**
 * Rows of all sheets, in the form that grid.ts describes.
 * @throws FormatError E_XLSX, E_ZIP_BOMB, E_ZIP_ENCRYPTED while iterating
 */
export async function* unpackXlsx(file: string): AsyncGenerator<Uint8Array> {
  try {
    const { size } = await stat(file);
    let total = 0;
    const count = (bytes: number): void => {
      total += bytes;
      if (total > SUSPECT_BYTES && total / size > MAX_GROWTH) {
        throw new FormatError(
          "E_ZIP_BOMB",
          `${file}: ${size} bytes have grown to ${total} so far, which no workbook does. Reading stopped.`,
        );
      }
    };
    for await (const chunk of readWorkbook(new Archive(file, await readDirectory(file), count))) {
      count(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    throw workbookError(file, cause);
  }
}

/** The members of the archive, as text. */
class Archive {
  readonly #file: string;
  readonly #members: ReadonlyMap<string, ZipMember>;
  readonly #count: (bytes: number) => void;

  constructor(file: string, members: readonly ZipMember[], count: (bytes: number) => void) {
    this.#file = file;
    this.#members = new Map(members.map((member) => [member.name, member]));
    this.#count = count;
  }

  parse(member: string, target: XmlTarget): AsyncGenerator<void> {
    return parseXml(decodeBytes(this.#file, this.#bytes(member)), target);
  }

  async read<Target extends XmlTarget>(member: string | null, target: Target): Promise<Target> {
    if (member !== null) for await (const _ of this.parse(member, target));
    return target;
  }

  async *#bytes(name: string): AsyncGenerator<Uint8Array> {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`it has no ${name}`);
    if (member.isEncrypted)
      throw new FormatError("E_ZIP_ENCRYPTED", `${this.#file}: the workbook is encrypted. Save it without a password and give it again.`);
    for await (const chunk of readMember(member)) {
      this.#count(chunk.length);
      yield chunk;
    }
  }
}

async function* readWorkbook(archive: Archive): AsyncGenerator<Uint8Array> {
  const book = (await archive.read(relationsOf(""), new Relations(""))).find("officeDocument");
  if (book === null) throw new Error("it has no workbook");
  const { sheets, is1904 } = await archive.read(book, new SheetList());
  const relations = await archive.read(relationsOf(book), new Relations(book));
  const styles = await archive.read(relations.find("styles"), new Styles());
  const strings = await archive.read(relations.find("sharedStrings"), new SharedStrings());
  const out = new GridWriter(CHUNK_BYTES);
  try {
    for (const { name, relation } of sheets) {
      const part = relations.byId.get(relation);
      // Charts and dialogs have tabs of their own.
      if (part?.type !== "worksheet") continue;
      out.sheet(name);
      for await (const _ of archive.parse(part.target, new Sheet({ strings, styles, is1904 }, out))) yield out.take();
    }
  } catch (cause) {
    // What could be read is owed all the same.
    yield out.take();
    throw cause;
  }
  yield out.take();
}

function workbookError(file: string, cause: unknown): FormatError {
  if (cause instanceof FormatError) return cause.code === "E_ZIP" ? new FormatError("E_XLSX", cause.message, { cause }) : cause;
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FormatError(
    "E_XLSX",
    `${file}: the workbook cannot be read any further (${what}). Open it in a spreadsheet program and save it again, or give it as CSV.`,
    { cause },
  );
}
