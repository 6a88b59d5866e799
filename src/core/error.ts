/**
 * The three things that can be wrong apart from a message's content, which never throws. A message of an error says
 * where, what was got, what was expected and what to do; `code` is stable and meant for programs.
 */
export class ClassifierError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller's options cannot be carried out. Thrown before any work. */
export class ConfigError extends ClassifierError {}

/** A lexicon, rule or model file is wrong; the message names file, entry and remedy. */
export class LexiconError extends ClassifierError {}

/** An input file cannot be read at all. A single bad record is not this: it becomes an error record. */
export class FormatError extends ClassifierError {}
