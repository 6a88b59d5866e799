/** natural's tokenizer for Russian, which also takes Latin letters and digits. It drops the letters Kazakh has and Russian has not. */
import AggressiveTokenizerRu from "natural/lib/natural/tokenizers/aggressive_tokenizer_ru.js";
import { byteLengthOf, print, readMessages, timed } from "../measure.js";

const tokenizer = new AggressiveTokenizerRu();
const messages = readMessages();
const { seconds, count } = timed(messages, (some) => {
  let tokens = 0;
  for (const message of some) tokens += tokenizer.tokenize(message).length;
  return tokens;
});
print({
  name: "natural AggressiveTokenizerRu",
  surface: "tokenize",
  messages: messages.length,
  tokens: count,
  bytes: byteLengthOf(messages),
  seconds,
});
