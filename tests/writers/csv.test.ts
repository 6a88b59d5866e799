import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KIND, TIME } from "../../src/core/message.ts";
import { CSV } from "../../src/writers/csv.ts";
import { asUtf8, type Given, hostileText, write } from "./judged.ts";

/** A strict RFC 4180 parser: throws where a quote is out of place or a record does not end in CRLF. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at < csv.length; ) {
    const quoted = /"((?:[^"]|"")*)"/y;
    const bare = /[^",\r\n]*/y;
    const cell = csv[at] === '"' ? quoted : bare;
    cell.lastIndex = at;
    const found = cell.exec(csv);
    if (found === null) throw new Error(`no cell at ${at}`);
    rows.at(-1)!.push(cell === quoted ? found[1]!.replaceAll('""', '"') : found[0]);
    at += found[0].length;
    if (csv[at] === ",") at++;
    else if (csv.startsWith("\r\n", at)) {
      at += 2;
      rows.push([]);
    } else throw new Error(`neither comma nor CRLF at ${at}: ${JSON.stringify(csv.slice(at, at + 9))}`);
    if (csv[at - 1] === "," && at === csv.length) rows.at(-1)!.push("");
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

function rowsOf(messages: readonly Given[], settings: { source?: string; reason?: string } = {}): Record<string, string>[] {
  const [header, ...rows] = parse(write(CSV, messages, settings));
  for (const row of rows) expect(row.length).toBe(header!.length);
  return rows.map((row) => Object.fromEntries(header!.map((name, column) => [name, row[column]!])));
}

const GUARDED = /^[=+\-@\t\r|]/;
const guarded = (text: string) => (GUARDED.test(text) ? `'${text}` : text);

describe("the CSV writer", () => {
  it("begins with a header, even where no message follows", () => {
    expect(parse(write(CSV, []))).toEqual([
      [
        "id",
        "source",
        "line",
        "conversation",
        "author",
        "sentAt",
        "text",
        "language",
        "decision",
        "labels",
        "score",
        "slur",
        "incitement",
        "hate",
        "reasons",
        "kind",
        "locator",
        "authorId",
        "replyTo",
        "forwarded",
        "forwardedFrom",
        "edited",
        "error",
      ],
    ]);
  });

  it("writes a row a message, empty cells for what is unknown", () => {
    expect(rowsOf([{ text: "hello" }])).toEqual([
      {
        id: "",
        source: "chat.txt",
        line: "1",
        conversation: "",
        author: "",
        sentAt: "",
        text: "hello",
        language: "en",
        decision: "flag",
        labels: "",
        score: "0",
        slur: "0",
        incitement: "0",
        hate: "0",
        reasons: "",
        kind: "user",
        locator: "",
        authorId: "",
        replyTo: "",
        forwarded: "",
        forwardedFrom: "",
        edited: "",
        error: "",
      },
    ]);
    expect(
      rowsOf([
        {
          text: "a",
          id: "i",
          author: "x",
          conversation: "c",
          sentAtMs: 0,
          timeKind: TIME.utc,
          labels: 0b101,
          scores: [0.5, 0.25, 0.125],
          signals: [
            { start: 0, end: 1 },
            { start: 0, end: 1, entry: "other" },
          ],
        },
      ])[0],
    ).toMatchObject({
      id: "i",
      author: "x",
      conversation: "c",
      sentAt: "1970-01-01T00:00:00Z",
      labels: "slur hate",
      score: "0.5",
      slur: "0.5",
      incitement: "0.25",
      hate: "0.125",
      reasons: "some-rule other",
    });
  });

  it.each([
    "a,b",
    'say "hi"',
    "two\nlines",
    "two\r\nlines",
    "a\rb",
    '"',
    '""',
    ",",
    "\n",
    " leading and trailing ",
    "tab\tinside",
    "a=b",
    "қала; ауыл",
    "\0nul",
  ])("gives %j back as it was", (text) => {
    expect(rowsOf([{ text, author: text }])[0]).toMatchObject({
      text,
      author: text,
    });
  });

  it.each(["=1+1", "+7 700 555 01 17", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "=", "-", "|x"])(
    "disarms %j",
    (text) => {
      const [row] = rowsOf([{ text, id: text, author: text, conversation: text }], { source: text });
      for (const column of ["text", "id", "author", "conversation"]) expect(row![column]).toBe(`'${text}`);
      expect(row!["source"]).toBe(text === "-" ? "-" : `'${text}`);
    },
  );

  it("gives any text back, but for what it disarms", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, name) => {
        const [first, second] = rowsOf([{ text, author: name, id: name }, { text: "next" }]);
        expect(first!["text"]).toBe(guarded(asUtf8(text)));
        expect(first!["author"]).toBe(guarded(asUtf8(name)));
        expect(second!["text"]).toBe("next");
        for (const value of Object.values(first!)) expect(value).not.toMatch(GUARDED);
      }),
    );
  });

  it("writes an error in its place, in the column of errors", () => {
    const rows = rowsOf([{ text: "a" }, { text: null, kind: KIND.error }, { text: "b" }], { reason: 'broken, "so"', source: "=x.csv" });
    expect(rows.map((row) => row["error"])).toEqual(["", 'E_CODE: broken, "so"', ""]);
    expect(rows[1]).toMatchObject({
      line: "2",
      source: "'=x.csv",
      text: "",
      decision: "",
    });
  });
});
