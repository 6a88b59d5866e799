import { type Draft, setUtc } from "../draft.ts";
import { JSON_TYPE, JsonCursor } from "../json/cursor.ts";
import { JsonFields } from "../json/fields.ts";
import type { MojibakeRepair } from "../json/mojibake.ts";

/** Reads comments of an Instagram archive. Who wrote them is the archive's owner, whom nothing names. */
export class CommentReader {
  readonly #cursor = new JsonCursor(true);
  readonly #entry = new JsonFields(["value", "timestamp"]);

  /**
   * Fills a message in from `{"Comment": {"value"}, "Media Owner": {"value"}, "Time": {"timestamp"}}`. The keys are in the
   * account's language; the comment is the first of the values.
   * @param path is where that object lies. @returns whether there is a comment.
   */
  read<Path extends string>(record: JsonFields<Path>, path: Path, draft: Draft, repair: MojibakeRepair): boolean {
    const range = record.range(path);
    const cursor = this.#cursor;
    const entry = this.#entry;
    const entered = range !== null && cursor.enter(record.bytes, range.start, range.end, "{");
    let isFound = false;
    while (entered && cursor.nextMember()) {
      if (cursor.valueType !== JSON_TYPE.object || !entry.read(record.bytes, cursor.valueStart, cursor.valueEnd)) continue;
      const value = entry.string("value");
      if (!isFound && value !== null) draft.text = repair.repair(value);
      isFound ||= entry.has("value");
      if (entry.has("timestamp")) setUtc(draft, entry.number("timestamp") * 1000);
    }
    return draft.text !== null;
  }
}
