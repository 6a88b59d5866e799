import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { listSources, openSource, readHead } from "../../src/readers/source/source.ts";
import { zip } from "./make-zip.ts";
import { failureOf, readAll, scratchFolder } from "./scratch.ts";

const { put } = scratchFolder();

const TEXT = "Сәлем, достар! Қалайсыңдар? Hello again. Привет!\n".repeat(8);
/** TEXT as the zstd program packs it, with a checksum. */
const PACKED = Buffer.from(
  "KLUv/WRoAZUCAJKEERugqzGET4J2/seSrfD62TPAXivvo11v95WPGh5AkysNPQ23WQXkcIbT5L2C0CH6wZSNSz2vnjOYNrhzuXGvozWwlq5eMucCAGGAQjmuNctbwG78",
  "base64",
);

type Block = { readonly raw: string } | { readonly byte: number; readonly times: number };

/** A frame of blocks that are not compressed, with a window of 2 ** windowBits bytes. */
function frame(blocks: readonly Block[], windowBits = 17): Buffer {
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (windowBits - 10) << 3])];
  for (const [index, block] of blocks.entries()) {
    const isLast = index === blocks.length - 1 ? 1 : 0;
    const [type, size, content] =
      "raw" in block ? [0, Buffer.byteLength(block.raw), Buffer.from(block.raw)] : [1, block.times, Buffer.from([block.byte])];
    const header = Buffer.alloc(3);
    header.writeUIntLE((size << 3) | (type << 1) | isLast, 0, 3);
    parts.push(header, content);
  }
  return Buffer.concat(parts);
}

async function readPath(path: string): Promise<string> {
  const { sources, failures } = await listSources([path]);
  expect(failures).toEqual([]);
  return await readAll(sources[0]!);
}

describe("Zstandard", () => {
  test("is recognised by its bytes, and the extension is that of what is inside", async () => {
    const path = put("Chat.JSONL.zst", PACKED);
    const { sources } = await listSources([path]);
    expect(sources[0]).toMatchObject({ extension: ".jsonl", kind: "file" });
    expect(await readAll(sources[0]!)).toBe(TEXT);
    expect(Buffer.from(await readHead(sources[0]!)).toString()).toBe(TEXT);
    expect(await readPath(put("misnamed.txt", PACKED))).toBe(TEXT);
  });

  test("may come in several frames, with frames to be skipped, and of any kind of block", async () => {
    const skipped = Buffer.from("502a4d1803000000ffffff", "hex");
    const frames = [skipped, PACKED, frame([{ raw: "one\n" }, { byte: 0x61, times: 5 }, { raw: "" }]), skipped, frame([{ raw: "\nend" }])];
    expect(await readPath(put("many.zst", Buffer.concat(frames)))).toBe(`${TEXT}one\naaaaa\nend`);
  });

  test("holds text in any encoding, also within a zip archive", async () => {
    const utf16 = Buffer.from("\ufeffсәлем\n", "utf16le").toString("latin1");
    const packed = frame([...utf16].map((letter) => ({ byte: letter.charCodeAt(0), times: 1 })));
    expect(await readPath(put("wide.txt.zst", packed))).toBe("сәлем\n");
    expect(await readPath(put("packed.zip", zip([{ name: "a.txt.zst", content: packed }])))).toBe("сәлем\n");
  });

  test("that breaks off or is damaged gives what it has and then an error", async () => {
    const cut = frame([{ raw: "x".repeat(100_000) }, { raw: "y".repeat(1000) }]).subarray(0, -10);
    const damages = {
      cut,
      tail: Buffer.concat([PACKED, Buffer.from("and then something else")]),
      bits: Buffer.from(PACKED).fill(0xff, 20, 60),
    };
    for (const [name, bytes] of Object.entries(damages)) {
      const { sources } = await listSources([put(`${name}.zst`, bytes)]);
      let length = 0;
      const reading = (async () => {
        for await (const chunk of openSource(sources[0]!)) length += chunk.length;
      })();
      await expect(reading, name).rejects.toMatchObject({ code: "E_ZSTD" });
      if (name === "cut") expect(length).toBe(100_000);
    }
  });

  test("that asks for much memory or unpacks to far too much is refused", async () => {
    expect(await failureOf(put("window.zst", frame([{ raw: "x" }], 31)))).toBe("E_ZSTD");
    const { sources } = await listSources([put("bomb.zst", frame(Array(9000).fill({ byte: 0x61, times: 128 << 10 })))]);
    const reading = (async () => {
      for await (const chunk of openSource(sources[0]!)) expect(chunk[0]).toBe(0x61);
    })();
    await expect(reading).rejects.toMatchObject({ code: "E_ZSTD_BOMB" });
  });

  test("within gzip is to be unpacked first", async () => {
    expect(await failureOf(put("twice.zst.gz", gzipSync(PACKED)))).toBe("E_BINARY");
  });
});
