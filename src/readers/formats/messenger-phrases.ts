/** Sentences that Messenger and Instagram write where people's own words stand, in English, Russian and Kazakh. */

/**
 * Whether a program wrote the text. Sentences about somebody count only if that is the sender, so that nobody's words are
 * lost who tells of others.
 * @param sender as named in the message, null if unknown.
 */
export function isAutoText(text: string, sender: string | null): boolean {
  if (text.length > MAX_LENGTH) return false;
  if (WHOLE.has(text) || isReaction(text)) return true;
  for (const subject of YOU) if (text.startsWith(subject) && ACTS.has(text.slice(subject.length))) return true;
  if (sender === null || sender === "") return false;
  const space = sender.indexOf(" ");
  return isActOf(text, sender) || (space > 0 && isActOf(text, sender.slice(0, space)));
}

/** Above it nobody's name, group or nickname explains the length. */
const MAX_LENGTH = 400;
/** An emoji of several code points. */
const MAX_EMOJI = 24;

const WHOLE: ReadonlySet<string> = new Set([
  "Liked a message",
  "You unsent a message",
  "This message was unsent",
  "The video chat ended.",
  "The audio call ended.",
  "The call ended.",
  "Video chat ended",
  "Audio call ended",
  "This poll is no longer available.",
  "You are now connected on Messenger.",
  "You can now message and call each other and see info like Active Status and when you've read messages.",
  "Messages and calls are secured with end-to-end encryption. Only people in this chat can read, listen to, or share them.",
  "Видеочат завершен.",
  "Видеочат завершён.",
  "Аудиозвонок завершен.",
  "Аудиозвонок завершён.",
  "Бейнечат аяқталды.",
]);

const YOU: readonly string[] = ["You ", "Вы ", "Сіз "];

/** What stands after a name or "You". */
const ACTS: ReadonlySet<string> = new Set([
  "sent an attachment.",
  "sent a photo.",
  "sent a video.",
  "sent a link.",
  "sent a sticker.",
  "sent a GIF.",
  "sent a voice message.",
  "sent a location.",
  "sent a live location.",
  "liked a message",
  "unsent a message",
  "unsent a message.",
  "called you.",
  "missed your call.",
  "missed your video call.",
  "missed your video chat.",
  "missed a call.",
  "missed a video call.",
  "missed a video chat.",
  "started a call.",
  "started an audio call.",
  "started a video call.",
  "started a video chat.",
  "joined the call.",
  "joined the video chat.",
  "left the call.",
  "created the group.",
  "joined the group.",
  "left the group.",
  "changed the group photo.",
  "pinned a message.",
  "waved at you!",
  "отправил вложение.",
  "отправила вложение.",
  "отправил(а) вложение.",
  "отправил(-а) вложение.",
  "отправили вложение.",
  "пропустил ваш звонок.",
  "пропустила ваш звонок.",
  "пропустил(а) ваш звонок.",
  "пропустил(-а) ваш звонок.",
  "пропустили звонок.",
  "покинул группу.",
  "покинула группу.",
  "покинул(а) группу.",
  "покинул(-а) группу.",
  "покинули группу.",
  "отменил отправку сообщения",
  "отменила отправку сообщения",
  "отменил(а) отправку сообщения",
  "отменил(-а) отправку сообщения",
  "отменили отправку сообщения",
  "тіркеме жіберді.",
  "тіркеме жібердіңіз.",
  "қосымша жіберді.",
  "қосымша жібердіңіз.",
  "қоңырауыңызды өткізіп алды.",
  "топтан шықты.",
  "топтан шықтыңыз.",
]);

/** Beginnings and ends of what stands after the sender's name; between them are other names. "You" is no such subject: people say that too. */
const OPEN_ACTS: readonly (readonly [start: string, end: string])[] = [
  ["missed a call from ", ""],
  ["missed a video call from ", ""],
  ["missed a video chat with ", ""],
  ["named the group ", ""],
  ["set the nickname for ", ""],
  ["set your nickname to ", ""],
  ["set his own nickname to ", ""],
  ["set her own nickname to ", ""],
  ["set their own nickname to ", ""],
  ["set the emoji to ", ""],
  ["set the quick reaction to ", ""],
  ["changed the theme to ", ""],
  ["changed the chat theme to ", ""],
  ["added ", " to the group."],
  ["removed ", " from the group."],
];

function isActOf(text: string, name: string): boolean {
  if (!text.startsWith(`${name} `)) return false;
  const act = text.slice(name.length + 1);
  return ACTS.has(act) || OPEN_ACTS.some(([start, end]) => act.startsWith(start) && act.endsWith(end));
}

const REACTIONS: readonly (readonly [start: string, end: string])[] = [
  ["Reacted ", " to your message"],
  ["Отреагировал(а) ", " на ваше сообщение"],
  ["Отреагировал(-а) ", " на ваше сообщение"],
];

/** "Reacted 😀 to your message": what stands between is no word. */
function isReaction(text: string): boolean {
  return REACTIONS.some(([start, end]) => {
    if (!text.startsWith(start)) return false;
    const last = text.endsWith(" ") || text.endsWith(".") ? text.slice(0, -1) : text;
    const emoji = last.slice(start.length, -end.length);
    return last.endsWith(end) && last.length > start.length + end.length && emoji.length <= MAX_EMOJI && !/[\p{L}\p{N}]/u.test(emoji);
  });
}
