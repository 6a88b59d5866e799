import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../src/core/error.ts";
import { listSources, openSource, readHead, type SourceListing } from "../../src/readers/source/source.ts";
import { WHATSAPP } from "../../src/readers/whatsapp/whatsapp.ts";
import { collect } from "./collect.ts";
import { type Member, zip } from "./make-zip.ts";
import { failureOf, readAll, scratchFolder } from "./scratch.ts";

const { put } = scratchFolder();

let count = 0;
/** Writes an archive under a new name. */
function putZip(members: readonly Member[], declaredCount?: number): string {
  return put(`${++count}.zip`, zip(members, declaredCount));
}

async function list(members: readonly Member[]): Promise<SourceListing & { names: string[]; texts: string[] }> {
  const path = putZip(members);
  const listing = await listSources([path]);
  const texts: string[] = [];
  for (const source of listing.sources) texts.push(await readAll(source));
  return { ...listing, names: listing.sources.map((source) => source.path.slice(path.length + 1)), texts };
}

describe("what is read of an archive", () => {
  test("of WhatsApp's the one chat, whatever texts are attached", async () => {
    for (const name of ["_chat.txt", "WhatsApp Chat with Ann.txt", "Чат WhatsApp с контактом Айгуль.txt", "export/_chat.txt"]) {
      const attached = ["a.txt", "list.csv", "page.html"].map((other) => ({ name: other, content: "attached" }));
      const path = putZip([...attached, { name, content: "\ufeffchat" }]);
      const { sources, skipped } = await listSources([path]);
      expect(sources).toMatchObject([
        { path: `${path}/${name}`, extension: ".txt", kind: "member", file: path, member: name, named: false },
      ]);
      expect(skipped.length).toBe(3);
      expect(await readAll(sources[0]!)).toBe("chat");
      expect(Buffer.from(await readHead(sources[0]!)).toString()).toBe("chat");
    }
  });

  test("of others every member that can hold messages, in the order of names, with a reason for the rest", async () => {
    const readable = ["b.json", "a/c.jsonl", "a.csv", "m10.html", "m9.htm", "data/tweets.js", "chat.txt.gz", "x.log"];
    const others = ["__MACOSX/b.json", ".x.txt", "p.png", "inner.zip", "t.parquet", "t.xlsx", "old.tar.gz", "README"];
    const { names, texts, skipped } = await list(
      [...readable, ...others].map((name) => ({ name, content: name.endsWith(".gz") ? gzipSync(name) : name })),
    );
    expect(names).toEqual(["a/c.jsonl", "a.csv", "b.json", "chat.txt.gz", "data/tweets.js", "m9.htm", "m10.html", "x.log"]);
    expect(texts).toEqual(names);
    expect(skipped.map(({ path, reason }) => `${path.replace(/^.*\.zip\//, "")} ${reason}`)).toEqual([
      "p.png is not of a kind that holds messages",
      expect.stringMatching(/inner\.zip is an archive within an archive; unpack it/),
      "t.parquet is a table that can only be read on its own; unpack the archive to have it read",
      "t.xlsx is a table that can only be read on its own; unpack the archive to have it read",
      "old.tar.gz is not of a kind that holds messages",
      "README is not of a kind that holds messages",
    ]);
  });

  test("two members of one name, both", async () => {
    const { names, texts } = await list(["first", "second"].map((content) => ({ name: "a.txt", content })));
    expect(names).toEqual(["a.txt", "a.txt (2)"]);
    expect(texts).toEqual(["first", "second"]);
  });

  test("names in UTF-8 and in the code page of Russian Windows, with and without the flag", async () => {
    const chat = "Чат WhatsApp с Олей.txt";
    const inCodePage = Buffer.from("97a0e220576861747341707020e1208eaba5a92e747874", "hex");
    for (const name of [chat, inCodePage]) expect((await list([{ name, content: "x", isOldName: true }])).names).toEqual([chat]);
    for (const name of ["a\\b.txt", "./a/b.txt"]) expect((await list([{ name, content: "x" }])).names).toEqual(["a/b.txt"]);
  });

  test("members stored, with data descriptors, of zip64, and large ones", async () => {
    const large = Array.from({ length: 300_000 }, (_, index) => `${index * 7919}\n`).join("");
    const { texts } = await list([
      { name: "1.txt", content: "stored", method: 0 },
      { name: "2.txt", content: "described", hasDescriptor: true },
      { name: "3.txt", content: "far", isZip64: true },
      { name: "4.txt", content: large },
      { name: "5.txt", content: large, method: 0 },
      { name: "6.txt", content: "" },
    ]);
    expect(texts).toEqual(["stored", "described", "far", large, large, ""]);
  });

  test("the archive is open only while a member is read, also if that is left early", async () => {
    const { sources } = await listSources([putZip([{ name: "a.txt", content: "x".repeat(5 << 20) }])]);
    const open = (): number => (existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0);
    const before = open();
    for (let round = 0; round < 20; round++) {
      for await (const chunk of openSource(sources[0]!)) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
    }
    expect(open()).toBeLessThan(before + 5);
  });
});

describe("what cannot be read of an archive", () => {
  test("encrypted members are one error, and the others are read", async () => {
    const locked = ["a.txt", "c.txt"].map((name) => ({ name, content: "x", encrypted: true }));
    const { names, failures } = await list([...locked, { name: "b.txt", content: "b" }, { name: "p.jpg", content: "x", encrypted: true }]);
    expect(names).toEqual(["b.txt"]);
    expect(failures.map(({ code }) => code)).toEqual(["E_ZIP_ENCRYPTED"]);
    expect(failures[0]!.message).toContain("a.txt and 1 other members are encrypted. The other 1 are read.");
    expect(await failureOf(putZip(locked))).toBe("E_ZIP_ENCRYPTED");
  });

  test("members packed in other ways are an error, and the others are read", async () => {
    const { names, failures } = await list([
      { name: "a.txt", content: "x", method: 93 },
      { name: "b.txt", content: "b" },
    ]);
    expect(names).toEqual(["b.txt"]);
    expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining("a.txt is packed by method 93")]);
  });

  test.each(["../../_chat.txt", "a/../../x.txt", "..\\x.txt", "/etc/x.txt", "C:\\x.txt", "\\\\host\\x.txt", "a\0.txt"])(
    "an archive with a name that climbs out is refused: %j",
    async (name) => {
      expect(
        await failureOf(
          putZip([
            { name: "good.txt", content: "x" },
            { name, content: "x" },
          ]),
        ),
      ).toBe("E_ZIP");
    },
  );

  test("what would unpack to far too much is refused", async () => {
    const big = { content: "x", declaredBytes: 0x0ffffff0 };
    expect(await failureOf(putZip([{ name: "_chat.txt", content: "x", declaredBytes: 0xfffffff0 }]))).toBe("E_ZIP_BOMB");
    expect(await failureOf(putZip(["1.txt", "2.txt"].map((name) => ({ name, ...big }))))).toBe("E_ZIP_BOMB");
    const shared = [
      { name: "a.txt", content: "x" },
      { name: "b.txt", content: "x", sharesWith: 0 },
    ];
    expect(await failureOf(putZip(shared))).toBe("E_ZIP_BOMB");
    expect(await failureOf(putZip([{ name: "a.txt", content: "x" }], 200_001))).toBe("E_ZIP_BOMB");
  });

  test("a size, a checksum or a place that is a lie is found out while reading", async () => {
    const content = "x".repeat(100_000);
    const archives = [
      putZip([{ name: "a.txt", content, declaredBytes: 10 }]),
      putZip([{ name: "a.txt", content, declaredBytes: 100_001 }]),
    ];
    for (const [mark, at] of [
      ["PK\x01\x02", 16],
      ["PK\x01\x02", 42],
      ["PK\x03\x04", 0],
    ] as const) {
      const bytes = zip([
        { name: "a.txt", content: "x" },
        { name: "p.png", content: "x" },
      ]);
      bytes[bytes.indexOf(mark) + at]! ^= 1;
      // The file must go on looking like an archive.
      archives.push(put(`${++count}.zip`, at === 0 ? Buffer.concat([Buffer.from("PK\x03\x04"), bytes]) : bytes));
    }
    for (const path of archives) {
      const { sources, failures } = await listSources([path]);
      if (failures[0] !== undefined) expect(failures[0].code).toBe("E_ZIP");
      else await expect(readAll(sources[0]!)).rejects.toMatchObject({ code: "E_ZIP" });
    }
  });

  test("an archive that is cut off, empty or without messages is an error", async () => {
    const whole = zip([{ name: "a.txt", content: "hello" }]);
    expect(await failureOf(put("cut.zip", whole.subarray(0, -30)))).toBe("E_ZIP");
    expect(await failureOf(put("more.zip", Buffer.concat([whole, Buffer.from("x")])))).toBe("E_ZIP");
    expect(await failureOf(putZip([{ name: "a.jpg", content: "x" }]))).toBe("E_ZIP");
    expect(await failureOf(putZip([]))).toBe("E_ZIP");
    expect(await failureOf(putZip([{ name: "a.txt", content: "x" }], 2))).toBe("E_ZIP");
  });

  test("damage anywhere gives messages or a FormatError, nothing else", async () => {
    const whole = zip([
      { name: "_chat.txt", content: "hello ".repeat(50) },
      { name: "_chat.txt", content: "far", isZip64: true },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const { sources, failures } = await listSources([put("fuzz.zip", cut ? bytes.subarray(0, at) : bytes)]);
        for (const failure of failures) expect(failure).toBeInstanceOf(FormatError);
        for (const source of sources) await readAll(source).catch((error: unknown) => expect(error).toBeInstanceOf(FormatError));
      }),
      { numRuns: 200 },
    );
  });
});

test("ten thousand members are read in linear time", { timeout: 60_000 }, async () => {
  const { sources } = await listSources([
    putZip(Array.from({ length: 10_000 }, (_, index) => ({ name: `c/${index}.json`, content: `[${index}]` }))),
  ]);
  expect(sources.length).toBe(10_000);
  let text = "";
  for (const source of sources) text += await readAll(source);
  expect(text).toBe(Array.from({ length: 10_000 }, (_, index) => `[${index}]`).join(""));
});

const EXPORTED_ZIP = new URL("../../../shared/exports/whatsapp/wj_ios_ru.zip", import.meta.url);
test.skipIf(!existsSync(EXPORTED_ZIP))(
  "a real archive gives the 25 messages that were read off it (skipped without ../shared/exports)",
  async () => {
    const { sources } = await listSources([fileURLToPath(EXPORTED_ZIP)]);
    const text = Buffer.from(await readAll(sources[0]!));
    expect(WHATSAPP.sniff(await readHead(sources[0]!))).toBeGreaterThan(0.9);
    expect(collect(WHATSAPP, text).messages.length).toBe(25);
  },
);
