import { KIND, PART, setRange } from "../../core/message.ts";
import { Batcher, CarryOver, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { chooseColumns } from "../csv/columns.ts";
import { compileFieldNames, type FieldNames, ROLE, roleOf } from "../field-names.ts";
import { JsonRecordReader } from "../json/common-record.ts";
import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { stringText } from "../json/member.ts";
import { LineSplitter, type LineTarget } from "../line-splitter.ts";
import {
  type BatchSink,
  type Format,
  HEAD_BYTES,
  NOTHING_TO_REPORT,
  type Reader,
  type ReaderOptions,
  type ReaderReport,
} from "../reader.ts";

/** Tables of columns, as data sets are passed on. They are unpacked to JSON Lines, so a message's line is its row. */
export const PARQUET: Format = {
  name: "parquet",
  about: "Parquet tables; text and id are found by common names",
  extensions: [".parquet"],
  sniff: (head) => (Buffer.from(head.subarray(0, 4)).toString("latin1") === "PAR1" ? 1 : 0),
  open: (options, sink) => new ParquetReader(options, sink),
  async *unpack(file) {
    const { unpackParquet } = await import("./unpack.ts"); // only Parquet files pay for it
    yield* unpackParquet(file);
  },
};

const NEWLINE = 10;
const LETTER_N = 110;

/** Reads what `unpack` gives. As JSON Lines, but where no name of a column is known the text is looked for in its first rows. */
class ParquetReader implements Reader, LineTarget {
  readonly #options: ReaderOptions;
  readonly #batcher: Batcher;
  readonly #splitter: LineSplitter;
  readonly #cursor = new JsonCursor();
  /** The first rows, until it is known which column holds the text. */
  #sample: CarryOver | null = new CarryOver();
  #records: JsonRecordReader | null = null;
  #names: FieldNames | null = null;
  #notes: readonly string[] = [];

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#options = options;
    this.#batcher = new Batcher(options.source, sink);
    this.#splitter = new LineSplitter(this);
  }

  push(chunk: Uint8Array): void {
    const sample = this.#sample;
    if (sample === null) {
      this.#splitter.push(chunk);
      return;
    }
    const taken = Math.min(chunk.length, HEAD_BYTES - sample.length);
    sample.append(chunk, 0, taken);
    if (sample.length < HEAD_BYTES) return;
    this.#start(sample);
    this.#splitter.push(chunk.subarray(taken));
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    if (this.#sample !== null) this.#start(this.#sample);
    this.#splitter.finish();
    this.#batcher.flush();
  }

  report(): ReaderReport {
    return { ...NOTHING_TO_REPORT, notes: this.#notes };
  }

  #start(sample: CarryOver): void {
    const bytes = sample.bytes.subarray(0, sample.length);
    const options = this.#chooseText(bytes);
    this.#names = compileFieldNames(options);
    this.#records = new JsonRecordReader(options, this.#batcher);
    this.#sample = null;
    this.#splitter.push(bytes);
  }

  /**
   * @returns the options with the name of the text's column. Without it every row would be searched anew, and one whose
   * text is null be given that of a message it quotes.
   */
  #chooseText(bytes: Uint8Array): ReaderOptions {
    const options = this.#options;
    const probe = new JsonRecordReader(options, this.#batcher);
    const rows: string[][] = [];
    let names: string[] = [];
    let isFound = false;
    for (let start = 0, end = bytes.indexOf(NEWLINE); end >= 0; start = end + 1, end = bytes.indexOf(NEWLINE, start)) {
      names = [];
      rows.push(this.#texts(bytes, start, end, names));
      isFound ||= probe.look(bytes, start, end) >= 0 && probe.hasText;
    }
    const { columns, textNamed, notes } = chooseColumns([names, ...rows], names.length, options, true);
    const text = columns[ROLE.text]!;
    // Where it lies within an object of a column, or there is nothing to choose from, its name stays what it is.
    if (!textNamed && (isFound || rows.every((row) => (row[text] ?? "") === "" && options.textField === undefined))) return options;
    if (!textNamed) this.#notes = notes;
    return text < 0 ? options : { ...options, textField: names[text]! };
  }

  /** The values of a row, empty where they are no strings. */
  #texts(bytes: Uint8Array, start: number, end: number, names: string[]): string[] {
    const cursor = this.#cursor;
    const texts: string[] = [];
    const opened = cursor.enter(bytes, start, end, "{");
    while (opened && cursor.nextMember()) {
      names.push(stringText(bytes, cursor.keyStart, cursor.keyEnd));
      texts.push(cursor.valueType === JSON_TYPE.string ? stringText(bytes, cursor.valueStart + 1, cursor.valueEnd - 1) : "");
    }
    return texts;
  }

  line(bytes: Uint8Array, start: number, end: number, number: number): void {
    if (start === end) return;
    const records = this.#records!;
    const objectEnd = records.look(bytes, start, end);
    const isNull = objectEnd >= 0 && !records.hasText && this.#isTextNull(bytes, start, objectEnd);
    records.write(number, start, null);
    if (!isNull) return;
    // An empty cell is an empty text, as it is in other tables.
    const { batch } = this.#batcher;
    const index = batch.count - 1;
    batch.errors.pop();
    batch.kind[index] = KIND.user;
    setRange(batch, index, PART.text, batch.used, batch.used);
  }

  longLine(number: number): void {
    this.#batcher.fail(number, TOO_LONG, `The row is longer than ${MAX_RECORD_SIZE} as JSON. Leave out columns that hold files.`);
  }

  #isTextNull(bytes: Uint8Array, start: number, end: number): boolean {
    const cursor = this.#cursor;
    const opened = cursor.enter(bytes, start, end, "{");
    while (opened && cursor.nextMember()) {
      const isNull = cursor.valueType === JSON_TYPE.literal && bytes[cursor.valueStart] === LETTER_N;
      if (isNull && roleOf(this.#names!.codeOf(stringText(bytes, cursor.keyStart, cursor.keyEnd))) === ROLE.text) return true;
    }
    return false;
  }
}
