const LESS_THAN = 60;
const AMPERSAND = 38;
/** Longest entity that is looked for, with its ampersand: `&#1114111;`. */
const MAX_ENTITY = 10;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * The text of a small piece of HTML, as services give comments in: tags taken off, `<br>` and the end of a paragraph made
 * line ends, entities resolved. What only looks like markup stays as it is. Takes time linear in the length.
 */
export function withoutMarkup(html: string): string {
  let text = "";
  let copied = 0;
  let hasTags = true;
  for (let at = 0; at < html.length; ) {
    const unit = html.charCodeAt(at);
    let end = at + 1;
    let meaning: string | null = null;
    if (unit === LESS_THAN && hasTags && /[A-Za-z/!]/u.test(html.charAt(at + 1))) {
      const close = html.indexOf(">", at);
      // Searched for once: many openings without a closing must not make it quadratic.
      hasTags = close >= 0;
      if (hasTags) [meaning, end] = [tagMeaning(html, at), close + 1];
    } else if (unit === AMPERSAND) {
      const close = html.slice(at, at + MAX_ENTITY).indexOf(";");
      meaning = close < 0 ? null : entityMeaning(html.slice(at + 1, at + close));
      if (meaning !== null) end = at + close + 1;
    }
    if (meaning !== null) {
      text += html.slice(copied, at) + meaning;
      copied = end;
    }
    at = end;
  }
  return (text + html.slice(copied)).replace(/\n$/u, "");
}

/** Resolves the only three entities that X and Slack write; text that looks like any other stays as typed. */
export function unescaped(text: string): string {
  return text.replaceAll(/&(amp|lt|gt);/gu, (_, name: string) => NAMED[name]!);
}

function tagMeaning(html: string, at: number): string {
  const name = html.slice(at + 1, at + 4).toLowerCase();
  return /^(?:br[\s/>]|\/p>)/u.test(name) ? "\n" : "";
}

function entityMeaning(name: string): string | null {
  if (!name.startsWith("#")) return Object.hasOwn(NAMED, name) ? NAMED[name]! : null;
  const isHex = name.charAt(1) === "x" || name.charAt(1) === "X";
  const digits = name.slice(isHex ? 2 : 1);
  const isNumber = isHex ? /^[\da-f]+$/iu.test(digits) : /^\d+$/u.test(digits);
  const point = isNumber ? Number.parseInt(digits, isHex ? 16 : 10) : Number.NaN;
  return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : null;
}
