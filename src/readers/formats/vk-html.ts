/**
 * Pages of the archive that VK gives people of their data (messages/<peer>/messagesN.html):
 *
 *     meta[name="jd"]                        {"user_id": 42} in base64: whose archive it is
 *     .ui_crumb                              the last one is the name of the chat
 *     div.message[data-id]
 *       div.message__header                  <a href="https://vk.com/id1">Name</a>, 3 дек 2018 в 17:44:05; own: Вы, 3 дек ...
 *         .message-edited
 *       div                                  what people wrote
 *         .kludges .attachment__description  stands for media and for forwarded messages, whose text is not there
 */
import { KIND, TIME } from "../../core/message.ts";
import { createDraft, type Draft, MAX_NAME } from "../draft.ts";
import type { Attributes } from "../html/attributes.ts";
import { ClassNames } from "../html/class-names.ts";
import { NO_ROLE } from "../html/page.ts";
import { HtmlReader, type MessageFinder } from "../html/reader.ts";
import { isPageWith } from "../html/sniff.ts";
import { addElement, endElement, HtmlText } from "../html/text.ts";
import { namedMonthTimeMs } from "../html/time.ts";
import type { Format, ReaderOptions } from "../reader.ts";

export const VK_HTML: Format = {
  name: "vk-html",
  about: "VK data archive (messages/<id>/messages0.html, messages50.html, ...)",
  extensions: [".html", ".htm"],
  sniff: (head) => (isPageWith(head, ["message__header"], ["data-id="]) ? 0.95 : 0),
  open: (options, sink) => new HtmlReader(options, sink, (reader) => new VkFinder(reader, options)),
};

const CLASS = {
  message: 1 << 0,
  message__header: 1 << 1,
  "message-edited": 1 << 2,
  "message-deleted": 1 << 3,
  message__deleted: 1 << 4,
  ui_crumb: 1 << 5,
  kludges: 1 << 6,
  attachment: 1 << 7,
  attachment__description: 1 << 8,
  attachment__link: 1 << 9,
  im_srv_lnk: 1 << 10,
  im_srv_mess: 1 << 11,
} as const;
const DELETED = CLASS["message-deleted"] | CLASS.message__deleted;
/** Only in what VK itself says of a chat: who came, what it is called. */
const NOTICE = CLASS.im_srv_lnk | CLASS.im_srv_mess;

const ROLE = {
  crumb: 1,
  message: 2,
  header: 3,
  link: 4,
  body: 5,
  kludges: 6,
  description: 7,
  /** What is written for machines, or said otherwise. */
  aside: 8,
} as const;

/** How the owner of an archive is called in it: in Russian and Belarusian, Ukrainian, English, Kazakh. */
const OWNERS: ReadonlySet<string> = new Set(["Вы", "Ви", "You", "Сіз"]);
/** Longest that a number of a person or message is, in digits. */
const ID = /^\d{1,19}$/u;
const MAX_JD = 4096;

class VkFinder implements MessageFinder {
  readonly program = "VK";
  readonly skipped = 0;
  readonly #reader: HtmlReader;
  readonly #classes = new ClassNames(CLASS);
  readonly #name = new HtmlText(MAX_NAME);
  readonly #header = new HtmlText(MAX_NAME);
  readonly #body = new HtmlText();
  /** What stands for attachments, and what else VK wrote in the message. */
  readonly #media = new HtmlText();
  readonly #notice = new HtmlText();
  #record: Draft = createDraft(1);
  #conversation: string | null;
  /** Number of the person whose archive it is. */
  #owner: string | null = null;

  constructor(reader: HtmlReader, options: ReaderOptions) {
    this.#reader = reader;
    this.#conversation = options.known?.conversation ?? null;
  }

  open(tag: string, attributes: Attributes, within: number): number {
    const bits = this.#classes.bitsOf(attributes.class);
    if ((bits & CLASS.message) !== 0 && tag === "div") return this.#beginMessage(attributes.dataId);
    if ((bits & DELETED) !== 0 && within >= ROLE.message) {
      this.#record.kind = KIND.deleted;
      return ROLE.aside;
    }
    switch (within) {
      case NO_ROLE:
        if (tag === "meta" && attributes.name === "jd") this.#owner = ownerOf(attributes.content);
        return (bits & CLASS.ui_crumb) !== 0 ? ROLE.crumb : NO_ROLE;
      case ROLE.message:
        return (bits & CLASS.message__header) !== 0 ? ROLE.header : ROLE.body;
      case ROLE.header:
        return this.#openInHeader(tag, bits, attributes.href);
      case ROLE.body:
      case ROLE.kludges:
        return this.#openInBody(tag, bits, attributes, within);
      case ROLE.description:
        addElement(this.#media, tag, attributes);
        return within;
      default:
        return within;
    }
  }

  text(piece: string, role: number): void {
    switch (role) {
      case ROLE.crumb:
      case ROLE.link:
        this.#name.add(piece);
        return;
      case ROLE.header:
        this.#header.add(piece);
        return;
      case ROLE.message:
      case ROLE.body:
        this.#body.add(piece);
        return;
      case ROLE.kludges:
        this.#notice.add(piece);
        return;
      case ROLE.description:
        this.#media.add(piece);
    }
  }

  close(tag: string, role: number, isWhole: boolean): void {
    if (!isWhole) {
      if (role === ROLE.body) endElement(this.#body, tag);
      return;
    }
    if (role === ROLE.crumb) this.#conversation = this.#name.take() ?? this.#conversation;
    else if (role === ROLE.link) this.#record.author = this.#name.take();
    else if (role === ROLE.header) this.#endHeader();
    else if (role === ROLE.description) this.#media.breakBlock();
    else if (role === ROLE.message) this.#endMessage();
  }

  #beginMessage(dataId: string): number {
    const record = this.#reader.beginRow();
    const number = this.#reader.beginMessage();
    const isSound = ID.test(dataId);
    record.id = isSound ? dataId : String(number);
    if (isSound) record.locator = `[data-id="${dataId}"]`;
    record.conversation = this.#conversation;
    this.#record = record;
    this.#header.clear();
    this.#body.clear();
    this.#media.clear();
    this.#notice.clear();
    return ROLE.message;
  }

  #openInHeader(tag: string, bits: number, href: string): number {
    if ((bits & CLASS["message-edited"]) !== 0) {
      this.#record.edited = true;
      return ROLE.aside;
    }
    if (tag !== "a" || this.#record.author !== null) return ROLE.header;
    this.#record.authorId = peerOf(href);
    return ROLE.link;
  }

  #openInBody(tag: string, bits: number, attributes: Attributes, within: number): number {
    if ((bits & NOTICE) !== 0 && this.#record.kind === KIND.user) this.#record.kind = KIND.system;
    if ((bits & CLASS.attachment__description) !== 0) return ROLE.description;
    if ((bits & CLASS.attachment__link) !== 0) return ROLE.aside;
    if ((bits & (CLASS.kludges | CLASS.attachment)) !== 0) return ROLE.kludges;
    addElement(within === ROLE.body ? this.#body : this.#notice, tag, attributes);
    return within;
  }

  /** Reads `, 3 дек 2018 в 17:44:05` after a link, or the same with a name before it, which may hold commas too. */
  #endHeader(): void {
    const record = this.#record;
    const header = this.#header.take() ?? "";
    const first = header.indexOf(",");
    let comma = first;
    let sentAtMs = namedMonthTimeMs(header.slice(comma + 1));
    while (Number.isNaN(sentAtMs) && comma >= 0) {
      comma = header.indexOf(",", comma + 1);
      if (comma >= 0) sentAtMs = namedMonthTimeMs(header.slice(comma + 1));
    }
    if (!Number.isNaN(sentAtMs)) {
      record.sentAtMs = sentAtMs;
      record.timeKind = TIME.local;
    }
    const name = header.slice(0, Math.max(0, comma >= 0 ? comma : first)).trim();
    if (record.author !== null || name === "") return;
    record.author = name;
    if (OWNERS.has(name)) record.authorId = this.#owner;
  }

  #endMessage(): void {
    const record = this.#record;
    record.tooLong = this.#body.tooLong || this.#media.tooLong || this.#notice.tooLong;
    const text = this.#body.take();
    const media = this.#media.take();
    const notice = this.#notice.take();
    record.text = text;
    if (record.kind === KIND.system) record.text = text === null || notice === null ? (text ?? notice) : `${text} ${notice}`;
    else if (record.kind === KIND.user && text === null) {
      record.kind = KIND.placeholder;
      record.text = media;
    }
    this.#reader.write(record);
  }
}

/** @param content JSON in base64. @returns null if it is no such thing. */
function ownerOf(content: string): string | null {
  if (content.length > MAX_JD) return null;
  try {
    const id = String(JSON.parse(Buffer.from(content, "base64").toString("utf8")).user_id);
    return ID.test(id) ? id : null;
  } catch {
    return null;
  }
}

/** Number of the person a link leads to; negative for communities; null for names in the place of numbers. */
function peerOf(href: string): string | null {
  const found = /(?:^|\/)(id|club|public|event)(\d{1,19})(?:$|[/?#])/u.exec(href);
  if (found === null) return null;
  return found[1] === "id" ? found[2]! : `-${found[2]}`;
}
