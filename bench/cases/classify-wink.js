/** wink's naive Bayes over words of wink-tokenizer, both classes' odds for every message. */
import { cannotRun } from "../measure.js";
import { measureClassifier } from "../training.js";

const modules = Promise.all([import("wink-naive-bayes-text-classifier"), import("wink-tokenizer")]);
const missing = (error) =>
  cannotRun(`not installed, run npm install --save-dev wink-naive-bayes-text-classifier@2.2.1 wink-tokenizer@5.3.0 first: ${error.code}`);
const [{ default: winkClassifier }, { default: winkTokenizer }] = await modules.catch(missing);

const WORD_TAGS = new Set(["word", "alien", "number", "hashtag", "emoji"]);
const tokenizer = winkTokenizer();
const classifier = winkClassifier();
classifier.definePrepTasks([
  (message) => {
    const words = [];
    for (const { value, tag } of tokenizer.tokenize(message.toLowerCase())) if (WORD_TAGS.has(tag)) words.push(value);
    return words;
  },
]);
classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });

measureClassifier({
  name: "wink-naive-bayes-text-classifier",
  learn: (message, label) => classifier.learn(message, label),
  finish: () => classifier.consolidate(),
  classify: (message) => classifier.computeOdds(message)[0]?.[1],
  count: 20_000,
});
