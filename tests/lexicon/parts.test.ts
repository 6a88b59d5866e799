import { describe, expect, it } from "vitest";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { describePart, rolesOf } from "../../src/lexicon/parts.ts";
import { entry, lexicon } from "./invented.ts";

const RULES = {
  guards: [],
  rules: [
    {
      id: "tagged",
      label: "hate" as const,
      about: "",
      weight: 5,
      anchor: { class: "link" as const, tag: ["mypa", "zorb"] },
      with: [{ class: "target" as const, before: 2, scope: "clause" as const }],
      guards: [],
    },
  ],
};
const LEXICON = compileLexicon(
  lexicon(
    [
      entry("with-tag", { class: "link", forms: ["мыпа"], tag: "zorb", severity: 5 }),
      entry("with-another", { class: "link", forms: ["мыпу"], tag: "other" }),
      entry("without", { class: "link", forms: ["мыпо"] }),
    ],
    {},
    RULES,
  ),
);

describe("what an entry can be of a rule", () => {
  it("is told by its tag, and weighs by its severity", () => {
    expect(rolesOf(LEXICON, 0, {})).toMatchObject([{ rule: "tagged", as: "anchor", weight: 6 }]);
    expect(rolesOf(LEXICON, 1, {})).toEqual([]);
    expect(rolesOf(LEXICON, 2, {})).toEqual([]);
  });
});

describe("a part in words", () => {
  it("names its tags and its clause", () => {
    const [rule] = LEXICON.rules.rules;
    expect(describePart(rule!.anchor, LEXICON.rules.tags)).toBe("link (tagged mypa or zorb)");
    expect(describePart(rule!.with[0]!, LEXICON.rules.tags)).toBe("target, up to 2 words before, in the same clause");
  });
});
