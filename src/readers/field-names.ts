import type { ReaderOptions } from "./reader.ts";

/** What a column or key holds. */
export const ROLE = {
  none: 0,
  text: 1,
  id: 2,
  author: 3,
  time: 4,
  conversation: 5,
  authorId: 6,
  replyTo: 7,
} as const;
export const ROLE_COUNT: number = 8;

/**
 * Names by role, most telling first, in the form `foldName` gives. Collected from Telethon, Twitter, Reddit, YouTube,
 * 4CAT, Kaggle and Hugging Face corpora, and what people write over a column in Kazakh and Russian.
 */
const NAMES: readonly (readonly [role: number, names: string])[] = [
  [
    ROLE.text,
    "fulltext text message body content contents comment commenttext textoriginal caption tweet сообщение текст комментарий хабарлама мәтін пікір",
  ],
  [ROLE.id, "id messageid commentid tweetid postid cid msgid idstr itemid uuid guid"],
  [
    ROLE.author,
    "author authorname authordisplayname user username sender sendername from fromname screenname nickname nick name автор отправитель пользователь имя жіберуші",
  ],
  [
    ROLE.time,
    "unixtimestamp dateunixtime sentat datetime timestamp timestampms createdat publishedat createdutc date timeparsed time ts датаивремя дата время уақыты күні",
  ],
  [
    ROLE.conversation,
    "conversation conversationid chat chatname chattitle chatid channel channelname channelid room roomname group groupname thread threadid subreddit чат канал группа",
  ],
  [ROLE.authorId, "authorid userid senderid fromid authoruserid authorchannelid"],
  [
    ROLE.replyTo,
    "replyto replytoid replytomessageid replytomsgid replytocommentid inreplyto inreplytoid inreplytostatusid inreplytostatusidstr isreplyto parentid parent parentcommentid",
  ],
];

/** Flag in a code: the value is to be carried into the record. */
export const KEPT: number = 1 << 16;

/** Finds the role of a name. A code is role << 8 | rank, or ROLE.none, with KEPT; the lowest rank of a role wins. */
export interface FieldNames {
  codeOf(name: string): number;
}

export function roleOf(code: number): number {
  return (code >> 8) & 0xff;
}

export function rankOf(code: number): number {
  return code & 0xff;
}

/** Names given in the options replace the common ones; they match as written, or else without regard to case. */
export function compileFieldNames(options: ReaderOptions): FieldNames {
  const given = new Map([
    [ROLE.text as number, options.textField],
    [ROLE.id, options.idField],
  ]);
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  for (const [role, names] of NAMES) {
    const name = given.get(role);
    if (name === undefined) {
      for (const [rank, common] of names.split(" ").entries()) folded.set(common, (role << 8) | rank);
    } else {
      exact.set(name, role << 8);
      folded.set(foldName(name), (role << 8) | 1);
    }
  }
  const kept = new Set(options.keepFields);
  return {
    codeOf(name) {
      const code = exact.get(name) ?? folded.get(foldName(name)) ?? 0;
      return kept.has("*") || kept.has(name) ? code | KEPT : code;
    },
  };
}

/** `Comment_Text`, `commentText`, `comment.text` and `comment text` are one name. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/gu, "");
}
