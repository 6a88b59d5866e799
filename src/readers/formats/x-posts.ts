import { FORWARDED } from "../../core/message.ts";
import type { Draft } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import type { JsonRecords } from "../json/format.ts";
import { unescaped } from "../markup.ts";

const POST_PATHS = [
  "id_str",
  "id",
  "full_text",
  "text",
  "note_tweet.text",
  "created_at",
  "in_reply_to_status_id_str",
  "referenced_tweets",
  "conversation_id",
  "author_id",
  "author.name",
  "user.id_str",
  "user.name",
  "user.screen_name",
  "edit_history_tweet_ids",
  "edit_info.initial.editTweetIds",
  "edit_info.edit.initialTweetId",
] as const;
type PostPath = (typeof POST_PATHS)[number];

const RECORD_PATHS = [
  "tweet",
  "data",
  "noteTweet.noteTweetId",
  "noteTweet.createdAt",
  "noteTweet.core.text",
  "like.tweetId",
  "like.fullText",
] as const;
type RecordPath = (typeof RECORD_PATHS)[number];

/** Posts, in an archive's `tweet` or `noteTweet`, in the API's `data`, or bare; and those that the archive's owner liked. */
export const X_POSTS: JsonRecords<RecordPath> = {
  records: ["[]", "data[]"],
  lines: true,
  paths: RECORD_PATHS,
  open({ known }) {
    const post = new JsonFields<PostPath>(POST_PATHS);
    return {
      read(record, messages) {
        const draft = messages.begin();
        const key = (["tweet", "data"] as const).find((name) => record.type(name) === JSON_TYPE.object);
        if (key === undefined && record.has("noteTweet.noteTweetId")) {
          draft.id = record.string("noteTweet.noteTweetId");
          draft.text = unescaped(record.string("noteTweet.core.text") ?? "") || null;
          draft.forwarded = FORWARDED.no;
          messages.setInstant(draft, record, "noteTweet.createdAt");
          messages.write(draft, record);
          return;
        }
        if (key === undefined && record.has("like.tweetId")) {
          draft.id = record.string("like.tweetId");
          draft.text = unescaped(record.string("like.fullText") ?? "") || null;
          // Somebody else's words, which the owner of the archive only passed their thumb on.
          draft.forwarded = FORWARDED.yes;
          messages.write(draft, record);
          return;
        }
        post.readIn(record, key ?? null);
        // Headers of posts, people and whatever else has no such member.
        if (!post.has("full_text") && !post.has("text")) {
          messages.skipped++;
          return;
        }
        fillIn(draft, post);
        draft.author ??= draft.authorId === null ? null : (known?.names?.get(draft.authorId) ?? null);
        messages.setInstant(draft, post, "created_at");
        messages.write(draft, post);
      },
    };
  },
};

/** The program writes a repost as a text that begins so; the API cuts it off. */
const REPOST = /^RT @(\w{1,30}): /u;

function fillIn(draft: Draft, post: JsonFields<PostPath>): void {
  draft.id = post.first("id_str", "id");
  draft.author = post.first("author.name", "user.name", "user.screen_name");
  draft.authorId = post.first("author_id", "user.id_str");
  draft.conversation = post.string("conversation_id");
  draft.replyTo = post.string("in_reply_to_status_id_str");
  let isRepost = false;
  for (const other of post.items("referenced_tweets", ["type", "id"])) {
    const type = other.string("type");
    isRepost ||= type === "retweeted";
    if (type === "replied_to") draft.replyTo = other.string("id");
  }
  const text = unescaped(post.first("note_tweet.text", "full_text", "text") ?? "");
  const repost = REPOST.exec(text);
  draft.text = text.slice(repost?.[0].length ?? 0) || null;
  draft.origin = repost?.[1] ?? null;
  draft.forwarded = isRepost || repost !== null ? FORWARDED.yes : FORWARDED.no;
  const versions = [...post.strings("edit_history_tweet_ids"), ...post.strings("edit_info.initial.editTweetIds")];
  const first = versions[0] ?? post.string("edit_info.edit.initialTweetId");
  draft.edited = first !== null && first !== draft.id;
}
