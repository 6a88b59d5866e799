/** What one would write by hand: lower case, then runs of letters, digits and marks. */
import { measureTokenizer } from "../measure.js";

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
let tokens = 0;
let characters = 0;
measureTokenizer("toLowerCase + matchAll", (message) => {
  const before = tokens;
  for (const [word] of message.toLowerCase().matchAll(WORD)) {
    tokens++;
    characters += word.length;
  }
  return tokens - before;
});
if (characters < tokens) throw new Error("words without letters");
