import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { READERS } from "../../src/readers/table.ts";
import { collect, readInput } from "./collect.ts";

/** An expected line names only what matters in its case. */
describe.each([...READERS])("the $name fixtures", (format) => {
  const folder = join("fixtures", format.name);
  const cases = existsSync(folder) ? readdirSync(folder) : [];

  it("exist", () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases)("%s gives what is expected", async (name) => {
    const input = readdirSync(join(folder, name)).find((file) => file.startsWith("input."));
    const expected = readFileSync(join(folder, name, "expected.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
    const { messages } = collect(format, await readInput(format, join(folder, name, input!)));
    expect(messages).toHaveLength(expected.length);
    for (const [index, message] of messages.entries()) expect(message).toMatchObject(expected[index]);
  });

  it.each(cases)("%s gives the same for any chunking, down to a byte", async (name) => {
    const input = readdirSync(join(folder, name)).find((file) => file.startsWith("input."));
    const bytes = await readInput(format, join(folder, name, input!));
    const whole = collect(format, bytes, { chunk: bytes.length + 1 });
    for (const chunk of [1, 2, 3, 7, 64, 1000]) expect(collect(format, bytes, { chunk })).toEqual(whole);
  });
});
