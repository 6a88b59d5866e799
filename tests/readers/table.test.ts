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
    ['{"participants":[{"name":"A"}],"messages":[{"sender_name":"A","timestamp_ms":1}]}', ".json", "messenger"],
    ['{"participants":["A","B"],"threadName":"A_1","messages":[]}', ".json", "messenger"],
    ['[{"media_list_data":[],"string_map_data":{"Comment":{"value":"a"}}}]', ".json", "messenger"],
    ['{"room_name":"A","room_creator":"@a:b","topic":"","export_date":"x","exported_by":"y","messages":[', ".json", "matrix"],
    ["[2019-12-24, 12:23] A: a\n", ".txt", "signal"],
    ["[2024-02-29 12:23:45] A: a\n\n[2024-02-29 12:23:46] B: b\n", ".txt", "signal"],
    ["[2024-02-29 12:23:45] A: a\r\n[2024-02-29 12:23:46] B: b\r\n", ".txt", "whatsapp"],
    ["[2024-02-29, 12:23:45] A: a\n[2024-02-29, 12:23:46] B: b\n", ".txt", "whatsapp"],
    ["[2024-02-29 12:23:45] A: \u200eimage omitted\n[2024-02-29 12:23:46] B: b\n", ".txt", "whatsapp"],
    ['{"date":"2024-02-29 12:23:45","sender":"A","body":"a","quote":"","sticker":"","reactions":[]}\n', ".json", "signal"],
    ['[{"type":"message","user":"U1","text":"a","ts":"1700000000.000100"}]', ".json", "slack"],
    ['[{"type":"message","text":"a","ts":"noon"}]', ".json", "json"],
    ['[{"_":"Message","id":1,"peer_id":{"_":"PeerChannel","channel_id":5},"message":"a"}]', ".json", "telethon"],
    ['{"_type":"Message","id":1,"peer_id":{"channel_id":5},"message":"a","date":1}\n', ".ndjson", "telethon"],
    ['[{"sender_id":1,"text":"a","date":"2023-05-15","message.id":1}]', ".json", "telethon"],
    ['{"update_id":1,"message":{"message_id":1}}\n', ".jsonl", "bot-api"],
    ['{"ok":true,"result":[{"update_id":1}]}', ".json", "bot-api"],
    ['[{"message_id":1,"date":1684177200,"chat":{"id":1},"text":"a"}]', ".json", "bot-api"],
    ['{"response":{"count":1,"items":[{"id":1,"from_id":1,"date":1684177200,"text":"a"}]}}', ".json", "vk"],
    ['{"id":1,"from_id":-1,"owner_id":-1,"date":1684177200,"text":"a"}\n', ".jsonl", "vk"],
    ['{"id":1,"from_id":1,"date":1684177200,"text":"a"}\n', ".jsonl", "jsonl"],
    ['window.YTD.tweets.part0 = [ {"tweet":{"id_str":"1"}} ]', ".js", "x"],
    ['window.YTD.tweet.part12 = [ {"tweet":{"id_str":"1"}} ]', ".js", "x"],
    ['window.YTD.direct_messages_group.part0 = [ {"dmConversation":{}} ]', ".js", "x"],
    ['window.YTD.account.part0 = [ {"account":{"username":"a"}} ]', ".js", "lines"],
    ['window.YTD.tweet_headers.part0 = [ {"tweet":{"tweet_id":"1"}} ]', ".js", "lines"],
    ['window.YTD.ad_engagements.part0 = [ {"ad":{}} ]', ".js", "lines"],
    ['{"id":"1","text":"a","edit_history_tweet_ids":["1"]}\n', ".jsonl", "x"],
    ['{"data":[{"id":"1","text":"a"}],"includes":{"users":[{"id":"1","username":"b"}]}}', ".json", "x"],
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
    ["generic/lc_stanley-cups.csv", "csv"],
    ["generic/lc_stanley-cups.tsv", "tsv"],
    ["generic/lc_test_one_col.csv", "csv"],
    ["generic/lc_example-utf8.csv", "csv"],
    ["generic/lc_test_empty.csv", "csv"],
    ["whatsapp/wj_ios_en.txt", "whatsapp"],
    ["telegram_scrape/lc_telethon_channel.json", "telethon"],
    ["messenger/ca_2A_7M_bom.json", "messenger"],
    ["instagram/cm_test_export.json", "messenger"],
    ["derived/messenger_mojibake_synthetic.json", "messenger"],
    ["signal/cm_test_export.txt", "signal"],
  ])("sniffs the sample %s as %s (needs ../shared/exports)", (sample, name) => {
    expect(sniffFormat(readFileSync(`${SAMPLES}/${sample}`).subarray(0, 1 << 16), extname(sample)).name).toBe(name);
  });
});
