import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormatError } from "../../src/core/error.ts";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { dateText, numberText, unescapeText } from "../../src/readers/xlsx/cell-text.ts";
import { isDateFormat } from "../../src/readers/xlsx/styles.ts";
import { XLSX } from "../../src/readers/xlsx/xlsx.ts";
import { type CollectedMessage, collect, encode, readInput } from "./collect.ts";
import { type Member, zip } from "./make-zip.ts";

const SAMPLE = "../shared/exports/generic/lc_stanley-cups.xlsx";
let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qalqan-xlsx-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file below the test's folder and returns its path. */
function put(bytes: Uint8Array): string {
  const path = join(folder, `${++files}.xlsx`);
  writeFileSync(path, bytes);
  return path;
}

interface Parts {
  /** What is in `sheetData` of each sheet. */
  readonly sheets: readonly string[];
  readonly names?: readonly string[];
  /** What is in `sst`. */
  readonly strings?: string;
  /** Members that are changed, or added. */
  readonly more?: Readonly<Record<string, string>>;
}

function members({ sheets, names = [], strings = "", more = {} }: Parts): Member[] {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships>${relation("a", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook><sheets>${sheets.map((_, i) => `<sheet name="${names[i] ?? `Sheet${i + 1}`}" r:id="s${i}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${relation("t", "sharedStrings", "sharedStrings.xml")}${sheets.map((_, i) => relation(`s${i}`, "worksheet", `worksheets/sheet${i}.xml`)).join("")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst>${strings}</sst>`,
    ...Object.fromEntries(
      sheets.map((data, i) => [`xl/worksheets/sheet${i}.xml`, `<worksheet><sheetData>${data}</sheetData></worksheet>`]),
    ),
    ...more,
  };
  return Object.entries(parts).map(([name, content]) => ({ name, content }));
}

/** Rows of inline texts. */
function rowsOf(...rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `<row>${row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`).join("");
}

async function read(
  parts: Parts,
  options: Partial<ReaderOptions> = {},
): Promise<{ messages: CollectedMessage[]; notes: readonly string[] }> {
  return collect(XLSX, await readInput(XLSX, put(zip(members(parts)))), { options });
}

async function texts(parts: Parts): Promise<(string | null)[]> {
  return (await read(parts)).messages.map(({ text }) => text);
}

async function refusal(bytes: Uint8Array): Promise<FormatError> {
  const failure = await readInput(XLSX, put(bytes)).then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(failure).toBeInstanceOf(FormatError);
  return failure as FormatError;
}

describe("the texts of cells", () => {
  it.each([
    ["_x000D_\n", "\r\n"],
    ["_x005F_x0041_", "_x0041_"],
    ["_xD83D__xDE00_", "😀"],
    ["_x41_ _xZZZZ_ _x", "_x41_ _xZZZZ_ _x"],
  ])("unescape %j as %j", (text, expected) => {
    expect(unescapeText(text)).toBe(expected);
  });

  it.each([
    ["43868.545138888891", false, "2020-02-07T13:05:00"],
    ["42406.545138888891", true, "2020-02-07T13:05:00"],
    ["43868", false, "2020-02-07"],
    ["43868.545144675928", false, "2020-02-07T13:05:00.500"],
    ["0.75", false, "18:00:00"],
    ["1", false, "1900-01-01"],
    ["59", false, "1900-02-28"],
    ["61", false, "1900-03-01"],
    ["2958465", false, "9999-12-31"],
    ["2958466", false, "2958466"],
    ["-1", false, "-1"],
    ["", false, ""],
    ["soon", false, "soon"],
  ])("give %j as a date (from 1904: %s) as %j", (text, is1904, expected) => {
    expect(dateText(text, is1904)).toBe(expected);
  });

  it.each([
    ["0.10000000000000001", "0.1"],
    ["1.2E3", "1200"],
    ["-5", "-5"],
    ["", ""],
    ["1e999", "1e999"],
    ["x", "x"],
  ])("give the number %j as %j", (text, expected) => {
    expect(numberText(text)).toBe(expected);
  });

  it.each([
    ["General", false],
    ["0.00", false],
    ['0.0" days"', false],
    ["\\d0", false],
    ["[Red]0", false],
    ["[h]:mm", false],
    ["0.00E+00", false],
    ["yyyy\\-mm\\-dd", true],
    ["[$-43F]d mmmm", true],
    ["hh:mm AM/PM", true],
  ])("tell whether the format %j is of dates", (code, expected) => {
    expect(isDateFormat(code)).toBe(expected);
  });
});

describe("a workbook", () => {
  it("gives the texts that cells share, their formatted runs joined and their pronunciation left out", async () => {
    const strings = "<si><t>text</t></si><si><r><t>a </t></r><r><t>b</t></r><rPh><t>x</t></rPh></si><si/><si><t>c&amp;d&#233;</t></si>";
    const cells = [0, 1, 2, 3, 9, -1].map((i) => `<row><c t="s"><v>${i}</v></c></row>`).join("");
    expect(await texts({ sheets: [cells], strings })).toEqual(["a b", "c&dé"]);
  });

  it("gives cells in their columns and rows, whatever is missing before", async () => {
    const rows =
      '<row r="3"><c r="B3" t="str"><v>text</v></c></row><row r="7"><c r="A7"><v>5</v></c><c r="B7" t="str"><v>a</v></c></row><row><c/><c t="str"><v>b</v></c></row>';
    const { messages } = await read({ sheets: [rows], names: ["My 'chat'"] }, { keepFields: ["*"] });
    expect(messages).toMatchObject([
      { line: 7, id: "1", text: "a", fields: '"column1":"5"', locator: "'My ''chat'''!B7" },
      { line: 8, id: "2", text: "b", fields: '"column1":""', locator: "'My ''chat'''!B8" },
    ]);
  });

  it("gives every sheet as a table of its own, in the order of the tabs, and one count of rows", async () => {
    const sheets = [rowsOf(["text", "id"], ["a", "7"], ["b"]), "", rowsOf(["id", "text"], ["", "c"]), rowsOf(["just this"])];
    const { messages } = await read({ sheets, names: ["Чат", "Бос", "B", "A1"] });
    expect(messages.map(({ text, id, line, locator }) => [text, id, line, locator])).toEqual([
      ["a", "7", 2, "Чат!A2"],
      ["b", "2", 3, "Чат!A3"],
      ["c", "3", 2, "B!B2"],
      ["just this", "4", 1, "A1!A1"],
    ]);
  });

  it("takes the column that is asked for by name or number, and says of which sheet it speaks", async () => {
    const sheets = [rowsOf(["text", "Note", "nr"], ["no", "yes", "5"])];
    expect((await read({ sheets }, { textField: "Note" })).messages).toMatchObject([{ text: "yes", locator: "Sheet1!B2" }]);
    expect((await read({ sheets }, { textField: "2" })).messages).toMatchObject([{ text: "yes" }]);
    const { messages, notes } = await read({ sheets }, { textField: "z" });
    expect(messages).toMatchObject([{ error: { code: "E_NO_TEXT" }, locator: "Sheet1!A2" }]);
    expect(notes).toEqual([
      'Sheet "Sheet1": There is no column "z". The columns are: text, Note, nr. Name one of them, or its number, with --text-field.',
    ]);
  });

  it("takes a title above the header for a row, as there is no telling", async () => {
    expect(await texts({ sheets: [rowsOf(["Our chat"], ["nr", "said"], ["1", "hello there"])] })).toEqual(["", "said", "hello there"]);
  });

  it("leaves out what a header has no column for, and charts", async () => {
    const more = {
      "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="s0" Type="x/chartsheet" Target="c.xml"/></Relationships>',
    };
    expect(await texts({ sheets: [""], more })).toEqual([]);
    const wide = '<row><c t="str" r="A1"><v>text</v></c></row><row><c t="str" r="A2"><v>a</v></c><c t="str" r="XFE2"><v>no</v></c></row>';
    expect(await texts({ sheets: [wide] })).toEqual(["a"]);
  });

  it("keeps rows apart that hold the marks between them", async () => {
    expect(await texts({ sheets: [rowsOf(["text", "id"], ["a_x001E_1_x001F_b\u001e", "1"], ["c", "2"])] })).toEqual(["a 1 b ", "c"]);
  });

  it("makes a row of more than 16 MiB an error record and goes on", async () => {
    const sheets = [rowsOf(["text", "id"], ["a", "1"], ["z".repeat((16 << 20) + 1), "2"], ["b", "3"])];
    const { messages } = await read({ sheets });
    expect(messages.map(({ line, text, error }) => [line, text ?? error?.code])).toEqual([
      [2, "a"],
      [3, "E_RECORD_TOO_LONG"],
      [4, "b"],
    ]);
  });

  it("is read in pieces where cells share a long text", async () => {
    const strings = `<si><t>text</t></si><si><t>${"ab".repeat(1 << 19)}</t></si>`;
    const file = put(
      zip(members({ sheets: [`<row><c t="s"><v>0</v></c></row>${'<row><c t="s"><v>1</v></c></row>'.repeat(40)}`], strings })),
    );
    let longest = 0;
    let total = 0;
    for await (const chunk of XLSX.unpack!(file)) {
      longest = Math.max(longest, chunk.length);
      total += chunk.length;
    }
    expect(total).toBeGreaterThan(40 << 20);
    expect(longest).toBeLessThan(4 << 20);
  });

  it("gives the same messages for any chunking, of any bytes", () => {
    const pieces = ["\x1dA\x1e", "\x1d", "\x1e", "\x1f", "1\x1ftext\x1fid\x1e", "2\x1fa\x1f5\x1e", "7\x1f\x1f\x1fж\x1e", "x", "99", "\n"];
    const bytes = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => encode(parts.join("")));
    fc.assert(
      fc.property(bytes, fc.constantFrom({}, { keepFields: ["*"] }), fc.integer({ min: 1, max: 9 }), (input, options, chunk) => {
        expect(collect(XLSX, input, { chunk, options })).toEqual(collect(XLSX, input, { options }));
      }),
    );
  });

  it("is recognised by its parts, and no other archive is", () => {
    const archive = (...names: string[]): Buffer => zip(names.map((name) => ({ name, content: "x" })));
    expect(XLSX.sniff(zip(members({ sheets: [""] })))).toBe(1);
    expect(XLSX.sniff(archive("xl/worksheets/sheet1.xml", "[Content_Types].xml"))).toBe(1);
    expect(XLSX.sniff(archive("[Content_Types].xml", "_rels/.rels"))).toBe(0.5);
    expect(XLSX.sniff(archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"))).toBe(0);
    expect(XLSX.sniff(archive("_chat.txt", "xl/workbook.xml"))).toBe(0);
    expect(XLSX.sniff(encode("PK is short"))).toBe(0);
    expect(XLSX.sniff(new Uint8Array(0))).toBe(0);
  });
});

describe("a workbook that is damaged or lies", () => {
  const sound = members({ sheets: [rowsOf(["text"], ["a"])] });
  const without = (name: string): Member[] => sound.filter((member) => member.name !== name);

  it.each<[string, () => Uint8Array, string]>([
    ["text of another kind", () => encode("id,text\n1,a\n"), "not a zip file"],
    ["an archive that is cut off", () => zip(sound).subarray(0, 400), "truncated"],
    ["no workbook", () => zip(without("_rels/.rels")), "its part _rels/.rels is missing"],
    ["a sheet that is missing", () => zip(without("xl/worksheets/sheet0.xml")), "its part xl/worksheets/sheet0.xml is missing"],
    ["a part that is encrypted", () => zip(sound.map((member) => ({ ...member, encrypted: true }))), "it is encrypted"],
    ["a part with the wrong size", () => zip(sound.map((member) => ({ ...member, declaredBytes: 10 }))), "longer than the archive says"],
    ["elements without end in each other", () => zip(members({ sheets: ["<a>".repeat(300)] })), "nested more than 200 levels deep"],
    ["a tag without end", () => zip(members({ sheets: [`<row a="${"b".repeat(17 << 20)}`] })), "a tag without an end"],
  ])("is refused for %s", async (_, bytes, message) => {
    const { code, message: said } = await refusal(bytes());
    expect(code).toBe("E_XLSX");
    expect(said).toContain(message);
    expect(said).toContain("Open it in a spreadsheet program and save it again, or give it as CSV.");
  });

  it("is refused for a checksum that is wrong, behind the rows that are whole", async () => {
    const bytes = zip(members({ sheets: [rowsOf(["text"], ["a"]), rowsOf(["text"], ["b"])] }));
    const name = bytes.lastIndexOf("xl/worksheets/sheet1.xml");
    bytes.writeUInt32LE(7, name - 30);
    const chunks: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of XLSX.unpack!(put(bytes))) chunks.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({
      code: "E_XLSX",
      message: expect.stringContaining("the checksum of xl/worksheets/sheet1.xml is wrong"),
    });
    expect(collect(XLSX, Buffer.concat(chunks)).messages[0]).toMatchObject({ text: "a" });
  });

  it("is refused as a bomb where its parts could not be so small", async () => {
    const bomb = zip(sound.map((member) => (String(member.name).includes("sheet0") ? { ...member, declaredBytes: 2 ** 30 } : member)));
    expect((await refusal(bomb)).code).toBe("E_ZIP_BOMB");
  });

  it("expands no entities that it declares itself", async () => {
    const more = {
      "xl/worksheets/sheet0.xml": `<!DOCTYPE x [<!ENTITY a "${"b".repeat(100)}"><!ENTITY c "&a;&a;">]><worksheet><sheetData>${rowsOf(["text"], ["1 &c; &lt;"])}</sheetData></worksheet>`,
    };
    expect(await texts({ sheets: [""], more })).toEqual(["1 &c; <"]);
  });

  it("gives rows of any XML", async () => {
    const pieces = [
      "<row>",
      '<row r="0">',
      '<row r="9">',
      "</row>",
      "<c>",
      '<c r="B2" t="s">',
      '<c r="1" t="inlineStr">',
      '<c r="ZZZZ">',
      "</c>",
    ];
    const inside = [
      "<v>",
      "</v>",
      "<is>",
      "<t>",
      "</t>",
      "<rPh>",
      "</rPh>",
      "</is>",
      "1",
      "a",
      "<![CDATA[",
      "]]>",
      "&",
      "&#0;",
      "</sheetData>",
      "<",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces, ...inside), { maxLength: 40 }), async (parts) => {
        const { messages } = await read({ sheets: [parts.join("")], strings: "<si><t>a</t></si><si><t>b</t></si>" });
        for (const { line } of messages) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: 80 },
    );
  });

  it("ends in rows or a refusal, whatever bytes are changed", async () => {
    const sample = readFileSync("fixtures/xlsx/chat/input.xlsx");
    const change = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = new Uint8Array(sample);
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
        const found = await readInput(XLSX, put(bytes)).catch((cause: unknown) => cause);
        expect(found instanceof Uint8Array || found instanceof FormatError).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe.skipIf(!existsSync(SAMPLE))("a sample of others (needs ../shared/exports)", () => {
  it("gives the rows of both sheets", async () => {
    const { messages } = collect(XLSX, await readInput(XLSX, SAMPLE), { options: { keepFields: ["*"] } });
    expect(messages).toHaveLength(10);
    expect(messages[9]).toMatchObject({
      text: "Maple Leafs",
      fields: '"column2":"TOR","column3":"0"',
      locator: "'Stanley Cups Since 67'!A5",
    });
  });
});
