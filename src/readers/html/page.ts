/**
 * A page of HTML as a stream of elements and text. htmlparser2's tokenizer finds the tags; its Parser is not used, because it
 * moves its list of all open elements at each tag, so that two megabytes of "<div>" took it more than a minute. Here the
 * list is bounded, and so is a tag:
 *
 *     hold:  | <div class="message" id="m1 | 23"> text &amp; ...
 *            ^ #tokenStart, #heldStart      ^ chunk           ^ #end
 *
 * What a target makes of an element is a number, its role, which all within it inherit.
 */
import { createRequire } from "node:module";
import type { Tokenizer, TokenizerCallbacks } from "htmlparser2";
import { AttributeReader, type Attributes } from "./attributes.ts";

/** Role of what lies in no element of note. */
export const NO_ROLE = 0;

export interface PageTarget {
  /**
   * An element begins.
   * @param tag in lower case
   * @param attributes are only valid during the call.
   * @param within is the role around it.
   * @returns its role; `within` if it is nothing special.
   */
  open(tag: string, attributes: Attributes, within: number): number;
  /**
   * An element ends, by its end tag or with one around it. Not called for elements without content.
   * @param isWhole whether what has this role ends with it, and it is no element within.
   */
  close(tag: string, role: number, isWhole: boolean): void;
  /** A piece of text, entities decoded; one text may come in many pieces. */
  text(piece: string, role: number): void;
  /** A tag or comment is longer than any may be; it was skipped and is read on within it as if it were text. */
  broken(line: number): void;
}

/** Longest tag or comment, in UTF-16 units. */
export const MAX_TAG: number = 1 << 20;
/** Elements that are kept track of; those further in get the role of what is around them. No export goes deeper than 20. */
const MAX_DEPTH = 128;
/** What the tokenizer is given at once, in UTF-16 units; less than MAX_TAG, so that no tag goes by unmeasured. */
const PIECE = 1 << 18;
const NEWLINE = "\n";

/** Names as they are written nearly always, so that one string each is kept and compared. */
const TAGS: ReadonlyMap<string, string> = new Map(
  "a b blockquote br code div em i img pre s span strong u".split(" ").map((tag) => [tag, tag]),
);
const VOID_TAGS: ReadonlySet<string> = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

const require = createRequire(import.meta.url);

export class HtmlPage implements TokenizerCallbacks {
  readonly #target: PageTarget;
  readonly #decoder = new TextDecoder();
  readonly #tokenizer: Tokenizer;
  /** Whether the end of the page's body has been seen. */
  ended = false;

  /** Units that the tokenizer may still ask for, from offset `#heldStart` on; offsets count from its last reset. */
  #held = "";
  #heldStart = 0;
  #end = 0;
  /** Offset of the tag, comment or piece of text that is unfinished. */
  #tokenStart = 0;
  /** The 1-based line up to the line end at `#nextNewline`, the first that has not been counted; -1 where none is held. */
  #line = 1;
  #nextNewline = -1;
  /** Offset up to which there is no uncounted line end where `#nextNewline` is -1. */
  #searchedTo = 0;

  #tag = "";
  #tagStart = 0;
  readonly #attributes = new AttributeReader();

  readonly #tags: string[] = new Array(MAX_DEPTH).fill("");
  readonly #roles = new Int32Array(MAX_DEPTH);
  #depth = 0;
  /** Open elements that are too deep to be kept track of. */
  #beyond = 0;
  #role = NO_ROLE;

  constructor(target: PageTarget) {
    this.#target = target;
    // Loaded here because it takes as long as the start of everything else.
    const parser = require("htmlparser2") as typeof import("htmlparser2");
    this.#tokenizer = new parser.Tokenizer({ decodeEntities: true }, this);
  }

  /** @param chunk UTF-8, cut anywhere. */
  push(chunk: Uint8Array): void {
    this.#read(this.#decoder.decode(chunk, { stream: true }));
  }

  finish(): void {
    this.#read(this.#decoder.decode());
    this.#tokenizer.end();
  }

  /** 1-based line of the tag that is being opened. */
  line(): number {
    this.#countLines(this.#tagStart);
    return this.#line;
  }

  /** Ends all open elements, the innermost first. */
  closeAll(): void {
    this.#closeTo(0);
    this.#beyond = 0;
  }

  #read(text: string): void {
    let at = 0;
    while (at < text.length) {
      const room = MAX_TAG - (this.#end - this.#tokenStart);
      const end = Math.min(text.length, at + PIECE, at + room);
      this.#write(text.slice(at, end));
      at = end;
      if (this.#end - this.#tokenStart >= MAX_TAG) this.#giveUp();
    }
  }

  #write(piece: string): void {
    this.#countLines(this.#tokenStart);
    this.#held = this.#held.slice(this.#tokenStart - this.#heldStart) + piece;
    this.#heldStart = this.#tokenStart;
    this.#end += piece.length;
    this.#tokenizer.write(piece);
  }

  #giveUp(): void {
    this.#countLines(this.#tokenStart);
    const line = this.#line;
    this.#countLines(this.#end);
    this.#tokenizer.reset();
    this.#held = "";
    this.#heldStart = 0;
    this.#end = 0;
    this.#tokenStart = 0;
    this.#nextNewline = -1;
    this.#searchedTo = 0;
    this.#target.broken(line);
  }

  #countLines(to: number): void {
    for (;;) {
      if (this.#nextNewline < 0) {
        const at = this.#held.indexOf(NEWLINE, this.#searchedTo - this.#heldStart);
        this.#searchedTo = this.#end;
        if (at < 0) return;
        this.#nextNewline = this.#heldStart + at;
      }
      if (this.#nextNewline >= to) return;
      this.#line++;
      this.#searchedTo = this.#nextNewline + 1;
      this.#nextNewline = -1;
    }
  }

  #slice(start: number, end: number): string {
    return this.#held.slice(start - this.#heldStart, end - this.#heldStart);
  }

  #closeTo(depth: number): void {
    while (this.#depth > depth) {
      const role = this.#role;
      this.#depth--;
      this.#role = this.#depth > 0 ? this.#roles[this.#depth - 1]! : NO_ROLE;
      this.#target.close(this.#tags[this.#depth]!, role, role !== this.#role);
    }
  }

  // What the tokenizer calls, with offsets.

  ontext(start: number, end: number): void {
    this.#tokenStart = end;
    if (this.#role !== NO_ROLE) this.#target.text(this.#slice(start, end), this.#role);
  }

  ontextentity(codePoint: number, end: number): void {
    this.#tokenStart = end;
    if (this.#role !== NO_ROLE) this.#target.text(String.fromCodePoint(codePoint), this.#role);
  }

  onopentagname(start: number, end: number): void {
    this.#tagStart = start - 1;
    this.#tag = tagName(this.#slice(start, end));
    this.#attributes.clear();
  }

  onattribname(start: number, end: number): void {
    this.#attributes.begin(this.#held, start - this.#heldStart, end - this.#heldStart);
  }

  onattribdata(start: number, end: number): void {
    if (this.#attributes.wanted) this.#attributes.add(this.#slice(start, end));
  }

  onattribentity(codePoint: number): void {
    if (this.#attributes.wanted) this.#attributes.add(String.fromCodePoint(codePoint));
  }

  onattribend(): void {
    this.#attributes.end();
  }

  onopentagend(end: number): void {
    this.#tokenStart = end + 1;
    const tag = this.#tag;
    const role = this.#target.open(tag, this.#attributes.attributes, this.#role);
    if (VOID_TAGS.has(tag)) return;
    if (this.#depth === MAX_DEPTH) {
      this.#beyond++;
      return;
    }
    this.#tags[this.#depth] = tag;
    this.#roles[this.#depth++] = role;
    this.#role = role;
  }

  /** HTML knows no such tags: `<div/>` is `<div>`. */
  onselfclosingtag(end: number): void {
    this.onopentagend(end);
  }

  onclosetag(start: number, end: number): void {
    this.#tokenStart = end;
    const tag = tagName(this.#slice(start, end));
    if (tag === "body" || tag === "html") this.ended = true;
    if (this.#beyond > 0) {
      this.#beyond--;
      return;
    }
    let depth = this.#depth - 1;
    while (depth >= 0 && this.#tags[depth] !== tag) depth--;
    if (depth >= 0) this.#closeTo(depth);
  }

  oncomment(_start: number, end: number): void {
    this.#tokenStart = end;
  }

  oncdata(_start: number, end: number): void {
    this.#tokenStart = end;
  }

  ondeclaration(_start: number, end: number): void {
    this.#tokenStart = end;
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.#tokenStart = end;
  }

  onend(): void {}
}

function tagName(written: string): string {
  return TAGS.get(written) ?? written.toLowerCase();
}
