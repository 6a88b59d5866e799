/**
 * natural's naive Bayes with its Russian stemmer (the English one drops Cyrillic). It looks every known word up in the
 * message, not the other way round, so a slice of the corpus has to do.
 */
import BayesClassifier from "natural/lib/natural/classifiers/bayes_classifier.js";
import PorterStemmerRu from "natural/lib/natural/stemmers/porter_stemmer_ru.js";
import { measureClassifier } from "../training.js";

const classifier = new BayesClassifier(PorterStemmerRu);
measureClassifier({
  name: "natural BayesClassifier",
  learn: (message, label) => classifier.addDocument(message, label),
  finish: () => classifier.train(),
  classify: (message) => classifier.classify(message),
  count: 1000,
});
