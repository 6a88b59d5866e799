import { FORWARDED } from "../../core/message.ts";
import type { Draft } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import { type JsonMessages, jsonFormat } from "../json/format.ts";
import type { JsonHead } from "../json/head.ts";
import { withoutMarkup } from "../markup.ts";
import type { Format } from "../reader.ts";

/** What surrounds an item: Zeeschuimer puts the item into `data`, 4CAT takes it out again and the rest into `__import_meta`. */
const ITEM_PATHS = ["item_id", "source_platform", "data", "__import_meta.item_id", "__import_meta.source_platform"] as const;

const RETWEETED = "legacy.retweeted_status_result.result";
/**
 * Where platforms have a text, the most telling first: X, Instagram and Threads, LinkedIn, TikTok and Douyin, RedNote,
 * Telegram, then what is common. Titles and descriptions are what people wrote where there is nothing else.
 */
const TEXTS = [
  `${RETWEETED}.legacy.full_text`,
  "note_tweet.note_tweet_results.result.text",
  "legacy.full_text",
  "full_text",
  "caption.text",
  "commentary.text.text",
  "desc",
  "note_card.desc",
  "message",
  "text",
  "content",
  "body",
  "comment",
  "caption",
  "description",
  "note_card.display_title",
  "title",
] as const;
const IDS = ["id_str", "rest_id", "id", "pk", "cid", "aweme_id"] as const;
const AUTHORS = [
  "author.nickname",
  "author.uniqueId",
  "user.full_name",
  "user.nickname",
  "user.name",
  "user.username",
  "user.unique_id",
  "user.screen_name",
  "core.user_results.result.core.screen_name",
  "core.user_results.result.legacy.screen_name",
  "actor.name.text",
  "note_card.user.nickname",
  "account.display_name",
  "account.username",
  "_sender.username",
  "_sender.first_name",
  "author",
  "username",
] as const;
const AUTHOR_IDS = [
  "author.id",
  "user.id_str",
  "user.id",
  "user.pk",
  "user.uid",
  "legacy.user_id_str",
  "note_card.user.user_id",
  "account.id",
  "from_id.user_id",
  "author_id",
  "user_id",
] as const;
const TIMES = [
  "legacy.created_at",
  "createTime",
  "create_time",
  "taken_at",
  "created_at",
  "creationTs",
  "timestamp",
  "date",
  "created",
] as const;
const REPLIES = [
  "legacy.in_reply_to_status_id_str",
  "in_reply_to_status_id_str",
  "in_reply_to_id",
  "reply_to.reply_to_msg_id",
  "replied_to_comment_id",
  "reply_id",
  "parent_id",
] as const;
const OTHERS = [
  RETWEETED,
  "legacy",
  "fwd_from",
  "_chat.title",
  `${RETWEETED}.core.user_results.result.core.screen_name`,
  `${RETWEETED}.core.user_results.result.legacy.screen_name`,
] as const;
const DATA_PATHS = [...TEXTS, ...IDS, ...AUTHORS, ...AUTHOR_IDS, ...TIMES, ...REPLIES, ...OTHERS] as const;
type DataPath = (typeof DATA_PATHS)[number];

/** Platforms whose `content` is HTML. */
const HTML_PLATFORM = /truth|gab\.|mastodon/u;

/** What Zeeschuimer has collected from a platform, also as 4CAT stores it: the platform's own objects, one a line. */
export const FOUR_CAT: Format = jsonFormat<(typeof ITEM_PATHS)[number]>({
  name: "4cat",
  about: "Zeeschuimer and 4CAT NDJSON, of any platform (their CSV is read as csv)",
  extensions: [".ndjson", ".jsonl"],
  sniff,
  records: ["[]"],
  lines: true,
  paths: ITEM_PATHS,
  open() {
    const data = new JsonFields<DataPath>(DATA_PATHS);
    return {
      read(record, messages) {
        const inner = record.type("data") === JSON_TYPE.object ? "data" : null;
        data.readIn(record, inner);
        if (!TEXTS.some((path) => data.has(path))) {
          messages.fail(
            "E_NO_TEXT",
            "The item has no text where any platform has one. Name the key that holds it with --from jsonl --text-field.",
          );
          return;
        }
        const draft = messages.begin(inner === null ? "" : ".data");
        const platform = record.first("source_platform", "__import_meta.source_platform");
        draft.id = record.first("item_id", "__import_meta.item_id") ?? data.first(...IDS);
        draft.conversation = data.string("_chat.title") ?? platform;
        draft.author = data.first(...AUTHORS);
        draft.authorId = data.first(...AUTHOR_IDS);
        draft.replyTo = data.first(...REPLIES);
        // TikTok writes 0 where nothing is answered.
        if (draft.replyTo === "0") draft.replyTo = null;
        setText(draft, data, platform ?? "");
        setForward(draft, data);
        setInstant(draft, data, messages);
        messages.write(draft, record);
      },
    };
  },
});

function setText(draft: Draft, data: JsonFields<DataPath>, platform: string): void {
  const path = TEXTS.find((candidate) => data.string(candidate) !== null);
  if (path === undefined) return;
  const text = data.string(path)!;
  draft.text = path === "content" && HTML_PLATFORM.test(platform) ? withoutMarkup(text) : text;
}

/** X and Telegram say it; of other platforms it is not known. */
function setForward(draft: Draft, data: JsonFields<DataPath>): void {
  const isRetweet = data.type(RETWEETED) === JSON_TYPE.object;
  if (isRetweet || data.type("fwd_from") === JSON_TYPE.object) draft.forwarded = FORWARDED.yes;
  else if (data.has("legacy") || data.has("fwd_from")) draft.forwarded = FORWARDED.no;
  if (!isRetweet) return;
  draft.origin = data.first(
    `${RETWEETED}.core.user_results.result.core.screen_name`,
    `${RETWEETED}.core.user_results.result.legacy.screen_name`,
  );
}

function setInstant(draft: Draft, data: JsonFields<DataPath>, messages: JsonMessages): void {
  for (const path of TIMES) if (messages.setInstant(draft, data, path)) return;
}

function sniff(head: JsonHead): number {
  for (const at of ["", "[]."]) {
    if (head.has(`${at}__import_meta`)) return 0.95;
    if (head.has(`${at}item_id`) && (head.has(`${at}source_platform`) || head.has(`${at}timestamp_collected`))) return 0.95;
  }
  return 0;
}
