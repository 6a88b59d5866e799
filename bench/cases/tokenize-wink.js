/** wink's tokenizer, which tags each token with its kind (word, number, link, mention, emoji ...) and keeps punctuation as tokens. */
import winkTokenizer from "wink-tokenizer";
import { measureTokenizer } from "../measure.js";

const tokenizer = winkTokenizer();
measureTokenizer("wink-tokenizer", (message) => tokenizer.tokenize(message).length);
