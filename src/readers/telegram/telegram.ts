import { Batcher, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { stringText } from "../json/member.ts";
import { type BatchSink, type Format, NOTHING_TO_REPORT, type Reader, type ReaderOptions, type ReaderReport } from "../reader.ts";
import { asBuffer } from "../utf8.ts";
import { TelegramMessageReader } from "./message.ts";
import { TelegramScanner, type TelegramTarget } from "./scanner.ts";

export const TELEGRAM: Format = {
  name: "telegram",
  about: "Telegram Desktop JSON export (result.json), of one chat or of an account",
  extensions: [".json"],
  sniff,
  open: (options, sink) => new TelegramReader(options, sink),
};

class TelegramReader implements Reader, TelegramTarget {
  readonly #batcher: Batcher;
  readonly #scanner: TelegramScanner;
  readonly #messages: TelegramMessageReader;
  readonly #notes: string[] = [];
  #number = 0;
  #chat: string | null = null;

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#batcher = new Batcher(options.source, sink);
    this.#messages = new TelegramMessageReader(options, this.#batcher);
    this.#scanner = new TelegramScanner(this);
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    const unfinished = this.#scanner.unfinished;
    if (unfinished === "message") {
      this.#fail("E_TRUNCATED", "The file ends in the middle of this message. Export it again.");
      this.#notes.push(`The file ends in the middle of message ${this.#number}; export it again.`);
    } else if (unfinished === "file") {
      this.#notes.push(`The file breaks off after message ${this.#number}; what came after it is missing. Export it again.`);
    }
    if (!this.#scanner.foundMessages) {
      this.#notes.push('No "messages" were found where Telegram Desktop writes them. Export as JSON, or name another format with --from.');
    }
    this.#batcher.flush();
  }

  report(): ReaderReport {
    return { ...NOTHING_TO_REPORT, notes: this.#notes };
  }

  chat(name: string | null): void {
    this.#chat = name;
  }

  longMessage(): void {
    this.#fail(TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was skipped.`);
  }

  noMessage(): void {
    this.#fail("E_JSON", 'Expected a message, an object "{...}", and skipped what stands in its place.');
  }

  message(bytes: Uint8Array, start: number, end: number): void {
    this.#messages.read(bytes, start, end, ++this.#number, this.#chat);
  }

  #fail(code: string, message: string): void {
    this.#batcher.fail(++this.#number, code, message);
  }
}

/** Keys of the root that only an account's export has, and what only Telegram's messages have. */
const ACCOUNT_KEYS = ["chats", "left_chats", "personal_information", "frequent_contacts"];
const MESSAGE_MARKS = ['"date_unixtime"', '"text_entities"', '"from_id"', '"actor_id"'];
const CHAT_TYPE =
  /^(?:saved_messages|replies|verification_codes|(?:personal|bot)_chat|private_(?:super)?group|public_supergroup|(?:private|public)_channel)$/u;
/** Keys of the root by which other exports with messages are told apart. */
const FOREIGN_KEYS = ["guild", "participants", "room_name"];

function sniff(head: Uint8Array): number {
  const cursor = new JsonCursor(true);
  const keys = new Set<string>();
  let type = "";
  let more = cursor.enter(head, 0, head.length, "{");
  while (more) {
    cursor.keyEnd = 0;
    more = cursor.nextMember();
    // A value that the end of the head cuts off still has its key.
    if (cursor.keyEnd === 0) break;
    const key = stringText(head, cursor.keyStart, cursor.keyEnd);
    keys.add(key);
    if (more && key === "type" && cursor.valueType === JSON_TYPE.string) {
      type = stringText(head, cursor.valueStart + 1, cursor.valueEnd - 1);
    }
  }
  if (FOREIGN_KEYS.some((key) => keys.has(key))) return 0;
  if (keys.has("about") && ACCOUNT_KEYS.some((key) => keys.has(key))) return 0.95;
  if (!keys.has("messages")) return ACCOUNT_KEYS.some((key) => keys.has(key)) ? 0.5 : 0;
  const text = asBuffer(head, 0, head.length);
  const marked = MESSAGE_MARKS.some((mark) => text.includes(mark));
  return CHAT_TYPE.test(type) || marked ? 0.95 : 0;
}
