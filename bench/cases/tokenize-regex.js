/** What one would write by hand: lower case, then runs of letters, digits and marks. */
import { byteLengthOf, print, readMessages, timed } from "../measure.js";

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const messages = readMessages();
let characters = 0;
const { seconds, count } = timed(messages, (some) => {
  let tokens = 0;
  for (const message of some) {
    for (const [word] of message.toLowerCase().matchAll(WORD)) {
      tokens++;
      characters += word.length;
    }
  }
  return tokens;
});
if (characters < count) throw new Error("words without letters");
print({
  name: "toLowerCase + matchAll",
  surface: "tokenize",
  messages: messages.length,
  tokens: count,
  bytes: byteLengthOf(messages),
  seconds,
});
