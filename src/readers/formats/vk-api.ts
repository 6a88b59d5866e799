import { FORWARDED, KIND } from "../../core/message.ts";
import { type Draft, joinLines } from "../draft.ts";
import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import { type JsonMessages, jsonFormat } from "../json/format.ts";
import type { JsonHead } from "../json/head.ts";
import { fullName, nameSurvey } from "../json/names.ts";
import type { Format } from "../reader.ts";

/** Arrays of messages inside a message or page, and whether the inner ones were passed on from elsewhere. Attachments hold shared posts. */
const NESTED = [
  ["response.items", false],
  ["items", false],
  ["thread.items", false],
  ["comments.items", false],
  ["fwd_messages", true],
  ["copy_history", true],
  ["attachments", true],
] as const;
const SHARED = ["wall", "wall_reply"] as const;

/** Messages in messages that are followed; VK itself allows fewer. */
const MAX_DEPTH = 32;

/** Numbers from here on are chats among the ids of peers. */
const FIRST_CHAT = 2_000_000_000;

const PATHS = [
  "id",
  "conversation_message_id",
  "from_id",
  "user_id",
  "out",
  "owner_id",
  "to_id",
  "post_id",
  "peer_id",
  "chat_id",
  "date",
  "text",
  "body",
  "deleted",
  "is_deleted",
  "edited",
  "update_time",
  "action",
  "action.type",
  "action.text",
  "reply_to_comment",
  "reply_message.id",
  "reply_message.conversation_message_id",
  ...NESTED.map(([path]) => path),
  ...SHARED,
] as const;
type Path = (typeof PATHS)[number];
type Names = ReadonlyMap<string, string>;

/** Answers of VK's API: comments, posts and messages, whole, as arrays or one a line. */
export const VK_API: Format = jsonFormat({
  name: "vk",
  about: "VK API JSON: comments and posts of walls, messages of chats",
  extensions: [".json", ".jsonl", ".ndjson"],
  sniff,
  records: ["response.items[]", "items[]", "[]"],
  lines: true,
  paths: PATHS,
  survey: () =>
    nameSurvey({
      records: ["", "response.", "[].", "[].response."].flatMap((at) => NAME_ARRAYS.map((name) => `${at}${name}[]`)),
      paths: ["id", "first_name", "last_name", "name", "peer.id", "chat_settings.title"],
      nameOf(who, array) {
        const id = who.first("peer.id", "id");
        const name = who.first("name", "chat_settings.title") ?? fullName(who.string("first_name"), who.string("last_name"));
        return { id: id !== null && array.endsWith("groups") ? `-${id}` : id, name };
      },
    }),
  open({ known }) {
    const walk = new Walk(known?.names ?? new Map());
    return { read: (record, messages) => walk.start(record, messages) };
  },
});

const NAME_ARRAYS = ["profiles", "groups", "conversations"];

/** What an inner message has of the ones around it. */
interface Around {
  readonly draft: Draft;
  readonly ownerId: string | null;
  readonly postId: string | null;
}

/** Goes down into the messages of one record, with fields and a cursor of its own for each depth. */
class Walk {
  readonly #names: Names;
  readonly #fields: JsonFields<Path>[] = [];
  readonly #cursors: JsonCursor[] = [];

  constructor(names: Names) {
    this.#names = names;
  }

  start(record: JsonFields<Path>, messages: JsonMessages): void {
    const isPage = record.type("items") === JSON_TYPE.array || record.type("response.items") === JSON_TYPE.array;
    if (isMessage(record) || isPage) this.#visit(record, messages, 0, "", null, false);
    else messages.skipped++;
  }

  #visit(record: JsonFields<Path>, messages: JsonMessages, depth: number, inside: string, outer: Around | null, isForward: boolean): void {
    const around = isMessage(record) ? this.#write(record, messages, inside, outer, isForward) : outer;
    for (const path of SHARED) {
      const range = depth > 0 && record.type(path) === JSON_TYPE.object ? record.range(path)! : null;
      if (range !== null) this.#enter(record.bytes, range.start, range.end, messages, depth, `${inside}.${path}`, around, true);
    }
    for (const [path, forwards] of NESTED) {
      if (record.type(path) !== JSON_TYPE.array) continue;
      const { start, end } = record.range(path)!;
      this.#cursors[depth] ??= new JsonCursor(true);
      const cursor = this.#cursors[depth];
      cursor.enter(record.bytes, start, end, "[");
      for (let index = 0; cursor.nextElement(); index++) {
        if (cursor.valueType !== JSON_TYPE.object) continue;
        const place = `${inside}.${path}[${index}]`;
        this.#enter(record.bytes, cursor.valueStart, cursor.valueEnd, messages, depth, place, around, isForward || forwards);
      }
    }
  }

  #enter(
    bytes: Uint8Array,
    start: number,
    end: number,
    messages: JsonMessages,
    depth: number,
    inside: string,
    around: Around | null,
    isForward: boolean,
  ): void {
    if (depth === MAX_DEPTH) {
      messages.fail("E_TOO_DEEP", `Messages in more than ${MAX_DEPTH} others were skipped.`);
      return;
    }
    this.#fields[depth] ??= new JsonFields(PATHS);
    const fields = this.#fields[depth];
    fields.read(bytes, start, end);
    this.#visit(fields, messages, depth + 1, inside, around, isForward);
  }

  #write(record: JsonFields<Path>, messages: JsonMessages, inside: string, outer: Around | null, isForward: boolean): Around {
    const draft = messages.begin(inside);
    const ownerId = record.string("owner_id") ?? outer?.ownerId ?? null;
    const postId = record.string("post_id") ?? outer?.postId ?? null;
    const authorId = record.string("from_id") ?? (isTrue(record, "out") ? null : record.string("user_id")) ?? (isForward ? ownerId : null);
    const author = authorId === null ? null : (this.#names.get(authorId) ?? null);
    draft.id = realId(record.string("id")) ?? (isForward ? null : record.string("conversation_message_id"));
    draft.forwarded = isForward ? FORWARDED.yes : FORWARDED.no;
    if (isForward) {
      draft.origin = author ?? authorId;
      draft.author = outer?.draft.author ?? null;
      draft.authorId = outer?.draft.authorId ?? null;
      draft.conversation = outer?.draft.conversation ?? null;
    } else {
      draft.author = author;
      draft.authorId = authorId;
      draft.conversation = this.#conversation(record, ownerId, postId) ?? outer?.draft.conversation ?? null;
      const answered = realId(record.string("reply_message.id")) ?? record.string("reply_message.conversation_message_id");
      const thread = IN_THREAD.test(inside) ? (outer?.draft.id ?? null) : null;
      draft.replyTo = record.string("reply_to_comment") ?? answered ?? thread;
    }
    draft.edited = record.first("edited", "update_time") !== null;
    if (record.type("action") === JSON_TYPE.object) {
      draft.kind = KIND.system;
      draft.text = joinLines(record.string("action.type"), record.string("action.text"));
    } else draft.text = joinLines(plainText(record.first("text", "body")), ...pollTexts(record));
    if (isTrue(record, "deleted") || isTrue(record, "is_deleted")) draft.kind = KIND.deleted;
    messages.setInstant(draft, record, "date");
    messages.write(draft, record);
    return { draft, ownerId, postId: postId ?? (record.has("comments.items") ? draft.id : null) };
  }

  /** A chat's name or "chat 5", a person's name or id, or a post as VK links to it: "wall-1_45". */
  #conversation(record: JsonFields<Path>, ownerId: string | null, postId: string | null): string | null {
    const chatId = record.string("chat_id");
    const peerId = chatId === null ? record.string("peer_id") : String(FIRST_CHAT + Number(chatId));
    const partnerId = peerId ?? (record.has("body") ? record.string("user_id") : null);
    if (partnerId !== null) {
      const named = this.#names.get(partnerId);
      const number = Number(partnerId);
      return named ?? (number > FIRST_CHAT ? `chat ${number - FIRST_CHAT}` : number < 0 ? `group ${-number}` : `user ${partnerId}`);
    }
    if (postId !== null) return `wall${ownerId ?? ""}_${postId}`;
    return ownerId === null ? null : (this.#names.get(ownerId) ?? `wall${ownerId}`);
  }
}

const IN_THREAD = /\.thread\.items\[\d+\]$/u;

/** Pages, people and attachments have no such members. */
function isMessage(record: JsonFields<Path>): boolean {
  const hasText = record.type("text") === JSON_TYPE.string || record.type("body") === JSON_TYPE.string;
  return (hasText && record.has("date")) || record.has("from_id") || record.has("deleted") || record.has("is_deleted");
}

/** VK writes true and 1 alike. */
function isTrue(record: JsonFields<Path>, path: Path): boolean {
  return record.isTrue(path) || record.string(path) === "1";
}

/** Of messages that are not the asker's the id is 0. */
function realId(id: string | null): string | null {
  return id === "0" ? null : id;
}

/** Texts with mentions as people see them: "[id5|Имя], привет" is "Имя, привет". */
function plainText(text: string | null): string | null {
  return text?.replaceAll(MENTION, "$1") ?? null;
}

const MENTION = /\[(?:id|club|public|event)\d{1,20}(?::[^[\]|\n]{0,64})?\|([^[\]\n]{0,256})\]/gu;

function pollTexts(record: JsonFields<Path>): (string | null)[] {
  const texts: (string | null)[] = [];
  for (const attachment of record.items("attachments", ["poll.question", "poll.answers"])) {
    texts.push(attachment.string("poll.question"));
    for (const answer of attachment.items("poll.answers", ["text"])) texts.push(answer.string("text"));
  }
  return texts;
}

/** Members by which VK's comments, posts and messages are told from others with a text, a date and a sender. */
const MARKS = ["post_id", "owner_id", "peer_id", "conversation_message_id", "parents_stack", "fwd_messages", "post_type", "read_state"];

function sniff(head: JsonHead): number {
  for (const at of ["response.items[].", "items[].", "[].", "", "[].items[].", "[].response.items[]."]) {
    const isMessage =
      (head.typeOf(`${at}from_id`) === JSON_TYPE.number || head.typeOf(`${at}user_id`) === JSON_TYPE.number) &&
      head.typeOf(`${at}date`) === JSON_TYPE.number &&
      (head.typeOf(`${at}text`) === JSON_TYPE.string || head.typeOf(`${at}body`) === JSON_TYPE.string);
    if (isMessage && (at.startsWith("response") || MARKS.some((mark) => head.has(at + mark)))) return 0.95;
  }
  return head.has("response.profiles[].first_name") || head.has("profiles[].first_name", "profiles[].last_name") ? 0.92 : 0;
}
