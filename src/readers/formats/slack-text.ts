/** Text as Slack keeps it: marked up, in blocks, in attachments. */
import { joinLines } from "../draft.ts";
import { JSON_TYPE } from "../json/cursor.ts";
import type { JsonFields } from "../json/fields.ts";
import { unescaped } from "../markup.ts";

/** Names of people by their ids. */
export type SlackNames = ReadonlyMap<string, string>;

/**
 * What a person saw and typed: `<@U1>` is "@Name" (the id where nobody knows a name), `<#C1|name>` "#name", `<!here>` "@here",
 * `<url|label>` "label url", so that neither hides the other. Signs for bold and code stay as typed.
 */
export function slackText(marked: string, names: SlackNames): string {
  return marked.replace(/<([^<>]*)>|&(?:amp|lt|gt);/gu, (whole: string, inside: string | undefined) =>
    unescaped(inside === undefined ? whole : tokenText(inside, names)),
  );
}

function tokenText(token: string, names: SlackNames): string {
  const bar = token.indexOf("|");
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? "" : token.slice(bar + 1);
  switch (target[0]) {
    case "@":
      return `@${names.get(target.slice(1)) ?? (label || target.slice(1))}`;
    case "#":
      return `#${label || target.slice(1)}`;
    case "!":
      return label || `@${target.slice(1)}`;
    default:
      return label === "" || target === label ? target : isSameLink(target, label) ? label : `${label} ${target}`;
  }
}

/** Whether the link is the label with what Slack puts around an address that somebody typed. */
function isSameLink(target: string, label: string): boolean {
  return LINK_STARTS.some((start) => target === start + label || target === `${start}${label}/`);
}

const LINK_STARTS = ["http://", "https://", "mailto:", "tel:"];

const BLOCK_PATHS = ["type", "text", "text.text", "elements", "fields", "user_id", "channel_id", "url", "name", "range"] as const;
type BlockPath = (typeof BLOCK_PATHS)[number];

/** Blocks in blocks that are followed: list, section, element leave one to spare. */
const MAX_BLOCK_DEPTH = 5;

/** The text of an array of blocks, a block or section on a line of its own; null if there is none. */
export function blocksText<Path extends string>(record: JsonFields<Path>, path: Path, names: SlackNames): string | null {
  const lines: (string | null)[] = [];
  for (const block of record.items(path, BLOCK_PATHS)) lines.push(blockText(block, names, 1));
  return joinLines(...lines);
}

function blockText(block: JsonFields<BlockPath>, names: SlackNames, depth: number): string | null {
  const type = block.string("type");
  const inline = INLINE.get(type ?? "");
  if (inline !== undefined) return inline(block, names);
  const text = block.string(block.type("text") === JSON_TYPE.object ? "text.text" : "text");
  if (depth === MAX_BLOCK_DEPTH) return text === null ? null : slackText(text, names);
  const pieces: (string | null)[] = text === null ? [] : [slackText(text, names)];
  for (const path of ["fields", "elements"] as const)
    for (const inner of block.items(path, BLOCK_PATHS)) pieces.push(blockText(inner, names, depth + 1));
  return type?.startsWith("rich_text_") && type !== "rich_text_list" ? pieces.join("") : joinLines(...pieces);
}

type InlineText = (element: JsonFields<BlockPath>, names: SlackNames) => string | null;

/** Elements of running text, which are not marked up. */
const INLINE: ReadonlyMap<string, InlineText> = new Map<string, InlineText>([
  ["text", (element) => element.string("text")],
  ["user", (element, names) => `@${names.get(element.string("user_id") ?? "") ?? element.string("user_id") ?? ""}`],
  ["channel", (element) => `#${element.string("channel_id") ?? ""}`],
  ["broadcast", (element) => `@${element.string("range") ?? ""}`],
  ["emoji", (element) => `:${element.string("name") ?? ""}:`],
  ["link", linkText],
]);

function linkText(element: JsonFields<BlockPath>): string {
  const url = element.string("url") ?? "";
  const label = element.string("text");
  return label === null || label === url ? url : `${label} ${url}`;
}

const ATTACHMENT_PATHS = ["pretext", "title", "text", "fallback", "fields", "is_share", "author_name", "from_url"] as const;

/** What a message's attachments hold. */
export interface SlackAttachments {
  /** All text, of programs that write there instead of in the message. */
  readonly text: string | null;
  /** The text of a message that was passed on, null if none was, and who wrote it. */
  readonly shared: string | null;
  readonly isShare: boolean;
  readonly origin: string | null;
}

export function readAttachments<Path extends string>(record: JsonFields<Path>, path: Path, names: SlackNames): SlackAttachments {
  const all: (string | null)[] = [];
  const shared: (string | null)[] = [];
  let isShare = false;
  let origin: string | null = null;
  for (const attachment of record.items(path, ATTACHMENT_PATHS)) {
    const texts = (["pretext", "title", "text"] as const).map((key) => attachment.string(key));
    for (const field of attachment.items("fields", ["title", "value"])) texts.push(field.string("title"), field.string("value"));
    const marked = joinLines(...texts) ?? attachment.string("fallback");
    const text = marked === null ? null : slackText(marked, names);
    all.push(text);
    if (!attachment.isTrue("is_share")) continue;
    isShare = true;
    origin ??= attachment.first("author_name", "from_url");
    shared.push(text);
  }
  return { text: joinLines(...all), shared: joinLines(...shared), isShare, origin };
}
