import { existsSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { describe, expect, it } from "vitest";
import { READERS, sniffFormat } from "../../src/readers/table.ts";
import { encode } from "./collect.ts";

const SAMPLES = "../shared/exports";

describe("the table of formats", () => {
  it("has one row a name, and extensions with their dot in lower case", () => {
    expect(new Set(READERS.map((format) => format.name)).size).toBe(READERS.length);
    for (const extension of READERS.flatMap((format) => format.extensions)) expect(extension).toMatch(/^\.[a-z]+$/u);
  });

  it.each([
    ["hello\nyou\n", "", "lines"],
    ["hello\nyou\n", ".txt", "lines"],
    ["hello\nyou\n", ".csv", "csv"],
    ["hello\nyou\n", ".TSV", "tsv"],
    ["", "", "lines"],
    ["", ".csv", "csv"],
    ["id,text\n1,a\n", "", "csv"],
    ["id,text\n1,a\n", ".txt", "csv"],
    ["id\ttext\n1\ta\n", ".csv", "tsv"],
    ['{"text":"a"}\n{"text":"b"}\n', ".txt", "jsonl"],
    ['{"cid":"U","text":"a","time_parsed":1}\n{"cid":"V","text":"b","time_parsed":1}', ".json", "youtube"],
    ['[{"cid":"U","text":"a","votes":"0"}]', "", "youtube"],
    ['{"id":"v","title":"t","formats":[{"format_id":"1"}],', ".json", "youtube"],
    ['{"comments":[{"id":"U","parent":"root","text":"a","author_id":"C"}]}', ".json", "youtube"],
    ['{"items":[{"snippet":{"topLevelComment":{"snippet":{"textDisplay":"a"}}}}]}', ".json", "youtube"],
    ['{"item_id":"1","timestamp_collected":1,"source_platform":"tiktok.com","data":{"desc":"a"}}\n', ".ndjson", "4cat"],
    ['{"desc":"a","__import_meta":{"item_id":"1"}}\n', ".ndjson", "4cat"],
    ['[{"text":"a"},{"text":"b"}]', ".jsonl", "json"],
    ['[\n  {\n    "text": "a"\n  }\n]', ".json", "json"],
    ['{\n  "text": "a"\n}\n', ".json", "json"],
    ['{"text":"a"}', ".json", "jsonl"],
    ['{"chats":[{"text":"a"}]}', ".json", "json"],
    ['{"users":[{"name":"a"}]}', ".json", "json"],
    ["[]", ".json", "json"],
    ["[12:30] hello\n", ".json", "lines"],
    ["{hello} there", "", "lines"],
    ['{"type":"private_group","id":1,"messages":[{"id":1,"from_id":"user1","text":"a"}]}', ".jsonl", "telegram"],
    ['{\n "about": "x",\n "personal_information": {\n  "user_id": 1,', ".json", "telegram"],
    ['{"guild":{},"channel":{},"messages":[{"from_id":1}]}', ".json", "discord"],
  ])("sniffs %j with extension %j as %s", (text, extension, name) => {
    expect(sniffFormat(encode(text), extension).name).toBe(name);
  });

  it("never throws while sniffing", () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 31 + (i >> 3)) & 0xff);
    for (let length = 0; length < bytes.length; length += 97) sniffFormat(bytes.subarray(0, length), ".bin");
  });

  it.skipIf(!existsSync(SAMPLES)).each([
    ["telegram/cm_single_minimal.json", "telegram"],
    ["telegram/lc_old_numeric_from_id.json", "telegram"],
    ["telegram/lc_result.json", "telegram"],
    ["telegram/tk_all_kinds_result.json", "telegram"],
    ["derived/telegram_x_escape_synthetic.json", "telegram"],
    ["telegram_scrape/lc_telethon_channel.json", "json"],
    ["generic/lc_stanley-cups.csv", "csv"],
    ["generic/lc_stanley-cups.tsv", "tsv"],
    ["generic/lc_test_one_col.csv", "csv"],
    ["generic/lc_example-utf8.csv", "csv"],
    ["generic/lc_test_empty.csv", "csv"],
    ["whatsapp/wj_ios_en.txt", "whatsapp"],
  ])("sniffs the sample %s as %s (needs ../shared/exports)", (sample, name) => {
    expect(sniffFormat(readFileSync(`${SAMPLES}/${sample}`).subarray(0, 1 << 16), extname(sample)).name).toBe(name);
  });
});
