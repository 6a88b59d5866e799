import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNames, sortByPath } from "../../src/readers/source/order.ts";
import { listSources } from "../../src/readers/source/source.ts";
import { zip } from "./make-zip.ts";
import { scratchFolder } from "./scratch.ts";

const { path, put } = scratchFolder();

/** Numbers by value and characters by code point, then the names themselves. */
function naiveCompare(a: string, b: string): number {
  const keys = [a, b].map((name) => (name.match(/[0-9]+|./gsu) ?? []).map((part) => (/[0-9]/.test(part) ? BigInt(part) : part)));
  for (let index = 0; ; index++) {
    const [left, right] = [keys[0]![index], keys[1]![index]];
    if (left === undefined && right === undefined) return a < b ? -1 : a > b ? 1 : 0;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    if (left === right) continue;
    if (typeof left === "bigint" && typeof right === "bigint") return left < right ? -1 : 1;
    const [leftPoint, rightPoint] = [left, right].map((part) => (typeof part === "bigint" ? 0x30 : part.codePointAt(0)!));
    return leftPoint! - rightPoint!;
  }
}

test("names are ordered by their numbers, then by code points, as the naive way does", () => {
  const name = fc.string({ unit: fc.constantFrom("0", "1", "9", "a", "-", "Z", "я", "\uffee", "🙂"), maxLength: 8 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Math.sign(naiveCompare(a, b)));
      expect(Math.sign(compareNames(b, a))).toBe(0 - Math.sign(compareNames(a, b)));
    }),
    { numRuns: 3000 },
  );
  expect(["m10", "m2", "m02", "m", "m1a", "m99999999999999999999", "M3"].sort(compareNames)).toEqual([
    ...["M3", "m", "m1a", "m02", "m2", "m10", "m99999999999999999999"],
  ]);
});

test("folders come in the order of their names, and an archive in that of the folder it was made of", async () => {
  const names = ["a.txt", "a/b.txt", "a b/c.txt", "a10/x.txt", "a9/x.txt", "a9/x/y.txt", "B/z.txt"];
  expect(sortByPath(names, (name) => name)).toEqual(["B/z.txt", "a/b.txt", "a b/c.txt", "a.txt", "a9/x/y.txt", "a9/x.txt", "a10/x.txt"]);
  for (const name of names) put(`made/${name}`, "text");
  const archive = put("made.zip", zip(names.map((name) => ({ name, content: "text" }))));
  const [folder, zipped] = [await listSources([path("made")]), await listSources([archive])];
  expect(zipped.sources.map((source) => source.member)).toEqual(folder.sources.map((source) => source.path.slice(path("made").length + 1)));
});
