import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLD_NAMES, type Gold } from "../../src/evaluation/gold.ts";
import { Tally } from "../../src/evaluation/tally.ts";
import { Grouping } from "../../src/labelled/grouping.ts";
import { compileLabelMap, type LabelMap, loadLabelMap } from "../../src/labelled/label-map.ts";
import type { LabelledRow } from "../../src/labelled/row.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { type LabelledMessage, readLabelled } from "../../src/pipeline/labelled.ts";
import { createFolder, type TestFolder } from "./collected.ts";
import { CALLS, SMALL_TALK, SUITE, SUITE_FILES } from "./messages.ts";

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

async function rowsOf(
  paths: string[],
  split: string | null = null,
  map: LabelMap | null = null,
): Promise<{ rows: LabelledMessage[]; remarks: string[] }> {
  const rows: LabelledMessage[] = [];
  const remarks: string[] = [];
  for await (const row of readLabelled(paths, split, (line) => remarks.push(line), { map })) rows.push(row);
  return { rows, remarks };
}

/** What a gold says, without what it does not say. */
function said(gold: Partial<Gold>): Record<string, unknown> {
  return Object.fromEntries(GOLD_NAMES.filter((name) => (gold[name] ?? null) !== null).map((name) => [name, gold[name]]));
}

/** Golds of a file, each without what it does not say. */
async function goldsOf(name: string, content: string | Uint8Array, map: LabelMap | null = null): Promise<Record<string, unknown>[]> {
  return (await rowsOf([folder.put(name, content)], null, map)).rows.map((row) => said(row.gold));
}

const lines = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;

describe("readLabelled", () => {
  it("gives the rows of every file in order, with the file's name as their set", async () => {
    const paths = [
      folder.put(
        "one.jsonl",
        lines([
          { text: "a", task: "hate", label: 1, lang: "ru" },
          { text: "b", id: "x", gold: { hate: 0 }, language: "kk" },
        ]),
      ),
      folder.put("two.jsonl.gz", gzipSync(lines([{ text: "c", label: 0, functionality: "f", target: "t" }]))),
    ];
    const { rows, remarks } = await rowsOf(paths);
    expect(rows).toMatchObject([
      {
        text: "a",
        set: "one",
        id: "1",
        language: "ru",
        split: null,
        functionality: null,
        gold: { hate: 1, slur: null },
      },
      { text: "b", set: "one", id: "x", language: "kk", gold: { hate: 0 } },
      {
        text: "c",
        set: "two",
        id: "1",
        language: null,
        functionality: "f",
        target: "t",
        gold: { slur: 0, incitement: 0, hate: 0, abuse: null, flagged: 0 },
        votes: [],
      },
    ]);
    expect(remarks).toEqual([]);
  });

  it("reads every row of the functional suites", async () => {
    expect((await rowsOf([...SUITE_FILES])).rows.map((row) => row.text)).toEqual(SUITE.map((row) => row.text));
  });

  it("takes the split asked for, and rows that name none", async () => {
    const path = folder.put("split.jsonl", lines([{ text: "a", split: "train" }, { text: "b", split: "dev" }, { text: "c" }]));
    expect((await rowsOf([path], "train")).rows.map((row) => row.text)).toEqual(["a", "c"]);
    expect((await rowsOf([path])).rows.map((row) => row.text)).toEqual(["a", "b", "c"]);
  });

  it("leaves out what is no row, and says how many", async () => {
    const path = folder.put("odd.jsonl", '{"text":"a"}\r\n\n{"text":""}\n[1]\nnull\n{broken\n"text"\n{"text":5}\n{"text":"b"}');
    const { rows, remarks } = await rowsOf([path]);
    expect(rows.map((row) => row.text)).toEqual(["a", "b"]);
    expect(rows[1]!.id).toBe("9");
    expect(remarks).toEqual([expect.stringMatching(/odd\.jsonl: 6 of 9 lines/)]);
  });

  it("joins rows that lie in two chunks", async () => {
    const long = "қ".repeat(200_000);
    const { rows } = await rowsOf([folder.put("long.jsonl", lines([{ text: long }, { text: "x" }, { text: long }]))]);
    expect(rows.map((row) => row.text.length)).toEqual([200_000, 1, 200_000]);
  });

  it("refuses a file that is not there", async () => {
    await expect(rowsOf([SUITE_FILES[0]!, "/nowhere/x.jsonl"])).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});

interface Expected {
  readonly gold: Partial<Gold>;
  readonly votes?: readonly { readonly annotator: string; readonly gold: Partial<Gold> }[];
}

/** The same bytes in other wrappings. */
const WRAPPINGS = [
  { how: "as it is", wrap: (bytes: Buffer) => bytes, ending: "" },
  { how: "packed", wrap: (bytes: Buffer) => gzipSync(bytes), ending: ".gz" },
  {
    how: "with a byte order mark",
    wrap: (bytes: Buffer) => Buffer.concat([Buffer.from("\ufeff"), bytes.subarray(bytes[0] === 0xef ? 3 : 0)]),
    ending: "",
  },
  { how: "with lines of Windows", wrap: (bytes: Buffer) => Buffer.from(bytes.toString().replace(/\r?\n/g, "\r\n")), ending: "" },
];

describe.each(readdirSync("fixtures/labelled"))("the fixture %s", (name) => {
  const place = join("fixtures/labelled", name);
  const input = readdirSync(place).find((file) => file.startsWith("input."))!;
  const expected = readFileSync(join(place, "expected.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Expected);

  it.each(WRAPPINGS)("gives what is expected $how", async ({ wrap, ending }) => {
    const { rows } = await rowsOf([folder.put(`${name}/${input}${ending}`, wrap(readFileSync(join(place, input))))]);
    expect(rows).toHaveLength(expected.length);
    for (const [index, { gold, votes, ...rest }] of expected.entries()) {
      const row = rows[index]!;
      expect(row).toMatchObject(rest);
      expect(row.set).toBe("input");
      expect(said(row.gold)).toEqual(said(gold));
      if (votes === undefined) continue;
      const judged = row.votes.map((vote) => ({ annotator: vote.annotator, gold: said(vote.gold) }));
      expect(judged).toEqual(votes.map((vote) => ({ annotator: vote.annotator, gold: said(vote.gold) })));
    }
  });

  it("gives the same where the extension says nothing", async () => {
    const { rows } = await rowsOf([folder.put(`${name}/input.dat`, readFileSync(join(place, input)))]);
    expect(rows.map((row) => said(row.gold))).toEqual(expected.map((row) => said(row.gold)));
  });
});

describe("what is no labelled file", () => {
  it("an empty one has no rows, and that is said", async () => {
    for (const content of ["", "\n \n", "\ufeff"]) {
      const { rows, remarks } = await rowsOf([folder.put("empty.csv", content)]);
      expect(rows).toEqual([]);
      expect(remarks).toEqual([expect.stringMatching(/empty\.csv: is empty/)]);
    }
  });

  it.each([
    { what: "prose", content: "Good morning.\nIt is late.\n", found: /lines such as "Good morning\."/ },
    { what: "a table without labels", content: "text,price\ngood morning,12\nbread,3\n", found: /columns "text", "price"/ },
    { what: "a table without texts", content: "a,label\n1,hate\n", found: /columns "a", "label"/ },
    {
      what: "one JSON object",
      content: JSON.stringify({ text: "a", label: "hate" }, null, 2),
      found: /neither one object a line nor an array/,
    },
    { what: "numbers in JSON", content: "[1, 2, 3]", found: /something else than objects/ },
    { what: "objects without texts", content: '{"price":1}\n{"price":2}\n', found: /JSON Lines with "price", and no text/ },
    {
      what: "tasks without texts",
      content: '[{"data":{"image":5},"annotations":[]}]',
      found: /JSON array with "data", "annotations", and no text/,
    },
  ])("$what is refused, with what was looked for", async ({ content, found }) => {
    const reading = rowsOf([folder.put("other.dat", content)]);
    await expect(reading).rejects.toMatchObject({ name: "FormatError", code: "E_LABELLED", message: expect.stringMatching(found) });
    await expect(reading).rejects.toThrow(/Looked for .*Label Studio/);
  });
});

describe("broken rows", () => {
  it("are counted in every format, and the others are read", async () => {
    const broken: [string, string, RegExp][] = [
      [
        "broken.json",
        '[{"text":"a","label":"hate"},{"text":},7,{"label":"hate"},{"text":"b","label":"none"},{"text":"c"',
        /4 of 6 elements/,
      ],
      ["broken.csv", "text,label\na,hate\n,hate\nb,c,d\nb,none\n", /2 of 4 rows/],
      ["broken.txt", "__label__hate a\nno label\n__label__hate\n__label__none b\n", /2 of 4 lines/],
    ];
    for (const [name, content, remark] of broken) {
      const { rows, remarks } = await rowsOf([folder.put(name, content)]);
      expect(rows.map((row) => [row.text, row.gold.hate])).toEqual([
        ["a", 1],
        ["b", 0],
      ]);
      expect(remarks).toEqual([expect.stringMatching(remark)]);
    }
  });

  it("reads elements that lie in two chunks", async () => {
    const long = `{[",\\${"қ".repeat(200_000)}`;
    const rows = [
      { text: long, label: "hate" },
      { text: "x", label: "none" },
      { text: long, label: "none" },
    ];
    const read = await rowsOf([folder.put("long.json", JSON.stringify(rows))]);
    expect(read.rows.map((row) => [row.text === long, row.gold.hate])).toEqual([
      [true, 1],
      [false, 0],
      [true, 0],
    ]);
  });
});

describe("hostile content", () => {
  it("can be called as properties of all objects are", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const rows = names.flatMap((name) => [
      `{"text":"a","label":"${name}","${name}":1}`,
      `{"text":"a","votes":{"${name}":"hate"},"labels":{"${name}":1}}`,
    ]);
    const { rows: read } = await rowsOf([folder.put("proto.jsonl", rows.join("\n"))]);
    expect(read.map((row) => row.gold.hate)).toEqual(names.flatMap(() => [null, 1]));
    expect(read.flatMap((row) => row.votes.map((vote) => vote.annotator))).toEqual(names);
    expect(await goldsOf("proto.csv", "text,__proto__,label\na,1,hate\nb,1,__proto__\n")).toEqual([{ hate: 1 }, {}]);
    const map = compileLabelMap(JSON.parse('{"proto":{"__proto__":{"hate":1},"*":"harmless"}}'), "map.json");
    expect(await goldsOf("proto.csv", "text,label\na,__proto__\nb,constructor\n", map)).toMatchObject([
      { hate: 1 },
      { hate: 0, flagged: 0 },
    ]);
    expect(({} as Record<string, unknown>)["hate"]).toBeUndefined();
  });

  it("can be nested a million times or have a million labels", async () => {
    const deep = 1_000_000;
    const many = Array.from({ length: deep }, (_, label) => `l${label}`);
    const rows = [
      `{"text":"a","label":${"[".repeat(deep)}${"]".repeat(deep)}}`,
      `{"text":"a","labels":${JSON.stringify(many)}}`,
      '{"text":"a","label":"hate"}',
    ];
    expect(await goldsOf("many.jsonl", rows.join("\n"))).toEqual([{}, {}, { hate: 1 }]);
    expect(await goldsOf("many.json", `[${rows.join(",")}]`)).toEqual([{}, {}, { hate: 1 }]);
    expect(await goldsOf("many.txt", `${"__label__x ".repeat(deep)}a\n__label__hate b`)).toEqual([{}, { hate: 1 }]);
  });
});

describe("labels by their names", () => {
  /** Golds of texts with a label each. */
  const judged = (labels: readonly unknown[]) => goldsOf("names.jsonl", lines(labels.map((label) => ({ text: "a", label }))));

  it("are understood in any case and spelling", async () => {
    const spellings = {
      hate: ["hate", "HATEFUL", "Hate Speech", "hate_speech", "hate-speech", "ненависть"],
      incitement: ["incitement", "Threat", "violence", "call"],
      abuse: ["abuse", "Abusive", "TOXIC", "insult", "obscenity", "profanity", "offensive", "Offensive Language"],
      slur: ["slur"],
    };
    for (const [name, labels] of Object.entries(spellings)) expect(await judged(labels)).toEqual(labels.map(() => ({ [name]: 1 })));
    for (const none of ["none", "Neutral", "normal", "ham", "clean", "not hate", "noHate", "non-hateful", "0", 0, false])
      expect(await judged(["hate", none])).toEqual([{ hate: 1 }, { hate: 0 }]);
  });

  it("deny all that the file speaks of with none, and everything with harmless", async () => {
    expect(await judged(["hate", "toxic", "none", "non-toxic", "benign"])).toEqual([
      { hate: 1 },
      { hate: 0, abuse: 1 },
      { hate: 0, abuse: 0 },
      { hate: 0, abuse: 0 },
      { slur: 0, incitement: 0, hate: 0, abuse: 0, flagged: 0 },
    ]);
  });

  it("of a file come to mean something wherever in the file they stand", async () => {
    const rows = [
      { text: "a", label: "none" },
      ...Array.from({ length: 20_000 }, () => ({ text: "b", label: "ham" })),
      { text: "c", label: "hate" },
    ];
    expect((await goldsOf("late.jsonl", lines(rows)))[0]).toEqual({ hate: 0 });
  });

  it("that are codes say nothing", async () => expect(await judged([0, 1, 2, "2"])).toEqual([{}, {}, {}, {}]));

  it("that nobody knows are told", async () => {
    const { remarks } = await rowsOf([
      folder.put(
        "who.jsonl",
        lines([
          { text: "a", label: "hate" },
          { text: "b", label: "sport" },
        ]),
      ),
    ]);
    expect(remarks).toEqual([expect.stringMatching(/who\.jsonl: 1 row has labels that say nothing here \("sport"\); say with --map/)]);
  });
});

describe("a map", () => {
  const map = compileLabelMap(
    {
      mine: { "hate speech": { hate: 1, abuse: null }, rude: { hate: 0, abuse: 1 }, fine: "harmless", "spam*": "ignore" },
      topics: { licence: "CC0", map: { "topic:war": { hate: 0 }, "topic:*": "ignore", "*": "harmless" } },
      numbers: { "1": { hate: 1 }, "0": { hate: 0 } },
    },
    "map.json",
  );
  const HARMLESS = { slur: 0, incitement: 0, hate: 0, abuse: 0, flagged: 0 };

  it("says what labels mean, by the first line that fits, others filling in", async () => {
    const rows = [["hate speech"], ["rude"], ["hate speech", "rude"], ["rude", "fine"], ["fine"], ["spam, much"], ["unheard of"]];
    expect(await goldsOf("mine.jsonl", lines(rows.map((labels) => ({ text: "a", task: "hate", label: 1, labels }))), map)).toEqual([
      { hate: 1 },
      { hate: 0, abuse: 1 },
      { hate: 1 },
      { hate: 0, abuse: 1 },
      HARMLESS,
      {},
    ]);
  });

  it("reads elements, columns and numbers, in tables too", async () => {
    expect(
      await goldsOf(
        "topics.jsonl.gz",
        gzipSync(lines([{ text: "a", topic: "war" }, { text: "b", labels: ["topic:sport"] }, { text: "c" }])),
        map,
      ),
    ).toEqual([{ hate: 0 }, HARMLESS]);
    expect(await goldsOf("topics.csv", "text,topic\na,war\nb,sport\nc,\n", map)).toEqual([{ hate: 0 }]);
    expect(await goldsOf("numbers.csv", "text,label\na,1\nb,0\nc,2\n", map)).toEqual([{ hate: 1 }, { hate: 0 }, {}]);
    expect(await goldsOf("numbers.txt", "__label__1 a\n__label__0 b\n", map)).toEqual([{ hate: 1 }, { hate: 0 }]);
  });

  it("leaves other sets to the defaults, unless it has a line for all", async () => {
    const content = lines([{ text: "a", task: "threat", label: 1 }]);
    expect(await goldsOf("others.jsonl", content, map)).toEqual([{ incitement: 1 }]);
    expect(await goldsOf("others.jsonl", content, compileLabelMap({ "*": { "*": "harmless" } }, ""))).toEqual([HARMLESS]);
  });

  it("reads each annotator's labels", async () => {
    const row = { text: "a", votes: { x: "rude", y: "rude", z: "fine", s: "spam" } };
    const { rows } = await rowsOf([folder.put("mine.jsonl", lines([row]))], null, map);
    expect(rows[0]!.votes.map((vote) => [vote.annotator, said(vote.gold)])).toEqual([
      ["x", { hate: 0, abuse: 1 }],
      ["y", { hate: 0, abuse: 1 }],
      ["z", HARMLESS],
    ]);
    expect(said(rows[0]!.gold)).toEqual({ ...HARMLESS, abuse: 1 });
  });

  it.each([
    { document: [], place: /\$: expected an object of sets; got an array/ },
    { document: { a: "harmless" }, place: /\$\["a"\]: expected an object of labels; got "harmless"/ },
    { document: { a: { b: { hate: 2 } } }, place: /\$\["a"\]\["b"\]: expected "harmless", "ignore", or an object .*; got \{"hate": 2\}/ },
    { document: { a: { b: { hat: 1 } } }, place: /\$\["a"\]\["b"\]: .*got \{"hat": 1\}/ },
    { document: { a: { b: "harmles" } }, place: /\$\["a"\]\["b"\]: .*got "harmles"/ },
    { document: { a: { licence: "MIT", map: { b: null } } }, place: /\$\["a"\]\["map"\]\["b"\]: .*got null/ },
  ])("that is wrong is refused with its place: $document", ({ document, place }) => {
    const path = folder.put("wrong.json", JSON.stringify(document));
    expect(() => loadLabelMap(path)).toThrow(
      expect.objectContaining({ name: "ConfigError", code: "E_MAP", message: expect.stringMatching(place) }),
    );
  });

  it("that is no file or no JSON is refused", () => {
    expect(() => loadLabelMap("/nowhere/map.json")).toThrow(/cannot be read/);
    expect(() => loadLabelMap(folder.put("torn.json", '{"a": '))).toThrow(/torn\.json: the map is not JSON/);
  });

  it("of the shipped corpora is sound, and describes each of them", () => {
    const shipped = JSON.parse(readFileSync("models/sets.json", "utf8")) as Record<string, Record<string, unknown>>;
    expect([...loadLabelMap("models/sets.json").keys()]).toEqual(Object.keys(shipped));
    for (const [set, about] of Object.entries(shipped)) {
      for (const name of ["source", "licence", "use", "why"]) expect([set, name, typeof about[name]]).toEqual([set, name, "string"]);
      const open = /^(?:MIT|Apache-2\.0|CC0|CC BY(?:-SA)? [\d.]+(?: \(of the article\))?)$/.test(String(about["licence"]));
      expect([set, about["open"]]).toEqual([set, open]);
      expect([set, about["use"] === "left out"]).toEqual([set, JSON.stringify(about["map"]) === '{"*":"ignore"}']);
    }
  });
});

describe("several annotators", () => {
  const row = (id: number | null, annotator: string, label: string, text = `text ${id}`) => ({
    ...(id === null ? {} : { id }),
    text,
    annotator,
    label,
  });

  it("of a message are put together wherever their rows lie", async () => {
    const ids = Array.from({ length: 5000 }, (_, id) => id);
    const rows = [...ids.map((id) => row(id, "a", "hate")), ...ids.map((id) => row(id, "b", id % 2 === 0 ? "hate" : "none"))];
    const { rows: read } = await rowsOf([folder.put("far.jsonl", lines(rows))]);
    expect(read.map((message) => message.id)).toEqual(ids.map(String));
    expect(read.map((message) => message.votes.length)).toEqual(ids.map(() => 2));
    expect(read.map((message) => message.gold.hate)).toEqual(ids.map((id) => (id % 2 === 0 ? 1 : null)));
  });

  it("are put together by text where ids are of judgments, or where there are none", async () => {
    const rows = [row(1, "a", "hate", "x"), row(2, "a", "none", "y"), row(3, "b", "hate", "x"), row(4, "a", "none", "x")];
    // The last is the same text before the same annotator again: another message.
    const expected = [
      ["x", 1, ["a", "b"]],
      ["y", 0, ["a"]],
      ["x", 0, ["a"]],
    ];
    const { rows: read } = await rowsOf([folder.put("judgments.jsonl", lines(rows))]);
    expect(read.map((message) => [message.text, message.gold.hate, message.votes.map((vote) => vote.annotator)])).toEqual(expected);
    const bare = [row(null, "a", "hate", "x"), row(null, "b", "none", "x"), row(null, "a", "none", "x")];
    const again = await rowsOf([folder.put("bare.jsonl", lines(bare))]);
    expect(again.rows.map((message) => [message.text, said(message.gold)])).toEqual([["x", { hate: 0 }]]);
  });

  it("in a user column are annotators where ids come again, and authors otherwise", async () => {
    const csv = (ids: readonly number[]) => `id,user,text,label\n${ids.map((id, place) => `${id},u${place},text ${id},hate`).join("\n")}`;
    expect((await rowsOf([folder.put("judges.csv", csv([1, 1, 2, 2]))])).rows.map((message) => message.votes.length)).toEqual([2, 2]);
    expect((await rowsOf([folder.put("authors.csv", csv([1, 2, 3, 4]))])).rows.map((message) => message.votes.length)).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

describe("rows held for their annotators", () => {
  it("are let go from the oldest on when they become too many", () => {
    const grouping = new Grouping(true, false, 1000);
    const statement = { task: null, gold: null, label: null, isCode: false, names: ["hate"], values: [] };
    const row = (id: string): LabelledRow => ({
      text: "text",
      id,
      language: null,
      split: null,
      functionality: null,
      target: null,
      annotator: "a",
      user: null,
      own: statement,
      judgments: [],
      record: {},
    });
    const gone = ["1", "2", "3", "4", "5"].flatMap((id, number) => grouping.add(row(id), number, "a"));
    expect(gone.map((group) => group.row.id)).toEqual(["1", "2"]);
    expect([...grouping.finish()].map((group) => group.row.id)).toEqual(["3", "4", "5"]);
    expect(grouping.letGo).toBe(2);
  });
});

describe("measuring a tiny gold", () => {
  it("gives the figures that one counts by hand", async () => {
    const judge = await openJudge();
    // Two calls that are found, one that is not a call but said to be one, and three harmless ones.
    const gold = [
      ...[CALLS[0], CALLS[1], SMALL_TALK[0]].map((text) => ({
        text,
        label: 1,
        labels: ["incitement"],
      })),
      ...[SMALL_TALK[1], SMALL_TALK[2], "хлеб"].map((text) => ({
        text,
        label: 0,
      })),
    ];
    const { rows } = await rowsOf([folder.put("gold.jsonl", lines(gold))]);
    const tally = new Tally({
      incitement: judge.scorer.thresholds.incitement.flag,
    });
    for (const row of rows) {
      const bytes = new TextEncoder().encode(row.text);
      judge.judge(bytes, 0, bytes.length);
      tally.add({
        gold: row.gold,
        scores: { incitement: judge.scores[1]! },
        source: row.set,
      });
    }
    expect(tally.report().measures[0]).toMatchObject({
      label: "incitement",
      n: 6,
      positives: 3,
      tp: 2,
      fn: 1,
      fp: 0,
      tn: 3,
      precision: 1,
      recall: 2 / 3,
      f1: 0.8,
      accuracy: 5 / 6,
    });
  });
});
