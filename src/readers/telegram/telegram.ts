import { Batcher, MAX_RECORD_SIZE, TOO_LONG } from "../batcher.ts";
import { readJsonHead } from "../json/head.ts";
import { valueText } from "../json/member.ts";
import { compilePaths } from "../json/paths.ts";
import { RecordScanner, type RecordTarget } from "../json/scanner.ts";
import { type BatchSink, type Format, NOTHING_TO_REPORT, type Reader, type ReaderOptions, type ReaderReport } from "../reader.ts";
import { TelegramMessageReader } from "./message.ts";

export const TELEGRAM: Format = {
  name: "telegram",
  about: "Telegram Desktop JSON export (result.json), of one chat or of an account",
  extensions: [".json"],
  sniff,
  open: (options, sink) => new TelegramReader(options, sink),
};

const ROOTS = compilePaths(["messages[]", "chats.list[].messages[]", "left_chats.list[].messages[]"]);
/** What names a chat, the first first; they stand before its messages. */
const CHAT_NAMES: readonly string[] = ["name", "id"];

class TelegramReader implements Reader, RecordTarget {
  readonly #batcher: Batcher;
  readonly #scanner: RecordScanner;
  readonly #messages: TelegramMessageReader;
  readonly #notes: string[] = [];
  #number = 0;
  /** By place in CHAT_NAMES. */
  readonly #names: (string | null)[] = CHAT_NAMES.map(() => null);
  #chat: string | null = null;
  /** ".chats.list[3].messages", as the beginning of a locator. */
  #path: Uint8Array = new Uint8Array(0);

  constructor(options: ReaderOptions, sink: BatchSink) {
    this.#batcher = new Batcher(options.source, sink);
    this.#messages = new TelegramMessageReader(options, this.#batcher);
    this.#scanner = new RecordScanner(ROOTS, new Set(CHAT_NAMES), this);
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  flush(): void {
    this.#batcher.flush();
  }

  finish(): void {
    const { unfinished, unfinishedLine } = this.#scanner;
    if (unfinished === "record") {
      this.#fail(unfinishedLine, "E_TRUNCATED", "The file ends in the middle of this message. Export it again.");
      this.#notes.push(`The file ends in the middle of message ${this.#number}; export it again.`);
    } else if (unfinished === "file") {
      this.#notes.push(`The file breaks off after message ${this.#number}; what came after it is missing. Export it again.`);
    }
    if (!this.#scanner.foundRecords) {
      this.#notes.push('No "messages" were found where Telegram Desktop writes them. Export as JSON, or name another format with --from.');
    }
    this.#batcher.flush();
  }

  report(): ReaderReport {
    return { ...NOTHING_TO_REPORT, repaired: this.#messages.repaired, notes: this.#notes };
  }

  enterObject(): void {
    this.#names.fill(null);
  }

  fact(_depth: number, key: string, bytes: Uint8Array, start: number, end: number): void {
    this.#names[CHAT_NAMES.indexOf(key)] = valueText(bytes, start, end);
  }

  enterRecords(path: string): void {
    this.#chat = this.#names.find((name) => name !== null) ?? null;
    this.#path = new TextEncoder().encode(path);
  }

  record(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#number++;
    this.#messages.read(bytes, start, end, {
      number: this.#number,
      line,
      chat: this.#chat,
      path: this.#path,
      index: this.#scanner.recordIndex,
    });
  }

  longRecord(line: number): void {
    this.#fail(line, TOO_LONG, `The message is longer than ${MAX_RECORD_SIZE} and was skipped.`);
  }

  noRecord(line: number): void {
    this.#fail(line, "E_JSON", 'Expected a message, an object "{...}", and skipped what stands in its place.');
  }

  #fail(line: number, code: string, message: string): void {
    this.#number++;
    this.#batcher.fail(line, code, message);
  }
}

/** Keys of the root that only an account's export has, and what only Telegram's messages have. */
const ACCOUNT_KEYS = ["chats", "left_chats", "personal_information", "frequent_contacts"];
const MESSAGE_MARKS = ["date_unixtime", "text_entities", "from_id", "actor_id"];
const CHAT_TYPE =
  /^(?:saved_messages|replies|verification_codes|(?:personal|bot)_chat|private_(?:super)?group|public_supergroup|(?:private|public)_channel)$/u;
/** Keys of the root by which other exports with messages are told apart. */
const FOREIGN_KEYS = ["guild", "participants", "room_name"];

function sniff(bytes: Uint8Array): number {
  const head = readJsonHead(bytes);
  if (FOREIGN_KEYS.some((key) => head.has(key))) return 0;
  if (head.has("about") && ACCOUNT_KEYS.some((key) => head.has(key))) return 0.95;
  if (!head.has("messages")) return head.has("chats.list") || head.has("left_chats.list") || head.has("personal_information") ? 0.5 : 0;
  const marked = MESSAGE_MARKS.some((mark) => head.has(`messages[].${mark}`));
  return CHAT_TYPE.test(head.textOf("type") ?? "") || marked ? 0.95 : 0;
}
