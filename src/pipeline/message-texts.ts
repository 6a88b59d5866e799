/** The texts of a file alone, labelled or not. */
import { FormatError } from "../core/error.ts";
import { LANGUAGES, type Language } from "../core/label.ts";
import { KIND, type MessageBatch, PART } from "../core/message.ts";
import { beginReading, readMessages } from "../readers/messages.ts";
import { listSources, type Source } from "../readers/source/source.ts";
import { partText } from "../writers/record.ts";
import { readLabelled } from "./labelled.ts";

export interface MessageText {
  readonly text: string;
  /** As a labelled row says, null where it does not. */
  readonly language: Language | null;
}

/**
 * Messages of labelled files, as train takes them, and of whatever scan reads; standard input ("-") as scan reads it.
 * @throws FormatError where a file cannot be read.
 */
export async function* readTexts(path: string): AsyncGenerator<MessageText> {
  const { sources, failures } = await listSources([path]);
  if (failures[0]) throw failures[0];
  for (const source of sources) yield* readSource(source);
}

async function* readSource(source: Source): AsyncGenerator<MessageText> {
  let isLabelled = false;
  if (source.kind === "file" && source.byteLength !== null)
    try {
      for await (const { text, language } of readLabelled([source.path], null, () => {})) {
        isLabelled = true;
        yield { text, language: LANGUAGES.find((name) => name === language) ?? null };
      }
      return;
    } catch (error) {
      if (isLabelled || !(error instanceof FormatError) || error.code !== "E_LABELLED") throw error;
    }
  let texts: MessageText[] = [];
  const take = (batch: MessageBatch): void => {
    for (let message = 0; message < batch.count; message++) {
      const text = batch.kind[message] === KIND.user ? partText(batch, message, PART.text) : null;
      if (text !== null) texts.push({ text, language: null });
    }
  };
  for await (const _ of readMessages(source, "auto", {}, take, beginReading())) {
    yield* texts;
    texts = [];
  }
  yield* texts;
}
