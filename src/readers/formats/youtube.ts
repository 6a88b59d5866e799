import { setUtc } from "../draft.ts";
import { JsonFields } from "../json/fields.ts";
import { type JsonMessages, jsonFormat } from "../json/format.ts";
import type { JsonHead } from "../json/head.ts";
import { valueText } from "../json/member.ts";
import { withoutMarkup } from "../markup.ts";
import type { Format } from "../reader.ts";

/** What the Data API says of a comment, in its `snippet`. */
const COMMENT_PATHS = [
  "id",
  "snippet.textOriginal",
  "snippet.textDisplay",
  "snippet.authorDisplayName",
  "snippet.authorChannelId.value",
  "snippet.publishedAt",
  "snippet.updatedAt",
  "snippet.parentId",
  "snippet.videoId",
] as const;
type CommentPath = (typeof COMMENT_PATHS)[number];

const PATHS = [
  "cid",
  "text",
  "time",
  "time_parsed",
  "author",
  "author_id",
  "channel",
  "parent",
  "timestamp",
  "id",
  "snippet.textDisplay",
  "snippet.textOriginal",
  "snippet.videoId",
  "snippet.topLevelComment",
  "replies.comments",
] as const;
type Path = (typeof PATHS)[number];

/** Comments on YouTube: of youtube-comment-downloader, of yt-dlp's .info.json, of the Data API. */
export const YOUTUBE: Format = jsonFormat<Path>({
  name: "youtube",
  about: "comments of youtube-comment-downloader, of yt-dlp (.info.json) and of the YouTube Data API",
  extensions: [".json", ".jsonl"],
  sniff,
  records: ["[]", "comments[]", "items[]"],
  lines: true,
  facts: ["title"],
  paths: PATHS,
  open() {
    const top = new JsonFields(COMMENT_PATHS);
    let conversation: string | null = null;
    return {
      fact(_, value) {
        conversation = valueText(value, 0, value.length);
      },
      read(record, messages) {
        if (record.has("cid")) readDownloaded(record, messages);
        else if (record.has("snippet.topLevelComment") && top.readIn(record, "snippet.topLevelComment")) readThread(record, top, messages);
        else if (isComment(record) && top.readIn(record, null)) writeComment(top, messages, "", null);
        else if (record.has("text")) readListed(record, messages, conversation);
        else messages.fail("E_NO_TEXT", "Expected a comment with a text. If this is no file of comments, name another format with --from.");
      },
    };
  },
});

/** Of youtube-comment-downloader: an answer's id is the thread's, a dot and its own. */
function readDownloaded(record: JsonFields<Path>, messages: JsonMessages): void {
  const draft = messages.begin();
  draft.id = record.string("cid");
  draft.text = record.string("text");
  draft.author = record.string("author");
  draft.authorId = record.string("channel");
  const dot = draft.id?.indexOf(".") ?? -1;
  if (dot > 0) draft.replyTo = draft.id!.slice(0, dot);
  setUtc(draft, record.number("time_parsed") * 1000);
  messages.write(draft, record);
}

/** Of yt-dlp, which lists answers beside what they answer. */
function readListed(record: JsonFields<Path>, messages: JsonMessages, conversation: string | null): void {
  const draft = messages.begin();
  const parent = record.string("parent");
  draft.id = record.string("id");
  draft.text = record.string("text");
  draft.author = record.string("author");
  draft.authorId = record.string("author_id");
  draft.replyTo = parent === "root" ? null : parent;
  draft.conversation = conversation;
  setUtc(draft, record.number("timestamp") * 1000);
  messages.write(draft, record);
}

/** Of the Data API, a comment by itself. */
function isComment(record: JsonFields<Path>): boolean {
  return record.has("snippet.textDisplay") || record.has("snippet.textOriginal");
}

/** Of the Data API: a comment with its answers, each a message of its own. */
function readThread(record: JsonFields<Path>, top: JsonFields<CommentPath>, messages: JsonMessages): void {
  const video = record.string("snippet.videoId");
  writeComment(top, messages, ".snippet.topLevelComment", video);
  const topId = top.string("id");
  let index = 0;
  for (const reply of record.items("replies.comments", COMMENT_PATHS))
    writeComment(reply, messages, `.replies.comments[${index++}]`, video, topId);
}

function writeComment(
  comment: JsonFields<CommentPath>,
  messages: JsonMessages,
  inside: string,
  video: string | null,
  thread: string | null = null,
): void {
  const draft = messages.begin(inside);
  const display = comment.string("snippet.textDisplay");
  draft.id = comment.string("id");
  draft.text = comment.string("snippet.textOriginal") ?? (display === null ? null : withoutMarkup(display));
  draft.author = comment.string("snippet.authorDisplayName");
  draft.authorId = comment.string("snippet.authorChannelId.value");
  draft.replyTo = comment.string("snippet.parentId") ?? thread;
  draft.conversation = comment.string("snippet.videoId") ?? video;
  const updatedAt = comment.string("snippet.updatedAt");
  draft.edited = updatedAt !== null && updatedAt !== comment.string("snippet.publishedAt");
  messages.setInstant(draft, comment, "snippet.publishedAt");
  messages.write(draft, comment);
}

function sniff(head: JsonHead): number {
  for (const at of ["", "[].", "comments[]."]) {
    if (head.has(`${at}cid`, `${at}text`) && (head.has(`${at}votes`) || head.has(`${at}time_parsed`))) return 0.95;
  }
  for (const at of ["", "[].", "items[]."]) {
    if (head.has(`${at}snippet.topLevelComment`)) return 0.95;
    if (head.has(`${at}snippet.textDisplay`, `${at}snippet.authorDisplayName`)) return 0.95;
  }
  if (head.has("comments[].parent", "comments[].author_id")) return 0.95;
  // The comments of yt-dlp come behind all formats a video can be had in.
  return head.has("id", "title", "formats[].format_id") ? 0.92 : 0;
}
