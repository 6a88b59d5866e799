import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCodePoints, countUtf16 } from "../../src/text/offsets.ts";

describe("offsets", () => {
  it("counts as strings do", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, cut) => {
        const points = [...text];
        const head = points.slice(0, cut).join("");
        const bytes = new TextEncoder().encode(text);
        const at = Buffer.byteLength(head);
        expect(countCodePoints(bytes, 0, at)).toBe(Math.min(cut, points.length));
        expect(countCodePoints(bytes, at, bytes.length)).toBe(points.length - Math.min(cut, points.length));
        expect(countUtf16(bytes, 0, at)).toBe(head.length);
        expect(countUtf16(bytes, at, bytes.length)).toBe(text.length - head.length);
      }),
    );
  });
});
