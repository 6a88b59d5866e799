import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/core/error.ts";
import { detectFormat, type LabelledFormat, type LabelledRecord } from "../../src/labelled/format.ts";
import { ElementSplitter } from "../../src/labelled/json-array.ts";

type Numbered = readonly [record: LabelledRecord, number: number];

function detect(bytes: Uint8Array): LabelledFormat | null {
  return detectFormat(bytes, false, { path: "input", extension: "", isMapped: false });
}

/** Records of a file that comes in chunks of so many bytes. */
function recordsOf(format: LabelledFormat, bytes: Uint8Array, size: number): Numbered[] {
  const records: Numbered[] = [];
  const reader = format.open((record, number) => records.push([record, number]));
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.finish();
  return records;
}

const FILES = {
  "JSON Lines": '{"text":"бір \\"екі\\"","label":"hate"}\r\n\n{broken\n{"text":"үш","label":"none"}',
  "JSON array": ' [ {"text":"a ] , { \\\\"}, {"text":"b","labels":[["x"],{"y":[1,2]}]},\n 7 , {"text":"c"} ] ',
  fastText: "__label__hate __label__abuse бір екі\r\n\n__label__none үш",
  table: 'text,label\r\n"бір\n""екі""",hate\r\nүш,none',
};

describe.each(Object.entries(FILES))("%s", (name, content) => {
  const bytes = new TextEncoder().encode(content);

  it("is known by its beginning", () => expect(detect(bytes)?.name).toBe(name));

  it("gives the same records in chunks of any size", () => {
    const format = detect(bytes)!;
    const whole = recordsOf(format, bytes, bytes.length);
    expect(whole.length).toBeGreaterThan(1);
    for (let size = 1; size < bytes.length; size++) expect(recordsOf(format, bytes, size)).toEqual(whole);
  });
});

describe("any bytes", () => {
  const pieces = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    '"',
    "\\",
    ",",
    ":",
    "\n",
    "\t",
    "__label__",
    "text",
    "label",
    '{"text":"a"}',
    " ",
    "1",
    "ү",
    "\u0000",
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(pieces, { maxLength: 40 }).map((list) => new TextEncoder().encode(list.join(""))),
    fc.array(pieces, { maxLength: 40 }).map((list) => new TextEncoder().encode(`text,label\n${list.join("")}`)),
    fc.array(pieces, { maxLength: 40 }).map((list) => new TextEncoder().encode(`[{${list.join("")}`)),
  );

  it("are a known format or refused, and never break a reader", () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 60 }), (input, size) => {
        let format: LabelledFormat | null;
        try {
          format = detect(input);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        if (format !== null) expect(recordsOf(format, input, size)).toEqual(recordsOf(format, input, input.length));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("elements of an array", () => {
  function elementsOf(text: string, size: number): (string | null)[] {
    const elements: (string | null)[] = [];
    const splitter = new ElementSplitter((bytes) => elements.push(bytes === null ? null : new TextDecoder().decode(bytes)));
    const all = new TextEncoder().encode(text);
    for (let at = 0; at < all.length; at += size) splitter.push(all.subarray(at, at + size));
    splitter.finish();
    return elements;
  }

  it("are those that JSON.parse finds, however they are written", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 50 }),
        (values, indent, size) => {
          const elements = elementsOf(JSON.stringify(values, null, indent), size);
          expect(elements.map((element) => JSON.parse(element!))).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
    );
  });

  it("end with one that is none where the array is cut off or followed by something", () => {
    expect(elementsOf('[{"a":1},{"b":', 4)).toEqual(['{"a":1}', null]);
    expect(elementsOf('[{"a":1}]\n[{"b":2}]', 4)).toEqual(['{"a":1}', null]);
    expect(elementsOf('[{"a":1}]\n \n', 4)).toEqual(['{"a":1}']);
  });
});
