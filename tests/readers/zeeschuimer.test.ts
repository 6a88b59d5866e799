import { describe, expect, it } from "vitest";
import { FOUR_CAT } from "../../src/readers/formats/zeeschuimer.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

function read(...items: object[]): CollectedMessage[] {
  return collect(FOUR_CAT, encode(items.map((item) => JSON.stringify(item)).join("\n"))).messages;
}

function textOf(data: object, platform = "example.org"): string | null | undefined {
  const [message] = read({ item_id: "1", source_platform: platform, data });
  return message!.text ?? message!.error?.code;
}

describe("the reader of Zeeschuimer's items", () => {
  it.each([
    [{ desc: "a", text: "b" }],
    [{ full_text: "a", text: "cut" }],
    [{ caption: { text: "a" } }],
    [{ caption: "a" }],
    [{ commentary: { text: { text: "a" } } }],
    [{ note_card: { desc: "a", display_title: "b" } }],
    [{ message: "a", message_markdown: "*a*" }],
    [{ title: "b", description: "a" }],
    [{ title: "a", description: "" }],
  ])("finds the text of %j", (data) => {
    expect(textOf(data)).toBe("a");
  });

  it("tells an item without words from one whose text is elsewhere", () => {
    expect(read({ item_id: "1", data: { desc: "" } })[0]).toMatchObject({ kind: "placeholder", text: null });
    expect(textOf({ words: "a" })).toBe("E_NO_TEXT");
    expect(textOf({})).toBe("E_NO_TEXT");
  });

  it("takes markup off only where the platform writes it", () => {
    expect(textOf({ content: "<p>a &amp; b</p>" }, "truthsocial.com")).toBe("a & b");
    expect(textOf({ content: "1 <b 2> &amp;" })).toBe("1 <b 2> &amp;");
  });

  it("reads lines of which the first is longer than what formats are sniffed by", () => {
    const long = { item_id: "1", source_platform: "x", data: { text: "a", other: "z".repeat(100_000) } };
    expect(read(long, { ...long, item_id: "2" }).map(({ id, line, text }) => [id, line, text])).toEqual([
      ["1", 1, "a"],
      ["2", 2, "a"],
    ]);
  });

  it("keeps fields of the whole item", () => {
    const { messages } = collect(FOUR_CAT, encode('{"item_id":"1","nav_index":"1:0","data":{"text":"a"}}'), {
      options: { keepFields: ["nav_index"] },
    });
    expect(messages[0]?.fields).toBe('"nav_index":"1:0"');
  });
});
