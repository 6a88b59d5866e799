import { describe, expect, it } from "vitest";
import { openAlternatives } from "../../src/lexicon/alternatives.ts";

describe("a term with alternatives", () => {
  it.each<[string, string[]]>([
    ["зорб", ["зорб"]],
    ["{а|б} зорб", ["а зорб", "б зорб"]],
    ["{а|б} {в|г}", ["а в", "а г", "б в", "б г"]],
    ["зорб{|лар}", ["зорб", "зорблар"]],
    ["мыпа {ақ|} зорб", ["мыпа ақ зорб", "мыпа зорб"]],
    ["{а|а}", ["а"]],
    ["{|}", []],
  ])("%s", (term, all) => expect(openAlternatives(term)).toEqual(all));

  it.each(["{а", "а}", "{а{б|в}}", "{а}}", "а|б}", "{а|б|в|г|д|е|ж|з}".repeat(5)])("is refused: %s", (term) =>
    expect(openAlternatives(term)).toBeNull(),
  );
});
