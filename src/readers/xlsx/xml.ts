import { TextDecoder } from "node:util";
import { Parser } from "htmlparser2";
import { MAX_RECORD_BYTES } from "../batcher.ts";
import { utf16Mark } from "../source/utf16.ts";

/** Takes what an XML text is made of. Names come without their prefixes. */
export interface XmlTarget {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(data: string): void;
  close(name: string): void;
  /** Whether it can take no more until it is emptied; asked whenever an element has ended. */
  readonly isFull?: boolean;
}

/** Elements inside elements; the parts of a workbook stay below 20. */
const MAX_DEPTH = 200;

/**
 * Parses a part of a workbook. Entities that a document type declares are not expanded.
 * @returns nothing; it yields where the target is full, which must be emptied before it goes on.
 * @throws Error for what can only be meant to fill the memory
 */
export async function* parseXml(bytes: AsyncIterable<Uint8Array>, target: XmlTarget): AsyncGenerator<void> {
  let depth = 0;
  /** Letters that have come since something was handed on: the length of a tag or a comment. */
  let pending = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        pending = 0;
        if (++depth > MAX_DEPTH) throw new Error(`its XML is nested more than ${MAX_DEPTH} levels deep`);
        target.open(localName(name), attributes);
      },
      ontext(data) {
        pending = 0;
        target.text(data);
      },
      onclosetag(name) {
        pending = 0;
        depth--;
        target.close(localName(name));
        if (target.isFull === true) parser.pause();
      },
      oncomment() {
        pending = 0;
      },
    },
    { xmlMode: true },
  );
  let decoder: TextDecoder | null = null;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(utf16Mark(chunk) ?? "utf-8");
    const text = decoder.decode(chunk, { stream: true });
    pending += text.length;
    parser.write(text);
    if (pending > MAX_RECORD_BYTES) throw new Error("its XML has a tag without an end");
    while (target.isFull === true) {
      yield;
      parser.resume();
    }
  }
  parser.end(decoder?.decode());
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
