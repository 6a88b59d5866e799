/** What a file of Messenger or Instagram says of its conversation, before the messages and after them. */
import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import { stringText, valueText } from "../json/member.ts";
import { MojibakeRepair } from "../json/mojibake.ts";
import { compilePaths } from "../json/paths.ts";
import { RecordScanner, type RecordTarget } from "../json/scanner.ts";
import type { Known, Survey } from "../reader.ts";

/** A name made of participants' names ends at so many of them or characters. */
const MAX_NAMES = 8;
const MAX_NAME_LENGTH = 200;

/** Reads a file for the conversation's name, which classic exports write after the messages. */
export class ThreadSurvey implements Survey, RecordTarget {
  readonly #scanner = new RecordScanner(compilePaths(["messages[]"]), new Set(["title", "threadName", "thread_path"]), this);
  #name: string | null = null;
  #path: string | null = null;

  push(chunk: Uint8Array): boolean {
    this.#scanner.push(chunk);
    return this.#name !== null;
  }

  finish(): Known {
    const conversation = this.#name ?? this.#path;
    return conversation === null ? {} : { conversation };
  }

  fact(_depth: number, key: string, bytes: Uint8Array, start: number, end: number): void {
    const name = factText(key, bytes.subarray(start, end));
    if (key === "thread_path") this.#path ??= name;
    else this.#name ??= name;
  }

  enterObject(): void {}
  enterRecords(): void {}
  record(): void {}
  longRecord(): void {}
  noRecord(): void {}
}

/** The text of a fact, put right unless only files that need no repair have the key; null for anything but a text. */
export function factText(key: string, value: Uint8Array): string | null {
  const text = value[0] === QUOTE ? valueText(value, 0, value.length) : null;
  return text === null || key === "threadName" ? text : new MojibakeRepair().repair(text);
}

/** Names of the participants, as objects of classic files or strings, joined into one. Null if there are none. */
export function participantNames(value: Uint8Array): string | null {
  const names: string[] = [];
  const cursor = new JsonCursor();
  const participant = new JsonFields(["name"]);
  let length = 0;
  let entered = cursor.enter(value, 0, value.length, "[");
  while (entered && cursor.nextElement()) {
    let name: string | null = null;
    if (cursor.valueType === JSON_TYPE.string) name = stringText(value, cursor.valueStart + 1, cursor.valueEnd - 1);
    else if (cursor.valueType === JSON_TYPE.object && participant.read(value, cursor.valueStart, cursor.valueEnd)) {
      const text = participant.string("name");
      name = text === null ? null : new MojibakeRepair().repair(text);
    }
    if (name === null || name === "") continue;
    entered = names.length < MAX_NAMES && length + name.length <= MAX_NAME_LENGTH;
    names.push(entered ? name : "…");
    length += name.length;
  }
  return names.length === 0 ? null : names.join(", ");
}

const QUOTE = 34;
