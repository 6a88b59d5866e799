import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import fc from "fast-check";
import { pick } from "stream-json/filters/pick.js";
import { streamArray } from "stream-json/streamers/stream-array.js";
import { describe, expect, it } from "vitest";
import { JSON_TYPE, JsonCursor } from "../../src/readers/json/cursor.ts";
import { JsonFields } from "../../src/readers/json/fields.ts";
import { stringText } from "../../src/readers/json/member.ts";
import { compilePaths } from "../../src/readers/json/paths.ts";
import { RecordScanner } from "../../src/readers/json/scanner.ts";
import { encode } from "./collect.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

/** What stream-json finds: the objects in the array at a path, "" for the root. */
async function oracle(bytes: Uint8Array, path: string): Promise<Json[]> {
  const source = Readable.from([Buffer.from(bytes)]);
  const items =
    path === ""
      ? source.pipe(streamArray.withParserAsStream())
      : source.pipe(pick.withParserAsStream({ filter: path })).pipe(streamArray.asStream());
  const found: Json[] = [];
  for await (const { value } of items) if (isObject(value)) found.push(value);
  return found;
}

/** What the scanner and the cursor find, and what the fields say of the strings "text" and "in.text". */
function scan(bytes: Uint8Array, path: string, chunk: number): { records: Json[]; texts: (string | null)[] } {
  const records: Json[] = [];
  const texts: (string | null)[] = [];
  const fields = new JsonFields(["text", "in.text"]);
  const scanner = new RecordScanner(compilePaths([`${path}[]`]), new Set(), {
    enterObject() {},
    enterRecords() {},
    fact() {},
    longRecord: () => expect.unreachable(),
    noRecord() {},
    record(record, start, end) {
      records.push(valueAt(record, start, end));
      expect(fields.read(record, start, end)).toBe(true);
      for (const path of ["text", "in.text"] as const) texts.push(fields.type(path) === JSON_TYPE.string ? fields.string(path) : null);
    },
  });
  for (let start = 0; start < bytes.length; start += chunk) {
    const piece = bytes.slice(start, start + chunk);
    scanner.push(piece);
    piece.fill(0xff);
  }
  expect(scanner.unfinished).toBe("nothing");
  return { records, texts };
}

function valueAt(bytes: Uint8Array, start: number, end: number): Json {
  const cursor = new JsonCursor();
  const wrapped = Buffer.concat([Buffer.from("["), bytes.subarray(start, end), Buffer.from("]")]);
  cursor.enter(wrapped, 0, wrapped.length, "[");
  expect(cursor.nextElement()).toBe(true);
  const { valueStart, valueEnd, valueType } = cursor;
  expect(cursor.nextElement()).toBe(false);
  expect(cursor.errorAt).toBe(-1);
  return build(wrapped, valueStart, valueEnd, valueType);
}

function build(bytes: Uint8Array, start: number, end: number, type: number): Json {
  const cursor = new JsonCursor();
  if (type === JSON_TYPE.string) return stringText(bytes, start + 1, end - 1);
  const word = Buffer.from(bytes.subarray(start, end)).toString("latin1");
  if (type === JSON_TYPE.number) return Number(word);
  if (type === JSON_TYPE.literal) return word === "null" ? null : word === "true";
  if (type === JSON_TYPE.array) {
    const items: Json[] = [];
    cursor.enter(bytes, start, end, "[");
    while (cursor.nextElement()) items.push(build(bytes, cursor.valueStart, cursor.valueEnd, cursor.valueType));
    return items;
  }
  const object: JsonObject = {};
  cursor.enter(bytes, start, end, "{");
  while (cursor.nextMember())
    object[stringText(bytes, cursor.keyStart, cursor.keyEnd)] = build(bytes, cursor.valueStart, cursor.valueEnd, cursor.valueType);
  return object;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the fields must say of members that are strings; the empty string is none to them. */
function textsOf(record: Json): (string | null)[] {
  const textIn = (value: Json | undefined): string | null =>
    isObject(value) && typeof value["text"] === "string" && value["text"] !== "" ? value["text"] : null;
  return isObject(record) ? [textIn(record), textIn(record["in"])] : [];
}

/** JSON in which every other character of a string is written as an escape. */
function escapeAll(text: string): string {
  return text.replace(/[\u0080-\uffff]/gu, (character) =>
    [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
  );
}

const string = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom("a", "ә", "😀", '"', "\\", "/", "\n", "\t", "\u0001", "{", "}", "[", "]", ",", ":"), maxLength: 12 }),
);
const key = fc.oneof(fc.constantFrom("text", "in", "messages", "id"), string).filter((name) => name !== "__proto__");
const { value: json } = fc.letrec<{ value: Json; record: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    string,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(null, true, false),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("record"),
  ),
  record: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));
const record = fc.dictionary(key, json, { maxKeys: 5, noNullPrototype: true });
const list = fc.array(fc.oneof({ weight: 4, arbitrary: record as fc.Arbitrary<Json> }, { weight: 1, arbitrary: json }), { maxLength: 8 });
const around = fc.dictionary(
  key.filter((name) => name !== "messages"),
  json,
  { maxKeys: 3, noNullPrototype: true },
);
const document = fc.oneof(
  list.map((items) => ({ path: "", value: items as Json })),
  fc
    .tuple(around, list, around)
    .map(([before, messages, after]) => ({ path: "messages", value: { ...before, messages, ...after } as Json })),
  fc
    .tuple(around, list, around)
    .map(([before, messages, after]) => ({ path: "in.messages", value: { ...before, in: { ...after, messages } } as Json })),
);
const spelling = fc.tuple(fc.constantFrom(undefined, 1, "\t", "\r\n"), fc.boolean());

describe("records found in a JSON document", () => {
  it("are those that stream-json finds, with the same values, for any chunking", async () => {
    await fc.assert(
      fc.asyncProperty(document, spelling, fc.integer({ min: 1, max: 40 }), async ({ path, value }, [indent, escaped], chunk) => {
        const text = JSON.stringify(value, null, indent);
        const bytes = encode(escaped ? escapeAll(text) : text);
        const expected = await oracle(bytes, path);
        for (const size of [bytes.length, chunk, 1]) {
          const { records, texts } = scan(bytes, path, size);
          expect(records).toEqual(expected);
          expect(texts).toEqual(expected.flatMap(textsOf));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are as many as were written, however long the list", async () => {
    const value = { head: [1, { messages: [] }], messages: Array.from({ length: 3000 }, (_, id) => ({ id, text: `хабарлама ${id} "{[` })) };
    const bytes = encode(JSON.stringify(value));
    const expected = await oracle(bytes, "messages");
    expect(expected).toHaveLength(3000);
    expect(scan(bytes, "messages", 1000).records).toEqual(expected);
  });

  const folder = "../shared/exports";
  const exports = ["telegram", "discord", "messenger"].flatMap((name) =>
    existsSync(`${folder}/${name}`) ? readdirSync(`${folder}/${name}`).map((file) => `${name}/${file}`) : [],
  );

  it.skipIf(exports.length === 0).each(exports.length === 0 ? ["needs ../shared/exports"] : exports)(
    "are those that stream-json finds in the export %s",
    async (file) => {
      const all = readFileSync(`${folder}/${file}`);
      const bytes = all[0] === 0xef ? all.subarray(3) : all;
      const path = bytes[0] === 91 ? "" : "messages";
      const expected = await oracle(bytes, path);
      expect(expected.length).toBeGreaterThan(0);
      expect(scan(bytes, path, 7).records).toEqual(expected);
    },
  );
});
