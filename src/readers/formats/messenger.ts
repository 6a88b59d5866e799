import { FORWARDED, KIND } from "../../core/message.ts";
import { type Draft, joinLines, setUtc } from "../draft.ts";
import type { JsonFields } from "../json/fields.ts";
import { type JsonMessages, jsonFormat, type RecordMapper } from "../json/format.ts";
import type { JsonHead } from "../json/head.ts";
import { MojibakeRepair } from "../json/mojibake.ts";
import type { Format } from "../reader.ts";
import { CommentReader } from "./instagram-comment.ts";
import { isAutoText } from "./messenger-phrases.ts";
import { factText, participantNames, ThreadSurvey } from "./messenger-thread.ts";

/** Types of rows that no person writes; newer files name none. */
const PROGRAM_TYPES: ReadonlySet<string> = new Set(["Call", "Subscribe", "Unsubscribe"]);

const PATHS = [
  "sender_name",
  "timestamp_ms",
  "content",
  "type",
  "is_unsent",
  "call_duration",
  "share.share_text",
  "share.original_content_owner",
  "senderName",
  "timestamp",
  "text",
  "isUnsent",
  "string_map_data",
] as const;
type Path = (typeof PATHS)[number];

/**
 * Messenger and Instagram, the classic files (`message_1.json`), those of end-to-end encrypted chats, and comments on
 * Instagram. Only classic files need the repair of their letters. The text of a shared post (`share_text`) is not typed by who
 * shares it, but passed on: such a message is forwarded. Bare links, pictures and stickers are placeholders.
 */
export const MESSENGER: Format = jsonFormat<Path>({
  name: "messenger",
  about: "Facebook Messenger and Instagram JSON (message_1.json, encrypted chats, post_comments_1.json)",
  extensions: [".json"],
  sniff,
  records: ["messages[]", "[]", "comments_reels_comments[]"],
  facts: ["participants", "threadName"],
  paths: PATHS,
  survey: () => new ThreadSurvey(),
  open: (options) => new MessengerMapper(options.known?.conversation ?? null),
});

function sniff(head: JsonHead): number {
  const isMarked =
    head.has("messages[].sender_name", "messages[].timestamp_ms") ||
    head.has("messages[].senderName", "messages[].timestamp") ||
    head.has("participants[].name", "messages", "thread_path") ||
    head.has("participants", "threadName") ||
    head.has("[].string_map_data") ||
    head.has("comments_reels_comments[].string_map_data");
  if (isMarked) return 0.95;
  return head.has("participants[].name", "messages") ? 0.8 : 0;
}

class MessengerMapper implements RecordMapper<Path> {
  readonly #repair = new MojibakeRepair();
  readonly #comments = new CommentReader();
  #foreignMessages = 0;
  #brokenMessages = 0;
  #conversation: string | null;
  /** The name is the program's or a guess, so a better one may come. */
  #isGuess: boolean;

  constructor(conversation: string | null) {
    this.#conversation = conversation;
    this.#isGuess = conversation === null;
  }

  fact(key: string, value: Uint8Array): void {
    if (!this.#isGuess) return;
    const name = key === "participants" ? participantNames(value) : factText(key, value);
    if (name === null) return;
    this.#conversation = name;
    this.#isGuess = key === "participants";
  }

  read(record: JsonFields<Path>, messages: JsonMessages): void {
    const { repaired, foreign, broken } = this.#repair;
    const draft = messages.begin();
    draft.conversation = this.#conversation;
    if (record.has("string_map_data")) {
      if (!this.#comments.read(record, "string_map_data", draft, this.#repair)) {
        messages.skipped++;
        return;
      }
    } else if (record.has("senderName")) readEncrypted(record, draft);
    else if (record.has("sender_name") || record.has("timestamp_ms")) this.#readClassic(record, draft);
    else {
      messages.skipped++;
      return;
    }
    if (this.#repair.repaired > repaired) messages.repaired++;
    if (this.#repair.foreign > foreign) this.#foreignMessages++;
    if (this.#repair.broken > broken) this.#brokenMessages++;
    messages.write(draft, record);
  }

  #readClassic(record: JsonFields<Path>, draft: Draft): void {
    const content = this.#text(record, "content");
    const shared = this.#text(record, "share.share_text");
    draft.author = this.#text(record, "sender_name");
    setUtc(draft, record.number("timestamp_ms"));
    const isAuto =
      record.has("call_duration") ||
      PROGRAM_TYPES.has(record.string("type") ?? "") ||
      (content !== null && isAutoText(content, draft.author));
    draft.text = content;
    if (record.isTrue("is_unsent")) {
      draft.kind = KIND.deleted;
      if (isAuto) draft.text = null;
    } else if (shared !== null) {
      draft.text = isAuto || content === shared ? shared : joinLines(content, shared);
      draft.forwarded = FORWARDED.yes;
      draft.origin = this.#text(record, "share.original_content_owner");
    } else if (isAuto) draft.kind = KIND.system;
  }

  #text(record: JsonFields<Path>, path: Path): string | null {
    const text = record.string(path);
    return text === null ? null : this.#repair.repair(text);
  }

  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#foreignMessages > 0)
      notes.push(
        `${holds(this.#foreignMessages)} letters that Facebook does not write in such files; they stayed as found, perhaps they were put right before.`,
      );
    if (this.#brokenMessages > 0)
      notes.push(`${holds(this.#brokenMessages)} letters whose bytes are no UTF-8; they could not be put right and stayed as found.`);
    return notes;
  }
}

function readEncrypted(record: JsonFields<Path>, draft: Draft): void {
  draft.author = record.string("senderName");
  setUtc(draft, record.number("timestamp"));
  draft.text = record.string("text");
  const isAuto = PROGRAM_TYPES.has(record.string("type") ?? "") || (draft.text !== null && isAutoText(draft.text, draft.author));
  if (record.isTrue("isUnsent")) {
    draft.kind = KIND.deleted;
    if (isAuto) draft.text = null;
  } else if (isAuto) draft.kind = KIND.system;
}

function holds(messages: number): string {
  return messages === 1 ? "1 message holds" : `${messages} messages hold`;
}
