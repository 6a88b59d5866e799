/**
 * Qalqan as a library.
 *
 *     import { createClassifier } from "qalqan";
 *     const classifier = await createClassifier();
 *     const { decision, labels, signals } = classifier.classify(text);
 */
export {
  ClassifierError,
  ConfigError,
  FormatError,
  LexiconError,
} from "./core/error.ts";
export {
  type Category,
  type Decision,
  LABELS,
  type Label,
  type Language,
  type TargetKind,
} from "./core/label.ts";
export type { ClassifierOptions } from "./pipeline/classifier.ts";
export {
  type ClassifiedMessage,
  Classifier,
  createClassifier,
  type MessageSignal,
} from "./pipeline/library.ts";
