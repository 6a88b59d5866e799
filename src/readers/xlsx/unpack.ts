/**
 * From an Excel workbook to the rows of its sheets. What is held is the texts that cells share, and of the sheets a piece of
 * XML and the rows it gives.
 *
 *     _rels/.rels -> workbook.xml -> sheets in the order of their tabs
 *                        |-> sharedStrings.xml, styles.xml --\
 *                        |-> sheet1.xml, sheet2.xml ... ------+-> rows (grid.ts)
 */
import { FormatError } from "../../core/error.ts";
import { readDirectory, readMember, type ZipMember } from "../source/archive.ts";
import { checkSizes } from "../source/zip.ts";
import { GridWriter } from "./grid.ts";
import { SharedStrings } from "./shared-strings.ts";
import { Sheet } from "./sheet.ts";
import { Styles } from "./styles.ts";
import { Relations, relationsOf, SheetList } from "./workbook.ts";
import { parseXml, type XmlTarget } from "./xml.ts";

const CHUNK_BYTES: number = 256 << 10;
/** Cells that share a long text make much of little; past this, of what the parts unpack to, nobody wrote it. */
const MAX_GROWTH = 100;
const SUSPECT_BYTES: number = 2 ** 30;

/**
 * Rows of all sheets, in the form that grid.ts describes.
 * @throws FormatError E_XLSX, E_ZIP_BOMB, E_ZIP_ENCRYPTED while iterating
 */
export async function* unpackXlsx(file: string): AsyncGenerator<Uint8Array> {
  try {
    const archive = new Archive(file, await readDirectory(file));
    let written = 0;
    for await (const chunk of readWorkbook(archive)) {
      written += chunk.length;
      if (written > SUSPECT_BYTES && written / archive.unpackedBytes > MAX_GROWTH)
        throw new Error(`${archive.unpackedBytes} bytes of XML have grown to ${written} so far`);
      yield chunk;
    }
  } catch (cause) {
    throw workbookError(file, cause);
  }
}

/** The parts of a workbook by their names. */
class Archive {
  readonly #members: ReadonlyMap<string, ZipMember>;
  readonly #file: string;
  readonly #read: ZipMember[] = [];
  /** Of the parts read so far. */
  unpackedBytes = 0;

  constructor(file: string, members: readonly ZipMember[]) {
    this.#file = file;
    this.#members = new Map(members.map((member) => [member.name, member]));
  }

  /** @throws FormatError or Error where there is no such part, or it cannot be unpacked */
  parse(name: string, target: XmlTarget): AsyncGenerator<void> {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`its part ${name} is missing`);
    if (member.isEncrypted) throw new Error("it is encrypted; save it without a password");
    if (member.method !== 0 && member.method !== 8)
      throw new Error(`its parts are packed by method ${member.method}, which is not supported`);
    this.#read.push(member);
    this.unpackedBytes += member.byteLength;
    checkSizes(this.#read, this.#file);
    return parseXml(readMember(member), target);
  }

  async read<Target extends XmlTarget>(name: string | null, target: Target): Promise<Target> {
    if (name !== null) for await (const _ of this.parse(name, target));
    return target;
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
  if (cause instanceof FormatError && cause.code !== "E_ZIP") return cause;
  // Advice for archives does not fit; what is wrong with this one does.
  const reason = cause instanceof FormatError && cause.cause instanceof Error ? cause.cause : cause;
  const what = reason instanceof Error ? reason.message : String(reason);
  return new FormatError(
    "E_XLSX",
    `${file}: the workbook cannot be read any further (${what}). Open it in a spreadsheet program and save it again, or give it as CSV.`,
    { cause },
  );
}
