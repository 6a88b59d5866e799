import { KIND } from "../../core/message.ts";
import { type Draft, joinLines, setUtc } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import type { JsonFields } from "../json/fields.ts";
import { jsonFormat } from "../json/format.ts";
import { valueText } from "../json/member.ts";
import type { Format } from "../reader.ts";

const PATHS = [
  "type",
  "event_id",
  "sender",
  "origin_server_ts",
  "state_key",
  "content",
  "content.body",
  "content.msgtype",
  "content.filename",
  "content.name",
  "content.topic",
  "content.membership",
  "content.reason",
  "content.org\\.matrix\\.msc1767\\.text",
  "content.m\\.text",
  "content.m\\.new_content.body",
  "content.m\\.relates_to.rel_type",
  "content.m\\.relates_to.event_id",
  "content.m\\.relates_to.m\\.in_reply_to.event_id",
  "unsigned.redacted_because",
  "unsigned.m\\.relations.m\\.replace",
  "unsigned.m\\.relations.m\\.replace.content.m\\.new_content.body",
] as const;
type Path = (typeof PATHS)[number];

/** Kinds of messages that stand for something that is no text, unless a caption says more. */
const MEDIA: ReadonlySet<string> = new Set(["m.image", "m.video", "m.audio", "m.file", "m.location", "m.bad.encrypted"]);
/** Kinds of messages that programs write; bots are asked to use notices. */
const PROGRAMS: ReadonlySet<string> = new Set(["m.notice", "m.server_notice", "m.key.verification.request"]);
const POLLS: ReadonlySet<string> = new Set(["m.poll.start", "org.matrix.msc3381.poll.start"]);

/**
 * Element's JSON export of a room of Matrix: a few words of its own around the events as the server sent them. An edit is an
 * event of its own: it is a message with the new text, edited, in reply to the one it changes. An event that carries its
 * latest edit with it has that one's text. Forwards are not recorded.
 */
export const MATRIX: Format = jsonFormat<Path>({
  name: "matrix",
  about: "Matrix, Element's JSON export of a room",
  extensions: [".json"],
  sniff(head) {
    if (head.has("room_name", "exported_by") || head.has("room_name", "messages[].origin_server_ts")) return 0.95;
    return head.has("messages[].origin_server_ts", "messages[].sender", "messages[].content") ? 0.95 : 0;
  },
  records: ["messages[]"],
  facts: ["room_name"],
  paths: PATHS,
  open(options) {
    const known = options.known?.conversation ?? null;
    let room = known;
    return {
      fact(_key, value) {
        if (known === null) room = valueText(value, 0, value.length) ?? room;
      },
      read(record, messages) {
        if (!record.has("type") && !record.has("event_id") && !record.has("content")) {
          messages.skipped++;
          return;
        }
        const draft = messages.begin();
        draft.id = record.string("event_id");
        draft.author = record.string("sender");
        draft.authorId = draft.author;
        draft.conversation = room;
        setUtc(draft, record.number("origin_server_ts"));
        setKindAndText(record, draft);
        messages.write(draft, record);
      },
    };
  },
});

function setKindAndText(record: JsonFields<Path>, draft: Draft): void {
  const type = record.string("type") ?? "";
  if (record.has("state_key")) {
    draft.kind = KIND.system;
    draft.text = joinLines(
      type,
      ...(["content.name", "content.topic", "content.membership", "content.reason"] as const).map((path) => record.string(path)),
    );
    return;
  }
  if (type === "m.room.encrypted" || type === "m.sticker") {
    draft.kind = KIND.placeholder;
    draft.text = record.string("content.body");
    return;
  }
  setRelation(record, draft);
  const text = POLLS.has(type) ? pollText(record) : bodyText(record, draft);
  draft.text = text;
  const isEmptied = type === "m.room.message" && !record.has("content.msgtype") && !record.has("content.body");
  if (isEmptied || record.type("unsigned.redacted_because") === JSON_TYPE.object) draft.kind = KIND.deleted;
  else if (type !== "m.room.message" && text === null) {
    draft.kind = KIND.system;
    draft.text = joinLines(type, record.string("content.reason"));
  } else draft.kind = kindOf(record, text);
}

function setRelation(record: JsonFields<Path>, draft: Draft): void {
  const isEdit = record.string("content.m\\.relates_to.rel_type") === "m.replace";
  draft.edited = isEdit || record.type("unsigned.m\\.relations.m\\.replace") === JSON_TYPE.object;
  draft.replyTo = record.first("content.m\\.relates_to.m\\.in_reply_to.event_id", "content.m\\.relates_to.event_id");
}

function bodyText(record: JsonFields<Path>, draft: Draft): string | null {
  const edited = record.first("content.m\\.new_content.body", "unsigned.m\\.relations.m\\.replace.content.m\\.new_content.body");
  const body = edited ?? record.string("content.body");
  return body === null || draft.replyTo === null ? body : withoutQuote(body);
}

/** A poll's question and its answers, as clients that know no polls show them. */
function pollText(record: JsonFields<Path>): string | null {
  const lines: (string | null)[] = [record.first("content.org\\.matrix\\.msc1767\\.text", "content.m\\.text", "content.body")];
  if (lines[0] === null) for (const text of record.items("content.m\\.text", ["body"])) lines.push(text.string("body"));
  return joinLines(...lines);
}

function kindOf(record: JsonFields<Path>, text: string | null): number {
  const kind = record.string("content.msgtype") ?? "";
  if (PROGRAMS.has(kind)) return KIND.system;
  if (!MEDIA.has(kind)) return KIND.user;
  const name = record.string("content.filename");
  const isCaption = name !== null && text !== name && kind !== "m.location" && kind !== "m.bad.encrypted";
  return isCaption ? KIND.user : KIND.placeholder;
}

/** A reply's body without the words of others that clients put before it: `> <@user:server> ...`, up to an empty line. */
function withoutQuote(body: string): string | null {
  if (!body.startsWith("> <@") && !body.startsWith("> * <@")) return body;
  let at = 0;
  while (body.startsWith(">", at)) {
    const newline = body.indexOf("\n", at);
    if (newline < 0) return null;
    at = newline + 1;
  }
  const words = body.slice(body[at] === "\n" ? at + 1 : at);
  return words === "" ? null : words;
}
