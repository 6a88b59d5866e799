import { FORWARDED, KIND } from "../../core/message.ts";
import { type Draft, joinLines } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import type { JsonFields } from "../json/fields.ts";
import { jsonFormat } from "../json/format.ts";
import type { Format } from "../reader.ts";
import { blocksText, readAttachments, type SlackNames, slackText } from "./slack-text.ts";

const PATHS = [
  "type",
  "subtype",
  "ts",
  "thread_ts",
  "text",
  "user",
  "username",
  "bot_id",
  "user_profile.display_name",
  "user_profile.real_name",
  "bot_profile.name",
  "edited",
  "blocks",
  "attachments",
  "file",
  "file.initial_comment.comment",
  "comment.comment",
  "comment.user",
] as const;
type Path = (typeof PATHS)[number];

/** Subtypes of messages that people write, besides none; every other one is Slack's or a program's. */
const WRITTEN: ReadonlySet<string> = new Set(["thread_broadcast", "reply_broadcast", "me_message", "file_share", "file_comment"]);
const NO_NAMES: SlackNames = new Map();

/**
 * A day of a channel of a workspace's export (`general/2020-02-07.json`). Names of people come from `users.json`, the
 * channel's from its folder. What Slack shows of a link is not read; of a message that was passed on it is.
 */
export const SLACK: Format = jsonFormat<Path>({
  name: "slack",
  about: "Slack workspace export, its zip or days of a channel",
  extensions: [".json"],
  sniff: (head) => (head.textOf("[].type") === "message" && /^\d{9,11}\.\d{1,9}$/u.test(head.textOf("[].ts") ?? "") ? 0.95 : 0),
  records: ["[]"],
  paths: PATHS,
  open(options) {
    const names = options.known?.names ?? NO_NAMES;
    const conversation = options.known?.conversation ?? null;
    return {
      read(record, messages) {
        if (!record.has("ts") && record.string("type") !== "message") {
          messages.skipped++;
          return;
        }
        const draft = messages.begin();
        const ts = record.string("ts");
        const thread = record.string("thread_ts");
        draft.id = ts;
        draft.conversation = conversation;
        draft.replyTo = thread === ts ? null : thread;
        draft.edited = record.type("edited") === JSON_TYPE.object;
        messages.setInstant(draft, record, "ts");
        setAuthor(record, names, draft);
        setKindAndText(record, names, draft);
        messages.write(draft, record);
      },
    };
  },
});

function setAuthor(record: JsonFields<Path>, names: SlackNames, draft: Draft): void {
  const user = record.first("user", "comment.user");
  const profile = record.first("user_profile.display_name", "user_profile.real_name");
  draft.authorId = user ?? record.string("bot_id");
  draft.author = (user === null ? null : (names.get(user) ?? profile)) ?? record.first("username", "bot_profile.name") ?? draft.authorId;
}

function setKindAndText(record: JsonFields<Path>, names: SlackNames, draft: Draft): void {
  const subtype = record.string("subtype");
  if (subtype === "tombstone") {
    draft.kind = KIND.deleted;
    return;
  }
  if ((subtype !== null && !WRITTEN.has(subtype)) || record.string("user") === "USLACKBOT") draft.kind = KIND.system;
  const { text, shared, isShare, origin } = readAttachments(record, "attachments", names);
  const own = ownText(record, names, draft) ?? blocksText(record, "blocks", names);
  draft.text = isShare ? joinLines(own, shared) : (own ?? text);
  if (draft.kind !== KIND.system) draft.forwarded = isShare ? FORWARDED.yes : FORWARDED.no;
  if (isShare) draft.origin = origin;
}

/** The message's own text. In exports from before 2018 Slack put a sentence around a file and what was said of it. */
function ownText(record: JsonFields<Path>, names: SlackNames, draft: Draft): string | null {
  const said = record.first("comment.comment", "file.initial_comment.comment");
  const text = said ?? record.string("text");
  if (text === null) return null;
  const isSentence = said === null && record.has("file") && text.startsWith("<@");
  if (isSentence && draft.kind === KIND.user) draft.kind = KIND.placeholder;
  return slackText(text, names);
}
