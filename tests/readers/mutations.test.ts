import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.ts";
import { READERS } from "../../src/readers/table.ts";
import { collectFile, isHonest } from "./collect-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qalqan-mutations-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every fixture of every format. */
const FIXTURES = READERS.flatMap((format) => {
  const cases = join("fixtures", format.name);
  return (existsSync(cases) ? readdirSync(cases) : []).map((name) => {
    const input = readdirSync(join(cases, name)).find((file) => file.startsWith("input."))!;
    return { format, name: `${format.name}/${name}`, bytes: readFileSync(join(cases, name, input)), extension: extname(input) };
  });
});
const TEXTS = FIXTURES.filter(({ format }) => format.unpack === undefined);
/** One a format: what is slow. */
const FIRST = FIXTURES.filter(({ format }, at) => FIXTURES.findIndex((other) => other.format === format) === at);

/** Writes bytes to a file of its own and reads it as a scan would. */
async function read(bytes: Uint8Array, extension: string, from = "auto") {
  const path = join(folder, `mutant${extension}`);
  writeFileSync(path, bytes);
  return collectFile(path, from);
}

function middleLineEnd(bytes: Buffer): number {
  const newline = bytes.indexOf(10, bytes.length >> 1);
  return newline < 0 ? bytes.length : newline + 1;
}

/** Changes one byte in fifty, always the same ones. */
function spoil(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  const random = seededRandom(6);
  for (let count = 0; count < Math.ceil(bytes.length / 50); count++)
    spoilt[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return spoilt;
}

describe("a file of any format", () => {
  it("gives the same messages with a byte order mark, and in UTF-16", async () => {
    for (const { format, name, bytes, extension } of TEXTS) {
      const plain = await read(bytes, extension, format.name);
      const text = bytes.toString("utf8").replace(/^\ufeff/u, "");
      const marked = await read(Buffer.from(`\ufeff${text}`), extension, format.name);
      expect([name, marked.messages]).toEqual([name, plain.messages]);
      if (Buffer.from(text).equals(bytes)) {
        const wide = await read(Buffer.from(`\ufeff${text}`, "utf16le"), extension, format.name);
        expect([name, wide.messages]).toEqual([name, plain.messages]);
        expect(wide.readings[0]!.encoding).toContain("UTF-16");
      }
    }
  });

  it("gives as many messages with Windows line ends", async () => {
    for (const { format, name, bytes, extension } of TEXTS) {
      const plain = await read(bytes, extension, format.name);
      const windows = await read(Buffer.from(bytes.toString("latin1").replace(/\r?\n/gu, "\r\n"), "latin1"), extension, format.name);
      expect([name, windows.messages.length]).toEqual([name, plain.messages.length]);
    }
  });

  it("is told by its content, whatever its extension", async () => {
    for (const { format, name, bytes, extension } of TEXTS) {
      // Plain lines and tables without known names could be anything: there the extension decides.
      if (format.sniff(bytes.subarray(0, 1 << 16)) < 0.5) continue;
      for (const wrong of [".txt", ".json", ".csv", ".bin", ""])
        expect([name, wrong, (await read(bytes, wrong)).readings[0]?.format]).toEqual([name, wrong, format.name]);
      expect((await read(bytes, extension)).readings[0]?.format).toBe(format.name);
    }
  });

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, Math.floor((bytes.length * 2) / 3))],
    ["cut off in its first bytes", (bytes: Buffer) => bytes.subarray(0, 9)],
    ["twice in a row", (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ["with spoilt bytes", spoil],
    [
      "with its halves swapped",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(bytes.length >> 1), bytes.subarray(0, bytes.length >> 1)]),
    ],
    ["empty", () => Buffer.alloc(0)],
    ["of zeros", () => Buffer.alloc(5000)],
    ["in windows-1251", (bytes: Buffer) => Buffer.from([...bytes.toString("utf8")].map((letter) => cp1251(letter.codePointAt(0)!)))],
    ["with brackets and tags as deep as it is long", (bytes: Buffer) => nest(bytes)],
  ])("%s is read as far as it goes, and said so", async (_, mutate) => {
    for (const { format, name, bytes, extension } of FIXTURES) {
      const mutant = mutate(bytes);
      for (const from of [format.name, "auto"]) {
        const outcome = await read(mutant, extension, from);
        // Of an empty file a scan says that it has no messages.
        expect([name, from, mutant.length === 0 || isHonest(outcome)], JSON.stringify(outcome.readings)).toEqual([name, from, true]);
      }
    }
  });

  it("with a line longer than any message is read on behind it", async () => {
    for (const { format, name, bytes, extension } of FIRST) {
      const at = middleLineEnd(bytes);
      const giant = Buffer.concat([bytes.subarray(0, at), Buffer.alloc((16 << 20) + 5, "x"), Buffer.from("\n"), bytes.subarray(at)]);
      const outcome = await read(giant, extension, format.name);
      expect([name, isHonest(outcome)]).toEqual([name, true]);
    }
  });
});

function nest(bytes: Buffer): Buffer {
  const at = middleLineEnd(bytes);
  const opener = bytes.includes("<div") ? "<div><a b='" : '{"a":[';
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(opener.repeat(100_000)), bytes.subarray(at)]);
}

/** A letter's byte in windows-1251, "?" where it has none. */
function cp1251(point: number): number {
  if (point < 128) return point;
  if (point >= 0x410 && point <= 0x44f) return point - 0x410 + 0xc0;
  return { 1025: 0xa8, 1105: 0xb8, 1030: 0xb2, 1110: 0xb3, 171: 0xab, 187: 0xbb }[point] ?? 63;
}
