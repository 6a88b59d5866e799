import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { listSources, openSource } from "../../src/readers/source/source.ts";
import { WHATSAPP } from "../../src/readers/whatsapp/whatsapp.ts";
import { type CollectedMessage, collect } from "./collect.ts";

const EXPORTS = new URL("../../../shared/exports/", import.meta.url);
const TARGET = new URL("whatsapp/chatminer_EXPECTED_target.json", EXPORTS);

/** What the notes of EXPECTED.tsv say of the rows of a file, as kinds; `because` says where the kinds part from the notes. */
interface Split {
  readonly user: number;
  readonly system: number;
  readonly placeholder: number;
  readonly deleted: number;
  readonly because: string;
}

const DOCUMENT =
  "of 3 rows of a document's name and its placeholder one is a person's: a name with a space in it may say something, so it is read (17 + 3 + 5 is 3 + 12 + 2 generated, 2 + 1, 5)";
const CAPTIONS = "a medium with a caption is a person's: of the multi-line rows all but one, which is a place, are such";
const IOS: Split = { user: 6, system: 3, placeholder: 14, deleted: 2, because: DOCUMENT };
const IOS_LONG: Split = { user: 6, system: 3, placeholder: 16, deleted: 3, because: DOCUMENT };
const ANDROID: Split = {
  user: 16,
  system: 1,
  placeholder: 35,
  deleted: 8,
  because: "27 + 2 + 2 null + 2 places + 2 calls are the placeholders",
};
const WHATSR: Split = {
  user: 37,
  system: 8,
  placeholder: 5,
  deleted: 0,
  because: "of 42 with author one is empty and four stand for a voice message, an image and two places",
};
const CHATMINER: Split = { user: 7, system: 2, placeholder: 0, deleted: 0, because: 'the "." of a message to be viewed once is text' };

const SPLITS: Readonly<Record<string, Split>> = {
  "wj_ios_en.txt": IOS,
  "wj_ios_en_media.txt": IOS,
  "wj_ios_ru.txt": IOS,
  "wj_ios_ru.zip": IOS,
  "wj_ios_de.txt": IOS,
  "wj_ios_es.txt": IOS,
  "wj_ios_pt-PT.txt": IOS,
  "wj_ios_it.txt": IOS,
  "wj_ios_ar.txt": IOS,
  "wj_ios_th.txt": IOS_LONG,
  "wj_ios_hi.txt": IOS_LONG,
  "wj_ios_id.txt": IOS_LONG,
  "wj_ios_ja.txt": IOS_LONG,
  "wj_ios_buddhist_calendar.txt": IOS_LONG,
  "wj_android_en.txt": ANDROID,
  "wj_android_ru.txt": ANDROID,
  "wj_android_en_media.txt": { user: 27, system: 1, placeholder: 24, deleted: 8, because: CAPTIONS },
  "wj_android_nl_media.txt": { user: 15, system: 1, placeholder: 18, deleted: 7, because: CAPTIONS },
  "wj_android_en_group.txt": { user: 3, system: 16, placeholder: 0, deleted: 1, because: "" },
  "whatsr_germanios24h.txt": WHATSR,
  "whatsr_germanandroid24h.txt": WHATSR,
  "whatsr_englishiosampm.txt": WHATSR,
  "whatsr_englishandroidampm.txt": WHATSR,
  "whatstk_pokemon.txt": {
    user: 18,
    system: 2,
    placeholder: 0,
    deleted: 0,
    because: "the notice on encryption that has the group for its author is counted with the notices",
  },
  "chatminer_ddmmyy_24hrs.txt": CHATMINER,
  "chatminer_mmddyy_24hrs.txt": CHATMINER,
  "chatminer_mmddyyyy_12hrs.txt": CHATMINER,
  "chatminer_yyyymmdd_24hrs.txt": CHATMINER,
  "chatistics_chat.txt": { user: 20, system: 1, placeholder: 0, deleted: 0, because: "" },
  "chatistics_chat2.txt": { user: 4, system: 0, placeholder: 0, deleted: 0, because: "" },
  "ca_2A_5M.txt": { user: 4, system: 0, placeholder: 1, deleted: 0, because: "" },
  "ca_4A_11M.txt": { user: 11, system: 3, placeholder: 0, deleted: 0, because: "" },
  "lc_chat_loader.txt": { user: 8, system: 1, placeholder: 3, deleted: 0, because: "" },
  "lc_mixed_formats.txt": { user: 8, system: 0, placeholder: 1, deleted: 1, because: "" },
  "rb_mixed_platforms.txt": { user: 5, system: 2, placeholder: 0, deleted: 0, because: "" },
  "rwhatsapp_sample.txt": { user: 6, system: 2, placeholder: 1, deleted: 0, because: "one of the bodies is <Media omitted>" },
  "wr_bracketed-year-first-test.txt": { user: 3, system: 0, placeholder: 0, deleted: 0, because: "" },
  "wr_dot-time-klo-format-test.txt": { user: 3, system: 0, placeholder: 0, deleted: 0, because: "" },
  "wr_ios-format-test.txt": {
    user: 3,
    system: 1,
    placeholder: 1,
    deleted: 0,
    because: "a notice on the business has its name for an author; the empty body is a placeholder",
  },
};

describe.skipIf(!existsSync(EXPORTS))("real exports (skipped without ../shared/exports)", () => {
  const rows = existsSync(EXPORTS)
    ? readFileSync(new URL("EXPECTED.tsv", EXPORTS), "utf8")
        .trimEnd()
        .split("\n")
        .map((row) => row.split("\t"))
        .filter(([path]) => path?.startsWith("whatsapp/"))
    : [];

  test.each(rows)("%s gives %s records, %s with author and %s without", async (path, records, authored, withoutAuthor) => {
    const bytes = await readWhole(path!);
    const { messages } = collect(WHATSAPP, bytes);
    const named = messages.filter((message) => message.author !== null).length;
    expect([messages.length, named, messages.length - named].map(String)).toEqual([records, authored, withoutAuthor]);
    const { because, ...split } = SPLITS[path!.slice("whatsapp/".length)]!;
    expect(countKinds(messages), because).toEqual(split);
    expect(WHATSAPP.sniff(bytes)).toBeGreaterThan(0.6);
  });

  test.each(["ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"])(
    "chatminer_%s has the times, authors and texts that its authors expect",
    async (name) => {
      const { messages } = collect(WHATSAPP, await readWhole(`whatsapp/chatminer_${name}.txt`));
      const found = messages
        .filter((message) => message.author !== null && message.text !== ".")
        .map(({ sentAt, author, text }) => ({ timestamp: sentAt, author, message: text?.replace("\n", " ") }));
      // Theirs are newest first, without the one to be viewed once.
      expect(found.reverse()).toEqual(JSON.parse(readFileSync(TARGET, "utf8")));
    },
  );
});

async function readWhole(path: string): Promise<Uint8Array> {
  const { sources } = await listSources([fileURLToPath(new URL(path, EXPORTS))]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of openSource(sources[0]!)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function countKinds(messages: readonly CollectedMessage[]): Omit<Split, "because"> {
  const counts = { user: 0, system: 0, placeholder: 0, deleted: 0, error: 0 };
  for (const message of messages) counts[message.kind]++;
  const { error, ...split } = counts;
  expect(error).toBe(0);
  return split;
}
