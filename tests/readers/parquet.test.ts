import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import type { CompressionCodec, Encoding, SchemaElement } from "hyparquet";
import { ByteWriter, type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { serializeTCompactProtocol } from "hyparquet-writer/src/thrift.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormatError } from "../../src/core/error.ts";
import { integersOf, readHybrid } from "../../src/readers/parquet/hybrid.ts";
import { PARQUET } from "../../src/readers/parquet/parquet.ts";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { type CollectedMessage, collect, encode, readInput } from "./collect.ts";

const SAMPLES = "../shared/exports/generic";
let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qalqan-parquet-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file below the test's folder and returns its path. */
function put(bytes: Uint8Array): string {
  const path = join(folder, `${++files}.parquet`);
  writeFileSync(path, bytes);
  return path;
}

/** Lines that the file gives, up to an error if there is one. */
async function lines(file: string): Promise<{ lines: string[]; error: FormatError | null }> {
  const chunks: Uint8Array[] = [];
  let error: FormatError | null = null;
  try {
    for await (const chunk of PARQUET.unpack!(file)) chunks.push(chunk);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    error = cause;
  }
  return { lines: Buffer.concat(chunks).toString().split("\n").slice(0, -1), error };
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const { error } = await lines(put(bytes));
  expect(error?.code).toBe("E_PARQUET");
  return error!.message;
}

type WriteSettings = Omit<Parameters<typeof parquetWriteBuffer>[0], "columnData">;

function write(columnData: ColumnSource[], settings: WriteSettings = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, ...settings }));
}

async function read(columnData: ColumnSource[], options: Partial<ReaderOptions> = {}): Promise<CollectedMessage[]> {
  return collect(PARQUET, await readInput(PARQUET, put(write(columnData))), { options }).messages;
}

describe("a Parquet file", () => {
  it.each<[string, ColumnSource, string[], SchemaElement?]>([
    ["text", { name: "c", data: ['say "hi"\n', "сәлем 😀", null], type: "STRING" }, ['"say \\"hi\\"\\u000a"', '"сәлем 😀"', "null"]],
    ["integers with all their digits", { name: "c", data: [9007199254740993n, -1n], type: "INT64" }, ["9007199254740993", "-1"]],
    ["numbers, and null for what is none", { name: "c", data: [1.5, Number.NaN, 1e300], type: "DOUBLE" }, ["1.5", "null", "1e+300"]],
    ["numbers of 32 bits in as few digits", { name: "c", data: [1.1, 16777216], type: "FLOAT" }, ["1.1", "16777216"]],
    ["truth values", { name: "c", data: [true, null, false], type: "BOOLEAN" }, ["true", "null", "false"]],
    [
      "instants",
      { name: "c", data: [new Date(1581080700000), new Date(-1500)], type: "TIMESTAMP" },
      ['"2020-02-07T13:05:00Z"', '"1969-12-31T23:59:58.500Z"'],
    ],
    [
      "ids of 16 bytes",
      { name: "c", data: ["00112233-4455-6677-8899-aabbccddeeff"], type: "UUID" },
      ['"00112233-4455-6677-8899-aabbccddeeff"'],
    ],
    ["bytes without a mark as text", { name: "c", data: [encode("сәлем")], type: "BYTE_ARRAY" }, ['"сәлем"']],
    ["bytes that are no text in base64", { name: "c", data: [Uint8Array.of(0, 255)], type: "BYTE_ARRAY" }, ['"AP8="']],
    [
      "times of an unnamed zone",
      { name: "c", data: [1581080700123456n] },
      ['"2020-02-07T13:05:00.123456"'],
      {
        name: "c",
        type: "INT64",
        repetition_type: "REQUIRED",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MICROS" },
      },
    ],
    [
      "instants that no calendar has",
      { name: "c", data: [9223372036854775807n] },
      ['"106751991167T07:12:55.807Z"'],
      { name: "c", type: "INT64", repetition_type: "REQUIRED", converted_type: "TIMESTAMP_MILLIS" },
    ],
    [
      "dates",
      { name: "c", data: [18299, -1] },
      ['"2020-02-07"', '"1969-12-31"'],
      { name: "c", type: "INT32", repetition_type: "REQUIRED", converted_type: "DATE" },
    ],
    [
      "times of day",
      { name: "c", data: [47100500] },
      ['"13:05:00.500"'],
      { name: "c", type: "INT32", repetition_type: "REQUIRED", converted_type: "TIME_MILLIS" },
    ],
    [
      "decimals with all their digits",
      { name: "c", data: [-5n, 123456789012345678n] },
      ["-0.05", "1234567890123456.78"],
      { name: "c", type: "INT64", repetition_type: "REQUIRED", converted_type: "DECIMAL", scale: 2, precision: 18 },
    ],
    [
      "unsigned integers",
      { name: "c", data: [2n ** 64n - 1n] },
      ["18446744073709551615"],
      { name: "c", type: "INT64", repetition_type: "REQUIRED", converted_type: "UINT_64" },
    ],
  ])("gives %s", async (_, column, expected, element) => {
    const schema = element === undefined ? {} : { schema: [{ name: "root", num_children: 1 }, element] };
    const { lines: found, error } = await lines(put(write([column], schema)));
    expect(error).toBeNull();
    expect(found).toEqual(expected.map((value) => `{"c":${value}}`));
  });

  it("gives lists, structs and maps as JSON", async () => {
    const { lines: found } = await lines("fixtures/parquet/common-names/input.parquet");
    expect(JSON.parse(found[1]!).entities).toEqual([{ type: "bold", at: 1 }]);
    const { lines: pages } = await lines("fixtures/parquet/many-pages/input.parquet");
    const tags = (i: number): unknown => (i % 7 === 0 ? null : ["a", "b", null].slice(0, i % 4));
    expect(pages.map((line) => JSON.parse(line).tags)).toEqual(Array.from({ length: 40 }, (_, i) => tags(i)));
  });

  const codecs: [CompressionCodec, ((bytes: Uint8Array) => Uint8Array) | null][] = [
    ["UNCOMPRESSED", null],
    ["SNAPPY", null],
    ["GZIP", (bytes) => gzipSync(bytes)],
    ["BROTLI", (bytes) => brotliCompressSync(bytes)],
  ];
  it.each(codecs)("is unpacked where its pages are packed by %s", async (codec, pack) => {
    const data = Array.from({ length: 5000 }, (_, i) => `хабар ${i % 700} ${"нан ".repeat(i % 5)}`);
    const compressors = pack === null ? {} : { compressors: { [codec]: pack } };
    const { lines: found } = await lines(put(write([{ name: "text", data }], { codec, pageSize: 5000, ...compressors })));
    expect(found.map((line) => JSON.parse(line).text)).toEqual(data);
  });

  it("gives the rows that were written, however they are cut into pages and row groups", async () => {
    const value = fc.option(fc.string({ unit: "grapheme", maxLength: 12 }));
    const encodings = fc.constantFrom<Encoding | undefined>(undefined, "PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))), { minLength: 1, maxLength: 60 }),
        encodings,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, encoding, pageSize, rowGroupSize) => {
          const columns: ColumnSource[] = [
            { name: "a", data: rows.map(([a]) => a), type: "STRING", ...(encoding === undefined ? {} : { encoding }) },
            {
              name: "b",
              data: rows.map(([, b]) => b),
              type: "INT64",
              ...(encoding === undefined ? {} : { encoding: "DELTA_BINARY_PACKED" }),
            },
          ];
          const { lines: found, error } = await lines(put(write(columns, { pageSize, rowGroupSize })));
          expect(error).toBeNull();
          expect(found.map((line) => JSON.parse(line).a)).toEqual(rows.map(([a]) => a));
          expect(found.map((line) => /"b":(.*)\}$/u.exec(line)![1])).toEqual(rows.map(([, b]) => String(b)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is read as far as it is whole, a page at a time and not a row group", async () => {
    const data = Array.from({ length: 100_000 }, (_, i) => `message ${i} ${"bread ".repeat(10)}`);
    const bytes = write([{ name: "text", data, encoding: "PLAIN" }], { rowGroupSize: data.length, codec: "UNCOMPRESSED" });
    bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 2_000_000);
    const { lines: found, error } = await lines(put(bytes));
    expect(error?.code).toBe("E_PARQUET");
    expect(found.length).toBeGreaterThan(10_000);
    expect(JSON.parse(found.at(-1)!).text).toBe(data[found.length - 1]);
  });
});

describe("the Parquet reader", () => {
  it("takes the column that is asked for by name or number", async () => {
    const columns: ColumnSource[] = [
      { name: "text", data: ["no"] },
      { name: "Note", data: ["yes"] },
      { name: "nr", data: [5n], type: "INT64" },
    ];
    expect(await read(columns, { textField: "Note", idField: "nr" })).toMatchObject([{ text: "yes", id: "5", line: 1 }]);
    expect(await read(columns, { textField: "2" })).toMatchObject([{ text: "yes" }]);
    expect(await read(columns, { keepFields: ["nr", "text"] })).toMatchObject([{ text: "no", fields: '"text":"no","nr":5' }]);
    expect(await read(columns, { textField: "nr" })).toMatchObject([{ error: { code: "E_NO_TEXT" } }]);
  });

  it("takes a text within a column where no column is named so, and never that of a message which is quoted", () => {
    const rows = (...lines: object[]): CollectedMessage[] =>
      collect(PARQUET, encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""))).messages;
    expect(rows({ note: "a longer one", data: { body: "a" } })).toMatchObject([{ text: "a" }]);
    expect(rows({ text: null, quoted: { text: "no" } }, { text: "b", quoted: null })).toMatchObject([{ text: "" }, { text: "b" }]);
  });

  it("says which columns there are where the one asked for is missing", async () => {
    const bytes = await readInput(PARQUET, "fixtures/parquet/no-known-name/input.parquet");
    const { messages, notes } = collect(PARQUET, bytes, { options: { textField: "z" } });
    expect(messages.map(({ error }) => error?.code)).toEqual(["E_NO_TEXT", "E_NO_TEXT", "E_NO_TEXT"]);
    expect(notes).toEqual([
      'There is no column "z". The columns are: nr, seen_at, what_they_said. Name one of them, or its number, with --text-field.',
    ]);
  });

  it("takes the column with the longest text where no name is known, and says so", async () => {
    const { notes } = collect(PARQUET, await readInput(PARQUET, "fixtures/parquet/no-known-name/input.parquet"));
    expect(notes).toEqual([
      'No column has a known name for the text, so the one with the longest values was taken: column 3, "what_they_said". Name another with --text-field.',
    ]);
  });

  it("takes a null for an empty text, and a number for none", async () => {
    expect(await read([{ name: "text", data: [null, "a"], type: "STRING" }])).toMatchObject([
      { kind: "user", text: "" },
      { kind: "user", text: "a" },
    ]);
    expect(await read([{ name: "text", data: [1n, 2n], type: "INT64" }])).toMatchObject([{ kind: "error" }, { kind: "error" }]);
  });

  it("makes a row of more than 16 MiB an error record and goes on", async () => {
    const data = ["a", "z".repeat((16 << 20) + 1), "\u0001".repeat(17 << 20), "b"];
    const messages = await read([{ name: "text", data }]);
    expect(messages.map(({ text, error, line }) => [line, text ?? error?.code])).toEqual([
      [1, "a"],
      [2, "E_RECORD_TOO_LONG"],
      [3, "E_RECORD_TOO_LONG"],
      [4, "b"],
    ]);
  });

  it("gives the same messages for any chunking, of any bytes", () => {
    const pieces = ['{"text":"a","n":1}', '{"what":"ab","text":null}', '{"what":"longer"}', "{", "}", '"', "\n", "\\", "null", "ж"];
    const bytes = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => encode(parts.join("")));
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 9 }), (input, chunk) => {
        expect(collect(PARQUET, input, { chunk })).toEqual(collect(PARQUET, input));
      }),
    );
  });

  it("is recognised by its first bytes", () => {
    expect(PARQUET.sniff(write([{ name: "text", data: ["a"] }]))).toBe(1);
    expect(PARQUET.sniff(encode("PAR2 is text"))).toBe(0);
    expect(PARQUET.sniff(encode("PA"))).toBe(0);
  });
});

/** A page header as Thrift's fields, and the page. */
interface HandmadePage {
  readonly type?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly count: number;
  readonly encoding?: number;
  readonly bytes: readonly number[];
}

/** A table of one column of optional texts, "text", of which every byte can be a lie. */
function handmade(pages: readonly HandmadePage[], rows: number): Uint8Array {
  const writer = new ByteWriter();
  writer.appendBytes(encode("PAR1"));
  for (const { type = 0, size, packedSize, count, encoding = 0, bytes } of pages) {
    const values = { field_1: count, field_2: encoding, field_3: 3, field_4: 3 };
    const header = { field_1: type, field_2: size ?? bytes.length, field_3: packedSize ?? bytes.length };
    serializeTCompactProtocol(writer, {
      ...header,
      ...(type === 2 ? { field_7: { field_1: count, field_2: encoding } } : { field_5: values }),
    });
    writer.appendBytes(Uint8Array.from(bytes));
  }
  const bytes = BigInt(writer.offset - 4);
  const chunk = { type: "BYTE_ARRAY", encodings: [], path_in_schema: ["text"], codec: "UNCOMPRESSED", data_page_offset: 4n } as const;
  const column = {
    ...chunk,
    encodings: [],
    path_in_schema: ["text"],
    num_values: BigInt(pages.reduce((total, { type, count }) => total + (type === 2 ? 0 : count), 0)),
    total_uncompressed_size: bytes,
    total_compressed_size: bytes,
  };
  writeMetadata(writer, {
    version: 1,
    schema: [
      { name: "root", num_children: 1 },
      { name: "text", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" },
    ],
    num_rows: BigInt(rows),
    row_groups: [{ columns: [{ file_offset: 4n, meta_data: column }], total_byte_size: bytes, num_rows: BigInt(rows) }],
    metadata_length: 0,
  });
  writer.appendBytes(encode("PAR1"));
  return writer.getBytes();
}

/** Levels of a run: its length behind the length of all. */
function run(level: number, count: number): number[] {
  const header = [];
  for (let rest = count * 2; ; rest = Math.floor(rest / 128)) {
    header.push(rest >= 128 ? (rest & 127) | 128 : rest);
    if (rest < 128) break;
  }
  return [header.length + 1, 0, 0, 0, ...header, level];
}

describe("a Parquet file that is damaged or lies", () => {
  const sound = write([
    { name: "id", data: [1n, 2n, 3n], type: "INT64" },
    { name: "text", data: ["a", "b", null] },
  ]);

  it("is read where it is sound", async () => {
    expect((await lines(put(handmade([{ count: 2, bytes: [...run(1, 2), 1, 0, 0, 0, 97, 0, 0, 0, 0] }], 2)))).lines).toEqual([
      '{"text":"a"}',
      '{"text":""}',
    ]);
  });

  it("is refused, with what is wrong and what to do", async () => {
    expect(await refusal(sound.subarray(0, -1))).toMatch(
      /: the Parquet table cannot be read any further \(it does not end with "PAR1".*\)\. Download/u,
    );
    expect(await refusal(encode("PAR1"))).toContain('it does not end with "PAR1"');
    expect(await refusal(new Uint8Array(0))).toContain('it does not end with "PAR1"');
    expect(await refusal(Buffer.concat([sound.subarray(0, -4), encode("PARE")]))).toContain("its footer is encrypted");
    const long = sound.slice();
    new DataView(long.buffer).setUint32(long.length - 8, 0xfffffff0, true);
    expect(await refusal(long)).toContain("more than the file has");
    expect((await lines(join(folder, "none.parquet"))).error?.code).toBe("E_PARQUET");
  });

  it.each<[string, HandmadePage[], number, string]>([
    ["a page that would unpack to more than can be held", [{ count: 1, size: 0x7fffffff, bytes: [1] }], 1, "a page of 2147483647 bytes"],
    ["a page that is longer than the file", [{ count: 1, packedSize: 1000, bytes: [1] }], 1, "a page breaks off"],
    [
      "a page of more values than can be held",
      [{ count: 0x7fffffff, bytes: run(0, 0x7fffffff) }],
      0x7fffffff,
      "a page of 2147483647 values",
    ],
    ["fewer values than there are said to be", [{ count: 3, bytes: [...run(1, 3), 1, 0, 0, 0, 97] }], 3, "a page breaks off"],
    ["fewer rows than there are said to be", [{ count: 2, bytes: run(0, 2) }], 3, 'column "text"'],
    ["a text longer than its page", [{ count: 1, bytes: [...run(1, 1), 255, 255, 255, 255, 97] }], 1, "a page breaks off"],
    ["values of a dictionary that is not there", [{ count: 1, encoding: 8, bytes: [...run(1, 1), 1, 2, 0] }], 1, "without its dictionary"],
    [
      "a value that is not in its dictionary",
      [
        { type: 2, count: 1, bytes: [1, 0, 0, 0, 97] },
        { count: 1, encoding: 8, bytes: [...run(1, 1), 1, 2, 1] },
      ],
      1,
      "not in its dictionary",
    ],
    ["an unknown encoding", [{ count: 1, encoding: 4, bytes: run(1, 1) }], 1, "BIT_PACKED, which is not supported"],
  ])("is refused for %s", async (_, pages, rows, message) => {
    expect(await refusal(handmade(pages, rows))).toContain(message);
  });

  it("does not fill the memory with a run that is longer than its page", async () => {
    // A hundred bytes; decoders that believe the run write 2^30 levels.
    expect((await lines(put(handmade([{ count: 1, bytes: [...run(1, 2 ** 30), 1, 0, 0, 0, 97] }], 1)))).lines).toEqual(['{"text":"a"}']);
    const levels = integersOf(1, 10);
    readHybrid(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 0, 6, 1, levels);
    expect(levels).toEqual(new Uint8Array(10).fill(1));
  });

  it("ends in rows or a refusal, whatever bytes are changed", async () => {
    const samples = ["common-names", "many-pages", "no-known-name", "unmarked-text"].map((name) =>
      readFileSync(`fixtures/parquet/${name}/input.parquet`),
    );
    const change = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 4 }), async (sample, changes) => {
        const bytes = new Uint8Array(sample);
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
        const { lines: found, error } = await lines(put(bytes));
        expect(error === null || error.code === "E_PARQUET").toBe(true);
        for (const line of found) expect(line.endsWith("}")).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe.skipIf(!existsSync(SAMPLES))("samples of others (needs ../shared/exports)", () => {
  it("gives the rows of a table of texts", async () => {
    const expected: string[][] = JSON.parse(readFileSync(`${SAMPLES}/hp_strings.json`, "utf8"));
    const { lines: found } = await lines(`${SAMPLES}/hp_strings.parquet`);
    expect(found.map((line) => Object.values(JSON.parse(line)))).toEqual(expected);
  });

  it("gives a table of all types, its texts not marked as such", async () => {
    const { lines: found } = await lines(`${SAMPLES}/apache_alltypes_plain.snappy.parquet`);
    expect(found.map((line) => JSON.parse(line))).toMatchObject([
      { id: 6, bool_col: true, float_col: 0, date_string_col: "04/01/09", string_col: "0", timestamp_col: "2009-04-01T00:00:00" },
      { id: 7, bool_col: false, bigint_col: 10, float_col: 1.1, double_col: 10.1, string_col: "1", timestamp_col: "2009-04-01T00:01:00" },
    ]);
  });
});
