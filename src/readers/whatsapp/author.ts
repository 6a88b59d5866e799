/**
 * Splits "Name: text" of a header's content. Names may hold colons ("Work: Aigul") and notices without author may too
 * (`Aigul changed the subject to "a: b"`), so the split leans on the names already seen.
 */
import { asBuffer } from "../utf8.ts";
import { skipMarks } from "./marks.ts";

/** Longest name in bytes; a longer "name" is a notice with a colon in it. WhatsApp allows 25 characters, address books more. */
const NAME_BYTES = 200;
/** A colon without a space after it ("Bob:Hi") ends only names shorter than this. */
const TIGHT_NAME_BYTES = 48;
/** FNV-1a. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const KNOWN_NAMES = 4096;

/**
 * Bits that make a name doubtful are checked once a name; those that passed are remembered by hash. A collision lets
 * a doubtful name pass, no more.
 */
export class AuthorSplitter {
  /** Offset of the end of the author after `split`, -1 if there is none; and where the text starts. */
  authorEnd = -1;
  textStart = -1;
  readonly #known = new Set<number>();
  /** Names that go on after their first colon, by hash of the part before it. */
  readonly #colonNames = new Set<number>();
  #hash = 0;

  /** @param end of the header's line, without its line break. */
  split(bytes: Uint8Array, start: number, end: number): boolean {
    const from = skipMarks(bytes, start, end);
    this.authorEnd = -1;
    this.textStart = from;
    let colon = this.#findColon(bytes, from, from, end);
    if (colon < 0) return false;
    const hash = this.#hash;
    if (this.#colonNames.has(hash)) {
      const longer = this.#findColon(bytes, from, colon + 1, end);
      if (longer >= 0 && this.#known.has(this.#hash)) colon = longer;
    } else if (!this.#known.has(hash)) {
      if (isNotice(bytes, from, colon, end)) return false;
      if (this.#known.size < KNOWN_NAMES) this.#known.add(hash);
    }
    this.authorEnd = colon;
    this.textStart = bytes[colon + 1] === 0x20 ? colon + 2 : colon + 1;
    return true;
  }

  /** Whether the bytes, but for marks in front, are a name that has been split off before. */
  isKnown(bytes: Uint8Array, start: number, end: number): boolean {
    let hash = FNV_OFFSET;
    for (let index = skipMarks(bytes, start, end); index < end; index++) hash = Math.imul(hash ^ bytes[index]!, FNV_PRIME);
    return this.#known.has(hash);
  }

  /** Learns names with colons from the headers in view: those whose first part is never followed by anything but a known second part. */
  learnColonNames(bytes: Uint8Array, contents: readonly number[]): void {
    const seconds = new Map<number, Map<number, number>>();
    for (let index = 0; index < contents.length; index += 2) {
      const end = contents[index + 1]!;
      const from = skipMarks(bytes, contents[index]!, end);
      const first = this.#findColon(bytes, from, from, end);
      if (first < 0) continue;
      const hash = this.#hash;
      const second = this.#findColon(bytes, from, first + 1, Math.min(end, first + 80));
      const counts = seconds.get(hash) ?? new Map<number, number>();
      const key = second < 0 ? -1 : this.#hash;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      seconds.set(hash, counts);
    }
    for (const [hash, counts] of seconds) {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      if (total < 4 || counts.has(-1) || ![...counts.values()].every((count) => count >= 2)) continue;
      this.#colonNames.add(hash);
      for (const longer of counts.keys()) this.#known.add(longer);
    }
  }

  /** First colon from `at` on that can end a name which starts at `from`, -1 if none. Leaves the name's hash in `#hash`. */
  #findColon(bytes: Uint8Array, from: number, at: number, end: number): number {
    const reach = Math.min(end, from + NAME_BYTES);
    let hash = FNV_OFFSET;
    for (let index = from; index < reach; index++) {
      const byte = bytes[index]!;
      if (byte === 0x3a && index >= at) {
        const next = index + 1 < end ? bytes[index + 1]! : 0x20;
        if (next === 0x20 || next === 0x0d || (index - from < TIGHT_NAME_BYTES && isTightStart(next))) {
          this.#hash = hash;
          return index;
        }
      }
      hash = Math.imul(hash ^ byte, FNV_PRIME);
    }
    return -1;
  }
}

/** Whether a text may begin right after a colon: not a port, a time or "//". */
function isTightStart(byte: number): boolean {
  return byte !== 0x2f && byte !== 0x3a && (byte < 0x30 || byte > 0x39);
}

/** Verbs of notices that quote a name in which there may be a colon: "Ann changed the subject from ...". */
const QUOTING: readonly Buffer[] = [
  " created ",
  " changed ",
  " updated ",
  " pinned ",
  " создал",
  " изменил",
  " обновил",
  " закрепил",
  " сменил",
  " жасады",
  " өзгертті",
].map((verb) => Buffer.from(verb));
const QUOTES: ReadonlyArray<readonly [Buffer, Buffer]> = [
  ['"', '"'],
  ["«", "»"],
  ["“", "”"],
  ["„", "“"],
].map(([open, close]) => [Buffer.from(open!), Buffer.from(close!)]);

/**
 * Whether the colon stands within a quotation of a notice. It takes a verb, an opened quotation mark and its end after the colon:
 * less would let people hide from the scan by a quotation mark in their name.
 */
function isNotice(bytes: Uint8Array, start: number, colon: number, end: number): boolean {
  const name = asBuffer(bytes, start, colon);
  const rest = asBuffer(bytes, colon, end);
  if (!QUOTING.some((verb) => name.includes(verb))) return false;
  return QUOTES.some(([open, close]) => {
    const opened = name.lastIndexOf(open);
    if (opened < 0 || !rest.includes(close)) return false;
    return open.equals(close) ? countOf(name, open) % 2 === 1 : !name.includes(close, opened);
  });
}

function countOf(bytes: Buffer, piece: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(piece); at >= 0; at = bytes.indexOf(piece, at + piece.length)) count++;
  return count;
}
