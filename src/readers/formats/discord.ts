import { FORWARDED, KIND } from "../../core/message.ts";
import { joinLines } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import { jsonFormat } from "../json/format.ts";
import type { Format } from "../reader.ts";

/** Kinds of messages that people write; every other one, and the numbers of kinds that the exporter does not know, is Discord's own. */
const WRITTEN: ReadonlySet<string> = new Set(["Default", "Reply", "ThreadStarterMessage", "ChatInputCommand", "ContextMenuCommand"]);

/** DiscordChatExporter's JSON, one channel a file. */
export const DISCORD: Format = jsonFormat({
  name: "discord",
  about: "DiscordChatExporter JSON (its CSV is read as csv)",
  extensions: [".json"],
  sniff: (head) => (head.has("guild", "channel", "messages") ? 0.95 : head.has("guild.id", "channel.id") ? 0.9 : 0),
  records: ["messages[]"],
  facts: ["guild", "channel"],
  paths: [
    "id",
    "type",
    "timestamp",
    "timestampEdited",
    "content",
    "author.id",
    "author.name",
    "author.nickname",
    "reference.type",
    "reference.messageId",
    "forwardedMessage",
    "forwardedMessage.content",
  ],
  open() {
    const channel = new JsonFields(["name", "category"]);
    let conversation: string | null = null;
    return {
      fact(key, value) {
        if (key === "channel" && channel.read(value, 0, value.length)) conversation = channel.string("name");
      },
      read(record, messages) {
        const draft = messages.begin();
        const isForward = record.string("reference.type") === "Forward" || record.type("forwardedMessage") === JSON_TYPE.object;
        draft.id = record.string("id");
        draft.conversation = conversation;
        draft.author = record.first("author.nickname", "author.name");
        draft.authorId = record.string("author.id");
        draft.text = joinLines(record.string("content"), record.string("forwardedMessage.content"));
        if (!WRITTEN.has(record.string("type") ?? "Default")) draft.kind = KIND.system;
        draft.forwarded = isForward ? FORWARDED.yes : FORWARDED.no;
        if (!isForward) draft.replyTo = record.string("reference.messageId");
        draft.edited = record.string("timestampEdited") !== null;
        messages.setInstant(draft, record, "timestamp");
        messages.write(draft, record);
      },
    };
  },
});
