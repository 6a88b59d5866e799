/** Texts as tokens that a test can read. */
import { FLAG, type TokenBatch } from "../../src/core/token.ts";
import { lettersToString } from "../../src/text/letters.ts";
import { Tokenizer } from "../../src/text/tokenize.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const tokenizer = new Tokenizer();

export type FlagName = keyof typeof FLAG;

export interface SeenToken {
  start: number;
  end: number;
  /** The bytes of the span as text. */
  text: string;
  folded: string;
  key: number;
  prefix: number;
  flags: FlagName[];
}

export function flagNames(bits: number): FlagName[] {
  return (Object.keys(FLAG) as FlagName[]).filter((name) => (bits & FLAG[name]) !== 0);
}

export function batchOf(text: string | Uint8Array): {
  bytes: Uint8Array;
  tokens: TokenBatch;
} {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  return { bytes, tokens: copyOf(tokenizer.tokenize(bytes)) };
}

/** The tokens apart from the tokenizer, which will write over them; all wanted, for matchers without a sieve. */
export function copyOf({ count, start, end, key, prefix, letter, letters, flags, classes }: TokenBatch): TokenBatch {
  return {
    count,
    start: start.slice(0, count),
    end: end.slice(0, count),
    key: key.slice(0, count),
    prefix: prefix.slice(0, count),
    letter: letter.slice(0, count + 1),
    letters: letters.slice(0, letter[count]),
    flags: flags.slice(0, count),
    classes: classes.slice(0, count),
    wanted: new Uint8Array(count).fill(3),
  };
}

export function describeTokens(bytes: Uint8Array, tokens: TokenBatch): SeenToken[] {
  return Array.from({ length: tokens.count }, (_, token) => ({
    start: tokens.start[token]!,
    end: tokens.end[token]!,
    text: decoder.decode(bytes.subarray(tokens.start[token], tokens.end[token])),
    folded: lettersToString(tokens.letters, tokens.letter[token]!, tokens.letter[token + 1]!),
    key: tokens.key[token]!,
    prefix: tokens.prefix[token]!,
    flags: flagNames(tokens.flags[token]!),
  }));
}

export function tokensOf(text: string | Uint8Array): SeenToken[] {
  const { bytes, tokens } = batchOf(text);
  return describeTokens(bytes, tokens);
}
