import { KIND } from "../../core/message.ts";
import { joinLines } from "../draft.ts";
import { jsonFormat } from "../json/format.ts";
import { stringText } from "../json/member.ts";
import type { Format } from "../reader.ts";

/** What happens in a group's conversation besides messages. */
const EVENTS = [
  "joinConversation",
  "participantsJoin",
  "participantsLeave",
  "conversationNameUpdate",
  "conversationAvatarUpdate",
  "trustConversation",
  "endAvBroadcast",
  "reactionCreate",
] as const;

/** Direct messages of an archive, of two or of groups. A conversation may be longer than memory, so messages are the records. */
export const X_DIRECT: Format = jsonFormat({
  name: "x",
  about: "direct messages",
  extensions: [],
  sniff: () => 0,
  records: ["[].dmConversation.messages[]"],
  facts: ["conversationId"],
  paths: [
    "messageCreate.id",
    "messageCreate.text",
    "messageCreate.senderId",
    "messageCreate.createdAt",
    "messageCreate.editHistory",
    ...EVENTS,
    ...EVENTS.flatMap((event) => [`${event}.createdAt`, `${event}.initiatingUserId`, `${event}.name`] as const),
  ],
  open({ known }) {
    let conversation: string | null = null;
    return {
      enterObject() {
        conversation = null;
      },
      fact(_key, value) {
        conversation = value[0] === QUOTE ? stringText(value, 1, value.length - 1) : null;
      },
      read(record, messages) {
        const draft = messages.begin();
        draft.conversation = conversation;
        const event = EVENTS.find((name) => record.has(name));
        draft.id = record.string("messageCreate.id");
        draft.authorId = record.first("messageCreate.senderId", ...EVENTS.map((name) => `${name}.initiatingUserId` as const));
        draft.author = draft.authorId === null ? null : (known?.names?.get(draft.authorId) ?? null);
        draft.text = unescaped(record.string("messageCreate.text"));
        draft.edited = !record.items("messageCreate.editHistory", ["createdAtSec"]).next().done;
        messages.setInstant(draft, record, event === undefined ? "messageCreate.createdAt" : `${event}.createdAt`);
        if (!record.has("messageCreate.id")) {
          draft.kind = KIND.system;
          draft.text = joinLines(event ?? null, event === undefined ? null : record.string(`${event}.name`));
        }
        messages.write(draft, record);
      },
    };
  },
});

const QUOTE = 34;

/** Texts of X with the only three characters that it escapes. */
export function unescaped(text: string | null): string | null {
  return text?.replaceAll(/&(?:amp|lt|gt);/gu, (sign) => (sign === "&amp;" ? "&" : sign === "&lt;" ? "<" : ">")) ?? null;
}
