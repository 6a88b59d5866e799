/**
 * Which shapes of header a file has. One phone writes one shape, so a header of another is a quotation inside a message,
 * unless it comes in a long run (the phone's settings changed, or files were joined) or the file is a jumble.
 */
import type { AuthorSplitter } from "./author.ts";
import { createDateEvidence, type DateEvidence, weighDate } from "./dates.ts";
import { createHeader, type Header, SHAPE } from "./header.ts";
import { scanHeader } from "./scan.ts";

/** How much of a file is seen before its shapes are voted on. */
export const VOTE_BYTES: number = 256 << 10;
/** So many headers of one shape in a row are no quotation. */
export const RUN_HEADERS = 30;
/** A file of more shapes than this is hostile. */
export const MAX_SHAPES = 64;
/** Up to here a file without a dominant shape is taken to be a jumble in which every shape counts. */
const JUMBLE_HEADERS = 40;
const DOMINANT_SHARE = 0.6;
const STRONG_END: number = SHAPE.bracket | SHAPE.dash;

interface Tally {
  count: number;
  run: number;
  longestRun: number;
  /** Position of the shape's first header among all. */
  firstAt: number;
}

export interface Vote {
  /** The accepted shapes, and what their headers say about the order of their dates. */
  readonly shapes: ReadonlyMap<number, DateEvidence>;
  /** Header-like lines, and lines that are not empty. */
  readonly headers: number;
  readonly lines: number;
  /** The first line that is not empty has an accepted shape. */
  readonly opens: boolean;
  /** Offset after the last line that was looked at. */
  readonly end: number;
}

/**
 * Finds the shapes of a file by its first VOTE_BYTES, of which the last line is left out if it goes on after them.
 * @param used bytes of the file in `bytes`; fewer than VOTE_BYTES are taken to be all of it.
 */
export function voteHead(bytes: Uint8Array, used: number, authors: AuthorSplitter): Vote {
  if (used < VOTE_BYTES) return voteShapes(bytes, 0, used, authors);
  const whole = bytes.subarray(0, VOTE_BYTES).lastIndexOf(0x0a) + 1;
  return voteShapes(bytes, 0, whole > 0 ? whole : VOTE_BYTES, authors);
}

/** Finds the shapes of the complete lines in `bytes[start..end)` and teaches `authors` their names with colons. */
export function voteShapes(bytes: Uint8Array, start: number, end: number, authors: AuthorSplitter): Vote {
  const header = createHeader();
  const tallies = new Map<number, Tally>();
  let headers = 0;
  let lines = 0;
  let previous = -1;
  let openingShape = -1;
  forEachLine(bytes, start, end, (from, to) => {
    lines++;
    if (!isHeader(bytes, from, to, header, authors)) return;
    const tally = tallies.get(header.shape) ?? {
      count: 0,
      run: 0,
      longestRun: 0,
      firstAt: headers,
    };
    tally.count++;
    tally.run = header.shape === previous ? tally.run + 1 : 1;
    tally.longestRun = Math.max(tally.longestRun, tally.run);
    tallies.set(header.shape, tally);
    previous = header.shape;
    headers++;
    if (lines === 1) openingShape = header.shape;
  });
  const accepted = acceptShapes(tallies, headers);
  const shapes = weighDates(bytes, start, end, accepted, authors);
  return { shapes, headers, lines, opens: accepted.has(openingShape), end };
}

/** A header with a weak end counts only with an author; "18.03.22 14:56 we met" is no header. */
export function isHeader(bytes: Uint8Array, start: number, end: number, header: Header, authors: AuthorSplitter): boolean {
  if (!scanHeader(bytes, start, end, header)) return false;
  return (header.shape & STRONG_END) !== 0 || authors.split(bytes, header.contentStart, end);
}

function acceptShapes(tallies: ReadonlyMap<number, Tally>, headers: number): Set<number> {
  let top = -1;
  for (const [shape, tally] of tallies) if (top < 0 || tally.count > tallies.get(top)!.count) top = shape;
  if (top < 0) return new Set();
  if (headers <= JUMBLE_HEADERS && tallies.size > 1 && tallies.get(top)!.count <= headers * DOMINANT_SHARE) return new Set(tallies.keys());
  const accepted = new Set([top]);
  for (const [shape, tally] of tallies) {
    // What comes before the first header of the dominant shape has no message that could quote it.
    const hostless = tally.firstAt === 0 && tally.longestRun > 1;
    if (tally.longestRun >= RUN_HEADERS || hostless) accepted.add(shape);
  }
  return accepted;
}

/** Weighs the dates of the accepted shapes, each alone: a second shape is often of a second phone. */
function weighDates(
  bytes: Uint8Array,
  start: number,
  end: number,
  accepted: ReadonlySet<number>,
  authors: AuthorSplitter,
): Map<number, DateEvidence> {
  const header = createHeader();
  const shapes = new Map([...accepted].map((shape) => [shape, createDateEvidence()]));
  const contents: number[] = [];
  forEachLine(bytes, start, end, (from, to) => {
    if (!isHeader(bytes, from, to, header, authors) || !accepted.has(header.shape)) return;
    weighDate(shapes.get(header.shape)!, header);
    contents.push(header.contentStart, to);
  });
  authors.learnColonNames(bytes, contents);
  return shapes;
}

/** Calls back for every line that is not empty; the last one need not be ended. */
function forEachLine(bytes: Uint8Array, start: number, end: number, visit: (start: number, end: number) => void): void {
  for (let from = start; from < end; ) {
    let to = bytes.indexOf(0x0a, from);
    if (to < 0 || to > end) to = end;
    const clean = to > from && bytes[to - 1] === 0x0d ? to - 1 : to;
    if (clean > from) visit(from, clean);
    from = to + 1;
  }
}
