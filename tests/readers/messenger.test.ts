import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MESSENGER } from "../../src/readers/formats/messenger.ts";
import { isAutoText } from "../../src/readers/formats/messenger-phrases.ts";
import { MojibakeRepair } from "../../src/readers/json/mojibake.ts";
import type { Known } from "../../src/readers/reader.ts";
import { collect, encode } from "./collect.ts";

const SAMPLES = "../shared/exports";

/** What Facebook does: every byte of the UTF-8 becomes a letter. */
function spoil(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function survey(bytes: Uint8Array, chunk = bytes.length): { known: Known; isEnough: boolean } {
  const reader = MESSENGER.survey!({ source: "test" });
  let isEnough = false;
  for (let at = 0; at < bytes.length && !isEnough; at += chunk) isEnough = reader.push(bytes.slice(at, at + chunk));
  return { known: reader.finish(), isEnough };
}

describe("the repair of Facebook's letters", () => {
  it("gives back any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(new MojibakeRepair().repair(spoil(text))).toBe(text);
      }),
    );
  });

  it("leaves what was not spoilt so, like the twin that decodes strictly", () => {
    const units = fc.array(fc.integer({ min: 0, max: 0x120 }), { maxLength: 8 });
    fc.assert(
      fc.property(units, (codes) => {
        const text = String.fromCharCode(...codes);
        expect(new MojibakeRepair().repair(text)).toBe(decodeStrictly(text));
      }),
      { numRuns: 500 },
    );
  });

  it("counts what it repairs and what it cannot", () => {
    const repair = new MojibakeRepair();
    for (const text of [spoil("қала"), "ascii", "қала", "\u00e9", spoil("қ").slice(0, 1), spoil("\ufeffа")]) repair.repair(text);
    expect(repair).toMatchObject({ repaired: 2, foreign: 1, broken: 2 });
  });
});

function decodeStrictly(text: string): string {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  if (codes.some((code) => code > 0xff)) return text;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(codes));
  } catch {
    return text;
  }
}

describe("the Messenger reader", () => {
  const thread = (title: unknown, path: unknown = "inbox/a_1"): Uint8Array =>
    encode(
      JSON.stringify({
        participants: [{ name: "A" }, { name: spoil("Ә") }],
        messages: [{ sender_name: "A", timestamp_ms: 1, content: '{"title":"no"}' }],
        title,
        thread_path: path,
      }),
    );

  it("learns the conversation's name from a survey, for any chunking", () => {
    const bytes = thread(spoil("Көршілер"));
    for (const chunk of [1, 7, bytes.length]) expect(survey(bytes, chunk).known).toEqual({ conversation: "Көршілер" });
    expect(survey(thread("")).known).toEqual({ conversation: "inbox/a_1" });
    expect(survey(thread(null, null)).known).toEqual({});
    expect(survey(encode("[{")).known).toEqual({});
  });

  it("needs no more than the beginning of an encrypted chat to name it", () => {
    const bytes = encode('{"participants":["A"],"threadName":"Ã©","messages":[');
    expect(survey(bytes)).toEqual({ known: { conversation: "Ã©" }, isEnough: true });
  });

  it("uses the name it is told, and the participants' without one", () => {
    const names = (known?: Known) => collect(MESSENGER, thread("x"), { options: known ? { known } : {} }).messages[0]!.conversation;
    expect(names({ conversation: "Үй" })).toBe("Үй");
    expect(names()).toBe("A, Ә");
  });

  it("joins only the first of very many participants", () => {
    const participants = Array.from({ length: 500 }, (_, i) => ({ name: `name ${i}` }));
    const bytes = encode(JSON.stringify({ participants, messages: [{ sender_name: "a", content: "b" }] }));
    expect(collect(MESSENGER, bytes).messages[0]!.conversation).toBe("name 0, name 1, name 2, name 3, name 4, name 5, name 6, name 7, …");
  });

  it("tells how many messages it repaired and could not", () => {
    const { report } = collect(MESSENGER, readFileSync("fixtures/messenger/inbox/input.json"));
    expect(report.repaired).toBe(21);
    expect(report.skipped).toBe(1);
    expect(report.notes).toHaveLength(2);
  });

  it.each([
    ["Anna sent an attachment.", "Anna Kim", true],
    ["Anna Kim sent an attachment.", "Anna Kim", true],
    ["You sent an attachment.", "Anna Kim", true],
    ["Boris sent an attachment.", "Anna Kim", false],
    ["Boris sent an attachment.", null, false],
    ["Anna named the group Garden.", "Anna Kim", true],
    ["You named the group Garden.", "Anna Kim", false],
    ["Anna removed Boris from the group.", "Anna Kim", true],
    ["Anna removed the snow", "Anna Kim", false],
    ["Liked a message", null, true],
    ["Liked a message, didn't you", null, false],
    ["Отреагировал(а) ❤️ на ваше сообщение", "Анна", true],
    ["Reacted  to your message", "Анна", false],
    ["Reacted to your message", "Анна", false],
    ["Анна отправил(а) вложение.", "Анна Ким", true],
  ])("takes %j of %j for the program's words: %j", (text, sender, isAuto) => {
    expect(isAutoText(text, sender)).toBe(isAuto);
  });
});

describe.skipIf(!existsSync(SAMPLES))("the Messenger reader on samples (needs ../shared/exports)", () => {
  it.each([
    ["messenger/ca_2A_7M_bom.json", 7, 3],
    ["instagram/cm_test_export.json", 2, 2],
    ["derived/messenger_mojibake_synthetic.json", 4, 4],
  ])("finds in %s %i messages, %i of them with a text", (sample, count, texts) => {
    const { messages } = collect(MESSENGER, readFileSync(`${SAMPLES}/${sample}`), { chunk: 100 });
    expect(messages).toHaveLength(count);
    expect(messages.filter((message) => message.kind === "user" && message.author !== null)).toHaveLength(texts);
    expect(messages.filter((message) => message.kind === "placeholder")).toHaveLength(count - texts);
  });

  it("repairs names, texts and the title of the synthetic sample", () => {
    const bytes = readFileSync(`${SAMPLES}/derived/messenger_mojibake_synthetic.json`);
    const { messages, report } = collect(MESSENGER, bytes);
    expect(messages.map(({ author, text }) => [author, text])).toEqual([
      ["Айгүл Т.", "Сәлем! Қалайсың? 😀"],
      ['José "Pepe" Ñ', "C'est déjà l'été – “ok”"],
      ["Айгүл Т.", "plain ascii only"],
      ['José "Pepe" Ñ', 'back\\slash and "quotes"'],
    ]);
    expect(report).toMatchObject({ repaired: 4, notes: [] });
    expect(survey(bytes).known).toEqual({ conversation: "Айгүл Т." });
  });

  it("gives the times that the Instagram sample is known to have", () => {
    const { messages } = collect(MESSENGER, readFileSync(`${SAMPLES}/instagram/cm_test_export.json`));
    expect(messages.map(({ author, text, sentAt }) => ({ author, text, sentAt }))).toEqual([
      { author: "John Doe", text: "Hello Jane!", sentAt: "2020-01-17T20:49:00Z" },
      { author: "Jane Doe", text: "Hello John!", sentAt: "2019-12-24T11:23:00Z" },
    ]);
  });
});
