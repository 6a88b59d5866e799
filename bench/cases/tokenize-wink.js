/** wink's tokenizer, which tags each token with its kind (word, number, link, mention, emoji ...) and keeps punctuation as tokens. */
import winkTokenizer from "wink-tokenizer";
import { byteLengthOf, print, readMessages, timed } from "../measure.js";

const tokenizer = winkTokenizer();
const messages = readMessages();
const { seconds, count } = timed(messages, (some) => {
  let tokens = 0;
  for (const message of some) tokens += tokenizer.tokenize(message).length;
  return tokens;
});
print({
  name: "wink-tokenizer",
  surface: "tokenize",
  messages: messages.length,
  tokens: count,
  bytes: byteLengthOf(messages),
  seconds,
});
