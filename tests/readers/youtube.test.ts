import { describe, expect, it } from "vitest";
import { YOUTUBE } from "../../src/readers/formats/youtube.ts";
import { collect, encode } from "./collect.ts";

function read(document: unknown) {
  return collect(YOUTUBE, encode(JSON.stringify(document)));
}

describe("the reader of comments on YouTube", () => {
  it("reads the comments of yt-dlp behind all formats of the video, on one line", () => {
    const formats = Array.from({ length: 2000 }, (_, i) => ({ format_id: `${i}`, url: `https://example.org/${"x".repeat(60)}` }));
    const comments = [{ id: "a", parent: "root", text: "first", author_id: "c" }];
    const { messages, report } = read({ id: "v", title: "The video", formats, comments });
    expect(messages).toMatchObject([{ id: "a", text: "first", conversation: "The video", locator: ".comments[0]", line: 1 }]);
    expect(report.notes).toEqual([]);
  });

  it("reads threads one a line and as an array, each answer as a message", () => {
    const comment = (id: string, text: string) => ({ id, snippet: { textOriginal: text, authorDisplayName: "x" } });
    const thread = { id: "a", snippet: { topLevelComment: comment("a", "q"), videoId: "v" }, replies: { comments: [comment("a.1", "r")] } };
    const expected = [
      { id: "a", text: "q", replyTo: null, conversation: "v" },
      { id: "a.1", text: "r", replyTo: "a", conversation: "v" },
    ];
    expect(read([thread]).messages).toMatchObject(expected);
    expect(collect(YOUTUBE, encode(`${JSON.stringify(thread)}\n`)).messages).toMatchObject(expected);
    expect(read({ items: [thread] }).messages).toMatchObject(expected);
  });

  it("prefers the text as typed to the one for display", () => {
    const snippet = { textDisplay: "<b>a</b> &amp; b", authorDisplayName: "x" };
    expect(read([{ id: "1", snippet }]).messages[0]?.text).toBe("a & b");
    expect(read([{ id: "1", snippet: { ...snippet, textOriginal: "<b>" } }]).messages[0]?.text).toBe("<b>");
  });

  it("makes what is no comment an error record", () => {
    expect(read([{ id: "1", snippet: {} }, { id: "2" }]).messages.map(({ error }) => error?.code)).toEqual(["E_NO_TEXT", "E_NO_TEXT"]);
  });
});
