import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FormatError } from "../../src/core/error.ts";
import { decodeBytes } from "../../src/readers/source/bytes.ts";
import { listSources, openSource, readHead, type Source } from "../../src/readers/source/source.ts";
import { WHATSAPP } from "../../src/readers/whatsapp/whatsapp.ts";
import { collect } from "./collect.ts";
import { zip } from "./zip.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qalqan-sources-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file below the test's folder and returns its path. */
function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function readAll(source: Source): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openSource(source)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function readPath(path: string): Promise<string> {
  const { sources, failures } = await listSources([path]);
  expect(failures).toEqual([]);
  expect(sources.length).toBe(1);
  return await readAll(sources[0]!);
}

async function failureOf(path: string): Promise<string> {
  const { sources, failures } = await listSources([path]);
  expect(sources).toEqual([]);
  expect(failures.length).toBe(1);
  expect(failures[0]).toBeInstanceOf(FormatError);
  expect(failures[0]!.message).toContain(path);
  return failures[0]!.code;
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
    expect(await failureOf(join(folder, "nothing-here.txt"))).toBe("E_NOT_FOUND");
    expect(await failureOf(put("photo.txt", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2])))).toBe("E_BINARY");
    expect(await failureOf(put("data.db", "SQLite format 3\0"))).toBe("E_BINARY");
    expect(await failureOf(put("nul.txt", "a\0b"))).toBe("E_BINARY");
  });

  test.skipIf(process.getuid?.() === 0)("a file without permission is an error (skipped for root)", async () => {
    const path = put("secret.txt", "x");
    chmodSync(path, 0);
    expect(await failureOf(path)).toBe("E_UNREADABLE");
  });

  test("one bad path leaves the others alone, in their order", async () => {
    const first = put("order/z.txt", "z");
    const second = put("order/a.txt", "a");
    const { sources, failures } = await listSources([first, join(folder, "missing"), second]);
    expect(sources.map((source) => source.path)).toEqual([first, second]);
    expect(failures.map((failure) => failure.code)).toEqual(["E_NOT_FOUND"]);
  });
});

describe("folders", () => {
  test("are walked in the order of code points, without dot files, node_modules and media", async () => {
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
    put("walk/page.html", "<html>");
    const root = join(folder, "walk");
    const { sources, skipped, failures } = await listSources([root]);
    const names = (found: ReadonlyArray<{ path: string }>): string[] => found.map(({ path }) => path.slice(root.length + 1));
    expect(names(sources)).toEqual(["B", "a/Z.json", "a/z.jsonl", "a/é.csv", "b.txt", "я.txt", "\uffee.txt", "🙂.txt"]);
    expect(names(skipped).sort()).toEqual(["a/photo", "page.html", "voice.opus"]);
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
    const { sources, skipped } = await listSources([join(folder, "archives")]);
    expect(sources.map((source) => source.path)).toEqual([join(folder, "archives/chat.zip/_chat.txt")]);
    expect(skipped.map(({ path }) => path)).toEqual([join(folder, "archives/chat.zip/IMG-1.jpg")]);
  });

  test("a damaged archive in a folder is an error of its own", async () => {
    put("damaged/a.txt", "a");
    put("damaged/b.zip", "PK\x03\x04 and then nothing of use");
    const { sources, failures } = await listSources([join(folder, "damaged")]);
    expect(sources.length).toBe(1);
    expect(failures.map((failure) => failure.code)).toEqual(["E_ZIP"]);
  });

  test("without a chat are an error", async () => {
    put("media/voice.opus", "OggS....");
    expect(await failureOf(join(folder, "media"))).toBe("E_EMPTY_FOLDER");
  });

  test("that link to themselves come to an end", async () => {
    put("circle/a.txt", "a");
    symlinkSync(join(folder, "circle"), join(folder, "circle/again"));
    symlinkSync(join(folder, "nowhere"), join(folder, "circle/broken.txt"));
    const { sources, skipped } = await listSources([join(folder, "circle")]);
    expect(sources.length).toBe(1);
    expect(skipped.map(({ reason }) => reason)).toEqual(["is a link to a folder", "is a link to nowhere"]);
  });
});

describe("archives", () => {
  test("of WhatsApp give the one chat, whatever texts are attached", async () => {
    for (const name of ["_chat.txt", "WhatsApp Chat with Ann.txt", "Чат WhatsApp с контактом Айгуль.txt", "export/_chat.txt"]) {
      const path = put(
        "whatsapp.zip",
        zip([
          { name: "a.txt", content: "attached" },
          { name, content: "\ufeffchat" },
          { name: "list.csv", content: "a,b" },
        ]),
      );
      const { sources, skipped } = await listSources([path]);
      expect(sources).toMatchObject([
        {
          path: `${path}/${name}`,
          extension: ".txt",
          kind: "member",
          file: path,
          member: name,
        },
      ]);
      expect(skipped.length).toBe(2);
      expect(await readAll(sources[0]!)).toBe("chat");
      expect(Buffer.from(await readHead(sources[0]!)).toString()).toBe("chat");
    }
  });

  test("of other kinds give every member that can hold messages, in the order of names", async () => {
    const path = put(
      "other.zip",
      zip(
        ["b.json", "a/c.jsonl", "__MACOSX/b.json", ".x.txt", "p.png", "inner.zip", "a.csv"].map((name) => ({
          name,
          content: name,
        })),
      ),
    );
    const { sources, skipped } = await listSources([path]);
    expect(sources.map((source) => source.member)).toEqual(["a.csv", "a/c.jsonl", "b.json"]);
    expect(skipped.map(({ path: name }) => name.slice(path.length + 1))).toEqual(["p.png", "inner.zip"]);
    expect(await Promise.all(sources.map(readAll))).toEqual(["a.csv", "a/c.jsonl", "b.json"]);
  });

  test("that are encrypted are refused", async () => {
    expect(await failureOf(put("locked.zip", zip([{ name: "_chat.txt", content: "x", encrypted: true }])))).toBe("E_ZIP_ENCRYPTED");
  });

  test("whose names climb out are refused", async () => {
    expect(await failureOf(put("climb.zip", zip([{ name: "../../_chat.txt", content: "x" }])))).toBe("E_ZIP");
    expect(await failureOf(put("root.zip", zip([{ name: "/etc/x.txt", content: "x" }])))).toBe("E_ZIP");
  });

  test("that would unpack to far too much are refused", async () => {
    expect(await failureOf(put("bomb.zip", zip([{ name: "_chat.txt", content: "x", declaredBytes: 0xfffffff0 }])))).toBe("E_ZIP_BOMB");
  });

  test("that lie about a size are found out while reading", async () => {
    const { sources } = await listSources([
      put(
        "liar.zip",
        zip([
          {
            name: "_chat.txt",
            content: "x".repeat(100_000),
            declaredBytes: 10,
          },
        ]),
      ),
    ]);
    await expect(readAll(sources[0]!)).rejects.toMatchObject({ code: "E_ZIP" });
  });

  test("whose messages were damaged are found out by the checksum", async () => {
    const bytes = zip([{ name: "_chat.txt", content: "x" }]);
    bytes[bytes.indexOf("PK\x01\x02") + 16]! ^= 1;
    const { sources } = await listSources([put("checksum.zip", bytes)]);
    await expect(readAll(sources[0]!)).rejects.toMatchObject({ code: "E_ZIP" });
  });

  test("without messages, or with nothing at all, are an error", async () => {
    expect(await failureOf(put("photos.zip", zip([{ name: "a.jpg", content: "x" }])))).toBe("E_ZIP");
    expect(await failureOf(put("nothing.zip", zip([])))).toBe("E_ZIP");
  });

  test("that are damaged anywhere give messages or a FormatError, nothing else", async () => {
    const whole = zip([{ name: "_chat.txt", content: "hello ".repeat(50) }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const { sources, failures } = await listSources([put("fuzz.zip", cut ? bytes.subarray(0, at) : bytes)]);
        for (const failure of failures) expect(failure).toBeInstanceOf(FormatError);
        for (const source of sources) await readAll(source).catch((error: unknown) => expect(error).toBeInstanceOf(FormatError));
      }),
      { numRuns: 150 },
    );
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
