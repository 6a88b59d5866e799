import { existsSync, linkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJudge } from "../../src/pipeline/classifier.ts";
import type { Judge } from "../../src/pipeline/judge.ts";
import { CSV } from "../../src/writers/csv.ts";
import { WRITERS } from "../../src/writers/table.ts";
import { createFolder, scanned, type TestFolder } from "./collected.ts";
import { CALLS, SAMPLE, SMALL_TALK, SUITE, SUITE_FILES } from "./messages.ts";

let judge: Judge;
let folder: TestFolder;
beforeAll(async () => {
  judge = await openJudge();
  folder = createFolder();
});
afterAll(() => folder.remove());

describe("a scan", () => {
  it("gives one record for every message, in the order of the file", async () => {
    const texts = Array.from({ length: 10_000 }, (_, k) => `${SMALL_TALK[k % 3]} ${k}`);
    const { records, tally } = await scanned(judge, [folder.put("many.txt", texts.join("\n"))]);
    expect(records.map((record) => record.text)).toEqual(texts);
    expect(records.map((record) => record.line)).toEqual(texts.map((_, k) => k + 1));
    expect(tally).toMatchObject({
      messages: texts.length,
      sources: 1,
      errors: 0,
      repaired: 0,
      decisions: [texts.length, 0, 0],
    });
  });

  it("takes files in the order given and folders in the order of names, numbers by their value", async () => {
    for (const name of ["b/2.txt", "b/10.txt", "b/ә.txt", "b/Z.txt", "b/inner/x.txt"]) folder.put(name, name);
    const last = folder.put("a.txt", "a.txt");
    const run = () => scanned(judge, [join(folder.path, "b"), last]);
    const { records, text } = await run();
    expect(records.map((record) => record.text)).toEqual(["b/2.txt", "b/10.txt", "b/Z.txt", "b/inner/x.txt", "b/ә.txt", "a.txt"]);
    expect((await run()).text).toBe(text);
  });

  it("flags the plain calls of every language and passes small talk", async () => {
    const { records, tally } = await scanned(judge, [folder.put("calls.txt", [...CALLS, ...SMALL_TALK].join("\n"))]);
    expect(records.map((record) => record.decision)).toEqual(["flag", "flag", "flag", "pass", "pass", "pass"]);
    for (const record of records.slice(0, 3)) {
      expect(record.labels).toContain("incitement");
      expect(record.signals.length).toBeGreaterThan(0);
    }
    expect(tally.decisions).toEqual([3, 0, 3]);
    expect(tally.languages.reduce((sum, count) => sum + count, 0)).toBe(6);
  });

  it("says of every signal where its words are, in code points", async () => {
    const { records } = await scanned(judge, SUITE_FILES);
    expect(records.length).toBe(SUITE.length);
    for (const { text, signals } of records)
      for (const { start, end, text: words } of signals) expect([...text].slice(start, end).join("")).toBe(words);
    for (const { score, scores, decision, labels } of records) {
      expect(score).toBe(Math.max(...Object.values(scores)));
      expect(decision === "flag").toBe(labels.length > 0);
    }
  });

  it("gives the same bytes in every run, with every writer", async () => {
    for (const format of WRITERS) {
      const [first, second] = [
        await scanned(judge, [SAMPLE, ...SUITE_FILES], {}, format),
        await scanned(await openJudge(), [SAMPLE, ...SUITE_FILES], {}, format),
      ];
      expect(second.text).toBe(first.text);
    }
  });

  it("counts what was not judged, and gives it where asked", async () => {
    const without = await scanned(judge, [SAMPLE]);
    expect(without.tally.system).toBeGreaterThan(0);
    expect(without.tally.placeholders).toBeGreaterThan(0);
    expect(without.records.length).toBe(without.tally.messages);
    expect(without.records.every((record) => record.kind === undefined)).toBe(true);
    const included = await scanned(judge, [SAMPLE], { includeSystem: true });
    expect(included.records.filter((record) => record.kind === "system").length).toBe(included.tally.system);
    expect(included.records.filter((record) => record.kind === "placeholder").length).toBe(included.tally.placeholders);
    expect(included.records.filter((record) => record.kind === "deleted").length).toBe(included.tally.deleted);
    const { system, placeholders, deleted } = included.tally;
    expect(included.records.length).toBe(without.records.length + system + placeholders + deleted);
    expect(included.records.filter((record) => record.kind === undefined)).toEqual(without.records);
  });

  it("writes only what reaches the decision asked for, and counts the rest", async () => {
    const all = await scanned(judge, SUITE_FILES);
    for (const [lowestDecision, wanted] of [
      [1, ["review", "flag"]],
      [2, ["flag"]],
    ] as const) {
      const some = await scanned(judge, SUITE_FILES, { lowestDecision });
      expect(some.records).toEqual(all.records.filter((record) => (wanted as readonly string[]).includes(record.decision)));
      expect(some.tally).toEqual(all.tally);
    }
  });

  it("takes text, id and other fields by the names given", async () => {
    const path = folder.put("fields.jsonl", '{"id":1,"body":"first","nr":"x","n":[1,2]}\n{"body":"second","nr":"y","url":"u"}\n');
    const { records } = await scanned(judge, [path], {
      textField: "body",
      idField: "nr",
      keepFields: ["n", "url"],
    });
    expect(records).toMatchObject([
      { id: "x", text: "first", fields: { n: [1, 2] } },
      { id: "y", text: "second", fields: { url: "u" } },
    ]);
  });

  it("begins a table with its header though there is no message", async () => {
    const { text, remarks, failures } = await scanned(judge, [folder.put("empty.txt", "")], {}, CSV);
    expect(text.trimEnd().split("\r\n").length).toBe(1);
    expect(text).toMatch(/^id,/);
    expect(failures).toBe(0);
    expect(remarks.join()).toContain("no messages");
  });
});

describe("what cannot be read", () => {
  it("is complained about, file by file, and the others are scanned", async () => {
    const [good, also] = [folder.put("good.txt", "one"), folder.put("also.txt", "two")];
    const binary = folder.put("photo.txt", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70));
    const { records, failures, complaints, tally } = await scanned(judge, [good, join(folder.path, "nowhere.txt"), binary, also]);
    expect(records.map((record) => record.text)).toEqual(["one", "two"]);
    expect(failures).toBe(2);
    expect(complaints.map((line) => /nowhere|photo/.exec(line)?.[0])).toEqual(["nowhere", "photo"]);
    expect(tally.sources).toBe(2);
  });

  it("is scanned up to where a packed file breaks off", async () => {
    const lines = Array.from({ length: 50_000 }, (_, k) => `line ${k} ${(k * 7919) % 10007}`);
    const packed = gzipSync(lines.join("\n"));
    const { records, failures, complaints } = await scanned(judge, [
      folder.put("cut.txt.gz", packed.subarray(0, packed.length >> 1)),
      folder.put("after.txt", "after"),
    ]);
    expect(failures).toBe(1);
    expect(complaints[0]).toContain("cut.txt.gz");
    expect(records.length).toBeGreaterThan(1000);
    expect(records.at(-1)!.text).toBe("after");
    expect(records.slice(0, -2).map((record) => record.text)).toEqual(lines.slice(0, records.length - 2));
  });

  it("is an error record in its place, and counted", async () => {
    const path = folder.put("broken.jsonl", '{"text":"one"}\n{"text":\n{"nothing":1}\n{"text":"four"}\n');
    const { records, tally, failures, remarks } = await scanned(judge, [path]);
    expect(records.map((record) => record.error?.line ?? record.text)).toEqual(["one", 2, 3, "four"]);
    expect(records[1]).toEqual({
      error: {
        code: "E_JSON",
        message: expect.any(String),
        source: path,
        line: 2,
      },
    });
    expect(records[2]!.error!.code).toBe("E_NO_TEXT");
    expect(tally).toMatchObject({ errors: 2, messages: 2 });
    expect(failures).toBe(0);
    expect(remarks.join("\n")).toContain("2 records could not be read");
    expect((await scanned(judge, [path], { lowestDecision: 2 })).records.map((record) => record.error?.line)).toEqual([2, 3]);
  });

  it("is a folder without chats", async () => {
    folder.put("none/photo.jpg", "x");
    const { failures, complaints } = await scanned(judge, [join(folder.path, "none")]);
    expect(failures).toBe(1);
    expect(complaints[0]).toContain("none");
  });

  it("is read up to the break in packed data, though the whole file was to be seen first", async () => {
    const chat = Array.from({ length: 9000 }, (_, k) => `1/2/22, 10:${10 + (k % 50)} - Ann: message ${k} of many`).join("\n");
    const packed = gzipSync(chat);
    const { records, complaints, files } = await scanned(judge, [folder.put("cut.txt.gz", packed.subarray(0, packed.length - 2000))]);
    expect(records.length).toBeGreaterThan(1000);
    expect(complaints.join()).toContain("cut off or damaged");
    expect(files).toMatchObject([{ format: "whatsapp", failure: expect.stringContaining("cut off") }]);
  });

  it("is repaired and said where bytes are no UTF-8", async () => {
    const path = folder.put(
      "bytes.txt",
      Buffer.concat([
        Buffer.from("жақсы сөз\nbad "),
        Buffer.from([0xff, 0xc3, 0x28]),
        Buffer.from("\ngood two\ncut "),
        Buffer.from([0xd2]),
      ]),
    );
    const { records, tally, remarks } = await scanned(judge, [path]);
    expect(records.map((record) => record.text)).toEqual(["жақсы сөз", "bad \ufffd\ufffd(", "good two", "cut \ufffd"]);
    expect(tally.repaired).toBe(2);
    expect(remarks.join("\n")).toContain("2 messages held bytes that are not UTF-8");
  });
});

describe("the output", () => {
  it("is passed over where it lies in a scanned folder", async () => {
    folder.put("self/chat.txt", "hello");
    const out = folder.put("self/out.jsonl", '{"text":"of an earlier run"}\n');
    const { records, remarks } = await scanned(judge, [join(folder.path, "self")], { writtenTo: out });
    expect(records.map((record) => record.text)).toEqual(["hello"]);
    expect(remarks.join("\n")).toContain("out.jsonl");
  });

  it("is known under another name, too", async () => {
    folder.put("linked/chat.txt", "hello");
    const out = folder.put("linked/out.jsonl", "{}");
    const other = join(folder.path, "other-name.jsonl");
    if (!existsSync(other)) linkSync(out, other);
    expect(
      (
        await scanned(judge, [join(folder.path, "linked")], {
          writtenTo: other,
        })
      ).records.length,
    ).toBe(1);
  });
});

describe("a message", () => {
  const filler = `${SMALL_TALK[2]}. `;

  it("of more than 256 KiB is judged to its very end", async () => {
    for (const [k, call] of CALLS.entries()) {
      const text = filler.repeat(Math.ceil((300 << 10) / filler.length)) + call;
      const { records } = await scanned(judge, [folder.put(`long-${k}.txt`, text)]);
      expect(records).toMatchObject([{ decision: "flag", text }]);
      const signal = records[0]!.signals.find(({ start }) => start >= 300 << 10);
      expect(signal!.start).toBeGreaterThanOrEqual(300 << 10);
      expect([...text].slice(signal!.start, signal!.end).join("")).toBe(signal!.text);
    }
  });

  it("is found whatever place of a long text it stands at", async () => {
    const call = CALLS[2]!;
    const lines = Array.from(
      { length: 24 },
      (_, k) => `${filler.repeat(20_000).slice(0, (1 << 18) - 2 * k - 1)} ${call}. ${filler.repeat(20)}`,
    );
    const { records } = await scanned(judge, [folder.put("straddling.txt", lines.join("\n"))]);
    expect(records.map((record) => record.decision)).toEqual(lines.map(() => "flag"));
  });

  it("is judged the same wherever chunks of the file end", async () => {
    const texts = SUITE.map((row) => row.text);
    const alone = new Map(
      (await scanned(judge, [folder.put("once.txt", texts.join("\n"))])).records.map((record) => [record.text, record]),
    );
    // Pads of many sizes move the messages over the ends of chunks (256 KiB) and of batches (512 KiB).
    for (const pad of [1, 77, (1 << 18) - 1, (1 << 18) - 100, (1 << 19) - 3000]) {
      const content = `${"y".repeat(pad)}\n${texts.join("\n")}\n`.repeat(3);
      for (const path of [
        folder.put("padded.txt", content),
        folder.put("padded.txt.gz", gzipSync(content)),
        folder.put("padded16.txt", Buffer.from(`\ufeff${content}`, "utf16le")),
      ]) {
        const { records, tally } = await scanned(judge, [path], {
          from: "lines",
        });
        expect(tally.messages).toBe((texts.length + 1) * 3);
        for (const record of records) {
          if (record.text.startsWith("yy") || record.text === "y") continue;
          expect({ ...record, id: "", line: 0, source: "" }).toEqual({
            ...alone.get(record.text),
            id: "",
            line: 0,
            source: "",
          });
        }
      }
    }
  });
});
