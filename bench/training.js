/** What the rivals that learn are trained on and measured with. Their speed is in question here, not what they learn. */
import { byteLengthOf, print, readMessages, timed } from "./measure.js";

const TRAINING_MESSAGES = 3000;

/**
 * Trains on the first TRAINING_MESSAGES of the corpus, classes by turns; then times `classify` on `count` messages after
 * them. Training is not in the time.
 * @param learn takes a message and its class, then `finish` is called once.
 * @param classify returns a class or a score.
 */
export function measureClassifier({ name, learn, finish, classify, count }) {
  const corpus = readMessages();
  const split = Math.min(TRAINING_MESSAGES, corpus.length >> 1);
  for (const [index, message] of corpus.slice(0, split).entries()) learn(message, index % 2 === 0 ? "flag" : "pass");
  finish();
  const messages = corpus.slice(split, split + count);
  const { seconds, count: answers } = timed(messages, (some) => some.filter((message) => classify(message) !== undefined).length);
  if (answers !== messages.length) throw new Error(`${name} gave ${answers} answers to ${messages.length} messages`);
  print({
    name,
    surface: "scan",
    messages: messages.length,
    bytes: byteLengthOf(messages),
    seconds,
    slice: messages.length < corpus.length,
  });
}
