import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CSV, TSV } from "../../src/readers/csv/csv.ts";
import type { ReaderOptions } from "../../src/readers/reader.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

const SAMPLES = "../shared/exports/generic";

function read(text: string, options: Partial<ReaderOptions> = {}): CollectedMessage[] {
  return collect(CSV, encode(text), { options }).messages;
}

function texts(text: string, options: Partial<ReaderOptions> = {}): (string | null)[] {
  return read(text, options).map((message) => message.text);
}

describe("the CSV reader", () => {
  it.each<[string, (string | null)[]]>([
    ["id,text\n1,a\n2,b\n", ["a", "b"]],
    ["id,text\r\n1,a\r\n2,b", ["a", "b"]],
    ["\ufeffid,text\n1,a", ["a"]],
    ["id;text\n1;a, b\n2;c, d, e", ["a, b", "c, d, e"]],
    ["id|text\n1|a, b\n", ["a, b"]],
    ['id,text\n1,a\n2,"b\n3,c\n', ["a", '"b', "c"]],
    ["sep=;\nid;text\n1;a\n", ["a"]],
    ["sep=,\r\nid,text\r\n1,a;b\r\n", ["a;b"]],
    ['id,text\n1,"a, b"\n', ["a, b"]],
    ['id,text\n1,"say ""hi"""\n', ['say "hi"']],
    ['id,text\n1,"two\nlines"\n2,b\n', ["two\nlines", "b"]],
    ['id,text\n1,"two\r\nlines"\r\n2,b\r\n', ["two\r\nlines", "b"]],
    ['id,text\n1,""\n2,b\n', ["", "b"]],
    ['id,text\n1,5" disk\n2,b\n', ['5" disk', "b"]],
    ["text,id\n,1\nb,2\n", ["", "b"]],
    ["id,text\n\n1,a\n\r\n\n2,b\n", ["a", "b"]],
    ["Date,Author,Сообщение\n2020-02-07,Әсел,сәлем\n", ["сәлем"]],
    ["text\nhello, there\nyou\n", ["hello, there", "you"]],
    ['text\n"hello, there"\nyou\n', ["hello, there", "you"]],
    ["hello there\nyou\n", ["hello there", "you"]],
    ["one, two\nthree\nfour, five, six\n", ["one, two", "three", "four, five, six"]],
    ["", []],
    ["id,text\n", []],
  ])("reads %j", (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it("finds id, author, time and conversation by their columns", () => {
    expect(read("message_id,User,created_at,chat,body\n7,Айгүл,2020-02-07T13:05:00Z,Ауыл,сәлем\n")[0]).toMatchObject({
      id: "7",
      author: "Айгүл",
      sentAt: "2020-02-07T13:05:00Z",
      timeKind: "utc",
      conversation: "Ауыл",
      text: "сәлем",
    });
  });

  it("counts rows for ids and physical lines for places", () => {
    const messages = read('text,x\n"a\nb",1\n\nc,2\nd,3\n');
    expect(messages.map(({ id, line, text }) => [id, line, text])).toEqual([
      ["1", 2, "a\nb"],
      ["2", 5, "c"],
      ["3", 6, "d"],
    ]);
    expect(read("sep=;\nid;text\n1;a\n")[0]?.line).toBe(3);
  });

  it("makes a row without the text an error record that says what is missing", () => {
    expect(read("id,x,text\n1,b\n2,c,d\n")).toMatchObject([
      {
        kind: "error",
        id: "1",
        error: {
          code: "E_NO_TEXT",
          message: 'The row has 2 fields, but the text ("text") is field 3.',
        },
      },
      { kind: "user", text: "d" },
    ]);
  });

  it("takes fields after a last text column for a part of it, and says so", () => {
    const { messages, notes } = collect(CSV, encode("id,text\n1,Hello, world\n2,b\n3,c,,,\n"));
    expect(messages.map(({ text }) => text)).toEqual(["Hello, world", "b", "c"]);
    expect(notes).toEqual(["2 rows have more fields than there are columns; they were read, but check the delimiter and the quotes."]);
  });

  it("takes the column with the longest values where no name is known, and says so", () => {
    const { messages, notes } = collect(CSV, encode("nr,what,x\n1,the weather is fine,ab\n2,see you at the market,cd\n"));
    expect(messages.map(({ text }) => text)).toEqual(["the weather is fine", "see you at the market"]);
    expect(notes).toEqual([
      'No column has a known name for the text, so the one with the longest values was taken: column 2, "what". The first row was taken for the header. Name another with --text-field.',
    ]);
  });

  it("takes the first row for a message where it looks like one, and says so", () => {
    const { messages, notes } = collect(CSV, encode("1,the weather is fine,2020\n2,see you at the market,2021\n"));
    expect(messages.map(({ id, text }) => [id, text])).toEqual([
      ["1", "the weather is fine"],
      ["2", "see you at the market"],
    ]);
    expect(notes[0]).toContain("not a header");
  });

  it("takes the column that is asked for by name or number", () => {
    const table = "text,Note,nr\nno,yes,5\n";
    expect(read(table, { textField: "Note", idField: "nr" })).toMatchObject([{ text: "yes", id: "5" }]);
    expect(texts(table, { textField: "2" })).toEqual(["yes"]);
    const { messages, notes } = collect(CSV, encode("a,b\nc,d\n"), {
      options: { textField: "z" },
    });
    expect(messages[0]?.error?.code).toBe("E_NO_TEXT");
    expect(notes[0]).toContain('There is no column "z". The columns are: ');
  });

  it("carries the columns that are asked for as JSON strings", () => {
    const table = 'id,text,likes,"the ""x"""\n1,a,05,"q""\\\n"\n2,b,7\n';
    expect(read(table, { keepFields: ["*"] }).map(({ fields }) => fields)).toEqual([
      '"id":"1","likes":"05","the \\"x\\"":"q\\"\\\\\\u000a"',
      '"id":"2","likes":"7"',
    ]);
    expect(read(table, { keepFields: ["likes"] })[0]?.fields).toBe('"likes":"05"');
  });

  it("tells people's names from their ids, and finds what is answered", () => {
    expect(read("user_id,user,parent_id,text\n7,Айгүл,3,a\n")[0]).toMatchObject({ author: "Айгүл", authorId: "7", replyTo: "3" });
    expect(read("from_id,reply_to,text\n7,,a\n")[0]).toMatchObject({ author: null, authorId: "7", replyTo: null });
  });

  it("reads backslashes before quotes only where the table would break without", () => {
    const rows = (text: string): string => `id,text,x\n1,${text},y\n2,b,y\n`;
    expect(texts(rows('"say \\"a, b\\" and ""c"""'))).toEqual(['say "a, b" and "c"', "b"]);
    expect(texts(rows('"say \\"a\\" \\\\ \\n"'))).toEqual(['say "a" \\ \\n', "b"]);
    expect(texts(rows('"C:\\"'))).toEqual(["C:\\", "b"]);
    expect(texts(rows('"C:\\""x"""'))).toEqual(['C:\\"x"', "b"]);
    expect(texts(rows('a\\"b'))).toEqual(['a\\"b', "b"]);
  });

  it("prefers Unix time to a wall clock beside it, and joins a day with its time of day", () => {
    const sentAt = (table: string) => read(table).map((message) => [message.sentAt, message.timeKind]);
    expect(sentAt("text,timestamp,unix_timestamp\na,2020-02-07 07:05:00,1581059100\n")).toEqual([["2020-02-07T07:05:00Z", "utc"]]);
    expect(sentAt("text,timestamp\na,2020-02-07 07:05:00\n")).toEqual([["2020-02-07T07:05:00", "local"]]);
    expect(sentAt("date,time,text\n2020-02-07,13:05,a\n2020-02-07,,b\n2020-02-07,soon,c\n")).toEqual([
      ["2020-02-07T13:05:00", "local"],
      ["2020-02-07T00:00:00", "local"],
      ["2020-02-07T00:00:00", "local"],
    ]);
  });

  it("takes NUL bytes out of rows and counts these", () => {
    const { messages, report } = collect(CSV, encode('id,te\0xt,x\n\0\u0031,"a\0\0,b\0",\0\n2,c,\0d\n3,e,f\n'), {
      options: { keepFields: ["x"] },
    });
    expect(messages.map(({ id, text, fields }) => [id, text, fields])).toEqual([
      ["1", "a,b", '"x":""'],
      ["2", "c", '"x":"d"'],
      ["3", "e", '"x":"f"'],
    ]);
    expect(report).toMatchObject({ repaired: 2, skipped: 0 });
  });

  it("counts rows of nothing but delimiters as skipped, and texts put together again as repaired", () => {
    const { messages, report } = collect(CSV, encode("id,text\n1,Hello, world\n,\n2,b,,\n,,,\n"));
    expect(messages.map(({ id, line, text }) => [id, line, text])).toEqual([
      ["1", 2, "Hello, world"],
      ["2", 4, "b"],
    ]);
    expect(report).toMatchObject({ repaired: 1, skipped: 2 });
  });

  it("takes an empty text beside attached files for a placeholder", () => {
    expect(read("text,attachments\n,a.png\nb,a.png\n,\n ,\n").map(({ kind, text }) => [kind, text])).toEqual([
      ["placeholder", ""],
      ["user", "b"],
      ["user", " "],
    ]);
  });

  it.skipIf(!existsSync(SAMPLES)).each([
    ["lc_example-utf8.csv", 10, "Eldon Base for stackable storage shelf, platinum", 2],
    ["lc_example-non-utf8.csv", 10, null, 2],
    ["lc_stanley-cups.csv", 5, "Stanley Cups", 1],
    ["lc_stanley-cups.tsv", 5, "Stanley Cups", 1],
    ["lc_test_empty.csv", 0, null, 0],
    ["lc_test_none_col.csv", 3, "column1,column2,column3", 1],
    ["lc_test_one_col.csv", 4, "column1", 1],
    ["lc_test_one_row.csv", 2, "column1", 1],
  ])("reads every row of the sample %s (needs ../shared/exports)", (file, rows, first, line) => {
    const { messages } = collect(file.endsWith(".tsv") ? TSV : CSV, readFileSync(`${SAMPLES}/${file}`));
    expect(messages).toHaveLength(rows);
    expect(messages.every(({ kind, text }) => kind === "user" && text !== "")).toBe(true);
    if (first !== null) expect(messages[0]).toMatchObject({ text: first, line });
  });

  it("says where a quote opens that is never closed", () => {
    const rows = Array.from({ length: 9000 }, (_, i) => `${i},"a, b"\n`);
    const messages = read(`id,text\n${rows.join("")}9,"b\n10,c\n`);
    expect(messages).toHaveLength(9001);
    expect(messages[9000]).toMatchObject({
      line: 9002,
      kind: "error",
      error: { code: "E_CSV_QUOTE" },
    });
  });

  it("makes a row of more than 16 MiB an error record and goes on behind its line", () => {
    const messages = read(`id,text\n1,a\n2,"${"z".repeat(16 << 20)}\n3,b\n`);
    expect(messages.map(({ text, error }) => text ?? error?.code)).toEqual(["a", "E_RECORD_TOO_LONG", "b"]);
  });

  it("recognises a table by the name of its text column, for each delimiter", () => {
    expect(CSV.sniff(encode("id,text\n1,a\n"))).toBeGreaterThan(0.5);
    expect(CSV.sniff(encode("id;text\n1;a\n"))).toBeGreaterThan(0.5);
    expect(CSV.sniff(encode("hello, you\nfine, thanks\n"))).toBe(0.1);
    expect(CSV.sniff(encode("id\ttext\n1\ta\n"))).toBe(0.1);
    expect(TSV.sniff(encode("id\ttext\n1\ta\n"))).toBeGreaterThan(0.5);
    expect(TSV.sniff(encode("id,text\n1,a\n"))).toBe(0.1);
  });
});

describe("the TSV reader", () => {
  const tsv = (text: string): (string | null)[] => collect(TSV, encode(text)).messages.map((message) => message.text);

  it("reads tabs, and quotes as in CSV", () => {
    expect(tsv('id\ttext\n1\ta, b; c\n2\t"two\nlines"\n')).toEqual(["a, b; c", "two\nlines"]);
  });

  it("takes quotes as they are where no field closes them", () => {
    expect(tsv('id\ttext\n1\t"Hello\n2\tfine" she said\n3\tb\n4\tc\n')).toEqual(['"Hello', 'fine" she said', "b", "c"]);
  });
});
