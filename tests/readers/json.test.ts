import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonCursor } from "../../src/readers/json/cursor.ts";
import { copyJson, decodeString } from "../../src/readers/json/text.ts";
import { encode } from "./collect.ts";

function decoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

/** The members of an object as the cursor sees them, each value parsed by itself. */
function walk(text: string): [key: string, value: unknown][] {
  const cursor = new JsonCursor();
  const bytes = encode(text);
  const members: [string, unknown][] = [];
  let more = cursor.enter(bytes, 0, bytes.length, "{");
  while (more && cursor.nextMember()) {
    const key = JSON.parse(`"${decoded(bytes.subarray(cursor.keyStart, cursor.keyEnd))}"`);
    members.push([key, JSON.parse(decoded(bytes.subarray(cursor.valueStart, cursor.valueEnd)))]);
  }
  more = cursor.errorAt < 0;
  if (!more) throw new Error(`${cursor.errorAt}: ${cursor.expected}`);
  return members;
}

function breakOf(text: string): { at: number; expected: string } {
  const cursor = new JsonCursor();
  const bytes = encode(text);
  let more = cursor.enter(bytes, 0, bytes.length, "{");
  while (more) more = cursor.nextMember();
  return { at: cursor.errorAt, expected: cursor.expected };
}

describe("a JSON cursor", () => {
  it("sees the members that JSON.parse sees", () => {
    const objects = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, "\t"), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        expect(Object.fromEntries(walk(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ["", 0, 'an object, "{"'],
    ["[1]", 0, 'an object, "{"'],
    ["{a:1}", 1, "a key in double quotes"],
    ['{"a" 1}', 5, '":" after the key'],
    ['{"a":}', 5, "a value"],
    ['{"a":tru}', 5, "a value"],
    ['{"a":01}', 5, "a value"],
    ['{"a":1 "b":2}', 7, '"," or "}"'],
    ['{"a":[1 2]}', 8, '"," or "]"'],
    ['{"a":[1}', 7, '"," or "]"'],
    ['{"a":{"b":1]}', 11, '"," or "}"'],
    ['{"a":"x', 7, "a closing quote"],
    ['{"a":"x\ny"}', 7, "a closing quote"],
    ['{"a":"\\q"}', 6, 'an escape such as \\" or \\u0041'],
    ['{"a":"\\u12"}', 6, 'an escape such as \\" or \\u0041'],
    ['{"a":1,}', 7, "a key in double quotes"],
    ['{"a":1', 6, '"," or "}"'],
  ])("says where %j breaks off", (text, at, expected) => {
    expect(breakOf(text)).toEqual({ at, expected });
  });

  it("follows 512 nested arrays and refuses more", () => {
    const nested = (depth: number): string => `{"a":${"[".repeat(depth)}1${"]".repeat(depth)}}`;
    expect(breakOf(nested(512)).at).toBe(-1);
    expect(breakOf(nested(513)).expected).toContain("512");
    expect(breakOf(`{"a":${"[".repeat(1_000_000)}`).expected).toContain("512");
  });

  it("breaks off in every proper beginning of an object", () => {
    const text = '{"a":[1,{"b":"x\\u0416"},-2.5e+3],"c":null,"d":{}}';
    for (let length = 0; length < text.length; length++) expect(breakOf(text.slice(0, length)).at).toBeGreaterThanOrEqual(0);
    expect(breakOf(text).at).toBe(-1);
  });

  it("takes bare values only if asked", () => {
    const text = '{\n"a": files/sticker (2).webm,\n"b": 1\n}';
    expect(breakOf(text).at).toBe(7);
    const cursor = new JsonCursor(true);
    const bytes = encode(text);
    cursor.enter(bytes, 0, bytes.length, "{");
    expect(cursor.nextMember()).toBe(true);
    expect(decoded(bytes.subarray(cursor.valueStart, cursor.valueEnd))).toBe("files/sticker (2).webm");
    expect(cursor.nextMember()).toBe(true);
    expect(cursor.nextMember()).toBe(false);
    expect(cursor.errorAt).toBe(-1);
  });

  it("ends on any bytes", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", '"', ":", ",", "\\", "u00", "x1", "1", "-", "e", "null", " ", "\n", "ж");
    fc.assert(fc.property(fc.array(pieces), (parts) => void breakOf(`{${parts.join("")}`)));
  });
});

describe("decoding a string", () => {
  const decode = (inside: string): string => {
    const bytes = encode(inside);
    const target = new Uint8Array(bytes.length);
    return decoded(target.subarray(0, decodeString(bytes, 0, bytes.length, target, 0)));
  };

  it("gives what JSON.parse gives", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "ж", "ғ", "😀", '"', "\\", "\n", "\u0001", "\u007f", "\u2028"),
    });
    const escaped = text.map((value) => JSON.stringify(value).slice(1, -1));
    const allEscaped = text.map((value) =>
      [...Array(value.length).keys()].map((i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
    );
    fc.assert(fc.property(fc.oneof(escaped, allEscaped), (inside) => void expect(decode(inside)).toBe(JSON.parse(`"${inside}"`))));
  });

  it.each([
    ["\\ud83d", "\ufffd"],
    ["\\ude00", "\ufffd"],
    ["\\ud83dx", "\ufffdx"],
    ["\\ud83d\\ud83d\\ude00", "\ufffd😀"],
    ["\\ud83d\\n", "\ufffd\n"],
    ["a\\x0Bb", "a\u000bb"],
    ["a\\\\x0Bb", "a\\x0Bb"],
    ["\\x85", "\u0085"],
    ["\\/\\b\\f", "/\b\f"],
    ["\\q\\", "\\q\\"],
  ])("decodes %s", (inside, text) => {
    expect(decode(inside)).toBe(text);
  });
});

describe("copying a value", () => {
  const copy = (text: string): string => {
    const bytes = encode(text);
    const target = new Uint8Array(bytes.length * 6);
    return decoded(target.subarray(0, copyJson(bytes, 0, bytes.length, target, 0)));
  };

  it("keeps what JSON.parse reads, on one line", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(copy(JSON.stringify(value, null, 2))).toBe(JSON.stringify(value))));
  });

  it.each([
    ["[NaN, -Infinity, 1]", "[null,null,1]"],
    ['"a\\x0bb\\\\x0b"', '"a\\u000bb\\\\x0b"'],
    ['"tab\there"', '"tab\\u0009here"'],
    ['{"a": b "c".webm\n}', '{"a":"b \\"c\\".webm"}'],
    ["12345678901234567890", "12345678901234567890"],
  ])("makes %s JSON again", (text, copied) => {
    expect(copy(text)).toBe(copied);
    expect(() => JSON.parse(copied)).not.toThrow();
  });
});
