/**
 * Exports of many files, where some tell what the others mean. Of Slack's: users.json and lists of conversations beside
 * one folder for each conversation, with a file for each day.
 */
import type { Known } from "../reader.ts";

/** What is known of an export's files by their names, with "/" between folders. */
export interface Layout {
  /** Files that hold no messages, and why; it follows the name. */
  readonly skipped: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, Known>;
}

/** Reads one of the files; null if it is no JSON, cannot be read or is larger than the limit. */
export type ReadJson = (name: string, maxBytes: number) => Promise<unknown>;

const MAX_LIST_BYTES: number = 64 << 20;
/** In characters; a name is cut there. */
const MAX_NAME_LENGTH = 200;
const CONVERSATION_LISTS: readonly string[] = ["channels.json", "groups.json", "dms.json", "mpims.json"];

/** Finds Slack's exports, whether at the root or in folders. */
export async function readLayout(names: readonly string[], readJson: ReadJson): Promise<Layout> {
  const exports = new Map<string, SlackExport>();
  for (const root of slackRoots(names)) exports.set(root, await readLists(root, new Set(names), readJson));
  const skipped = new Map<string, string>();
  const known = new Map<string, Known>();
  if (exports.size > 0)
    for (const name of names) {
      const [root, file] = splitLast(name);
      const [above, folder] = splitLast(root.slice(0, -1));
      const [own, outer] = [exports.get(root), exports.get(above)];
      if (own !== undefined && file.endsWith(".json")) skipped.set(name, slackListReason(file, own.hasPeople));
      else if (outer !== undefined && root !== "" && isDayFile(file))
        known.set(name, { conversation: outer.conversations.get(folder) ?? folder, names: outer.people });
    }
  return { skipped, known };
}

interface SlackExport {
  readonly hasPeople: boolean;
  readonly people: ReadonlyMap<string, string>;
  /** Names by folders, where they differ. */
  readonly conversations: ReadonlyMap<string, string>;
}

async function readLists(root: string, all: ReadonlySet<string>, readJson: ReadJson): Promise<SlackExport> {
  const users = await readJson(`${root}users.json`, MAX_LIST_BYTES);
  const direct = all.has(`${root}dms.json`) ? await readJson(`${root}dms.json`, MAX_LIST_BYTES) : null;
  const people = namesById(users);
  return { hasPeople: people.size > 0, people, conversations: namesOfDirect(direct, people) };
}

/** Folders with a list of people, a list of conversations and at least one day of one, each with "/" behind; "" for the root. */
function slackRoots(names: readonly string[]): string[] {
  const all = new Set(names);
  const withDays = new Set<string>();
  for (const name of names) {
    const [folder, file] = splitLast(name);
    if (folder !== "" && isDayFile(file)) withDays.add(splitLast(folder.slice(0, -1))[0]);
  }
  return [...withDays].filter((root) => all.has(`${root}users.json`) && CONVERSATION_LISTS.some((list) => all.has(root + list)));
}

/** The folder with "/" behind, "" for none, and the name. */
function splitLast(path: string): readonly [string, string] {
  const end = path.lastIndexOf("/") + 1;
  return [path.slice(0, end), path.slice(end)];
}

function isDayFile(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}\.json$/.test(name);
}

function slackListReason(name: string, isRead: boolean): string {
  if (name === "users.json")
    return isRead
      ? "lists the workspace's people"
      : "lists the workspace's people, but could not be read; messages have ids in place of names";
  if (CONVERSATION_LISTS.includes(name)) return "lists the workspace's conversations";
  return "is one of Slack's lists, not a conversation";
}

function namesById(users: unknown): Map<string, string> {
  const names = new Map<string, string>();
  for (const user of fieldsOf(users)) {
    const profile = isFields(user["profile"]) ? user["profile"] : {};
    const name = [profile["display_name"], user["real_name"], profile["real_name"], user["name"]].find(
      (candidate): candidate is string => typeof candidate === "string" && candidate.trim() !== "",
    );
    if (typeof user["id"] === "string" && name !== undefined) names.set(user["id"], name.slice(0, MAX_NAME_LENGTH));
  }
  return names;
}

/** Conversations of two have an id for a name; they are called by who is in them. */
function namesOfDirect(conversations: unknown, people: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const { id, members } of fieldsOf(conversations)) {
    if (typeof id !== "string" || !Array.isArray(members)) continue;
    const known = members.map((member) => people.get(String(member)));
    if (known.length > 0 && known.every((name) => name !== undefined)) names.set(id, known.join(", ").slice(0, MAX_NAME_LENGTH));
  }
  return names;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
