/** natural's tokenizer for Russian, which also takes Latin letters and digits. It drops the letters Kazakh has and Russian has not. */
import AggressiveTokenizerRu from "natural/lib/natural/tokenizers/aggressive_tokenizer_ru.js";
import { measureTokenizer } from "../measure.js";

const tokenizer = new AggressiveTokenizerRu();
measureTokenizer("natural AggressiveTokenizerRu", (message) => tokenizer.tokenize(message).length);
