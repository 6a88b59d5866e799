import { wallTimeMs } from "../calendar.ts";

/** The shapes of a header: `[2020-02-07, 13:05] Name: ` and, in newer exports, `[2020-02-07 13:05:00] Name: `. */
export const SIGNAL_SHAPE = { comma: 1, seconds: 2 } as const;

/** The first line of a message, by bytes; reused. */
export interface SignalHeader {
  /** A SIGNAL_SHAPE. */
  shape: number;
  /** Of the wall clock. */
  sentAtMs: number;
  nameStart: number;
  nameEnd: number;
  /** Where the message's words begin. */
  bodyStart: number;
}

export function createSignalHeader(): SignalHeader {
  return { shape: 0, sentAtMs: Number.NaN, nameStart: 0, nameEnd: 0, bodyStart: 0 };
}

/** 0 stands for a digit. */
const SHAPES: readonly (readonly [shape: number, pattern: string])[] = [
  [SIGNAL_SHAPE.comma, "[0000-00-00, 00:00] "],
  [SIGNAL_SHAPE.seconds, "[0000-00-00 00:00:00] "],
];
const MAX_NAME_BYTES = 512;
const ZERO = 48;
const SPACE = 32;
const COLON = 58;

/** @returns whether the line opens a message with a name and a time that exists. */
export function readSignalHeader(bytes: Uint8Array, start: number, end: number, header: SignalHeader): boolean {
  const found = SHAPES.find(([, pattern]) => hasPattern(bytes, start, end, pattern));
  if (found === undefined) return false;
  const [shape, pattern] = found;
  header.shape = shape;
  header.sentAtMs = headerTimeMs(bytes, start, shape);
  header.nameStart = start + pattern.length;
  if (Number.isNaN(header.sentAtMs)) return false;
  const reach = Math.min(end, header.nameStart + MAX_NAME_BYTES);
  for (let at = header.nameStart + 1; at < reach; at++) {
    if (bytes[at] !== COLON || (at + 1 < end && bytes[at + 1] !== SPACE)) continue;
    header.nameEnd = at;
    header.bodyStart = Math.min(end, at + 2);
    return true;
  }
  return false;
}

function hasPattern(bytes: Uint8Array, start: number, end: number, pattern: string): boolean {
  if (end - start < pattern.length) return false;
  for (let i = 0; i < pattern.length; i++) {
    const byte = bytes[start + i]!;
    const wanted = pattern.charCodeAt(i);
    if (wanted === ZERO ? byte < ZERO || byte > ZERO + 9 : byte !== wanted) return false;
  }
  return true;
}

function headerTimeMs(bytes: Uint8Array, start: number, shape: number): number {
  const number = (at: number, digits: number): number => {
    let value = 0;
    for (let i = 0; i < digits; i++) value = value * 10 + bytes[start + at + i]! - ZERO;
    return value;
  };
  const clock = shape === SIGNAL_SHAPE.comma ? 13 : 12;
  const seconds = shape === SIGNAL_SHAPE.comma ? 0 : number(clock + 6, 2);
  return wallTimeMs(number(1, 4), number(6, 2), number(9, 2), number(clock, 2), number(clock + 3, 2), seconds);
}
