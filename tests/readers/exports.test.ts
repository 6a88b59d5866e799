import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { collectFile } from "./collect-file.ts";

const SAMPLES = "../shared/exports";
const ROWS = existsSync(SAMPLES)
  ? readFileSync(`${SAMPLES}/EXPECTED.tsv`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => {
        const [path, records, authored, authorless] = row.split("\t");
        return { path: path!, records: Number(records), authored: Number(authored), authorless: Number(authorless) };
      })
  : [];

/** Where what is read differs from what was counted, and why that is right. */
const DIFFERENT: Readonly<Record<string, { records?: number; authored?: number; authorless?: number; because: string }>> = {
  "telegram/tk_all_kinds_result.json": {
    authored: 74,
    authorless: 13,
    because: "rows that Telegram wrote name who did it as the actor, who is kept as the author; only 13 name nobody",
  },
  "derived/telegram_x_escape_synthetic.json": {
    authorless: 1,
    because: "the unsupported message has no author; the count leaves it out of both",
  },
};

/** What is not read at all, and what is said instead. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "imessage/lc_imessage_chat.db": /SQLite/u,
  "imessage/lc_imessage_chat_upgrade_osx_11.db": /SQLite/u,
};

describe.skipIf(ROWS.length === 0)("every sample export (needs ../shared/exports)", () => {
  it.each(ROWS)("$path gives the messages that were counted", async ({ path, records, authored, authorless }) => {
    const { messages, failures } = await collectFile(`${SAMPLES}/${path}`);
    const refused = REFUSED[path];
    if (refused !== undefined) {
      expect(failures.join()).toMatch(refused);
      return;
    }
    expect(failures).toEqual([]);
    expect(messages.filter(({ error }) => error !== null)).toEqual([]);
    const expected = { records, authored, authorless, ...DIFFERENT[path] };
    expect(messages.length).toBe(expected.records);
    if (Number.isNaN(authored)) return;
    const named = messages.filter(({ author, authorId }) => (author ?? authorId) !== null).length;
    expect({ authored: named, authorless: messages.length - named }).toEqual({
      authored: expected.authored,
      authorless: expected.authorless,
    });
  });
});
