import { DeferredReader, type ReaderChoice } from "../deferred.ts";
import { openJson } from "../json/format.ts";
import { type JsonHead, readJsonHead } from "../json/head.ts";
import { nameSurvey } from "../json/names.ts";
import type { BatchSink, Format, ReaderOptions } from "../reader.ts";
import { asBuffer } from "../utf8.ts";
import { X_DIRECT } from "./x-direct.ts";
import { X_POSTS } from "./x-posts.ts";

/** A file of an archive of X holds posts or direct messages; what the API gives is posts. */
export const X: Format = {
  name: "x",
  about: "X (Twitter) archive: tweets.js, note-tweet.js, like.js, direct-messages.js and their like; API v2 JSON",
  extensions: [".js", ".json", ".jsonl"],
  sniff: (head) => sniff(readJsonHead(head)),
  open: (options, sink) => new DeferredReader(chooseReader(options, sink)),
  // Pages of the API name their people behind the posts.
  survey: () =>
    nameSurvey({
      records: ["includes.users[]"],
      paths: ["id", "name", "username"],
      nameOf: (user) => ({ id: user.string("id"), name: user.first("name", "username") }),
    }),
};

const QUOTE = 34;

/** The first key tells what a file holds. */
function chooseReader(options: ReaderOptions, sink: BatchSink): ReaderChoice {
  return (beginning, isAll) => {
    const open = beginning.indexOf(QUOTE);
    const isKeyThere = open >= 0 && beginning.includes(QUOTE, open + 1);
    if (!isKeyThere && !isAll) return null;
    const text = asBuffer(beginning, 0, beginning.length).toString("latin1");
    return DIRECT_KEY.test(text) ? openJson(X_DIRECT, options, sink) : openJson(X_POSTS, options, sink);
  };
}

/** The first key in a file of direct messages. */
const DIRECT_KEY = /^[^"]{0,4096}"dmConversation"/u;

/** Files of an archive that hold what people wrote. Others (account, ads, headers without texts) are not read. */
const ARCHIVE_FILE =
  /^window\.YTD\.(?:tweets?|note_tweet|community_tweet|deleted_tweets?|deleted_note_tweet|like|direct_messages?(?:_group)?)\.part\d+\s*=$/u;
/** What the archive's records hold when the beginning of their file is lost. */
const ARCHIVE_PATHS = ["tweet.full_text", "noteTweet.core.text", "like.tweetId", "dmConversation.messages"];
/** Members of posts as the API gives them that hardly anything else has beside an id and a text. */
const POST_MARKS = [
  "edit_history_tweet_ids",
  "referenced_tweets",
  "public_metrics.retweet_count",
  "reply_settings",
  "context_annotations",
  "in_reply_to_user_id",
];

function sniff(head: JsonHead): number {
  if (head.prefix !== "") return ARCHIVE_FILE.test(head.prefix) ? 0.97 : 0;
  if (ARCHIVE_PATHS.some((path) => head.has(`[].${path}`))) return 0.95;
  for (const at of ["data[].", "data.", "[].", ""]) {
    const isPost = head.has(`${at}id`, `${at}text`) && POST_MARKS.some((mark) => head.has(at + mark));
    if (isPost || head.has(`${at}id_str`, `${at}full_text`)) return 0.95;
  }
  return head.has("data[].id", "data[].text", "includes.users[].username") ? 0.95 : 0;
}
