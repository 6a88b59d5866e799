/** What the keys of a row, or the columns of a table, hold. */
import type { GoldName } from "../evaluation/gold.ts";
import { columnMeaning, foldName } from "./label-names.ts";

/** `user` is who wrote the message, or who judged it; the survey of the file decides. */
export type Role =
  | "text"
  | "id"
  | "language"
  | "split"
  | "functionality"
  | "target"
  | "task"
  | "gold"
  | "label"
  | "annotator"
  | "user"
  | "votes";

/** By role, the most telling name first, in the form `foldName` gives. */
const NAMES: Readonly<Record<Role, string>> = {
  text: "text fulltext tweet comment commenttext message content contents body sentence post data utterance document caption сообщение текст комментарий хабарлама мәтін пікір",
  id: "id messageid commentid tweetid postid textid docid idstr uuid",
  language: "lang language locale тіл язык",
  split: "split fold partition subset",
  functionality: "functionality",
  target: "target targets targetgroup",
  task: "task",
  gold: "gold",
  label:
    "label labels class classes cats category categories choice choices goldlabel annotation tag tags метка метки класс белгі entities spans",
  annotator: "annotator annotatorid worker workerid rater raterid labeler labeller coder completedby",
  user: "user userid username",
  votes: "votes annotations annotators completions judgments judgements",
};

const ROLES: ReadonlyMap<string, { readonly role: Role; readonly rank: number }> = new Map(
  Object.entries(NAMES).flatMap(([role, names]) => names.split(" ").map((name, rank) => [name, { role: role as Role, rank }] as const)),
);

/** A column with a role; of several of a role the lowest rank counts, but all labels do. Or one of zeros and ones. */
export type Column = { readonly role: Role; readonly rank: number } | { readonly role: "value"; readonly name: GoldName };

/** Names of columns for messages of errors. */
export const TEXT_NAMES = "text, comment, tweet, message, content, sentence, data";
export const LABEL_COLUMN_NAMES = "label, labels, class, category, or columns of 0 and 1 such as hate, toxic, is_hate";

export function columnOf(key: string): Column | null {
  const known = key.length > 40 ? undefined : ROLES.get(foldName(key));
  if (known !== undefined) return known;
  const name = columnMeaning(key);
  return name === null ? null : { role: "value", name };
}

/** Keys that are remembered, so that a file in which each row has keys of its own does not fill the memory. */
const MOST_KEYS = 4096;

/** `columnOf` for a whole file. */
export function rememberColumns(): (key: string) => Column | null {
  const known = new Map<string, Column | null>();
  return (key) => {
    const column = known.get(key);
    if (column !== undefined) return column;
    const found = columnOf(key);
    if (known.size < MOST_KEYS) known.set(key, found);
    return found;
  };
}
