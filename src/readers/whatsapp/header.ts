/** Bits of a shape. Two headers of one export have the same; the width of day, month and hour does not count. */
export const SHAPE = {
  bracket: 1,
  slash: 2,
  hyphen: 4,
  yearFirst: 8,
  longYear: 16,
  seconds: 32,
  comma: 64,
  dottedTime: 128,
  halfDay: 256,
  timeFirst: 512,
  /** Ends in " - "; without this and `bracket` the header has a weak end (":" or a space). */
  dash: 1024,
  colon: 2048,
} as const;

export const ERA = { none: 0, reiwa: 1, heisei: 2 } as const;

/** Numbers as written; which of `first` and `second` is the day is decided for the whole file. */
export interface Header {
  shape: number;
  /** The three parts of the date in the order of the line. */
  first: number;
  second: number;
  third: number;
  era: number;
  /** 0..23, the half-day already applied. */
  hour: number;
  /** 0 not given, 1 before noon, 2 after. */
  halfDay: number;
  minute: number;
  /** 0 where the shape has none. */
  secondOfMinute: number;
  /** Whether the line opens with a direction mark: on iOS such a row carries media or was written by the program. */
  marked: boolean;
  /** Offset of the author or notice. */
  contentStart: number;
}

export function createHeader(): Header {
  return {
    shape: 0,
    first: 0,
    second: 0,
    third: 0,
    era: 0,
    hour: 0,
    halfDay: 0,
    minute: 0,
    secondOfMinute: 0,
    marked: false,
    contentStart: 0,
  };
}
