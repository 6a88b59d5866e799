/**
 * Telegram Desktop's HTML pages (messages.html, messages2.html, ...). What an element is, is told by its classes:
 *
 *     div.page_header div.text                        name of the chat
 *     div.message.service div.body                    what the program wrote; with small negative ids only dates
 *     div.message.default[.joined]                    joined: of the same author as the message before
 *       div.date.details[title]                       18.03.2024 21:05:00 UTC+05:00
 *       div.from_name                                 Name via @bot
 *       div.forwarded.body div.from_name              origin of a forward, left out if that of the message before
 *       div.reply_to a[href="#go_to_message45"]
 *       div.text, .media_poll .question, .answer      what people wrote
 *       .media_wrap .title, .description, .status     stands for media
 */
import { FORWARDED, KIND } from "../../core/message.ts";
import { MAX_RECORD_BYTES } from "../batcher.ts";
import { createDraft, type Draft, MAX_NAME } from "../draft.ts";
import type { Attributes } from "../html/attributes.ts";
import { ClassNames } from "../html/class-names.ts";
import { NO_ROLE } from "../html/page.ts";
import { HtmlReader, type MessageFinder } from "../html/reader.ts";
import { isPageWith } from "../html/sniff.ts";
import { addElement, endElement, HtmlText } from "../html/text.ts";
import { setOffsetTime } from "../html/time.ts";
import type { Format, ReaderOptions } from "../reader.ts";

export const TELEGRAM_HTML: Format = {
  name: "telegram-html",
  about: "Telegram Desktop HTML export (messages.html, messages2.html, ...)",
  extensions: [".html", ".htm"],
  sniff: (head) => (isPageWith(head, ['class="page_wrap'], ['class="message default', 'class="message service']) ? 0.95 : 0),
  open: (options, sink) => new HtmlReader(options, sink, (reader) => new TelegramFinder(reader, options)),
};

const CLASS = {
  message: 1 << 0,
  default: 1 << 1,
  service: 1 << 2,
  joined: 1 << 3,
  body: 1 << 4,
  date: 1 << 5,
  details: 1 << 6,
  from_name: 1 << 7,
  forwarded: 1 << 8,
  reply_to: 1 << 9,
  text: 1 << 10,
  question: 1 << 11,
  answer: 1 << 12,
  title: 1 << 13,
  description: 1 << 14,
  status: 1 << 15,
  page_header: 1 << 16,
} as const;
const ROW = CLASS.default | CLASS.service;
const POLL_LINE = CLASS.question | CLASS.answer;
const MEDIA_LINE = CLASS.title | CLASS.description | CLASS.status;

const ROLE = {
  header: 1,
  chat: 2,
  service: 3,
  notice: 4,
  message: 5,
  /** Whatever lies in a message and is nothing special. */
  inside: 6,
  forward: 7,
  author: 8,
  origin: 9,
  reply: 10,
  text: 11,
  pollLine: 12,
  mediaLine: 13,
  /** Text of the program within a name or a line of a poll. */
  aside: 14,
} as const;

const ELEMENT_ID = /^message(-?\d{1,16})$/u;
const REPLY_MARK = "#go_to_message";
/** Dates count down from -1. Lower ids than this have the messages of basic groups that became large ones. */
const MIGRATED_IDS = -500_000_000;
const UNSUPPORTED = "This message is not supported by this version of Telegram Desktop";
/** What is written in the place of a name that is gone. */
const DELETED_ACCOUNT = "Deleted Account";

class TelegramFinder implements MessageFinder {
  readonly program = "Telegram Desktop";
  skipped = 0;
  readonly #reader: HtmlReader;
  readonly #classes = new ClassNames(CLASS);
  readonly #name = new HtmlText(MAX_NAME);
  readonly #text = new HtmlText();
  readonly #line = new HtmlText();
  /** Of the open row. */
  #record: Draft = createDraft(1);
  #poll: string | null = null;
  #media: string | null = null;
  #conversation: string | null;
  /** Of the message before, for those that do not say it again. */
  #author: string | null = null;
  #origin: string | null = null;

  constructor(reader: HtmlReader, options: ReaderOptions) {
    this.#reader = reader;
    this.#conversation = options.known?.conversation ?? null;
  }

  open(tag: string, attributes: Attributes, within: number): number {
    const bits = this.#classes.bitsOf(attributes.class);
    if ((bits & CLASS.message) !== 0 && (bits & ROW) !== 0 && tag === "div") return this.#beginRow(bits, attributes.id);
    switch (within) {
      case NO_ROLE:
        return (bits & CLASS.page_header) !== 0 ? ROLE.header : NO_ROLE;
      case ROLE.header:
        return (bits & CLASS.text) !== 0 ? ROLE.chat : within;
      case ROLE.service:
        return (bits & CLASS.body) !== 0 ? ROLE.notice : within;
      case ROLE.message:
      case ROLE.inside:
      case ROLE.forward:
        return this.#openPart(bits, attributes, within === ROLE.forward ? ROLE.forward : ROLE.inside);
      case ROLE.reply:
        if (tag === "a") this.#record.replyTo = replyTarget(attributes.href) ?? this.#record.replyTo;
        return within;
      case ROLE.chat:
      case ROLE.author:
      case ROLE.origin:
        if ((bits & (CLASS.date | CLASS.details)) !== 0) return ROLE.aside;
        return within;
      case ROLE.pollLine:
        if ((bits & CLASS.details) !== 0) return ROLE.aside;
        addElement(this.#line, tag, attributes);
        return within;
      case ROLE.notice:
      case ROLE.text:
        addElement(this.#text, tag, attributes);
        return within;
      default:
        return within;
    }
  }

  text(piece: string, role: number): void {
    switch (role) {
      case ROLE.chat:
      case ROLE.author:
      case ROLE.origin:
        this.#name.add(piece);
        return;
      case ROLE.notice:
      case ROLE.text:
        this.#text.add(piece);
        return;
      case ROLE.pollLine:
      case ROLE.mediaLine:
        this.#line.add(piece);
    }
  }

  close(tag: string, role: number, isWhole: boolean): void {
    if (!isWhole) {
      if (role === ROLE.text || role === ROLE.notice) endElement(this.#text, tag);
      return;
    }
    switch (role) {
      case ROLE.chat:
        this.#conversation = this.#name.take() ?? this.#conversation;
        return;
      case ROLE.author:
        this.#author = personName(this.#name.take());
        return;
      case ROLE.origin:
        this.#origin = personName(this.#name.take());
        return;
      case ROLE.pollLine:
        this.#record.tooLong ||= this.#line.tooLong;
        this.#poll = this.#joinLines(this.#poll, withoutDash(this.#line.take()));
        return;
      case ROLE.mediaLine:
        this.#media = this.#joinLines(this.#media, this.#line.take());
        return;
      case ROLE.service:
        this.#endNotice();
        return;
      case ROLE.message:
        this.#endMessage();
    }
  }
  #beginRow(bits: number, elementId: string): number {
    const record = this.#reader.beginRow();
    const id = ELEMENT_ID.exec(elementId)?.[1];
    const isService = (bits & CLASS.service) !== 0;
    if (isService && Number(id) < 0 && Number(id) > MIGRATED_IDS) {
      this.skipped++;
      return NO_ROLE;
    }
    const number = this.#reader.beginMessage();
    record.id = id ?? String(number);
    if (id !== undefined) record.locator = `#${elementId}`;
    record.forwarded = FORWARDED.no;
    record.conversation = this.#conversation;
    this.#record = record;
    this.#text.clear();
    this.#poll = null;
    this.#media = null;
    if (isService) return ROLE.service;
    if ((bits & CLASS.joined) === 0) {
      this.#author = null;
      this.#origin = null;
    }
    return ROLE.message;
  }

  /** @param within is what the element is if it is nothing special. */
  #openPart(bits: number, attributes: Attributes, within: number): number {
    const record = this.#record;
    if ((bits & CLASS.date) !== 0 && within === ROLE.inside) setOffsetTime(record, attributes.title);
    if ((bits & CLASS.text) !== 0) return ROLE.text;
    if ((bits & POLL_LINE) !== 0) return ROLE.pollLine;
    if ((bits & MEDIA_LINE) !== 0) return ROLE.mediaLine;
    if ((bits & CLASS.reply_to) !== 0) return ROLE.reply;
    if ((bits & CLASS.from_name) !== 0) return within === ROLE.forward ? ROLE.origin : ROLE.author;
    if ((bits & CLASS.forwarded) === 0 || (bits & CLASS.body) === 0) return within;
    record.forwarded = FORWARDED.yes;
    return ROLE.forward;
  }

  #endNotice(): void {
    const record = this.#record;
    record.tooLong = this.#text.tooLong;
    record.text = this.#text.take();
    record.kind = record.text?.startsWith(UNSUPPORTED) === true ? KIND.placeholder : KIND.system;
    this.#reader.write(record);
  }

  #endMessage(): void {
    const record = this.#record;
    record.tooLong ||= this.#text.tooLong;
    const text = this.#joinLines(this.#text.take(), this.#poll);
    record.kind = text === null ? KIND.placeholder : KIND.user;
    record.text = text ?? this.#media;
    record.author = this.#author;
    if (record.forwarded === FORWARDED.no) this.#origin = null;
    record.origin = this.#origin;
    this.#reader.write(record);
  }

  #joinLines(lines: string | null, line: string | null): string | null {
    if (lines === null || line === null) return lines ?? line;
    if (lines.length + line.length < MAX_RECORD_BYTES) return `${lines}\n${line}`;
    this.#record.tooLong = true;
    return lines;
  }
}

/** @param href `#go_to_message45`, or with the name of another page before it. */
function replyTarget(href: string): string | null {
  const at = href.lastIndexOf(REPLY_MARK);
  const id = at < 0 ? "" : href.slice(at + REPLY_MARK.length);
  return /^-?\d{1,16}$/u.test(id) ? id : null;
}

/** A name without the bot by whose help something was written; null for accounts that are gone. */
function personName(name: string | null): string | null {
  if (name === null) return null;
  const at = name.lastIndexOf(" via @");
  const person = at > 0 && /^\w+$/u.test(name.slice(at + 6)) ? name.slice(0, at).trimEnd() : name;
  return person === DELETED_ACCOUNT ? null : person;
}

/** An answer of a poll without what is written before each. */
function withoutDash(line: string | null): string | null {
  return line?.startsWith("- ") === true ? line.slice(2) : line;
}
