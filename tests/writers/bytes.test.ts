import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteBuffer } from "../../src/writers/bytes.ts";
import { asUtf8, hostileText } from "./judged.ts";

describe("ByteBuffer", () => {
  it("keeps what it holds as it grows", () => {
    const out = new ByteBuffer();
    const size = out.bytes.length;
    const piece = "қалқан ";
    const times = Math.ceil((size * 3) / Buffer.byteLength(piece));
    for (let k = 0; k < times; k++) out.text(piece);
    expect(out.bytes.length).toBeGreaterThan(size);
    expect(Buffer.from(out.take()).toString()).toBe(piece.repeat(times));
  });

  it("grows at once for a piece larger than twice its size", () => {
    const out = new ByteBuffer();
    const large = new Uint8Array(out.bytes.length * 5).fill(120);
    out.ascii("a");
    out.copy(large, 1, large.length);
    expect(out.length).toBe(large.length);
    const taken = out.take();
    expect([taken[0], taken.at(-1), taken.length]).toEqual([97, 120, large.length]);
  });

  it("fills to the last byte without growing", () => {
    const out = new ByteBuffer();
    const size = out.bytes.length;
    out.ascii("x".repeat(size));
    expect([out.length, out.bytes.length]).toEqual([size, size]);
    out.ascii("y");
    expect(out.bytes[size]).toBe(121);
  });

  it("is empty after a take, and what was taken is the taker's", () => {
    const out = new ByteBuffer();
    out.ascii("first");
    const taken = out.take();
    out.ascii("other");
    expect(Buffer.from(taken).toString()).toBe("first");
    expect(out.length).toBe(5);
  });

  it("writes any text as UTF-8", () => {
    fc.assert(
      fc.property(fc.array(hostileText), (texts) => {
        const out = new ByteBuffer();
        for (const text of texts) out.text(text);
        expect(Buffer.from(out.take()).toString()).toBe(texts.map((text) => asUtf8(text)).join(""));
      }),
    );
  });
});
