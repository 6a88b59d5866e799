import { chmodSync, symlinkSync } from "node:fs";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBytes } from "../../src/readers/source/bytes.ts";
import { listSources, openSource, readHead, readSource } from "../../src/readers/source/source.ts";
import { zip } from "./make-zip.ts";
import { failureOf, readAll, scratchFolder } from "./scratch.ts";

const { path: pathOf, put } = scratchFolder();

async function readPath(path: string): Promise<string> {
  const { sources, failures } = await listSources([path]);
  expect(failures).toEqual([]);
  expect(sources.length).toBe(1);
  return await readAll(sources[0]!);
}

describe("files", () => {
  test("a file is read as it is", async () => {
    expect(await readPath(put("plain.txt", "сәлем\n"))).toBe("сәлем\n");
  });

  test("an empty file is an empty source", async () => {
    expect(await readPath(put("empty.txt", ""))).toBe("");
  });

  test("a byte order mark of UTF-8 is taken off", async () => {
    expect(await readPath(put("bom.txt", "\ufeffсәлем\ufeff"))).toBe("сәлем\ufeff");
    expect(await readPath(put("only-bom.txt", "\ufeff"))).toBe("");
  });

  test("UTF-16 with a byte order mark becomes UTF-8, whichever end is first", async () => {
    const little = Buffer.from("\ufeffсәлем 🙂\n", "utf16le");
    expect(await readPath(put("little.txt", little))).toBe("сәлем 🙂\n");
    expect(await readPath(put("big.txt", Buffer.from(little).swap16()))).toBe("сәлем 🙂\n");
  });

  test("gzip is recognised by its bytes, whatever the name", async () => {
    expect(await readPath(put("chat.jsonl.gz", gzipSync("{}\n")))).toBe("{}\n");
    expect(await readPath(put("misnamed.txt", gzipSync("\ufeffhello\n")))).toBe("hello\n");
    expect(await readPath(put("two.gz", Buffer.concat([gzipSync("one\n"), gzipSync("two\n")])))).toBe("one\ntwo\n");
  });

  test("the extension of a gzip file is that of what is inside", async () => {
    const { sources } = await listSources([put("Chat.JSONL.gz", gzipSync("{}\n"))]);
    expect(sources[0]).toMatchObject({ extension: ".jsonl", kind: "file" });
  });

  test("gzip that breaks off gives what it has and then an error", async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 200_000 }, (_, index) => `line ${index * 7919}\n`).join("")));
    const { sources } = await listSources([put("cut.txt.gz", packed.subarray(0, packed.length / 2))]);
    let bytes = 0;
    const reading = (async () => {
      for await (const chunk of openSource(sources[0]!)) bytes += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: "E_GZIP" });
    expect(bytes).toBeGreaterThan(100_000);
    expect((await readHead(sources[0]!)).length).toBe(64 << 10);
  });

  test("the head is unpacked and at most 64 KiB", async () => {
    const { sources } = await listSources([put("long.txt.gz", gzipSync("0123456789".repeat(100_000))), put("short.txt", "abc")]);
    expect((await readHead(sources[0]!)).length).toBe(64 << 10);
    expect(Buffer.from(await readHead(sources[1]!)).toString()).toBe("abc");
  });

  test("leaving the loop early closes the file", async () => {
    const { sources } = await listSources([put("left.txt", "x".repeat(2_000_000))]);
    for await (const chunk of openSource(sources[0]!)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  test("a missing file, a photo and a database are errors that say what to do", async () => {
    expect(await failureOf(pathOf("nothing-here.txt"))).toBe("E_NOT_FOUND");
    expect(await failureOf(put("photo.txt", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2])))).toBe("E_BINARY");
    expect(await failureOf(put("data.db", "SQLite format 3\0"))).toBe("E_BINARY");
    expect(await failureOf(put("nul.txt", "a\0b"))).toBe("E_BINARY");
    expect(await failureOf(put("tar.gz", gzipSync(`${"x".repeat(257)}ustar`)))).toBe("E_BINARY");
    const { failures } = await listSources([put("chat.db", "SQLite format 3\0")]);
    expect(failures[0]!.message).toContain("imessage-exporter");
  });

  test("the encoding is told, and the head is decoded in the same way", async () => {
    const bytes = Uint8Array.from(
      [..."line\n".repeat(9000), ..."\xcf\xf0\xe8\xe2\xe5\xf2, \xe4\xf0\xf3\xe7\xfc\xff!\n".repeat(9000)],
      (letter) => letter.charCodeAt(0),
    );
    const { sources } = await listSources([put("old.txt", bytes), put("wide.txt", Buffer.from("сәлем\n", "utf16le"))]);
    const encodings: string[] = [];
    let text = "";
    for (const source of sources)
      for await (const chunk of readSource(source, (encoding) => encodings.push(encoding))) text += Buffer.from(chunk).toString();
    expect(encodings).toEqual(["windows-1251", "UTF-16LE"]);
    expect(text).toMatch(/\nПривет, друзья!\nсәлем\n$/);
    const head = Buffer.from(await readHead(sources[0]!));
    expect(head.length).toBe(64 << 10);
    expect(Buffer.from(text).indexOf(head)).toBe(0);
  });

  test("text in UTF-32 is an error where it is named and passed over where it is found", async () => {
    const path = put("wide/utf32.txt", Buffer.from("fffe000041000000", "hex"));
    put("wide/other.txt", "x");
    const { sources } = await listSources([path]);
    await expect(readAll(sources[0]!)).rejects.toMatchObject({ code: "E_ENCODING" });
    expect((await listSources([pathOf("wide")])).skipped).toEqual([{ path, reason: expect.stringContaining("UTF-32") }]);
  });

  test("a table is a source by its bytes, its head is left as it is, and it is no text", async () => {
    const parquet = put("rows.dat", "PAR1\0\0\x15and so on PAR1");
    const workbook = put(
      "rows.zip",
      zip(["[Content_Types].xml", "xl/workbook.xml", "xl/a.json"].map((name) => ({ name, content: "<x/>" }))),
    );
    const { sources, failures } = await listSources([parquet, workbook]);
    expect(failures).toEqual([]);
    expect(sources).toMatchObject([
      { path: parquet, kind: "file", extension: ".parquet", named: true },
      { path: workbook, kind: "file", extension: ".xlsx", named: true },
    ]);
    expect(Buffer.from(await readHead(sources[0]!)).toString("latin1")).toBe("PAR1\0\0\x15and so on PAR1");
    expect(
      Buffer.from(await readHead(sources[1]!))
        .subarray(0, 4)
        .toString("latin1"),
    ).toBe("PK\x03\x04");
    await expect(readAll(sources[0]!)).rejects.toMatchObject({ code: "E_BINARY" });
    await expect(readAll(sources[1]!)).rejects.toMatchObject({ code: "E_ZIP" });
    expect(await failureOf(put("rows.parquet.gz", gzipSync("PAR1\0")))).toBe("E_BINARY");
    expect(await failureOf(put("rows.xlsx.gz", gzipSync("PK\x03\x04")))).toBe("E_BINARY");
  });

  test.skipIf(process.getuid?.() === 0)("a file without permission is an error (skipped for root)", async () => {
    const path = put("secret.txt", "x");
    chmodSync(path, 0);
    expect(await failureOf(path)).toBe("E_UNREADABLE");
  });

  test("one bad path leaves the others alone, in their order", async () => {
    const first = put("order/z.txt", "z");
    const second = put("order/a.txt", "a");
    const { sources, failures } = await listSources([first, pathOf("missing"), second]);
    expect(sources.map((source) => source.path)).toEqual([first, second]);
    expect(failures.map((failure) => failure.code)).toEqual(["E_NOT_FOUND"]);
  });
});

describe("folders", () => {
  test("are walked in the order of names, without dot files, node_modules and media", async () => {
    for (const name of [
      "b.txt",
      "a/z.jsonl",
      "a/é.csv",
      "a/Z.json",
      "я.txt",
      "B",
      "🙂.txt",
      "\uffee.txt",
      ".hidden",
      ".git/x.txt",
      "node_modules/y.txt",
    ])
      put(`walk/${name}`, "text");
    put("walk/voice.opus", "OggS....");
    put("walk/a/photo", Buffer.from([0xff, 0xd8, 0xff]));
    for (const name of ["messages10.html", "messages2.html", "data.js", "table.parquet", "list.ics", "old.tar.gz", "new.csv.zst"])
      put(`walk/${name}`, "text");
    const root = pathOf("walk");
    const { sources, skipped, failures } = await listSources([root]);
    const names = (found: ReadonlyArray<{ path: string }>): string[] => found.map(({ path }) => path.slice(root.length + 1));
    expect(names(sources)).toEqual([
      ...["B", "a/Z.json", "a/z.jsonl", "a/é.csv", "b.txt", "data.js", "messages2.html", "messages10.html", "new.csv.zst"],
      ...["table.parquet", "я.txt", "\uffee.txt", "🙂.txt"],
    ]);
    expect(names(skipped).sort()).toEqual(["a/photo", "list.ics", "old.tar.gz", "voice.opus"]);
    expect(sources.some((source) => source.named)).toBe(false);
    expect(skipped.find(({ path }) => path.endsWith("photo"))?.reason).toBe("is a JPEG image");
    expect(failures).toEqual([]);
  });

  test("list the chats of archives", async () => {
    put(
      "archives/chat.zip",
      zip([
        { name: "_chat.txt", content: "hi" },
        { name: "IMG-1.jpg", content: "\xff\xd8\xff" },
      ]),
    );
    const { sources, skipped } = await listSources([pathOf("archives")]);
    expect(sources.map((source) => source.path)).toEqual([pathOf("archives/chat.zip/_chat.txt")]);
    expect(skipped.map(({ path }) => path)).toEqual([pathOf("archives/chat.zip/IMG-1.jpg")]);
  });

  test("a damaged archive in a folder is an error of its own", async () => {
    put("damaged/a.txt", "a");
    put("damaged/b.zip", "PK\x03\x04 and then nothing of use");
    const { sources, failures } = await listSources([pathOf("damaged")]);
    expect(sources.length).toBe(1);
    expect(failures.map((failure) => failure.code)).toEqual(["E_ZIP"]);
  });

  test("without a chat are an error", async () => {
    put("media/voice.opus", "OggS....");
    expect(await failureOf(pathOf("media"))).toBe("E_EMPTY_FOLDER");
  });

  test("that link to themselves come to an end", async () => {
    put("circle/a.txt", "a");
    symlinkSync(pathOf("circle"), pathOf("circle/again"));
    symlinkSync(pathOf("nowhere"), pathOf("circle/broken.txt"));
    const { sources, skipped } = await listSources([pathOf("circle")]);
    expect(sources.length).toBe(1);
    expect(skipped.map(({ reason }) => reason)).toEqual(["is a link to a folder", "is a link to nowhere"]);
  });
});

describe("standard input", () => {
  test("can be looked at before it is read, and a slow pipe is not waited for", async () => {
    const pipe = new PassThrough();
    const real = Object.getOwnPropertyDescriptor(process, "stdin")!;
    Object.defineProperty(process, "stdin", {
      value: pipe,
      configurable: true,
    });
    try {
      const { sources } = await listSources([]);
      expect(sources).toMatchObject([{ path: "-", kind: "stdin", extension: "" }]);
      pipe.write("\ufefffirst\nsec");
      expect(Buffer.from(await readHead(sources[0]!)).toString()).toBe("first\nsec");
      const reading = readAll(sources[0]!);
      pipe.end("ond\n");
      expect(await reading).toBe("first\nsecond\n");
    } finally {
      Object.defineProperty(process, "stdin", real);
    }
  });
});

describe("decoding", () => {
  async function decode(bytes: Uint8Array, size: number): Promise<string> {
    const cut = async function* (): AsyncGenerator<Uint8Array> {
      for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
    };
    const chunks: Uint8Array[] = [];
    for await (const chunk of decodeBytes("test", cut())) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
  }

  test("any chunking gives the same text", async () => {
    const wrappings: Array<(text: string) => Uint8Array> = [
      (text) => Buffer.from(text),
      (text) => Buffer.from(`\ufeff${text}`),
      (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
      (text) => gzipSync(text),
      (text) => gzipSync(Buffer.from(`\ufeff${text}`, "utf16le")),
    ];
    await fc.assert(
      // A letter in front, so that the text itself has no byte order mark or signature.
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }).map((text) => `x${text}`),
        fc.constantFrom(...wrappings),
        fc.integer({ min: 1, max: 9 }),
        async (text, wrap, size) => {
          expect(await decode(wrap(text), size)).toBe(text);
        },
      ),
    );
  });

  test("a zip through a pipe is refused with advice", async () => {
    await expect(decode(zip([{ name: "_chat.txt", content: "x" }]), 1000)).rejects.toMatchObject({ code: "E_ZIP" });
  });
});
