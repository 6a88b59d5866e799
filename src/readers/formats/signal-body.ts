/** What signal-export puts around the words of a message, taken off again. */

/** What stands in the place of a message that its author took back. */
export const DELETED_MARK = "(This message was deleted)";

/** Attachments and reactions of one message, and letters of all reactions, of one, of a path and of a name. */
const MAX_ADDITIONS = 1000;
const MAX_REACTIONS = 2000;
const MAX_EMOJI = 24;
const MAX_PATH = 1000;
const MAX_FILE_NAME = 400;
const MEDIA_FOLDERS = ["media/", "./media/"] as const;

/**
 * The words of a message in a text export: without the quotation of what it answers, which stands before them on lines of
 * its own, and without the attachments and reactions behind them. Null if nothing is left.
 *
 *     [2020-02-07 13:05:00] Asel:
 *
 *     > what Boris had said
 *
 *     what Asel typed
 *     ![photo.jpg](./media/photo.jpg)
 *     (- Boris: 😀 -)
 */
export function typedText(body: string): string | null {
  let text = withoutQuotation(body).trimEnd();
  for (let count = 0; count < MAX_ADDITIONS; count++) {
    const shorter = withoutAttachment(text) ?? withoutReactions(text);
    if (shorter === null) break;
    text = shorter.trimEnd();
  }
  return text === "" ? null : text;
}

function withoutQuotation(body: string): string {
  const text = body.trimStart();
  // People's own words start on the line of the name, for Signal takes white space off their beginning.
  if (!body.slice(0, body.length - text.length).includes("\n")) return body;
  let at = 0;
  while (text.startsWith(">", at)) {
    const newline = text.indexOf("\n", at);
    if (newline < 0) return "";
    at = newline + 1;
  }
  return text.slice(at).trimStart();
}

/** Without a link or picture at its end that leads to the export's folder of media; null if there is none. */
function withoutAttachment(text: string): string | null {
  if (!text.endsWith(")")) return null;
  const reach = Math.max(0, text.length - MAX_PATH);
  const middle = text.slice(reach).lastIndexOf("](") + reach;
  const path = text.slice(middle + 2, -1);
  if (!text.startsWith("](", middle) || path.includes("\n") || !MEDIA_FOLDERS.some((folder) => path.startsWith(folder))) return null;
  let depth = 1;
  let at = middle;
  while (depth > 0 && at > 0 && middle - at < MAX_FILE_NAME) {
    at--;
    if (text[at] === "\n") return null;
    if (text[at] === "]") depth++;
    if (text[at] === "[") depth--;
  }
  if (depth > 0) return null;
  return text.slice(0, text[at - 1] === "!" ? at - 1 : at);
}

/** Without "(- Name: 😀, Name: 👍 -)" at its end; null if there is none. */
function withoutReactions(text: string): string | null {
  if (!text.endsWith(" -)")) return null;
  const reach = Math.max(0, text.length - MAX_REACTIONS);
  const start = text.slice(reach).lastIndexOf("(- ") + reach;
  if (!text.startsWith("(- ", start) || (start > 0 && text[start - 1]!.trim() !== "")) return null;
  const reactions = text.slice(start + 3, -3);
  return reactions.split(", ").every(isReaction) ? text.slice(0, start) : null;
}

function isReaction(reaction: string): boolean {
  const colon = reaction.lastIndexOf(": ");
  const emoji = reaction.slice(colon + 2);
  return colon > 0 && emoji !== "" && emoji.length <= MAX_EMOJI && !/[\p{L}\s]/u.test(emoji);
}
