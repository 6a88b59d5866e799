import { KIND } from "../../core/message.ts";
import { joinLines } from "../draft.ts";
import type { JsonRecords } from "../json/format.ts";
import { valueText } from "../json/member.ts";
import { unescaped } from "../markup.ts";

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

type Event = (typeof EVENTS)[number];

const MESSAGE_PATHS = [
  "messageCreate.id",
  "messageCreate.text",
  "messageCreate.senderId",
  "messageCreate.createdAt",
  "messageCreate.editHistory",
] as const;
type Path = (typeof MESSAGE_PATHS)[number] | Event | `${Event}.${"createdAt" | "initiatingUserId" | "name"}`;
const PATHS: readonly Path[] = [
  ...MESSAGE_PATHS,
  ...EVENTS,
  ...EVENTS.flatMap((event) => [`${event}.createdAt`, `${event}.initiatingUserId`, `${event}.name`] as const),
];

/** Direct messages of an archive, of two or of groups. A conversation may be longer than memory, so messages are the records. */
export const X_DIRECT: JsonRecords<Path> = {
  records: ["[].dmConversation.messages[]"],
  facts: ["conversationId"],
  paths: PATHS,
  open({ known }) {
    let conversation: string | null = null;
    return {
      enterObject() {
        conversation = null;
      },
      fact(_key, value) {
        conversation = valueText(value, 0, value.length);
      },
      read(record, messages) {
        const draft = messages.begin();
        draft.conversation = conversation;
        const event = EVENTS.find((name) => record.has(name));
        draft.id = record.string("messageCreate.id");
        draft.authorId = record.first("messageCreate.senderId", ...EVENTS.map((name) => `${name}.initiatingUserId` as const));
        draft.author = draft.authorId === null ? null : (known?.names?.get(draft.authorId) ?? null);
        draft.text = unescaped(record.string("messageCreate.text") ?? "") || null;
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
};
