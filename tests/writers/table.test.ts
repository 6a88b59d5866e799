import { describe, expect, it } from "vitest";
import { KIND } from "../../src/core/message.ts";
import { WRITERS } from "../../src/writers/table.ts";
import { write } from "./judged.ts";

describe("the table of writers", () => {
  it("has each name once", () => {
    const names = WRITERS.map((format) => format.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["text", "jsonl", "csv"]));
  });

  it.each([...WRITERS])("opens $name anew: what one run wrote does not show in the next", (format) => {
    const messages = [{ text: "one" }, { text: null, kind: KIND.error }, { text: "two", id: "2" }];
    expect(write(format, messages)).toBe(write(format, messages));
    expect(write(format, messages, { source: "other" })).toContain("other");
  });
});
