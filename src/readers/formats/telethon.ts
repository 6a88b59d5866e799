import { FORWARDED, KIND } from "../../core/message.ts";
import { joinLines } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import type { JsonFields } from "../json/fields.ts";
import { jsonFormat } from "../json/format.ts";
import type { JsonHead } from "../json/head.ts";
import { nameSurvey, shownName } from "../json/names.ts";
import type { Format } from "../reader.ts";

/** Where a peer stands: an object with one id that says what it is of, or, in old dumps, a user's number. */
const PEERS = ["peer_id", "to_id", "from_id", "fwd_from.from_id", "fwd_from"] as const;
const PEER_IDS = ["user_id", "channel_id", "chat_id"] as const;
type PeerPath = (typeof PEERS)[number];

/** Objects that dumps put beside a message to name its people. */
const WHO = ["_sender", "sender", "_chat", "chat"] as const;
const WHO_NAMES = ["first_name", "last_name", "title", "username"] as const;

const PATHS = [
  "_",
  "_type",
  "id",
  "message\\.id",
  "message",
  "text",
  "date",
  "edit_date",
  "edit_hide",
  "out",
  "sender_id",
  "post_author",
  "action",
  "action._",
  "action._type",
  "action.title",
  "action.message",
  "fwd_from.from_name",
  "reply_to.reply_to_msg_id",
  "reply_to_msg_id",
  "reply_to_id",
  "media.poll.question",
  "media.poll.question.text",
  "media.poll.answers",
  "media.todo.title.text",
  "media.todo.list",
  ...PEERS,
  ...PEERS.flatMap((peer) => PEER_IDS.map((id) => `${peer}.${id}` as const)),
  ...WHO.flatMap((who) => WHO_NAMES.map((name) => `${who}.${name}` as const)),
] as const;
type Path = (typeof PATHS)[number];

/** Dumps of Telethon's messages: as Telethon writes them, with 4CAT's `_type` for `_`, or flat with the key "message.id". */
export const TELETHON: Format = jsonFormat({
  name: "telethon",
  about: "Telegram messages scraped with Telethon or 4CAT, JSON or one message a line",
  extensions: [".json", ".jsonl", ".ndjson"],
  sniff,
  records: ["[]", "messages[]"],
  lines: true,
  paths: PATHS,
  // Raw answers of Telegram name their users and chats behind the messages.
  survey: () =>
    nameSurvey({
      records: ["users[]", "chats[]"],
      paths: ["_", "_type", "id", "first_name", "last_name", "username", "title"],
      nameOf(who) {
        const what = who.first("_", "_type")?.startsWith("Channel") ? "channel" : who.has("title") ? "chat" : "user";
        const id = who.string("id");
        const name = shownName(who.string("title"), who.string("first_name"), who.string("last_name"), who.string("username"));
        return { id: id === null ? null : markedId(id, what), name };
      },
    }),
  open({ known }) {
    const nameOf = (id: string | null): string | null => (id === null ? null : (known?.names?.get(id) ?? null));
    return {
      read(record, messages) {
        const type = record.first("_", "_type");
        const isMessage = type === null ? record.has("message\\.id") || record.has("message") : type.startsWith("Message");
        if (!isMessage) {
          messages.skipped++;
          return;
        }
        const chat = findPeer(record, "peer_id") ?? findPeer(record, "to_id");
        const draft = messages.begin();
        draft.id = record.first("message\\.id", "id");
        draft.replyTo = record.first("reply_to.reply_to_msg_id", "reply_to_msg_id", "reply_to_id");
        draft.conversation = nameBeside(record, "_chat") ?? nameBeside(record, "chat") ?? nameOf(chat?.id ?? null) ?? chat?.label ?? null;
        draft.authorId = findPeer(record, "from_id")?.id ?? record.string("sender_id") ?? (isSender(chat, record) ? chat.id : null);
        draft.author =
          nameBeside(record, "_sender") ?? nameBeside(record, "sender") ?? record.string("post_author") ?? nameOf(draft.authorId);
        draft.edited = record.string("edit_date") !== null && !record.isTrue("edit_hide");
        setOrigin(draft, record, nameOf);
        if (type === "MessageEmpty") {
          draft.kind = KIND.deleted;
          draft.authorId = null;
          draft.author = null;
        } else if (type === "MessageService" || record.type("action") === JSON_TYPE.object) {
          draft.kind = KIND.system;
          draft.text = joinLines(record.first("action._", "action._type"), record.string("action.title"), record.string("action.message"));
        } else draft.text = joinLines(record.first("message", "text"), ...askedTexts(record));
        messages.setInstant(draft, record, "date");
        messages.write(draft, record);
      },
    };
  },
});

interface Peer {
  /** As `markedId` gives it. */
  readonly id: string;
  readonly what: string;
  /** "channel 123" */
  readonly label: string;
}

/** A post of a channel has no sender but the channel; in a chat of two what the owner did not send is the other's. */
function isSender(chat: Peer | null, record: JsonFields<Path>): chat is Peer {
  return chat?.what === "channel" || (chat?.what === "user" && record.has("out") && !record.isTrue("out"));
}

function findPeer(record: JsonFields<Path>, path: PeerPath): Peer | null {
  for (const key of PEER_IDS) {
    const id = record.string(`${path}.${key}`);
    const what = key.slice(0, -"_id".length);
    if (id !== null) return { id: markedId(id, what), what, label: `${what} ${id}` };
  }
  const number = record.string(path);
  return number === null ? null : { id: number, what: "user", label: `user ${number}` };
}

/** An id as Telethon and the Bot API mark it, so that people, groups and channels do not share one: 5, -5, -1000000000005. */
function markedId(id: string, what: string): string {
  if (what === "user" || !/^\d{1,12}$/u.test(id)) return id;
  return what === "channel" ? `-1${id.padStart(12, "0")}` : `-${id}`;
}

function nameBeside(record: JsonFields<Path>, who: (typeof WHO)[number]): string | null {
  const [first, last, title, username] = WHO_NAMES.map((name) => record.string(`${who}.${name}`));
  return shownName(title!, first!, last!, username!);
}

/** Dumps tell forwards by an object, and by null that there is none; flat ones tell nothing. */
function setOrigin(
  draft: { forwarded: number; origin: string | null },
  record: JsonFields<Path>,
  nameOf: (id: string | null) => string | null,
): void {
  if (record.type("fwd_from") !== JSON_TYPE.object) {
    const tells = record.has("fwd_from") || record.has("peer_id") || record.has("to_id");
    draft.forwarded = tells ? FORWARDED.no : FORWARDED.unknown;
    return;
  }
  const peer = findPeer(record, "fwd_from.from_id") ?? findPeer(record, "fwd_from");
  draft.forwarded = FORWARDED.yes;
  draft.origin = record.string("fwd_from.from_name") ?? nameOf(peer?.id ?? null) ?? peer?.label ?? null;
}

/** What people wrote into polls and task lists. */
function askedTexts(record: JsonFields<Path>): (string | null)[] {
  const texts = [record.first("media.poll.question", "media.poll.question.text")];
  for (const answer of record.items("media.poll.answers", ["text", "text.text"])) texts.push(answer.first("text", "text.text"));
  texts.push(record.string("media.todo.title.text"));
  for (const task of record.items("media.todo.list", ["title.text"])) texts.push(task.string("title.text"));
  return texts;
}

const MESSAGE_TYPE = /^Message(?:Service|Empty)?$/u;

function sniff(head: JsonHead): number {
  for (const at of ["", "[].", "messages[]."]) {
    const isMarked = MESSAGE_TYPE.test(head.textOf(`${at}_`) ?? head.textOf(`${at}_type`) ?? "");
    const hasPeer = head.has(`${at}peer_id`) || head.has(`${at}to_id`);
    if (isMarked && hasPeer) return 0.97;
    if (hasPeer && head.has(`${at}message`, `${at}date`, `${at}fwd_from`)) return 0.95;
    const isFlat = head.typeOf(`${at}message.id`) === JSON_TYPE.number && !head.has(`${at}message`);
    if (isFlat && head.has(`${at}text`, `${at}date`)) return 0.95;
  }
  return 0;
}
