import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TELEGRAM_HTML } from "../../src/readers/formats/telegram-html.ts";
import { VK_HTML } from "../../src/readers/formats/vk-html.ts";
import { MAX_TAG } from "../../src/readers/html/page.ts";
import type { Format } from "../../src/readers/reader.ts";
import { sniffFormat } from "../../src/readers/table.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";

const SAMPLES = "../shared/exports";
const ONE_MEGABYTE = 1e6;
const TEN_MEGABYTES = 10e6;
const FORMATS: readonly Format[] = [TELEGRAM_HTML, VK_HTML];

/** The beginning of a message of either format, up to its text. */
const OPENING: Readonly<Record<string, string>> = {
  "telegram-html": '<div class="message default" id="message5"><div class="body"><div class="text">',
  "vk-html": '<div class="message" data-id="5"><div>',
};
const CLOSING = "</div></div></div>";

function telegram(inner: string): CollectedMessage {
  const { messages } = collect(
    TELEGRAM_HTML,
    encode(`<div class="message default" id="message1"><div class="body">${inner}</div></div></body>`),
  );
  expect(messages).toHaveLength(1);
  return messages[0]!;
}

function vk(header: string, body: string): CollectedMessage {
  const page = `<div class="message" data-id="1"><div class="message__header">${header}</div><div>${body}</div></div></body>`;
  const { messages } = collect(VK_HTML, encode(page));
  expect(messages).toHaveLength(1);
  return messages[0]!;
}

describe("the text of a message in HTML", () => {
  it.each([
    ["a<br>b<br/>c</br>d", "a\nb\ncd"],
    ["\n  a\n   b  \n", "a b"],
    ["a  b", "a  b"],
    ["a\r\nb", "a b"],
    ["a <br>\n  b", "a \nb"],
    ["<br><br>a<br><br>", "a"],
    ["a<blockquote>b</blockquote>c", "a\nb\nc"],
    ["a<br><blockquote>b</blockquote><br>c", "a\nb\nc"],
    ["<pre>a<br>b</pre><pre>c</pre>", "a\nb\nc"],
    ["<blockquote><blockquote>a</blockquote></blockquote>b", "a\nb"],
    ["&lt;b&gt; &amp;amp; &#1179;&#x1f600;&nbsp;.", "<b> &amp; қ😀\u00a0."],
    ["&#x1F;&#0;&#xD800;", "\u001f\ufffd\ufffd"],
    ["1 < 2 <3 & 4", "1 < 2 <3 & 4"],
    ["a<!-- no -->b<script>no</script><style>no</style>c", "abnonoc"],
    ['<span hidden>a</span><img alt="😀"><a href="x">b</a>', "a😀b"],
    ["<u>un<s>closed", "unclosed"],
    ["nul\0l", "nul\0l"],
  ])("is put together from %j", (html, text) => {
    expect(telegram(`<div class="text">${html}</div>`).text).toBe(text);
    expect(vk("", html).text).toBe(text);
  });

  it("comes from bytes that are not UTF-8 with replacement characters", () => {
    const page = encode(`${OPENING["telegram-html"]}a?b${CLOSING}`);
    page[page.indexOf(63)] = 0xff;
    expect(collect(TELEGRAM_HTML, page).messages[0]!.text).toBe("a\ufffdb");
  });
});

describe("the telegram-html reader", () => {
  it.each([
    ['<a href="#go_to_message45">', "45"],
    ['<a href="messages12.html#go_to_message-999999877">', "-999999877"],
    ['<a href="#go_to_messageX">', null],
    ['<a href="">', null],
    ["In reply to a message in another chat", null],
  ])("takes the reply to from %s", (html, replyTo) => {
    expect(telegram(`<div class="reply_to details">In reply to ${html}this message</a></div>`).replyTo).toBe(replyTo);
  });

  it.each([
    ["Дана", "Дана"],
    ["Дана via @bot_1", "Дана"],
    ["Дана via @no bot", "Дана via @no bot"],
    ["via @bot", "via @bot"],
    ["Deleted Account", null],
    ["Deleted Account via @bot", null],
    ["", null],
  ])("calls the author of %j %j", (name, author) => {
    expect(telegram(`<div class="from_name">${name} </div><div class="text">a</div>`).author).toBe(author);
  });

  it("keeps the beginning of a name without end", () => {
    expect(telegram(`<div class="from_name">${"x".repeat(1e5)}</div>`).author).toBe("x".repeat(4096));
  });

  it("counts dates as skipped and begins each file without an author", () => {
    const page = `
      <div class="message service" id="message-1"><div class="body details">18 March 2024</div></div>
      <div class="message default joined" id="message1"><div class="body"><div class="text">a</div></div></div></body>`;
    const { messages, report } = collect(TELEGRAM_HTML, encode(page));
    expect(messages).toMatchObject([{ id: "1", author: null, line: 3 }]);
    expect(report).toMatchObject({ skipped: 1, repaired: 0, notes: [] });
  });

  it("takes the chat's name from what is known beside the page where the page does not say it", () => {
    const page = encode(`${OPENING["telegram-html"]}a${CLOSING}`);
    const { messages } = collect(TELEGRAM_HTML, page, { options: { known: { conversation: "Ауыл" } } });
    expect(messages[0]!.conversation).toBe("Ауыл");
  });
});

describe("the vk-html reader", () => {
  it.each([
    ['<a href="https://vk.com/id303">A</a>, 3 дек 2018 в 1:00:00', "A", "303"],
    ['<a href="https://vk.com/club7">A</a>, 3 дек 2018 в 1:00:00', "A", "-7"],
    ['<a href="https://m.vk.com/event8?x">A</a>, 3 дек 2018 в 1:00:00', "A", "-8"],
    ['<a href="https://vk.com/idea5">A</a>, 3 дек 2018 в 1:00:00', "A", null],
    ['<a href="javascript:id5">A</a>, 3 дек 2018 в 1:00:00', "A", null],
    ["A, B, 5 мая, 3 дек 2018 в 1:00:00", "A, B, 5 мая", null],
    ["3 дек 2018 в 1:00:00", null, null],
  ])("takes the author from %s", (header, author, authorId) => {
    expect(vk(header, "a")).toMatchObject({ author, authorId, sentAt: "2018-12-03T01:00:00" });
  });

  it.each([
    [{ user_id: 42 }, "42"],
    [{ user_id: "42" }, "42"],
    [{ user_id: -42 }, null],
    [{ user_id: { a: 1 } }, null],
    [null, null],
    ["x", null],
  ])("takes the owner of the archive from %j", (jd, owner) => {
    const content = Buffer.from(JSON.stringify(jd)).toString("base64");
    const page = `<meta name="jd" content="${content}"><div class="message" data-id="1"><div class="message__header">Вы, 3 дек 2018 в 1:00:00</div><div>a</div></div>`;
    expect(collect(VK_HTML, encode(page)).messages[0]!.authorId).toBe(owner);
  });

  it("reads on where the owner's number is no JSON", () => {
    const { messages } = collect(VK_HTML, encode(`<meta name="jd" content="%%%">${OPENING["vk-html"]}a${CLOSING}`));
    expect(messages[0]!.text).toBe("a");
  });
});

describe.each(FORMATS)("the $name reader", (format) => {
  const opening = OPENING[format.name]!;

  it("says where a file ends too early", () => {
    const whole = `${opening}a${CLOSING}`;
    expect(collect(format, encode(`${whole}</body>`)).notes).toEqual([]);
    expect(collect(format, encode(whole)).notes).toEqual([expect.stringContaining("breaks off after message 1")]);
    expect(collect(format, encode(whole + opening)).notes).toEqual([expect.stringContaining("in the middle of message 2")]);
    expect(collect(format, encode("<html></html>")).notes).toEqual([expect.stringContaining("No messages were found")]);
  });

  it("keeps what there is of the last message, and calls one without text an error", () => {
    expect(collect(format, encode(`${opening}half of i`)).messages).toMatchObject([{ kind: "user", text: "half of i", error: null }]);
    expect(collect(format, encode(opening)).messages).toMatchObject([{ kind: "error", error: { code: "E_TRUNCATED" } }]);
  });

  it("finds messages at any depth and behind unclosed elements", () => {
    const message = `${opening}a${CLOSING}`;
    const { messages } = collect(format, encode(`${"<div>".repeat(5000)}${message}<b>${"<i>".repeat(5000)}${message}${message}`));
    expect(messages.map(({ text }) => text)).toEqual(["a", "a", "a"]);
  });
});

describe("a hostile page", () => {
  const opening = OPENING["telegram-html"]!;

  it("makes a text that is too long an error and reads on", () => {
    const giant = "ж".repeat(8 << 20);
    const page = encode(
      `${opening}${giant}ж${CLOSING}${opening}b${CLOSING}${opening}${"x".repeat(17 << 20)}${CLOSING}${opening}${giant}${CLOSING}`,
    );
    const { messages } = collect(TELEGRAM_HTML, page, { chunk: 1 << 20 });
    expect(messages.map(({ kind }) => kind)).toEqual(["error", "user", "error", "user"]);
    expect(messages[0]!.error!.code).toBe("E_RECORD_TOO_LONG");
  });

  it("gives up a tag or comment that does not end, says so in its place, and reads on", () => {
    const message = `${opening}b${CLOSING}`;
    for (const broken of ["<a b='", "<!--", "<a b=", "</a ", "<a "]) {
      const page = encode(`\n${opening}a${broken}${"\n".repeat(MAX_TAG)}'>-->${message}`);
      for (const chunk of [page.length, 10_007]) {
        const { messages } = collect(TELEGRAM_HTML, page, { chunk });
        expect(messages.map(({ text, error }) => text ?? error?.code)).toEqual(["a", "E_HTML", "b"]);
        expect(messages.map(({ line }) => line)).toEqual([2, 2, MAX_TAG + 2]);
      }
    }
  });

  it.each(["<div>", "<a b='", "</div>", "<a b ", "<b>", "<!--", "&", "&#1", "<pre>a</pre>", "<br>", "\0", "\n", opening])(
    "of nothing but %j is read in the time that its length takes",
    (piece) => {
      const page = encode(opening + piece.repeat((piece === "<div>" || piece === "<a b='" ? TEN_MEGABYTES : ONE_MEGABYTE) / piece.length));
      const start = performance.now();
      collect(TELEGRAM_HTML, page);
      expect(performance.now() - start).toBeLessThan(10_000);
    },
  );
});

describe("HTML", () => {
  const folders = FORMATS.flatMap((format) =>
    readdirSync(join("fixtures", format.name)).map((name): [string, Format] => [join("fixtures", format.name, name, "input.html"), format]),
  );

  it.each(folders)("in %s is recognised by its beginning", (file, format) => {
    const head = readFileSync(file).subarray(0, 1 << 16);
    expect(FORMATS.map((one) => one.sniff(head))).toEqual(FORMATS.map((one) => (one === format ? 0.95 : 0)));
    expect(sniffFormat(head, ".txt").name).toBe(format.name);
  });

  it.each([
    "<!DOCTYPE html><html><body><p>hello</p></body></html>",
    '<div class="page_wrap"><div class="entry">export_results</div></div>',
    '<div class="chatlog__message-group" data-message-id="1"></div>',
    'they wrote class="message__header" and data-id="5" into the chat',
    'class="page_wrap" and class="message default" are what to look for',
    "",
  ])("of other programs is not: %j", (page) => {
    expect(FORMATS.map((format) => format.sniff(encode(page)))).toEqual([0, 0]);
  });
});

describe.skipIf(!existsSync(SAMPLES))("samples of other projects (need ../shared/exports)", () => {
  it("of Telegram are read", () => {
    const { messages, report } = collect(TELEGRAM_HTML, readFileSync(`${SAMPLES}/telegram_html/lc_messages.html`));
    expect(messages.map(({ id, author, sentAt, kind }) => [id, author, sentAt, kind])).toEqual([
      ["1", "Jimmeny Marvelton", "2023-08-23T13:11:23-08:00", "user"],
      ["2", "Batman & Robin", "2023-08-23T13:13:20-08:00", "user"],
      ["3", "Jimmeny Marvelton", "2023-08-23T13:15:35-08:00", "user"],
      ["4", "Jimmeny Marvelton", "2023-08-23T13:15:53-08:00", "user"],
    ]);
    expect(messages.every(({ conversation, text }) => conversation === "Jimmeny Marvelton" && text !== null)).toBe(true);
    expect(report).toMatchObject({ skipped: 1, notes: [] });
  });

  it.each([
    ["vk/messages/-101/messages0.html", ["5001 Вы 42 17:44:05", "5002 Store Bot 101 18:05:05", "5003 Вы 42 00:40:17"]],
    [
      "vk/messages/303/messages0.html",
      [
        "7001 Вы 42 11:31:26",
        "7002 Alex Example 303 11:32:27",
        "7003 Вы 42 16:45:36",
        "7004 Alex Example 303 09:00:00",
        "7005 Вы 42 10:00:00",
      ],
    ],
    ["vk/messages/303/messages50.html", ["7051 Alex Example 303 11:00:00", "7052 Alex Example 303 12:00:00", "7053 Вы 42 13:00:00"]],
  ])("of VK are read: %s", (sample, expected) => {
    const { messages, report } = collect(VK_HTML, readFileSync(`${SAMPLES}/${sample}`));
    expect(messages.map(({ id, author, authorId, sentAt }) => `${id} ${author} ${authorId} ${sentAt?.slice(11)}`)).toEqual(expected);
    expect(messages.every(({ kind, timeKind, edited }) => kind === "user" && timeKind === "local" && !edited)).toBe(true);
    expect(report).toMatchObject({ skipped: 0, notes: [] });
  });

  it.each(["messages0.html", "messages50.html"])("of VK in windows-1251 are the same messages: %s", (name) => {
    const decoded = new TextDecoder("windows-1251").decode(readFileSync(`${SAMPLES}/derived/vk_cp1251/303/${name}`));
    expect(collect(VK_HTML, encode(decoded)).messages).toEqual(
      collect(VK_HTML, readFileSync(`${SAMPLES}/vk/messages/303/${name}`)).messages,
    );
  });
});
