/** What is compared with what, and how many times as fast as each rival we have to be. */

/**
 * `rate` is what is compared: classifiers that are slow see a slice, so bytes would not say the same for all. A rival is
 * known by how its case's name begins; `least` and `aim` are ours over the rival's, none where it is only reported.
 */
export const SURFACES = [
  {
    name: "tokenize",
    ours: "qalqan tokenize",
    rate: "megabytesPerSecond",
    note: "fold, flags, spans, keys. Strings are decoded and cut beforehand for the rivals; where lines begin is known to all.",
    rivals: [
      { name: "natural AggressiveTokenizerRu", least: 10, aim: 20 },
      { name: "toLowerCase + matchAll", least: 5, aim: 10 },
      { name: "wink-tokenizer", least: 30, aim: 60 },
      { name: "plain C loop", least: 0.6, aim: 1 },
    ],
  },
  {
    name: "scan",
    ours: "qalqan scan",
    rate: "messagesPerSecond",
    note: "lines in, JSONL of every message out. Ours is the whole process, start-up too; the rivals' figure is classifying alone.",
    rivals: [
      { name: "fastText predict-prob", least: 4, aim: 10 },
      { name: "natural BayesClassifier", least: 100, aim: 500 },
      { name: "wink-naive-bayes-text-classifier", least: 5, aim: 20 },
    ],
  },
  {
    name: "scan --only flag",
    ours: "qalqan scan --only flag",
    rate: "megabytesPerSecond",
    note: "only flagged messages written; whole processes. rg counts lines that hold a string of the lexicons, and judges nothing.",
    rivals: [{ name: "rg -c -i -F -f" }, { name: "rg -c -F -f" }],
  },
];
