import { FORWARDED, KIND } from "../../core/message.ts";
import { type Draft, joinLines } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import { jsonFormat } from "../json/format.ts";
import type { JsonHead } from "../json/head.ts";
import { shownName } from "../json/names.ts";
import type { Format } from "../reader.ts";

/** Updates that are messages. Of the others some repeat a message (a button pressed below it) and most have none. */
const UPDATES = [
  "message",
  "edited_message",
  "channel_post",
  "edited_channel_post",
  "business_message",
  "edited_business_message",
] as const;

/** What is there in a message instead of a text when Telegram wrote it; people's own words in it are under SERVICE_TEXTS. */
const SERVICES = [
  "new_chat_members",
  "new_chat_member",
  "left_chat_member",
  "new_chat_title",
  "new_chat_photo",
  "delete_chat_photo",
  "group_chat_created",
  "supergroup_chat_created",
  "channel_chat_created",
  "message_auto_delete_timer_changed",
  "migrate_to_chat_id",
  "migrate_from_chat_id",
  "pinned_message",
  "successful_payment",
  "refunded_payment",
  "users_shared",
  "user_shared",
  "chat_shared",
  "connected_website",
  "write_access_allowed",
  "passport_data",
  "proximity_alert_triggered",
  "boost_added",
  "chat_background_set",
  "checklist_tasks_done",
  "checklist_tasks_added",
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
  "general_forum_topic_hidden",
  "general_forum_topic_unhidden",
  "gift",
  "unique_gift",
  "giveaway_created",
  "giveaway",
  "giveaway_winners",
  "giveaway_completed",
  "direct_message_price_changed",
  "paid_message_price_changed",
  "video_chat_scheduled",
  "video_chat_started",
  "video_chat_ended",
  "video_chat_participants_invited",
  "voice_chat_scheduled",
  "voice_chat_started",
  "voice_chat_ended",
  "voice_chat_participants_invited",
  "web_app_data",
] as const;
const SERVICE_TEXTS = ["new_chat_title", "forum_topic_created.name", "forum_topic_edited.name", "gift.text"] as const;

/** Who is told of: people by their names, chats by their titles. `from_user` is what libraries for Python call `from`. */
const WHO = [
  "from",
  "from_user",
  "sender_chat",
  "chat",
  "forward_origin.sender_user",
  "forward_origin.sender_chat",
  "forward_origin.chat",
  "forward_from",
  "forward_from_chat",
] as const;
const WHO_NAMES = ["id", "title", "first_name", "last_name", "username"] as const;
type Who = (typeof WHO)[number];

/** Any of them tells a forward. Before version 7 of the Bot API there was no `forward_origin`. */
const FORWARDS = ["forward_origin", "forward_from", "forward_from_chat", "forward_sender_name", "forward_date"] as const;

const PATHS = [
  "message_id",
  "date",
  "edit_date",
  "text",
  "caption",
  "poll.question",
  "poll.options",
  "checklist.title",
  "checklist.tasks",
  "forward_origin.sender_user_name",
  "reply_to_message.message_id",
  "reply_to_message.forum_topic_created",
  ...FORWARDS,
  ...SERVICES,
  ...SERVICE_TEXTS.slice(1),
  ...WHO.flatMap((who) => WHO_NAMES.map((name) => `${who}.${name}` as const)),
] as const;
type Path = (typeof PATHS)[number];

/** Put together once, not once a message. */
const NAME_PATHS = Object.fromEntries(
  WHO.map((who) => [
    who,
    { title: `${who}.title`, first: `${who}.first_name`, last: `${who}.last_name`, username: `${who}.username` } as const,
  ]),
) as Readonly<Record<Who, { readonly title: Path; readonly first: Path; readonly last: Path; readonly username: Path }>>;

/** What Telegram's Bot API hands to bots: updates, answers of getUpdates, or messages alone. */
export const BOT_API: Format = jsonFormat({
  name: "bot-api",
  about: "Telegram Bot API updates or messages, JSON or one a line",
  extensions: [".json", ".jsonl", ".ndjson"],
  sniff,
  records: ["[]", "result[]"],
  lines: true,
  paths: ["message_id", ...UPDATES],
  open() {
    const message = new JsonFields<Path>(PATHS);
    return {
      read(record, messages) {
        const update = UPDATES.find((key) => record.type(key) === JSON_TYPE.object);
        if (update === undefined && !record.has("message_id")) {
          messages.skipped++;
          return;
        }
        message.readIn(record, update ?? null);
        const draft = messages.begin();
        fillIn(draft, message);
        draft.edited ||= update?.startsWith("edited") ?? false;
        messages.setInstant(draft, message, "date");
        messages.write(draft, message);
      },
    };
  },
});

function fillIn(draft: Draft, message: JsonFields<Path>): void {
  draft.id = message.string("message_id");
  draft.conversation = nameOf(message, "chat") ?? message.string("chat.id");
  // A chat that speaks has a stand-in for a sender; a post of a channel may have none.
  draft.author = nameOf(message, "sender_chat") ?? nameOf(message, "from") ?? nameOf(message, "from_user") ?? nameOf(message, "chat");
  draft.authorId = message.first("sender_chat.id", "from.id", "from_user.id", "chat.id");
  // In a topic every message answers the row that opened it.
  if (!isSet(message, "reply_to_message.forum_topic_created")) draft.replyTo = message.string("reply_to_message.message_id");
  draft.edited = message.string("edit_date") !== null;
  const isForward = FORWARDS.some((key) => isSet(message, key));
  draft.forwarded = isForward ? FORWARDED.yes : FORWARDED.no;
  if (isForward) draft.origin = originOf(message);
  const text = message.first("text", "caption");
  const service = text === null ? SERVICES.find((key) => isSet(message, key)) : undefined;
  if (service !== undefined) {
    draft.kind = KIND.system;
    draft.text = joinLines(service, ...SERVICE_TEXTS.map((key) => message.string(key)));
    return;
  }
  const asked = [message.string("poll.question")];
  for (const option of message.items("poll.options", ["text"])) asked.push(option.string("text"));
  asked.push(message.string("checklist.title"));
  for (const task of message.items("checklist.tasks", ["text"])) asked.push(task.string("text"));
  draft.text = joinLines(text, ...asked);
}

function originOf(message: JsonFields<Path>): string | null {
  return (
    nameOf(message, "forward_origin.sender_user") ??
    message.string("forward_origin.sender_user_name") ??
    nameOf(message, "forward_origin.sender_chat") ??
    nameOf(message, "forward_origin.chat") ??
    nameOf(message, "forward_from_chat") ??
    nameOf(message, "forward_from") ??
    message.string("forward_sender_name")
  );
}

function nameOf(message: JsonFields<Path>, who: Who): string | null {
  const { title, first, last, username } = NAME_PATHS[who];
  return shownName(message.string(title), message.string(first), message.string(last), message.string(username));
}

/** Whether a member says anything: libraries write all members there are, as null, false, 0 or []. */
function isSet(message: JsonFields<Path>, path: Path): boolean {
  const type = message.type(path);
  if (type === JSON_TYPE.object) return true;
  if (type !== JSON_TYPE.array) return message.isTrue(path) || (message.string(path) ?? "0") !== "0";
  const { start, end } = message.range(path)!;
  const inside = message.bytes.indexOf(OPEN_OBJECT, start);
  return inside >= 0 && inside < end;
}

const OPEN_OBJECT = 123;

function sniff(head: JsonHead): number {
  for (const at of ["", "[].", "result[]."]) {
    if (head.typeOf(`${at}update_id`) === JSON_TYPE.number) return 0.97;
    const isMessage = head.has(`${at}message_id`, `${at}chat.id`) && head.typeOf(`${at}date`) === JSON_TYPE.number;
    if (isMessage) return 0.95;
  }
  return 0;
}
