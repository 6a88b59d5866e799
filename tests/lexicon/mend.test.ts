import { describe, expect, it } from "vitest";
import { compileLexicon } from "../../src/lexicon/compile.ts";
import { Vocabulary } from "../../src/lexicon/lookup.ts";
import { Mender } from "../../src/lexicon/mend.ts";
import { lettersToString } from "../../src/text/letters.ts";
import { batchOf } from "../text/tokens.ts";
import { entry, lexicon } from "./invented.ts";

const LEXICON = compileLexicon(
  lexicon([
    entry("act", { class: "act", category: "violence", moods: { imperative: ["флептыте"] } }),
    entry("noun", { class: "predicate", category: "dehumanisation", forms: ["зырмукат"] }),
    entry("group", { class: "target", forms: ["зорбланы"], group: "zorb", kind: "ethnicity" }),
  ]),
);
const mender = new Mender(LEXICON, new Vocabulary(LEXICON, -1, () => []));

function mended(text: string): string | null {
  const { tokens } = batchOf(text);
  const read = mender.mend(tokens);
  return (
    read && Array.from({ length: read.count }, (_, k) => lettersToString(read.letters, read.letter[k]!, read.letter[k + 1]!)).join(" ")
  );
}

describe("a misspelt message", () => {
  it("is read with its slips mended, and keeps its other words", () => {
    expect(mended("зорбланы флепытте мыпа")).toBe("зорбланы флептыте мыпа");
  });

  it.each([
    ["nothing is misspelt", "зорбланы флептыте"],
    ["what is misspelt is a group's name", "зорблоны"],
    ["a word of everyday talk is near an entry", "досым"],
    ["the word begins like a name inside the message", "зорбланы Флепытте"],
    ["the message begins with what may be a name", "Зырмуат зорбланы"],
    ["too many words are unknown", "флепытте мыпапа дрымака кшемыта лтопыса"],
    ["it is long", `флепытте ${"мама ".repeat(20)}`],
  ])("is left as it is where %s", (_, text) => expect(mended(text)).toBeNull());

  it("may begin with an order", () => expect(mended("Флепытте зорбланы")).toBe("флептыте зорбланы"));
});
